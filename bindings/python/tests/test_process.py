"""What happens around a client: asyncio, signals, forks, the garbage collector, the interpreter's end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest
from loops import collect, warnings_of

import captask

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def test_asyncio_takes_one_thread(captask_client: captask.Client, task: dict[str, Any]) -> None:
    before = threading.active_count()

    async def run() -> list[captask.Answer]:
        answers = asyncio.gather(
            *(captask_client.asolve(task, extra=n, firstPollMs=100, pollIntervalMs=5) for n in range(200))
        )
        await asyncio.sleep(0)
        assert threading.active_count() <= before + 1
        return await answers

    assert [answer.extra for answer in asyncio.run(run())] == list(range(200))


def test_cancelling_an_await_gives_the_task_up(captask_client: captask.Client, task: dict[str, Any]) -> None:
    async def run() -> None:
        waiting = asyncio.create_task(captask_client.asolve(task, firstPollMs=60_000))
        await asyncio.sleep(0)
        assert captask_client.inspect()["inFlight"] == 1
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(run())
    assert captask_client.inspect()["inFlight"] == 0


def test_asyncio_raises_what_went_wrong(captask_client: captask.Client) -> None:
    async def run() -> None:
        with pytest.raises(captask.TaskError):
            await captask_client.asolve({"type": "NoSuchTask"})

    asyncio.run(run())


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_a_wait(captask_client: captask.Client, task: dict[str, Any]) -> None:
    main = threading.main_thread().ident
    assert main is not None

    def waits() -> bool:
        frame = sys._current_frames().get(main)
        names = []
        while frame is not None:
            names.append(frame.f_code.co_name)
            frame = frame.f_back
        return names[0] == "wait" and "_finish" in names

    def interrupt() -> None:
        while not waits():
            pass
        os.kill(os.getpid(), signal.SIGINT)

    # A background job of a shell starts with SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    helper = threading.Thread(target=interrupt)
    helper.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            captask_client.solve(task, firstPollMs=60_000)
    finally:
        signal.signal(signal.SIGINT, before)
    helper.join()
    assert captask_client.inspect()["inFlight"] == 0, "the task was given up"


@needs_fork
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_is_told_so(captask_client: captask.Client, task: dict[str, Any]) -> None:
    ticket = captask_client.submit(task, firstPollMs=60_000)
    # Held as another thread of the parent might: the child must not wait for it.
    with captask_client._receiver._lock:
        child = os.fork()
        if child == 0:
            codes = []
            for what in (lambda: captask_client.solve(task), captask_client.get_balance, ticket.result):
                try:
                    what()
                except captask.ClosedError as error:
                    codes.append(error.code)
            captask_client.close()
            with captask.Client(endpoint="sandbox:") as own:
                fresh = own.solve(task, firstPollMs=5, pollIntervalMs=5).status
            os._exit(0 if codes == ["CAPTASK_FORKED"] * 3 and fresh == "ready" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert captask_client.get_balance()["errorId"] == 0, "the parent's client lives on"


def test_an_unclosed_client_is_closed_with_a_warning(task: dict[str, Any]) -> None:
    held = [captask.Client(endpoint="sandbox:")]
    held[0].solve(task, firstPollMs=5, pollIntervalMs=5)
    handle = held[0].handle
    assert warnings_of(held.clear) == [ResourceWarning]
    assert captask._library.receive(handle, 0)[1] is not None, "an error: the handle is gone"
    sandbox = captask.Sandbox()
    with pytest.warns(ResourceWarning):
        del sandbox
        collect()


def test_a_ticket_keeps_its_client(task: dict[str, Any]) -> None:
    ticket = captask.Client(endpoint="sandbox:").submit(task, firstPollMs=5, pollIntervalMs=5)
    collect()
    assert ticket.result(timeout=60).status == "ready"
    with pytest.warns(ResourceWarning):
        del ticket
        collect()


@pytest.mark.parametrize("ending", ["pass", "raise SystemExit(0)", "import threading; threading.Event()"])
def test_the_interpreter_ends_with_open_clients(ending: str) -> None:
    program = f"""
import captask, logging
logging.basicConfig(level=1)
captask.log_to(level=1)
client = captask.Client(endpoint="sandbox:")
task = {{"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"}}
client.solve(task, firstPollMs=5, pollIntervalMs=5)
tickets = [client.submit(task, firstPollMs=5, pollIntervalMs=5) for _ in range(50)]
sandbox = captask.Sandbox()
{ending}
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, text=True)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_the_plugin_alone_loads_no_library() -> None:
    program = "import sys, pytest_captask; sys.exit('captask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0


def test_log_lines_reach_logging(caplog: pytest.LogCaptureFixture, task: dict[str, Any]) -> None:
    caplog.set_level(1, "captask")
    captask.log_to(level=1)
    try:
        with captask.Client(endpoint="sandbox:") as client:
            client.solve(task, firstPollMs=5, pollIntervalMs=5)
    finally:
        captask.log_off()
    ours = [record for record in caplog.records if record.name == "captask"]
    assert ours and {record.levelno for record in ours} <= {5, 10, 20, 30, 40}
    caplog.clear()
    with captask.Client(endpoint="sandbox:") as client:
        client.get_balance()
    assert not caplog.records
    other = logging.getLogger("mine")
    captask.log_to(other, logging.CRITICAL)
    captask.log_off()


def test_a_journal_brings_tasks_back(tmp_path: Any, captask_sandbox: captask.Sandbox, task: dict[str, Any]) -> None:
    journal = str(tmp_path / "tasks.journal")
    first = captask_sandbox.client(journal=journal)
    ticket = first.submit(task, extra="kept", firstPollMs=300)
    while first.inspect()["created"] == 0:
        pass
    first.close()
    with pytest.raises(captask.ClosedError):
        ticket.result(timeout=60)
    with captask_sandbox.client(journal=journal, poll={"firstMs": 5, "intervalMs": 5}) as second:
        answer = second.receive(timeout=60)
        assert answer is not None and answer.extra == "kept" and answer.status == "ready"
        assert second.receive(timeout=0) is None
