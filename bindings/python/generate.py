"""Makes the typed modules of the package from what the library says of itself (captask_describe): tasks.py,
solutions.py, config.py, and _solve.py, which gives each task the solution of its type.

Usage: python generate.py LIBRARY, or python generate.py - with the answers as a JSON object of texts on standard input.
Prints a JSON object: the name and the text of each file. `make generate` writes them.
"""

from __future__ import annotations

import json
import keyword
import os
import re
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from described import Describe, generate

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

    def text(self, about: str, more: list[str], imports: str = "") -> str:
        body = "\n".join([*self.lines, *more]).rstrip("\n") + "\n"
        names = ("Any", "Callable", "Dict", "List", "Literal", "Sequence", "TypedDict", "Union")
        used = [name for name in names if re.search(rf"(?<!#: )\b{name}\b(?=[\[,(\])]|$)", body, re.M)]
        head = HEAD.format(about=about)
        spaced = f"{imports}\n" if imports else ""
        if "timedelta" in body:
            head += "from datetime import timedelta\n"
        return head + f"from typing import {', '.join(used)}\n\n{spaced}\n" + body


def camel(text: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in text.replace("-", "_").split("_"))


def member_kind(member: dict[str, Any]) -> str:
    if "enum" in member:
        return literal(member["enum"])
    kind = kind_of(member["type"])
    # The package turns bytes, files and pictures into base64.
    if member.get("format") in ("image", "base64"):
        kind = kind.replace("List[str]", "Sequence[Picture]").replace("str", "Picture")
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
    about = "The service's task types. A type checker finds members that are misspelt, missing or of another type."
    return writer.text(about, more, "from ._pictures import Picture\n")


def schema_kind(writer: Writer, name: str, schema: dict[str, Any], root: dict[str, Any]) -> str:
    if "$ref" in schema:
        target = schema["$ref"].rsplit("/", 1)[-1]
        if f"{root['stem']}{camel(target)}" in writer.names:
            return f"{root['stem']}{camel(target)}"
        return schema_kind(writer, f"{root['stem']}{camel(target)}", root["$defs"][target], root)
    if "enum" in schema:
        return literal(schema["enum"])
    if "const" in schema:
        return literal([schema["const"]])
    if "properties" in schema:
        # Members whose names differ in the case of letters alone.
        while name in writer.names:
            name += "Other"
        schema_dict(writer, name, schema, root)
        return union([name, "None"]) if "null" in schema.get("type", []) else name
    if "anyOf" in schema or "oneOf" in schema:
        return union([schema_kind(writer, name, one, root) for one in schema.get("anyOf") or schema["oneOf"]])
    kinds = schema.get("type", [])
    out = []
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind == "array":
            out.append(f"List[{schema_kind(writer, f'{name}Item', schema.get('items', {}), root)}]")
        elif kind == "object" and isinstance(schema.get("additionalProperties"), dict):
            out.append(f"Dict[str, {schema_kind(writer, f'{name}Value', schema['additionalProperties'], root)}]")
        else:
            out.append(PLAIN[kind])
    return union(out) if out else "Any"


def needed_of(schema: dict[str, Any]) -> set[str]:
    """The members that are always there."""
    return {*schema.get("required", []), *(name for one in schema.get("allOf", []) for name in one.get("required", []))}


def schema_dict(
    writer: Writer,
    name: str,
    schema: dict[str, Any],
    root: dict[str, Any],
    more: Sequence[tuple[str, str, bool, str]] = (),
) -> None:
    needed = needed_of(schema)
    members = [
        (member, schema_kind(writer, f"{name}{camel(member)}", one, root), member in needed, one.get("description", ""))
        for member, one in schema["properties"].items()
    ]
    writer.typed_dict(name, schema.get("description", f"{name}.").split("\n")[0], [*members, *more])


SECONDS = "Union[float, timedelta, None]"
#: Keywords that the package has beside the library's: name, type, note.
HANDLER = "Union[Callable[[Event], object], None]"
OWN_CONFIG = [
    ("timeout", SECONDS, "Seconds: the same as poll.timeoutMs and callTimeoutMs, for tasks and for single calls."),
    ("on_bought", HANDLER, "Called when a task was bought: event.task_id, event.extra."),
    ("on_retry", HANDLER, "Called when something went wrong and is tried again: event.reason, event.retries."),
    ("on_answer", HANDLER, "Called with each task's answer or error: event.answer."),
]
OWN_OPTIONS = [("timeout", SECONDS, "Seconds after which the task is given up: timeoutMs by another name.")]


def keywords(writer: Writer, name: str, schema: dict[str, Any], own: list[tuple[str, str, str]]) -> list[str]:
    """A TypedDict of keywords; returns the lines of a text about the same for help()."""
    root = {"stem": name, "$defs": schema.get("$defs", {})}
    schema_dict(writer, name, schema, root, [(member, kind, False, note) for member, kind, note in own])
    about = [(member, one.get("description", "")) for member, one in schema["properties"].items()]
    lines = [f"#: What help() tells of {name}.", f'{name.upper()}_HELP = """\\']
    for member, note in [*about, *((member, note) for member, _, note in own)]:
        text = f"{member}: {note}".replace("\\", "\\\\").replace('"""', "''")
        lines += textwrap.wrap(text, 112, subsequent_indent="    ")
    return [*lines, '"""', ""]


def config(describe: Describe) -> str:
    writer = Writer()
    client = {**describe("config")["schema"], "description": "Keywords of captask.Client and captask.AsyncClient."}
    more = keywords(writer, "Config", client, OWN_CONFIG)
    request = describe("request")["schema"]["properties"]
    options = {**request["options"]["properties"], **{n: request[n] for n in ("callbackUrl", "softId")}}
    about = "Keywords of solve, submit, solve_many, imap and check."
    more += keywords(writer, "Options", {"properties": options, "description": about}, OWN_OPTIONS)
    sandbox = {**describe("sandbox")["schema"], "description": "Keywords of captask.Sandbox."}
    more += keywords(writer, "SandboxConfig", sandbox, [])
    return writer.text("Keywords of clients and sandboxes.", more, "from ._events import Event\n")


def solutions(describe: Describe) -> str:
    writer = Writer()
    for line in describe("tasks")["tasks"]:
        schema = describe(f"task/{line['id']}")["solutionSchema"]
        name = f"{camel(line['id'])}Solution"
        about = f"The solution of a {camel(line['id'])}Task."
        schema_dict(writer, name, {**schema, "description": about}, {"stem": name})
    return writer.text("The solutions of the service's task types: ``answer.solution``, as a type checker sees it.", [])


def in_order(told: dict[str, Any]) -> dict[str, bool]:
    """The types as overloads need them: special ones before the general one, and none that no member tells apart.

    With each whether it is a part of its general one, as a name out of all texts: mypy wants that to be said.
    """

    def marks(task: dict[str, Any]) -> set[tuple[str, str]]:
        return {(m["name"], json.dumps(m.get("enum"))) for m in task["members"] if m.get("required")}

    def apart(task: dict[str, Any]) -> bool:
        return not marks(task) <= marks(told[task["variantOf"]])

    def within(task: dict[str, Any]) -> bool:
        free = {name for name, enum in marks(told[task["variantOf"]]) if enum == "null"}
        return any(name in free for name, enum in marks(task) if enum != "null")

    special = {camel(name): within(task) for name, task in told.items() if "variantOf" in task and apart(task)}
    return {**special, **{camel(name): False for name, task in told.items() if "variantOf" not in task}}


def solve(describe: Describe) -> str:
    """The method solve of both clients: an overload for each type of task."""
    stems = in_order({line["id"]: describe(f"task/{line['id']}") for line in describe("tasks")["tasks"]})
    lines = [
        "from typing import TYPE_CHECKING, Any, overload",
        "",
        "from ._answer import Answer",
        "from ._help import keywords",
        "from ._request import TaskLike",
        "from ._typing import Unpack",
        "from .config import OPTIONS_HELP, Options",
        "",
        "if TYPE_CHECKING:",
        "    from . import solutions, tasks",
        "    from ._request import Untyped",
    ]
    for kind, word, doc in (("Solve", "def", SOLVE_DOC), ("AsyncSolve", "async def", ASYNC_SOLVE_DOC)):
        lines += ["", "", f"class {kind}:", f'    """The method ``solve`` of {"Async" * (word != "def")}Client."""', ""]
        lines += ["    if TYPE_CHECKING:", ""]
        for stem, within in stems.items():
            lines += [
                "        @overload",
                f"        {word} solve({'  # type: ignore[overload-overlap]' * within}",
                f"            self, task: tasks.{stem}Task, *, extra: object = None, **options: Unpack[Options]",
                f"        ) -> Answer[solutions.{stem}Solution]: ...",
                "",
            ]
        # AnyTask: what no member tells apart. Untyped comes last, since type checkers report the last one.
        lines += [
            "        @overload",
            f"        {word} solve(",
            "            self, task: tasks.AnyTask, *, extra: object = None, **options: Unpack[Options]",
            "        ) -> Answer: ...",
            "",
            "        @overload",
            f"        {word} solve(self, task: Untyped, *, extra: object = None, **options: Unpack[Options]) -> Answer: ...",
            "",
        ]
        call = "self._solve(task, extra, options)"
        lines += [
            "    @keywords(Options.__annotations__, OPTIONS_HELP)",
            f"    {word} solve(self, task: TaskLike, *, extra: object = None, **options: Unpack[Options]) -> Answer:",
            *doc.splitlines(),
            f"        return {'await ' * (word != 'def')}{call}",
            "",
            f"    {word} _solve(self, task: TaskLike, extra: object, options: Any) -> Answer:",
            "        raise NotImplementedError",
        ]
    return HEAD.format(about="``solve`` with the solution of each task's type.") + "\n".join(lines) + "\n"


SOLVE_DOC = '''\
        """Buys a task and waits for its answer; raises a CaptaskError when it fails.

        ``task`` is the service's task object: a dict, a dataclass or a pydantic model (of these, members that are None
        are left out); or ``Adopt(task_id)`` for a task bought before. Pictures and sounds in it may be bytes, a
        pathlib.Path (the file is read), an open binary file, a Pillow image, or base64 text.

        ``options`` are those of ``captask.describe("request")``, callbackUrl and softId, in milliseconds, and
        ``timeout`` in seconds. ``extra`` comes back in the answer and never leaves the library. Ctrl-C gives the task
        up.
        """'''
ASYNC_SOLVE_DOC = '''\
        """Buys a task and waits for its answer; raises a CaptaskError when it fails. See Client.solve.

        Cancelling the await gives the task up; the exception that cancels it has captask's CancelledError as its
        ``__cause__``, with the task_id that is paid for.
        """'''


FILES = {"tasks.py": tasks, "solutions.py": solutions, "config.py": config, "_solve.py": solve}
generate(__doc__, lambda describe: {name: make(describe) for name, make in FILES.items()})
