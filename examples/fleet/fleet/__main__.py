"""python -m fleet submit JOB TASK | show JOB | sweep"""

from __future__ import annotations

import json
import sys

from .worker import read, submit, sweep


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["submit"] and len(arguments) == 3:
        submit(arguments[1], json.loads(arguments[2]))
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
