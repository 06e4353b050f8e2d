"""The generated modules are what the installed library says, and type checkers understand the package."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loops import wanted

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
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from captask.config import Config
from captask.tasks import AnyTask, TurnstileTask, DatadomeTask

task: TurnstileTask = {"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"}

@dataclass
class Own:
    type: str

def show(event: captask.Event) -> None:
    print(event.task_id)

with captask.Client(endpoint="sandbox:", poll={"firstMs": 5}, timeout=60, on_bought=show) as client:
    token: str = client.solve(task, timeoutMs=1000, extra=1).solution["token"]
    for ticket in captask.as_completed([client.submit(task)]):
        print(ticket.result().task_id)
    text: str = client.solve({"type": "ImageToTextTask", "body": Path("picture.png")}).solution["text"]
    pictures = [b"one", b"two"]
    metadata: str = client.solve(
        {"type": "ComplexImageTask", "class": "recognition", "metadata": {"Task": "shein"}, "imagesBase64": pictures}
    ).solution["metadata"]["AnswerType"]
    deep: str = client.solve(
        {"type": "CustomTask", "class": "Basilisk", "websiteURL": "https://example.com", "websiteKey": "KEY"}
    ).solution["data"]["captcha_response"]
    cookie: str = client.solve(
        {
            "type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY", "userAgent": "A",
            "cloudflareTaskType": "cf_clearance", "htmlPageBase64": "aGk=", "proxyType": "http",
            "proxyAddress": "203.0.113.7", "proxyPort": 8080, "proxyLogin": "a", "proxyPassword": "b",
        }
    ).solution["cf_clearance"]
    loaded: dict[str, Any] = {}
    anything = client.solve(loaded).solution["whatever"]
    adopted = client.solve(captask.Adopt(7)).solution["whatever"]
    own = client.solve(Own("TurnstileTask")).solution["whatever"]
    for answer in client.imap([task, (task, "extra"), loaded], ordered=False, timeout=5):
        print(answer.extra)

def any_of_them(client: captask.Client, one: AnyTask) -> captask.Answer:
    return client.solve(one)

async def run(client: captask.Client) -> captask.Answer:
    return await client.asolve(task)

async def loop() -> None:
    async with captask.AsyncClient(endpoint="sandbox:") as client:
        text: str = (await client.solve({"type": "ImageToTextTask", "body": b"picture"})).solution["text"]
        async for answer in client.imap([task]):
            print(answer.task_id, text)
"""
#: Lines, each with what mypy says, and what pyright says.
BAD = {
    'captask.Client(endpoin="x")': ("Unexpected keyword argument", 'No parameter named "endpoin"'),
    'captask.Client("KEY")': ("incompatible type", '"Never"'),
    "captask.Client(endpoint=5)": ("incompatible type", "cannot be assigned"),
    'client.solve(task, timeoutMs="5")': ("No overload", "No overloads"),
    'client.solve(task).solution["text"]': ('has no key "text"', '"text" is not a defined key'),
    'client.solve({"type": "TurnstileTask", "websiteUrl": "u", "websiteKey": "k"})': ("NotAKnownTask", "NotAKnownTask"),
    'client.solve({"type": "TurnstileTask", "websiteURL": "u"})': ("NotAKnownTask", "NotAKnownTask"),
    'client.solve({"type": "ImageToTextTask", "body": 5})': ("NotAKnownTask", "NotAKnownTask"),
    'other: TurnstileTask = {"type": "TurnstileTask", "websiteURL": "https://example.com"}': (
        "Missing key",
        '"websiteKey" is required',
    ),
}


def mypy(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    wanted("mypy")
    (folder / "program.py").write_text(program, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", ".cache", "program.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def pyright(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    wanted("pyright")
    if shutil.which("node") is None and not os.environ.get("CI"):
        pytest.skip("Node.js is missing, which pyright runs on")
    (folder / "program.py").write_text(program, "utf-8")
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "program.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def lines_of(program: str, said: str) -> dict[int, str]:
    """What a type checker says of each line."""
    found: dict[int, str] = {}
    for line in said.splitlines():
        place = re.match(r".*program\.py:(\d+)(?::\d+)?[: -]+(.*)", line)
        if place is not None:
            number = int(place[1])
        if found or place is not None:
            found[number] = found.get(number, "") + (place[2] if place is not None else line)
    return found


# They take their time on a busy machine.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_type_checker_is_content_with_a_program(checker: Any, tmp_path: Path) -> None:
    done = checker(tmp_path, GOOD)
    assert done.returncode == 0, done.stdout


# They take their time on a busy machine.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_type_checker_finds_mistakes(checker: Any, tmp_path: Path) -> None:
    program = GOOD + "\n".join(BAD)
    said = lines_of(program, checker(tmp_path, program).stdout)
    first = len(GOOD.splitlines()) + 1
    for number, (line, messages) in enumerate(BAD.items(), start=first):
        message = messages[checker is pyright]
        assert message in said.get(number, ""), f"{line} passes\n{said}"
    assert min(said) == first, said


@pytest.mark.timeout(600)
def test_the_installed_package_is_strictly_typed(tmp_path: Path) -> None:
    wanted("mypy")
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
    wanted("vermin")
    vermin = Path(sys.executable).with_name("vermin")
    command = [vermin, "-q", "-t=3.9-", "--no-tips", "--violations", PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
