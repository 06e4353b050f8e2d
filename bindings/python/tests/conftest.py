"""What the tests share. They run against the installed package, never against the source tree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import captask

SOURCE = Path(__file__).resolve().parents[1] / "src"


@pytest.fixture(scope="session", autouse=True)
def installed() -> None:
    place = Path(captask.__file__).resolve()
    assert SOURCE not in place.parents, f"{place} is the source tree: install the wheel and run the tests there"


@pytest.fixture
def task() -> dict[str, Any]:
    return {"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "KEY"}
