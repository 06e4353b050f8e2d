"""Names that annotations take from a younger ``typing`` or from typing_extensions, so that they resolve everywhere."""

from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Never, Self, Unpack
else:
    try:
        import typing_extensions as _younger
    except ImportError:
        _younger = typing

    class _Unpacked:
        """Stands in for Unpack where there is none: ``Unpack[Options]`` is Options then."""

        def __class_getitem__(cls, item: Any) -> Any:
            return item

    Never = getattr(_younger, "Never", typing.NoReturn)
    Self = getattr(_younger, "Self", Any)
    Unpack = getattr(_younger, "Unpack", _Unpacked)

__all__ = ["Never", "Self", "Unpack"]
