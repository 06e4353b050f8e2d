"""The command ``captask``, as the wheel installs it, and ``python -m captask``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import captask

COMMANDS = {
    "script": [str(Path(sys.executable).with_name("captask.exe" if os.name == "nt" else "captask"))],
    "module": [sys.executable, "-m", "captask"],
}
ENVIRONMENT = {**os.environ, "CAPTASK_CLIENT_KEY": "made-up", "PYTHONWARNINGS": "error"}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)
INPUT, NETWORK, TIMEOUT = 2, 3, 4


@pytest.fixture(params=list(COMMANDS))
def command(request: pytest.FixtureRequest) -> list[str]:
    found: list[str] = COMMANDS[request.param]
    return found


def run(command: list[str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *arguments], input=given, capture_output=True, text=True, timeout=60, env=ENVIRONMENT
    )


def answer(done: subprocess.CompletedProcess[str], code: int = 0) -> Any:
    """The one line of JSON that a command printed."""
    assert done.returncode == code and "Traceback" not in done.stderr, (done.returncode, done.stdout, done.stderr)
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def test_what_it_does(command: list[str], tmp_path: Path, task: dict[str, Any]) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(PICTURE)
    assert answer(run(command, "solve", "--image", str(picture), "--endpoint", "sandbox:"))["solution"]["text"]
    assert answer(run(command, "balance", "--endpoint", "sandbox:"))["balance"] > 0
    assert "Windows" in answer(run(command, "user-agent", "--endpoint", "sandbox:"))["userAgent"]
    assert answer(run(command, "check", "-", given=json.dumps({"task": task})))["variant"] == "turnstile"
    assert answer(run(command, "describe", "task/turnstile"))["type"] == "TurnstileTask"
    assert run(command, "--version").stdout == f"captask {captask.__version__}\n"
    assert "CAPTASK_CLIENT_KEY" in run(command, "--help").stdout
    sandbox = run(command, "sandbox", "--until-eof", "--port", "0")
    assert sandbox.stdout.startswith("http://127.0.0.1:") and sandbox.returncode == 0


@pytest.mark.captask_sandbox(solveMs=0)
def test_tasks_of_a_service(command: list[str], captask_sandbox: captask.Sandbox, tmp_path: Path) -> None:
    config = tmp_path / "captask.json"
    settings = {"endpoint": captask_sandbox.url, "clientKey": "key", "poll": {"firstMs": 5}}
    config.write_text(json.dumps(settings), "utf-8")
    at = ["--config", str(config)]
    url, key = "websiteURL=https://example.com", "websiteKey=KEY"
    made = ["--type", "RecaptchaV3TaskProxyless", "--set", url, "--set", key, "--set-json", "minScore=0.3"]
    solved = answer(run(command, "solve", *made, *at))
    assert solved["solution"]["gRecaptchaResponse"]
    adopted = answer(run(command, "solve", "-", *at, given=json.dumps({"taskId": solved["taskId"], "extra": "mine"})))
    assert (adopted["taskId"], adopted["extra"]) == (solved["taskId"], "mine")
    picture = tmp_path / "picture.png"
    picture.write_bytes(PICTURE)
    bought = answer(run(command, "solve", "--image", str(picture), *at))
    assert answer(run(command, "report", str(bought["taskId"]), "--type", "ImageToTextTask", *at))["errorId"] == 0
    requests = captask_sandbox.inspect()["requests"]
    assert (requests["createTask"], requests["reportIncorrectImageCaptcha"]) == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ["solve", "no such file"],
        ["solve", "--type", "TurnstileTask", "--endpoint", "sandbox:"],
        ["solve", "--image", "no such file", "--endpoint", "sandbox:"],
        ["solve", "--type", "TurnstileTask", "--set", "clientKey=x", "--endpoint", "sandbox:"],
        ["solve", "--type", "TurnstileTask", "--set-json", "a=b", "--endpoint", "sandbox:"],
        ["solve", "--type", "TurnstileTask", "--set", "type=x", "--endpoint", "sandbox:"],
        ["solve"],
        ["describe", "nonsense"],
        ["balance", "--config", "no such file"],
        ["sandbox", "--scenario", "nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_input(arguments: list[str]) -> None:
    assert answer(run(COMMANDS["script"], *arguments), INPUT)["errorId"] == 1


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["batch", "tasks.jsonl"], ["balance", "--timeout-ms", "0"], []], ids=" ".join
)
def test_wrong_usage(arguments: list[str]) -> None:
    done = run(COMMANDS["script"], *arguments)
    assert done.returncode == INPUT and "usage: captask" in done.stderr


@pytest.mark.captask_sandbox(solveMs=60_000)
def test_what_goes_wrong(command: list[str], captask_sandbox: captask.Sandbox) -> None:
    wrong = answer(run(command, "check", "-", given='{"task":{"type":"TurnstileTask"}}'), INPUT)
    assert wrong["problems"][0]["pointer"] == "/task/websiteURL"
    gone = answer(run(command, "balance", "--endpoint", "http://127.0.0.1:1", "--timeout-ms", "200"), NETWORK)
    assert gone["errorCode"] == "CAPTASK_CONNECT"
    made = ["--type", "TurnstileTask", "--set", "websiteURL=https://example.com", "--set", "websiteKey=KEY"]
    late = answer(run(command, "solve", *made, "--endpoint", captask_sandbox.url, "--timeout-ms", "400"), TIMEOUT)
    assert late["errorCode"] == "CAPTASK_TIMEOUT" and late["taskId"]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.captask_sandbox(solveMs=60_000)
def test_ctrl_c_prints_what_is_paid_for(command: list[str], captask_sandbox: captask.Sandbox) -> None:
    made = ["--type", "TurnstileTask", "--set", "websiteURL=https://example.com", "--set", "websiteKey=KEY"]
    begun = [*command, "solve", *made, "--endpoint", captask_sandbox.url]
    # A background job of a shell starts with SIGINT ignored.
    program = "import os, signal, sys; signal.signal(2, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    with subprocess.Popen([sys.executable, "-c", program, *begun], stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        while captask_sandbox.inspect()["requests"].get("getTaskResult", 0) == 0:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        told = json.loads(process.stdout.read())
        assert process.wait(60) == 130
    assert told["errorCode"] == "CAPTASK_CANCELLED" and told["taskId"]


def test_a_reader_that_goes_away_is_no_fault(command: list[str]) -> None:
    with subprocess.Popen(
        [*command, "describe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait(60) == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full, a disk without room, is missing")
def test_a_paid_answer_that_cannot_be_written_is_not_lost(command: list[str], tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(PICTURE)
    solve = [*command, "solve", "--image", str(picture), "--endpoint", "sandbox:"]
    reading, writing = os.pipe()
    os.close(reading)
    with open("/dev/full", "wb") as full, os.fdopen(writing, "wb") as gone:
        for out in (full, gone):
            done = subprocess.run(solve, stdout=out, stderr=subprocess.PIPE, text=True, timeout=60, env=ENVIRONMENT)
            assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
            assert json.loads(done.stderr.splitlines()[-1])["solution"]["text"]
        about = [*command, "describe", "tasks"]
        done = subprocess.run(about, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, env=ENVIRONMENT)
        assert done.returncode == 1 and "cannot be written" in done.stderr and "Traceback" not in done.stderr
