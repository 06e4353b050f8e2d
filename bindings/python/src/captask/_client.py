"""The client."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Optional, Union

from . import _batch, _library, _loops, _single, _ticket
from ._answer import Answer
from ._errors import CLOSED, NO_JOURNAL, CaptaskError, checked, error_from
from ._handle import KEY_HINT, Closing, refuse_positional
from ._help import keywords
from ._keywords import Seconds, limit
from ._open import open_client
from ._receiver import Receiver
from ._request import Adopt, Item, TaskLike, request, task_members
from ._solve import Solve
from ._ticket import Ticket
from ._typing import Never, Unpack
from .config import CONFIG_HELP, Config, Options

# Seconds after which a wait looks whether the client was closed.
_SLICE = 0.2


class Client(Solve, Closing):
    """A client of the service.

    The keywords are the configuration, with the names that ``captask.describe("config")`` lists; times are in
    milliseconds there. ``endpoint="sandbox:"`` brings a stand-in for the service that needs no account::

        with captask.Client(endpoint="sandbox:") as client:
            answer = client.solve({"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"})
            print(answer.solution["token"])

    Every method may be called from every thread. Waiting gives up the GIL and ends at Ctrl-C
    (in the main thread, where Python reports it). A client belongs to the
    process that opened it: in a forked child its methods raise ClosedError (CAPTASK_FORKED).
    """

    @keywords(Config.__annotations__, CONFIG_HELP)
    def __init__(self, *positional: Never, **config: Unpack[Config]) -> None:
        refuse_positional("Client", positional, KEY_HINT)
        opened = open_client(config)
        self._receiver = Receiver(opened)
        self._own(opened.handle, self._receiver.close)

    def close(self) -> None:
        """Closes the client. Closing twice is fine.

        Tasks in flight end as ClosedError with their taskId; with a ``journal`` they stay there for the next client.
        """
        super().close()

    # Create and wait

    def _solve(self, task: TaskLike, extra: object, options: Any) -> Answer:
        self._receiver.refuse_waiting()
        _loops.warn_of_blocking("Client.solve", 3)
        return _finish(self.submit(task, extra=extra, **options))

    @keywords(Options.__annotations__)
    async def asolve(self, task: TaskLike, *, extra: object = None, **options: Unpack[Options]) -> Answer:
        """``solve`` for event loops (asyncio, trio); AsyncClient has all methods so, and takes no thread.

        Cancelling the await gives the task up. With ``timeoutMs`` an error that is late has its ``task_id``. Under
        asyncio.wait_for and asyncio.timeout look down its ``__cause__`` (CPython 3.9: ``__context__``): asyncio's
        CancelledError, and below it captask's with the task_id.
        """
        # A task whose answer could not be awaited is not bought.
        _loops.current()
        return await self.submit(task, extra=extra, **options)

    @keywords(Options.__annotations__)
    def submit(self, task: TaskLike, *, extra: object = None, **options: Unpack[Options]) -> Ticket:
        """Takes a task as ``solve`` does and returns at once. Raises when it is refused; nothing was sent then."""
        return self._submit(request(task, extra, options), extra, isinstance(task, Adopt))

    def _submit_text(self, text: bytes) -> Ticket:
        """``submit`` with a request as captask_submit takes it."""
        # Whether it adopts a task does not matter without events.
        return self._submit(text, None, False)

    def _submit(self, text: bytes, extra: object, adopts: bool) -> Ticket:
        self._check_open()
        return self._receiver.submit(self, text, extra, adopts)

    def as_completed(self, tickets: Iterable[Ticket], timeout: Optional[Seconds] = None) -> Iterator[Ticket]:
        """``captask.as_completed``, for those who look for it here."""
        return _ticket.as_completed(tickets, timeout)

    @keywords(Options.__annotations__)
    def solve_many(
        self,
        tasks: Iterable[Item],
        *,
        window: int = 1000,
        progress: bool = False,
        **options: Unpack[Options],
    ) -> list[Union[Answer, CaptaskError]]:
        """Solves many tasks; the list has the answer, or the error, of each one in the order of ``tasks``.

        Errors are returned, not raised, since the other answers are paid for; a task that cannot be written as
        JSON is an InputError in its place. At most ``window`` tasks are in flight. ``progress`` shows a bar on standard
        error, tqdm's where that is installed.

        When ``tasks`` itself raises, no more are bought, and what is in flight is waited for; Ctrl-C gives up what is
        in flight. Either exception has the list as its attribute ``answers``: one entry for each task that was taken,
        None for one whose end was not waited for.
        """
        self._receiver.refuse_waiting()
        _loops.warn_of_blocking("Client.solve_many", 2)
        return _batch.solve_many(self._submit, tasks, window, progress, options)

    @keywords(Options.__annotations__)
    def imap(
        self,
        tasks: Iterable[Item],
        *,
        window: int = 1000,
        ordered: bool = True,
        progress: bool = False,
        **options: Unpack[Options],
    ) -> Iterator[Union[Answer, CaptaskError]]:
        """Solves tasks and yields the answer, or the error, of each: in the order of ``tasks``, or as they come.

        Like ``solve_many``, for more tasks than fit into memory: at most ``window`` are in flight, or waiting for one
        before them. With ``ordered=False`` tell them apart by an ``extra`` of their own: give pairs of a task and its
        extra in place of tasks. Leaving the loop early gives up what is in flight; the log has the taskIds. Every
        answer that has come is given out before a slow source of tasks is asked for its next one.
        """
        self._receiver.refuse_waiting()
        _loops.warn_of_blocking("Client.imap", 2)
        return _batch.imap(self._submit, tasks, window, ordered, progress, options)

    def receive(self, timeout: Optional[Seconds] = None) -> Optional[Answer]:
        """The next answer of the tasks that ``journal`` brought back after a crash, whose tickets no caller holds.

        None when there is none within ``timeout`` seconds (None: waits for ever). Raises the error of a failed task,
        ClosedError when the client is closed meanwhile, and RuntimeError when it has no journal.
        """
        self._check_open()
        seconds = limit(timeout)
        if not self._receiver.journal:
            raise RuntimeError(NO_JOURNAL)
        if seconds != 0:
            self._receiver.refuse_waiting()
            _loops.warn_of_blocking("Client.receive", 2)
        self._receiver.start()
        end = None if seconds is None else time.monotonic() + seconds
        while True:
            closed = self.closed
            left = _SLICE if end is None else min(end - time.monotonic(), _SLICE)
            try:
                return checked(self._receiver.strays.get(not closed, None if closed else max(left, 0)))
            except queue.Empty:
                if closed:
                    raise error_from(CLOSED) from None
                if end is not None and time.monotonic() >= end:
                    return None

    # Single methods of the service. Each blocks until its answer, at most callTimeoutMs. Ctrl-C ends the waiting, not
    # the call: what it brings is logged.

    def create_task(self, task: Mapping[str, object], **members: object) -> Answer:
        """createTask: buys a task without waiting. ``members`` are others of the request (callbackUrl, softId)."""
        return self._call("captask_create_task", _library.encode({"task": task_members(task), **members}))

    def get_task_result(self, task_id: Union[int, str]) -> Answer:
        """getTaskResult: asks once. The service allows 120 of these a task; ``solve`` counts for you."""
        return self._call("captask_get_task_result", _library.encode({"taskId": task_id}))

    def get_balance(self) -> Answer:
        """getBalance: ``balance`` is in US dollars."""
        return self._call("captask_get_balance")

    def get_user_agent(self) -> Answer:
        """getUserAgent: ``userAgent`` is the one that tasks should name now."""
        return self._call("captask_get_user_agent")

    def report_incorrect(self, task_id: Union[int, str], task_type: str) -> Answer:
        """Tells the service that a solution was wrong; the task's type picks the method."""
        return self._call("captask_report_incorrect", _library.encode({"taskId": task_id, "type": task_type}))

    def call(self, method: str, request: Mapping[str, object]) -> Answer:
        """Any method of the service, also one that captask does not know."""
        return self._call("captask_call", _library.text(method, "method"), _library.encode(request))

    def inspect(self) -> Answer:
        """Counters and state: inFlight, unread, created, polls, retries, connections, threads, …"""
        return self._ask("captask_inspect")

    def _call(self, name: str, *arguments: Any) -> Answer:
        self._check_open()
        _loops.warn_of_blocking(f"Client.{name[len('captask_') :]}", 3)
        return checked(_single.ask(name, self.handle, *arguments))

    def _refuse_waiting(self) -> None:
        self._receiver.refuse_waiting()

    def _cancel(self, number: int) -> bool:
        return _library.tell("captask_cancel", self.handle, number) == 1

    def _check_process(self) -> None:
        if self._pid != os.getpid():
            self._check_open()


def _finish(ticket: Ticket) -> Answer:
    try:
        return ticket._finish(None)
    except CaptaskError:
        raise
    except BaseException:
        ticket.cancel()
        raise
