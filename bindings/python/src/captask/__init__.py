"""captask: a client of the CapMonster Cloud task API.

It carries tasks to the service and solutions back; it solves nothing itself. It is meant for sites that you own or are
allowed to automate.
"""

from __future__ import annotations

from typing import Optional

from . import _library
from ._answer import Answer
from ._async_client import AsyncClient
from ._client import Client
from ._errors import (
    AddressError,
    AuthError,
    BalanceError,
    CancelledError,
    CaptaskError,
    ClosedError,
    InputError,
    LibraryError,
    NetworkError,
    NotReadyError,
    OutcomeUnknownError,
    ProxyError,
    RateError,
    ServerError,
    TaskError,
    TimedOutError,
    UnsolvableError,
    checked,
)
from ._events import Event
from ._help import keywords
from ._log import log_off, log_to
from ._request import Adopt, TaskLike, request
from ._sandbox import Sandbox
from ._ticket import Ticket, as_completed
from ._typing import Unpack
from .config import Options

#: The version of the library that is loaded.
__version__: str = _library.version()


def describe(topic: Optional[str] = None) -> Answer:
    """What the library knows of the service and of itself; None for the table of contents."""
    return checked(_library.ask("captask_describe", None if topic is None else _library.text(topic, "topic")))


@keywords(Options.__annotations__)
def check(task: TaskLike, *, extra: object = None, **options: Unpack[Options]) -> Answer:
    """Whether ``solve`` would take this, without sending it; raises InputError with ``problems`` when not."""
    return checked(_library.ask("captask_check", request(task, extra, options)))


__all__ = [
    "AddressError",
    "Adopt",
    "Answer",
    "AsyncClient",
    "AuthError",
    "BalanceError",
    "CancelledError",
    "CaptaskError",
    "Client",
    "ClosedError",
    "Event",
    "InputError",
    "LibraryError",
    "NetworkError",
    "NotReadyError",
    "OutcomeUnknownError",
    "ProxyError",
    "RateError",
    "Sandbox",
    "ServerError",
    "TaskError",
    "TaskLike",
    "Ticket",
    "TimedOutError",
    "UnsolvableError",
    "__version__",
    "as_completed",
    "check",
    "describe",
    "log_off",
    "log_to",
]
