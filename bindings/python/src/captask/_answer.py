"""What comes back: a JSON object that is a mapping, and has its members as attributes too."""

from __future__ import annotations

import decimal
import json
import typing
from typing import TYPE_CHECKING, Any, Dict, Generic, Optional, Union, cast

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    S = TypeVar("S", covariant=True, default=Any)
else:
    S = typing.TypeVar("S", covariant=True)


class Answer(Dict[str, Any], Generic[S]):
    """An answer of the service, with what the library adds to it: a dict that does not change.

    ``answer["solution"]["token"]`` and ``answer.solution["token"]`` are the same. Members that this version does not
    know are there as well. ``raw`` is the JSON text as it came, with every digit of its numbers. An integer of more
    digits than Python turns into an int (``sys.get_int_max_str_digits``) is a ``decimal.Decimal`` of the same value.
    """

    __slots__ = ("raw",)

    #: The JSON text as it came.
    raw: str

    def __init__(self, raw: str) -> None:
        super().__init__(loads(raw))
        object.__setattr__(self, "raw", raw)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"this answer has no {name!r}; it has {', '.join(self)}") from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("an answer is read-only")

    def __reduce__(self) -> tuple[type[Answer], tuple[str]]:
        return Answer, (self.raw,)

    def __repr__(self) -> str:
        return f"captask.Answer({super().__repr__()})"

    if not TYPE_CHECKING:

        def _refuse(self, *_, **__):
            raise TypeError("an answer is read-only: change a copy, dict(answer)")

        __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    @property
    def solution(self) -> S:
        """The solution's members, as the service named them; empty when there is none."""
        found: Any = self.get("solution") or {}
        return cast(S, found)

    @property
    def task_id(self) -> Optional[Union[int, str]]:
        """The task's id in the type it came in; None when no task is known."""
        found: Optional[Union[int, str]] = own(self, "taskId")
        return found or None

    @property
    def extra(self) -> Any:
        """What was given as ``extra``; None when nothing was. A member of that name of the service's is not it."""
        return _told(self, "extra")

    @property
    def meta(self) -> dict[str, Any]:
        """How it went: polls, elapsedMs, and more; empty when nothing is known."""
        return _told(self, "meta") or {}


def own(answer: Answer, name: str) -> Any:
    """A member as the library has it, where the service has one of the same name; else what there is."""
    beside = _beside(answer)
    return beside[name] if name in beside else answer.get(name)


def loads(text: str) -> Any:
    """JSON, with integers of any length."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_int=_whole)


def _whole(digits: str) -> Union[int, decimal.Decimal]:
    try:
        return int(digits)
    except ValueError:
        return decimal.Decimal(digits)


def _beside(answer: Answer) -> dict[str, Any]:
    """The library's members whose names the service uses too.

    The library adds something to every answer of a ticket and to every error, always behind the service's members,
    and an object of this kind last of all: so one that stands anywhere else is the service's, whatever its name.
    """
    members: dict[str, Any] = answer
    if "ticket" not in members and members.get("errorId") == 0:
        return {}
    last = next(reversed(members), "")
    if last.rstrip("_") != "captask" or not isinstance(members[last], dict):
        return {}
    found: dict[str, Any] = members[last]
    return found


def _told(answer: Answer, name: str) -> Any:
    """A member of the library's that is not always there. It stands behind the ticket, a service's one before it."""
    beside = _beside(answer)
    if name in beside:
        return beside[name]
    names = list(answer)
    if name in names and "ticket" in names and names.index(name) > names.index("ticket"):
        return answer[name]
    return None
