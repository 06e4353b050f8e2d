"""What clients and sandboxes have in common: a number of the C interface that has to be closed."""

from __future__ import annotations

import os
import warnings
import weakref
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Callable, NoReturn, Optional, SupportsIndex

from . import _library
from ._answer import Answer
from ._errors import CLOSED, checked, error_from
from ._typing import Self


class Handle:
    """An open handle, which is closed at the latest when no caller holds it any more.

    In a forked child it is not closed: it belongs to the process that opened it.
    """

    def _own(self, handle: int, close: Callable[[], object]) -> None:
        """Takes over a handle and what closes it."""
        self._handle = handle
        self._pid = os.getpid()
        # Also closes at the interpreter's end, before a thread could wake up in a world that is gone.
        self._finalizer = weakref.finalize(self, close)

    def __repr__(self) -> str:
        if getattr(self, "_finalizer", None) is None:
            return f"<captask.{type(self).__name__} not opened>"
        return f"<captask.{type(self).__name__} {self._handle}{' closed' if self.closed else ''}>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(f"{self!r} cannot be copied or pickled: a copy would close the same handle again")

    def __del__(self) -> None:
        # Without a finalizer it was never opened.
        if getattr(self, "_finalizer", None) is not None and not self.closed and self._pid == os.getpid():
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
            self._finalizer()

    @property
    def handle(self) -> int:
        """Its number in the C interface."""
        return self._handle

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return not self._finalizer.alive

    def _ask(self, name: str, *arguments: Any) -> Answer:
        self._check_open()
        return checked(_library.ask(name, self._handle, *arguments))

    def _check_open(self) -> None:
        """Raises in a forked child, before any lock is taken that the parent may have held, and when it is closed."""
        if self._pid != os.getpid():
            raise error_from(_library.ask("captask_inspect", self._handle))
        if self.closed:
            kind = type(self).__name__
            about = f"this {kind} is closed, by its close method or at the end of its with block: open another one"
            raise error_from(CLOSED.replace("the client was closed: open another one", about))


class Closing(Handle):
    """A handle with ``close`` and ``with``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes it. Closing twice is fine."""
        self._finalizer()


def refuse_positional(kind: str, given: Sequence[object], hint: str) -> None:
    """Raises TypeError for arguments without a name, without showing them: one may be the account's key."""
    if given:
        raise TypeError(f"captask.{kind} takes keyword arguments only: {hint}")


#: Of clients.
KEY_HINT = "the account's key is clientKey=..., and without it the environment variable CAPTASK_CLIENT_KEY"


def opened(function: str, config: Mapping[str, object]) -> int:
    """The handle that a function of the library makes; raises the error that it reports."""
    for name, value in config.items():
        try:
            _library.encode(value)
        except (TypeError, ValueError) as why:
            # Names the keyword, and shows no value: it may be a key or a password.
            raise type(why)(f"{name}: {why}") from None
    handle, error = _library.make(function, _library.encode(config))
    if error is not None:
        raise error_from(error)
    return handle
