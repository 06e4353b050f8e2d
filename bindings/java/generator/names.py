"""Names of the service as names of Java's."""

from __future__ import annotations

import json
import re
from typing import Any

KEYWORDS = set(
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends final "
    "finally float for goto if implements import instanceof int interface long native new package private protected "
    "public record return short static strictfp super switch synchronized this throw throws transient try void "
    "volatile while true false null var yield".split()
)
#: Names that a method of a builder or of a record cannot have.
TAKEN = {"clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait", "equals", "build",
         "with", "json", "builder"}


def upper_camel(text: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", text))


def lower_camel(text: str) -> str:
    """A member's name as a name of Java's."""
    camel = upper_camel(text)
    name = camel[:1].lower() + camel[1:]
    return f"{name}_" if name in KEYWORDS or name in TAKEN else name


def constant(owner: str, value: str) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", value)).upper()
    return f"{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', owner).upper()}_{name}" if name[:1].isdigit() else name


def text_literal(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)
