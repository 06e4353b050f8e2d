"""The event loops that the tests of AsyncClient run in."""

from __future__ import annotations

import asyncio
import gc
import os
import warnings
from collections.abc import Coroutine
from typing import Any, Callable

import pytest

Program = Callable[[], Coroutine[Any, Any, Any]]


def collect() -> None:
    """Has the garbage collector take what is held no more: CPython has most of it, PyPy takes several rounds."""
    for _ in range(3):
        gc.collect()


def warnings_of(release: Callable[[], object]) -> list[type[Warning]]:
    """What is warned of when what ``release`` lets go of is collected, and nothing that earlier tests let go of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        release()
        collect()
    return [warning.category for warning in caught]


class Readerless(asyncio.SelectorEventLoop):
    """A loop like Windows' Proactor loop: it watches no descriptors for others."""

    def add_reader(self, *_: Any) -> Any:
        raise NotImplementedError

    def remove_reader(self, *_: Any) -> Any:
        raise NotImplementedError


def wanted(module: str) -> Any:
    """A module that a test needs; the test is skipped without it, or fails where nothing may be skipped."""
    if os.environ.get("CI"):
        return __import__(module)
    return pytest.importorskip(module)


def _own(loop: asyncio.AbstractEventLoop, program: Program) -> Any:
    try:
        return loop.run_until_complete(program())
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


RUNNERS: dict[str, Callable[[Program], Any]] = {
    "asyncio": lambda program: asyncio.run(program()),
    "uvloop": lambda program: _own(wanted("uvloop").new_event_loop(), program),
    "trio": lambda program: wanted("trio").run(program),
    "anyio-asyncio": lambda program: wanted("anyio").run(program, backend="asyncio"),
    "anyio-trio": lambda program: (wanted("trio"), wanted("anyio").run(program, backend="trio"))[1],
    "readerless": lambda program: _own(Readerless(), program),
}


async def together(*programs: Program) -> list[Any]:
    """Runs coroutines at the same time, in asyncio or trio; what each returned."""
    try:
        asyncio.get_running_loop()
        return list(await asyncio.gather(*(program() for program in programs)))
    except RuntimeError:
        import trio

        results: dict[int, Any] = {}

        async def run(number: int, program: Program) -> None:
            results[number] = await program()

        async with trio.open_nursery() as nursery:
            for number, program in enumerate(programs):
                nursery.start_soon(run, number, program)
        return [results[number] for number in range(len(programs))]


async def cancelled_after(program: Program, started: Callable[[], bool]) -> BaseException:
    """Runs a coroutine, cancels it once something is so, and returns what it ended with."""
    seen: list[BaseException] = []

    async def run() -> None:
        try:
            await program()
        except BaseException as error:
            seen.append(error)
            raise

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        import trio

        async with trio.open_nursery() as nursery:
            nursery.start_soon(run)
            while not started():
                await trio.lowlevel.checkpoint()
            nursery.cancel_scope.cancel()
        return seen[0]
    task = asyncio.ensure_future(run())
    while not started():
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return seen[0]


@pytest.fixture(params=list(RUNNERS))
def run(request: pytest.FixtureRequest) -> Callable[[Program], Any]:
    """Runs a coroutine function in each of the loops."""
    return RUNNERS[request.param]
