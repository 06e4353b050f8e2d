"""Measures 1,000 solves at once in Go: this module, and the service's official Go client where it can be had.

Usage: run.py LIBRARY FOLDER, where FOLDER is for what is built. Each run has a process of its own, and a sandbox in
another one. Writes results.json beside this file, and the table in ../README.md.

The official client comes from the module proxy. Where that does not serve it, CAPTASK_OFFICIAL_GO names a folder with its
source; without either it is left out.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any, Optional

HERE = Path(__file__).resolve().parent
MODULE = HERE.parent
README = MODULE / "README.md"
GO = os.environ.get("GO", "go")
OFFICIAL = "github.com/ZennoLab/capmonstercloud-client-go"
#: The commit that was measured last.
COMMIT = "f56724e"
COUNT = 1000
ROUNDS = 5
SOLVE_MS = 200
LIMIT = 300


def built_against(library: Path, folder: Path) -> dict[str, str]:
    """The environment in which the module is built against a library that is not installed."""
    script = f'root={MODULE.parent.parent} && . {MODULE}/library.sh && not_installed {library} {folder}/library && env -0'
    printed = subprocess.run(["sh", "-ec", script], stdout=subprocess.PIPE, check=True).stdout.decode()
    return dict(entry.split("=", 1) for entry in printed.split("\0") if "=" in entry)


def build(environment: dict[str, str], where: Path, package: str, out: Path) -> None:
    subprocess.run([GO, "build", "-buildvcs=false", "-o", str(out), package], cwd=where, env=environment, check=True, timeout=LIMIT)


def official(environment: dict[str, str], folder: Path) -> Optional[Path]:
    """The program that measures the official client, or None where that is not to be had."""
    copy = folder / "source"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(HERE / "official", copy)

    def go(*arguments: str) -> bool:
        done = subprocess.run([GO, *arguments], cwd=copy, env=environment, capture_output=True, text=True, timeout=LIMIT)
        if done.returncode != 0:
            print(f"go-bench: go {arguments[0]}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return done.returncode == 0

    go("mod", "edit", f"-replace=github.com/captask/captask/bindings/go={MODULE}")
    source = os.environ.get("CAPTASK_OFFICIAL_GO")
    if source:
        there = go("mod", "edit", f"-replace={OFFICIAL}={Path(source).resolve()}")
    else:
        there = go("get", f"{OFFICIAL}@{COMMIT}")
    program = folder / "official"
    return program if there and go("build", "-buildvcs=false", "-o", str(program), ".") else None


def run(program: Path, standin: Path) -> dict[str, Any]:
    with subprocess.Popen([str(standin), str(SOLVE_MS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None and other.stdout is not None
        try:
            url = other.stdout.readline().strip()
            done = subprocess.run(
                [str(program), url, str(COUNT)], stdout=subprocess.PIPE, text=True, check=True, timeout=LIMIT
            )
        finally:
            other.stdin.close()
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The median of each figure."""
    numbers = [name for name, value in runs[0].items() if isinstance(value, (int, float))]
    return {name: round(statistics.median(one[name] for one in runs), 3) for name in numbers}


def table(results: dict[str, Any]) -> str:
    how = (
        f"{COUNT:,} solves at once, one goroutine each, against a sandbox in another process that solves in {SOLVE_MS} ms; "
        f"both clients ask for the first time after a second. "
        f"Medians of {ROUNDS} runs on {results['cores']} cores, {results['go']}, load {results['loadBefore']} before:"
    )
    lines = [
        *textwrap.wrap(how, 120),
        "",
        "| client | solved | seconds | peak memory | threads | longest pause of a timer goroutine |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, figures in results["clients"].items():
        cells = [
            name,
            f"{figures['solved']:.0f}",
            f"{figures['seconds']:.2f}",
            f"{figures['peakMiB']:.0f} MiB",
            f"{figures['threads']:.0f}",
            f"{figures['longestPauseMs']:.0f} ms",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def into_readme(text: str) -> None:
    start, end = "<!-- speed -->\n", "<!-- /speed -->"
    before, rest = README.read_text("utf-8").split(start)
    README.write_text(before + start + text + "\n" + end + rest.split(end)[1], "utf-8")


def main() -> None:
    library, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    if shutil.which(GO) is None:
        print(f"go-bench: skipped: {GO} is missing")
        raise SystemExit(bool(os.environ.get("CI")))
    folder.mkdir(parents=True, exist_ok=True)
    environment = built_against(library, folder)
    build(environment, MODULE, "./internal/standin", folder / "standin")
    build(environment, MODULE, "./internal/bench", folder / "captask")
    programs = {"captask": folder / "captask"}
    other = official(environment, folder)
    if other is None:
        print("go-bench: left out: the official client; CAPTASK_OFFICIAL_GO can name a folder with its source")
    else:
        programs[f"official Go client, commit {COMMIT}"] = other
    load = round(os.getloadavg()[0], 1)
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, program in programs.items():
            runs[name].append(run(program, folder / "standin"))
            print(name, json.dumps(runs[name][-1]), flush=True)
    version = subprocess.run([GO, "version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()[2]
    results = {
        "count": COUNT,
        "rounds": ROUNDS,
        "solveMs": SOLVE_MS,
        "cores": len(os.sched_getaffinity(0)),
        "loadBefore": load,
        "machine": platform.machine(),
        "go": version.replace("go", "Go "),
        "clients": {name: middle(one) for name, one in runs.items()},
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    into_readme(table(results))


main()
