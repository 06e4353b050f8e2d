"""Makes captask/tasks.py and captask/config.py from what the library says of itself (captask_describe).

Usage: python generate.py LIBRARY, or python generate.py - with the answers as a JSON object of texts on standard input.
Prints a JSON object: the name and the text of each file. `make generate` writes them.
"""

from __future__ import annotations

import ctypes
import json
import keyword
import re
import sys
from typing import Any, Callable

HEAD = """\
\"\"\"{about}

Generated (make generate). Do not edit.
\"\"\"

from __future__ import annotations

"""
PLAIN = {
    "string": "str",
    "boolean": "bool",
    "integer": "int",
    "number": "float",
    "object": "Dict[str, Any]",
    "null": "None",
}
Describe = Callable[[str], Any]


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


def union(kinds: list[str]) -> str:
    kinds = list(dict.fromkeys(kinds))
    return kinds[0] if len(kinds) == 1 else f"Union[{', '.join(kinds)}]"


def literal(values: list[Any]) -> str:
    return f"Literal[{', '.join(json.dumps(v) if isinstance(v, str) else repr(v) for v in values)}]"


def kind_of(notation: str) -> str:
    def one(word: str) -> str:
        for prefix, form in (("array<", "List[{}]"), ("object<", "Dict[str, {}]")):
            if word.startswith(prefix):
                return form.format(PLAIN[word[len(prefix) : -1]])
        return PLAIN[word]

    return union([one(word) for word in notation.split("|")])


def comment(text: str, indent: str) -> list[str]:
    """Text as comment lines of at most 120 signs."""
    lines, line = [], f"{indent}#:"
    for word in text.split():
        if len(line) + 1 + len(word) > 120:
            lines.append(line)
            line = f"{indent}#:"
        line += f" {word}"
    return [*lines, line] if text else []


class Writer:
    """Collects the classes of one module."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: list[str] = []

    def typed_dict(self, name: str, about: str, members: list[tuple[str, str, bool, str]]) -> None:
        """A TypedDict of (name, type, required, note). CPython 3.9 has no Required: its parts are bases."""
        required = [m for m in members if m[2]]
        optional = [m for m in members if not m[2]]
        base = "TypedDict"
        if required and optional:
            base = f"_{name}Required"
            self._part(base, required, "TypedDict", total=True, about="")
        self._part(name, optional or required, base, total=not optional, about=about)
        self.names.append(name)

    def _part(self, name: str, members: list[tuple[str, str, bool, str]], base: str, total: bool, about: str) -> None:
        plain = [m for m in members if m[0].isidentifier() and not keyword.iskeyword(m[0])]
        odd = [m for m in members if m not in plain]
        if odd:
            # Names that Python cannot spell as an attribute take the other form of TypedDict.
            total_text = "" if total else ", total=False"
            other = f"_{name.lstrip('_')}Odd"
            self.lines += [f"{other} = TypedDict(", f'    "{other}",', "    {"]
            for member, kind, _, note in odd:
                self.lines += [*comment(note, " " * 8), f'        "{member}": {kind},']
            self.lines += [f"    }}{total_text},", ")", "", ""]
            base = other if base == "TypedDict" else f"{base}, {other}"
        self.lines.append(f"class {name}({base}{'' if total else ', total=False'}):")
        if about:
            self.lines += [f'    """{about}"""', ""]
        for member, kind, _, note in plain:
            self.lines += [*comment(note, "    "), f"    {member}: {kind}"]
        if not plain and not about:
            self.lines.append("    pass")
        while self.lines[-1] == "":
            self.lines.pop()
        self.lines += ["", ""]

    def text(self, about: str, more: list[str]) -> str:
        body = "\n".join([*self.lines, *more]).rstrip("\n") + "\n"
        names = ("Any", "Dict", "List", "Literal", "TypedDict", "Union")
        used = [name for name in names if re.search(rf"(?<!#: )\b{name}\b(?=[\[,(\])]|$)", body, re.M)]
        return HEAD.format(about=about) + f"from typing import {', '.join(used)}\n\n\n" + body


def camel(text: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in text.replace("-", "_").split("_"))


def member_kind(member: dict[str, Any]) -> str:
    if "enum" in member:
        return literal(member["enum"])
    kind = kind_of(member["type"])
    # The package turns bytes into base64.
    if member.get("format") in ("image", "base64"):
        kind = kind.replace("str", "Union[str, bytes]")
    return kind


def members_of(writer: Writer, owner: str, members: list[dict[str, Any]]) -> list[tuple[str, str, bool, str]]:
    """The members of one object; those of objects within it get a TypedDict of their own."""
    out: dict[str, tuple[str, str, bool, str]] = {}
    for member in members:
        if "." in member["name"]:
            continue
        name = member["name"]
        within = [{**m, "name": m["name"][len(name) + 1 :]} for m in members if m["name"].startswith(f"{name}.")]
        kind = member_kind(member)
        if within:
            inner = f"{owner}{camel(name)}"
            writer.typed_dict(inner, f"{name} of {owner}.", members_of(writer, inner, within))
            kind = kind.replace("Dict[str, Any]", inner)
        out[name] = (name, kind, bool(member.get("required")), member.get("note", ""))
        for other in member.get("also", []):
            other = other.rsplit(".", 1)[-1]
            out.setdefault(other, (other, kind, False, f"Another spelling of {name}."))
    return list(out.values())


def tasks(describe: Describe) -> str:
    writer = Writer()
    tops: list[str] = []
    for line in describe("tasks")["tasks"]:
        told = describe(f"task/{line['id']}")
        stem = camel(line["id"])
        name = f"{stem}Task"
        members = members_of(writer, name, told["members"])
        fixed = [("type", literal([line["type"], *line.get("aliases", [])]), True, "")]
        if "class" in line:
            fixed.append(("class", literal([line["class"]]), True, ""))
        given = {m[0] for m in fixed}
        about = f"{told['about']} ({line['type']})."
        writer.typed_dict(name, about, [*fixed, *(m for m in members if m[0] not in given)])
        tops.append(name)
    more = [
        "#: Any of the tasks that the catalogue knows.",
        "AnyTask = Union[",
        *(f"    {name}," for name in tops),
        "]",
    ]
    return writer.text("The service's task types, for those who want them checked by a type checker.", more)


def schema_kind(writer: Writer, name: str, schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return literal(schema["enum"])
    if "properties" in schema:
        schema_dict(writer, name, schema)
        return union([name, "None"]) if "null" in schema.get("type", []) else name
    if "anyOf" in schema or "oneOf" in schema:
        return union([schema_kind(writer, name, one) for one in schema.get("anyOf") or schema["oneOf"]])
    kinds = schema.get("type", [])
    out = []
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind == "array":
            out.append(f"List[{schema_kind(writer, f'{name}Item', schema.get('items', {}))}]")
        else:
            out.append(PLAIN[kind])
    return union(out) if out else "Any"


def schema_dict(writer: Writer, name: str, schema: dict[str, Any]) -> None:
    needed = schema.get("required", [])
    members = [
        (member, schema_kind(writer, f"{name}{camel(member)}", one), member in needed, one.get("description", ""))
        for member, one in schema["properties"].items()
    ]
    writer.typed_dict(name, schema.get("description", f"{name}.").split("\n")[0], members)


def config(describe: Describe) -> str:
    writer = Writer()
    schema_dict(writer, "Config", {**describe("config")["schema"], "description": "Keywords of captask.Client."})
    request = describe("request")["schema"]["properties"]
    options = {**request["options"]["properties"], **{n: request[n] for n in ("callbackUrl", "softId")}}
    schema_dict(writer, "Options", {"properties": options, "description": "Keywords of solve and submit."})
    return writer.text("Keywords of captask.Client, and of its solve and submit.", [])


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    describe = describer(sys.argv[1])
    json.dump({"tasks.py": tasks(describe), "config.py": config(describe)}, sys.stdout)


main()
