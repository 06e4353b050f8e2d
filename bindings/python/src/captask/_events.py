"""Events of a client's tasks: bought, tried again, answered.

The library reports the first two in its log alone, whose lines have a ticket's number and not its client. Each client
has one thread in the library from its first ticket on, and before that thread writes anything of a ticket it writes
which client it serves: so a line's thread says whose it is.
"""

from __future__ import annotations

import collections
import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional, Union

from . import _library
from ._answer import Answer, loads

_log = logging.getLogger("captask")
_SERVED = re.compile(r"client (\d+): served by this thread")
_BOUGHT = re.compile(r"ticket (\d+): bought task (.+)")
_REPLIED = re.compile(r"ticket (\d+): HTTP (\d+) from .*")
_BROKEN = re.compile(r".* \((?:nothing was sent|after sending)\)")
# Lines of a client that are kept at most until its handlers are called.
_KEPT = 10_000

#: The most detailed lines of the log that events need: DEBUG, which has the HTTP status of each reply.
LEVEL = 4


@dataclass(frozen=True)
class Event:
    """What happened to a task."""

    #: ``"bought"``, ``"retry"`` or ``"answer"``.
    kind: str
    #: The ticket's number; None for a connection that could not be made, which many tickets may wait for.
    ticket: Optional[int] = None
    #: The task's id, once it is bought.
    task_id: Optional[Union[int, str]] = None
    #: What was given as ``extra`` with the task.
    extra: Any = None
    #: Of "retry": what went wrong, in the words of the log; empty where it does not say.
    reason: str = ""
    #: Of "retry": how often this client has tried again so far.
    retries: int = 0
    #: Of "answer": the task's answer, also when it is an error's.
    answer: Optional[Answer] = None


Handler = Callable[[Event], object]


class _Task:
    """A ticket that has no answer yet."""

    __slots__ = ("bought", "extra")

    def __init__(self, extra: object, bought: bool) -> None:
        self.extra = extra
        #: Whether nothing of its purchase is to be told: that was done, or it was bought before.
        self.bought = bought


class Events:
    """The events of one client, called on the thread that takes its answers."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.handlers: dict[str, Handler] = {}
        for kind in ("bought", "retry", "answer"):
            handler = config.get(f"on_{kind}")
            if handler is not None and not callable(handler):
                raise TypeError(f"on_{kind}: expected something to call, not {type(handler).__name__}")
            if handler is not None:
                self.handlers[kind] = handler
        self.watches = "bought" in self.handlers or "retry" in self.handlers
        self.handle = 0
        #: Has the thread that takes answers call ``drain``.
        self.wake: Callable[[], object] = int
        #: Whether handlers are called on a thread of ours, which not even SystemExit ends.
        self.own_thread = False
        #: Held from before a ticket is submitted until it is in ``begin``. Reentrant: the garbage collector may close a
        #: client in the middle of anything.
        self.lock = threading.RLock()
        self._tasks: dict[int, _Task] = {}
        self._lines: collections.deque[str] = collections.deque(maxlen=_KEPT)
        self._retries = 0

    def opening(self) -> None:
        """Its client is about to be opened."""
        if self.watches:
            _watching.add(self)

    def opened(self, handle: int) -> None:
        """Its client is open."""
        self.handle = handle
        if self.watches:
            _clients[handle] = self

    def closed(self) -> None:
        """Its client is closed, or was not opened."""
        _watching.discard(self)
        _clients.pop(self.handle, None)

    def begin(self, number: int, extra: object, bought: bool) -> None:
        """A ticket was submitted; ``bought`` when its task was bought before."""
        if self.handlers:
            self._tasks[number] = _Task(extra, bought)

    def saw(self, line: str) -> None:
        """Takes a line of the log about this client, on any thread: it is kept, and looked at elsewhere."""
        if _BOUGHT.fullmatch(line) or _REPLIED.fullmatch(line) or _BROKEN.fullmatch(line):
            self._lines.append(line)
            self.wake()

    def drain(self) -> None:
        """Calls the handlers for what has happened."""
        reason, ticket = "", None
        while self._lines:
            line = self._lines.popleft()
            bought = _BOUGHT.fullmatch(line)
            if bought is not None:
                self._bought(int(bought[1]), _task_id(bought[2]))
                continue
            replied = _REPLIED.fullmatch(line)
            if replied is None or int(replied[2]) >= 400:
                reason, ticket = line, int(replied[1]) if replied is not None else None
        if "retry" in self.handlers:
            self._look_for_retries(reason, ticket)

    def answered(self, number: int, answer: Answer) -> bool:
        """Calls the handlers for what happened until this answer, and for the answer; whether one was told of it."""
        if not self.handlers:
            return False
        self.drain()
        if answer.task_id is not None:
            # The line of a task that is given up in the moment of its purchase may be written after the answer.
            self._bought(number, answer.task_id)
        with self.lock:
            task = self._tasks.pop(number, None)
        extra = answer.extra if task is None else task.extra
        self._call(Event("answer", number, answer.task_id, extra, answer=answer))
        return "answer" in self.handlers

    def _bought(self, number: int, task_id: Union[int, str]) -> None:
        with self.lock:
            task = self._tasks.get(number)
            if task is None or task.bought:
                return
            task.bought = True
        self._call(Event("bought", number, task_id, task.extra))

    def _look_for_retries(self, reason: str, ticket: Optional[int]) -> None:
        retries = loads(_library.ask("captask_inspect", self.handle)).get("retries", 0)
        if retries > self._retries:
            self._retries = retries
            with self.lock:
                task = None if ticket is None else self._tasks.get(ticket)
            extra = None if task is None else task.extra
            self._call(Event("retry", ticket, extra=extra, reason=reason, retries=retries))

    def _call(self, event: Event) -> None:
        handler = self.handlers.get(event.kind)
        if handler is None:
            return
        try:
            handler(event)
        except BaseException as error:
            if not (self.own_thread or isinstance(error, Exception)):
                raise
            _log.exception("on_%s raised", event.kind)


# Clients that watch for events: those that are open by their numbers, and also those about to be opened.
_clients: dict[int, Events] = {}
_watching: set[Events] = set()
# The client that each thread of the library serves. What is said of threads that have ended stays: their numbers are
# given out again, the numbers of clients are not.
_threads: dict[int, int] = {}


def wanted() -> bool:
    """Whether lines of the log are wanted."""
    return bool(_watching)


def saw(line: str) -> None:
    """Takes a line of the log, on the thread of the library that wrote it."""
    ident = threading.get_ident()
    served = _SERVED.fullmatch(line)
    if served is not None:
        _threads[ident] = int(served[1])
        return
    client = _clients.get(_threads.get(ident, 0))
    if client is not None:
        client.saw(line)


def _task_id(text: str) -> Any:
    try:
        return loads(text)
    except ValueError:
        return text


def in_child() -> None:
    """A forked child has none of the clients."""
    _clients.clear()
    _watching.clear()
    _threads.clear()
