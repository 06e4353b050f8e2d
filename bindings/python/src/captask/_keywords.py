"""Keywords of clients and of solve: seconds, and what other libraries call the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Optional, Union

Seconds = Union[float, timedelta]

# Words of other libraries, without underscores.
_ELSEWHERE = {
    "apikey": "clientKey",
    "key": "clientKey",
    "token": "clientKey",
    "url": "endpoint",
    "baseurl": "endpoint",
    "serviceurl": "endpoint",
    "host": "endpoint",
    "timeoutseconds": "timeout",
    "onsubmit": "on_bought",
    "oncreate": "on_bought",
    "oncreated": "on_bought",
    "onresult": "on_answer",
    "onsolved": "on_answer",
    "oncomplete": "on_answer",
}


def number_of(name: str, seconds: Seconds) -> float:
    """Seconds as a number."""
    if isinstance(seconds, timedelta):
        return seconds.total_seconds()
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{name}: expected seconds, a number or a datetime.timedelta, not {type(seconds).__name__}")
    return seconds


def limit(seconds: Optional[Seconds]) -> Optional[float]:
    """The seconds of a wait; None for one without a limit."""
    if seconds is None:
        return None
    number = number_of("timeout", seconds)
    if number != number:
        raise ValueError("timeout: expected seconds, not NaN")
    return number


def millis(name: str, seconds: Seconds) -> int:
    """Seconds as whole milliseconds."""
    seconds = number_of(name, seconds)
    # Also refuses what is not a number.
    if not 0 < seconds <= 2**31 / 1000:
        raise ValueError(f"{name}: {seconds} seconds is out of range: more than 0, and at most {2**31 // 1000}")
    return max(1, round(seconds * 1000))


def refuse_aliases(given: Mapping[str, object], known: Iterable[str]) -> None:
    """Raises TypeError for a keyword that is spelt otherwise here. The library names those that it does not know."""
    known = set(known)
    plain = {name.lower(): name for name in known}
    for name in given:
        if name in known:
            continue
        bare = name.replace("_", "").lower()
        meant = plain.get(bare) or _ELSEWHERE.get(bare)
        if meant in known:
            raise TypeError(f"{name}: the keyword is spelt {meant}")
