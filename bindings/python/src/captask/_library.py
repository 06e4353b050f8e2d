"""Loads the shared library and declares its functions. Everything else here speaks Python."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

_NAMES = {"win32": "captask.dll", "cygwin": "captask.dll", "darwin": "libcaptask.dylib"}

#: void (*)(int32_t level, const char *line, void *user)
LogSink = ctypes.CFUNCTYPE(None, ctypes.c_int32, ctypes.c_char_p, ctypes.c_void_p)

# Text that is returned belongs to us: c_void_p keeps the pointer that captask_free needs, c_char_p would lose it.
_OWNED = ctypes.c_void_p
_TEXT = ctypes.c_char_p
_ERROR = ctypes.POINTER(ctypes.c_void_p)
_HANDLE = ctypes.c_int32
_TICKET = ctypes.c_int64
_MILLIS = ctypes.c_int32

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "captask_version": (_TEXT, ()),
    "captask_free": (None, (_OWNED,)),
    "captask_open": (_HANDLE, (_TEXT, _ERROR)),
    "captask_stop": (ctypes.c_int32, (_HANDLE,)),
    "captask_close": (ctypes.c_int32, (_HANDLE,)),
    "captask_inspect": (_OWNED, (_HANDLE,)),
    "captask_create_task": (_OWNED, (_HANDLE, _TEXT)),
    "captask_get_task_result": (_OWNED, (_HANDLE, _TEXT)),
    "captask_get_balance": (_OWNED, (_HANDLE,)),
    "captask_get_user_agent": (_OWNED, (_HANDLE,)),
    "captask_report_incorrect": (_OWNED, (_HANDLE, _TEXT)),
    "captask_call": (_OWNED, (_HANDLE, _TEXT, _TEXT)),
    "captask_submit": (_TICKET, (_HANDLE, _TEXT, _ERROR)),
    "captask_receive_ticket": (_OWNED, (_HANDLE, _MILLIS, ctypes.POINTER(_TICKET))),
    "captask_fd": (ctypes.c_int64, (_HANDLE, _ERROR)),
    "captask_wake": (ctypes.c_int32, (_HANDLE,)),
    "captask_cancel": (ctypes.c_int32, (_HANDLE, _TICKET)),
    "captask_check": (_OWNED, (_TEXT,)),
    "captask_describe": (_OWNED, (_TEXT,)),
    "captask_set_log": (None, (LogSink, ctypes.c_void_p, ctypes.c_int32)),
    "captask_sandbox_open": (_HANDLE, (_TEXT, _ERROR)),
}


def _find() -> str:
    bundled = Path(__file__).with_name(_NAMES.get(sys.platform, "libcaptask.so"))
    if bundled.is_file():
        return str(bundled)
    installed = ctypes.util.find_library("captask")
    if installed is None:
        raise ImportError(f"the captask library is neither in this package ({bundled}) nor installed on the system")
    return installed


def _load() -> ctypes.CDLL:
    # CDLL gives up the GIL during every call, so other Python threads run while one waits.
    library = ctypes.CDLL(_find())
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library


_library = _load()


def take(pointer: Optional[int]) -> Optional[str]:
    """The text behind a pointer that is ours, which is freed; None for NULL."""
    if not pointer:
        return None
    try:
        return ctypes.string_at(pointer).decode("utf-8")
    finally:
        _library.captask_free(pointer)


def ask(name: str, *arguments: object) -> str:
    """Calls a function that always answers in JSON."""
    text = take(getattr(_library, name)(*arguments))
    assert text is not None, f"{name} never returns NULL"
    return text


def receive(handle: int, millis: int) -> tuple[int, Optional[str]]:
    """The next answer and its ticket; 0 with None for none yet, and with an error of the call itself."""
    ticket = _TICKET()
    text = take(_library.captask_receive_ticket(handle, millis, ctypes.byref(ticket)))
    return ticket.value, text


def make(name: str, *arguments: object) -> tuple[int, Optional[str]]:
    """Calls a function that makes something: its number, or 0 and the error's JSON."""
    error = ctypes.c_void_p()
    number = int(getattr(_library, name)(*arguments, ctypes.byref(error)))
    return number, take(error.value)


def tell(name: str, *arguments: object) -> int:
    """Calls a function that answers yes or no, or nothing."""
    return int(getattr(_library, name)(*arguments) or 0)


def version() -> str:
    """The version of the library that is loaded."""
    text: bytes = _library.captask_version()
    return text.decode("ascii")


def text(value: object, what: str) -> bytes:
    """A text that is no JSON. A C string ends at the first U+0000, so one that holds it is refused."""
    if not isinstance(value, str):
        raise TypeError(f"{what}: expected a str, not {type(value).__name__}")
    if "\0" in value:
        raise ValueError(f"{what}: {value!r} contains U+0000, which ends a C string")
    return value.encode()


def _in_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    # Without the value, which may be a key.
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def encode(value: object) -> bytes:
    """A value as the JSON text that the library takes.

    Any mapping becomes an object, a path its text.
    """
    return json.dumps(value, allow_nan=False, separators=(",", ":"), default=_in_json).encode("ascii")
