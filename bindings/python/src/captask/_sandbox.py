"""The stand-in service, for the tests of programs that use captask."""

from __future__ import annotations

import functools
import os
from typing import Any

from . import _library
from ._answer import Answer
from ._client import Client
from ._handle import Handle, opened
from ._typing import Unpack
from .config import Config


class Sandbox(Handle):
    """A stand-in of the service in this process, on a loopback port of its own. Its solutions are plainly artificial.

    The keywords are its configuration, as ``captask.describe("sandbox")`` tells it::

        with captask.Sandbox(solveMs=50) as sandbox, sandbox.client() as client:
            assert client.solve(task).solution
    """

    def __init__(self, **config: Any) -> None:
        handle = opened("captask_sandbox_open", config)
        self._own(handle, functools.partial(_close, handle, os.getpid()))

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
        return self._ask("captask_inspect")


def _close(handle: int, pid: int) -> None:
    if pid == os.getpid():
        _library.tell("captask_close", handle)
