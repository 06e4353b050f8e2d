"""Calls that block in the library, made so that Ctrl-C ends the waiting for them."""

from __future__ import annotations

import concurrent.futures
import threading

from . import _calls, _green, _library

# A lock that waits for ever cannot be interrupted by Ctrl-C on Windows.
_SLICE = 0.2


def ask(name: str, handle: int, *arguments: object) -> str:
    """Calls a function that answers in JSON.

    Python runs the handlers of signals in the main thread, between two of its own instructions, so not while that
    thread is inside the library: there another thread makes the call. Where threads are greenlets, a thread that is
    none makes it.
    """
    if _green.patched() is not None:
        return _green.apply(lambda: _library.ask(name, handle, *arguments))
    if threading.current_thread() is not threading.main_thread():
        return _library.ask(name, handle, *arguments)
    try:
        answered = _calls.start(name, handle, lambda: _library.ask(name, handle, *arguments))
    except RuntimeError:
        # The interpreter is about to end, or the system has no thread left.
        return _library.ask(name, handle, *arguments)
    try:
        while True:
            try:
                return answered.result(_SLICE)
            except concurrent.futures.TimeoutError:
                # Also what the call itself may have raised, which is done then.
                if answered.done():
                    return answered.result()
    except BaseException:
        if not answered.done():
            _calls.give_up(name, answered)
        raise
