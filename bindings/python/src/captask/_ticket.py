"""A task in flight, as a future of the standard library."""

from __future__ import annotations

import concurrent.futures
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from typing import Any, Callable, NoReturn, Optional, Protocol, SupportsIndex

from . import _loops
from ._answer import Answer
from ._errors import CaptaskError
from ._keywords import Seconds, limit

_log = logging.getLogger("captask")
# Seconds that an await which was cancelled waits for the ticket's last word at most.
_HANDOVER = 1.0
# A lock that waits for ever cannot be interrupted by Ctrl-C on Windows, so waits are cut into slices of this length.
_SLICE = 0.2 if sys.platform == "win32" else 3600.0


class Owner(Protocol):
    """The client of a ticket."""

    def _cancel(self, number: int) -> bool:
        """Gives a ticket up; False when it is not in flight."""

    def _check_process(self) -> None:
        """Raises in a forked child."""

    def _refuse_waiting(self) -> None:
        """Raises on the thread that takes the answers."""


class Ticket(concurrent.futures.Future[Answer]):
    """A submitted task. ``result()`` is its answer, or raises what went wrong.

    It is a ``concurrent.futures.Future``: callbacks, ``concurrent.futures.wait`` and ``asyncio.wrap_future`` work with
    it; in a coroutine (asyncio or trio) ``await ticket`` does, too, and says more when it is cancelled. It keeps its
    client alive until the answer is there.

    Callbacks run on the one thread that takes the client's answers: they should be short, and waiting for an answer of
    the same client there is refused with RuntimeError. What a callback raises is logged to "captask".
    """

    #: The ticket's number, as the library gives it.
    number: int
    #: What was given as ``extra`` with the task.
    extra: Any

    def __init__(self, owner: Owner, number: int, extra: object = None) -> None:
        super().__init__()
        self.number = number
        self.extra = extra
        self._client = owner
        self._pid = os.getpid()
        # Whether a caller has the answer, or will be told of it.
        self._taken = False
        self.set_running_or_notify_cancel()

    def __repr__(self) -> str:
        return f"<captask.Ticket {self.number} {'done' if self.done() else 'in flight'}>"

    def cancel(self) -> bool:
        """Gives the task up. Its answer, CancelledError, has the taskId when one is known: it is paid for all the same.

        False when the answer is there already.
        """
        return not self.done() and self._client._cancel(self.number)

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(f"{self!r} cannot be copied or pickled: nothing would fill the copy")

    def __await__(self) -> Generator[Any, None, Answer]:
        """Waits in a coroutine, without a thread. Cancelling the await gives the task up.

        The exception that cancels it then has the ticket's own CancelledError as its ``__cause__``, with the task_id
        that is paid for. A ticket that was given up by ``cancel`` raises its CancelledError here, which is none of
        asyncio's.
        """
        return self._awaited().__await__()

    async def _awaited(self) -> Answer:
        loop = _loops.current()
        arrived = loop.event()
        self._when_done(lambda _: loop.soon(arrived.set))
        try:
            await arrived.wait()
        except GeneratorExit:
            self.cancel()
            raise
        except BaseException as error:
            if self.cancel():
                # The answer is made at once, and has only to come over from the thread that takes it.
                handed_over = loop.event()
                self._when_done(lambda _: loop.soon(handed_over.set))
                await loop.wait(handed_over, _HANDOVER, shield=True)
            self._taken = self.done()
            error.__cause__ = super().exception(0) if self.done() else None
            raise
        self._taken = True
        return super().result(0)

    def add_done_callback(self, fn: Callable[[concurrent.futures.Future[Answer]], object]) -> None:
        """See ``concurrent.futures.Future``. Of what is raised not even SystemExit ends the thread that calls it."""
        adder, adding = threading.get_ident(), True
        self._taken = True

        def call(ticket: concurrent.futures.Future[Answer]) -> None:
            try:
                fn(ticket)
            except Exception:
                # The standard library logs these.
                raise
            except BaseException:
                # Called at once, by who adds it: an order to end is for that thread.
                if adding and threading.get_ident() == adder:
                    raise
                _log.exception("a callback of %r raised", ticket)

        super().add_done_callback(call)
        adding = False

    def _when_done(self, call: Callable[[concurrent.futures.Future[Answer]], object]) -> None:
        """``add_done_callback`` for who only notes that the answer is there, to take it later."""
        super().add_done_callback(call)

    def cancelled(self) -> bool:
        """Whether the task was given up by ``cancel``."""
        return self.done() and isinstance(super().exception(), concurrent.futures.CancelledError)

    def result(self, timeout: Optional[Seconds] = None) -> Answer:
        """Waits up to ``timeout`` seconds (None: until it is there) for the answer.

        Raises the CaptaskError of a task that failed, TimeoutError while nothing is there yet.
        """
        seconds = limit(timeout)
        self._warn_of_blocking("Ticket.result", seconds)
        return self._finish(seconds)

    def exception(self, timeout: Optional[Seconds] = None) -> Optional[BaseException]:
        """Waits like ``result``; what went wrong, or None."""
        seconds = limit(timeout)
        self._warn_of_blocking("Ticket.exception", seconds)
        self._wait(seconds)
        self._taken = True
        return super().exception(0)

    def _finish(self, timeout: Optional[float]) -> Answer:
        self._wait(timeout)
        self._taken = True
        return super().result(0)

    def __del__(self) -> None:
        """Tells of a task that was paid for, and whose answer no caller took."""
        if getattr(self, "_taken", True) or not self.done() or self._pid != os.getpid():
            return
        error = super().exception(0)
        task_id = error.task_id if isinstance(error, CaptaskError) else None if error else super().result(0).task_id
        if task_id is not None:
            what = error.code if isinstance(error, CaptaskError) else "solved"
            text = "ticket %d was dropped, its answer (%s) not taken; the task is paid for: adopt it by its taskId: %s"
            _log.warning(text, self.number, what, task_id)

    def _warn_of_blocking(self, what: str, timeout: Optional[float]) -> None:
        if timeout != 0 and not self.done():
            _loops.warn_of_blocking(what, 3)

    def _wait(self, timeout: Optional[float]) -> None:
        end = None if timeout is None else time.monotonic() + timeout
        while not self.done():
            self._refuse_endless(timeout)
            left = _SLICE if end is None else min(end - time.monotonic(), _SLICE)
            try:
                super().exception(max(left, 0))
            except concurrent.futures.TimeoutError:
                if end is not None and time.monotonic() >= end:
                    raise TimeoutError(f"ticket {self.number} has no answer yet") from None

    def _refuse_endless(self, timeout: Optional[float]) -> None:
        """Raises where no answer can come: in a forked child, and on the thread that would bring it."""
        if self._pid != os.getpid():
            self._client._check_process()
        if timeout != 0:
            self._client._refuse_waiting()


def as_completed(tickets: Iterable[Ticket], timeout: Optional[Seconds] = None) -> Iterator[Ticket]:
    """Yields tickets as their answers come, in that order; each ticket once.

    ``timeout`` is in seconds, for all of them together; TimeoutError when it passes.
    """
    seconds = limit(timeout)
    waiting = set(tickets)
    for ticket in waiting:
        if not isinstance(ticket, Ticket):
            raise TypeError(f"as_completed takes tickets of captask, not {type(ticket).__name__}: {ticket!r}")
        if not ticket.done():
            ticket._refuse_endless(seconds)
    return _completed(waiting, seconds)


def _completed(waiting: set[Ticket], timeout: Optional[float]) -> Iterator[Ticket]:
    end = None if timeout is None else time.monotonic() + timeout
    finished: queue.SimpleQueue[concurrent.futures.Future[Answer]] = queue.SimpleQueue()
    for ticket in waiting:
        ticket._when_done(finished.put)
    pid = os.getpid()
    while waiting:
        if pid != os.getpid():
            # Forked between two answers: those of the parent come no more.
            for ticket in waiting:
                ticket._client._check_process()
        left = _SLICE if end is None else min(end - time.monotonic(), _SLICE)
        try:
            done = finished.get(timeout=max(left, 0))
        except queue.Empty:
            if end is not None and time.monotonic() >= end:
                raise TimeoutError(f"{len(waiting)} tickets have no answer yet") from None
            continue
        assert isinstance(done, Ticket)
        waiting.discard(done)
        yield done
