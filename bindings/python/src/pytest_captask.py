"""Fixtures for the tests of programs that use captask; pytest finds them when captask is installed.

A module of its own, since pytest loads it in every project of the environment: the library comes with the fixtures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from captask import Client, Sandbox


def pytest_configure(config: pytest.Config) -> None:
    """Declares the mark."""
    config.addinivalue_line("markers", "captask_sandbox(**config): configuration of the fixture captask_sandbox")


@pytest.fixture
def captask_sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A captask.Sandbox of the test's own; ``@pytest.mark.captask_sandbox(solveMs=0)`` configures it."""
    from captask import Sandbox

    mark = request.node.get_closest_marker("captask_sandbox")
    with Sandbox(**(mark.kwargs if mark else {})) as sandbox:
        yield sandbox


@pytest.fixture
def captask_client(captask_sandbox: Sandbox) -> Iterator[Client]:
    """A captask.Client of the fixture captask_sandbox."""
    with captask_sandbox.client() as client:
        yield client
