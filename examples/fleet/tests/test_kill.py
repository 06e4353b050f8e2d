"""Workers die by kill -9: what becomes of their jobs, and what is bought."""

from __future__ import annotations

import itertools
import os
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

import captask

from fleet.records import OPEN, SOLVED, UNKNOWN, intent_key

from .fleet_case import FleetCase
from .support import Worker, marks, stop, wait_for

JOBS, KILLS, SEED = 500, 12, int(os.environ.get("TEST_SEED", "16"))
# Name, pool, and how many jobs it works on at once.
THREADS, PREFORK = ("threads", 6), ("prefork", 3)


@dataclass
class Kills:
    """What was under way in the killed processes at the moment of each kill."""

    #: An intent without a taskId: inside createTask.
    inside: set[str] = field(default_factory=set)
    #: A taskId without an end.
    bought: dict[str, int] = field(default_factory=dict)


class Kill(FleetCase):
    def kill(self, victim: Worker, slots: int, kills: Kills, child: bool) -> bool:
        """Stops processes, notes what they were at, and kills them; whether the worker has survived."""
        children = victim.children() if child else []
        self.random.shuffle(children)
        pids = list(itertools.islice(filter(stop, children), 1))
        child = bool(pids)
        if not child:
            stop(victim.pid)
            pids = [victim.pid, *filter(stop, victim.children())]
        # What they sent last has arrived: Redis has read it when it has answered twice.
        self.redis.ping()
        self.redis.ping()
        inside = set()
        # Few round trips: the other workers go on meanwhile.
        jobs = self.redis.zrange("fleet:open", 0, -1)
        tokens = self.redis.mget([intent_key(job) for job in jobs]) if jobs else []
        for job in [job for job, token in zip(jobs, tokens, strict=True) if token and int(token.split()[2]) in pids]:
            record = self.record(job)
            if record.state == OPEN and record.task_id is None:
                inside.add(job)
            elif record.state == OPEN:
                kills.bought[job] = record.task_id
        self.assertLessEqual(len(inside), 1 if child else slots)
        kills.inside |= inside
        if child:
            os.kill(pids[0], signal.SIGKILL)
        else:
            victim.kill()
        return child

    def test_500_jobs_and_four_workers_killed_at_random(self) -> None:
        self.random = random.Random(SEED)
        sandbox = self.sandbox(
            seed=SEED, solveMs={"min": 50, "max": 400},
            faults=[{"kind": "delay", "method": "createTask", "delayMs": 200}],
        )
        fleet: list[tuple[str, int, Worker]] = []
        started = 0

        def start(pool: str, slots: int) -> None:
            nonlocal started
            started += 1
            new = self.start(f"{pool}-{started}", sandbox, "-P", pool, "-c", str(slots))
            fleet.append((pool, slots, new))

        for pool, slots in (THREADS, PREFORK, THREADS, PREFORK):
            start(pool, slots)
        jobs = [f"job-{number}" for number in range(JOBS)]
        self.submit(*jobs)
        kills = Kills()
        for ended in sorted(self.random.sample(range(20, JOBS - 40), KILLS)):
            self.wait_for_open(JOBS - ended)
            ready = wait_for(lambda: [member for member in fleet if member[2].ready()], "a worker takes jobs")
            fleet.remove(member := self.random.choice(ready))
            pool, slots, victim = member
            if self.kill(victim, slots, kills, child=pool == "prefork" and self.random.random() < 0.5):
                fleet.append((pool, slots, victim))
            else:
                start(pool, slots)
        self.wait_for_ends(sweep=True)

        records = {job: self.record(job) for job in jobs}
        unknown = {job for job, record in records.items() if record.state == UNKNOWN}
        solved = {job for job, record in records.items() if record.state == SOLVED}
        seen = marks(sandbox)
        print(
            f"seed {SEED}: {len(solved)} solved, {len(unknown)} unknown, {len(kills.inside)} inside createTask at "
            f"{KILLS} kills, {len(kills.bought)} adopted after them"
        )
        self.assertEqual(solved | unknown, set(jobs))
        self.assert_bought_once(sandbox)
        self.assertEqual({job: seen[job] for job in solved}, dict.fromkeys(solved, 1))
        self.assertEqual(unknown, kills.inside)
        self.assertEqual({job: records[job].task_id for job in kills.bought}, kills.bought)
        self.assertLessEqual(set(kills.bought), solved)
        # The kills have interrupted something; the tests below have each moment for certain.
        self.assertTrue(kills.inside or kills.bought)

    def killed_inside_create_task(self, module: str = "tests.short_times") -> captask.Sandbox:
        """One job, whose worker is killed while the service works on its createTask, and a second worker."""
        sandbox = self.sandbox(solveMs=0, faults=[{"kind": "stall", "method": "createTask", "nth": 1}])
        options = ("-P", "threads", "-c", "2")
        settings = {"FLEET_VISIBILITY_S": "1", "FLEET_MARGIN_S": "0.5"}
        first = self.start("first", sandbox, *options, module=module, request_ms=3000, settings=settings)
        self.submit("job")
        wait_for(lambda: marks(sandbox)["job"], "createTask is under way")
        first.kill()
        self.start("second", sandbox, *options, module=module, request_ms=3000, settings=settings)
        self.wait_for_ends()
        return sandbox

    def test_killed_inside_create_task_the_job_ends_as_unknown(self) -> None:
        sandbox = self.killed_inside_create_task()
        record = self.record("job")
        self.assertEqual(record.state, UNKNOWN)
        self.assertIn("CAPTASK_OUTCOME_UNKNOWN", record.answer)
        self.assert_bought_once(sandbox, "job")

    def test_without_the_intent_it_would_be_bought_twice(self) -> None:
        """That the test above can fail: the same with workers that write no intent."""
        sandbox = self.killed_inside_create_task(module="tests.without_intent")
        with self.assertRaises(AssertionError):
            self.assert_bought_once(sandbox)
        self.assertEqual(marks(sandbox)["job"], 2)

    def test_a_second_message_leaves_a_create_task_under_way_alone(self) -> None:
        """An intent without a taskId is no sign of death while its createTask may still take that long."""
        sandbox = self.sandbox(solveMs=0, faults=[{"kind": "delay", "method": "createTask", "delayMs": 2000}])
        self.start("one", sandbox, "-P", "threads", "-c", "2")
        self.submit("job")
        wait_for(lambda: marks(sandbox)["job"], "createTask is under way")
        self.submit("job")
        self.wait_for_ends()
        record = self.record("job")
        self.assertEqual(record.state, SOLVED)
        self.assertGreater(record.deliveries, 1)
        self.assert_bought_once(sandbox, "job")

    def adopted(self, sandbox: captask.Sandbox, kill: Callable[[], None]) -> None:
        """One job, killed when its taskId is known: it ends with that task."""
        self.submit("job")
        task_id = wait_for(lambda: self.record("job").task_id, "the taskId is in the record")
        kill()
        self.wait_for_ends()
        record = self.record("job")
        self.assertEqual((record.state, record.task_id), (SOLVED, task_id))
        self.assertGreater(record.deliveries, 1)
        self.assert_bought_once(sandbox, "job")

    def test_a_killed_worker_leaves_its_job_to_another_one(self) -> None:
        sandbox = self.sandbox(solveMs=2000)
        first = self.start("first", sandbox, "-P", "threads", "-c", "2")

        def kill() -> None:
            first.kill()
            self.start("second", sandbox, "-P", "prefork", "-c", "1", settings={"FLEET_VISIBILITY_S": "1"})

        self.adopted(sandbox, kill)

    def test_a_killed_child_leaves_its_job_to_the_next_one_at_once(self) -> None:
        sandbox = self.sandbox(solveMs=2000)
        first = self.start("first", sandbox, "-P", "prefork", "-c", "1", settings={"FLEET_VISIBILITY_S": "3600"})
        self.adopted(sandbox, lambda: os.kill(first.children()[0], signal.SIGKILL))
