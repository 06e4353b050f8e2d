"""The records of solutions."""

from __future__ import annotations

from typing import Any

from .names import lower_camel, text_literal, upper_camel
from .source import Source, filled, wrapped


class Solutions:
    """The records of a solution: lenient readers, since what is read is paid for."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def record(self, name: str, schema: dict[str, Any], indent: int = 1) -> None:
        """Writes a record; those of objects in it are nested in it, where no object of the task has their name."""
        later: list[tuple[str, dict[str, Any]]] = []
        parts: dict[str, tuple[str, list[str], str, str]] = {}
        for member, one in schema["properties"].items():
            java = lower_camel(member)
            kind, reader = self.kind(upper_camel(member), one, later)
            if java in parts:
                # Another spelling of the same member.
                if parts[java][0] != kind:
                    raise SystemExit(f"{name}.{member}: two spellings, two types")
                parts[java][1].append(member)
                continue
            parts[java] = (kind, [member], reader, one.get("description", ""))
        left = "    " * indent
        about = schema.get("description", f"{name}.")
        about += " What was not sent is null, or empty if it is a list or a map; json has everything."
        self.source.lines += [f"{left}/**", *filled(f"{left} * {about}", f"{left} *"), f"{left} *"]
        for java, (_, spelled, _, about) in parts.items():
            self.source.lines += filled(f"{left} * @param {java} {self.about(spelled, about)}", f"{left} *            ")
        self.source.lines += [f"{left} * @param json the whole of it, as it came", f"{left} */"]
        components = [f"{kind} {java}" for java, (kind, _, _, _) in parts.items()]
        self.source.lines += wrapped(f"{left}public record {name}(", [*components, "JsonObject json"], ") {")
        self.source.add(
            indent + 1,
            "/** Reads it from JSON; members of another type than the documented one are left out. */",
            f"public static {name} of(JsonObject json) {{",
        )
        arguments = []
        for _, spelled, reader, _ in parts.values():
            arguments.append(reader.replace("NAMES", ", ".join(text_literal(s) for s in spelled)))
        self.source.lines += wrapped(f"{left}        return new {name}(", [*arguments, "json"], ");")
        self.source.add(indent + 1, "}")
        for inner, one in dict(later).items():
            self.source.add(0, "")
            about = one.get("description", f"{inner}.").split("\n")[0].rstrip(".")
            self.record(inner, {**one, "description": f"{about}."}, indent + 1)
        self.source.add(indent, "}")

    @staticmethod
    def about(spelled: list[str], about: str) -> str:
        about = about.replace("&", "&amp;").replace("<", "&lt;").replace("@", "&#64;")
        return " or ".join(spelled) + (f": {about}" if about else "")

    def kind(self, name: str, schema: dict[str, Any], later: list[tuple[str, dict[str, Any]]]) -> tuple[str, str]:
        """The type of a component, and the expression that reads it."""
        kinds = schema.get("type")
        if kinds == "string":
            return "String", "Read.string(json, NAMES)"
        if kinds == "boolean":
            return "Boolean", "Read.bool(json, NAMES)"
        if kinds == "integer":
            return "BigInteger", "Read.integer(json, NAMES)"
        if kinds == "number":
            return "BigDecimal", "Read.decimal(json, NAMES)"
        if kinds == "array":
            element, reader = self.element(name, schema.get("items", {}), later)
            return f"List<{element}>", f"Read.list(json, {reader}, NAMES)"
        if kinds == "object" and isinstance(schema.get("additionalProperties"), dict):
            element, reader = self.element(name, schema["additionalProperties"], later)
            return f"Map<String, {element}>", f"Read.map(json, {reader}, NAMES)"
        if kinds == "object" and "properties" in schema:
            later.append((name, schema))
            return name, f"Read.object(json, {name}::of, NAMES)"
        if kinds == "object":
            return "JsonObject", "Read.object(json, Function.identity(), NAMES)"
        return "JsonElement", "Read.any(json, NAMES)"

    def element(self, name: str, schema: dict[str, Any], later: list[tuple[str, dict[str, Any]]]) -> tuple[str, str]:
        plain = {"string": ("String", "Read::string"), "boolean": ("Boolean", "Read::bool"),
                 "integer": ("BigInteger", "Read::integer"), "number": ("BigDecimal", "Read::decimal")}
        kinds = schema.get("type")
        if kinds in plain:
            return plain[kinds]
        if kinds == "object" and "properties" in schema:
            one = name[:-1] if name.endswith("s") else f"{name}Item"
            later.append((one, schema))
            return one, f"Read.each({one}::of)"
        if kinds == "object":
            return "JsonObject", "Read.each(Function.identity())"
        return "JsonElement", "Function.identity()"
