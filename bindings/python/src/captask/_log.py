"""The library's log lines, in Python's logging."""

from __future__ import annotations

import atexit
import collections
import logging
import os
from typing import Any, Optional

from . import _events, _green, _library

_LEVELS = {1: logging.ERROR, 2: logging.WARNING, 3: logging.INFO, 4: logging.DEBUG, 5: 5}
_own = logging.getLogger("captask")
# Where lines go, and from which level of logging on; no level: as detailed as the logger itself wants them.
_target: Optional[logging.Logger] = _own
_level: Optional[int] = None
# What is installed in the library, kept alive as long as the library may call it, and how detailed.
_installed: Any = None
_detail = 0
# Lines that wait for a greenlet: the locks of logging are the greenlets' own in a patched program.
_waiting: collections.deque[tuple[int, str]] = collections.deque(maxlen=10_000)


def log_to(logger: Optional[logging.Logger] = None, level: int = logging.INFO) -> None:
    """Sends the library's log lines from ``level`` on to a logger; "captask" when none is given.

    It need not be called: as long as it was not, lines go to the logger "captask" from that logger's own level on,
    which is looked at when a client is opened and used. The lines come from the library's threads too. No key, password
    or cookie is in them.
    """
    global _target, _level
    _target, _level = (logger if logger is not None else _own), level
    sync()


def log_off() -> None:
    """No lines of the library go to logging any more, until ``log_to`` is called."""
    global _target
    _target = None
    sync()


def sync() -> None:
    """Has the library write as much as is wanted now; quick when nothing has changed."""
    detail = _events.LEVEL if _events.wanted() else 0
    if _target is not None:
        level = _target.getEffectiveLevel() if _level is None else _level
        detail = max(detail, max((number for number, name in _LEVELS.items() if name >= level), default=0))
    if detail != _detail:
        _install(detail)
    flush()


def flush() -> None:
    """Logs the lines that wait for a greenlet."""
    while _waiting:
        _write(*_waiting.popleft())


def _install(detail: int) -> None:
    global _installed, _detail
    callback = _library.LogSink(_sink if detail else 0)
    _library.tell("captask_set_log", callback, None, detail)
    _installed, _detail = callback, detail


def _sink(number: int, line: Optional[bytes], user: object) -> None:
    if line is None:
        return
    text = line.decode("utf-8", "replace")
    if _events.wanted():
        _events.saw(text)
    if _green.patched() is not None:
        _waiting.append((number, text))
    else:
        _write(number, text)


def _write(number: int, text: str) -> None:
    level = _LEVELS.get(number, logging.DEBUG)
    if _target is not None and (_level is None or level >= _level):
        _target.log(level, "%s", text)


def _end() -> None:
    flush()
    # No thread of the library may call into an interpreter that is being taken down.
    _install(0)


def _again_in_child() -> None:
    # The library starts a forked child without a sink, and no line of the parent's is the child's.
    global _detail
    _events.in_child()
    _waiting.clear()
    _detail = 0
    sync()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_again_in_child)
atexit.register(_end)
