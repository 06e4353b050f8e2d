"""What tasks, options and keywords may look like, and what is said of those that may not."""

from __future__ import annotations

import asyncio
import base64
import copy
import datetime
import inspect
import io
import json
import logging
import pickle
import pydoc
import subprocess
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import pytest
from loops import wanted

import captask

pytestmark = pytest.mark.captask_sandbox(solveMs=0)
FAST: Any = {"firstPollMs": 5, "pollIntervalMs": 5}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def body_of(picture: Any) -> bytes:
    """The bytes that a picture is sent as."""
    from captask._request import request

    return base64.b64decode(json.loads(request({"type": "ImageToTextTask", "body": picture}, None, {}))["task"]["body"])


def test_pictures_in_every_form(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(PICTURE)
    for form in (PICTURE, bytearray(PICTURE), memoryview(PICTURE), path, io.BytesIO(PICTURE)):
        assert body_of(form) == PICTURE, form
    assert body_of(base64.b64encode(PICTURE).decode()) == PICTURE
    with path.open("rb") as file:
        assert body_of(file) == PICTURE
    with path.open("r", encoding="latin-1") as text, pytest.raises(TypeError, match="mode 'rb'"):
        body_of(text)
    with pytest.raises(FileNotFoundError):
        body_of(tmp_path / "none.png")
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        body_of(object())


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "P", "CMYK", "F"])
def test_a_picture_of_pillow(mode: str) -> None:
    wanted("PIL")
    from PIL import Image

    found = Image.open(io.BytesIO(body_of(Image.new(mode, (8, 4)))))
    assert (found.format, found.size) == ("PNG", (8, 4))


def test_a_missing_file_is_the_error_of_its_task(captask_client: captask.Client, task: dict[str, Any]) -> None:
    tasks = [{"type": "ImageToTextTask", "body": Path("no such file")}, (task, "mine")]
    found = captask_client.solve_many(tasks, **FAST)
    assert isinstance(found[0], captask.InputError) and "no such file" in str(found[0])
    assert found[1].extra == "mine"


@dataclass
class Basilisk:
    websiteURL: str
    websiteKey: str
    userAgent: Optional[str] = None
    class_: str = "Basilisk"
    type: str = field(default="CustomTask")


def test_tasks_may_be_dataclasses_and_models(captask_client: captask.Client) -> None:
    assert captask.check(Basilisk("https://example.com", "KEY"))["variant"] == "basilisk"
    assert captask_client.solve(Basilisk("https://example.com", "KEY"), **FAST).solution["data"]
    with pytest.raises(TypeError, match="a task is a dict, an instance of a dataclass"):
        captask_client.solve(Basilisk)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="a task is a dict, an instance of a dataclass"):
        captask_client.solve("ImageToTextTask")  # type: ignore[call-overload]
    wanted("pydantic")
    from pydantic import BaseModel, Field

    class Turnstile(BaseModel):
        type: str = "TurnstileTask"
        url: str = Field(serialization_alias="websiteURL")
        key: str = Field(serialization_alias="websiteKey")
        data: Optional[str] = None

    model = Turnstile(url="https://example.com", key="KEY")
    assert captask.check(model).get("warnings", []) == []
    assert captask_client.solve(model, **FAST).solution["token"]


def test_an_answer_is_a_dict_that_does_not_change() -> None:
    answer = captask.Answer('{"errorId":0,"solution":{"token":"t"},"taskId":7}')
    assert json.loads(json.dumps(answer)) == answer == {"errorId": 0, "solution": {"token": "t"}, "taskId": 7}
    assert copy.deepcopy(answer) == pickle.loads(pickle.dumps(answer)) == answer
    for change in (
        lambda: answer.update(a=1),
        lambda: answer.__setitem__("a", 1),
        lambda: answer.__delitem__("taskId"),
        lambda: answer.pop("taskId"),
        lambda: answer.clear(),
        lambda: answer.setdefault("a", 1),
    ):
        with pytest.raises(TypeError, match="read-only"):
            change()
    assert answer.copy() is not answer and dict(answer, a=1)["a"] == 1


@pytest.mark.captask_sandbox(solveMs=60_000)
def test_seconds(captask_sandbox: captask.Sandbox, captask_client: captask.Client, task: dict[str, Any]) -> None:
    for seconds in (0.2, datetime.timedelta(milliseconds=200)):
        with pytest.raises(captask.TimedOutError) as late:
            captask_client.solve(task, timeout=seconds)
        assert late.value.task_id is not None
    with captask_sandbox.client(timeout=0.2) as client, pytest.raises(captask.TimedOutError):
        client.solve(task)
    with pytest.raises(TypeError, match="give one of them"):
        captask_client.solve(task, timeout=1, timeoutMs=1)
    for wrong, kind in (
        (0, ValueError),
        (-1, ValueError),
        (float("nan"), ValueError),
        ("5", TypeError),
        (True, TypeError),
    ):
        with pytest.raises(kind, match="timeout"):
            captask_client.solve(task, timeout=wrong)  # type: ignore[arg-type]
        with pytest.raises(kind, match="timeout"):
            captask.Client(endpoint="sandbox:", timeout=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [captask.Client, captask.AsyncClient])
def test_the_key_is_asked_for_by_its_name(kind: Any) -> None:
    with pytest.raises(TypeError, match="clientKey") as bare:
        kind("0123456789secret")
    assert "secret" not in str(bare.value)
    for name in ("api_key", "client_key", "apiKey", "key"):
        with pytest.raises(TypeError, match="spelt clientKey") as alias:
            kind(**{name: "0123456789secret"})
        assert "secret" not in str(alias.value)
    with pytest.raises(TypeError, match="spelt callTimeoutMs"):
        kind(call_timeout_ms=5)
    with pytest.raises(TypeError, match="spelt on_bought"):
        kind(endpoint="sandbox:", on_submit=print)
    with pytest.raises(captask.InputError, match="endpont"):
        kind(endpont="sandbox:")
    with pytest.raises(TypeError, match="something to call"):
        kind(endpoint="sandbox:", on_answer=5)


def test_options_are_asked_for_by_their_names(captask_client: captask.Client, task: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="spelt timeoutMs"):
        captask_client.solve(task, timeout_ms=5)  # type: ignore[call-overload]


def test_a_client_that_failed_to_open_can_be_shown() -> None:
    for kind in (captask.Client, captask.AsyncClient, captask.Sandbox):
        unopened = kind.__new__(kind)
        assert "not opened" in repr(unopened)
        with pytest.raises(TypeError, match="not opened"):
            copy.copy(unopened)
        unopened.__del__()


def test_a_closed_client_says_so_plainly(task: dict[str, Any]) -> None:
    with captask.Client(endpoint="sandbox:") as client:
        pass
    for call in (lambda: client.solve(task), client.get_balance, client.inspect, client.receive):
        with pytest.raises(captask.ClosedError, match="this Client is closed"):
            call()
    with captask.Sandbox() as sandbox:
        pass
    with pytest.raises(captask.ClosedError, match="this Sandbox is closed"):
        sandbox.inspect()


def test_what_blocks_a_loop_warns(
    captask_sandbox: captask.Sandbox, captask_client: captask.Client, task: dict[str, Any], tmp_path: Path
) -> None:
    journaled = captask_sandbox.client(journal=str(tmp_path / "journal"))

    async def program() -> None:
        for call in (
            lambda: captask_client.solve(task, **FAST),
            lambda: captask_client.solve_many([task], **FAST),
            captask_client.get_balance,
            lambda: journaled.receive(timeout=0.01),
            lambda: captask_client.submit(task, **FAST).result(),
        ):
            with pytest.warns(RuntimeWarning, match="blocks the event loop") as seen:
                call()
            assert {Path(one.filename).name for one in seen} == {"test_forms.py"}
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            await captask_client.asolve(task, **FAST)
            captask_client.submit(task, **FAST).cancel()
            captask_client.inspect()

    with journaled:
        asyncio.run(program())


def test_help_lists_the_keywords() -> None:
    for kind in (captask.Client, captask.AsyncClient):
        shown = pydoc.plain(pydoc.render_doc(kind))
        for part in ("clientKey=None", "Seconds: the same as poll.timeoutMs", "The account's key.", "firstPollMs=None"):
            assert part in shown, part
        assert "clientKey" in inspect.signature(kind).parameters
        assert "**config" not in shown and "**options" not in shown
    assert "solveMs" in inspect.signature(captask.Sandbox).parameters
    assert "timeoutMs" in inspect.signature(captask.Client.solve).parameters
    assert inspect.iscoroutinefunction(captask.AsyncClient.solve)


@pytest.mark.parametrize("level", [logging.INFO, 5])
def test_the_log_needs_no_call(level: int, tmp_path: Path) -> None:
    program = f"""
import logging, captask
logging.basicConfig(level=logging.ERROR, format="%(levelno)s %(name)s %(message)s")
with captask.Client(endpoint="sandbox:") as quiet:
    quiet.get_balance()
logging.getLogger("captask").setLevel({level})
with captask.Client(endpoint="sandbox:") as client:
    client.get_balance()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    assert any(line.startswith("20 captask client") and line.endswith("opened") for line in lines), lines
    assert len([line for line in lines if line.endswith(": opened")]) == 1, "the first client was quiet"
    assert any(line.startswith("5 captask getBalance") for line in lines) == (level == 5), lines
