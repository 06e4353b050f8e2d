"""The one thread of a client that takes every answer from the library and hands it to its ticket."""

from __future__ import annotations

import logging
import os
import queue
import threading
from typing import TYPE_CHECKING, Optional

from . import _library
from ._answer import Answer
from ._errors import error_from

if TYPE_CHECKING:
    from ._client import Client
    from ._ticket import Ticket

_log = logging.getLogger("captask")
_GONE = ("CAPTASK_CLOSED", "CAPTASK_UNKNOWN_HANDLE", "CAPTASK_FORKED")
_SLICE_MS = 100
#: For tickets whose client was closed with a journal, which keeps their tasks.
CLOSED = (
    '{"errorId":1,"errorCode":"CAPTASK_CLOSED","errorDescription":"the client was closed","retryable":false,'
    '"retryScope":null}'
)


class Receiver:
    """Shared by a client, its tickets and its thread; it does not keep the client alive."""

    def __init__(self, handle: int, journal: bool) -> None:
        self.handle = handle
        # What the journal remembers is forgotten once it is read. So with a journal the thread reads nothing that
        # closing ends: it looks up now and then, and is gone before the client is closed.
        self._journal = journal
        self.pid = os.getpid()
        self.closed = False
        #: Answers whose ticket nobody here holds: those that a journal brought back after a crash.
        self.strays: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        # Reentrant: closing may be done by the garbage collector, in the middle of anything.
        self._lock = threading.RLock()
        self._tickets: dict[int, Ticket] = {}
        self._thread: Optional[threading.Thread] = None

    def submit(self, client: Client, request: bytes) -> Ticket:
        """Submits a request. An answer cannot overtake its ticket: it is handed out under the same lock."""
        from ._ticket import Ticket

        with self._lock:
            self.start()
            number, error = _library.make("captask_submit", self.handle, request)
            if error is not None:
                raise error_from(error)
            ticket = self._tickets[number] = Ticket(client, number)
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
        if not self._journal:
            _library.tell("captask_stop", self.handle)
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            # After a stop every answer is there: this takes as long as the tickets' callbacks take.
            thread.join(timeout=10)
        _library.tell("captask_close", self.handle)

    def _run(self) -> None:
        while True:
            if self._journal and self.closed:
                return self._abandon(Answer(CLOSED))
            text = _library.look("captask_receive", self.handle, _SLICE_MS if self._journal else -1)
            if text is None:
                continue
            answer = Answer(text)
            number = _ticket_of(answer)
            if number is None:
                return self._abandon(answer)
            with self._lock:
                ticket = self._tickets.pop(number, None)
            if ticket is None:
                self.strays.put(answer)
            else:
                _fill(ticket, answer)
            # Nothing of an answer stays behind while this thread waits for the next.
            del ticket, answer, text

    def _abandon(self, error: Answer) -> None:
        """The library has nothing more for us: whoever still waits is told why."""
        if error.get("errorCode") not in _GONE:
            _log.error("captask_receive: %s", error.raw)
        with self._lock:
            left, self._tickets = list(self._tickets.values()), {}
            self._thread = None
        for ticket in left:
            _fill(ticket, error)


def _ticket_of(answer: Answer) -> Optional[int]:
    number = answer.get("ticket")
    ours = answer.get("captask")
    # Where the service has a member "ticket" of its own, ours stands in "captask".
    if isinstance(ours, dict) and "ticket" in ours:
        number = ours["ticket"]
    return number if isinstance(number, int) else None


def _fill(ticket: Ticket, answer: Answer) -> None:
    if answer.get("errorId") == 0:
        ticket.set_result(answer)
    else:
        ticket.set_exception(error_from(answer))
