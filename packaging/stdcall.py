"""Writes captask32.dll's source: the functions of captask for callers that know stdcall alone (VB6, 32-bit VBA).

stdcall.py HEADER FOLDER writes captask32.c and captask32.def from a header of declarations (include/captask.ffi.h). Each
function has the name and the arguments that it has in captask.dll, which captask32.dll calls. captask_set_log is left
out: its sink would be called from other threads, which these hosts do not survive; they have captask_log_to.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

FUNCTION = re.compile(r"^([a-z][\w ]*?[\s*]+)(captask_\w+)\(([^()]*)\);", re.MULTILINE)
LEFT_OUT = {"captask_set_log"}
WORDS = {"int64_t": 8, "uint64_t": 8, "int32_t": 4, "uint32_t": 4, "size_t": 4}


def arguments(text: str) -> list[tuple[str, str]]:
    """Type and name of each parameter."""
    if text.strip() in ("", "void"):
        return []
    found = []
    for parameter in text.split(","):
        kind, name = re.fullmatch(r"\s*(.*?)(\w+)\s*", parameter, re.DOTALL).groups()
        found.append((" ".join(kind.split()), name))
    return found


def size(kind: str) -> int:
    """How many bytes of the stack a parameter takes."""
    if kind.endswith("*"):
        return 4
    if kind not in WORDS:
        sys.exit(f"stdcall: no size is known of {kind}")
    return WORDS[kind]


def main() -> None:
    header, folder = Path(sys.argv[1]), Path(sys.argv[2])
    source = ["/* Generated from the header by packaging/stdcall.py. */", "", "#include <captask.h>", ""]
    definition = ["LIBRARY captask32", "EXPORTS"]
    for result, name, text in FUNCTION.findall(header.read_text()):
        if name in LEFT_OUT:
            continue
        parameters = arguments(text)
        listed = ", ".join(f"{kind}{'' if kind.endswith('*') else ' '}{given}" for kind, given in parameters) or "void"
        own = name.replace("captask_", "captask32_", 1)
        call = f"{name}({', '.join(given for _, given in parameters)});"
        source += [
            f"{' '.join(result.split())} __stdcall {own}({listed});",
            f"{' '.join(result.split())} __stdcall {own}({listed}) {{",
            f"    {call if result.strip() == 'void' else 'return ' + call}",
            "}",
            "",
        ]
        definition.append(f"    {name} = {own}@{sum(size(kind) for kind, _ in parameters)}")
    (folder / "captask32.c").write_text("\n".join(source))
    (folder / "captask32.def").write_text("\n".join(definition) + "\n")


main()
