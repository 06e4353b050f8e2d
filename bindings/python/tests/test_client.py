"""The client against a sandbox of the test's own."""

from __future__ import annotations

import json
import pickle
import threading
from collections.abc import Mapping
from typing import Any

import pytest

import captask


def test_an_answer_is_a_mapping_with_attributes(task: dict[str, Any]) -> None:
    with captask.Client(endpoint="sandbox:", poll={"firstMs": 5, "intervalMs": 5}) as client:
        answer = client.solve(task, extra={"row": 7}, timeoutMs=30_000)
    assert isinstance(answer, Mapping)
    assert answer["solution"] is answer.solution and answer.solution["token"]
    assert answer.status == "ready" and answer.task_id == answer["taskId"]
    assert answer.extra == {"row": 7} and answer.meta["polls"] >= 1
    assert json.loads(answer.raw) == dict(answer)
    assert pickle.loads(pickle.dumps(answer)) == answer
    with pytest.raises(AttributeError, match="no 'nonsense'"):
        _ = answer.nonsense
    with pytest.raises(AttributeError):
        answer.status = "other"


def test_numbers_keep_their_digits_in_raw() -> None:
    answer = captask.Answer('{"errorId":0,"taskId":12345678901234567890,"cost":0.10}')
    assert answer.task_id == 12345678901234567890
    assert '"cost":0.10' in answer.raw


def test_version_is_the_library_s() -> None:
    assert captask.__version__.count(".") == 2


@pytest.mark.captask_sandbox(accounts=[{"key": "poor", "balance": 0}, {"key": "rich"}], solveMs=0)
def test_errors_have_classes(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    with captask_sandbox.client(clientKey="poor") as client, pytest.raises(captask.BalanceError) as caught:
        client.solve(task)
    assert caught.value.code == "ERROR_ZERO_BALANCE"
    assert caught.value.task_id is None and not caught.value.retryable
    assert json.loads(caught.value.raw)["errorId"] == 1
    with captask_sandbox.client(clientKey="unknown") as client, pytest.raises(captask.AuthError):
        client.get_balance()
    with captask_sandbox.client(clientKey="rich", validate="strict") as client:
        with pytest.raises(captask.InputError) as refused:
            client.submit({"type": "TurnstileTask"})
        assert refused.value.code == "CAPTASK_INVALID_TASK"
        assert {p["pointer"] for p in refused.value.problems} >= {"/task/websiteURL", "/task/websiteKey"}
        with pytest.raises(captask.TaskError) as lost:
            client.solve(captask.Adopt(1), timeoutMs=30_000)
        assert lost.value.task_id == 1
        assert pickle.loads(pickle.dumps(lost.value)).code == lost.value.code


def test_a_wrong_configuration_names_its_member() -> None:
    with pytest.raises(captask.InputError, match="pollen"):
        captask.Client(pollen=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError):
        captask.Client(clientKey=float("nan"))  # type: ignore[arg-type]


def test_every_code_of_the_library_has_a_class() -> None:
    from captask._errors import class_of

    told = captask.describe("errors")
    for entry in told["library"]:
        assert class_of(entry["code"]) is not captask.CaptaskError, entry["code"]
    for entry in told["service"]:
        assert class_of(entry["code"]) is not captask.CaptaskError, entry["code"]
    assert class_of("ERROR_OF_TOMORROW") is captask.CaptaskError


@pytest.mark.captask_sandbox(solveMs=60_000)
def test_timeouts_and_cancelling(
    captask_sandbox: captask.Sandbox, captask_client: captask.Client, task: dict[str, Any]
) -> None:
    with pytest.raises(TimeoutError) as caught:
        captask_client.solve(task, timeoutMs=300, firstPollMs=5)
    assert isinstance(caught.value, captask.TimedOutError)
    assert caught.value.task_id is not None, "a task that is paid for can be adopted"
    ticket = captask_client.submit(task)
    with pytest.raises(TimeoutError):
        ticket.result(timeout=0)
    assert ticket.cancel() and not ticket.cancel()
    with pytest.raises(captask.CancelledError):
        ticket.result(timeout=30)
    assert ticket.cancelled() and ticket.done()


def test_many_tasks_keep_their_order(captask_client: captask.Client, task: dict[str, Any]) -> None:
    tasks = [{**task, "websiteKey": f"KEY{n}"} for n in range(20)]
    tasks[3] = {"type": "NoSuchTask"}
    answers = captask_client.solve_many(tasks, window=4, progress=True, firstPollMs=5, pollIntervalMs=5)
    assert len(answers) == 20
    assert isinstance(answers[3], captask.TaskError)
    assert all(isinstance(a, captask.Answer) for n, a in enumerate(answers) if n != 3)


@pytest.mark.captask_sandbox(solveMs=5)
def test_a_full_queue_is_waited_for(captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    with captask_sandbox.client(maxInFlight=2) as client:
        answers = client.solve_many([task] * 6, firstPollMs=5, pollIntervalMs=5)
    assert all(isinstance(answer, captask.Answer) for answer in answers)


def test_as_completed_yields_each_ticket_once(captask_client: captask.Client, task: dict[str, Any]) -> None:
    tickets = [captask_client.submit(task, extra=n, firstPollMs=5, pollIntervalMs=5) for n in range(10)]
    seen = [ticket.result().extra for ticket in captask.as_completed(tickets, timeout=60)]
    assert sorted(seen) == list(range(10))
    assert {t.result(0).extra for t in captask_client.as_completed(tickets)} == set(range(10))
    with pytest.raises(TimeoutError):
        list(captask.as_completed([captask_client.submit(task, firstPollMs=60_000)], timeout=0))


def test_threads_share_a_client(captask_client: captask.Client, task: dict[str, Any]) -> None:
    seen: list[Any] = []

    def work(n: int) -> None:
        answer = captask_client.solve(task, extra=n, firstPollMs=5, pollIntervalMs=5)
        seen.append((n, answer.extra))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [(n, n) for n in range(16)]


def test_single_methods(captask_sandbox: captask.Sandbox, captask_client: captask.Client) -> None:
    assert captask_client.get_balance().balance > 0
    assert "Windows" in captask_client.get_user_agent().userAgent
    picture = captask.describe("task/image_to_text")["exampleRequest"]
    bought = captask_client.create_task(picture)
    assert bought.task_id is not None
    assert captask_client.get_task_result(bought.task_id)["status"] in ("processing", "ready")
    answer = captask_client.solve(captask.Adopt(bought.task_id), firstPollMs=5, pollIntervalMs=5)
    assert answer.solution["text"]
    assert captask_client.report_incorrect(bought.task_id, "ImageToTextTask")["errorId"] == 0
    assert captask_client.call("getBalance", {})["errorId"] == 0
    assert captask_sandbox.inspect()["requests"]["createTask"] == 1
    assert captask_client.inspect()["created"] == 1


def test_bytes_become_base64() -> None:
    assert captask.check({"type": "ImageToTextTask", "body": b"\x89PNG" + bytes(200)}).get("errorId") == 0
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        captask.check({"type": "ImageToTextTask", "body": object()})


def test_check_and_describe() -> None:
    with pytest.raises(captask.InputError) as caught:
        captask.check({"type": "TurnstileTask"})
    assert caught.value.problems
    assert captask.describe("task/turnstile")["type"] == "TurnstileTask"
    with pytest.raises(captask.InputError):
        captask.describe("nonsense")


def test_a_closed_client_says_so(task: dict[str, Any]) -> None:
    client = captask.Client(endpoint="sandbox:")
    ticket = client.submit(task, firstPollMs=60_000)
    client.close()
    client.close()
    with pytest.raises(captask.ClosedError):
        ticket.result(timeout=30)
    for what in (client.get_balance, client.inspect, lambda: client.submit(task), client.receive):
        with pytest.raises(captask.ClosedError):
            what()
    assert client.closed and "closed" in repr(client)


def test_the_key_is_never_shown() -> None:
    with captask.Client(clientKey="0123456789secret", endpoint="http://127.0.0.1:1", callTimeoutMs=300) as client:
        assert "secret" not in repr(client) + client.inspect().raw
        with pytest.raises(captask.NetworkError) as caught:
            client.call("getBalance", {})
        assert "secret" not in str(caught.value)
