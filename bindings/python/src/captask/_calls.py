"""Calls that block in the library, made on threads of their own, which do not keep the interpreter from ending."""

from __future__ import annotations

import collections
import concurrent.futures
import logging
import os
import threading
from typing import Any, Callable

from . import _library
from ._loops import Loop

_log = logging.getLogger("captask")
# Threads of one client at most; what is beyond waits for one. Another client's calls wait for none of these.
_THREADS = 32
_lock = threading.Lock()
# By the client's handle: its threads, each as the first call that it makes, and the calls that wait for one.
_running: dict[int, set[Callable[[], object]]] = {}
_jobs: dict[int, collections.deque[Callable[[], object]]] = {}


def start(name: str, handle: int, call: Callable[[], str]) -> concurrent.futures.Future[str]:
    """Makes a call on another thread. RuntimeError when the interpreter is about to end, or no thread is left."""
    answered: concurrent.futures.Future[str] = concurrent.futures.Future()

    def job() -> None:
        try:
            answered.set_result(call())
        except BaseException as error:
            answered.set_exception(error)

    with _lock:
        threads = _running.setdefault(handle, set())
        if len(threads) >= _THREADS:
            _jobs.setdefault(handle, collections.deque()).append(job)
            return answered
        threads.add(job)
    try:
        _thread(name, lambda: _work(handle, job))
    except BaseException:
        # Ctrl-C may come when the thread runs already, which ends a second time then.
        with _lock:
            _ended(handle, job)
        raise
    return answered


def _thread(name: str, run: Callable[[], object]) -> None:
    threading.Thread(target=run, name=name, daemon=True).start()


def _work(handle: int, first: Callable[[], object]) -> None:
    job = first
    while True:
        job()
        with _lock:
            waiting = _jobs.get(handle)
            if not waiting:
                _ended(handle, first)
                return
            job = waiting.popleft()


def _ended(handle: int, first: Callable[[], object]) -> None:
    """One thread less."""
    threads = _running.get(handle, set())
    threads.discard(first)
    if not threads:
        _running.pop(handle, None)
        # Without threads none waits for one.
        _jobs.pop(handle, None)


async def ask(loop: Loop, name: str, handle: int, *arguments: object) -> str:
    """Calls a function that answers in JSON. Cancelling ends the waiting; what the call brings is logged then."""
    answered = start(name, handle, lambda: _library.ask(name, handle, *arguments))
    try:
        await _done(loop, answered)
    except BaseException:
        give_up(name, answered)
        raise
    return answered.result()


async def close(loop: Loop, call: Callable[[], object]) -> None:
    """Closes something: on a thread of its own, since calls that hang may have all others, and end by that alone.

    Cancelling ends the waiting, not the closing.
    """
    closed: concurrent.futures.Future[None] = concurrent.futures.Future()

    def job() -> None:
        try:
            call()
        finally:
            closed.set_result(None)

    try:
        _thread("captask_close", job)
    except RuntimeError:
        # The interpreter is about to end, or the system has no thread left.
        call()
        return
    await _done(loop, closed)


async def _done(loop: Loop, future: concurrent.futures.Future[Any]) -> None:
    event = loop.event()
    future.add_done_callback(lambda _: loop.soon(event.set))
    await event.wait()


def give_up(name: str, answered: concurrent.futures.Future[str]) -> None:
    """Nobody waits any more; it may buy a task all the same."""
    text = "the answer of %s came after the caller had given it up: %s"
    answered.add_done_callback(lambda late: _log.warning(text, name, _late(late)))


def _late(answered: concurrent.futures.Future[str]) -> object:
    return answered.exception() or answered.result()


def _in_child() -> None:
    """The threads are the parent's, and so is whoever holds the lock."""
    global _lock
    _lock = threading.Lock()
    _jobs.clear()
    _running.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
