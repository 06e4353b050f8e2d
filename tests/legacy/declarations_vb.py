"""Holds the Declare statements of bindings/vb/captask.bas against the C header, for 64 and for 32 bit.

There is no VB outside Windows: this is what can be said of the module without one. Usage: declarations_vb.py MODULE HEADER
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

# What a C type is in VB: how it is passed, and as what. First for 64 bit, then for 32 bit.
RETURNED = {
    "int32_t": ("Long", "Long"),
    "int64_t": ("LongLong", "Currency"),
    "char *": ("LongPtr", "Long"),
    "void": (None, None),
}
PASSED = {
    "int32_t": ("ByVal Long", "ByVal Long"),
    "int64_t": ("ByVal LongLong", "ByVal Currency"),
    "size_t": ("ByVal LongPtr", "ByVal Long"),
    "char *": ("ByVal LongPtr", "ByVal Long"),
    "void *": ("ByVal LongPtr", "ByVal Long"),
    "char **": ("ByRef LongPtr", "ByRef Long"),
    "int64_t *": ("ByRef LongLong", "ByRef Currency"),
}
LIBRARY = ("captask", "captask32")


def c_type(text: str) -> str:
    """A parameter without its name and without const: "char **"."""
    words, stars = re.fullmatch(r"(?:const )?(\w+) (\**)\w*", text.strip()).groups()
    return f"{words} {stars}".strip()


def of_the_header(text: str) -> dict[str, tuple[str, list[str]]]:
    found = {}
    for result, name, arguments in re.findall(r"(?:const )?(\w+ \**)(captask_\w+)\(([^;]*)\);", text):
        kinds = [] if arguments.strip() == "void" else [c_type(part) for part in re.sub(r"\s+", " ", arguments).split(",") if "sink" not in part]
        found[name] = (result.strip(), kinds)
    return found


def branches(text: str) -> tuple[str, str]:
    """The declarations for 64 and for 32 bit."""
    block = re.search(r"^#If Win64 Then\n(.*?)^#Else\n(.*?)^#End If", text, re.S | re.M)
    assert block, "there is no #If Win64 with declarations"
    return block[1], block[2]


def declared(text: str) -> list[tuple[bool, str, str, str, list[str], str]]:
    pattern = r'Declare (PtrSafe )?(Function|Sub) (captask_\w+) Lib "(\w+)" \(([^)]*)\)(?: As (\w+))?'
    return [
        (bool(safe), kind, name, library, re.findall(r"(By\w+) \w+ As (\w+)", arguments), result)
        for safe, kind, name, library, arguments, result in re.findall(pattern, text)
    ]


def wrong(declaration: tuple, header: dict[str, tuple[str, list[str]]], bits: int) -> list[str]:
    safe, kind, name, library, arguments, result = declaration
    if name not in header:
        return ["the header has no such function"]
    wanted_result, wanted = header[name]
    problems = []
    if safe != (bits == 0):
        problems.append("PtrSafe belongs to 64 bit, and only there")
    if library != LIBRARY[bits]:
        problems.append(f"it is in {LIBRARY[bits]}, not in {library}")
    if [f"{how} {what}" for how, what in arguments] != [PASSED[c][bits] for c in wanted]:
        problems.append(f"wanted are {[PASSED[c][bits] for c in wanted]}, found are {arguments}")
    if (result or None) != RETURNED[wanted_result][bits] or (kind == "Sub") != (wanted_result == "void"):
        problems.append(f"it returns {wanted_result}, not {result or 'nothing'}")
    return problems


def shape(raw: bytes) -> list[str]:
    """What the editors of VB6 and VBA need of a file."""
    text = raw.decode("ascii")
    problems = [] if raw.count(b"\n") == raw.count(b"\r\n") > 0 else ["lines have to end with CR LF"]
    problems += [f"a line of {len(line)} characters; 1023 is the most" for line in text.splitlines() if len(line) > 1023]
    for kind in ("Function", "Sub"):
        begun = len(re.findall(rf"^(?:Public|Private) {kind} ", text, re.M))
        # A head that is there for 64 and for 32 bit has one end.
        twice = len(re.findall(rf"^#If Win64 Then\r\n(?:'.*\r\n)*Private {kind} .*\r\n#Else\r\n(?:'.*\r\n)*Private {kind} ", text, re.M))
        ended = len(re.findall(rf"^End {kind}\r$", text, re.M))
        if begun - twice != ended:
            problems.append(f"{begun - twice} {kind}, {ended} End {kind}")
    if len(re.findall(r"^#If ", text, re.M)) != len(re.findall(r"^#End If", text, re.M)):
        problems.append("an #If without its #End If")
    return problems


def main() -> int:
    raw = Path(sys.argv[1]).read_bytes()
    header = of_the_header(Path(sys.argv[2]).read_text("utf-8"))
    problems = shape(raw)
    names = []
    for bits, branch in enumerate(branches(raw.decode("ascii").replace("\r\n", "\n"))):
        found = declared(branch)
        names.append([declaration[2] for declaration in found])
        problems += [f"{declaration[2]} ({64 >> bits} bit): {why}" for declaration in found for why in wrong(declaration, header, bits)]
    if names[0] != names[1] or not names[0]:
        problems.append(f"64 and 32 bit declare other functions: {set(names[0]) ^ set(names[1])}")
    body = raw.decode("ascii").split("Option Explicit", 1)[1]
    problems += [f"{name} is called and not declared" for name in set(re.findall(r"captask_\w+", re.sub(r"'.*", "", body))) - set(names[0])]
    for problem in problems:
        print(f"captask.bas: {problem}", file=sys.stderr)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
