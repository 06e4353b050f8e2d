"""The Python wheel of one platform, around a library that is built."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from build import ROOT
from platforms import Platform


def write(platform: Platform, library: Path, notices: Path, tools: Path, when: int, work: Path, out: Path) -> Path:
    """Builds the wheel in work, and puts it into out."""
    source = work / "source"
    shutil.rmtree(work, ignore_errors=True)
    # A copy is built, so that no leftovers of a build lie in the source tree.
    shutil.copytree(ROOT / "bindings" / "python", source, ignore=shutil.ignore_patterns(
        "build", "*.egg-info", "__pycache__", ".*"))  # fmt: skip
    shutil.copyfile(notices, source / "LICENSE-THIRD-PARTY.txt")
    # The modes of files go into the wheel.
    for path in source.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    environment = {
        **os.environ,
        "CAPTASK_LIBRARY": str(library),
        "CAPTASK_WHEEL_PLATFORM": platform.wheel,
        "SOURCE_DATE_EPOCH": str(when),
    }
    subprocess.run(
        [tools / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel", "--no-deps",
         "--no-build-isolation", "--no-cache-dir", "--wheel-dir", work / "made", source],
        env=environment, check=True, umask=0o022,
    )  # fmt: skip
    (made,) = (work / "made").glob("*.whl")
    return Path(shutil.move(made, out / made.name))
