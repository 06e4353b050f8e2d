"""What tasks, their objects and the configuration have in common: members, builders, enumerations."""

from __future__ import annotations

from typing import NamedTuple, Optional

from described import Describe

from .names import constant, lower_camel, text_literal, upper_camel
from .source import Source, doc, wrapped


class Setter(NamedTuple):
    """One way to give a member: the parameter's type, and how its value goes into the object."""

    parameter: str
    value: str = "value"


class Member(NamedTuple):
    """A member of a task or of the configuration."""

    name: str
    about: str
    required: bool
    setters: list[Setter]
    #: What it always is, as an expression of Java's; then it has no setters.
    fixed: Optional[str] = None


class Enums:
    """Enumerations that several classes share get a file of their own; others are nested in their class."""

    def __init__(self) -> None:
        self.owners: dict[tuple[str, tuple[str, ...]], set[str]] = {}

    def see(self, owner: str, member: str, values: list[str]) -> None:
        self.owners.setdefault((upper_camel(member), tuple(values)), set()).add(owner)

    def shared(self, member: str, values: list[str]) -> bool:
        return len(self.owners[(upper_camel(member), tuple(values))]) > 1

    def files(self, package: str, folder: str) -> dict[str, str]:
        out = {}
        for (name, values), owners in sorted(self.owners.items()):
            if len(owners) > 1:
                if f"{folder}{name}.java" in out:
                    raise SystemExit(f"{name} is shared with two sets of values")
                source = Source(package)
                write_enum(source, 0, name, list(values), "")
                out[f"{folder}{name}.java"] = source.text()
        return out


def write_enum(source: Source, indent: int, name: str, values: list[str], modifier: str) -> None:
    source.add(indent, f"/** Values of {name[:1].lower() + name[1:]}; {{@code toString}} is the service's spelling. */")
    source.add(indent, f"public {modifier}enum {name} {{")
    for value in values:
        end = ";" if value == values[-1] else ","
        source.add(indent + 1, f"/** {value} */", f"{constant(name, value)}({text_literal(value)}){end}")
    source.add(
        indent + 1,
        "",
        "private final String text;",
        "",
        f"{name}(String text) {{",
        "    this.text = text;",
        "}",
        "",
        "@Override",
        "public String toString() {",
        "    return text;",
        "}",
    )
    source.add(indent, "}")


def write_members(source: Source, indent: int, name: str, members: list[Member]) -> None:
    """The fields, constructor and builder that tasks, their objects and the configuration have in common."""
    required = [text_literal(m.name) for m in members if m.required and m.fixed is None]
    source.add(
        indent + 1,
        "private final JsonObject json;",
        "",
        f"private {name}(JsonObject json) {{",
        "    this.json = json;",
        "}",
        "",
        "/** A builder without members. */",
        "public static Builder builder() {",
        "    return new Builder();",
        "}",
        "",
        "/** Its JSON, a copy. */",
        *(["@Override"] if indent == 0 and name.endswith("Task") else []),
        "public JsonObject toJson() {",
        "    return json.deepCopy();",
        "}",
        "",
        f"/** Collects the members of {name}. */",
        "public static final class Builder extends Members<Builder> {",
        "    private Builder() {",
        *(f"        put({text_literal(m.name)}, {m.fixed});" for m in members if m.fixed is not None),
        "    }",
        "",
    )
    for member in members:
        for setter in member.setters:
            about = f"{member.about.rstrip('.')}." if member.about else f"{member.name}."
            about += "" if member.required is False else " Required."
            for line in doc(about, "    " * (indent + 2)):
                source.lines.append(line)
            source.add(
                indent + 2,
                f"public Builder {method_name(member.name, setter)}({setter.parameter} value) {{",
                f"    return put({text_literal(member.name)}, {setter.value});",
                "}",
                "",
            )
    source.add(
        indent + 2,
        f"/** The {name}. Throws IllegalStateException when a required member is missing. */" if required
        else f"/** The {name}. */",
        f"public {name} build() {{",
    )
    source.lines += wrapped(f"{'    ' * (indent + 3)}return new {name}(members(", required, "));")
    source.add(indent + 2, "}")
    source.add(indent + 1, "}")


def method_name(member: str, setter: Setter) -> str:
    return lower_camel(member[:-2] if setter.parameter == "Duration" else member)
