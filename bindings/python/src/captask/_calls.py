"""Calls that block in the library, made on threads of their own, which do not keep the interpreter from ending."""

from __future__ import annotations

import collections
import concurrent.futures
import logging
import os
import threading
from typing import Callable

from . import _library
from ._loops import Loop

_log = logging.getLogger("captask")
# Threads at most; what is beyond waits for one.
_THREADS = 32
_lock = threading.Lock()
_jobs: collections.deque[Callable[[], object]] = collections.deque()
_running = 0


def start(name: str, call: Callable[[], str]) -> concurrent.futures.Future[str]:
    """Makes a call on another thread. RuntimeError when the interpreter is about to end, or no thread is left."""
    global _running
    answered: concurrent.futures.Future[str] = concurrent.futures.Future()

    def job() -> None:
        try:
            answered.set_result(call())
        except BaseException as error:
            answered.set_exception(error)

    with _lock:
        if _running >= _THREADS:
            _jobs.append(job)
            return answered
        _running += 1
    try:
        threading.Thread(target=_work, args=(job,), name=name, daemon=True).start()
    except BaseException:
        with _lock:
            _running -= 1
        raise
    return answered


def _work(job: Callable[[], object]) -> None:
    global _running
    while True:
        job()
        with _lock:
            if not _jobs:
                _running -= 1
                return
            job = _jobs.popleft()


async def ask(loop: Loop, name: str, *arguments: object) -> str:
    """Calls a function that answers in JSON. Cancelling ends the waiting; what the call brings is logged then."""
    return await run(loop, name, lambda: _library.ask(name, *arguments))


async def run(loop: Loop, name: str, call: Callable[[], str]) -> str:
    """What a call returns, waited for in an event loop."""
    answered = start(name, call)
    event = loop.event()
    answered.add_done_callback(lambda _: loop.soon(event.set))
    try:
        await event.wait()
    except BaseException:
        give_up(name, answered)
        raise
    return answered.result()


def give_up(name: str, answered: concurrent.futures.Future[str]) -> None:
    """Nobody waits any more; it may buy a task all the same."""
    answered.add_done_callback(lambda late: _log.warning("%s was given up, and brought: %s", name, _late(late)))


def _late(answered: concurrent.futures.Future[str]) -> object:
    return answered.exception() or answered.result()


def _in_child() -> None:
    """The threads are the parent's, and so is whoever holds the lock."""
    global _lock, _running
    _lock = threading.Lock()
    _jobs.clear()
    _running = 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
