"""The text of a file of Java: lines, comments, lists of arguments."""

from __future__ import annotations

import re

GENERATED = "// Generated (make generate). Do not edit."
WIDTH = 120
IMPORTS = {
    "BigDecimal": "java.math.BigDecimal",
    "BigInteger": "java.math.BigInteger",
    "Duration": "java.time.Duration",
    "Function": "java.util.function.Function",
    "JsonElement": "com.google.gson.JsonElement",
    "JsonObject": "com.google.gson.JsonObject",
    "List": "java.util.List",
    "Map": "java.util.Map",
    "Members": "captask.Members",
    "Read": "captask.internal.Read",
    "Task": "captask.Task",
}


def doc(text: str, indent: str = "") -> list[str]:
    """A comment of Javadoc."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
    text = text.replace("*/", "*&#47;").replace("\\u", "&#92;u")
    if not text:
        return []
    if len(indent) + len(text) + 8 <= WIDTH:
        return [f"{indent}/** {text} */"]
    return [f"{indent}/**", *filled(f"{indent} * {text}", f"{indent} *"), f"{indent} */"]


def filled(text: str, next_lines: str) -> list[str]:
    """Text in lines that are not too long."""
    indent = text[: len(text) - len(text.lstrip())]
    lines, line = [], indent
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = next_lines
        line += word if line == indent else f" {word}"
    return [*lines, line]


def wrapped(head: str, parts: list[str], tail: str) -> list[str]:
    """A list of arguments, on one line or on as many as it takes."""
    one = head + ", ".join(parts) + tail
    if len(one) <= WIDTH:
        return [one]
    indent = " " * (len(head) - len(head.lstrip()) + 8)
    lines, line = [head], indent
    for number, part in enumerate(parts):
        word = part + (", " if number + 1 < len(parts) else "")
        if len(line) + len(word.rstrip()) + len(tail) > WIDTH:
            lines.append(line.rstrip())
            line = indent
        line += word
    return [*lines, line + tail]


class Source:
    """The text of one file."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.lines: list[str] = []

    def add(self, indent: int, *lines: str) -> None:
        self.lines += [f"{'    ' * indent}{line}" if line else "" for line in lines]

    def text(self) -> str:
        body = "\n".join(self.lines).rstrip("\n") + "\n"
        code = re.sub(r"/\*\*.*?\*/", "", body, flags=re.S)
        imports = sorted(
            name
            for word, name in IMPORTS.items()
            if re.search(rf"(?<![\w.])@?{word}\b", code) and name.rsplit(".", 1)[0] != self.package
        )
        lines = [GENERATED, f"package {self.package};", ""]
        lines += [f"import {name};" for name in imports]
        return "\n".join([*lines, *([""] if imports else [])]) + "\n" + body
