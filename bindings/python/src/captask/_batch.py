"""Many tasks at once."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterable, Mapping, Sized
from concurrent.futures import Future, wait
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, Callable, Union

from ._answer import Answer
from ._errors import CaptaskError, error_from
from ._request import TaskLike
from ._ticket import Ticket

if TYPE_CHECKING:
    from ._client import Client

_SLICE = 0.2
# Seconds that are waited at most for the last word of tickets that were given up.
_HANDOVER = 1.0


def solve_many(
    client: Client, tasks: Iterable[TaskLike], window: int, progress: bool, options: Mapping[str, Any]
) -> list[Union[Answer, CaptaskError]]:
    """See Client.solve_many."""
    client._receiver.refuse_waiting()
    if not window >= 1:
        raise ValueError(f"window: at least 1 task has to be in flight, not {window}")
    results: list[Union[Answer, CaptaskError, None]] = []
    flying: dict[Future[Answer], int] = {}
    landed: queue.SimpleQueue[Future[Answer]] = queue.SimpleQueue()
    with ExitStack() as stack:
        step = _bar(stack, tasks) if progress else _nothing

        def take_one() -> None:
            ticket = _next(landed)
            results[flying.pop(ticket)] = _outcome(ticket)
            step()

        def land() -> None:
            while flying:
                take_one()

        try:
            try:
                for index, task in enumerate(tasks):
                    results.append(None)
                    while len(flying) >= window:
                        take_one()
                    ticket = _submit(client, task, options, flying, take_one)
                    if isinstance(ticket, CaptaskError):
                        results[index] = ticket
                        step()
                        continue
                    flying[ticket] = index
                    ticket.add_done_callback(landed.put)
            except Exception:
                # What is in flight is paid for, whatever became of the tasks that were to follow.
                land()
                raise
            land()
        except BaseException as error:
            _give_up(flying, results)
            with suppress(AttributeError):
                error.answers = results  # type: ignore[attr-defined]
            raise
    return [result for result in results if result is not None]


def _give_up(flying: Mapping[Future[Answer], int], results: list[Union[Answer, CaptaskError, None]]) -> None:
    """Cancels what is in flight, and notes what is known of it: the taskIds of what is paid for."""
    for ticket in flying:
        ticket.cancel()
    # Their answers are made at once, and have only to come over from the thread that takes them.
    for ticket in wait(flying, _HANDOVER).done:
        results[flying[ticket]] = _outcome(ticket)


def _submit(
    client: Client,
    task: TaskLike,
    options: Mapping[str, Any],
    flying: Mapping[Future[Answer], int],
    take_one: Callable[[], None],
) -> Union[Ticket, CaptaskError]:
    while True:
        try:
            return client.submit(task, **options)
        except CaptaskError as error:
            # A full queue has room again once an answer was taken.
            if error.code != "CAPTASK_QUEUE_FULL" or not flying:
                return error
            take_one()
        except (TypeError, ValueError, RecursionError) as error:
            return _unfit(error)


def _unfit(error: Exception) -> CaptaskError:
    members = {"errorId": 1, "errorCode": "CAPTASK_INVALID_REQUEST", "errorDescription": f"the task: {error}"}
    refused = error_from(json.dumps({**members, "retryable": False, "retryScope": None}))
    refused.__cause__ = error
    return refused


def _next(landed: queue.SimpleQueue[Future[Answer]]) -> Future[Answer]:
    while True:
        try:
            return landed.get(timeout=_SLICE)
        except queue.Empty:
            continue


def _outcome(ticket: Future[Answer]) -> Union[Answer, CaptaskError]:
    error = ticket.exception()
    if error is None:
        return ticket.result()
    if isinstance(error, CaptaskError):
        return error
    raise error


def _nothing() -> None:
    """No progress is shown."""


def _bar(stack: ExitStack, tasks: Iterable[TaskLike]) -> Callable[[], None]:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return _nothing
    total = len(tasks) if isinstance(tasks, Sized) else None
    bar = stack.enter_context(tqdm(total=total, unit="task"))

    def step() -> None:
        bar.update(1)

    return step
