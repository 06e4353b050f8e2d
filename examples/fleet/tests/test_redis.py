"""Redis dies by kill -9 and comes back with what it has written."""

from __future__ import annotations

from fleet.records import SOLVED, UNKNOWN

from .fleet_case import SERVER, FleetCase
from .support import marks


class RedisDies(FleetCase):
    def test_no_job_is_lost_or_bought_twice(self) -> None:
        sandbox = self.sandbox(solveMs=200, faults=[{"kind": "delay", "method": "createTask", "delayMs": 200}])
        jobs = [f"job-{number}" for number in range(80)]
        self.start("threads", sandbox, "-P", "threads", "-c", "4")
        self.start("prefork", sandbox, "-P", "prefork", "-c", "2")
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
