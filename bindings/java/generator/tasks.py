"""The classes of tasks."""

from __future__ import annotations

from typing import Any

from .classes import Describe, Enums, Member, Setter, write_enum, write_members
from .names import text_literal, upper_camel
from .solutions import Solutions
from .source import Source, doc


def plain_setters(notation: str, binary: bool) -> list[Setter]:
    out = []
    for word in notation.split("|"):
        if word == "string":
            out += [Setter("String"), *([Setter("byte[]")] if binary else [])]
        elif word == "boolean":
            out.append(Setter("boolean"))
        elif word == "integer":
            out.append(Setter("long"))
        elif word == "number":
            out += [Setter("double"), Setter("BigDecimal")]
        elif word == "object":
            out += [Setter("JsonObject"), Setter("Map<String, ?>")]
        elif word == "array<string>":
            out += [Setter("List<String>"), Setter("String...", "List.of(value)")]
            out += [Setter("byte[]...", "List.of(value)")] if binary else []
        elif word != "null":
            raise SystemExit(f"a type that this generator does not know: {word}")
    return out


class Tasks:
    """The classes of tasks and their solutions."""

    def __init__(self, describe: Describe) -> None:
        self.entry = [describe(f"task/{line['id']}") for line in describe("tasks")["tasks"]]
        self.enums = Enums()
        for entry in self.entry:
            for member in entry["members"]:
                if self.is_enum(member):
                    self.enums.see(entry["id"], member["name"].rsplit(".", 1)[-1], member["enum"])

    @staticmethod
    def is_enum(member: dict[str, Any]) -> bool:
        values = member.get("enum", [])
        return len(values) > 1 and all(isinstance(v, str) for v in values)

    def files(self) -> dict[str, str]:
        out = {}
        for entry in self.entry:
            name = f"{upper_camel(entry['id'])}Task"
            out[f"tasks/{name}.java"] = self.task(name, entry)
        return {**out, **self.enums.files("captask.tasks", "tasks/")}

    def task(self, name: str, entry: dict[str, Any]) -> str:
        source = Source("captask.tasks")
        inner: list[tuple[str, list[Member]]] = []
        nested: list[tuple[str, list[str]]] = []
        fixed = [Member("type", "", True, [], text_literal(entry["type"]))]
        if "class" in entry:
            fixed.append(Member("class", "", True, [], text_literal(entry["class"])))
        members = [*fixed, *self.members(entry["members"], inner, nested, {m.name for m in fixed})]
        about = f"{entry['about']} ({entry['type']})."
        if entry.get("status") in ("deprecated", "removed"):
            about += f" The service lists it as {entry['status']}."
        source.lines += doc(about)
        source.add(0, f"public final class {name} implements Task<{name}.Solution> {{")
        write_members(source, 0, name, members)
        source.add(0, "", "    @Override", "    public Solution read(JsonObject solution) {",
                   "        return Solution.of(solution);", "    }")
        for inner_name, inner_members in inner:
            source.add(1, "", f"/** The object {inner_name[:1].lower() + inner_name[1:]} of {name}. */",
                       f"public static final class {inner_name} {{")
            write_members(source, 1, inner_name, inner_members)
            source.add(1, "}")
        for enum_name, values in nested:
            source.add(0, "")
            write_enum(source, 1, enum_name, values, "")
        source.add(0, "")
        Solutions(source).record("Solution", {**entry["solutionSchema"], "description": f"Solution of {name}."})
        source.add(0, "}")
        return source.text()

    def members(
        self,
        all_members: list[dict[str, Any]],
        inner: list[tuple[str, list[Member]]],
        nested: list[tuple[str, list[str]]],
        given: set[str],
    ) -> list[Member]:
        out = []
        for member in all_members:
            name = member["name"]
            if "." in name or name in given:
                continue
            start = f"{name}."
            within = [{**m, "name": m["name"][len(start) :]} for m in all_members if m["name"].startswith(start)]
            out.append(self.member(member, within, inner, nested))
        return out

    def member(
        self,
        member: dict[str, Any],
        within: list[dict[str, Any]],
        inner: list[tuple[str, list[Member]]],
        nested: list[tuple[str, list[str]]],
    ) -> Member:
        name, required, about = member["name"], bool(member.get("required")), member.get("note", "")
        values = member.get("enum", [])
        if required and len({str(v) for v in values}) == 1:
            return Member(name, about, required, [], text_literal(values[0]))
        if self.is_enum(member):
            kind = upper_camel(name)
            if not self.enums.shared(name, values):
                nested.append((kind, values))
            return Member(name, about, required, [Setter(kind)])
        if "known" in member:
            about = f"{about}. Known: {', '.join(member['known'])}"
        setters = plain_setters(member["type"], member.get("format") in ("image", "base64"))
        if within:
            kind = upper_camel(name)
            parts = self.members(within, inner, nested, set())
            inner.append((kind, parts))
            if required and all(part.fixed is not None for part in parts):
                return Member(name, about, required, [], f"{kind}.builder().build().toJson()")
            setters = [s for s in setters if s.parameter != "JsonObject"]
            setters.insert(0, Setter(kind, "value.toJson()"))
        return Member(name, about, required, setters)
