"""Mistakes in settings, configuration and tasks: they are named, and none costs a job."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from typing import Any

import captask

from fleet import jobs
from fleet.records import FAILED, OPEN, SOLVED, job_key
from fleet.settings import Settings

from .fleet_case import POLLS, FleetCase, worker
from .support import EXAMPLE, Worker, marks, post, task, wait_for

THREADS = ("-P", "threads", "-c", "2")
KEY = "the-secret-key"
# Times that fit together, for processes that check them: the tests' workers have shorter ones.
CHECKED = {"FLEET_SOLVE_S": "180", "FLEET_SLOT_S": "30", "FLEET_VISIBILITY_S": "280"}


class WorkersWithAMistake(FleetCase):
    def assert_refuses(self, started: Worker, message: str) -> None:
        wait_for(lambda: started.ended() or started.ready(), "the worker has started")
        self.assertFalse(started.ready())
        self.assertIn(message, started.log.read_text())
        self.assertEqual(self.record("job").state, OPEN)
        self.assertEqual(self.record("job").deliveries, 0)
        self.workers.remove(started)

    def test_a_worker_with_a_misspelt_configuration_takes_no_job(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        self.submit("job")
        started = self.start("misspelt", sandbox, *THREADS, client={"endpont": sandbox.url})
        self.assert_refuses(started, "FLEET_CLIENT: CAPTASK_INVALID_CONFIG: endpont: there is no such member")

    def test_a_worker_without_a_key_takes_no_job(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        self.submit("job")
        self.assert_refuses(self.start("keyless", sandbox, *THREADS, key=" "), "no key for the service")
        # The key of the configuration will do.
        self.start("with-key", sandbox, *THREADS, key="", client={"clientKey": KEY})
        self.wait_for_ends()
        self.assertEqual(self.record("job").state, SOLVED)

    def test_a_child_that_cannot_open_its_client_ends_the_worker(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        # A journal belongs to one process: the second child is refused.
        with tempfile.TemporaryDirectory() as folder:
            started = self.start("one", sandbox, "-P", "prefork", "-c", "2", client={"journal": f"{folder}/journal"})
            wait_for(started.ended, "the worker ends")
        self.assertIn("this worker ends", started.log.read_text())

    def test_an_unexpected_exception_does_not_cost_the_job(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        self.submit("job")
        started = self.start("one", sandbox, *THREADS, module="tests.failing_once")
        self.wait_for_ends()
        self.assertEqual(self.record("job").state, SOLVED)
        self.assertIn("it goes back to the queue", started.log.read_text())
        self.assert_bought_once(sandbox, "job")


class Jobs(FleetCase):
    """Without workers: what becomes of one job."""

    def client(self, sandbox: captask.Sandbox) -> captask.Client:
        opened = captask.Client(clientKey="key", endpoint=sandbox.url, poll=POLLS)
        self.addCleanup(opened.close)
        return opened

    def fleet(self, **settings: Any) -> jobs.Fleet:
        return jobs.Fleet(Settings(**settings), self.redis, worker.fleet.records, worker.fleet.limits)

    def test_a_task_that_is_no_object_is_refused(self) -> None:
        for wrong in (["x"], "x", None, {"type": {1, 2}}, {"score": float("nan")}):
            with self.assertRaisesRegex(ValueError, "JSON"):
                worker.submit("job", wrong)
        self.assertEqual(self.redis.keys("*"), [])

    def test_a_task_that_cannot_be_sent_leaves_no_intent(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        # Written by something else: submit would have refused it.
        self.redis.hset(job_key("job"), mapping={"task": '["x"]', "state": OPEN})
        jobs.work(self.fleet(), self.client(sandbox), "job")
        self.assertEqual(self.record("job").state, FAILED)
        self.assertIn("nothing was bought", self.record("job").answer)
        self.assertIsNone(worker.fleet.records.intent("job"))
        self.assertEqual(marks(sandbox), {})

    def test_a_worker_that_cannot_agree_on_tls_leaves_the_job_to_others(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        worker.submit("job", task("job"))
        wrong = captask.Client(clientKey="key", endpoint=sandbox.url.replace("http:", "https:"), callTimeoutMs=1000)
        self.addCleanup(wrong.close)
        with self.assertRaisesRegex(jobs.Later, "CAPTASK_TLS"):
            jobs.work(self.fleet(), wrong, "job")
        self.assertIsNone(worker.fleet.records.intent("job"))
        jobs.work(self.fleet(), self.client(sandbox), "job")
        self.assertEqual(self.record("job").state, SOLVED)
        self.assert_bought_once(sandbox, "job")

    def test_a_task_id_in_an_answer_that_python_cannot_read_is_adopted(self) -> None:
        sandbox = self.sandbox(solveMs=0)
        task_id = self.client(sandbox).create_task(task("before")).task_id
        body = f'{{"errorId":0,"taskId":{task_id},"more":{"[" * 5000}{"]" * 5000}}}'
        post(sandbox, "faults", {"add": [{"kind": "wrongEnvelope", "method": "createTask", "body": body}]})
        worker.submit("job", task("job"))
        jobs.work(self.fleet(), self.client(sandbox), "job")
        self.assertEqual((self.record("job").state, self.record("job").task_id), (SOLVED, task_id))

    def bought(self, sandbox: captask.Sandbox) -> captask.Client:
        """A job whose task has been bought, and will not be ready for long."""
        client = self.client(sandbox)
        worker.fleet.records.add("job", task("job"))
        task_id = client.create_task(task("job")).task_id
        assert task_id is not None
        worker.fleet.records.bought("job", task_id)
        return client

    def test_a_task_that_is_paid_for_is_adopted_again_while_its_result_is_kept(self) -> None:
        client = self.bought(self.sandbox(solveMs=600_000))
        with self.assertRaisesRegex(jobs.Later, "CAPTASK_TIMEOUT"):
            jobs.work(self.fleet(solve_s=0.3), client, "job")
        self.assertEqual(self.record("job").state, OPEN)
        self.redis.hincrbyfloat(job_key("job"), "boughtAt", -301)
        jobs.work(self.fleet(solve_s=0.3), client, "job")
        self.assertEqual(self.record("job").state, FAILED)
        self.assertIn("CAPTASK_TIMEOUT", self.record("job").answer)

    def test_a_job_goes_on_when_its_result_takes_longer_than_one_attempt(self) -> None:
        sandbox = self.sandbox(solveMs=2000)
        self.start("one", sandbox, *THREADS, settings={"FLEET_SOLVE_S": "0.5", "FLEET_SLOT_S": "0.2"})
        self.submit("job")
        self.wait_for_ends()
        self.assertEqual(self.record("job").state, SOLVED)
        self.assert_bought_once(sandbox, "job")

    def test_sweep_sends_what_is_lost_although_others_wait(self) -> None:
        self.submit("waits", "lost")
        worker.submit("lost-too", task("lost-too"))
        self.redis.lpop("fleet")
        self.redis.lpop("fleet")
        self.redis.zadd("fleet:open", dict.fromkeys(("waits", "lost", "lost-too"), 0))
        self.assertEqual(worker.sweep(), ["lost", "lost-too"])
        self.assertEqual(worker.queued(), {"waits", "lost", "lost-too"})
        self.assertEqual(self.redis.llen("fleet"), 3)
        self.assertEqual(worker.sweep(), [])


class CommandLine(FleetCase):
    def run_fleet(self, *arguments: str, **settings: str) -> tuple[int, str]:
        environment = {**os.environ, **CHECKED, "FLEET_SWEEP_S": "600", **settings}
        done = subprocess.run(
            [sys.executable, "-B", "-m", "fleet", *arguments], cwd=EXAMPLE, env=environment, capture_output=True,
            text=True, timeout=120, check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def test_a_wrong_task_is_refused_without_a_traceback(self) -> None:
        for wrong in ('["x"]', '"x"', "null", "{type: 1}", ""):
            code, said = self.run_fleet("submit", "job", wrong)
            self.assertEqual(code, 2, said)
            self.assertRegex(said, "fleet: the task (is not JSON|has to be a JSON object)")
            self.assertNotIn("Traceback", said)
        self.assertEqual(self.redis.keys("fleet*"), [])
        self.assertEqual(self.run_fleet("submit", "job", json.dumps(task("job")))[0], 0)
        self.assertEqual(self.record("job").task, task("job"))

    def test_a_wrong_setting_is_refused_without_a_traceback(self) -> None:
        code, said = self.run_fleet("show", "job", FLEET_CLIENT=f'{{"clientKey":"{KEY}" "poll":1}}')
        self.assertEqual(code, 2, said)
        self.assertIn("fleet: FLEET_CLIENT is not JSON: Expecting ',' delimiter, line 1 column 31", said)
        self.assertNotIn(KEY, said)
        self.assertNotIn("Traceback", said)


class SettingsRead(unittest.TestCase):

    def test_a_wrong_setting_is_named(self) -> None:
        for name, value in (
            ("FLEET_HOLD_S", "soon"), ("FLEET_HOLD_S", "-5"), ("FLEET_HOLD_S", "0"), ("FLEET_HOLD_S", "nan"),
            ("FLEET_SLOT_S", "-1"), ("FLEET_SOLVE_S", "inf"), ("FLEET_KEEP_S", "1.5"), ("FLEET_TASKS_PER_MINUTE", "0"),
            ("FLEET_CLIENT", "[1]"), ("FLEET_CLIENT", "{"), ("FLEET_CLIENT", "[" * 100_000),
            ("FLEET_CLIENT", '{"callTimeoutMs":"1"}'), ("FLEET_CLIENT", '{"requestTimeoutMs":0}'),
        ):
            with self.subTest(name=name, value=value[:40]), self.assertRaisesRegex(ValueError, name):
                Settings.read({name: value})

    def test_no_error_shows_the_key(self) -> None:
        for text in (f'{{"clientKey":"{KEY}",}}', f'["{KEY}"]', KEY):
            with self.assertRaises(ValueError) as raised:
                Settings.read({"FLEET_CLIENT": text})
            shown = [raised.exception, raised.exception.__context__, raised.exception.__cause__]
            self.assertNotIn(KEY, " ".join(str(vars(each)) + str(each) for each in shown if each is not None))

    def test_null_means_the_default(self) -> None:
        text = '{"callTimeoutMs":null,"requestTimeoutMs":null,"guard":null}'
        settings = Settings.read({"FLEET_CLIENT": text})
        self.assertEqual(settings.create_s, Settings().create_s)
        self.assertEqual(settings.client_config["guard"], {"holdOnRefusalMs": 0})

    def test_an_unknown_variable_is_named(self) -> None:
        with self.assertLogs("fleet", "WARNING") as logs:
            Settings.read({"FLEET_HOLDS_S": "5", "OTHER": "1", "FLEET_HOLD_S": "5"})
        self.assertEqual([record.getMessage() for record in logs.records],
                         ["FLEET_HOLDS_S is not a setting: did you mean FLEET_HOLD_S?"])

    def test_a_job_ends_before_its_message_comes_again(self) -> None:
        """In a process of its own: the other tests of this one leave the check out."""
        times = (
            ({}, ""),
            ({"FLEET_VISIBILITY_S": "10"}, "FLEET_VISIBILITY_S=10 has to be more than 266"),
            ({"FLEET_VISIBILITY_S": "300"}, "less than 300"),
            ({"FLEET_SOLVE_S": "200"}, "solve_s 200"),
            ({"FLEET_CLIENT": '{"callTimeoutMs":60000}'}, "create_s 86"),
            ({"FLEET_SWEEP_S": "280"}, "FLEET_SWEEP_S=280"),
            ({"FLEET_KEEP_S": "600"}, "FLEET_KEEP_S=600"),
        )
        for environment, message in times:
            clean = {name: value for name, value in os.environ.items() if not name.startswith("FLEET_")}
            done = subprocess.run(
                [sys.executable, "-B", "-c", "from fleet.settings import Settings; Settings.read()"], cwd=EXAMPLE,
                env={**clean, **environment}, capture_output=True, text=True, timeout=120, check=False,
            )
            with self.subTest(environment=environment):
                self.assertEqual(done.returncode, int(bool(message)), done.stderr)
                self.assertIn(message, done.stderr)

    def test_a_job_may_wait_as_long_as_any_type_of_task_takes(self) -> None:
        text = (EXAMPLE.parents[1] / "docs" / "tasks.md").read_text()
        longest = max(int(millis) for millis in re.findall(r"time limit (\d+) ms", text))
        self.assertGreaterEqual(Settings().solve_s * 1000, longest)
