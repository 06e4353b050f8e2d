"""Requests of solve and submit."""

from __future__ import annotations

import dataclasses
import enum
import json
import keyword
from collections.abc import Mapping
from typing import Any, ClassVar, Dict, Protocol, Tuple, Union

from . import _library
from ._keywords import millis, refuse_aliases
from ._pictures import as_base64
from .config import Options

# Members of the request that stand beside the options.
_BESIDE = ("callbackUrl", "softId")


class Adopt:
    """Stands for a task that was bought before: by another process, or one that timed out here."""

    def __init__(self, task_id: Union[int, str]) -> None:
        self.task_id = task_id

    def __repr__(self) -> str:
        return f"captask.Adopt({self.task_id!r})"


class Dataclass(Protocol):
    """An instance of any dataclass."""

    __dataclass_fields__: ClassVar[Dict[str, Any]]


class Model(Protocol):
    """A model of pydantic."""

    def model_dump(self, *args: Any, **kwargs: Any) -> Dict[str, Any]:
        """Its members."""


class NotAKnownTask:
    """What a type checker names where the members of a task fit none of captask.tasks: one is misspelt or missing.

    A task whose members are not known when the program is written is a ``dict[str, Any]``.
    """


#: A task in the service's words, or one that was bought before.
TaskLike = Union[Mapping[str, Any], Adopt, Dataclass, Model]
#: The same, where a type checker has found none of the known types of tasks.
Untyped = Union[Mapping[str, NotAKnownTask], Adopt, Dataclass, Model]
#: A task of solve_many and imap, alone or with an ``extra`` of its own.
Item = Union[TaskLike, Tuple[TaskLike, object]]


def with_extra(item: Item) -> tuple[TaskLike, object]:
    """A task and its extra."""
    if not isinstance(item, tuple):
        return item, None
    if len(item) != 2:
        raise TypeError(f"a task and its extra are a pair, not {len(item)} values")
    return item


def request(task: TaskLike, extra: object, options: Mapping[str, Any]) -> bytes:
    """The JSON text of a request."""
    refuse_aliases(options, Options.__annotations__)
    within = {name: value for name, value in options.items() if name not in _BESIDE}
    if "timeout" in within:
        seconds = within.pop("timeout")
        if seconds is not None:
            if within.get("timeoutMs") is not None:
                raise TypeError("timeout (seconds) and timeoutMs are the same: give one of them")
            within["timeoutMs"] = millis("timeout", seconds)
    if isinstance(task, Adopt):
        members = [b'"taskId":' + _library.encode(task.task_id)]
    else:
        members = [b'"task":' + _task_text(task)]
    members += [f'"{name}":'.encode() + _library.encode(options[name]) for name in _BESIDE if name in options]
    if within:
        members.append(b'"options":' + _library.encode(within))
    if extra is not None:
        members.append(b'"extra":' + _library.encode(extra))
    return b"{" + b",".join(members) + b"}"


def task_members(task: Mapping[str, Any]) -> Any:
    """A task, for createTask, with its pictures in base64."""
    return json.loads(_task_text(task))


def _task_text(task: object) -> bytes:
    if not isinstance(task, Mapping) and _members(task) is None:
        kind = type(task).__name__
        raise TypeError(
            "a task is a dict, an instance of a dataclass or of a pydantic 2 model, or captask.Adopt(task_id), "
            f"not {kind}"
        )
    return json.dumps(task, allow_nan=False, separators=(",", ":"), default=_in_json).encode("ascii")


def _in_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    members = _members(value)
    if members is not None:
        return members
    if isinstance(value, enum.Enum):
        return value.value
    # Addresses of pydantic.
    address = getattr(value, "unicode_string", None)
    if callable(address) and not isinstance(value, type):
        return address()
    picture = as_base64(value)
    if picture is None:
        # Without the value, which may be a password.
        raise TypeError(f"{type(value).__name__} cannot be written as JSON")
    return picture


def _members(value: object) -> Any:
    """The members of a dataclass or a pydantic model without those that are None; None for anything else.

    A field may end with an underscore where its name is a word of Python: ``class_``.
    """
    if isinstance(value, type):
        return None
    if dataclasses.is_dataclass(value):
        found = {_plain(field.name): getattr(value, field.name) for field in dataclasses.fields(value)}
        return {name: member for name, member in found.items() if member is not None}
    dump = getattr(value, "model_dump", None)
    if not callable(dump):
        return None
    return {_plain(name): member for name, member in dump(by_alias=True, exclude_none=True).items()}


def _plain(name: str) -> str:
    return name[:-1] if name.endswith("_") and keyword.iskeyword(name[:-1]) else name
