"""What is sent again, what never, and what comes through, against a server that misbehaves."""

import unittest

from captask_plain import LIBRARY, Service, ask, asked, make

TASK = {"type": "RecaptchaV2Task", "websiteURL": "https://example.com", "websiteKey": "key"}
QUICK = {"task": TASK, "options": {"firstPollMs": 1, "pollIntervalMs": 1, "timeoutMs": 30000}}
CREATED = (200, '{"errorId":0,"taskId":12345678901234567890}')
READY = (200, '{"errorId":0,"status":"ready","solution":{"token":"é\\u00e9","n":0.10},"cost":"0.0006"}')
PAGE = (502, "<html><body>Bad gateway</body></html>")
REFUSED = '{"errorId":1,"errorCode":"ERROR_NO_SLOT_AVAILABLE","errorDescription":"busy"}'


class AgainstAService(unittest.TestCase):
    def start(self, answer, **config):
        service = Service(answer)
        self.addCleanup(service.close)
        client, error = make("captask_open", {"clientKey": "key", "endpoint": service.url} | config)
        self.assertIsNone(error)
        self.addCleanup(LIBRARY.captask_close, client)
        return service, client

    def test_bytes_come_through(self):
        text = '{"z":12345678901234567890,"errorId":0,"a":0.10,"balance":1.50E+3,"é":"\\u00e9","n":{"x":[null]}}'
        _, client = self.start(lambda method, attempt: (200, text))
        self.assertEqual(ask("captask_get_balance", client), text)

    def test_a_read_is_repeated_over_pages_drops_and_refusals(self):
        answers = {1: PAGE, 2: None, 3: (429, REFUSED), 4: (503, REFUSED)}
        service, client = self.start(lambda method, attempt: answers.get(attempt, (200, '{"errorId":0,"balance":1}')))
        self.assertEqual(asked("captask_get_balance", client)["balance"], 1)
        self.assertEqual(service.count("getBalance"), 5)

    def test_a_read_that_never_works_ends_at_its_deadline(self):
        service, client = self.start(lambda method, attempt: PAGE, callTimeoutMs=300)
        answer = asked("captask_get_balance", client)
        self.assertEqual(answer["errorCode"], "CAPTASK_BAD_RESPONSE")
        self.assertGreater(service.count("getBalance"), 1)

    def test_create_task_is_not_sent_again_once_it_may_have_bought(self):
        for answer in (None, PAGE, (200, "<html>"), (200, '{"errorId":0,"taskId":7'), (503, "<html>")):
            with self.subTest(answer=answer):
                service, client = self.start(lambda method, attempt, answer=answer: answer)
                self.assertEqual(asked("captask_create_task", client, {"task": TASK})["errorCode"], "CAPTASK_OUTCOME_UNKNOWN")
                self.assertEqual(asked("captask_solve", client, QUICK)["errorCode"], "CAPTASK_OUTCOME_UNKNOWN")
                self.assertEqual(service.count("createTask"), 2)

    def test_create_task_is_sent_again_when_it_certainly_bought_nothing(self):
        answers = {1: (429, ""), 2: (503, REFUSED)}
        service, client = self.start(lambda method, attempt: answers.get(attempt, CREATED))
        self.assertEqual(asked("captask_create_task", client, {"task": TASK})["errorId"], 0)
        self.assertEqual(service.count("createTask"), 3)

    def test_a_poll_that_fails_loses_no_task(self):
        polls = {1: None, 2: PAGE, 3: (200, '{"errorId":0,"status":"idle"}'), 4: (429, "")}

        def answer(method, attempt):
            return CREATED if method == "createTask" else polls.get(attempt, READY)

        service, client = self.start(answer)
        solved = asked("captask_solve", client, QUICK)
        self.assertEqual(solved["status"], "ready", solved)
        self.assertEqual(solved["taskId"], 12345678901234567890)
        self.assertEqual(solved["solution"], {"token": "éé", "n": 0.10})
        self.assertEqual(service.count("createTask"), 1)

    def test_what_is_unknown_is_never_sent_again(self):
        service, client = self.start(lambda method, attempt: None)
        self.assertEqual(asked("captask_call", client, "methodOfTomorrow", "{}")["errorCode"], "CAPTASK_NETWORK")
        report = {"taskId": 7, "type": "ImageToTextTask"}
        self.assertEqual(asked("captask_report_incorrect", client, report)["errorCode"], "CAPTASK_NETWORK")
        self.assertEqual(service.count("methodOfTomorrow"), 1)
        self.assertEqual(service.count("reportIncorrectImageCaptcha"), 1)

    def test_nobody_listens(self):
        service = Service(lambda method, attempt: None)
        service.close()
        client, _ = make("captask_open", {"clientKey": "key", "endpoint": service.url, "callTimeoutMs": 300})
        self.addCleanup(LIBRARY.captask_close, client)
        self.assertEqual(asked("captask_create_task", client, {"task": TASK})["errorCode"], "CAPTASK_CONNECT")


if __name__ == "__main__":
    unittest.main()
