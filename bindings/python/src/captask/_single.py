"""Calls that block in the library, made so that Ctrl-C ends the waiting for them."""

from __future__ import annotations

import concurrent.futures
import logging
import threading

from . import _library

_log = logging.getLogger("captask")
# A lock that waits for ever cannot be interrupted by Ctrl-C on Windows.
_SLICE = 0.2


def ask(name: str, *arguments: object) -> str:
    """Calls a function that answers in JSON.

    Python runs the handlers of signals in the main thread, between two of its own instructions, so not while that
    thread is inside the library: there another thread makes the call.
    """
    if threading.current_thread() is not threading.main_thread():
        return _library.ask(name, *arguments)
    answered: concurrent.futures.Future[str] = concurrent.futures.Future()

    def run() -> None:
        try:
            answered.set_result(_library.ask(name, *arguments))
        except BaseException as error:
            answered.set_exception(error)

    try:
        threading.Thread(target=run, name=name, daemon=True).start()
    except RuntimeError:
        # The interpreter is about to end, or the system has no thread left.
        return _library.ask(name, *arguments)
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
            # It may buy a task all the same.
            answered.add_done_callback(lambda late: _log.warning("%s was given up, and brought: %s", name, _late(late)))
        raise


def _late(answered: concurrent.futures.Future[str]) -> object:
    return answered.exception() or answered.result()
