"""What the tests of the fleet share: one Redis server, and a fresh fleet in each test."""

from __future__ import annotations

import atexit
import importlib
import json
import os
import shutil
import tempfile
import unittest
from pathlib import Path
from typing import Any, Optional

import captask

from .support import RedisServer, Worker, marks, task, wait_for

# Short times, so that what is lost is found soon. The client's own timeouts stay long enough for a busy machine: a
# createTask that runs into one ends as unknown without any kill.
TIMES = {
    "FLEET_SLOT_S": "1", "FLEET_SOLVE_S": "30", "FLEET_VISIBILITY_S": "4", "FLEET_SWEEP_S": "8", "FLEET_MARGIN_S": "1",
    "FLEET_TASKS_PER_MINUTE": "100000",
}
POLLS = {"firstMs": 100, "intervalMs": 100}


# One server for all tests of the process. The module reads the environment when it is imported.
SERVER = RedisServer()
atexit.register(SERVER.close)
os.environ.update(TIMES, FLEET_REDIS=SERVER.url)
LOGS = Path(os.environ.get("TEST_LOGS") or tempfile.mkdtemp(prefix="fleet-logs-"))
importlib.import_module("tests.short_times")
worker = importlib.import_module("fleet.worker")


class FleetCase(unittest.TestCase):
    """An empty Redis for each test, and workers and sandboxes that end with it."""

    redis: Any = SERVER.redis

    def setUp(self) -> None:
        self.redis.flushall()
        self.workers: list[Worker] = []
        self.logs = LOGS / self._testMethodName
        shutil.rmtree(self.logs, ignore_errors=True)
        self.logs.mkdir(parents=True)
        self.addCleanup(self._end)

    def _end(self) -> None:
        for each in self.workers:
            each.kill()

    def sandbox(self, **config: Any) -> captask.Sandbox:
        sandbox = captask.Sandbox(keepRequests=100_000, **config)
        self.addCleanup(sandbox.close)
        return sandbox

    def start(self, name: str, sandbox: captask.Sandbox, *options: str, request_ms: int = 8000, key: str = "key",
              module: str = "tests.short_times", settings: Optional[dict[str, str]] = None,
              client: Optional[dict[str, Any]] = None) -> Worker:
        """Starts a worker; it is ended with the test. ``client`` is more of its FLEET_CLIENT."""
        config = {
            "endpoint": sandbox.url, "callTimeoutMs": 1000, "requestTimeoutMs": request_ms, "poll": POLLS,
            **(client or {}),
        }
        environment = {
            **(settings or {}),
            "TEST_LOGS": str(self.logs),
            "FLEET_CLIENT": json.dumps(config),
            "CAPTASK_CLIENT_KEY": key,
        }
        started = Worker(name, environment, *options, module=module)
        self.workers.append(started)
        return started

    def submit(self, *jobs: str) -> None:
        for job in jobs:
            worker.submit(job, task(job))

    def record(self, job: str) -> Any:
        return worker.read(job)

    def open_jobs(self) -> int:
        return int(self.redis.zcard("fleet:open"))

    def wait_for_open(self, count: int, sweep: bool = False) -> None:
        """Waits until no more than so many jobs are open; may sweep meanwhile, as cron does."""

        def reached() -> bool:
            if sweep:
                worker.sweep()
            for each in filter(Worker.ended, list(self.workers)):
                self.worker_ended(each)
            return self.open_jobs() <= count

        wait_for(reached, f"no more than {count} jobs are open", pause=0.1)

    def worker_ended(self, ended: Worker) -> None:
        """What to do when a worker ends by itself."""
        self.fail(f"worker {ended.name} has ended:\n{ended.log.read_text()[-4000:]}")

    def wait_for_ends(self, sweep: bool = False) -> None:
        self.wait_for_open(0, sweep)

    def assert_bought_once(self, sandbox: captask.Sandbox, job: Optional[str] = None) -> None:
        """No job has more than one createTask."""
        seen = marks(sandbox)
        twice = {name: count for name, count in seen.items() if count > 1}
        self.assertEqual(twice, {})
        if job is not None:
            self.assertEqual(seen[job], 1)
