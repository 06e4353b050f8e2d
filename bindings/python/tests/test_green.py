"""The client in programs that gevent or eventlet has patched."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import captask

PROGRAM = """
import {library}
{patch}
import logging
import captask

TASK = {{"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"}}
FAST = {{"firstPollMs": 5, "pollIntervalMs": 5}}
logging.basicConfig(level=1, filename="log")
turns = 0

def ticks():
    global turns
    while True:
        turns += 1
        {library}.sleep(0.001)

ticker = {library}.spawn(ticks)
with captask.Sandbox(solveMs=0) as sandbox, sandbox.client() as client:
    before = turns
    assert client.solve(TASK, **FAST).status == "ready"
    assert turns > before, "no other greenlet ran"
    assert client.get_balance()["balance"] > 0
    many = [{library}.spawn(client.solve, TASK, extra=n, **FAST) for n in range(200)]
    assert [one.{get}().extra for one in many] == list(range(200))
    assert len(client.solve_many([TASK] * 20, window=7, **FAST)) == 20
    assert len(list(client.imap([TASK] * 20, window=7, **FAST))) == 20
    tickets = [client.submit(TASK, **FAST) for _ in range(9)]
    assert len(list(captask.as_completed(tickets, timeout=60))) == 9
    late = client.submit(TASK, firstPollMs=60_000)
    try:
        late.result(timeout=0.05)
    except TimeoutError:
        late.cancel()
    try:
        late.result(timeout=60)
    except captask.CancelledError as error:
        pass
    left = client.submit(TASK, firstPollMs=60_000)
try:
    left.result(timeout=60)
except captask.ClosedError:
    pass
with captask.Sandbox(solveMs=0) as sandbox, sandbox.client(journal="tasks.journal") as client:
    assert client.solve(TASK, **FAST).status == "ready"
heard = []
with captask.Sandbox(solveMs=0) as sandbox:
    several = [sandbox.client(on_bought=heard.append, on_answer=heard.append) for _ in range(3)]
    for ticket in [client.submit(TASK, extra=n, **FAST) for n, client in enumerate(several)]:
        ticket.result(timeout=60)
    for client in several:
        client.close()
for n in range(3):
    assert [event.kind for event in heard if event.extra == n] == ["bought", "answer"], heard
print("done")
"""
PATCHES = {
    "gevent": ("from gevent import monkey; monkey.patch_all()", "get"),
    "eventlet": ("eventlet.monkey_patch()", "wait"),
}


@pytest.mark.parametrize("library", PATCHES)
@pytest.mark.parametrize("late", [False, True])
def test_a_patched_program_works(library: str, late: bool, tmp_path: object) -> None:
    if not os.environ.get("CI"):
        pytest.importorskip(library)
    patch, get = PATCHES[library]
    program = PROGRAM.format(library=library, patch=patch, get=get)
    if late:
        # Patched after captask was imported.
        program = "import captask\n" + program
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, cwd=str(tmp_path), capture_output=True, text=True, timeout=100)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr
    assert "Traceback" not in done.stderr, done.stderr


def test_this_process_is_not_patched() -> None:
    assert captask._green.patched() is None
