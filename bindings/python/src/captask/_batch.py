"""Many tasks at once."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Mapping, Sized
from concurrent.futures import Future
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Callable, Union

from ._answer import Answer
from ._errors import CaptaskError
from ._request import TaskLike
from ._ticket import Ticket

if TYPE_CHECKING:
    from ._client import Client

_SLICE = 0.2


def solve_many(
    client: Client, tasks: Iterable[TaskLike], window: int, progress: bool, options: Mapping[str, Any]
) -> list[Union[Answer, CaptaskError]]:
    """See Client.solve_many."""
    if window < 1:
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
            while flying:
                take_one()
        except BaseException:
            for left in list(flying):
                left.cancel()
            raise
    return [result for result in results if result is not None]


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
