"""The one thread of a client that takes every answer from the library and hands it to its ticket."""

from __future__ import annotations

import functools
import logging
import os
import queue
import threading
from collections.abc import Iterator
from typing import Optional

from . import _green, _library
from . import _log as log
from ._answer import Answer
from ._errors import CLOSED, error_from
from ._open import Opened
from ._ticket import Owner, Ticket
from ._unreadable import read

_log = logging.getLogger("captask")
_GONE = ("CAPTASK_CLOSED", "CAPTASK_UNKNOWN_HANDLE", "CAPTASK_FORKED")
_BROKEN = (
    '{"errorId":1,"errorCode":"CAPTASK_PANIC","errorDescription":"the thread that takes answers broke off; the log has '
    'why","retryable":false,"retryScope":null}'
)


class Receiver:
    """Shared by a client, its tickets and its thread; it does not keep the client alive."""

    def __init__(self, opened: Opened) -> None:
        handle = opened.handle
        self.handle = handle
        self._events = opened.events
        self._events.own_thread = True
        self._events.wake = functools.partial(_library.tell, "captask_wake", handle)
        # What the journal remembers is forgotten once it is read. So with a journal the thread reads nothing that
        # closing ends: it is woken, and is gone before the client is closed.
        self.journal = opened.journal
        self.pid = os.getpid()
        self.closed = False
        #: Answers whose ticket no caller holds: those that a journal brought back after a crash.
        self.strays: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._lock = self._events.lock
        self._tickets: dict[int, Ticket] = {}
        self._thread: Optional[threading.Thread] = None
        self._ident: Optional[int] = None

    def submit(self, owner: Owner, request: bytes, extra: object, bought: bool) -> Ticket:
        """Submits a request; ``bought`` when its task was bought before.

        An answer cannot overtake its ticket: it is handed out under the same lock.
        """
        log.sync()
        with self._lock:
            self.start()
            number, error = _library.make("captask_submit", self.handle, request)
            if error is not None:
                raise error_from(error)
            self._events.begin(number, extra, bought)
            ticket = self._tickets[number] = Ticket(owner, number, extra)
            return ticket

    def start(self) -> None:
        """Starts the thread, the first time."""
        with self._lock:
            if self._thread is None and not self.closed:
                thread = threading.Thread(target=self._run, name=f"captask-{self.handle}", daemon=True)
                thread.start()
                self._thread = thread

    def close(self) -> None:
        """Ends every task in flight as CAPTASK_CLOSED, lets the thread hand that out, and frees the client."""
        if self.closed or self.pid != os.getpid():
            return
        self.closed = True
        _library.tell("captask_wake" if self.journal else "captask_stop", self.handle)
        thread = self._thread
        try:
            if thread is not None and thread is not threading.current_thread():
                # After a stop every answer is there: this takes as long as the tickets' callbacks take.
                thread.join(timeout=10)
        finally:
            # Also when Ctrl-C ends the waiting: closing is not done twice.
            _library.tell("captask_close", self.handle)
            self._events.closed()
            log.sync()

    def refuse_waiting(self) -> None:
        """Raises on the thread that takes the answers: whoever waits there for one waits for himself."""
        if self._ident == threading.get_ident():
            raise RuntimeError(
                "a done-callback runs on the thread that takes this client's answers, so it cannot wait for one: "
                "use submit and another callback, or another thread"
            )

    def _run(self) -> None:
        self._ident = threading.get_ident()
        try:
            self._take_all()
        except BaseException:
            _log.exception("the thread that takes answers broke off")
            self._abandon(Answer(_BROKEN))
        finally:
            self._ident = None

    def _take_all(self) -> None:
        for number, text in self._arriving():
            answer = read(text)
            if number == 0:
                # Not a ticket's answer: there is nothing more to come.
                return self._abandon(answer)
            self._hand_out(number, answer)
            # Nothing of an answer stays behind while this thread waits for the next.
            del answer, text
        self._abandon(Answer(CLOSED))

    def _arriving(self) -> Iterator[tuple[int, str]]:
        """Answers as they come, each with its ticket; with a journal until the client is closed."""
        descriptor = self._descriptor() if _green.patched() is not None else None
        while not (self.journal and self.closed):
            if descriptor is not None:
                # This thread is a greenlet: the library must not hold it.
                _green.wait_readable(descriptor)
            number, text = _library.receive(self.handle, -1 if descriptor is None else 0)
            if text is not None:
                yield number, text
            else:
                self._events.drain()
                log.flush()
            del text

    def _descriptor(self) -> int:
        number, error = _library.make("captask_fd", self.handle)
        if error is not None:
            raise error_from(error)
        return number

    def _hand_out(self, number: int, answer: Answer) -> None:
        with self._lock:
            ticket = self._tickets.pop(number, None)
        if self._events.answered(number, answer) and ticket is not None:
            ticket._taken = True
        if ticket is not None:
            _fill(ticket, answer)
        elif self.journal:
            self.strays.put(answer)
        else:
            _log.error("an answer for ticket %d, which no caller holds, is dropped: %s", number, answer.raw)

    def _abandon(self, error: Answer) -> None:
        """The library has nothing more for us: whoever still waits gets the reason."""
        if error.get("errorCode") not in _GONE:
            _log.error("no more answers: %s", error.raw)
        with self._lock:
            left, self._tickets = list(self._tickets.values()), {}
            self._thread = None
        for ticket in left:
            _fill(ticket, error)


def _fill(ticket: Ticket, answer: Answer) -> None:
    try:
        if answer.get("errorId") == 0:
            ticket.set_result(answer)
        else:
            ticket.set_exception(error_from(answer))
    except BaseException as error:
        # Whatever it was, it is the trouble of this one ticket.
        _log.exception("ticket %d", ticket.number)
        if not ticket.done():
            ticket.set_exception(error)
