"""One exception class for each class of errors that the catalogue knows, chosen by the error's code."""

from __future__ import annotations

import concurrent.futures
import functools
import json
import re
from typing import Any, Optional, Union

from . import _library
from ._answer import Answer, own
from ._unreadable import read

#: What a client that is closed answers.
CLOSED = (
    '{"errorId":1,"errorCode":"CAPTASK_CLOSED","errorDescription":"the client was closed: open another one",'
    '"retryable":false,"retryScope":null}'
)

#: What is said to who receives from a client that can have nothing to receive.
NO_JOURNAL = (
    "receive gives answers that a journal brought back after a crash, and this client was opened without one: the "
    "answer of a ticket is its result()"
)


class CaptaskError(Exception):
    """Anything that captask or the service refuses. Every other exception here is a kind of it."""

    #: The error's JSON object.
    answer: Answer

    def __init__(self, answer: Union[Answer, str]) -> None:
        self.answer = answer if isinstance(answer, Answer) else read(answer)
        super().__init__(self.answer.raw)

    def __str__(self) -> str:
        task = "" if self.task_id is None else f" (taskId {self.task_id})"
        return f"{self.code}: {self.description}{task}"

    @property
    def raw(self) -> str:
        """The error's JSON text as it came."""
        return self.answer.raw

    @property
    def code(self) -> str:
        """The service's ``errorCode`` as it is, or one of the library's own, which begin with CAPTASK_."""
        return str(self.answer.get("errorCode") or "")

    @property
    def description(self) -> str:
        """What happened, and what to do."""
        return str(self.answer.get("errorDescription") or "")

    @property
    def task_id(self) -> Optional[Union[int, str]]:
        """The task that was bought, when one is known: ``client.solve(captask.Adopt(task_id))`` takes it up again."""
        return self.answer.task_id

    @property
    def retryable(self) -> bool:
        """Whether a repetition may help; ``retry_scope`` says of what."""
        return bool(own(self.answer, "retryable"))

    @property
    def retry_scope(self) -> Optional[str]:
        """``"same_request"``, ``"new_task"`` or None."""
        scope = own(self.answer, "retryScope")
        return scope if isinstance(scope, str) else None

    @property
    def retry_after(self) -> Optional[float]:
        """Seconds to wait before a repetition, where known."""
        millis = own(self.answer, "retryAfterMs")
        return float(millis) / 1000 if isinstance(millis, (int, float)) else None

    @property
    def extra(self) -> Any:
        """What was given as ``extra`` with the task."""
        return self.answer.extra


class AuthError(CaptaskError):
    """The key is wrong."""


class BalanceError(CaptaskError):
    """The account has no money left."""


class AddressError(CaptaskError):
    """The caller's address is not allowed, banned or blocked."""


class RateError(CaptaskError):
    """Too many requests, or held back by the client's own guard."""


class InputError(CaptaskError, ValueError):
    """The task, the request or the configuration is not as it has to be. ``problems`` has each of them."""

    @property
    def problems(self) -> list[dict[str, Any]]:
        """``pointer``, ``problem`` and ``hint`` of each problem; empty when the service found it."""
        problems = self.answer.get("problems")
        return problems if isinstance(problems, list) else []


class TaskError(CaptaskError):
    """The task does not exist (any more), or its type is not supported."""


class UnsolvableError(CaptaskError):
    """No solution was found; a new task may have one."""


class NotReadyError(CaptaskError):
    """Still being solved."""


class ServerError(CaptaskError):
    """The service cannot work now."""


class ProxyError(CaptaskError):
    """The task's proxy is missing, refuses or is banned."""


class TimedOutError(CaptaskError, TimeoutError):
    """A deadline passed. With a ``task_id`` the task is paid for and can be adopted."""


class NetworkError(CaptaskError, ConnectionError):
    """The service cannot be reached, or what came back is not its answer, or is none that Python can read.

    Of the last kind ``error.answer["text"]`` is the whole of it.
    """


class OutcomeUnknownError(NetworkError):
    """createTask was sent and no answer came: a task may have been bought."""


class ClosedError(CaptaskError):
    """The client was stopped or closed, or belongs to the process that this one was forked from."""


class CancelledError(CaptaskError, concurrent.futures.CancelledError):
    """The ticket was cancelled. With a ``task_id`` the task is paid for all the same."""


class LibraryError(CaptaskError):
    """A fault of captask itself, or a part that was left out when it was built."""


_BY_CLASS: dict[str, type[CaptaskError]] = {
    "auth": AuthError,
    "balance": BalanceError,
    "ip": AddressError,
    "rate": RateError,
    "input": InputError,
    "task": TaskError,
    "unsolvable": UnsolvableError,
    "not_ready": NotReadyError,
    "server": ServerError,
    "timeout": TimedOutError,
    "proxy": ProxyError,
}

_BY_CODE: dict[str, type[CaptaskError]] = {
    "CAPTASK_INVALID_ARGUMENT": InputError,
    "CAPTASK_INVALID_JSON": InputError,
    "CAPTASK_INVALID_CONFIG": InputError,
    "CAPTASK_INVALID_REQUEST": InputError,
    "CAPTASK_INVALID_TASK": InputError,
    "CAPTASK_UNKNOWN_TOPIC": InputError,
    "CAPTASK_UNKNOWN_HANDLE": ClosedError,
    "CAPTASK_UNKNOWN_TICKET": ClosedError,
    "CAPTASK_FORKED": ClosedError,
    "CAPTASK_CLOSED": ClosedError,
    "CAPTASK_CANCELLED": CancelledError,
    "CAPTASK_QUEUE_FULL": RateError,
    "CAPTASK_GUARD": RateError,
    "CAPTASK_TIMEOUT": TimedOutError,
    "CAPTASK_NOT_SENT": NetworkError,
    "CAPTASK_CONNECT": NetworkError,
    "CAPTASK_TLS": NetworkError,
    "CAPTASK_NETWORK": NetworkError,
    "CAPTASK_BAD_RESPONSE": NetworkError,
    "CAPTASK_OUTCOME_UNKNOWN": OutcomeUnknownError,
    "CAPTASK_NOT_BUILT": LibraryError,
    "CAPTASK_PANIC": LibraryError,
}


def class_of(code: str) -> type[CaptaskError]:
    """The exception class of an error code; CaptaskError itself for a code that is not known."""
    # Whatever is not like a code is in no catalogue, and need not be remembered.
    return _class_of(code) if _CODE.fullmatch(code) else CaptaskError


_CODE = re.compile(r"[A-Za-z0-9_.-]{1,100}")


@functools.lru_cache(maxsize=256)
def _class_of(code: str) -> type[CaptaskError]:
    known = _BY_CODE.get(code)
    if known is not None:
        return known
    # The library's catalogue knows the service's codes, also those that are younger than this file.
    told = json.loads(_library.ask("captask_describe", f"error/{code}".encode()))
    return _BY_CLASS.get(told.get("class", ""), CaptaskError)


def error_from(answer: Union[Answer, str]) -> CaptaskError:
    """The exception for an error's JSON."""
    if not isinstance(answer, Answer):
        answer = read(answer)
    code = answer.get("errorCode")
    return class_of(code if isinstance(code, str) else "")(answer)


def checked(answer: Union[Answer, str]) -> Answer:
    """The answer, or its exception when ``errorId`` is not 0."""
    if not isinstance(answer, Answer):
        answer = read(answer)
    if answer.get("errorId") != 0:
        raise error_from(answer)
    return answer
