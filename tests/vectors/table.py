"""Holds the results of the vectors' runners against each other, and writes or checks docs/vectors.md.

Usage: table.py VECTORS WORK PAGE. The results are in WORK/results and WORK/must-fail; README.md has their form.
CAPTASK_GENERATE in the environment has the page written.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

# Columns in this order; other languages follow by name.
FIRST = ["C", "C++", "Python"]


def groups(folder: Path) -> list[dict]:
    files = sorted(path for path in folder.glob("*.json") if path.name != "schema.json")
    return [json.loads(path.read_text("utf-8")) for path in files]


def names(folder: Path) -> list[str]:
    return [vector["name"] for group in groups(folder) for vector in group["vectors"]]


def results(folder: Path) -> dict[str, dict[str, str]]:
    reports = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return {report["language"]: report["results"] for report in reports}


def wrong(language: str, found: dict[str, str], wanted: list[str], passes: bool) -> list[str]:
    """What is not as it has to be in one language's results."""
    missing = [f"{language} did not run {name}" for name in wanted if name not in found]
    unknown = [f"{language} ran {name}, which is not among the vectors" for name in found if name not in wanted]
    if passes:
        return missing + unknown + [f"{language}: {name}: {why}" for name, why in found.items() if why != "ok"]
    return missing + unknown + [f"{language} passed {name}, which has to fail" for name, why in found.items() if why == "ok"]


def ordered(languages: set[str]) -> list[str]:
    return sorted(languages, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))


def columns(page: str) -> list[str]:
    """The languages of a page."""
    heads = [line for line in page.splitlines() if line.startswith("| vector |")]
    return [cell.strip() for cell in heads[0].split("|")[3:-1]] if heads else []


def page(folder: Path, languages: list[str]) -> str:
    found = groups(folder)
    count = sum(len(group["vectors"]) for group in found)
    lines = [
        "# The shared vectors",
        "",
        f"{count} vectors, which every binding runs. They are in [tests/vectors](../tests/vectors/README.md).",
        "`make vectors-test` runs them, and fails if this page is stale. `CAPTASK_GENERATE=1 make vectors-test` writes it.",
    ]
    for group in found:
        lines += ["", f"## {group['group']}", "", group["about"], ""]
        lines += [f"| vector | what holds | {' | '.join(languages)} |", f"| --- | --- |{' --- |' * len(languages)}"]
        for vector in group["vectors"]:
            lines.append(f"| `{vector['name']}` | {vector['shows']} |{' yes |' * len(languages)}")
    return "\n".join(lines) + "\n"


def main() -> int:
    folder, work, path = map(Path, sys.argv[1:4])
    ran, failing = results(work / "results"), results(work / "must-fail")
    problems = []
    for language, found in ran.items():
        problems += wrong(language, found, names(folder), True)
        problems += wrong(language, failing.get(language, {}), names(folder / "must-fail"), False)
    committed = path.read_text("utf-8") if path.exists() else ""
    absent = [language for language in columns(committed) if language not in ran]
    if os.environ.get("CI"):
        problems += [f"{language} is in {path.name} and did not run" for language in absent]
    elif absent:
        print(f"vectors-test: not run here: {', '.join(absent)}")
    fresh = page(folder, ordered({*ran, *absent}))
    if not problems and os.environ.get("CAPTASK_GENERATE"):
        path.write_text(fresh, "utf-8")
    elif fresh != committed:
        problems.append(f"{path.name} is stale: CAPTASK_GENERATE=1 make vectors-test writes it")
    for problem in problems:
        print(f"vectors-test: {problem}", file=sys.stderr)
    if not problems:
        print(f"vectors-test: {len(names(folder))} vectors hold in {', '.join(ordered(set(ran)))}")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
