"""The client for event loops."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Optional, Union

from . import _async_batch, _calls, _library, _loops
from ._answer import Answer
from ._delivery import Delivery
from ._errors import CaptaskError, checked
from ._handle import KEY_HINT, Handle, refuse_positional
from ._help import keywords
from ._keywords import Seconds, limit
from ._open import open_client
from ._request import Adopt, TaskLike, request, task_members
from ._solve import AsyncSolve
from ._typing import Never, Self, Unpack
from .config import CONFIG_HELP, Config, Options


class AsyncClient(AsyncSolve, Handle):
    """A client of the service for asyncio (uvloop too), trio and anyio.

    It has the methods of ``captask.Client``, to be awaited, and its keywords::

        async with captask.AsyncClient(endpoint="sandbox:") as client:
            answer = await client.solve({"type": "TurnstileTask", "websiteURL": url, "websiteKey": key})
            print(answer.solution["token"])

    Tasks take no thread: the loop watches a descriptor of the library. Cancelling an await gives its task up; the
    exception that cancels it has captask's CancelledError as its ``__cause__``, with the task_id that is paid for.

    A client serves one event loop at a time: open it where you need it. It belongs to the process that opened it: in a
    forked child its methods raise ClosedError (CAPTASK_FORKED).
    """

    @keywords(Config.__annotations__, CONFIG_HELP)
    def __init__(self, *positional: Never, **config: Unpack[Config]) -> None:
        refuse_positional("AsyncClient", positional, KEY_HINT)
        opened = open_client(config)
        self._delivery = Delivery(opened)
        self._own(opened.handle, self._delivery.close)

    async def __aenter__(self) -> Self:
        _loops.current()
        return self

    async def __aexit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the client. Closing twice is fine.

        Tasks in flight end as ClosedError with their taskId; with a ``journal`` they stay there for the next client.
        """
        if self.closed:
            return
        loop = _loops.current()
        try:
            self._delivery.stop()
        finally:
            # Also when a handler was told to end.
            await _calls.close(loop, self._finalizer)

    # Create and wait

    async def _solve(self, task: TaskLike, extra: object, options: Any) -> Answer:
        self._check_open()
        arrived = _loops.current().event()
        content = request(task, extra, options)
        pending = self._delivery.submit(content, lambda _: arrived.set(), extra, isinstance(task, Adopt))
        try:
            await arrived.wait()
        except BaseException as error:
            answer = self._delivery.forget(pending)
            if answer is not None:
                error.__cause__ = _async_batch.given_up(answer)
            raise
        answer = self._delivery.forget(pending)
        assert answer is not None
        return checked(answer)

    @keywords(Options.__annotations__)
    async def solve_many(
        self,
        tasks: _async_batch.Items,
        *,
        window: int = 1000,
        progress: bool = False,
        **options: Unpack[Options],
    ) -> list[Union[Answer, CaptaskError]]:
        """Solves many tasks; the list has the answer, or the error, of each one in the order of ``tasks``.

        See Client.solve_many. When the await is cancelled, what is in flight is given up, and the exception that
        cancels it has the list as its attribute ``answers``.
        """
        self._check_open()
        return await _async_batch.solve_many(self._delivery, tasks, window, progress, options)

    @keywords(Options.__annotations__)
    def imap(
        self,
        tasks: _async_batch.Items,
        *,
        window: int = 1000,
        ordered: bool = True,
        progress: bool = False,
        **options: Unpack[Options],
    ) -> _async_batch.Imap:
        """Solves tasks, for ``async for``: the answer, or the error, of each. See Client.imap."""
        self._check_open()
        return _async_batch.Imap(self._delivery, tasks, window, ordered, progress, options)

    async def receive(self, timeout: Optional[Seconds] = None) -> Optional[Answer]:
        """The next answer of the tasks that ``journal`` brought back after a crash, whose tickets no caller holds.

        None when there is none within ``timeout`` seconds (None: waits for ever). Raises the error of a failed task,
        ClosedError when the client is closed meanwhile, and RuntimeError when it has no journal.
        """
        self._check_open()
        answer = await self._delivery.stray(limit(timeout), _loops.current())
        if answer is None:
            self._check_open()
            return None
        return checked(answer)

    # Single methods of the service, each made on a thread of its own. Cancelling ends the waiting, not the call: what
    # it brings is logged.

    async def create_task(self, task: Mapping[str, object], **members: object) -> Answer:
        """createTask: buys a task without waiting. ``members`` are others of the request (callbackUrl, softId)."""
        return await self._call("captask_create_task", _library.encode({"task": task_members(task), **members}))

    async def get_task_result(self, task_id: Union[int, str]) -> Answer:
        """getTaskResult: asks once. The service allows 120 of these a task; ``solve`` counts for you."""
        return await self._call("captask_get_task_result", _library.encode({"taskId": task_id}))

    async def get_balance(self) -> Answer:
        """getBalance: ``balance`` is in US dollars."""
        return await self._call("captask_get_balance")

    async def get_user_agent(self) -> Answer:
        """getUserAgent: ``userAgent`` is the one that tasks should name now."""
        return await self._call("captask_get_user_agent")

    async def report_incorrect(self, task_id: Union[int, str], task_type: str) -> Answer:
        """Tells the service that a solution was wrong; the task's type picks the method."""
        return await self._call("captask_report_incorrect", _library.encode({"taskId": task_id, "type": task_type}))

    async def call(self, method: str, request: Mapping[str, object]) -> Answer:
        """Any method of the service, also one that captask does not know."""
        return await self._call("captask_call", _library.text(method, "method"), _library.encode(request))

    def inspect(self) -> Answer:
        """Counters and state: inFlight, unread, created, polls, retries, connections, threads. Sends nothing."""
        return self._ask("captask_inspect")

    async def _call(self, name: str, *arguments: Any) -> Answer:
        self._check_open()
        return checked(await _calls.ask(_loops.current(), name, self.handle, *arguments))
