"""The event loops that captask works in: asyncio's (uvloop's too), and trio's. anyio runs on either."""

from __future__ import annotations

import asyncio
import contextlib
import select
import sys
import threading
import warnings
from typing import Any, Callable, Optional, Protocol

# Seconds between two looks of the thread that stands in for a loop without readers.
_SLICE = 0.2


class Event(Protocol):
    """Something that happens once. It is set on the loop's own thread."""

    def set(self) -> None:
        """It has happened."""

    async def wait(self) -> None:
        """Until it has happened."""


class Loop(Protocol):
    """One running event loop."""

    def is_current(self) -> bool:
        """Whether the caller runs in this loop."""

    def is_over(self) -> bool:
        """Whether nothing runs in it any more."""

    def event(self) -> Event:
        """A new event."""

    def soon(self, call: Callable[[], object]) -> None:
        """Has the loop make a call; from any thread. A loop that is over makes none."""

    def watch(self, fd: int, ready: Callable[[], object]) -> None:
        """Calls ``ready`` while the descriptor is readable, until ``unwatch``."""

    def unwatch(self) -> None:
        """Ends ``watch``. Without one it does nothing."""

    async def pause(self) -> None:
        """Lets others run."""

    async def wait(self, event: Event, seconds: float, shield: bool = False) -> None:
        """Waits for an event, at most so long; with ``shield`` though the caller was cancelled before."""


class _AsyncioEvent:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.future: asyncio.Future[None] = loop.create_future()

    def set(self) -> None:
        # A loop that was closed wakes no task.
        with contextlib.suppress(RuntimeError):
            if not self.future.done():
                self.future.set_result(None)

    async def wait(self) -> None:
        await self.future


class _AsyncioLoop:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._fd: Optional[int] = None
        self._thread: Optional[_Watcher] = None

    def is_current(self) -> bool:
        return asyncio._get_running_loop() is self._loop

    def is_over(self) -> bool:
        return self._loop.is_closed()

    def event(self) -> Event:
        return _AsyncioEvent(self._loop)

    def soon(self, call: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call)

    def watch(self, fd: int, ready: Callable[[], object]) -> None:
        try:
            self._loop.add_reader(fd, ready)
            self._fd = fd
        except NotImplementedError:
            # Windows' Proactor loop.
            self._thread = _Watcher(self, fd, ready)

    def unwatch(self) -> None:
        if self._fd is not None:
            with contextlib.suppress(RuntimeError, ValueError, OSError):
                self._loop.remove_reader(self._fd)
        if self._thread is not None:
            self._thread.stop()
        self._fd = self._thread = None

    async def pause(self) -> None:
        await asyncio.sleep(0)

    async def wait(self, event: Event, seconds: float, shield: bool = False) -> None:
        assert isinstance(event, _AsyncioEvent)
        await asyncio.wait([event.future], timeout=seconds)


class _Watcher:
    """Watches a descriptor on a thread, for a loop that cannot."""

    def __init__(self, loop: Loop, fd: int, ready: Callable[[], object]) -> None:
        self._loop, self._fd, self._ready = loop, fd, ready
        self._stopped = False
        self._taken = threading.Event()
        threading.Thread(target=self._run, name="captask-watch", daemon=True).start()

    def stop(self) -> None:
        self._stopped = True
        self._taken.set()

    def _run(self) -> None:
        # The client may be closed in the meantime, and its descriptor with it.
        with contextlib.suppress(OSError, ValueError):
            while not self._stopped and not self._loop.is_over():
                if select.select([self._fd], [], [], _SLICE)[0] and not self._stopped:
                    self._taken.clear()
                    self._loop.soon(self._take)
                    self._taken.wait(_SLICE)

    def _take(self) -> None:
        if not self._stopped:
            self._ready()
        self._taken.set()


class _TrioLoop:
    def __init__(self, trio: Any) -> None:
        self._trio = trio
        self._token = trio.lowlevel.current_trio_token()
        self._watched: Optional[tuple[int, Callable[[], object]]] = None
        self._running = False
        self._scope: Any = None

    def is_current(self) -> bool:
        return _trio() is not None and self._trio.lowlevel.current_trio_token() is self._token

    def is_over(self) -> bool:
        try:
            self._token.run_sync_soon(int)
        except self._trio.RunFinishedError:
            return True
        return False

    def event(self) -> Event:
        event: Event = self._trio.Event()
        return event

    def soon(self, call: Callable[[], object]) -> None:
        with contextlib.suppress(self._trio.RunFinishedError):
            self._token.run_sync_soon(call)

    def watch(self, fd: int, ready: Callable[[], object]) -> None:
        self._watched = (fd, ready)
        if not self._running:
            self._running = True
            self._trio.lowlevel.spawn_system_task(self._run, name="captask")

    def unwatch(self) -> None:
        self._watched = None
        if self._scope is not None:
            # From another thread only when the client was thrown away, and the loop is over then.
            with contextlib.suppress(RuntimeError):
                self._scope.cancel()

    async def _run(self) -> None:
        try:
            while self._watched is not None:
                fd, ready = self._watched
                with self._trio.CancelScope() as self._scope:
                    await self._trio.lowlevel.wait_readable(fd)
                    if self._watched is not None:
                        ready()
        finally:
            self._running = False
            self._scope = None

    async def pause(self) -> None:
        await self._trio.lowlevel.checkpoint()

    async def wait(self, event: Event, seconds: float, shield: bool = False) -> None:
        with self._trio.move_on_after(seconds, shield=shield):
            await event.wait()


def _trio() -> Any:
    """The module trio, where the caller runs in one of its tasks."""
    trio = sys.modules.get("trio")
    if trio is None:
        return None
    try:
        trio.lowlevel.current_task()
    except (RuntimeError, AttributeError):
        return None
    return trio


def current() -> Loop:
    """The loop that the caller runs in; RuntimeError when it is none that is known here."""
    trio = _trio()
    if trio is not None:
        return _TrioLoop(trio)
    loop = asyncio._get_running_loop()
    if loop is None:
        raise RuntimeError(
            "no running event loop: await this inside asyncio (uvloop too), trio or anyio; nothing was sent"
        )
    return _AsyncioLoop(loop)


def warn_of_blocking(what: str, stacklevel: int) -> None:
    """Warns when the caller, who is about to block, runs in an event loop that would stand still."""
    if asyncio._get_running_loop() is not None or _trio() is not None:
        text = f"{what} blocks the event loop that it is called in: await the same method of captask.AsyncClient"
        warnings.warn(text, RuntimeWarning, stacklevel=stacklevel + 1)
