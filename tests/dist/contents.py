"""Looks at what `make dist` made, without running any of it.

contents.py DIST PLATFORM…: exports, what each library needs of its system, paths of the building machine, notices, the bill
of materials, the wheel, the checksums.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYMBOLS = (ROOT / "tests" / "symbols.txt").read_text().split()
VERSION = re.search(r'^version = "(.*)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]
BINUTILS = {"linux-aarch64": "aarch64-linux-gnu-", "windows-x64": "x86_64-w64-mingw32-",
            "windows-x86": "i686-w64-mingw32-"}  # fmt: skip
WHEELS = {
    "linux-x86_64": "manylinux_2_17_x86_64.manylinux2014_x86_64",
    "linux-aarch64": "manylinux_2_17_aarch64.manylinux2014_aarch64",
    "linux-i686": "manylinux_2_17_i686.manylinux2014_i686",
    "linux-musl-x86_64": "musllinux_1_2_x86_64",
    "windows-x64": "win_amd64",
    "windows-x86": "win32",
}
GLIBC_FLOOR = (2, 17)
# Part of every Windows from 7 on, and what only later ones have.
WINDOWS_7 = {"advapi32", "bcrypt", "crypt32", "kernel32", "msvcrt", "ncrypt", "ntdll", "secur32", "userenv", "ws2_32"}
WINDOWS_10 = WINDOWS_7 | {"bcryptprimitives"}

failures = 0


def holds(what: str, wrong: object = None) -> None:
    global failures
    failures += bool(wrong)
    print(f"not ok dist: {what}: {wrong}" if wrong else f"ok dist: {what}", flush=True)


def output(*command: object) -> str:
    return subprocess.check_output([str(word) for word in command], text=True)


def exports(platform: str, library: Path) -> list[str]:
    tools = BINUTILS.get(platform, "")
    if platform.startswith("windows"):
        table = output(f"{tools}objdump", "-p", library).split("[Ordinal/Name Pointer] Table")[1].split("\n\n")[0]
        return sorted(line.split()[-1] for line in table.splitlines()[1:] if line.strip())
    listed = output(f"{tools}nm", "-D", "--defined-only", library)
    return sorted(words[2] for words in map(str.split, listed.splitlines()) if words[1] != "A")


def inspect_library(platform: str, library: Path, where: str) -> None:
    tools = BINUTILS.get(platform, "")
    found = exports(platform, library)
    holds(f"{where} exports what tests/symbols.txt lists", set(found) ^ set(SYMBOLS))
    if platform.startswith("windows"):
        listing = output(f"{tools}objdump", "-p", library)
        needs = {name.lower().removesuffix(".dll") for name in re.findall(r"DLL Name: (.*)", listing)}
        allowed = WINDOWS_7 if platform == "windows-x86" else WINDOWS_10
        ours = {name for name in needs if not (platform == "windows-x64" and name.startswith("api-ms-win-"))}
        holds(f"{where} needs parts of Windows alone: {' '.join(sorted(needs))}", ours - allowed)
        version = re.search(r"MajorSubsystemVersion\s+(\d+)\nMinorSubsystemVersion\s+(\d+)", listing)
        holds(f"{where} asks for no later Windows than its own", (int(version[1]), int(version[2])) > (6, 1)
              and platform == "windows-x86" and version[0])
        stamp = re.search(r"Time/Date\s+(.*)", listing)[1]
        holds(f"{where} has no time of its build", "1970" not in stamp and stamp)
        return
    dynamic = output(f"{tools}readelf", "-dW", library)
    needs = set(re.findall(r"NEEDED.*\[(.*)\]", dynamic))
    soname = re.search(r"SONAME.*\[(.*)\]", dynamic)[1]
    holds(f"{where} has its soname", soname != "libcaptask.so.0" and soname)
    if platform == "linux-musl-x86_64":
        holds(f"{where} needs musl alone", needs - {"libc.so", "libc.musl-x86_64.so.1"})
        return
    holds(f"{where} needs glibc alone: {' '.join(sorted(needs))}", {
        name for name in needs
        if not re.match(r"(lib(c|m|dl|rt|pthread|util)\.so\.\d|ld-linux.*\.so\.\d)$", name)})  # fmt: skip
    wanted = {tuple(map(int, number.split("."))) for number in
              re.findall(r"GLIBC_(\d+(?:\.\d+)+)", output(f"{tools}readelf", "-VW", library))}  # fmt: skip
    highest = ".".join(map(str, max(wanted)))
    holds(f"{where} runs with glibc 2.17: it needs GLIBC_{highest}", max(wanted) > GLIBC_FLOOR and highest)


def inspect_static(platform: str, archive: Path) -> None:
    listed = output(f"{BINUTILS.get(platform, '')}nm", "-A", "-g", "--defined-only", archive).splitlines()
    # ARCHIVE:MEMBER:ADDRESS KIND NAME
    symbols = [(words[0].split(":")[-2], words[2]) for words in map(str.split, listed) if len(words) == 3]
    visible = {name for member, name in symbols if member == "captask.o"}
    if platform == "windows-x86":
        visible = {name.removeprefix("_") for name in visible}
    holds(f"{platform}: the static library exports the same", visible ^ set(SYMBOLS))
    # The imports of Windows are objects of their own, which linkers take once, whoever brings them.
    others = {(member, name) for member, name in symbols if member != "captask.o"}
    imported = {(member, name[6:]) for member, name in others if "_imp_" in name[:6]}
    holds(f"{platform}: it has no other code", {name for member, name in others if not platform.startswith("windows") or not (
        "_imp_" in name[:6] or "_head_" in name or name.endswith("_iname") or (member, name) in imported)})  # fmt: skip


def machine_paths() -> list[bytes]:
    """How the files of this machine are called that a build reads."""
    home = os.environ.get("CARGO_HOME", str(Path.home() / ".cargo"))
    return [str(path).encode() for path in {ROOT, Path(home).resolve(), Path.home()} if len(str(path)) > 1]


def inspect_paths(folder: Path, where: str) -> None:
    wrong = {
        str(path.relative_to(folder)): name.decode()
        for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
        for name in machine_paths()
        # To the end of a name, since others begin the same.
        if re.search(re.escape(name) + rb"(/|\0|$)", path.read_bytes())
    }  # fmt: skip
    holds(f"{where} names no file of the machine that built it", wrong)


def crates() -> set[str]:
    """name version of everything that a platform's libraries may contain, from Cargo.lock."""
    text = (ROOT / "Cargo.lock").read_text()
    return {f"{name} {version}" for name, version in
            re.findall(r'name = "(.+)"\nversion = "(.+)"\nsource', text)}  # fmt: skip


def inspect_notices(top: Path, where: str) -> None:
    notices = (top / "NOTICES.txt").read_text()
    bill = json.loads((top / "sbom.cdx.json").read_text())
    inside = {f"{part['name']} {part['version']}" for part in bill["components"] if part["purl"].startswith("pkg:cargo")}
    holds(f"{where}: its bill of materials lists crates of Cargo.lock", inside - crates())
    # What is known to be inside, whatever wrote the list.
    known = {"ring", "rustls", "subtle", "rustls-webpki", "webpki-roots", "hyper", "tokio", "ureq"}
    holds(f"{where}: it lists what is known to be inside", known - {name.split()[0] for name in inside})
    references = {part["bom-ref"] for part in bill["components"]}
    holds(f"{where}: what a part of it needs is in it",
          {need for part in bill["dependencies"] for need in part["dependsOn"]} - references)  # fmt: skip
    holds(f"{where}: it is CycloneDX 1.6", (bill["bomFormat"], bill["specVersion"]) != ("CycloneDX", "1.6"))
    holds(f"{where}: NOTICES.txt has a text for each of its {len(inside)} crates",
          {name for name in inside if f"\n{name}, " not in notices})  # fmt: skip
    # Sentences that the licences of ring, subtle and the standard library ask for.
    for sentence in ("Brian Smith", "Isis Agora Lovecruft", "Rust Project Developers",
                     "Permission is hereby granted, free of charge"):  # fmt: skip
        holds(f"{where}: NOTICES.txt says \"{sentence}\"", sentence not in notices)


def inspect_archive(dist: Path, platform: str, scratch: Path) -> None:
    name = f"captask-{VERSION}-{platform}"
    windows = platform.startswith("windows")
    archive = dist / f"{name}.{'zip' if windows else 'tar.gz'}"
    if windows:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(scratch)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(scratch, filter="data")
    top = scratch / name
    expected = ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "include/captask.h", "include/captask.hpp",
                "include/captask.ffi.h", "lib/libcaptask.a", "lib/pkgconfig/captask.pc", "lib/pkgconfig/captask-static.pc",
                "lib/cmake/captask/captask-config.cmake", "lib/cmake/captask/captask-config-version.cmake",
                "share/man/man3/captask.3"]  # fmt: skip
    expected += ["bin/captask.dll", "lib/captask.lib", "lib/libcaptask.dll.a"] if windows else ["lib/libcaptask.so.0"]
    holds(f"{archive.name} is complete", [path for path in expected if not (top / path).is_file()])
    left = [str(path.relative_to(top)) for path in top.rglob("*") if path.suffix in {".pc", ".cmake", ".md", ".3"}
            and re.search(r"@[A-Z_]+@", path.read_text())]  # fmt: skip
    holds(f"{archive.name} has no template left", left)
    inspect_library(platform, top / ("bin/captask.dll" if windows else "lib/libcaptask.so"), platform)
    inspect_static(platform, top / "lib/libcaptask.a")
    inspect_paths(top, archive.name)
    inspect_notices(top, archive.name)


def inspect_wheel(dist: Path, platform: str, scratch: Path) -> None:
    wheel = dist / f"captask-{VERSION}-py3-none-{WHEELS[platform]}.whl"
    if not wheel.is_file():
        holds(f"there is a wheel for {platform}", f"{wheel.name} is missing")
        return
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(scratch)
    library = scratch / "captask" / ("captask.dll" if platform.startswith("windows") else "libcaptask.so")
    holds(f"{wheel.name} has the library", not library.is_file() and sorted(scratch.rglob("*captask*")))
    inspect_library(platform, library, f"{platform}'s wheel")
    inspect_paths(scratch, wheel.name)
    holds(f"{wheel.name} has the notices", not list(scratch.glob("*.dist-info/**/LICENSE-THIRD-PARTY.txt")))
    record = next(scratch.glob("*.dist-info/WHEEL")).read_text()
    tags = {f"py3-none-{tag}" for tag in WHEELS[platform].split(".")}
    holds(f"{wheel.name}: its tags are those of its name", tags ^ set(re.findall(r"Tag: (.*)", record)))


def inspect_sums(dist: Path) -> None:
    sums = dict(reversed(line.split("  ")) for line in (dist / "SHA256SUMS").read_text().splitlines())
    files = {path.name for path in dist.iterdir() if path.suffix in {".gz", ".zip", ".whl"}}
    holds("SHA256SUMS lists every file", files ^ set(sums))
    holds("its sums are theirs", [name for name, sum in sums.items()
                                  if hashlib.sha256((dist / name).read_bytes()).hexdigest() != sum])  # fmt: skip


def main() -> None:
    dist = Path(sys.argv[1]).resolve()
    for platform in sys.argv[2:]:
        with tempfile.TemporaryDirectory() as scratch:
            inspect_archive(dist, platform, Path(scratch))
        with tempfile.TemporaryDirectory() as scratch:
            inspect_wheel(dist, platform, Path(scratch))
    inspect_sums(dist)
    sys.exit(failures > 0)


main()
