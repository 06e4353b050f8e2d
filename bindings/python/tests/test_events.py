"""on_bought, on_retry and on_answer; and the progress bar."""

from __future__ import annotations

import asyncio
import queue
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from loops import run, together

import captask

__all__ = ["run"]
FAST: Any = {"firstPollMs": 5, "pollIntervalMs": 5}
TROUBLE = [{"kind": "status", "method": "createTask", "status": 429, "count": 2}]


class Seen(list[captask.Event]):
    """Events as they come, and the threads that brought them."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def __call__(self, event: captask.Event) -> None:
        self.append(event)
        self.threads.add(threading.get_ident())

    @property
    def handlers(self) -> Any:
        return {"on_bought": self, "on_retry": self, "on_answer": self}

    def kinds(self, extra: Any) -> list[str]:
        return [event.kind for event in self if event.kind != "retry" and event.extra == extra]


def answer_of(found: Any) -> captask.Answer:
    assert isinstance(found, captask.Answer), found
    return found


def check(seen: Seen, answers: list[captask.Answer]) -> None:
    """For each task first that it was bought, and then its answer, both with its id."""
    for answer in answers:
        assert seen.kinds(answer.extra) == ["bought", "answer"], seen
        ids = {event.task_id for event in seen if event.kind != "retry" and event.extra == answer.extra}
        assert ids == {answer.task_id}
    assert len(seen.threads) == 1


@pytest.mark.captask_sandbox(solveMs=0, faults=TROUBLE)
def test_events_of_a_client(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    seen = Seen()
    with captask_sandbox.client(**seen.handlers) as client:
        answers = [client.solve(task, extra=n, **FAST) for n in range(3)]
        check(seen, answers)
        retries = [event for event in seen if event.kind == "retry"]
        assert retries and retries[-1].retries == 2
        assert any("429" in event.reason for event in retries)
        with pytest.raises(captask.TaskError):
            client.solve({"type": "NoSuchTask"}, extra="wrong", **FAST)
        last = seen[-1]
        assert last.kind == "answer" and last.extra == "wrong" and last.task_id is None
        assert last.answer is not None and last.answer["errorCode"] == "ERROR_TASK_NOT_SUPPORTED"
    assert threading.get_ident() not in seen.threads


@pytest.mark.captask_sandbox(solveMs=0, faults=TROUBLE)
def test_events_of_an_async_client(run: Any, captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    seen = Seen()

    async def program() -> None:
        async with captask_sandbox.async_client(**seen.handlers) as client:

            async def one(number: int) -> Any:
                return await client.solve(task, extra=number, **FAST)

            check(seen, await together(*[lambda n=n: one(n) for n in range(20)]))  # type: ignore[misc]
            assert [event for event in seen if event.kind == "retry"][-1].retries >= 2
        assert seen.threads == {threading.get_ident()}

    run(program)


def test_it_is_told_when_it_is_bought(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    bought = threading.Event()
    with captask_sandbox.client(on_bought=lambda _: bought.set()) as client:
        ticket = client.submit(task, firstPollMs=60_000)
        assert bought.wait(60) and not ticket.done()
        ticket.cancel()


def test_each_of_many_is_told_when_it_is_bought(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    """Clients whose first tasks are bought at the same moment, and whose answers do not come."""
    told: queue.SimpleQueue[tuple[int, captask.Event]] = queue.SimpleQueue()
    start = threading.Barrier(8)

    def begin(number: int) -> captask.Client:
        client = captask_sandbox.client(on_bought=lambda event: told.put((number, event)))
        start.wait(60)
        client.submit(task, extra=number, firstPollMs=3_600_000)
        return client

    with ThreadPoolExecutor(8) as threads:
        clients = list(threads.map(begin, range(8)))
    try:
        seen = [told.get(timeout=60) for _ in clients]
        assert sorted((number, event.extra) for number, event in seen) == [(n, n) for n in range(8)]
        assert len({event.task_id for _, event in seen}) == 8
        assert all(event.kind == "bought" for _, event in seen)
        assert [client.inspect()["inFlight"] for client in clients] == [1] * 8
    finally:
        for client in clients:
            client.close()


@pytest.mark.captask_sandbox(solveMs=0)
def test_many_that_start_at_once_hear_in_order(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    start = threading.Barrier(8)

    def solve(number: int) -> None:
        seen = Seen()
        with captask_sandbox.client(**seen.handlers) as client:
            start.wait(60)
            check(seen, [answer_of(one) for one in client.solve_many([(task, n) for n in range(20)], **FAST)])
        assert not [event for event in seen if event.extra not in range(20)]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(solve, range(8)))


def test_a_task_given_up_was_bought_before(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    """A task may be given up in the moment of its purchase, before the line that has it is written."""
    seen = Seen()
    with captask_sandbox.client(**seen.handlers) as client:
        for number in range(50):
            ticket = client.submit(task, extra=number, firstPollMs=3_600_000)
            while client.inspect()["created"] <= number:
                pass
            ticket.cancel()
            error = ticket.exception(60)
            assert isinstance(error, captask.CancelledError) and error.task_id is not None
            assert seen.kinds(number) == ["bought", "answer"]


@pytest.mark.captask_sandbox(solveMs=0)
def test_an_adopted_task_is_not_bought(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    seen = Seen()
    with captask_sandbox.client(**seen.handlers) as client:
        bought = client.create_task(task)
        answer = client.solve(captask.Adopt(bought.task_id), extra="adopted", **FAST)
        assert seen.kinds("adopted") == ["answer"] and answer.task_id == bought.task_id


@pytest.mark.captask_sandbox(solveMs=0)
def test_each_client_has_its_own_events(task: dict[str, Any]) -> None:
    """Tickets and tasks have the same numbers in each of these: nothing but the thread tells them apart."""
    seen = [Seen() for _ in range(4)]
    opened = [captask.Client(endpoint="sandbox:", **one.handlers) for one in seen]
    plain = captask.Client(endpoint="sandbox:")
    try:
        tickets = [
            (n, client.submit(task, extra=[n, k], **FAST))
            for k in range(5)
            for n, client in enumerate([*opened, plain])
        ]
        answers = [(n, ticket.result(60)) for n, ticket in tickets]
        for number, one in enumerate(seen):
            assert {event.extra[0] for event in one} == {number}, "an event of another client"
            told = [event.extra[1] for event in one if event.kind == "answer"]
            assert sorted(told) == list(range(5))
        assert len(answers) == 25
        after = [client.solve(task, extra="later", **FAST) for client in opened]
        assert len(after) == 4
    finally:
        for client in (*opened, plain):
            client.close()


def test_a_handler_that_raises_is_logged(
    captask_sandbox: captask.Sandbox, task: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    def raises(event: captask.Event) -> None:
        raise KeyError(event.kind)

    def ends(event: captask.Event) -> None:
        raise SystemExit(event.kind)

    with captask_sandbox.client(on_bought=raises, on_answer=ends) as client:
        assert client.solve(task, **FAST).status == "ready"
        assert client.solve(task, **FAST).status == "ready"
    assert sum("raised" in record.getMessage() for record in caplog.records) == 4


def test_events_cost_nothing_when_the_client_is_closed(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    from captask import _events, _log

    with captask_sandbox.client(on_bought=lambda _: None):
        assert _events.wanted() and _log._detail >= _events.LEVEL
    asyncio.run(captask_sandbox.async_client(on_retry=lambda _: None).aclose())
    assert not _events.wanted() and _log._detail < _events.LEVEL


@pytest.mark.parametrize("tqdm", [True, False])
def test_progress_is_shown(tqdm: bool) -> None:
    hide = "" if tqdm else "sys.modules['tqdm'] = sys.modules['tqdm.auto'] = None"
    program = f"""
import sys
{hide}
import captask
task = {{"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"}}
with captask.Sandbox(solveMs=0) as sandbox, sandbox.client() as client:
    client.solve_many([task] * 3, progress=True, firstPollMs=5)
    list(client.imap([task] * 3, progress=True, firstPollMs=5))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert (done.stderr.count("3/3") == 2) if tqdm else (done.stderr.count("3 of 3 tasks in") == 2), done.stderr
