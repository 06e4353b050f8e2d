"""Workers that meet an exception that nobody expects, the first time that they take up a job."""

from __future__ import annotations

import itertools
from typing import Any

from fleet import jobs

from .short_times import app

__all__ = ["app"]

_work, _times = jobs.work, itertools.count()


def _failing(*arguments: Any) -> None:
    if next(_times) == 0:
        raise RuntimeError("of the test")
    _work(*arguments)


jobs.work, jobs.PAUSE_S = _failing, 0.05
