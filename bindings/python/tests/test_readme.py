"""The programs of README.md run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def run(program: str, folder: Path) -> str:
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_program(tmp_path: Path) -> None:
    assert run(PROGRAMS[0], tmp_path).startswith("sandbox-token 7654321")


def test_the_program_of_an_event_loop(tmp_path: Path) -> None:
    lines = run(PROGRAMS[1], tmp_path).splitlines()
    assert float(lines[0]) > 0 and lines[1:] == ["sandbox-token"] * 3


def test_the_test_with_the_fixtures(tmp_path: Path) -> None:
    test = """
def my_login(client):
    task = {"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"}
    return client.solve(task, firstPollMs=20).solution["token"]
"""
    (tmp_path / "test_it.py").write_text(PROGRAMS[2] + test, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr
