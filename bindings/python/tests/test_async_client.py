"""AsyncClient in each event loop."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from loops import Program, Readerless, cancelled_after, collect, run, together, wanted, warnings_of

import captask

__all__ = ["run"]
pytestmark = pytest.mark.captask_sandbox(solveMs=0)
FAST: Any = {"firstPollMs": 5, "pollIntervalMs": 5}


@pytest.fixture
def client(captask_sandbox: captask.Sandbox) -> Iterator[captask.AsyncClient]:
    """A client that was opened outside of any loop. Each test closes it in its own, unless it is skipped."""
    client = captask_sandbox.async_client()
    yield client
    if not client.closed:
        asyncio.run(client.aclose())


def answers_of(found: list[Any]) -> list[captask.Answer]:
    assert all(isinstance(one, captask.Answer) for one in found), found
    return found


def test_solve_and_the_single_methods(run: Any, captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    async def program() -> None:
        async with captask_sandbox.async_client() as client:
            before = threading.active_count()
            answer = await client.solve(task, extra={"row": 7}, **FAST)
            assert answer.solution["token"] and answer.extra == {"row": 7}
            assert threading.active_count() <= before + 1, "no thread for a task"
            assert (await client.get_balance()).balance > 0
            assert "Windows" in (await client.get_user_agent()).userAgent
            picture = captask.describe("task/image_to_text")["exampleRequest"]
            bought = await client.create_task(picture)
            assert bought.task_id is not None
            assert (await client.get_task_result(bought.task_id))["status"] in ("processing", "ready")
            assert (await client.solve(captask.Adopt(bought.task_id), **FAST)).solution["text"]
            assert (await client.report_incorrect(bought.task_id, "ImageToTextTask"))["errorId"] == 0
            assert (await client.call("getBalance", {}))["errorId"] == 0
            assert client.inspect()["created"] == 2
            with pytest.raises(captask.TaskError):
                await client.solve({"type": "NoSuchTask"})
        assert client.closed and "closed" in repr(client)
        await client.aclose()
        with pytest.raises(captask.ClosedError, match="this AsyncClient is closed"):
            await client.get_balance()
        with pytest.raises(captask.ClosedError, match="this AsyncClient is closed"):
            await client.solve(task)

    run(program)


def test_many_at_once(run: Any, client: captask.AsyncClient, task: dict[str, Any]) -> None:
    def one(number: int) -> Program:
        async def program() -> Any:
            return (await client.solve(task, extra=number, **FAST)).extra

        return program

    async def program() -> None:
        async with client:
            assert await together(*map(one, range(500))) == list(range(500))

    run(program)


def test_a_cancelled_await_gives_the_task_up_and_tells_it(
    run: Any, client: captask.AsyncClient, task: dict[str, Any]
) -> None:
    async def program() -> None:
        async with client:
            error = await cancelled_after(
                lambda: client.solve(task, firstPollMs=60_000), lambda: client.inspect()["created"] == 1
            )
            assert isinstance(error.__cause__, captask.CancelledError)
            assert error.__cause__.task_id is not None
            assert client.inspect()["inFlight"] == 0 == client.inspect()["unread"]
            assert (await client.solve(task, **FAST)).status == "ready"

    run(program)


def test_closing_answers_who_waits(run: Any, client: captask.AsyncClient, task: dict[str, Any]) -> None:
    async def waits() -> Any:
        with pytest.raises(captask.ClosedError) as caught:
            await client.solve(task, firstPollMs=60_000)
        return caught.value.task_id

    async def closes() -> None:
        while client.inspect()["created"] == 0:
            await client.get_balance()
        await client.aclose()

    async def program() -> None:
        found = await together(waits, closes)
        assert found[0] is not None, "a task that is paid for can be adopted"

    run(program)


@pytest.mark.captask_sandbox(solveMs={"min": 0, "max": 40})
@pytest.mark.parametrize("ordered", [True, False])
def test_imap(run: Any, client: captask.AsyncClient, task: dict[str, Any], ordered: bool) -> None:
    async def tasks() -> AsyncIterator[Any]:
        for number in range(20):
            yield ({"type": "NoSuchTask"} if number == 3 else task), number

    async def program() -> None:
        async with client:
            seen, failed = [], []
            async for answer in client.imap(tasks(), window=5, ordered=ordered, firstPollMs=45):
                seen.append(answer.extra)
                assert client.inspect()["inFlight"] <= 5
                if isinstance(answer, captask.CaptaskError):
                    failed.append(answer)
            assert [type(error) for error in failed] == [captask.TaskError]
            assert seen == list(range(20)) if ordered else sorted(seen) == list(range(20))
            many = await client.solve_many([task, {**task, "data": object()}, task], window=1, progress=True, **FAST)
            assert [type(one) for one in many] == [captask.Answer, captask.InputError, captask.Answer]

    run(program)


@pytest.mark.captask_sandbox(solveMs=5)
def test_a_full_queue_is_waited_for(run: Any, captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    async def program() -> None:
        async with captask_sandbox.async_client(maxInFlight=2) as client:
            answers_of(await client.solve_many([task] * 6, **FAST))

    run(program)


def test_leaving_imap_early_gives_up_what_is_in_flight(
    run: Any, client: captask.AsyncClient, task: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "captask")

    async def program() -> None:
        async with client:
            slow = {"firstPollMs": 60_000}
            items = [task, *([task] * 4)]
            async for _ in client.imap(items, window=5, ordered=False, **FAST):
                break
            collect()
            error = await cancelled_after(
                lambda: client.solve_many([task] * 3, **slow), lambda: client.inspect()["inFlight"] == 3
            )
            assert len(error.answers) == 3  # type: ignore[attr-defined]
            assert all(isinstance(one, captask.CancelledError) for one in error.answers)  # type: ignore[attr-defined]
            assert client.inspect()["inFlight"] == 0 == client.inspect()["unread"]

    run(program)
    assert any("imap ended early" in record.getMessage() for record in caplog.records)


def test_a_source_that_fails_loses_no_answer(run: Any, client: captask.AsyncClient, task: dict[str, Any]) -> None:
    def tasks() -> Iterator[Any]:
        yield task
        raise KeyError("the file ends here")

    async def program() -> None:
        async with client:
            with pytest.raises(KeyError) as caught:
                await client.solve_many(tasks(), **FAST)
            answers_of(caught.value.answers)  # type: ignore[attr-defined]
            seen = []
            with pytest.raises(KeyError):
                async for answer in client.imap(tasks(), **FAST):
                    seen.append(answer)
            assert len(answers_of(seen)) == 1

    run(program)


def test_nothing_is_bought_without_a_loop(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    with captask_sandbox.client() as other:
        client = captask_sandbox.async_client()
        for coroutine in (client.solve(task), client.get_balance(), other.asolve(task), client.aclose()):
            with pytest.raises(RuntimeError, match="no running event loop"):
                coroutine.send(None)
    assert captask_sandbox.inspect()["requests"].get("createTask", 0) == 0
    asyncio.run(client.aclose())


def test_the_old_await_works_in_trio(captask_client: captask.Client, task: dict[str, Any]) -> None:
    trio = wanted("trio")

    async def program() -> None:
        assert (await captask_client.asolve(task, **FAST)).status == "ready"
        error = await cancelled_after(
            lambda: captask_client.asolve(task, firstPollMs=60_000), lambda: captask_client.inspect()["created"] == 2
        )
        assert isinstance(error.__cause__, captask.CancelledError) and error.__cause__.task_id is not None

    trio.run(program)


def test_one_loop_after_another(client: captask.AsyncClient, task: dict[str, Any]) -> None:
    trio = wanted("trio")

    async def program() -> Any:
        return (await client.solve(task, **FAST)).status

    for _ in range(2):
        assert asyncio.run(program()) == "ready"
        assert trio.run(program) == "ready"
    asyncio.run(client.aclose())


def test_a_loop_that_ended_amid_a_task_is_left_behind(
    client: captask.AsyncClient, task: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    loop = asyncio.new_event_loop()
    waiting = client.solve(task, firstPollMs=60_000)

    async def begin() -> None:
        waiting.send(None)
        while client.inspect()["created"] == 0:
            await client.get_balance()

    loop.run_until_complete(begin())
    loop.close()

    async def program() -> None:
        async with client:
            assert (await client.solve(task, **FAST)).status == "ready"
            assert client.inspect()["inFlight"] == 0

    asyncio.run(program())
    assert any("its event loop ended" in record.getMessage() for record in caplog.records)
    waiting.close()


def test_two_loops_at_once_are_refused_before_anything_is_bought(
    client: captask.AsyncClient, task: dict[str, Any]
) -> None:
    begun, over = threading.Event(), threading.Event()

    async def first() -> None:
        waiting = asyncio.ensure_future(client.solve(task, firstPollMs=60_000))
        while client.inspect()["created"] == 0:
            await asyncio.sleep(0)
        begun.set()
        while not over.is_set():
            await asyncio.sleep(0.01)
        await client.aclose()
        with pytest.raises(captask.ClosedError):
            await waiting

    helper = threading.Thread(target=lambda: asyncio.run(first()))
    helper.start()
    begun.wait()
    with pytest.raises(RuntimeError, match="another event loop"):
        asyncio.run(client.solve(task))
    assert client.inspect()["created"] == 1
    over.set()
    helper.join()


@pytest.mark.parametrize("loop", [asyncio.SelectorEventLoop, Readerless])
def test_single_calls_leave_the_loop_running(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"

        async def program() -> None:
            async with captask.AsyncClient(endpoint=url, clientKey="k", requestTimeoutMs=600_000) as client:
                waiting = [asyncio.ensure_future(client.get_balance()) for _ in range(3)]
                for _ in range(3):
                    # The loop runs while the calls wait for an answer that does not come.
                    connection = (await asyncio.get_running_loop().run_in_executor(None, deaf.accept))[0]
                    connection.close()
                for one in waiting:
                    one.cancel()
                await asyncio.wait(waiting)
                assert all(one.cancelled() for one in waiting)

        running = loop()
        running.run_until_complete(program())
        running.close()


def test_an_unclosed_client_is_closed_with_a_warning(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    async def program() -> captask.AsyncClient:
        client = captask_sandbox.async_client()
        await client.solve(task, **FAST)
        return client

    held = [asyncio.run(program())]
    assert warnings_of(held.clear) == [ResourceWarning]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_opens_its_own(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    client = captask_sandbox.async_client()

    async def solve(one: captask.AsyncClient) -> str:
        return str((await one.solve(task, **FAST)).status)

    assert asyncio.run(solve(client)) == "ready"
    child = os.fork()
    if child == 0:
        code = 1
        try:
            asyncio.run(solve(client))
        except captask.ClosedError as error:
            fresh = asyncio.run(solve(captask.AsyncClient(endpoint="sandbox:")))
            code = 0 if error.code == "CAPTASK_FORKED" and fresh == "ready" else 1
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    assert asyncio.run(solve(client)) == "ready"
    asyncio.run(client.aclose())


def test_a_journal_brings_tasks_back(
    run: Any, tmp_path: Any, captask_sandbox: captask.Sandbox, task: dict[str, Any]
) -> None:
    journal = str(tmp_path / "tasks.journal")
    first = captask_sandbox.async_client(journal=journal)

    async def waits() -> None:
        with pytest.raises(captask.ClosedError):
            await first.solve(task, extra="kept", firstPollMs=300)

    async def closes() -> None:
        while first.inspect()["created"] == 0:
            await first.get_balance()
        await first.aclose()

    async def program() -> None:
        await together(waits, closes)
        async with captask_sandbox.async_client(journal=journal, poll={"firstMs": 5, "intervalMs": 5}) as second:
            answer = await second.receive(timeout=60)
            assert answer is not None and answer.extra == "kept" and answer.status == "ready"
            assert await second.receive(timeout=0) is None

    run(program)
