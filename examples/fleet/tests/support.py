"""A Redis server, Celery workers and the sandbox, for the tests: all of them real, all on ports of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

import captask
from redis import Redis
from redis.exceptions import RedisError

EXAMPLE = Path(__file__).resolve().parents[1]
# No test waits longer for anything than so many seconds.
PATIENCE = 180
TASK_SITE = "https://example.com/"


def wait_for(condition: Callable[[], Any], what: str, seconds: float = PATIENCE, pause: float = 0.05) -> Any:
    """What the condition gives once that is true; fails when it never is."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(pause)


class RedisServer:
    """A redis-server of the test's own, in a folder of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fleet-redis-")
        for _ in range(5):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            if self._start(port):
                return
        raise AssertionError("redis-server does not start")

    def _start(self, port: int) -> bool:
        """Whether it runs on that port, which another process may have taken meanwhile."""
        options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", self._folder.name, "--save", ""]
        self._command = ["redis-server", *options, "--appendonly", "yes", "--appendfsync", "always"]
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        self.url = f"redis://127.0.0.1:{port}/0"
        self.redis = Redis.from_url(self.url, decode_responses=True, socket_timeout=5)
        return self._answers()

    def _answers(self) -> bool:
        """Waits until it answers; False when it has ended, or another server has the port."""

        def ours() -> Optional[bool]:
            if self._process.poll() is not None:
                return False
            try:
                return bool(self.redis.info("server")["process_id"] == self._process.pid)
            except RedisError:
                return None

        wait_for(lambda: ours() is not None, "redis-server answers", 20)
        return bool(ours())

    def kill_and_restart(self) -> None:
        """kill -9, and another server on the same port with what the first one has written."""
        self._process.kill()
        self._process.wait()
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        if not self._answers():
            raise AssertionError("redis-server does not come back")

    def close(self) -> None:
        self.redis.close()
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()


class Worker:
    """A Celery worker in a process group of its own."""

    def __init__(self, name: str, environment: dict[str, str], *options: str, module: str) -> None:
        self.name = name
        self.log = Path(environment["TEST_LOGS"]) / f"{name}.log"
        command = [sys.executable, "-B", "-m", "celery", "-A", module, "worker", "-n", f"{name}@%h", "-l", "INFO"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat", *options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=EXAMPLE, env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )
        self.pid = self._process.pid
        self._killed = False

    def ready(self) -> bool:
        """Whether it takes jobs."""
        return b" ready." in self.log.read_bytes()

    def children(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return not self._killed and self._process.poll() is not None

    def kill(self) -> None:
        """kill -9 of the worker with all its processes."""
        self._killed = True
        if self._process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()


def stop(pid: int) -> bool:
    """Stops a process and waits until none of its threads runs: from then on it sends nothing more.

    False for one that has ended meanwhile.
    """

    def state() -> str:
        """"T" when all its threads have stopped, "Z" when it has ended."""
        try:
            stats = [stat.read_text() for stat in Path(f"/proc/{pid}/task").glob("*/stat")]
        except (FileNotFoundError, ProcessLookupError):
            return "R" if Path(f"/proc/{pid}").exists() else "Z"
        states = {stat.rpartition(")")[2].split()[0] for stat in stats}
        return "T" if states == {"T"} else "Z" if states <= {"Z", "X"} else "R"

    try:
        os.kill(pid, signal.SIGSTOP)
    except ProcessLookupError:
        return False
    ended = wait_for(lambda: {"T": "stopped", "Z": "ended"}.get(state()), f"process {pid} stops", 20, 0.002)
    return bool(ended == "stopped")


def created(sandbox: captask.Sandbox) -> list[tuple[int, str]]:
    """Each createTask that the sandbox has seen: when, in milliseconds, and for which job, by the task's websiteURL."""
    url = f"{sandbox.url}/_sandbox/requests?after=0&limit=100000"
    with urllib.request.urlopen(url, timeout=20) as reply:
        requests = json.load(reply)["requests"]
    seen = [entry for entry in requests if entry["method"] == "createTask"]
    sites = [json.loads(entry["request"])["task"]["websiteURL"] for entry in seen]
    return [(entry["atMs"], site.removeprefix(TASK_SITE)) for entry, site in zip(seen, sites, strict=True)]


def marks(sandbox: captask.Sandbox) -> Counter[str]:
    """How many createTask the sandbox has seen for each job."""
    return Counter(job for _, job in created(sandbox))


def post(sandbox: captask.Sandbox, what: str, body: dict[str, Any]) -> None:
    """Steers the sandbox while it runs."""
    request = urllib.request.Request(
        f"{sandbox.url}/_sandbox/{what}", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=20).close()


def task(job: str) -> dict[str, str]:
    return {"type": "TurnstileTask", "websiteURL": TASK_SITE + job, "websiteKey": "KEY"}
