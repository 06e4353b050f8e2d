"""The library's log lines, in Python's logging."""

from __future__ import annotations

import atexit
import collections
import logging
import os
import threading
from typing import Optional, Union

from . import _events, _green, _library

_LEVELS = {1: logging.ERROR, 2: logging.WARNING, 3: logging.INFO, 4: logging.DEBUG, 5: 5}
_own = logging.getLogger("captask")
# Where lines go, and from which level of logging on; no level: as detailed as the logger itself wants them.
_target: Optional[logging.Logger] = _own
_level: Optional[int] = None
# How detailed the lines are that the library writes now, and whether it may write any.
_detail = 0
_over = False
# Many threads may open clients at once. Held while the library waits for its sink to return, which may wait for a lock
# of logging: so nobody waits for this one for ever. Reentrant: the garbage collector may close a client anywhere.
_lock = threading.RLock()
_PATIENCE = 1.0
# Lines that wait for a greenlet: the locks of logging are the greenlets' own in a patched program.
_waiting: collections.deque[tuple[int, str]] = collections.deque(maxlen=10_000)


def log_to(logger: Optional[logging.Logger] = None, level: Union[int, str] = logging.INFO) -> None:
    """Sends the library's log lines from ``level`` on to a logger; "captask" when none is given.

    ``level`` is one of logging's, as a number or by its name: ``logging.DEBUG`` or ``"DEBUG"``.

    It need not be called: as long as it was not, lines go to the logger "captask" from that logger's own level on,
    which is looked at when a client is opened and used. The lines come from the library's threads too. No key, password
    or cookie is in them.
    """
    global _target, _level
    if logger is not None and not callable(getattr(logger, "log", None)):
        raise TypeError(f"logger: expected one of logging, as logging.getLogger(name), not {type(logger).__name__}")
    number = logging.getLevelName(level.upper()) if isinstance(level, str) else level
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError(f"level: expected one of logging, as logging.DEBUG or 'DEBUG', not {level!r}")
    _target, _level = (logger if logger is not None else _own), number
    sync()


def log_off() -> None:
    """No lines of the library go to logging any more, until ``log_to`` is called."""
    global _target
    _target = None
    sync()


def sync() -> None:
    """Has the library write as much as is wanted now; quick when nothing has changed."""
    if _wanted() != _detail:
        _install()
    flush()


def flush() -> None:
    """Logs the lines that wait for a greenlet."""
    while _waiting:
        _write(*_waiting.popleft())


def _wanted() -> int:
    """How detailed the lines have to be now; 0 for none."""
    if _over:
        return 0
    detail = _events.LEVEL if _events.wanted() else 0
    target = _target
    if target is not None:
        level = target.getEffectiveLevel() if _level is None else _level
        detail = max(detail, max((number for number, name in _LEVELS.items() if name >= level), default=0))
    return detail


def _install() -> None:
    global _detail
    lock = _lock
    if not lock.acquire(timeout=_PATIENCE):
        # Who holds it looks again, once the library has let him go.
        return
    try:
        while (detail := _wanted()) != _detail:
            _library.tell("captask_set_log", _CALLBACK if detail else _NONE, None, detail)
            _detail = detail
    finally:
        lock.release()


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


# Made once: the library may call it on any thread as long as the process lives.
_CALLBACK = _library.LogSink(_sink)
_NONE = _library.LogSink(0)


def _write(number: int, text: str) -> None:
    level = _LEVELS.get(number, logging.DEBUG)
    target = _target
    if target is not None and (_level is None or level >= _level):
        target.log(level, "%s", text)


def _end() -> None:
    global _over
    flush()
    # No thread of the library may call into an interpreter that is being taken down.
    _over = True
    _install()


def _again_in_child() -> None:
    # The library starts a forked child without a sink, and no line of the parent's is the child's.
    global _detail, _lock
    _lock = threading.RLock()
    _events.in_child()
    _waiting.clear()
    _detail = 0
    sync()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_again_in_child)
atexit.register(_end)
