"""Redis dies by kill -9 and comes back with what it has written."""

from __future__ import annotations

import captask

from fleet.records import SOLVED, UNKNOWN

from .fleet_case import SERVER, FleetCase
from .support import Worker, marks


class RedisDies(FleetCase):
    sandbox_of_all: captask.Sandbox

    def start_pool(self, pool: str) -> None:
        self.start(pool, self.sandbox_of_all, "-P", pool, "-c", "3")

    def worker_ended(self, ended: Worker) -> None:
        """Celery's worker with a pool of threads may end when its connection does; a supervisor starts it again."""
        self.workers.remove(ended)
        self.start_pool(ended.name)

    def test_no_job_is_lost_or_bought_twice(self) -> None:
        delay = {"kind": "delay", "method": "createTask", "delayMs": 200}
        sandbox = self.sandbox_of_all = self.sandbox(solveMs=200, faults=[delay])
        jobs = [f"job-{number}" for number in range(80)]
        for pool in ("threads", "prefork"):
            self.start_pool(pool)
        self.submit(*jobs)
        for left in (60, 30):
            self.wait_for_open(left)
            SERVER.kill_and_restart()
        self.wait_for_ends(sweep=True)
        states = {job: self.record(job).state for job in jobs}
        self.assertLessEqual(set(states.values()), {SOLVED, UNKNOWN})
        solved = [job for job in jobs if states[job] == SOLVED]
        seen = marks(sandbox)
        self.assertEqual({job: seen[job] for job in solved}, dict.fromkeys(solved, 1))
        self.assert_bought_once(sandbox)
