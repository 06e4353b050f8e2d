"""Makes the Java classes of tasks, solutions, configuration, options and error codes from captask_describe.

Usage: python generate.py LIBRARY, or python generate.py - with the answers as a JSON object of texts on standard input.
Prints a JSON object: the name and the text of each file below src/main/java/captask. `make generate` writes them.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

from generator.classes import Describe
from generator.settings import Settings, error_codes
from generator.tasks import Tasks


def describer(path: str) -> Describe:
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


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    describe = describer(sys.argv[1])
    files = {**Tasks(describe).files(), **Settings(describe).files(), "ErrorCode.java": error_codes(describe)}
    json.dump(files, sys.stdout)


main()
