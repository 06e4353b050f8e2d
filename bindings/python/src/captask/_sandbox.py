"""The stand-in service, for the tests of programs that use captask."""

from __future__ import annotations

import functools
import os

from . import _library
from ._answer import Answer
from ._async_client import AsyncClient
from ._client import Client
from ._handle import Closing, opened, refuse_positional
from ._help import keywords
from ._keywords import refuse_aliases
from ._typing import Never, Unpack
from .config import SANDBOXCONFIG_HELP, Config, SandboxConfig


class Sandbox(Closing):
    """A stand-in for the service in this process, on a loopback port of its own. Its solutions are plainly artificial.

    The keywords are its configuration, as ``captask.describe("sandbox")`` lists it::

        with captask.Sandbox(solveMs=50) as sandbox, sandbox.client() as client:
            assert client.solve(task).solution
    """

    @keywords(SandboxConfig.__annotations__, SANDBOXCONFIG_HELP)
    def __init__(self, *positional: Never, **config: Unpack[SandboxConfig]) -> None:
        refuse_positional("Sandbox", positional, 'captask.describe("sandbox") lists them')
        refuse_aliases(config, SandboxConfig.__annotations__)
        handle = opened("captask_sandbox_open", config)
        self._own(handle, functools.partial(_close, handle, os.getpid()))

    @property
    def url(self) -> str:
        """Its address: the ``endpoint`` of any number of clients, of other processes too."""
        return str(self.inspect()["url"])

    @keywords(Config.__annotations__)
    def client(self, **config: Unpack[Config]) -> Client:
        """A client of this sandbox, with a made-up key unless one is given."""
        return Client(**self._with_address(config))

    @keywords(Config.__annotations__)
    def async_client(self, **config: Unpack[Config]) -> AsyncClient:
        """``client`` for event loops."""
        return AsyncClient(**self._with_address(config))

    def _with_address(self, config: Config) -> Config:
        url = self.url
        defaults: Config = {
            "endpoint": url,
            "userAgentEndpoint": f"{url}/api/useragent/actual",
            "clientKey": "sandbox",
        }
        return {**defaults, **config}

    def inspect(self) -> Answer:
        """What it has seen: ``requests`` by method, ``tasks`` by status, ``balance``."""
        return self._ask("captask_inspect")


def _close(handle: int, pid: int) -> None:
    if pid == os.getpid():
        _library.tell("captask_close", handle)
