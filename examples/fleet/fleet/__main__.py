"""python -m fleet submit JOB TASK | show JOB | sweep"""

from __future__ import annotations

import json
import sys


def main(arguments: list[str]) -> int:
    try:
        return run(arguments)
    except ValueError as error:
        # A setting or a task that is not as it has to be.
        print(f"fleet: {error}", file=sys.stderr)
        return 2


def run(arguments: list[str]) -> int:
    # Reads the settings.
    from .worker import read, submit, sweep

    if arguments[:1] == ["submit"] and len(arguments) == 3:
        submit(arguments[1], task_of(arguments[2]))
    elif arguments[:1] == ["show"] and len(arguments) == 2:
        record = read(arguments[1])
        print("no such job" if record is None else f"{record.state} {record.answer or record.task_id or ''}")
        return int(record is None)
    elif arguments == ["sweep"]:
        print(f"{len(sweep())} jobs sent again")
    else:
        print(f"usage: {__doc__}", file=sys.stderr)
        return 2
    return 0


def task_of(text: str) -> dict[str, object]:
    """The task of a command line."""
    try:
        task = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the task is not JSON: {error}") from None
    if not isinstance(task, dict):
        raise ValueError('the task has to be a JSON object such as {"type": "TurnstileTask", …}')
    return task


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
