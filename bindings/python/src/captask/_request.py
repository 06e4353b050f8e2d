"""Requests of solve and submit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Union

from . import _library

# Members of the request that stand beside the options.
_BESIDE = ("callbackUrl", "softId")


class Adopt:
    """Stands for a task that was bought before: by another process, or one that timed out here."""

    def __init__(self, task_id: Union[int, str]) -> None:
        self.task_id = task_id

    def __repr__(self) -> str:
        return f"captask.Adopt({self.task_id!r})"


TaskLike = Union[Mapping[str, object], Adopt]


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
