"""The main paths, against the sandbox."""

import json
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from captask_plain import LIBRARY, SINK, ask, asked, make

TASK = {"type": "RecaptchaV2Task", "websiteURL": "https://example.com", "websiteKey": "key"}
QUICK = {"task": TASK, "options": {"firstPollMs": 1, "pollIntervalMs": 1, "timeoutMs": 30000}}
SLOW = {"task": TASK, "options": {"firstPollMs": 3_600_000, "timeoutMs": 7_200_000}}


class Paths(unittest.TestCase):
    def setUp(self):
        self.sandbox, error = make("captask_sandbox_open", {"solveMs": 0, "balance": 1, "price": 0.001})
        self.assertIsNone(error)
        self.addCleanup(LIBRARY.captask_close, self.sandbox)
        self.client, error = make("captask_open", {"clientKey": "key", "endpoint": self.inspect(self.sandbox)["url"]})
        self.assertIsNone(error)
        self.assertGreater(self.client, 0)
        self.addCleanup(LIBRARY.captask_close, self.client)

    def inspect(self, handle):
        return asked("captask_inspect", handle)

    def submit(self, request):
        ticket, error = make("captask_submit", self.client, request)
        self.assertIsNone(error)
        self.assertGreater(ticket, 0)
        return ticket

    def test_the_version_is_that_of_the_header(self):
        header = (Path(__file__).parents[2] / "include/captask.h").read_text(encoding="utf-8")
        self.assertIn(f'#define CAPTASK_VERSION "{LIBRARY.captask_version().decode()}"', header)
        self.assertIn(f"#define CAPTASK_VERSION_NUM 0x{LIBRARY.captask_version_num():06x}", header)

    def test_create_poll_and_report(self):
        created = asked("captask_create_task", self.client, {"task": TASK})
        self.assertEqual(created["errorId"], 0)
        result = asked("captask_get_task_result", self.client, {"taskId": created["taskId"]})
        self.assertEqual(result["status"], "ready")
        report = {"taskId": created["taskId"], "type": TASK["type"]}
        self.assertEqual(asked("captask_report_incorrect", self.client, report)["status"], "success")
        self.assertEqual(self.inspect(self.sandbox)["requests"]["reportIncorrectTokenCaptcha"], 1)
        self.assertEqual(asked("captask_get_balance", self.client)["balance"], 0.999)

    def test_solve_gives_everything(self):
        answer = asked("captask_solve", self.client, QUICK | {"extra": {"row": 7, "text": "é"}})
        self.assertEqual(answer["errorId"], 0)
        self.assertEqual(answer["status"], "ready")
        self.assertEqual(answer["extra"], {"row": 7, "text": "é"})
        self.assertIn("sandbox-", answer["solution"]["gRecaptchaResponse"])
        self.assertIsInstance(answer["taskId"], int)
        self.assertGreaterEqual(answer["meta"]["polls"], 1)

    def test_an_image_is_read_from_disk(self):
        image = (Path(__file__).parents[1] / "demo/captcha.png").read_bytes()
        body = ask("captask_base64", image, len(image))
        answer = asked("captask_solve", self.client, {"task": {"type": "ImageToTextTask", "body": body}})
        self.assertEqual(answer["solution"]["text"], "sandbox-text")

    def test_tickets_are_read_once(self):
        ticket = self.submit(QUICK)
        self.assertEqual(asked("captask_wait", self.client, ticket, -1)["ticket"], ticket)
        self.assertEqual(asked("captask_wait", self.client, ticket, -1)["errorCode"], "CAPTASK_UNKNOWN_TICKET")
        slow = self.submit(SLOW)
        self.assertIsNone(ask("captask_wait", self.client, slow, 0))
        self.assertEqual(LIBRARY.captask_cancel(self.client, slow), 1)
        self.assertEqual(asked("captask_receive", self.client, -1)["errorCode"], "CAPTASK_CANCELLED")

    def test_bad_input_is_answered(self):
        for request, code in [
            (None, "CAPTASK_INVALID_ARGUMENT"),
            (b"\xff", "CAPTASK_INVALID_ARGUMENT"),
            ("{", "CAPTASK_INVALID_JSON"),
            ("7", "CAPTASK_INVALID_REQUEST"),
            ("{}", "CAPTASK_INVALID_REQUEST"),
        ]:
            with self.subTest(request=request):
                self.assertEqual(asked("captask_solve", self.client, request)["errorCode"], code)
                self.assertEqual(make("captask_submit", self.client, request)[1]["errorCode"], code)
        self.assertEqual(make("captask_open", {"unknown": 1})[1]["errorCode"], "CAPTASK_INVALID_CONFIG")
        self.assertEqual(asked("captask_solve", 2**31 - 1, QUICK)["errorCode"], "CAPTASK_UNKNOWN_HANDLE")

    def test_errors_of_the_service_are_told(self):
        answer = asked("captask_solve", self.client, {"task": TASK | {"websiteKey": "error:ERROR_CAPTCHA_UNSOLVABLE"}})
        self.assertEqual(answer["errorCode"], "ERROR_CAPTCHA_UNSOLVABLE")
        self.assertIn("retryable", answer)

    def test_many_threads_solve_at_once(self):
        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda n: asked("captask_solve", self.client, QUICK | {"extra": n}), range(100)))
        self.assertEqual([answer["extra"] for answer in answers], list(range(100)))
        self.assertEqual(len({answer["taskId"] for answer in answers}), 100)
        self.assertEqual(self.inspect(self.sandbox)["requests"]["createTask"], 100)

    def test_many_threads_receive_each_answer_once(self):
        tickets = {self.submit(QUICK) for _ in range(60)}
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: asked("captask_receive", self.client, -1), range(60)))
        self.assertEqual({answer["ticket"] for answer in answers}, tickets)
        self.assertIsNone(ask("captask_receive", self.client, 0))

    def test_close_returns_those_who_wait(self):
        client, _ = make("captask_open", {"endpoint": "sandbox:"})
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(asked("captask_receive", client, -1)))
        waiting.start()
        self.assertEqual(LIBRARY.captask_close(client), 1)
        waiting.join()
        # The second, when the thread came too late to be blocked.
        self.assertIn(answers[0]["errorCode"], ("CAPTASK_CLOSED", "CAPTASK_UNKNOWN_HANDLE"))
        self.assertEqual(LIBRARY.captask_close(client), 0)

    def test_the_log_reaches_python(self):
        lines = []
        sink = SINK(lambda level, line, user: lines.append((level, line.decode("utf-8"))))
        LIBRARY.captask_set_log(sink, None, 5)
        asked("captask_get_balance", self.client)
        LIBRARY.captask_set_log(SINK(), None, 0)
        self.assertTrue(lines)
        count = len(lines)
        asked("captask_get_balance", self.client)
        self.assertEqual(len(lines), count)

    def test_what_is_checked_and_described_is_json(self):
        self.assertEqual(asked("captask_check", {"task": TASK})["errorId"], 0)
        self.assertEqual(asked("captask_describe", None)["errorId"], 0)
        self.assertEqual(json.loads(ask("captask_quote", 'é"\n')), 'é"\n')
        self.assertEqual(ask("captask_pick", {"a": ["é"]}, "/a/0"), "é")


if __name__ == "__main__":
    unittest.main()
