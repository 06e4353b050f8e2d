"""Puts what 1,000 solves at once take in each language's package into one table, in bindings/README.md.

Usage: packages.py. Reads what `make node-bench go-bench java-bench` wrote: bindings/*/bench/results.json. Python's table is
that of bindings/python/compare.py, which counts other things.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BINDINGS = Path(__file__).resolve().parent.parent / "bindings"
PAGE = BINDINGS / "README.md"
BEGIN, END = "<!-- measured: benches/packages.py -->\n", "<!-- end -->\n"
HEAD = """\
| package | client | seconds | peak memory | threads | longest pause of the loop or of a timer |
| --- | --- | ---: | ---: | ---: | ---: |
"""


def results(package: str) -> Any:
    return json.loads((BINDINGS / package / "bench/results.json").read_text())


def row(package: str, client: str, seconds: float, mib: float, threads: int, pause: float) -> str:
    return f"| {package} | {client} | {seconds:.2f} | {mib:.0f} MiB | {threads} | {pause:.0f} ms |\n"


def rows() -> str:
    node, go, java = results("node"), results("go"), results("java")
    lines = []
    for client, name in (("captask", "captask"), ("official", f"official client {node['official']}")):
        found = node["medians"][client]
        lines.append(row("Node", name, found["seconds"], found["memoryMiB"], found["threads"], found["pauseMs"]))
    for client, found in go["clients"].items():
        lines.append(row("Go", client, found["seconds"], found["peakMiB"], found["threads"], found["longestPauseMs"]))
    for part, name in (("first", "captask, the first 1,000"), ("again", "captask, the next 1,000")):
        found = java[part]
        lines.append(
            row("Java", name, found["seconds"], found["peakMemoryMb"], found["threads"], found["longestPauseMs"])
        )
    return "".join(lines)


def main() -> None:
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(before + BEGIN + HEAD + rows() + END + after)


if __name__ == "__main__":
    main()
