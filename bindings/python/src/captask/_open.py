"""Opens clients: their keywords become the library's configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from . import _log
from ._events import Events
from ._handle import opened
from ._keywords import millis, refuse_aliases
from .config import Config

_OWN = ("timeout", "on_bought", "on_retry", "on_answer")


class Opened(NamedTuple):
    """An open client."""

    handle: int
    events: Events
    journal: bool


def open_client(config: Mapping[str, Any]) -> Opened:
    """Opens a client; raises what is wrong with its keywords."""
    refuse_aliases(config, Config.__annotations__)
    events = Events(config)
    members = {name: value for name, value in config.items() if name not in _OWN}
    seconds = config.get("timeout")
    if seconds is not None:
        limit = millis("timeout", seconds)
        members.setdefault("callTimeoutMs", limit)
        members["poll"] = {"timeoutMs": limit, **(members.get("poll") or {})}
    # The library's threads begin with what events need to be known.
    events.opening()
    _log.sync()
    try:
        handle = opened("captask_open", members)
    except BaseException:
        events.closed()
        _log.sync()
        raise
    events.opened(handle)
    return Opened(handle, events, config.get("journal") is not None)
