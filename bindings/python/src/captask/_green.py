"""gevent and eventlet, which make greenlets of threads (``monkey_patch``): a call that blocks stops them all."""

from __future__ import annotations

import importlib
import sys
from typing import Callable, Optional, TypeVar

# Seconds between two looks whether the client was closed.
_SLICE = 0.2
T = TypeVar("T")


def patched() -> Optional[str]:
    """``"gevent"`` or ``"eventlet"``, where it has made greenlets of this process' threads; else None."""
    gevent = sys.modules.get("gevent.monkey")
    if gevent is not None and gevent.is_module_patched("threading"):
        return "gevent"
    eventlet = sys.modules.get("eventlet.patcher")
    if eventlet is not None and eventlet.is_monkey_patched("thread"):
        return "eventlet"
    return None


def wait_readable(fd: int) -> None:
    """Lets other greenlets run until the descriptor is readable, or some time has passed."""
    # Not by the patched select alone: a program may have patched its threads and not its select.
    select = importlib.import_module("gevent.select" if patched() == "gevent" else "eventlet.green.select")
    select.select([fd], [], [], _SLICE)


def apply(call: Callable[[], T]) -> T:
    """Makes a call on a thread that is none of the greenlets', and lets these run meanwhile."""
    if patched() == "gevent":
        made: T = importlib.import_module("gevent").get_hub().threadpool.apply(call)
    else:
        made = importlib.import_module("eventlet.tpool").execute(call)
    return made
