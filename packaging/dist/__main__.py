"""Builds releases: archives, wheels, SHA256SUMS and its signature. `make dist` calls it.

python3 packaging/dist --out FOLDER --work FOLDER [--key MINISIGN_KEY] [--quick] PLATFORM…

--quick is for tests: larger, slower libraries.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import archives
import stage
import wheel
from build import ROOT, Missing, build, tools
from platforms import PLATFORMS


def main() -> None:
    parser = argparse.ArgumentParser(prog="dist", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--key", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("platforms", nargs="+", metavar="PLATFORM", choices=PLATFORMS)
    asked = parser.parse_args()
    out, work = asked.out.resolve(), asked.work.resolve()
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    when = archives.epoch(ROOT)
    commands = tools(work)
    for name in asked.platforms:
        platform = PLATFORMS[name]
        print(f"== {name}", flush=True)
        built = build(platform, work, commands, quick=asked.quick)
        tree = stage.tree(platform, built, commands, when, work / "trees")
        if platform.windows:
            archive = out / f"{tree.name}.zip"
            archives.zip_tree(tree, archive, when)
        else:
            archive = out / f"{tree.name}.tar.gz"
            archives.tar_gz(tree, archive, when)
        python = wheel.write(
            platform, built / platform.shared, tree / "NOTICES.txt", commands, when, work / "wheel" / name, out
        )
        for path in (archive, python):
            print(f"{path.name}: {path.stat().st_size} bytes", flush=True)
    sums = archives.checksums(out)
    if asked.key:
        archives.sign(sums, asked.key, stage.version())


if __name__ == "__main__":
    try:
        main()
    except Missing as missing:
        sys.exit(f"dist: missing: {missing}")
    except subprocess.CalledProcessError as failed:
        sys.exit(f"dist: {failed}")
