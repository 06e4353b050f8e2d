"""Many tasks at once."""

from __future__ import annotations

import json
import logging
import queue
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sized
from concurrent.futures import Future, wait
from contextlib import ExitStack, closing, suppress
from typing import Any, Callable, Optional, Union

from ._answer import Answer
from ._errors import CaptaskError, error_from
from ._progress import bar
from ._request import Adopt, Item, request, with_extra
from ._ticket import Ticket

_log = logging.getLogger("captask")
_SLICE = 0.2
# Seconds that are waited at most for the last word of tickets that were given up.
_HANDOVER = 1.0

Outcome = Union[Answer, CaptaskError]
#: Submits a request, with its extra, and whether it adopts a task.
Submit = Callable[[bytes, object, bool], Ticket]
# Seconds after which a source of tasks is slow: what has come is given out before it is asked for the next one.
SLOW = 0.01


def solve_many(
    submit: Submit, tasks: Iterable[Item], window: int, progress: bool, options: Mapping[str, Any]
) -> list[Outcome]:
    """See Client.solve_many."""
    checked_source(tasks, options)
    batch = _Batch(submit, checked_window(window), options)
    try:
        with ExitStack() as stack:
            step = bar(stack, size(tasks)) if progress else nothing
            for _ in batch.outcomes(tasks):
                step()
    except BaseException as error:
        batch.give_up()
        with suppress(AttributeError):
            error.answers = batch.in_order()  # type: ignore[attr-defined]
        raise
    return [outcome for outcome in batch.in_order() if outcome is not None]


def imap(
    submit: Submit, tasks: Iterable[Item], window: int, ordered: bool, progress: bool, options: Mapping[str, Any]
) -> Iterator[Outcome]:
    """See Client.imap."""
    checked_source(tasks, options)
    batch = _Batch(submit, checked_window(window), options)
    return _imap(batch, tasks, Order(window if ordered else None), progress)


def _imap(batch: _Batch, tasks: Iterable[Item], order: Order, progress: bool) -> Iterator[Outcome]:
    try:
        with ExitStack() as stack:
            step = bar(stack, size(tasks)) if progress else nothing
            outcomes = stack.enter_context(closing(batch.outcomes(tasks, order.has_room)))
            for index in outcomes:
                step()
                yield from order.add(index, batch.results.pop(index))
    finally:
        # Broken off: what is bought, and whose answer was not taken, is logged by its id.
        batch.give_up()
        log_untaken([*batch.results.values(), *order.held.values()])


def always(index: int) -> bool:
    """There is always room."""
    return True


class Order:
    """Brings outcomes into the order of their tasks, or lets them pass as they come."""

    def __init__(self, window: Union[int, None]) -> None:
        self._window = window
        self._next = 0
        self.held: dict[int, Outcome] = {}

    def has_room(self, index: int) -> bool:
        """Whether a task may be bought already: not many more are bought ahead than are in flight."""
        return self._window is None or index - self._next < self._window

    def add(self, index: int, outcome: Outcome) -> Iterator[Outcome]:
        """What may be given out now."""
        if self._window is None:
            yield outcome
            return
        self.held[index] = outcome
        while self._next in self.held:
            self._next += 1
            yield self.held.pop(self._next - 1)


class _Batch:
    """Tasks in flight, and what became of the others."""

    def __init__(self, submit: Submit, window: int, options: Mapping[str, Any]) -> None:
        self._submit_one = submit
        self._window = window
        self._options = options
        self._flying: dict[Future[Answer], int] = {}
        self._landed: queue.SimpleQueue[Future[Answer]] = queue.SimpleQueue()
        self._taken = 0
        self.results: dict[int, Outcome] = {}

    def in_order(self) -> list[Union[Outcome, None]]:
        """One entry for each task that was taken; None where nothing is known."""
        return [self.results.get(index) for index in range(self._taken)]

    def outcomes(self, tasks: Iterable[Item], has_room: Callable[[int], bool] = always) -> Generator[int, None, None]:
        """The numbers of tasks as they end; ``results`` has how."""
        try:
            asked = time.monotonic()
            for index, task in enumerate(tasks):
                slow = time.monotonic() - asked > SLOW
                self._taken = index + 1
                while self._flying and not (len(self._flying) < self._window and has_room(index)):
                    yield self._land()
                made = self._request(index, task)
                while made is not None and not self._submit(index, *made):
                    yield self._land()
                if index in self.results:
                    yield index
                # One for one, so that as many stay in flight while the caller takes his time.
                while not self._landed.empty():
                    yield self._land()
                    if not slow:
                        break
                asked = time.monotonic()
        except Exception:
            # What is in flight is paid for, whatever became of the tasks that were to follow.
            while self._flying:
                yield self._land()
            raise
        while self._flying:
            yield self._land()

    def give_up(self) -> None:
        """Cancels what is in flight, and notes what is known of it: the taskIds of what is paid for."""
        for ticket in self._flying:
            ticket.cancel()
        # Their answers are made at once, and have only to come over from the thread that takes them.
        for ticket in wait(self._flying, _HANDOVER).done:
            self.results[self._flying[ticket]] = _outcome(ticket)
        self._flying.clear()

    def _request(self, index: int, item: Item) -> Optional[tuple[bytes, object, bool]]:
        """A task's request, made once: a file in it may be read once. None when it cannot be written as JSON."""
        try:
            return made(item, self._options)
        except (TypeError, ValueError, OSError, RecursionError) as error:
            self.results[index] = unfit(error)
            return None

    def _submit(self, index: int, text: bytes, extra: object, adopts: bool) -> bool:
        """Submits a request; False when there is no room for it before an answer was taken."""
        try:
            ticket = self._submit_one(text, extra, adopts)
        except CaptaskError as error:
            if error.code == "CAPTASK_QUEUE_FULL" and self._flying:
                return False
            self.results[index] = error
        else:
            self._flying[ticket] = index
            ticket._when_done(self._landed.put)
        return True

    def _land(self) -> int:
        while True:
            with suppress(queue.Empty):
                ticket = self._landed.get(timeout=_SLICE)
                index = self._flying.pop(ticket)
                self.results[index] = _outcome(ticket)
                return index


def checked_window(window: int) -> int:
    """How many tasks may be in flight."""
    if not window >= 1:
        raise ValueError(f"window: at least 1 task has to be in flight, not {window}")
    return window


def checked_source(tasks: object, options: Mapping[str, Any]) -> None:
    """Refuses one task in place of many, whose members would be taken for tasks, and options that fit no task."""
    if isinstance(tasks, (Mapping, str, bytes)):
        raise TypeError(f"tasks: expected a list of tasks, or another iterable of them, not {type(tasks).__name__}")
    request({}, None, options)


def made(item: Item, options: Mapping[str, Any]) -> tuple[bytes, object, bool]:
    """The request of a task, its extra, and whether it adopts one that was bought before."""
    task, extra = with_extra(item)
    return request(task, extra, options), extra, isinstance(task, Adopt)


def unfit(error: Exception) -> CaptaskError:
    """The error of a task that cannot be written as JSON."""
    members = {"errorId": 1, "errorCode": "CAPTASK_INVALID_REQUEST", "errorDescription": f"the task: {error}"}
    refused = error_from(json.dumps({**members, "retryable": False, "retryScope": None}))
    refused.__cause__ = error
    return refused


def log_untaken(outcomes: Iterable[Outcome]) -> None:
    """Logs the paid tasks whose answers no caller took."""
    ids = [outcome.task_id for outcome in outcomes if outcome.task_id is not None]
    if ids:
        _log.warning("imap ended early; answers of paid tasks were not taken, adopt them by taskId: %s", ids)


def size(tasks: object) -> Union[int, None]:
    """How many tasks there are, where that is known."""
    return len(tasks) if isinstance(tasks, Sized) else None


def nothing() -> None:
    """No progress is shown."""


def _outcome(ticket: Future[Answer]) -> Outcome:
    error = ticket.exception()
    if error is None:
        return ticket.result()
    if isinstance(error, CaptaskError):
        return error
    raise error
