"""What every generator of a binding begins and ends with: captask_describe's answers in, files out."""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any, Callable

Describe = Callable[[str], Any]


def describer(path: str) -> Describe:
    """captask_describe of the library at this path, or for "-" of the JSON object of answers on standard input."""
    if path == "-":
        answers = json.load(sys.stdin.buffer)
        return lambda topic: json.loads(answers[topic])
    library = ctypes.CDLL(path)
    library.captask_describe.restype = ctypes.c_void_p
    library.captask_free.argtypes = [ctypes.c_void_p]

    def describe(topic: str) -> Any:
        pointer = library.captask_describe(topic.encode())
        text = ctypes.string_at(pointer).decode()
        library.captask_free(pointer)
        answer = json.loads(text)
        if answer["errorId"]:
            raise SystemExit(text)
        return answer

    return describe


def generate(usage: str | None, files: Callable[[Describe], dict[str, str]]) -> None:
    """Prints the files, by their names, as a JSON object."""
    if len(sys.argv) != 2:
        raise SystemExit(usage)
    json.dump(files(describer(sys.argv[1])), sys.stdout)
