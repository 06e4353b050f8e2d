"""Measures 1,000 solves at once in Java, on the class path of the built jar.

Usage: run.py LIBRARY FOLDER, where FOLDER is for what is built. Each round has a process of its own, and a sandbox in
another one. Writes results.json beside this file, and the table in ../README.md. Linux only: it reads /proc.
"""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent
README = PACKAGE / "README.md"
COUNT = 1000
ROUNDS = 5
SOLVE_MS = 200
LIMIT = 300
MARKS = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)


def build(library: Path, folder: Path) -> str:
    """The class path of the jar and of the program that measures."""
    script = f'. "{PACKAGE}/build.sh"; build package -DskipTests -Dmaven.source.skip'
    names = {"here": str(PACKAGE), "library": str(library), "folder": str(folder), "name": "java-bench"}
    subprocess.run(["sh", "-euc", script], env={**os.environ, **names}, check=True, timeout=2 * LIMIT)
    jars = f"{folder}/jars/*"
    compile_it = ["javac", "-cp", jars, "-d", f"{folder}/bench", str(HERE / "Measure.java")]
    subprocess.run(compile_it, check=True, timeout=LIMIT)
    return f"{jars}{os.pathsep}{folder}/bench"


def measured(path: str) -> dict[str, Any]:
    java = ["java", "-cp", path, "Measure"]
    pipe = subprocess.PIPE
    with subprocess.Popen([*java, "sandbox", str(SOLVE_MS)], stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None and other.stdout is not None
        try:
            url = other.stdout.readline().strip()
            done = subprocess.run([*java, url, str(COUNT)], stdout=pipe, text=True, check=True, timeout=LIMIT)
        finally:
            other.stdin.close()
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def table(figures: dict[str, Any]) -> str:
    heads = {"first": "the first 1,000 of a process", "again": "the next 1,000"}
    rows = [
        f"| {text} | {one['seconds']:.2f} | {one['peakMemoryMb']:.0f} MB | {one['heapMb']:.0f} MB | "
        f"{one['threads']:.0f} | {one['javaThreads']:.0f} | {one['longestPauseMs']:.0f} ms |"
        for key, text in heads.items()
        for one in [figures[key]]
    ]
    about = (
        f"{COUNT:,} solves at once against a sandbox in another process, each ready after {SOLVE_MS} ms; medians of "
        f"{ROUNDS} processes. {figures['machine']}\n"
    )
    return "\n".join([
        about,
        "| | seconds | peak memory | Java heap | threads | of them Java's | longest pause of a timer |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
    ])


def main() -> None:
    library, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    path = build(library, folder)
    rounds = [measured(path) for _ in range(ROUNDS)]
    figures: dict[str, Any] = {
        when: {name: statistics.median(one[when][name] for one in rounds) for name in names}
        for when, names in rounds[0].items()
    }
    version = subprocess.run(["java", "-version"], stderr=subprocess.PIPE, text=True, check=True).stderr.splitlines()[0]
    load = os.getloadavg()[0]
    figures["machine"] = (
        f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, {version}; the machine's load was "
        f"{load:.0f} while it was measured."
    )
    figures["count"], figures["solveMs"], figures["rounds"] = COUNT, SOLVE_MS, rounds
    (HERE / "results.json").write_text(json.dumps(figures, indent=1) + "\n")
    text, found = MARKS.subn(lambda match: match[1] + table(figures) + match[2], README.read_text())
    if found != 1:
        raise SystemExit("README.md has no place for the figures")
    README.write_text(text)
    print(table(figures))


main()
