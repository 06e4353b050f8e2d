"""The command ``captask``, also ``python -m captask``.

It is the smaller edition of the command that is written in Rust: what it has takes the same options, prints the same
JSON and ends with the same codes, so that a script may call either.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

import captask

from . import _library
from ._answer import Answer
from ._errors import CaptaskError, error_from

_ABOUT = "A client of the CapMonster Cloud task API, and a stand-in for the service for tests"
_MORE = """\
The account's key is read from the environment variable CAPTASK_CLIENT_KEY or from the file of --config, never from the
command line. "--endpoint sandbox:" needs no key and no network. The command that cargo builds (make install) has more:
batch, doctor, catalogue, completions.

Exit codes:
  0    done
  1    the service or a task failed
  2    wrong input: an option, a file, a request, the configuration
  3    no connection
  4    timed out
  5    createTask was sent and its outcome is unknown: a task may have been bought
  6    held back by the limits of the client, or the client is full
  130  interrupted by Ctrl-C"""
_CODES = {
    "CAPTASK_INVALID_ARGUMENT": 2,
    "CAPTASK_INVALID_JSON": 2,
    "CAPTASK_INVALID_CONFIG": 2,
    "CAPTASK_INVALID_REQUEST": 2,
    "CAPTASK_INVALID_TASK": 2,
    "CAPTASK_UNKNOWN_TOPIC": 2,
    "CAPTASK_NOT_BUILT": 2,
    "CAPTASK_CONNECT": 3,
    "CAPTASK_TLS": 3,
    "CAPTASK_NETWORK": 3,
    "CAPTASK_BAD_RESPONSE": 3,
    "CAPTASK_TIMEOUT": 4,
    "CAPTASK_OUTCOME_UNKNOWN": 5,
    "CAPTASK_GUARD": 6,
    "CAPTASK_QUEUE_FULL": 6,
}
_INTERRUPTED = 130
# Bytes; more than any picture that the service takes.
_LARGEST = 16 << 20


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs a command; its exit code."""
    given = _parser().parse_args(arguments)
    level = {0: logging.WARNING, 1: logging.INFO}.get(given.verbose, 5)
    logging.basicConfig(format="captask %(levelname)s: %(message)s", level=level)
    try:
        return int(given.run(given))
    except CaptaskError as error:
        return _tell(error.raw)
    except (OSError, ValueError, TypeError) as error:
        return _tell(_wrong(str(error)).raw)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="captask", description=_ABOUT, epilog=_MORE, formatter_class=raw)
    parser.add_argument("-V", "--version", action="version", version=f"captask {captask.__version__}")
    parser.set_defaults(verbose=0)
    online = argparse.ArgumentParser(add_help=False)
    online.add_argument("--endpoint", metavar="URL", help='the service\'s URL, or "sandbox:" for a stand-in')
    online.add_argument("--config", metavar="FILE", help="a file with a configuration, as of captask.Client, in JSON")
    online.add_argument("--timeout-ms", type=_millis, metavar="MS", help="give up after so many milliseconds")
    online.add_argument("-v", "--verbose", action="count", default=0, help="log to standard error; twice for more")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Any, about: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about, parents=list(parents))
        made.set_defaults(run=run)
        return made

    solve = command("solve", _solve, "buy one task, or adopt one, and wait for its solution", online)
    request = 'a file with a request, {"task":{…}} or {"taskId":…}, or "-" for standard input'
    solve.add_argument("request", nargs="?", metavar="REQUEST", help=request)
    solve.add_argument("--image", metavar="FILE", help="a picture: the body of an ImageToTextTask")
    solve.add_argument("--type", metavar="TYPE", help="the type of the task")
    solve.add_argument("--set", action="append", default=[], metavar="NAME=TEXT", help="a member that is a string")
    solve.add_argument("--set-json", action="append", default=[], metavar="NAME=JSON", help="a member that is JSON")
    solve.add_argument("-q", "--quiet", action="store_true", help="show no progress (this edition shows none)")
    command("balance", _balance, "show the account's balance, in US dollars", online)
    report = command("report", _report, "report that a solution was wrong", online)
    report.add_argument("task_id", metavar="TASK_ID", help="the taskId in the answer")
    report.add_argument("--type", required=True, metavar="TYPE", help="the type of the task")
    command("user-agent", _user_agent, "show the user agent that the service recommends", online)
    check = command("check", _check, "show whether a request is valid, without sending it")
    check.add_argument("request", metavar="REQUEST", help='a file with the request, or "-" for standard input')
    describe = command("describe", _describe, "show the task types, errors, methods and settings")
    describe.add_argument("topic", nargs="?", metavar="TOPIC", help='none for the list; "tasks", "task/turnstile", …')
    describe.add_argument("--json", action="store_true", help="one line of JSON on a terminal too")
    sandbox = command("sandbox", _sandbox, "run a stand-in for the service until Ctrl-C")
    sandbox.add_argument("--port", type=int, metavar="PORT", help="0 for any free one")
    sandbox.add_argument("--address", metavar="ADDRESS", help="127.0.0.1 by default")
    sandbox.add_argument("--scenario", metavar="NAME", help="ready-made trouble, as flaky-network or zero-balance")
    sandbox.add_argument("--config", metavar="FILE", help="a file with a configuration, as of captask.Sandbox, in JSON")
    sandbox.add_argument("--until-eof", action="store_true", help="end when standard input ends")
    return parser


def _solve(given: argparse.Namespace) -> int:
    made = given.image is not None or given.type is not None
    if made == (given.request is not None) or (given.request is not None and (given.set or given.set_json)):
        raise ValueError("solve takes a file with a request, or --image, --type and --set")
    config = _config(given)
    text = _text(given.request) if given.request is not None else json.dumps({"task": _task(given)})
    options = {} if given.timeout_ms is None else {"timeoutMs": given.timeout_ms}
    if made and "validate" not in config:
        # A slip on the command line is not to be paid for, unless the configuration says otherwise.
        options["validate"] = "strict"
    if options:
        request = _object(text, "the request")
        text = json.dumps({**request, "options": {**(request.get("options") or {}), **options}})
    with captask.Client(**config) as client:
        ticket = client._submit_text(_library.text(text, "the request"))
        try:
            return _tell(ticket.result().raw)
        except KeyboardInterrupt:
            # What is known of it is its answer now: perhaps a task that is paid for.
            ticket.cancel()
            error = ticket.exception(1)
            _tell(error.raw if isinstance(error, CaptaskError) else ticket.result(0).raw)
            return _INTERRUPTED


def _task(given: argparse.Namespace) -> dict[str, Any]:
    """The task that the options of solve make up."""
    task: dict[str, Any] = {"type": given.type or "ImageToTextTask"}
    pairs: list[tuple[str, Any]] = [("body", _picture(given.image))] if given.image is not None else []
    pairs += [_pair("--set", text) for text in given.set]
    pairs += [_json_pair(text) for text in given.set_json]
    for name, value in pairs:
        if name.lower() == "clientkey":
            raise ValueError(
                "the key is no member of a task, and it does not belong on the command line: other users of the "
                "machine can read it there. Set CAPTASK_CLIENT_KEY, or clientKey in the file of --config"
            )
        if name in task:
            raise ValueError(f"{name}: the task has this member already; give it once")
        task[name] = value
    return task


def _picture(name: str) -> str:
    from ._pictures import as_base64

    size = os.stat(name).st_size
    if not 0 < size <= _LARGEST:
        raise ValueError(f"--image {name}: {size} bytes; a picture has at least one and at most {_LARGEST}")
    return as_base64(Path(name)) or ""


def _pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise ValueError(f"{option} {text}: write it as {option} NAME=VALUE")
    return name, value


def _json_pair(text: str) -> tuple[str, Any]:
    name, value = _pair("--set-json", text)
    try:
        return name, json.loads(value)
    except ValueError as error:
        raise ValueError(f"--set-json {name}: not JSON: {error}; for a string use --set {name}=…") from None


def _balance(given: argparse.Namespace) -> int:
    with captask.Client(**_config(given)) as client:
        return _tell(client.get_balance().raw)


def _report(given: argparse.Namespace) -> int:
    text: str = given.task_id
    # As the service wrote it: digits are a number, anything else is a text.
    number = text.isascii() and text.isdigit() and (text == "0" or not text.startswith("0"))
    with captask.Client(**_config(given)) as client:
        return _tell(client.report_incorrect(int(text) if number else text, given.type).raw)


def _user_agent(given: argparse.Namespace) -> int:
    with captask.Client(**_config(given)) as client:
        return _tell(client.get_user_agent().raw)


def _check(given: argparse.Namespace) -> int:
    return _tell(_library.ask("captask_check", _library.text(_text(given.request), "the request")))


def _describe(given: argparse.Namespace) -> int:
    answer = captask.describe(given.topic)
    if given.json or not sys.stdout.isatty():
        # Nothing of it is paid for: a reader that has gone away needs no other copy.
        return _say(answer.raw)
    return _say(json.dumps(answer, indent=2, ensure_ascii=False))


def _sandbox(given: argparse.Namespace) -> int:
    config = _read_config(given.config)
    if given.port is not None or given.address is not None:
        address = given.address or "127.0.0.1"
        config["listen"] = f"{f'[{address}]' if ':' in address else address}:{given.port or 0}"
    if given.scenario is not None:
        config["scenario"] = given.scenario
    with captask.Sandbox(**config) as sandbox:
        _say(sandbox.url)
        if given.until_eof:
            sys.stdin.buffer.read()
            return 0
        while True:
            threading.Event().wait(3600)


def _config(given: argparse.Namespace) -> dict[str, Any]:
    """The configuration in a file, with members of the command line; those win."""
    config = _read_config(given.config)
    if given.endpoint is not None:
        config["endpoint"] = given.endpoint
    if given.timeout_ms is not None:
        config["callTimeoutMs"] = given.timeout_ms
    return config


def _read_config(name: Optional[str]) -> dict[str, Any]:
    return {} if name is None else _object(_text(name), f"the configuration in {name}")


def _object(text: str, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{what}: not JSON: {error}") from None
    if not isinstance(found, dict):
        raise ValueError(f"{what}: expected a JSON object")
    return found


def _text(name: str) -> str:
    """A file's text; "-" is standard input."""
    content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return content.decode("utf-8")


def _millis(text: str) -> int:
    if not 1 <= int(text) <= 2**31 - 1:
        raise ValueError(text)
    return int(text)


def _wrong(why: str) -> CaptaskError:
    members = {"errorId": 1, "errorCode": "CAPTASK_INVALID_ARGUMENT", "errorDescription": why}
    return error_from(json.dumps({**members, "retryable": False, "retryScope": None}, ensure_ascii=False))


def _tell(raw: str) -> int:
    """Prints an answer; its exit code. One that cannot be written goes to standard error: it may be paid for."""
    try:
        _write(raw)
        said = 0
    except OSError as error:
        print(f"captask: standard output cannot be written ({error}), so here is the answer:\n{raw}", file=sys.stderr)
        _leave_output()
        said = 1
    answer = Answer(raw)
    return said if answer.get("errorId") == 0 else _CODES.get(str(answer.get("errorCode")), 1)


def _say(text: str) -> int:
    """Writes to standard output; a reader that has gone away (``| head``) is no fault."""
    try:
        _write(text)
    except BrokenPipeError:
        _leave_output()
    except OSError as error:
        print(f"captask: standard output cannot be written ({error})", file=sys.stderr)
        _leave_output()
        return 1
    return 0


def _write(text: str) -> None:
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.flush()


def _leave_output() -> None:
    """Has the interpreter not write at its end what is left, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
