"""solve_many and imap with sources of tasks that are slow, wrong or shared."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from loops import run, together

import captask

__all__ = ["run"]
pytestmark = pytest.mark.captask_sandbox(solveMs=0)
FAST: Any = {"firstPollMs": 20, "pollIntervalMs": 5}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def text_of(outcome: Any) -> Any:
    return outcome if isinstance(outcome, captask.CaptaskError) else outcome.solution["text"]


class Pipe(io.BytesIO):
    """A file that can be read once."""

    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation("seek")


def test_a_file_is_read_once_though_the_client_is_full(run: Any, captask_sandbox: captask.Sandbox) -> None:
    def tasks() -> list[Any]:
        return [{"type": "ImageToTextTask", "body": Pipe(PICTURE)} for _ in range(6)]

    with captask_sandbox.client(maxInFlight=2) as client:
        assert {text_of(one) for one in client.solve_many(tasks(), **FAST)} == {"sandbox-text"}
        assert {text_of(one) for one in client.imap(tasks(), **FAST)} == {"sandbox-text"}

    async def program() -> None:
        async with captask_sandbox.async_client(maxInFlight=2) as client:
            assert {text_of(one) for one in await client.solve_many(tasks(), **FAST)} == {"sandbox-text"}
            assert {text_of(one) async for one in client.imap(tasks(), **FAST)} == {"sandbox-text"}

    run(program)


@pytest.mark.parametrize("ordered", [True, False])
def test_a_slow_source_holds_no_answer_back(
    captask_client: captask.Client, task: dict[str, Any], ordered: bool
) -> None:
    seen: list[Any] = []

    def slow() -> Iterator[Any]:
        for number in range(3):
            yield task, number
        # Longer than those three take: they were submitted before, and have the same thread bring their answers.
        captask_client.solve(task, firstPollMs=60)
        yield task, 3
        assert sorted(seen) == [0, 1, 2], "all that had come are given out before the source is asked again"

    for outcome in captask_client.imap(slow(), ordered=ordered, **FAST):
        seen.append(outcome.extra)
    assert sorted(seen) == [0, 1, 2, 3]


@pytest.mark.parametrize("ordered", [True, False])
def test_a_slow_async_source_holds_no_answer_back(
    run: Any, captask_sandbox: captask.Sandbox, task: dict[str, Any], ordered: bool
) -> None:
    seen: list[Any] = []

    async def program() -> None:
        async with captask_sandbox.async_client() as client:

            async def slow() -> AsyncIterator[Any]:
                for number in range(3):
                    yield task, number
                await client.solve(task, firstPollMs=60)
                yield task, 3
                assert sorted(seen) == [0, 1, 2], "all that had come are given out before the source is asked again"

            async for outcome in client.imap(slow(), ordered=ordered, **FAST):
                seen.append(outcome.extra)

    run(program)
    assert sorted(seen) == [0, 1, 2, 3]


def test_a_slow_caller_leaves_as_many_in_flight(captask_client: captask.Client, task: dict[str, Any]) -> None:
    taken: list[int] = []

    def quick() -> Iterator[Any]:
        for number in range(60):
            taken.append(number)
            yield task, number

    for count, _ in enumerate(captask_client.imap(quick(), window=20, ordered=False, firstPollMs=5), 1):
        # Whatever has come meanwhile: for each one that is given out, one more is bought.
        assert len(taken) >= min(60, 19 + count)
        captask_client.solve(task, firstPollMs=10)


def test_two_do_not_share_an_imap(run: Any, captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    async def program() -> None:
        async with captask_sandbox.async_client() as client:
            answers = client.imap([task] * 5, **FAST)
            refused: list[RuntimeError] = []

            async def worker() -> int:
                count = 0
                try:
                    async for _ in answers:
                        count += 1
                except RuntimeError as error:
                    refused.append(error)
                return count

            assert sorted(await together(worker, worker)) == [0, 5]
            assert "an imap of its own" in str(refused[0])

    run(program)


def test_one_task_is_no_list_of_tasks(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    async def program() -> None:
        async with captask_sandbox.async_client() as client:
            with pytest.raises(TypeError, match="expected a list of tasks"):
                await client.solve_many(task)  # type: ignore[arg-type]
            with pytest.raises(TypeError, match="expected a list of tasks"):
                client.imap(task)  # type: ignore[arg-type]
            with pytest.raises(TypeError, match="timeoutMs"):
                client.imap([task], timeoutms=5)  # type: ignore[call-arg]

    asyncio.run(program())
    with captask_sandbox.client() as client:
        for many in (client.solve_many, client.imap):
            with pytest.raises(TypeError, match="expected a list of tasks"):
                many(task)
            with pytest.raises(TypeError, match="timeoutMs"):
                many([task], timeoutms=5)
            with pytest.raises(TypeError, match="expected seconds"):
                many([task], timeout="5")
    assert captask_sandbox.inspect()["requests"].get("createTask", 0) == 0
