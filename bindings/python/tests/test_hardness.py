"""A service that sends what Python or captask does not expect, and programs that do what they should not."""

from __future__ import annotations

import asyncio
import collections
import copy
import http.server
import json
import os
import signal
import socket
import sys
import threading
import types
import typing
from collections.abc import Iterator
from concurrent.futures import Future
from importlib import metadata
from pathlib import Path
from typing import Any, Callable

import pytest

import captask

READY = '{"errorId":0,"status":"ready","solution":%s}'


@pytest.fixture
def serve() -> Iterator[Callable[[str], captask.Client]]:
    opened: list[Any] = []

    def start(result: str) -> captask.Client:
        class Service(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                text = '{"errorId":0,"taskId":7}' if self.path.endswith("createTask") else result
                self.send_response(200)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Nothing on standard error."""

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        url = f"http://127.0.0.1:{server.server_port}"
        client = captask.Client(endpoint=url, clientKey="k", poll={"firstMs": 5, "intervalMs": 5})
        opened.append((client, server))
        return client

    yield start
    for client, server in opened:
        client.close()
        server.shutdown()
        server.server_close()


def test_an_answer_that_python_cannot_read_is_one_error(serve: Any, task: dict[str, Any]) -> None:
    client = serve(READY % ("[" * 200_000 + "]" * 200_000))
    for _ in range(2):
        with pytest.raises(captask.NetworkError) as caught:
            client.submit(task, extra="mine").result(60)
        assert caught.value.task_id == 7 and caught.value.extra == "mine"
        assert len(caught.value.answer["text"]) > 400_000
    with pytest.raises(captask.NetworkError):
        client.get_balance()


def test_integers_keep_their_digits(serve: Any, task: dict[str, Any]) -> None:
    ticket = serve(READY % ('{"n":' + "9" * 5000 + "}")).submit(task)
    if sys.implementation.name == "pypy":
        # Its decimal.Decimal takes no more digits than int does: the text of the answer has them.
        with pytest.raises(captask.NetworkError) as caught:
            ticket.result(60)
        assert "9" * 5000 in caught.value.answer["text"] and caught.value.task_id == 7
    else:
        assert str(ticket.result(60).solution["n"]) == "9" * 5000


def test_an_odd_code_is_an_error(serve: Any, task: dict[str, Any]) -> None:
    for code in ("\\ud800", "A\\u0000B", "E" * 1000):
        with pytest.raises(captask.CaptaskError):
            serve('{"errorId":1,"errorCode":"%s","retryAfterMs":"soon","problems":5}' % code).submit(task).result(60)


@pytest.mark.parametrize(
    "odd",
    ['"captask":{"ticket":99}', '"ticket":99,"captask":5', '"ticket":99,"captask":{"ticket":8},"extra":1,"meta":2'],
)
def test_the_ticket_is_the_library_s(serve: Any, task: dict[str, Any], odd: str) -> None:
    client = serve((READY % "{}")[:-1] + f",{odd}}}")
    answer = client.submit(task, extra="mine").result(60)
    assert answer.extra == "mine" and answer.meta["polls"] == 1


def test_callbacks_neither_end_nor_block_the_thread(captask_client: captask.Client, task: dict[str, Any]) -> None:
    seen: list[BaseException] = []

    def ends(_: object) -> None:
        sys.exit(1)

    def waits(_: object) -> None:
        try:
            captask_client.solve(task)
        except RuntimeError as error:
            seen.append(error)

    ticket = captask_client.submit(task, firstPollMs=200)
    ticket.add_done_callback(ends)
    ticket.add_done_callback(waits)
    assert captask_client.submit(task, firstPollMs=400).result(60).status == "ready"
    assert seen


def test_a_window_of_nothing_is_refused_at_once(captask_client: captask.Client, task: dict[str, Any]) -> None:
    for many in (captask_client.solve_many, captask_client.imap):
        with pytest.raises(ValueError, match="window"):
            many([task], window=0)


def test_solve_many_keeps_what_is_paid_for(captask_client: captask.Client, task: dict[str, Any]) -> None:
    answers = captask_client.solve_many([task, {**task, "data": object()}, task], window=1, firstPollMs=5)
    assert [type(a) for a in answers] == [captask.Answer, captask.InputError, captask.Answer]

    def tasks() -> Iterator[Any]:
        yield task
        raise KeyError("the file ends here")

    with pytest.raises(KeyError) as caught:
        captask_client.solve_many(tasks(), firstPollMs=5)
    assert [type(a) for a in caught.value.answers] == [captask.Answer]  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_a_single_call() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"

        def interrupt() -> None:
            connection = deaf.accept()[0]
            connection.recv(1)
            os.kill(os.getpid(), signal.SIGINT)
            over.wait()
            connection.close()

        over = threading.Event()
        helper = threading.Thread(target=interrupt)
        helper.start()
        try:
            with captask.Client(endpoint=url, clientKey="k", callTimeoutMs=600_000, requestTimeoutMs=600_000) as client:
                with pytest.raises(KeyboardInterrupt):
                    client.get_balance()
        finally:
            signal.signal(signal.SIGINT, before)
            over.set()
            helper.join()


def test_handles_are_not_copied(captask_client: captask.Client, captask_sandbox: captask.Sandbox) -> None:
    for one in (captask_client, captask_sandbox):
        with pytest.raises(TypeError, match="copied"):
            copy.copy(one)
    assert captask_client.get_balance()["errorId"] == 0


def test_wrong_arguments_are_named(captask_client: captask.Client) -> None:
    with pytest.raises(TypeError, match="Future"):
        captask.as_completed([Future()])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="U\\+0000"):
        captask_client.call("getBalance\0x", {})
    with pytest.raises(TypeError, match="method"):
        captask_client.call(None, {})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="topic"):
        captask.describe(3)  # type: ignore[arg-type]


def test_any_mapping_is_a_task(task: dict[str, Any]) -> None:
    for form in (types.MappingProxyType, collections.UserDict, collections.ChainMap):
        assert captask.check(form(task), extra=captask.Answer(json.dumps({"path": 1})))["errorId"] == 0


def test_annotations_resolve() -> None:
    for one in (captask.Client.solve, captask.Client.__init__, captask.Client.__enter__, captask.Sandbox.client):
        assert typing.get_type_hints(one)


def test_a_cancelled_await_tells_the_task(captask_client: captask.Client, task: dict[str, Any]) -> None:
    async def run() -> None:
        with pytest.raises(asyncio.TimeoutError) as late:
            await asyncio.wait_for(captask_client.asolve(task, firstPollMs=60_000), 0.3)
        causes, error = [], late.value.__cause__ or late.value.__context__
        while error is not None:
            causes.append(error)
            error = error.__cause__ or error.__context__
        assert any(isinstance(e, captask.CancelledError) for e in causes), causes
        ticket = captask_client.submit(task, firstPollMs=60_000)
        ticket.cancel()
        with pytest.raises(captask.CancelledError):
            await ticket

    asyncio.run(run())


def test_the_wheel_has_the_licences() -> None:
    have = {Path(str(file)).name for file in metadata.files("captask") or []}
    assert {"LICENSE-MIT", "LICENSE-APACHE"} <= have
