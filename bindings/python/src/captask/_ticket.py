"""A task in flight, as a future of the standard library."""

from __future__ import annotations

import concurrent.futures
import os
import queue
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Optional

from ._answer import Answer

if TYPE_CHECKING:
    from ._client import Client

# A lock that waits for ever cannot be interrupted by Ctrl-C on Windows, so waits are cut into slices of this length.
_SLICE = 0.2 if sys.platform == "win32" else 3600.0


class Ticket(concurrent.futures.Future[Answer]):
    """A submitted task. ``result()`` is its answer, or raises what went wrong.

    It is a ``concurrent.futures.Future``: callbacks, ``concurrent.futures.wait`` and ``asyncio.wrap_future`` work with
    it. It keeps its client alive until the answer is there.
    """

    #: The ticket's number, as the library gives it.
    number: int

    def __init__(self, client: Client, number: int) -> None:
        super().__init__()
        self.number = number
        self._client = client
        self._pid = os.getpid()
        self.set_running_or_notify_cancel()

    def __repr__(self) -> str:
        return f"<captask.Ticket {self.number} {'done' if self.done() else 'in flight'}>"

    def cancel(self) -> bool:
        """Gives the task up. Its answer, CancelledError, has the taskId when one is known: it is paid for all the same.

        False when the answer is there already.
        """
        return not self.done() and self._client._cancel(self.number)

    def cancelled(self) -> bool:
        """Whether the task was given up by ``cancel``."""
        return self.done() and isinstance(super().exception(), concurrent.futures.CancelledError)

    def result(self, timeout: Optional[float] = None) -> Answer:
        """Waits up to ``timeout`` seconds (None: until it is there) for the answer.

        Raises the CaptaskError of a task that failed, TimeoutError while nothing is there yet.
        """
        self._wait(timeout)
        return super().result(0)

    def exception(self, timeout: Optional[float] = None) -> Optional[BaseException]:
        """Waits like ``result``; what went wrong, or None."""
        self._wait(timeout)
        return super().exception(0)

    def _wait(self, timeout: Optional[float]) -> None:
        end = None if timeout is None else time.monotonic() + timeout
        while not self.done():
            # Nobody fills a future of the parent in a forked child.
            if self._pid != os.getpid():
                self._client._check_process()
            left = _SLICE if end is None else min(end - time.monotonic(), _SLICE)
            try:
                super().exception(max(left, 0))
            except concurrent.futures.TimeoutError:
                if end is not None and time.monotonic() >= end:
                    raise TimeoutError(f"ticket {self.number} has no answer yet") from None


def as_completed(tickets: Iterable[Ticket], timeout: Optional[float] = None) -> Iterator[Ticket]:
    """Yields tickets as their answers come, in that order; each ticket once.

    ``timeout`` is in seconds, for all of them together; TimeoutError when it passes.
    """
    waiting = set(tickets)
    end = None if timeout is None else time.monotonic() + timeout
    finished: queue.SimpleQueue[concurrent.futures.Future[Answer]] = queue.SimpleQueue()
    for ticket in waiting:
        ticket.add_done_callback(finished.put)
    while waiting:
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
