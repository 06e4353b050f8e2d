"""Requests of solve and submit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Tuple, Union

from . import _library

# Members of the request that stand beside the options.
_BESIDE = ("callbackUrl", "softId")


class Adopt:
    """Stands for a task that was bought before: by another process, or one that timed out here."""

    def __init__(self, task_id: Union[int, str]) -> None:
        self.task_id = task_id

    def __repr__(self) -> str:
        return f"captask.Adopt({self.task_id!r})"


#: A task in the service's words, or one that was bought before.
TaskLike = Union[Mapping[str, Any], Adopt]
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
    members: dict[str, object] = {"taskId": task.task_id} if isinstance(task, Adopt) else {"task": task}
    within = {name: value for name, value in options.items() if name not in _BESIDE}
    members.update((name, options[name]) for name in _BESIDE if name in options)
    if within:
        members["options"] = within
    if extra is not None:
        members["extra"] = extra
    return _library.encode(members)
