"""What is inside the libraries: the crates of one platform, with the texts of their licences."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from build import ROOT
from platforms import Platform

_LICENCE = re.compile(r"(?i)^(licen[sc]e|copying|copyright|notice|unlicense)")
# Crates that Rust's standard library has in itself.
_STD = (
    "addr2line", "adler2", "cfg-if", "foldhash", "gimli", "hashbrown", "libc", "memchr", "miniz_oxide", "object",
    "rustc-demangle",
)  # fmt: skip
_DOCUMENTS = Path("/usr/share/doc")


@dataclass
class Crate:
    """A crate that is linked in."""

    name: str
    version: str
    licence: str
    repository: str
    folder: Path
    checksum: str | None
    needs: set[tuple[str, str]] = field(default_factory=set)

    def texts(self) -> dict[str, str]:
        """Texts of licences by the name of their file."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and _LICENCE.match(path.name):
                found[str(path.relative_to(self.folder))] = path.read_text("utf-8", "replace")
        return found


@cache
def _packages() -> dict[tuple[str, str], dict]:
    output = subprocess.check_output(
        ["cargo", "metadata", "--locked", "--format-version", "1"], cwd=ROOT, text=True
    )
    return {(package["name"], package["version"]): package for package in json.loads(output)["packages"]}


@cache
def _checksums() -> dict[tuple[str, str], str]:
    lock = (ROOT / "Cargo.lock").read_text()
    entry = re.compile(r'name = "(.+)"\nversion = "(.+)"\nsource = ".+"\nchecksum = "(.+)"')
    return {(name, version): checksum for name, version, checksum in entry.findall(lock)}


def crates(platform: Platform) -> list[Crate]:
    """What cargo links into the libraries of the platform, captask first."""
    output = subprocess.check_output(
        ["cargo", "tree", "--locked", "--package", "captask-shared", "--target", platform.triple, "--edges",
         "normal,no-proc-macro", "--no-dedupe", "--prefix", "depth", "--format", "|{p}"],
        cwd=ROOT, text=True,
    )  # fmt: skip
    found: dict[tuple[str, str], Crate] = {}
    above: list[tuple[str, str]] = []
    for line in output.splitlines():
        depth, package = line.split("|")
        name, version = package.split()[:2]
        key = name, version.removeprefix("v")
        if key not in found:
            facts = _packages()[key]
            found[key] = Crate(
                *key, facts["license"], facts["repository"] or "", Path(facts["manifest_path"]).parent,
                _checksums().get(key),
            )  # fmt: skip
        del above[int(depth) :]
        if above:
            found[above[-1]].needs.add(key)
        above.append(key)
    own = [crate for crate in found.values() if crate.checksum is None]
    return own + sorted((c for c in found.values() if c.checksum), key=lambda crate: (crate.name, crate.version))


def _debian(package: str) -> list[dict[str, str]]:
    """The paragraphs of a package's copyright file, in Debian's format for machines."""
    path = _DOCUMENTS / package / "copyright"
    if not path.is_file():
        raise SystemExit(f"dist: {path} is missing (Debian: {package})")
    paragraphs = []
    for text in re.split(r"\n\s*\n", path.read_text("utf-8")):
        fields: dict[str, str] = {}
        for name, value in re.findall(r"^([A-Z][A-Za-z-]+):((?:.*)(?:\n[ \t].*)*)", text, re.MULTILINE):
            fields[name] = value.strip("\n")
        paragraphs.append(fields)
    return paragraphs


def _plain(value: str) -> str:
    """Without the indentation of the format."""
    lines = [re.sub(r"^ ", "", line) for line in value.splitlines()]
    return "\n".join("" if line.strip() == "." else line.rstrip() for line in lines).strip("\n")


def _std() -> list[str]:
    """Rust's standard library and what it has in itself."""
    paragraphs = _debian("rust-web-src")
    wanted = {"Rust's standard library": "library/*", "… its part backtrace": "library/backtrace/*",
              "… its tables of Unicode": "library/core/src/unicode/unicode_data.rs"}  # fmt: skip
    wanted |= {name: f"vendor/{name}-*/*" for name in _STD}
    blocks, licences = [], set()
    for name, files in wanted.items():
        fields = next((p for p in paragraphs if files.removesuffix("*/*") in p.get("Files", "")), None)
        if fields is None:
            raise SystemExit(f"dist: the copyright file of rust-web-src does not say what {name} is under")
        holders = "\n".join(line.strip() for line in fields["Copyright"].splitlines() if line.strip())
        licence = fields["License"].strip().splitlines()[0]
        licences |= set(re.split(r"\s+(?:or|OR|and)\s+", licence))
        blocks.append(f"{name}\n{licence}\nCopyright {holders.replace(chr(10), chr(10) + 'Copyright ')}")
    for fields in paragraphs:
        title, _, text = fields.get("License", "").strip().partition("\n")
        if "Files" not in fields and title in licences:
            blocks.append(f"{title}\n\n{_plain(text)}")
    return blocks


def _runtime(platform: Platform, tools: Path) -> list[tuple[str, str]]:
    """What the linker adds of its own."""
    if platform.windows:
        first = next(p for p in _debian("mingw-w64-common") if p.get("Files", "").strip() == "*")
        title, _, text = first["License"].strip().partition("\n")
        holders = first["Copyright"].strip()
        return [("MinGW-w64, its startup code", f"Copyright {holders}\n{title}\n\n{_plain(text)}")]
    zig = next(tools.parent.glob("lib/python3*/site-packages/ziglang/LICENSE"))
    return [("Zig, its runtime of the compiler", zig.read_text())]


def write(platform: Platform, tools: Path, out: Path) -> None:
    """NOTICES.txt: each crate, then each text once."""
    listed = crates(platform)
    texts: dict[str, list[str]] = {}
    lines = [
        "The library captask contains the following works of others. Their notices follow, each text once, with the",
        "names of what it is the notice of.",
        "",
    ]
    for crate in listed:
        if crate.checksum is None:
            continue
        lines.append(f"{crate.name} {crate.version}: {crate.licence}. {crate.repository}".rstrip(". "))
        found = crate.texts()
        if not found:
            raise SystemExit(f"dist: {crate.name} {crate.version} has no text of its licence")
        for name, text in found.items():
            texts.setdefault(text.replace("\r\n", "\n").strip("\n"), []).append(
                f"{crate.name} {crate.version}, {name}"
            )
    lines.append("Rust's standard library: MIT or Apache-2.0. https://github.com/rust-lang/rust")
    for name, text in _runtime(platform, tools):
        lines.append(name)
        texts[text.strip("\n")] = [name]
    rule = "-" * 100
    for text, names in texts.items():
        lines += ["", rule, *names, rule, "", text]
    for block in _std():
        lines += ["", rule, "In Rust's standard library", rule, "", block]
    out.write_text("\n".join(lines) + "\n")
