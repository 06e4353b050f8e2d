"""Makes src/tasks.ts and src/config.ts from what the library says of itself (captask_describe).

Usage: python generate.py LIBRARY, or python generate.py - with the answers as a JSON object of texts on standard input.
Prints a JSON object: the name and the text of each file. `make generate` writes them.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from described import Describe, generate

HEAD = "// {about}\n// Generated (make generate). Do not edit.\n\n"
PLAIN = {
    "string": "string",
    "boolean": "boolean",
    "integer": "number",
    "number": "number",
    "object": "{ [name: string]: unknown }",
    "null": "null",
}
# A member of an interface: name, type, whether it is required, note.
Member = tuple[str, str, bool, str]


def union(kinds: list[str]) -> str:
    return " | ".join(dict.fromkeys(kinds))


def literal(values: list[Any]) -> str:
    return union([quoted(v) if isinstance(v, str) else json.dumps(v) for v in values])


def quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def array(kind: str) -> str:
    return f"Array<{kind}>" if " " in kind else f"{kind}[]"


def comment(text: str, indent: str) -> list[str]:
    """Text as a doc comment with lines of at most 120 signs."""
    text = " ".join(text.split()).replace("*/", "* /")
    if not text:
        return []
    if len(indent) + len(text) + 7 <= 120:
        return [f"{indent}/** {text} */"]
    lines, line = [f"{indent}/**"], f"{indent} *"
    for word in text.split(" "):
        if len(line) + 1 + len(word) > 120:
            lines.append(line)
            line = f"{indent} *"
        line += f" {word}"
    return [*lines, line, f"{indent} */"]


def camel(text: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", text))


class Writer:
    """Collects the interfaces of one module."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def interface(self, name: str, about: str, members: list[Member]) -> None:
        self.lines += [*comment(about, ""), f"export interface {name} {{"]
        for member, kind, required, note in members:
            shown = member if re.fullmatch(r"[A-Za-z_$][\w$]*", member) else quoted(member)
            entry = f"{shown}: {kind};" if required else f"{shown}?: {union([kind, 'undefined'])};"
            self.lines += [*comment(note, "  "), f"  {entry}"]
        self.lines += ["}", ""]

    def text(self, about: str, more: list[str]) -> str:
        return HEAD.format(about=about) + "\n".join([*self.lines, *more]).rstrip("\n") + "\n"


# Tasks: the catalogue's lists of members.


def member_kind(member: dict[str, Any]) -> str:
    if "enum" in member:
        return literal(member["enum"])
    # The package turns bytes into base64.
    bytes_too = member.get("format") in ("image", "base64")
    text = "string | Uint8Array" if bytes_too else "string"
    if "known" in member and member["type"] == "string":
        # An editor proposes the known ones, and any other is taken.
        return union([literal(member["known"]), "(string & {})"])
    kinds = []
    for word in member["type"].split("|"):
        if word.startswith("array<"):
            within = word[len("array<") : -1]
            kinds.append(array(text if within == "string" else PLAIN[within]))
        elif word.startswith("object<"):
            kinds.append(f"{{ [name: string]: {PLAIN[word[len('object<') : -1]]} }}")
        else:
            kinds.append(text if word == "string" else PLAIN[word])
    return union(kinds)


def members_of(writer: Writer, owner: str, members: list[dict[str, Any]]) -> list[Member]:
    """The members of one object; those of objects within it get an interface of their own."""
    out: dict[str, Member] = {}
    for member in members:
        if "." in member["name"]:
            continue
        name = member["name"]
        within = [{**m, "name": m["name"][len(name) + 1 :]} for m in members if m["name"].startswith(f"{name}.")]
        kind = member_kind(member)
        if within:
            inner = f"{owner}{camel(name)}"
            writer.interface(inner, f"{name} of {owner}.", members_of(writer, inner, within))
            kind = kind.replace(PLAIN["object"], inner)
        out[name] = (name, kind, bool(member.get("required")), member.get("note", ""))
        for other in member.get("also", []):
            other = other.rsplit(".", 1)[-1]
            out.setdefault(other, (other, kind, False, f"Another spelling of {name}."))
    return list(out.values())


def selector(variants: list[dict[str, Any]]) -> str | None:
    """The member whose value, one of a few, says which of several variants of a type is meant."""
    names: dict[str, bool] = {}
    for variant in variants:
        for member in variant["members"]:
            if "enum" in member and "." not in member["name"]:
                names[member["name"]] = names.get(member["name"], False) or bool(member.get("required"))
    for name, required in names.items():
        enums = [next((m.get("enum") for m in v["members"] if m["name"] == name), None) for v in variants]
        if required and any(one != enums[0] for one in enums):
            return name
    return None


def selected(variant: dict[str, Any], name: str | None) -> str:
    for member in variant["members"]:
        if member["name"] == name and "enum" in member:
            kinds = literal(member["enum"])
            return kinds if member.get("required") else f"{kinds} | undefined"
    return "undefined"


def tasks(describe: Describe) -> str:
    writer = Writer()
    tops, entries = [], []
    listed = [(line, describe(f"task/{line['id']}")) for line in describe("tasks")["tasks"]]
    groups: dict[tuple[str, Any], list[dict[str, Any]]] = {}
    for line, told in listed:
        groups.setdefault((line["type"], line.get("class")), []).append(told)
    choosers = {key: selector(variants) if len(variants) > 1 else None for key, variants in groups.items()}
    for line, told in listed:
        stem = camel(line["id"])
        kind = literal([line["type"], *line.get("aliases", [])])
        fixed: list[Member] = [("type", kind, True, "")]
        # Of what chooses among the kinds of a task it is said where there is none, so that none can be given.
        fixed.append(("class", literal([line["class"]]) if "class" in line else "undefined", "class" in line, ""))
        chooser = choosers[line["type"], line.get("class")]
        if chooser and all(member["name"] != chooser for member in told["members"]):
            fixed.append((chooser, "undefined", False, ""))
        given = {m[0] for m in fixed}
        members = members_of(writer, f"{stem}Task", told["members"])
        about = f"{told['about']} ({line['type']})."
        writer.interface(f"{stem}Task", about, [*fixed, *(m for m in members if m[0] not in given)])
        schema = {**told["solutionSchema"], "description": f"The solution of {stem}Task."}
        Schemas(writer, {}).interface(f"{stem}Solution", schema)
        tops.append(f"{stem}Task")
        chosen = selected(told, chooser)
        entries += [
            f"  {line['id']}: {{",
            f"    task: {stem}Task;",
            f"    solution: {stem}Solution;",
            f"    type: {kind};",
            f"    class: {literal([line['class']]) if 'class' in line else 'undefined'};",
            f"    selected: {chosen};",
            "  };",
        ]
    names = dict.fromkeys(name for name in choosers.values() if name)
    more = [
        "/** What the catalogue knows, by id: the task, its solution, and the members that tell it from the others. */",
        "export interface Catalogue {",
        *entries,
        "}",
        "",
        "/** The members of a task that say which entry of the catalogue is meant. */",
        "export interface Chosen<Type, Class, Selected> {",
        "  type: Type;",
        "  class?: Class;",
        *(f"  {name}?: Selected;" for name in names),
        "}",
        "",
        "/** Any of the tasks that the catalogue knows. */",
        "export type AnyTask =",
        *(f"  | {name}" for name in tops[:-1]),
        f"  | {tops[-1]};",
    ]
    return writer.text("The service's task types and their solutions.", more)


# Configuration and solutions: JSON Schema.


class Schemas:
    """Writes the interfaces of one schema."""

    def __init__(self, writer: Writer, definitions: dict[str, Any]) -> None:
        self.writer = writer
        self.definitions = definitions

    def interface(self, name: str, schema: dict[str, Any]) -> None:
        needed = set(schema.get("required", []))
        for part in schema.get("allOf", []):
            needed.update(part.get("required", []))
        members = [
            (member, self.kind(f"{name}{camel(member)}", one), member in needed, one.get("description", ""))
            for member, one in schema["properties"].items()
        ]
        self.writer.interface(name, schema.get("description", "").split("\n")[0], members)

    def kind(self, name: str, schema: dict[str, Any]) -> str:
        if "$ref" in schema:
            short = schema["$ref"].rsplit("/", 1)[-1]
            return self.kind(f"Sandbox{camel(short)}", self.definitions[short])
        if "enum" in schema:
            return literal(schema["enum"])
        for several in ("anyOf", "oneOf"):
            if several in schema and all("required" not in one or "type" in one for one in schema[several]):
                return union([self.kind(name, one) for one in schema[several]])
        given = schema.get("type", [])
        kinds = [given] if isinstance(given, str) else given
        return union([self.one(name, kind, schema) for kind in kinds]) if kinds else "unknown"

    def one(self, name: str, kind: str, schema: dict[str, Any]) -> str:
        if kind == "array":
            return array(self.kind(f"{name}Item", schema.get("items", {})))
        if kind != "object":
            return PLAIN[kind]
        if schema.get("properties"):
            if f"export interface {name} {{" not in self.writer.lines:
                self.interface(name, schema)
            return name
        within = schema.get("additionalProperties")
        if isinstance(within, dict) and within:
            return f"{{ [name: string]: {self.kind(f'{name}Value', within)} }}"
        return PLAIN["object"]


def config(describe: Describe) -> str:
    writer = Writer()
    schemas = Schemas(writer, {})
    schemas.interface("Config", {**describe("config")["schema"], "description": "Configuration of a Client."})
    request = describe("request")["schema"]["properties"]
    options = {**request["options"]["properties"], **{n: request[n] for n in ("callbackUrl", "softId")}}
    schemas.interface("Options", {"properties": options, "description": "Options of one task."})
    sandbox = describe("sandbox")["schema"]
    about = {**sandbox, "description": "Configuration of a Sandbox."}
    Schemas(writer, sandbox.get("$defs", {})).interface("SandboxConfig", about)
    return writer.text("Configuration of Client and Sandbox, and options of a task.", [])


generate(__doc__, lambda describe: {"tasks.ts": tasks(describe), "config.ts": config(describe)})
