"""``python -m captask``: a task, the balance, or a stand-in for the service, from the command line."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional

import captask

_ABOUT = "A client of the CapMonster Cloud task API. The account's key is read from CAPTASK_CLIENT_KEY."
_MORE = "The command captask that cargo installs has more: batch, doctor, catalogue."


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Runs a command; 0 when it is done, 1 for an error of the service or a task, 2 for wrong input."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(
        format="%(levelname)s %(message)s", level=max(logging.DEBUG, logging.WARNING - 10 * given.verbose)
    )
    try:
        return int(given.run(given))
    except captask.InputError as error:
        for problem in error.problems:
            hint = f" ({problem['hint']})" if problem.get("hint") else ""
            print(f"{problem.get('pointer')}: {problem.get('problem')}{hint}", file=sys.stderr)
        return _failed(error, 2)
    except captask.CaptaskError as error:
        return _failed(error, 1)
    except (OSError, ValueError, TypeError) as error:
        return _failed(error, 2)
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m captask", description=_ABOUT, epilog=_MORE)
    parser.add_argument("--version", action="version", version=f"captask {captask.__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("-v", "--verbose", action="count", default=0, help="log to standard error; twice for more")
    online = argparse.ArgumentParser(add_help=False, parents=[common])
    online.add_argument("--endpoint", help='the service\'s URL, or "sandbox:" for a stand-in in this process')
    online.add_argument("--timeout", type=float, metavar="SECONDS", help="give up after so many seconds")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Any, about: str, parent: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about, parents=[parent])
        made.set_defaults(run=run)
        return made

    solve = command("solve", _solve, "buy one task and print its answer", online)
    solve.add_argument("task", nargs="?", help='a file with the task as JSON, or "-" for standard input')
    solve.add_argument("--image", type=Path, metavar="FILE", help="a picture: the body of an ImageToTextTask")
    command("balance", _balance, "print the account's balance in US dollars", online)
    command("user-agent", _user_agent, "print the user agent that tasks should name", online)
    check = command("check", _check, "print whether a task is valid, without sending it", common)
    check.add_argument("task", help='a file with the task as JSON, or "-" for standard input')
    describe = command("describe", _describe, "print the task types, errors, methods and settings", common)
    describe.add_argument("topic", nargs="?", help='none for the table of contents; "tasks", "task/turnstile", …')
    command("sandbox", _sandbox, "run a stand-in for the service until standard input ends", common)
    return parser


def _solve(given: argparse.Namespace) -> int:
    if (given.task is None) == (given.image is None):
        raise ValueError("solve takes a file with a task, or --image FILE")
    task: Any = {"type": "ImageToTextTask", "body": given.image} if given.image else _read(given.task)
    with _client(given) as client:
        print(client.solve(task).raw)
    return 0


def _balance(given: argparse.Namespace) -> int:
    with _client(given) as client:
        print(client.get_balance()["balance"])
    return 0


def _user_agent(given: argparse.Namespace) -> int:
    with _client(given) as client:
        print(client.get_user_agent()["userAgent"])
    return 0


def _check(given: argparse.Namespace) -> int:
    print(json.dumps(captask.check(_read(given.task)), indent=2, ensure_ascii=False))
    return 0


def _describe(given: argparse.Namespace) -> int:
    print(json.dumps(captask.describe(given.topic), indent=2, ensure_ascii=False))
    return 0


def _sandbox(given: argparse.Namespace) -> int:
    with captask.Sandbox() as sandbox:
        print(sandbox.url, flush=True)
        sys.stdin.buffer.read()
    return 0


def _client(given: argparse.Namespace) -> captask.Client:
    return captask.Client(endpoint=given.endpoint, timeout=given.timeout)


def _read(name: str) -> Any:
    text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    task = json.loads(text)
    # A request as captask_solve takes it has the task inside.
    return task["task"] if isinstance(task, dict) and isinstance(task.get("task"), dict) else task


def _failed(error: Exception, code: int) -> int:
    print(f"captask: {error}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
