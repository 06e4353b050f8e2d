"""The library's log lines, in Python's logging."""

from __future__ import annotations

import atexit
import logging
import os
from typing import Any, Optional

from . import _library

_LEVELS = {1: logging.ERROR, 2: logging.WARNING, 3: logging.INFO, 4: logging.DEBUG, 5: 5}
# What is installed, kept alive as long as the library may call it.
_installed: Optional[tuple[Any, int]] = None


def log_to(logger: Optional[logging.Logger] = None, level: int = logging.INFO) -> None:
    """Sends the library's log lines from ``level`` on to a logger; "captask" when none is given.

    The lines come from the library's threads too. No key, password or cookie is in them.
    """
    global _installed
    target = logger if logger is not None else logging.getLogger("captask")

    def sink(number: int, line: Optional[bytes], user: object) -> None:
        if line is not None:
            target.log(_LEVELS.get(number, logging.DEBUG), "%s", line.decode("utf-8", "replace"))

    detail = max((number for number, name in _LEVELS.items() if name >= level), default=0)
    callback = _library.LogSink(sink)
    _library.tell("captask_set_log", callback, None, detail)
    _installed = (callback, detail)


def log_off() -> None:
    """Ends ``log_to``."""
    global _installed
    _library.tell("captask_set_log", _library.LogSink(0), None, 0)
    _installed = None


def _again_in_child() -> None:
    # The library starts a forked child without a sink.
    if _installed is not None:
        callback, detail = _installed
        _library.tell("captask_set_log", callback, None, detail)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_again_in_child)
# No thread of the library may call into an interpreter that is being taken down.
atexit.register(log_off)
