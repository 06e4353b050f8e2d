"""Events of a client's tasks: bought, tried again, answered.

The library reports the first two in its log alone, whose lines have a ticket's number and not its client. Each client
has one thread in the library from its first ticket on, so a line's thread says whose it is, once that is known.
"""

from __future__ import annotations

import collections
import contextlib
import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional, Union

from . import _library
from ._answer import Answer, loads

_log = logging.getLogger("captask")
_BOUGHT = re.compile(r"ticket (\d+): task (.+) bought")
_REPLIED = re.compile(r"ticket (\d+): HTTP (\d+) from .*")
_BROKEN = re.compile(r".* \((?:nothing was sent|after sending)\)")
# Lines that are kept at most while their client is not known.
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
        # Whether the client has had a ticket, and the thread that the library has for it.
        self.started = False
        self.thread: Optional[int] = None
        self._lines: collections.deque[str] = collections.deque(maxlen=_KEPT)
        self._retries = 0

    def opened(self, handle: int) -> None:
        """Its client is open."""
        self.handle = handle
        _clients[handle] = self
        _watching[:] = [one for one in _clients.values() if one.watches]

    def closed(self) -> None:
        """Its client is closed."""
        with _lock:
            _clients.pop(self.handle, None)
            _watching[:] = [one for one in _clients.values() if one.watches]
            # The system gives the numbers of threads out again: no line may be left for the client that is next.
            known = {one.thread for one in _clients.values()}
            unknown = any(one.started and one.thread is None for one in _clients.values())
            for ident, line in _taken():
                if ident != self.thread and (ident in known or unknown):
                    _lines.append((ident, line))

    def drain(self, extra_of: Callable[[int], Any]) -> None:
        """Calls the handlers for what has happened."""
        if not self.watches:
            return
        _sort()
        reason, ticket = "", None
        while self._lines:
            line = self._lines.popleft()
            bought = _BOUGHT.fullmatch(line)
            if bought is not None:
                number = int(bought[1])
                # One that is answered already, before it was known whose it is, has no use for this.
                with contextlib.suppress(KeyError):
                    self._call(Event("bought", number, _task_id(bought[2]), extra_of(number)))
                continue
            replied = _REPLIED.fullmatch(line)
            if replied is None or int(replied[2]) >= 400:
                reason, ticket = line, int(replied[1]) if replied is not None else None
        if "retry" in self.handlers:
            self._look_for_retries(reason, ticket, extra_of)

    def answered(self, number: int, extra_of: Callable[[int], Any], answer: Answer) -> None:
        """Calls the handlers for what happened until this answer, and for the answer."""
        if self.watches:
            _learn(self, number, answer.task_id)
            self.drain(extra_of)
        if "answer" in self.handlers:
            self._call(Event("answer", number, answer.task_id, _extra(extra_of, number), answer=answer))

    def _look_for_retries(self, reason: str, ticket: Optional[int], extra_of: Callable[[int], Any]) -> None:
        retries = loads(_library.ask("captask_inspect", self.handle)).get("retries", 0)
        if retries > self._retries:
            self._retries = retries
            extra = None if ticket is None else _extra(extra_of, ticket)
            self._call(Event("retry", ticket, extra=extra, reason=reason, retries=retries))

    def _call(self, event: Event) -> None:
        handler = self.handlers.get(event.kind)
        if handler is None:
            return
        try:
            handler(event)
        except Exception:
            _log.exception("on_%s raised", event.kind)


# All open clients of this process, those with events to watch for, and lines that no client is known for.
_clients: dict[int, Events] = {}
_watching: list[Events] = []
_lines: collections.deque[tuple[int, str]] = collections.deque(maxlen=_KEPT)
_lock = threading.RLock()


def wanted() -> bool:
    """Whether lines of the log are wanted."""
    return bool(_watching)


def saw(line: str) -> None:
    """Takes a line of the log, on the thread of the library that wrote it: it is kept, and looked at elsewhere."""
    if _BOUGHT.fullmatch(line) or _REPLIED.fullmatch(line) or _BROKEN.fullmatch(line):
        _lines.append((threading.get_ident(), line))
        for one in tuple(_watching):
            one.wake()


def _sort() -> None:
    """Gives each line to its client."""
    with _lock:
        for ident, line in _taken():
            owner = _owner(ident, line)
            if owner is None:
                _lines.append((ident, line))
            else:
                owner._lines.append(line)


def _taken() -> list[tuple[int, str]]:
    """The lines that are there now, taken out; other threads may add to them meanwhile."""
    return [_lines.popleft() for _ in range(len(_lines))]


def _extra(extra_of: Callable[[int], Any], number: int) -> Any:
    try:
        return extra_of(number)
    except KeyError:
        return None


def _owner(ident: int, line: str) -> Optional[Events]:
    for one in _clients.values():
        if one.thread == ident:
            return one
    unknown = [one for one in _clients.values() if one.started and one.thread is None]
    # Lines of this form come from those threads alone; a broken exchange may be a single call's.
    if len(unknown) == 1 and line.startswith("ticket "):
        unknown[0].thread = ident
        return unknown[0]
    return None


def _learn(client: Events, number: int, task_id: object) -> None:
    """Finds the client's thread by an answer: it has the ticket and the task of a line that is kept."""
    with _lock:
        if client.thread is not None or task_id is None:
            return
        mine = set()
        for ident, line in list(_lines):
            bought = _BOUGHT.fullmatch(line)
            if bought is not None and int(bought[1]) == number and _task_id(bought[2]) == task_id:
                mine.add(ident)
        if len(mine) == 1:
            client.thread = mine.pop()


def _task_id(text: str) -> Any:
    try:
        return loads(text)
    except ValueError:
        return text


def in_child() -> None:
    """A forked child has none of the clients."""
    global _lock
    _lock = threading.RLock()
    _clients.clear()
    _watching.clear()
    _lines.clear()
