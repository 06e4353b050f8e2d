"""The generated modules are what the installed library says, and type checkers understand the package."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import captask

PYTHON = Path(__file__).resolve().parents[1]
PACKAGE = Path(captask.__file__).parent


def test_the_generated_modules_are_what_the_installed_library_says() -> None:
    from captask._library import _find

    made = subprocess.run([sys.executable, PYTHON / "generate.py", _find()], check=True, capture_output=True)
    files = json.loads(made.stdout)
    assert files
    for name, text in files.items():
        assert (PACKAGE / name).read_text("utf-8") == text, f"{name} is stale: run make generate and commit it"


def test_the_generated_modules_are_sound() -> None:
    import captask.config
    import captask.tasks

    assert captask.tasks.TurnstileTask.__required_keys__ >= {"type", "websiteURL", "websiteKey"}
    assert "class" in captask.tasks.AlibabaTask.__annotations__
    assert captask.config.Config.__required_keys__ == frozenset()


GOOD = """
import captask
from captask.config import Config
from captask.tasks import AnyTask, TurnstileTask, DatadomeTask

task: TurnstileTask = {"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"}
with captask.Client(endpoint="sandbox:", poll={"firstMs": 5}) as client:
    token: str = client.solve(task, timeoutMs=1000, extra=1).solution["token"]
    for ticket in captask.as_completed([client.submit(task)]):
        print(ticket.result().task_id)

async def run(client: captask.Client) -> captask.Answer:
    return await client.asolve(task)
"""
BAD = {
    'captask.Client(endpoin="x")': "Unexpected keyword argument",
    "captask.Client(endpoint=5)": "incompatible type",
    'client.solve(task, timeoutMs="5")': "incompatible type",
    'other: TurnstileTask = {"type": "TurnstileTask", "websiteURL": "https://example.com"}': "Missing key",
}


def mypy(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("mypy")
    (folder / "program.py").write_text(program, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", ".cache", "program.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_mypy_is_content_with_a_program(tmp_path: Path) -> None:
    done = mypy(tmp_path, GOOD)
    assert done.returncode == 0, done.stdout


def test_mypy_finds_mistakes(tmp_path: Path) -> None:
    done = mypy(tmp_path, GOOD + "\n".join(BAD))
    for line, message in BAD.items():
        assert message in done.stdout, f"{line} passes\n{done.stdout}"


def test_the_installed_package_is_strictly_typed(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "-p", "captask"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def imports(path: Path) -> Iterator[str]:
    """The modules of the package that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [name.name for name in node.names]


def test_no_import_runs_in_a_circle() -> None:
    left = {path.stem: set(imports(path)) for path in PACKAGE.glob("*.py") if path.stem not in ("__init__", "__main__")}
    assert len(left) > 10 and "_library" in left["_client"]
    while True:
        free = {name for name, needs in left.items() if not needs & left.keys()}
        if not free:
            break
        left = {name: needs for name, needs in left.items() if name not in free}
    assert not left, f"these import each other: {left}"


def test_the_package_asks_for_no_more_than_python_3_9() -> None:
    pytest.importorskip("vermin")
    vermin = Path(sys.executable).with_name("vermin")
    command = [vermin, "-q", "-t=3.9-", "--no-tips", "--violations", PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
