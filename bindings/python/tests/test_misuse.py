"""What a program may get wrong, or do at an unlucky moment: no paid task is lost, no key shown, no wait endless."""

from __future__ import annotations

import asyncio
import base64
import enum
import gc
import io
import logging
import os
import socket
import sys
import threading
import warnings
import weakref
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from loops import wanted

import captask

pytestmark = pytest.mark.captask_sandbox(solveMs=0)
FAST: Any = {"firstPollMs": 5, "pollIntervalMs": 5}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def body_of(picture: Any) -> bytes:
    """The bytes that a picture is sent as."""
    return base64.b64decode(sent({"type": "ImageToTextTask", "body": picture})["body"])


def sent(task: Any) -> Any:
    """A task as it is sent."""
    import json

    from captask._request import request

    return json.loads(request(task, None, {}))["task"]


def test_the_sink_lives_though_two_threads_install_one_at_once(
    monkeypatch: pytest.MonkeyPatch, captask_client: captask.Client
) -> None:
    from captask import _library, _log

    sinks: list[Any] = []
    first, second = threading.Event(), threading.Event()
    tell = _library.tell

    def slowly(name: str, *arguments: Any) -> int:
        told = tell(name, *arguments)
        if name == "captask_set_log":
            sinks.append(weakref.ref(arguments[0]))
            if not first.is_set():
                first.set()
                # Until the other one has installed his, unless he waits for this one.
                second.wait(0.5)
        return told

    captask.log_off()
    try:
        monkeypatch.setattr(_library, "tell", slowly)
        logger = logging.getLogger("captask.test")
        one = threading.Thread(target=captask.log_to, args=(logger, logging.DEBUG))
        one.start()
        assert first.wait(60)
        captask.log_to(logger, logging.DEBUG)
        second.set()
        one.join(60)
        gc.collect()
        assert sinks[-1]() is not None, "the library calls a sink that Python has freed"
        assert captask_client.get_balance()["errorId"] == 0
    finally:
        captask.log_off()
        # As it was: the logger "captask", by its own level.
        _log._target, _log._level = _log._own, None


def test_a_dropped_ticket_tells_what_is_paid_for(
    captask_sandbox: captask.Sandbox, task: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    # Tickets that earlier tests have left.
    gc.collect()
    caplog.clear()
    bought: list[Any] = []
    with captask_sandbox.client(on_bought=lambda event: bought.append(event.ticket)) as client:
        # One that is solved, and one that closing ends; neither ticket is kept.
        solved = client.submit(task, **FAST)
        ended = client.submit(task, firstPollMs=60_000)
        while not solved.done() or ended.number not in bought:
            client.solve(task, **FAST)
        del solved, ended
    gc.collect()
    told = [record.getMessage() for record in caplog.records if "was dropped" in record.getMessage()]
    assert len(told) == 2 and all("taskId: " in line for line in told), told
    assert {line.split("answer (")[1].split(")")[0] for line in told} == {"solved", "CAPTASK_CLOSED"}


def test_a_ticket_that_is_heard_of_is_not_told_of(
    captask_sandbox: captask.Sandbox, task: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    # Tickets that earlier tests have left.
    gc.collect()
    caplog.clear()
    seen: list[captask.Event] = []
    with captask_sandbox.client(on_answer=seen.append) as client:
        client.submit(task, **FAST)
        client.solve(task, **FAST)
    with captask_sandbox.client() as client:
        client.submit(task, **FAST).add_done_callback(lambda ticket: None)
        client.submit(task, **FAST).result(60)
        client.submit(task, **FAST).exception(60)
        asyncio.run(client.asolve(task, **FAST))
        assert [ticket.result().status for ticket in captask.as_completed([client.submit(task, **FAST)])] == ["ready"]
        client.solve_many([task], **FAST)
        assert len(list(client.imap([task], **FAST))) == 1
    gc.collect()
    assert len(seen) == 2 and not [r for r in caplog.records if "was dropped" in r.getMessage()]


def test_a_task_in_flight_at_the_end_of_the_loop_is_told_of(
    captask_sandbox: captask.Sandbox, task: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    async def program() -> asyncio.Future[Any]:
        bought = asyncio.Event()
        client = captask_sandbox.async_client(on_bought=lambda event: bought.set())
        solving = asyncio.ensure_future(client.solve(task, firstPollMs=60_000))
        await bought.wait()
        return solving

    with warnings.catch_warnings():
        # The client is not closed either.
        warnings.simplefilter("ignore", ResourceWarning)
        solving = asyncio.run(program())
        assert solving.cancelled()
        del solving
        gc.collect()
    assert "an await was cancelled" in caplog.text and "taskId: " in caplog.text


@pytest.mark.parametrize("kind", ["on_bought", "on_answer"])
def test_a_handler_that_ends_the_program_ends_no_thread(
    captask_sandbox: captask.Sandbox, task: dict[str, Any], kind: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def ends(event: captask.Event) -> None:
        sys.exit(1)

    with captask_sandbox.client(**{kind: ends}) as client:
        assert [client.solve(task, **FAST).status for _ in range(2)] == ["ready"] * 2
    assert f"{kind} raised" in caplog.text

    async def program() -> None:
        client = captask_sandbox.async_client(on_answer=ends)
        try:
            await client.solve(task, **FAST)
        finally:
            await client.aclose()

    # Where the loop runs in the main thread, the order is obeyed; the answer is handed over before.
    with pytest.raises(SystemExit):
        asyncio.run(program())


def test_closing_ends_receiving(captask_sandbox: captask.Sandbox, tmp_path: Path) -> None:
    client = captask_sandbox.client(journal=str(tmp_path / "journal"))
    raised: list[BaseException] = []

    def receive() -> None:
        try:
            client.receive(timeout=600)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=receive)
    thread.start()
    while client._receiver._thread is None:
        pass
    client.close()
    thread.join(60)
    assert not thread.is_alive() and isinstance(raised[0], captask.ClosedError)


def test_receiving_what_cannot_come_is_refused(captask_sandbox: captask.Sandbox, tmp_path: Path) -> None:
    with captask_sandbox.client() as client, pytest.raises(RuntimeError, match="without one"):
        client.receive()

    async def program() -> None:
        async with captask_sandbox.async_client() as client:
            with pytest.raises(RuntimeError, match="without one"):
                await client.receive()
        async with captask_sandbox.async_client(journal=str(tmp_path / "journal")) as client:
            assert await client.receive(timedelta(milliseconds=1)) is None

    asyncio.run(program())


def test_every_timeout_may_be_a_timedelta(captask_client: captask.Client, task: dict[str, Any]) -> None:
    minute = timedelta(minutes=1)
    assert captask_client.submit(task, **FAST).result(minute).status == "ready"
    assert captask_client.submit(task, **FAST).exception(timeout=minute) is None
    ticket = captask_client.submit(task, **FAST)
    assert list(captask.as_completed([ticket], minute)) == [ticket]
    assert list(captask_client.as_completed([ticket], minute)) == [ticket]
    for wrong in ("5", float("nan"), True):
        for wait in (ticket.result, ticket.exception, lambda t: captask.as_completed([ticket], t)):
            with pytest.raises((TypeError, ValueError), match="timeout: "):
                wait(wrong)  # type: ignore[operator]
    assert ticket.result().status == "ready"


def test_a_client_is_not_held_up_by_calls_of_another_that_hang(
    captask_sandbox: captask.Sandbox, tmp_path: Path
) -> None:
    async def program() -> None:
        with socket.create_server(("127.0.0.1", 0), backlog=256) as deaf:
            url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
            hung = captask.AsyncClient(endpoint=url, clientKey="k", journal=str(tmp_path / "journal"))
            calls = [asyncio.ensure_future(hung.get_balance()) for _ in range(40)]
            while hung.inspect()["connections"] == 0:
                await asyncio.sleep(0)
            healthy = captask_sandbox.async_client()
            assert (await healthy.get_balance()).balance > 0
            await healthy.aclose()
            assert not any(call.done() for call in calls), "they still hang"
            await hung.aclose()
            ended = await asyncio.gather(*calls, return_exceptions=True)
            assert {type(one) for one in ended} == {captask.ClosedError}

    asyncio.run(program())


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_closing_says_nothing(
    captask_sandbox: captask.Sandbox, task: dict[str, Any], backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    wanted(backend)
    anyio = wanted("anyio")

    async def program() -> None:
        with anyio.CancelScope() as scope:
            async with captask_sandbox.async_client() as client:
                scope.cancel()
                await client.solve(task, firstPollMs=60_000)
        assert client.closed

    anyio.run(program, backend=backend)
    assert "given up" not in caplog.text


def test_no_value_is_shown_that_may_be_a_key() -> None:
    for config in ({"clientKey": b"hunter2"}, {"proxy": {b"hunter2"}}, {"poll": {"firstMs": {"hunter2"}}}):
        for kind in (captask.Client, captask.AsyncClient, captask.Sandbox):
            if kind is captask.Sandbox:
                config = {"balance": b"hunter2"}
            with pytest.raises(TypeError, match=f"^{next(iter(config))}: ") as caught:
                kind(**config)
            assert "hunter2" not in str(caught.value)
    with pytest.raises(TypeError) as shown:
        captask.check({"type": "TurnstileTask", "proxyPassword": {"hunter2"}})
    assert "hunter2" not in str(shown.value)
    with pytest.raises(TypeError, match="on_submit: "):
        captask.Client(endpoint="sandbox:", on_submit=print)  # type: ignore[call-arg]


def test_log_to_takes_names_and_refuses_what_is_none(task: dict[str, Any]) -> None:
    logger = logging.getLogger("captask.test")
    for wrong in ({"level": "LOUD"}, {"level": None}, {"logger": "captask"}):
        with pytest.raises((TypeError, ValueError), match=r"^(level|logger): "):
            captask.log_to(**wrong)  # type: ignore[arg-type]
        captask.Client(endpoint="sandbox:").close()
    try:
        captask.log_to(logger, "debug")
        captask.log_to(logger, level="WARNING")
    finally:
        captask.log_off()
        # As it was: the logger "captask", by its own level.
        captask._log._target, captask._log._level = captask._log._own, None


def test_an_open_file_may_be_sent_again(captask_client: captask.Client, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"before" + PICTURE)
    with path.open("rb") as file:
        file.read(len(b"before"))
        task = {"type": "ImageToTextTask", "body": file}
        assert captask.check(task)["errorId"] == 0
        assert [captask_client.solve(task, **FAST).status for _ in range(2)] == ["ready"] * 2
        assert file.tell() == len(b"before")
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as pipe:
        with os.fdopen(writing, "wb") as end:
            end.write(PICTURE)
        assert body_of(pipe) == PICTURE, "one that cannot be put back"


def test_base64_as_bytes_is_not_encoded_twice(tmp_path: Path) -> None:
    text = base64.b64encode(PICTURE)
    path = tmp_path / "picture.b64"
    path.write_bytes(text)
    for form in (text, bytearray(text), memoryview(text), path, io.BytesIO(text)):
        assert body_of(form) == PICTURE, form
    for other in (b"abcd" * 50, text + b"\n", text[:-1], b""):
        assert body_of(other) == other


def test_members_may_be_enums_and_addresses() -> None:
    class Kind(enum.Enum):
        TURNSTILE = "TurnstileTask"

    assert sent({"type": Kind.TURNSTILE}) == {"type": "TurnstileTask"}
    pydantic = wanted("pydantic")

    class Model(pydantic.BaseModel):  # type: ignore[misc, name-defined]
        type: Kind
        websiteURL: pydantic.HttpUrl  # type: ignore[name-defined]

    model = Model(type="TurnstileTask", websiteURL="https://example.com/a")
    assert sent(model) == {"type": "TurnstileTask", "websiteURL": "https://example.com/a"}


def test_texts_name_what_is_wrong(captask_client: captask.Client, task: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as spelt:
        captask_client.solve(task, time_out=5)  # type: ignore[call-overload]
    assert str(spelt.value) == "time_out: the keyword is spelt timeout"
    with pytest.raises(TypeError, match="solveMs"):
        captask.Sandbox(solve_ms=5)  # type: ignore[call-arg]
    with pytest.raises(TypeError) as positional:
        captask.Sandbox(5)  # type: ignore[arg-type]
    assert "key" not in str(positional.value).replace("keyword", "")
