"""What help() and inspect.signature tell of functions that take their keywords as a TypedDict."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, Callable, Optional, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def keywords(members: Mapping[str, Any], text: Optional[str] = None) -> Callable[[F], F]:
    """Shows the keywords one by one in place of ``**config``, and a text about them below the function's own."""

    def decorate(function: F) -> F:
        signature = inspect.signature(function)
        hidden = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        kept = [one for one in signature.parameters.values() if one.kind not in hidden]
        kept += [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None) for name in members]
        function.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        if text is not None:
            function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n{text}"
        return function

    return decorate
