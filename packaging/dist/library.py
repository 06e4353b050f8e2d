"""Builds the libraries of one platform, and copies them to a folder.

python3 packaging/dist/library.py --work FOLDER --to FOLDER [--feature NAME] [--quick] PLATFORM
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from build import Missing, build, tools
from platforms import PLATFORMS


def main() -> None:
    parser = argparse.ArgumentParser(prog="library", description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--feature", action="append", default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("platform", metavar="PLATFORM", choices=PLATFORMS)
    asked = parser.parse_args()
    platform, work = PLATFORMS[asked.platform], asked.work.resolve()
    # MinGW links alone.
    commands = Path("/usr/bin") if platform.windows else tools(work)
    built = build(platform, work, commands, tuple(asked.feature), asked.quick)
    asked.to.mkdir(parents=True, exist_ok=True)
    for name in (platform.shared, "libcaptask.a", *(["libcaptask.dll.a"] if platform.windows else [])):
        shutil.copy(built / name, asked.to / name)


if __name__ == "__main__":
    try:
        main()
    except Missing as missing:
        # For callers that skip what cannot be built.
        print(missing, file=sys.stderr)
        sys.exit(77)
    except subprocess.CalledProcessError as failed:
        sys.exit(f"library: {failed}")
