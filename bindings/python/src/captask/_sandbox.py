"""The stand-in service, for the tests of programs that use captask."""

from __future__ import annotations

import os
import warnings
import weakref
from typing import TYPE_CHECKING, Any, Optional

from . import _library
from ._answer import Answer
from ._client import Client
from ._errors import checked, error_from

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self, Unpack

    from .config import Config


class Sandbox:
    """A stand-in of the service in this process, on a loopback port of its own. Its solutions are plainly artificial.

    The keywords are its configuration, as ``captask.describe("sandbox")`` tells it::

        with captask.Sandbox(solveMs=50) as sandbox, sandbox.client() as client:
            assert client.solve(task).solution
    """

    def __init__(self, **config: Any) -> None:
        handle, error = _library.make("captask_sandbox_open", _library.encode(config))
        if error is not None:
            raise error_from(error)
        self.handle = handle
        self._pid = os.getpid()
        self._finalizer = weakref.finalize(self, _close, handle, self._pid)

    def __repr__(self) -> str:
        return f"<captask.Sandbox {self.handle}{'' if self._finalizer.alive else ' closed'}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def __del__(self) -> None:
        finalizer = getattr(self, "_finalizer", None)
        if finalizer is not None and finalizer.alive and self._pid == os.getpid():
            warnings.warn(f"unclosed {self!r}", ResourceWarning, source=self, stacklevel=2)
            self.close()

    @property
    def url(self) -> str:
        """Its address: the ``endpoint`` of any number of clients, of other processes too."""
        return str(self.inspect()["url"])

    def client(self, **config: Unpack[Config]) -> Client:
        """A client of this sandbox, with a made-up key unless one is given."""
        url = self.url
        config.setdefault("endpoint", url)
        config.setdefault("userAgentEndpoint", f"{url}/api/useragent/actual")
        config.setdefault("clientKey", "sandbox")
        return Client(**config)

    def inspect(self) -> Answer:
        """What it has seen: ``requests`` by method, ``tasks`` by status, ``balance``."""
        return checked(_library.ask("captask_inspect", self.handle))

    def close(self) -> None:
        """Stops it. Closing twice is fine."""
        self._finalizer()


def _close(handle: int, pid: int) -> None:
    if pid == os.getpid():
        _library.tell("captask_close", handle)
