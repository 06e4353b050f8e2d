"""Workers whose visibility timeout is shorter than a job may take, so that the tests need not wait for minutes.

A message may then come while its job is still worked on: both adopt the same task.
"""

from __future__ import annotations

from fleet.settings import Settings

Settings.check_times = lambda self: None  # type: ignore[method-assign]

# Reads the settings.
from fleet.worker import app  # noqa: E402

__all__ = ["app"]
