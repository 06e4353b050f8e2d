"""What clients and sandboxes have in common: a number of the C interface that has to be closed."""

from __future__ import annotations

import os
import warnings
import weakref
from types import TracebackType
from typing import Any, Callable, NoReturn, Optional, SupportsIndex

from . import _library
from ._answer import Answer
from ._errors import checked, error_from
from ._typing import Self


class Handle:
    """An open handle: a context manager that closes it, at the latest when nobody holds it any more.

    In a forked child it is not closed: it belongs to the process that opened it.
    """

    def _own(self, handle: int, close: Callable[[], object]) -> None:
        """Takes over a handle and what closes it."""
        self._handle = handle
        self._pid = os.getpid()
        # Also closes at the interpreter's end, before a thread could wake up in a world that is gone.
        self._finalizer = weakref.finalize(self, close)

    def __repr__(self) -> str:
        return f"<captask.{type(self).__name__} {self.handle}{' closed' if self.closed else ''}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(f"{self!r} cannot be copied or pickled: the handle is one, and closed once")

    def __del__(self) -> None:
        # Without a finalizer it was never opened.
        if getattr(self, "_finalizer", None) is not None and not self.closed and self._pid == os.getpid():
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
            self.close()

    @property
    def handle(self) -> int:
        """Its number in the C interface."""
        return self._handle

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return not self._finalizer.alive

    def close(self) -> None:
        """Closes it. Closing twice is fine."""
        self._finalizer()

    def _ask(self, name: str, *arguments: Any) -> Answer:
        return checked(_library.ask(name, self._handle, *arguments))


def opened(function: str, config: object) -> int:
    """The handle that a function of the library makes; raises the error that it tells."""
    handle, error = _library.make(function, _library.encode(config))
    if error is not None:
        raise error_from(error)
    return handle
