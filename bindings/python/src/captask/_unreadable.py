"""Answers that Python's json cannot take: nested too deep for it. They become errors that keep the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ._answer import Answer, loads, own

# What gives JSON its form. Everything between is numbers, literals and white space.
_SIGN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]', re.DOTALL)
_KEPT = ("taskId", "ticket")


def read(text: str) -> Answer:
    """The answer in a text of the library; an error, CAPTASK_BAD_RESPONSE, when Python cannot take it apart."""
    try:
        return Answer(text)
    except (ValueError, RecursionError, MemoryError) as error:
        return _refused(text, error)


def _refused(text: str, why: BaseException) -> Answer:
    known = Answer(_readable(text))
    about = f"Python cannot read this answer ({type(why).__name__}: {why}); its whole text is the error's member 'text'"
    members = {"errorId": 1, "errorCode": "CAPTASK_BAD_RESPONSE", "errorDescription": about}
    members.update((name, own(known, name)) for name in _KEPT if own(known, name) is not None)
    members.update(extra=known.extra, meta=known.meta, retryable=False, retryScope=None, text=text)
    return Answer(json.dumps(members))


def _readable(text: str) -> str:
    """The object in a text without the members that cannot be read."""
    kept = []
    for name, value in _members(text):
        try:
            loads(value)
        except (ValueError, RecursionError, MemoryError):
            if name.rstrip("_") != "captask":
                continue
            value = _readable(value)
        kept.append(f"{json.dumps(name)}:{value}")
    return f"{{{','.join(kept)}}}"


def _members(text: str) -> Iterator[tuple[str, str]]:
    """The members of the object in a text, each with its value as it stands there, however deep that is."""
    depth, name, start = 0, "", 0
    for match in _SIGN.finditer(text):
        sign = match[0][0]
        if depth == 1 and sign in ",}" and start:
            yield name, text[start : match.start()]
            start = 0
        elif depth == 1 and sign == ":":
            start = match.end()
        elif depth == 1 and sign == '"' and not start:
            name = json.loads(match[0])
        depth += (sign in "[{") - (sign in "]}")
