"""What holds all workers back: a refused key, an empty balance, tasks a minute. And what Redis or Celery may lose."""

from __future__ import annotations

import itertools
import re

from fleet.limits import HOLD
from fleet.records import FAILED, SOLVED, UNKNOWN, intent_key, job_key

from .fleet_case import FleetCase, worker
from .support import created, marks, post, task, wait_for

SLOTS = 4
THREADS = ("-P", "threads", "-c", str(SLOTS))


class Limits(FleetCase):
    def names(self, count: int) -> list[str]:
        return [f"job-{number}" for number in range(count)]

    def deliveries(self, jobs: list[str]) -> int:
        return sum(self.record(job).deliveries for job in jobs)

    def lines(self, text: str) -> int:
        """How many lines of the workers' logs have this text."""
        return sum(len(re.findall(text, log.read_text())) for log in self.logs.glob("*.log"))

    def test_a_refused_key_holds_all_workers(self) -> None:
        # The address would be banned for insisting.
        sandbox = self.sandbox(accounts=[{"key": "right"}], bans={"after": 2 * SLOTS + 1})
        jobs = self.names(30)
        self.submit(*jobs)
        for name in ("one", "two"):
            self.start(name, sandbox, *THREADS, key="wrong", settings={"FLEET_HOLD_S": "600", "FLEET_SLOT_S": "0.2"})
        # Every place of every worker has taken up job after job, and none was bought.
        wait_for(lambda: self.deliveries(jobs) > 60, "the workers take jobs up")
        refused = len(created(sandbox))
        self.assertLessEqual(refused, 2 * SLOTS)
        self.assertGreater(self.redis.pttl(HOLD), 0)
        line = r"ERROR_KEY_DOES_NOT_EXIST.*: no worker buys for 600 s, until"
        wait_for(lambda: self.lines(line) == refused, "the log has each refusal")
        self.assertGreater(self.lines("waits: ERROR_KEY_DOES_NOT_EXIST"), 0)
        # Nothing was bought, so no intent is left and every job is still to be done.
        self.assertEqual(self.redis.keys(intent_key("*")), [])
        self.assertEqual(self.open_jobs(), len(jobs))

    def test_an_empty_balance_holds_all_workers_until_one_has_found_it_filled(self) -> None:
        sandbox = self.sandbox(balance=0, solveMs=0)
        jobs = self.names(30)
        self.submit(*jobs)
        for name in ("one", "two"):
            self.start(name, sandbox, *THREADS, settings={"FLEET_HOLD_S": "0.5", "FLEET_SLOT_S": "0.2"})
        line = "ERROR_ZERO_BALANCE.*: no worker buys for 0.5 s"
        # The first to be refused may be as many as there are places; after that one tries at the end of each hold.
        wait_for(lambda: self.lines(line) >= 2 * SLOTS + 3, "the end of some holds")
        self.assertEqual(self.lines("the account works again"), 0)
        tries = [at for at, _ in created(sandbox)][2 * SLOTS - 1 : 2 * SLOTS + 3]
        self.assertEqual([later - at for at, later in itertools.pairwise(tries) if later - at < 490], [])
        post(sandbox, "balance", {"balance": 1000})
        self.wait_for_ends()
        self.assertEqual(self.lines("the account works again"), 1)
        self.assertEqual({self.record(job).state for job in jobs}, {SOLVED})
        self.assertEqual(sandbox.inspect()["tasks"]["created"], len(jobs))

    def test_tasks_a_minute_are_bounded_over_all_workers(self) -> None:
        bound, window = 10, 1.5
        sandbox = self.sandbox(solveMs=0)
        jobs = self.names(40)
        start = worker.fleet.records.now()
        settings = {"FLEET_TASKS_PER_MINUTE": str(bound), "FLEET_MINUTE_S": str(window), "FLEET_SLOT_S": "0.5"}
        for name in ("one", "two"):
            self.start(name, sandbox, *THREADS, settings=settings)
        self.submit(*jobs)
        looks = []

        def ended() -> bool:
            seen = len(created(sandbox))
            # No more than this many windows have begun when `seen` had been counted.
            windows = int((worker.fleet.records.now() - start) / window) + 1
            looks.append((seen, windows))
            self.assertLessEqual(seen, bound * windows)
            # Who waits for the limiter has no intent: a kill there leaves nothing unknown.
            self.assertLessEqual(len(self.redis.keys(intent_key("*"))), seen + 2 * SLOTS)
            return self.open_jobs() == 0

        wait_for(ended, "every job ends", pause=0.02)
        self.assertEqual({self.record(job).state for job in jobs}, {SOLVED})
        self.assert_bought_once(sandbox)
        self.assertGreaterEqual(max(windows for _, windows in looks), 4)

    def test_the_limiter_bounds_every_stretch_of_its_window(self) -> None:
        """Without workers: grants as fast as the limiter gives them, each with the time by which it was given."""
        bound, window = 20, 0.5
        limits = type(worker.fleet.limits)(self.redis, bound, window, 5)
        grants = []

        def granted() -> bool:
            before = worker.fleet.records.now()
            if limits.ask().wait == 0:
                grants.append((before, worker.fleet.records.now()))
            return len(grants) == 5 * bound

        wait_for(granted, "the limiter grants", pause=0.002)
        for (first, _), (_, last) in zip(grants, grants[bound:], strict=False):
            self.assertGreaterEqual(last - first, window - 0.001)

    def test_a_refused_task_ends_its_job_and_no_other(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        worker.submit("bad", task("bad") | {"type": "NoSuchTask"})
        worker.submit("unsolvable", task("unsolvable") | {"pageAction": "error@result:ERROR_CAPTCHA_UNSOLVABLE"})
        self.submit("good")
        self.start("one", sandbox, *THREADS)
        self.wait_for_ends()
        self.assertEqual([self.record(job).state for job in ("bad", "unsolvable", "good")], [FAILED, FAILED, SOLVED])
        self.assertIn("ERROR_TASK_NOT_SUPPORTED", self.record("bad").answer)
        self.assertIn("ERROR_CAPTCHA_UNSOLVABLE", self.record("unsolvable").answer)
        self.assert_bought_once(sandbox)

    def test_what_redis_and_celery_may_lose(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        # A message without a record: the intent may have been lost with it, so it is not bought.
        self.submit("no-record")
        self.redis.delete(job_key("no-record"))
        # A record without a message, of which nothing was heard for long.
        worker.fleet.records.add("no-message", task("no-message"))
        self.redis.zadd("fleet:open", {"no-message": 0})
        # A message too many.
        self.submit("twice", "twice")
        self.start("one", sandbox, *THREADS)
        self.wait_for_ends(sweep=True)
        wait_for(lambda: self.redis.hget(job_key("no-record"), "state") == UNKNOWN, "the job without a record ends")
        self.assertEqual(self.record("no-message").state, SOLVED)
        self.assertEqual(self.record("twice").state, SOLVED)
        self.assertEqual(marks(sandbox), {"no-message": 1, "twice": 1})


class Records(FleetCase):
    def test_one_intent_a_job_and_an_answer_wins_over_unknown(self) -> None:
        records = worker.fleet.records
        records.add("job", task("job"))
        token = records.intend("job")
        self.assertIsNotNone(token)
        self.assertIsNone(records.intend("job"))
        self.assertEqual(records.withdraw("job", "of another worker"), 0)
        self.assertEqual(records.intent("job").token, token)
        self.assertFalse(records.give_up("job", "of another worker", "{}"))
        self.assertTrue(records.give_up("job", token, "{}"))
        self.assertEqual((self.record("job").state, self.open_jobs()), (UNKNOWN, 0))
        # The worker was slow, not dead.
        records.bought("job", "id-1")
        records.end("job", SOLVED, '{"errorId":0}')
        self.assertEqual((self.record("job").state, self.record("job").task_id), (SOLVED, "id-1"))
        self.assertFalse(records.give_up("job", token, "{}"))
        # The name is taken for as long as the record is kept.
        records.add("job", task("another"))
        self.assertEqual((self.record("job").task, self.open_jobs()), (task("job"), 0))
        self.assertIsNone(records.intend("job"))
        self.assertGreater(self.redis.ttl(intent_key("job")), 0)

    def test_an_intent_that_was_withdrawn_may_be_written_again(self) -> None:
        records = worker.fleet.records
        records.add("job", task("job"))
        self.assertEqual(records.withdraw("job", records.intend("job")), 1)
        self.assertEqual(records.withdraw("job", records.intend("job")), 2)
