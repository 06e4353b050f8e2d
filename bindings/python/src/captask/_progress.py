"""The progress bar: tqdm's where that is installed, else a plain line on standard error."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import Callable, Optional

# Seconds between two lines.
_PAUSE_TERMINAL = 0.1
_PAUSE_FILE = 10.0


def bar(stack: ExitStack, total: Optional[int]) -> Callable[[], None]:
    """Shows progress until the stack ends; call what comes back for each task that has ended."""
    try:
        from tqdm.auto import tqdm
    except ImportError:
        plain = _Plain(total)
        stack.callback(plain.close)
        return plain.step
    shown = stack.enter_context(tqdm(total=total, unit="task"))

    def step() -> None:
        shown.update(1)

    return step


class _Plain:
    """One line that is written over on a terminal; elsewhere a new line now and then."""

    def __init__(self, total: Optional[int]) -> None:
        self._total = total
        self._done = 0
        # Without a console (pythonw) there is none.
        self._out = sys.stderr
        self._terminal = self._out is not None and self._out.isatty()
        self._begun = self._shown = time.monotonic()
        self._written = -1

    def step(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._shown >= (_PAUSE_TERMINAL if self._terminal else _PAUSE_FILE):
            self._shown = now
            self._write()

    def close(self) -> None:
        if self._written != self._done:
            self._write()
        if self._terminal:
            print(file=self._out, flush=True)

    def _write(self) -> None:
        if self._out is None:
            return
        self._written = self._done
        seconds = time.monotonic() - self._begun
        total = "" if self._total is None else f" of {self._total}"
        rate = f", {self._done / seconds:.1f} a second" if seconds > 0 else ""
        text = f"{self._done}{total} tasks in {seconds:.0f} s{rate}"
        if self._terminal:
            print(f"\r{text:<60}", end="", file=self._out, flush=True)
        else:
            print(text, file=self._out, flush=True)
