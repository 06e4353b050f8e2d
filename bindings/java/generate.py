"""Makes the Java classes of tasks, solutions, configuration, options and error codes from captask_describe.

Usage: python generate.py LIBRARY, or python generate.py - with the answers as a JSON object of texts on standard input.
Prints a JSON object: the name and the text of each file below src/main/java/captask. `make generate` writes them.
"""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from described import Describe, generate
from generator.settings import Settings, error_codes
from generator.tasks import Tasks


def files(describe: Describe) -> dict[str, str]:
    return {**Tasks(describe).files(), **Settings(describe).files(), "ErrorCode.java": error_codes(describe)}


generate(__doc__, files)
