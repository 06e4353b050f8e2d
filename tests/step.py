"""Runs one step of the tests: counts what passed and failed, shows the output when something failed.

step.py --tally DIR --name NAME [--limit SECONDS] -- COMMAND…    one step
step.py --tally DIR --sum                                        the sum of all steps, as the last line

Counted are cargo's and unittest's own sums and lines that begin with "ok " or "not ok "; a command that says
nothing of the kind counts as one test. A step that takes longer than its limit is ended and has failed.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

CARGO = re.compile(r"^test result: .*? (\d+) passed; (\d+) failed", re.MULTILINE)
OK, NOT_OK = re.compile(r"^ok ", re.MULTILINE), re.compile(r"^not ok ", re.MULTILINE)
RAN = re.compile(r"^Ran (\d+) tests? in", re.MULTILINE)
PYTEST = re.compile(r"^(?:(\d+) failed, )?(\d+) passed\b.* in [\d.]+s", re.MULTILINE)
UNITTEST = re.compile(r"^(?:OK|FAILED) \((.*)\)$", re.MULTILINE)
SKIP = re.compile(r"^.*\bskipped: .*$", re.MULTILINE)


def count(output: str, status: int) -> tuple[int, int]:
    """How many tests passed and failed, by what was said and by the exit status."""
    passed = failed = 0
    for match in CARGO.finditer(output):
        passed += int(match[1])
        failed += int(match[2])
    for match in PYTEST.finditer(output):
        passed += int(match[2])
        failed += int(match[1] or 0)
    passed += len(OK.findall(output))
    failed += len(NOT_OK.findall(output))
    for match in RAN.finditer(output):
        told = UNITTEST.search(output, match.end())
        words = dict(pair.split("=") for pair in told[1].split(", ")) if told else {}
        wrong = int(words.get("failures", 0)) + int(words.get("errors", 0))
        failed += wrong
        passed += int(match[1]) - wrong - int(words.get("skipped", 0))
    if status == 0 and passed + failed == 0:
        # A skip is not a pass.
        passed = 0 if SKIP.search(output) else 1
    if status != 0 and failed == 0:
        failed = 1
    return passed, failed


def run(command: list[str], limit: float) -> tuple[int, str]:
    """Exit status and output of a command; past the limit its whole process group is ended."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return 124, f"{output}\nended: it took longer than {limit:.0f} s\n"


def step(tally: Path, name: str, limit: float, command: list[str]) -> int:
    """Runs a step, tells how it went and writes its count."""
    started = time.monotonic()
    status, output = run(command, limit)
    passed, failed = count(output, status)
    took = time.monotonic() - started
    for line in SKIP.findall(output):
        print(f"     {line.strip()}")
    if status != 0 or failed:
        print(output, end="" if output.endswith("\n") else "\n")
    print(f"{'ok' if status == 0 and not failed else 'FAIL':4} {name}: {passed} passed, {failed} failed ({took:.1f} s)", flush=True)
    tally.mkdir(parents=True, exist_ok=True)
    (tally / name).write_text(f"{passed} {failed}\n", encoding="ascii")
    return 1 if status != 0 or failed else 0


def total(tally: Path) -> int:
    """Prints the sum of every step."""
    counts = [path.read_text(encoding="ascii").split() for path in sorted(tally.glob("*"))] if tally.is_dir() else []
    passed, failed = (sum(int(pair[place]) for pair in counts) for place in (0, 1))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not counts else 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tally", type=Path, required=True)
    parser.add_argument("--name")
    parser.add_argument("--limit", type=float, default=300)
    parser.add_argument("--sum", action="store_true")
    parser.add_argument("command", nargs="*")
    given = parser.parse_args()
    return total(given.tally) if given.sum else step(given.tally, given.name, given.limit, given.command)


if __name__ == "__main__":
    sys.exit(main())
