"""Takes a client's answers on the thread of an event loop, by the library's descriptor, and hands them to who waits."""

from __future__ import annotations

import collections
import contextlib
import logging
import os
from typing import Callable, Optional

from . import _library, _loops
from . import _log as log
from ._answer import Answer
from ._errors import CLOSED, NO_JOURNAL, error_from
from ._open import Opened
from ._unreadable import read

_log = logging.getLogger("captask")
# Answers that are taken before the loop has its turn again.
_AT_ONCE = 200


class Pending:
    """A ticket in flight."""

    __slots__ = ("answer", "arrived", "number")

    def __init__(self, number: int, arrived: Callable[[Pending], object]) -> None:
        self.number = number
        self.answer: Optional[Answer] = None
        self.arrived = arrived


class Delivery:
    """Shared by an AsyncClient and who waits; it does not keep the client alive.

    The loop watches the descriptor only while a task waits, so that nothing is left in a loop that has ended.
    """

    def __init__(self, opened: Opened) -> None:
        self.handle = opened.handle
        self._events = opened.events
        self._events.wake = self._wake
        # What the journal remembers is forgotten once it is read, so closing reads nothing then.
        self._journal = opened.journal
        self._pid = os.getpid()
        self._loop: Optional[_loops.Loop] = None
        self._watching = False
        self._stopped = False
        self._pending: dict[int, Pending] = {}
        # Those who wait for an answer of any ticket that no caller holds, and such answers.
        self._takers: set[_loops.Event] = set()
        self._strays: collections.deque[Answer] = collections.deque()
        self._lock = self._events.lock

    def submit(self, request: bytes, arrived: Callable[[Pending], object], extra: object, bought: bool) -> Pending:
        """Submits a request from within a loop, which calls ``arrived`` when the answer is there.

        ``bought`` when its task was bought before.

        Everything that may fail without the service is done before: nothing is bought whose answer could not come.
        """
        log.sync()
        with self._lock:
            self._bind()
            try:
                number, error = _library.make("captask_submit", self.handle, request)
                if error is not None:
                    raise error_from(error)
                self._events.begin(number, extra, bought)
                pending = self._pending[number] = Pending(number, arrived)
                return pending
            finally:
                self._rest()

    def forget(self, pending: Pending) -> Optional[Answer]:
        """Gives a ticket up, unless its answer is there; the answer that says what is known of it."""
        with self._lock:
            if pending.answer is None and pending.number in self._pending and self._pid == os.getpid():
                _library.tell("captask_cancel", self.handle, pending.number)
                # Cancelled or not: the answer is there now.
                while pending.answer is None and self._take():
                    pass
            self._pending.pop(pending.number, None)
            self._rest()
            return pending.answer

    async def stray(self, seconds: Optional[float], loop: _loops.Loop) -> Optional[Answer]:
        """The next answer that the journal brought back; None when there is none in so many seconds."""
        if not self._journal:
            raise RuntimeError(NO_JOURNAL)
        while not self._strays:
            with self._lock:
                self._bind()
                event = loop.event()
                self._takers.add(event)
            try:
                self._take_some()
                if not self._strays and not self._stopped:
                    if seconds is None:
                        await event.wait()
                    else:
                        await loop.wait(event, max(seconds, 0))
                if not self._strays and (seconds is not None or self._stopped):
                    return None
            finally:
                with self._lock:
                    self._takers.discard(event)
                    self._rest()
        return self._strays.popleft()

    def stop(self) -> None:
        """Ends every task in flight as CAPTASK_CLOSED, and hands that out."""
        with self._lock:
            if self._stopped or self._pid != os.getpid():
                return
            self._stopped = True
            if self._journal:
                for number in list(self._pending):
                    self._hand_out(number, Answer(CLOSED))
            else:
                _library.tell("captask_stop", self.handle)
                while self._take():
                    pass
            for event in self._takers:
                event.set()
            self._unwatch()

    def close(self) -> None:
        """Stops, and frees the client. It may take a moment: threads of the library end."""
        self.stop()
        if self._pid == os.getpid():
            _library.tell("captask_close", self.handle)
            self._events.closed()
            log.sync()

    def _wake(self) -> None:
        """Has the loop look for events; called on threads of the library."""
        loop = self._loop
        if loop is not None:
            loop.soon(self._take_some)

    def _bind(self) -> None:
        """Has the loop that the caller runs in watch the descriptor."""
        loop = self._loop
        if loop is None or not loop.is_current():
            found = _loops.current()
            if loop is not None and (self._pending or self._takers):
                if not loop.is_over():
                    raise RuntimeError(
                        "this AsyncClient has tasks in flight in another event loop: open one client for each loop; "
                        "nothing was sent"
                    )
                self._abandon()
            self._unwatch()
            self._loop = loop = found
        if not self._watching:
            descriptor, error = _library.make("captask_fd", self.handle)
            if error is not None:
                raise error_from(error)
            loop.watch(descriptor, self._take_some)
            self._watching = True

    def _rest(self) -> None:
        if not self._pending and not self._takers:
            self._unwatch()

    def _unwatch(self) -> None:
        if self._watching and self._loop is not None:
            self._watching = False
            self._loop.unwatch()

    def _abandon(self) -> None:
        """Whoever waited did so in a loop that is over: what was bought is logged."""
        for pending in list(self._pending.values()):
            answer = self.forget(pending)
            _log.error("its event loop ended before the answer of ticket %d: %s", pending.number, answer and answer.raw)
        self._takers.clear()

    def _take_some(self) -> None:
        """Takes answers that are there; the descriptor stays readable for what is left."""
        with self._lock:
            try:
                if not self._stopped:
                    self._events.drain()
                for _ in range(_AT_ONCE):
                    if self._stopped or not self._take():
                        return
            except Exception:
                # Nothing of ours may end somebody's event loop.
                _log.exception("answers could not be taken")

    def _take(self) -> bool:
        """Takes one answer; False when there is none."""
        number, text = _library.receive(self.handle, 0)
        if text is None:
            return False
        answer = read(text)
        if number != 0:
            self._hand_out(number, answer)
            return True
        # Not a ticket's answer: there is nothing more to come.
        if not self._stopped:
            _log.error("no more answers: %s", answer.raw)
        for left in list(self._pending):
            self._hand_out(left, answer)
        self._unwatch()
        return False

    def _hand_out(self, number: int, answer: Answer) -> None:
        pending = self._pending.pop(number, None)
        try:
            self._events.answered(number, answer)
        finally:
            # Also when a handler was told to end: the answer is paid for.
            self._give(number, pending, answer)

    def _give(self, number: int, pending: Optional[Pending], answer: Answer) -> None:
        if pending is not None:
            pending.answer = answer
            with contextlib.suppress(RuntimeError):
                pending.arrived(pending)
        elif self._journal:
            self._strays.append(answer)
            for event in self._takers:
                event.set()
        else:
            _log.error("an answer for ticket %d, which no caller holds, is dropped: %s", number, answer.raw)
