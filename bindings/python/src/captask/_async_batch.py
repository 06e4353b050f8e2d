"""Many tasks at once, in an event loop."""

from __future__ import annotations

import collections
import logging
import time
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping
from contextlib import ExitStack, suppress
from typing import Any, Callable, Optional, Union

from . import _loops
from ._answer import Answer
from ._batch import (
    SLOW,
    Order,
    Outcome,
    always,
    checked_source,
    checked_window,
    log_untaken,
    made,
    nothing,
    size,
    unfit,
)
from ._delivery import Delivery, Pending
from ._errors import CaptaskError, error_from
from ._progress import bar
from ._request import Item

_log = logging.getLogger("captask")
# Tasks that are submitted before the loop has its turn again.
_AT_ONCE = 50

Items = Union[Iterable[Item], AsyncIterable[Item]]


async def solve_many(
    delivery: Delivery, tasks: Items, window: int, progress: bool, options: Mapping[str, Any]
) -> list[Outcome]:
    """See AsyncClient.solve_many."""
    batch = _Batch(delivery, tasks, window, options)
    try:
        with ExitStack() as stack:
            step = bar(stack, size(tasks)) if progress else nothing
            while await batch.next() is not None:
                step()
    except BaseException as error:
        batch.give_up()
        with suppress(AttributeError):
            error.answers = batch.in_order()  # type: ignore[attr-defined]
        raise
    return [outcome for outcome in batch.in_order() if outcome is not None]


class Imap(AsyncIterator[Outcome]):
    """What AsyncClient.imap returns. It ends when it is left: nothing has to be awaited for that."""

    def __init__(
        self, delivery: Delivery, tasks: Items, window: int, ordered: bool, progress: bool, options: Mapping[str, Any]
    ) -> None:
        self._busy = False
        self._ready: collections.deque[Outcome] = collections.deque()
        self._order = Order(window if ordered else None)
        self._stack = ExitStack()
        self._batch = _Batch(delivery, tasks, window, options, self._order.has_room)
        self._step = bar(self._stack, size(tasks)) if progress else nothing

    async def __anext__(self) -> Outcome:
        if self._busy:
            raise RuntimeError("imap: another coroutine waits for its next answer; give each an imap of its own")
        self._busy = True
        try:
            while not self._ready:
                index = await self._batch.next()
                if index is None:
                    raise StopAsyncIteration
                self._step()
                self._ready.extend(self._order.add(index, self._batch.results.pop(index)))
            return self._ready.popleft()
        except BaseException:
            self._end()
            raise
        finally:
            self._busy = False

    async def aclose(self) -> None:
        """Gives up what is in flight. Leaving the loop does it too."""
        self._end()

    def __del__(self) -> None:
        if hasattr(self, "_batch"):
            self._end()

    def _end(self) -> None:
        self._stack.close()
        self._batch.give_up()
        log_untaken([*self._batch.results.values(), *self._order.held.values(), *self._ready])
        self._batch.results.clear()
        self._order.held.clear()
        self._ready.clear()


def given_up(answer: Answer) -> Optional[CaptaskError]:
    """What is known of a task whose await was cancelled; its id is logged too, since few look at such an exception."""
    if answer.task_id is not None:
        what = str(answer.get("errorCode") or "solved")
        text = "an await was cancelled, its answer (%s) not taken; the task is paid for: adopt it by its taskId: %s"
        _log.warning(text, what, answer.task_id)
    return None if answer.get("errorId") == 0 else error_from(answer)


class _Batch:
    """Tasks in flight, and what became of the others."""

    def __init__(
        self,
        delivery: Delivery,
        tasks: Items,
        window: int,
        options: Mapping[str, Any],
        has_room: Callable[[int], bool] = always,
    ) -> None:
        checked_source(tasks, options)
        self._delivery = delivery
        self._source = tasks.__aiter__() if isinstance(tasks, AsyncIterable) else iter(tasks)
        self._window = checked_window(window)
        self._options = options
        self._has_room = has_room
        self._loop: Optional[_loops.Loop] = None
        self._event: Optional[_loops.Event] = None
        self._flying: dict[Pending, int] = {}
        self._landed: collections.deque[Pending] = collections.deque()
        self._taken = 0
        # Whether the source made us wait for its last task, and how many answers are given out before the next.
        self._slow = False
        self._due = 0
        # A request that was made and not submitted yet, whether there are more tasks, and why there are none.
        self._next: Optional[tuple[int, bytes, object, bool]] = None
        self._more = True
        self._error: Optional[Exception] = None
        self.results: dict[int, Outcome] = {}

    def in_order(self) -> list[Optional[Outcome]]:
        """One entry for each task that was taken; None where nothing is known."""
        return [self.results.get(index) for index in range(self._taken)]

    async def next(self) -> Optional[int]:
        """The number of the next task that has ended; ``results`` has how. None at the end.

        When the source of tasks fails, what is in flight is waited for first: it is paid for.
        """
        self._loop = self._loop or _loops.current()
        while True:
            if self._landed and (self._due > 0 or not self._more):
                self._due -= 1
                return self._take_landed()
            if self._next is None and self._more and self._room():
                index = self._taken
                await self._pull()
                if index in self.results:
                    return index
            if self._next is not None and self._submit(*self._next):
                index, self._next = self._next[0], None
                if index in self.results:
                    return index
                # One for one, so that as many stay in flight while the caller takes his time.
                self._due = len(self._landed) if self._slow else 1
                if self._slow or index % _AT_ONCE == _AT_ONCE - 1:
                    await self._loop.pause()
            elif self._flying:
                return await self._land(self._loop)
            elif self._error is not None:
                raise self._error
            elif not self._more:
                return None

    def give_up(self) -> None:
        """Cancels what is in flight, and notes what is known of it: the taskIds of what is paid for."""
        self._more = False
        for pending, index in self._flying.items():
            answer = self._delivery.forget(pending)
            if answer is not None:
                self.results[index] = _outcome(answer)
        self._flying.clear()

    def _room(self) -> bool:
        return not self._flying or (len(self._flying) < self._window and self._has_room(self._taken))

    async def _pull(self) -> None:
        asked = time.monotonic()
        try:
            if isinstance(self._source, AsyncIterator):
                task = await self._source.__anext__()
            else:
                task = next(self._source)
        except (StopIteration, StopAsyncIteration):
            self._more = False
        except Exception as error:
            self._more, self._error = False, error
        else:
            self._slow = time.monotonic() - asked > SLOW
            index = self._taken
            self._taken += 1
            try:
                # Once: a file in the task may be read once.
                self._next = (index, *made(task, self._options))
            except (TypeError, ValueError, OSError, RecursionError) as error:
                self.results[index] = unfit(error)

    def _submit(self, index: int, text: bytes, extra: object, adopts: bool) -> bool:
        """Submits a request; False when there is no room for it before an answer was taken."""
        try:
            pending = self._delivery.submit(text, self._arrived, extra, adopts)
        except CaptaskError as error:
            if error.code == "CAPTASK_QUEUE_FULL" and self._flying:
                return False
            self.results[index] = error
        else:
            self._flying[pending] = index
        return True

    def _arrived(self, pending: Pending) -> None:
        self._landed.append(pending)
        if self._event is not None:
            self._event.set()

    async def _land(self, loop: _loops.Loop) -> int:
        while not self._landed:
            self._event = loop.event()
            await self._event.wait()
        return self._take_landed()

    def _take_landed(self) -> int:
        pending = self._landed.popleft()
        index = self._flying.pop(pending)
        answer = self._delivery.forget(pending)
        assert answer is not None
        self.results[index] = _outcome(answer)
        return index


def _outcome(answer: Answer) -> Outcome:
    return answer if answer.get("errorId") == 0 else error_from(answer)
