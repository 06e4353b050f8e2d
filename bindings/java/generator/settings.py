"""The classes of the configuration, of the options of a request, and of error codes."""

from __future__ import annotations

import json
import re
from typing import Any

from .classes import Describe, Enums, Member, Setter, write_members
from .names import upper_camel
from .source import Source, doc


class Settings:
    """The classes of the configuration and of the options of a request."""

    def __init__(self, describe: Describe) -> None:
        request = describe("request")["schema"]["properties"]
        beside = {name: request[name] for name in ("callbackUrl", "softId", "extra")}
        beside["softId"] = {**beside["softId"], "type": "integer"}
        self.schemas = {
            "Config": ("Configuration of a client. What is not given has its default.",
                       describe("config")["schema"]["properties"]),
            "Options": ("What goes for one task: options of the request, and the members beside them.",
                        {**request["options"]["properties"], **beside}),
        }
        self.enums = Enums()
        for owner, (_, properties) in self.schemas.items():
            self.look(owner, properties)

    def look(self, owner: str, properties: dict[str, Any]) -> None:
        for name, schema in properties.items():
            if "enum" in schema:
                self.enums.see(owner, name, [v for v in schema["enum"] if v is not None])
            self.look(owner, schema.get("properties", {}))

    def files(self) -> dict[str, str]:
        out = {}
        for name, (about, properties) in self.schemas.items():
            source = Source("captask")
            inner: list[tuple[str, str, list[Member]]] = []
            members = self.members(properties, [], inner)
            source.lines += doc(about)
            source.add(0, f"public final class {name} {{")
            write_members(source, 0, name, members)
            for inner_name, inner_about, inner_members in inner:
                source.lines += ["", *doc(inner_about or f"{inner_name}.", "    ")]
                source.add(1, f"public static final class {inner_name} {{")
                write_members(source, 1, inner_name, inner_members)
                source.add(1, "}")
            source.add(0, "}")
            out[f"{name}.java"] = source.text()
        return {**out, **self.enums.files("captask", "")}

    def members(
        self, properties: dict[str, Any], needed: list[str], inner: list[tuple[str, str, list[Member]]]
    ) -> list[Member]:
        out = []
        for name, schema in properties.items():
            about, required = schema.get("description", ""), name in needed
            if "default" in schema and schema["default"] not in (None, [], {}):
                about = f"{about.rstrip('.')}. Default: {json.dumps(schema['default'])}"
            if "properties" in schema:
                kind = upper_camel(name)
                parts = self.members(schema["properties"], schema.get("required", []), inner)
                inner.append((kind, schema.get("description", ""), parts))
                out.append(Member(name, about, required, [Setter(kind, "value.toJson()")]))
            elif "enum" in schema:
                values = [v for v in schema["enum"] if v is not None]
                if not self.enums.shared(name, values):
                    raise SystemExit(f"{name}: an enumeration of one class alone")
                out.append(Member(name, about, required, [Setter(upper_camel(name))]))
            else:
                out.append(Member(name, about, required, self.setters(name, schema)))
        return out

    @staticmethod
    def setters(name: str, schema: dict[str, Any]) -> list[Setter]:
        kinds = schema.get("type", "any")
        kind = next(k for k in ([kinds] if isinstance(kinds, str) else kinds) if k != "null")
        if kind == "integer" and name.endswith("Ms"):
            return [Setter("Duration", "millis(value)")]
        if kind == "array":
            return [Setter("List<String>"), Setter("String...", "List.of(value)")]
        return [Setter({"string": "String", "integer": "long", "boolean": "boolean", "number": "double",
                        "any": "Object"}[kind])]


def error_codes(describe: Describe) -> str:
    listed = describe("errors")
    source = Source("captask")
    about = "Error codes that the catalogue knows, for CaptaskException.code(). The service may send others."
    source.lines += doc(about)
    source.add(0, "public final class ErrorCode {")
    seen = set()
    for group in listed.values():
        for one in group if isinstance(group, list) else []:
            code = one.get("code", "") if isinstance(one, dict) else ""
            if not re.fullmatch(r"[A-Z][A-Z0-9_]*", code) or code in seen:
                continue
            seen.add(code)
            parts = [part.rstrip(".") for part in (one.get("meaning"), one.get("advice")) if part]
            about = ". ".join(parts) + ("." if parts else "")
            about = about.replace("captask_describe(NULL)", "Captask.describe()")
            source.lines += doc(about or code, "    ")
            source.add(1, f'public static final String {code} = "{code}";', "")
    source.add(1, "private ErrorCode() {}")
    source.add(0, "}")
    return source.text()
