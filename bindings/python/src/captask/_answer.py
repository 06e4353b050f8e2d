"""What comes back: a JSON object that is a mapping, and has its members as attributes too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Optional, Union


class Answer(Mapping[str, Any]):
    """An answer of the service, with what the library adds to it.

    ``answer["solution"]["token"]`` and ``answer.solution["token"]`` are the same. Members that this version does not
    know are there as well. ``raw`` is the JSON text as it came, with every digit of its numbers.
    """

    __slots__ = ("_members", "raw")

    _members: dict[str, Any]
    #: The JSON text as it came.
    raw: str

    def __init__(self, raw: str) -> None:
        object.__setattr__(self, "raw", raw)
        object.__setattr__(self, "_members", json.loads(raw))

    def __getitem__(self, name: str) -> Any:
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._members[name]
        except KeyError:
            raise AttributeError(f"this answer has no {name!r}; it has {', '.join(self._members)}") from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("answers do not change")

    def __reduce__(self) -> tuple[type[Answer], tuple[str]]:
        return Answer, (self.raw,)

    def __repr__(self) -> str:
        return f"captask.Answer({self._members!r})"

    @property
    def solution(self) -> dict[str, Any]:
        """The solution's members, as the service named them; empty when there is none."""
        return self._members.get("solution") or {}

    @property
    def task_id(self) -> Optional[Union[int, str]]:
        """The task's id in the type it came in; None when no task is known."""
        found: Optional[Union[int, str]] = self._members.get("taskId")
        return found or None

    @property
    def extra(self) -> Any:
        """What was given as ``extra``; None when nothing was."""
        return self._members.get("extra")

    @property
    def meta(self) -> dict[str, Any]:
        """How it went: polls, elapsedMs, and more; empty when nothing is told."""
        return self._members.get("meta") or {}
