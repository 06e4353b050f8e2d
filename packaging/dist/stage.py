"""Lays out what an archive contains."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import mingw
import notices
import sbom
from build import ROOT
from platforms import Platform

_PACKAGING = ROOT / "packaging"

_LINUX_FILES = """\
| `lib/libcaptask.so.@VERSION@` | the shared library; the two links beside it are for the linker and for programs |
| `lib/libcaptask.a` | the static library: exports `captask_*` alone |"""
_WINDOWS_FILES = """\
| `bin/captask.dll` | the library; it goes beside the program |
| `lib/captask.lib` | import library for Microsoft's linker |
| `lib/libcaptask.dll.a` | import library for MinGW |
| `lib/libcaptask.a` | static library for MinGW: exports `captask_*` alone |
| `lib/captask.def` | the exported functions, for other tools that make import libraries |"""
_STDCALL_FILES = """
| `bin/captask32.dll` | the same functions by stdcall, for VB6 and 32-bit VBA: beside `captask.dll`; `captask_set_log` is left out |"""
_LINUX_LINK = "Link: `cc program.c -Iinclude -Llib -lcaptask`, or statically: `cc program.c -Iinclude lib/libcaptask.a @SYSTEM_LIBS@`."
_WINDOWS_LINK = (
    "Link: `cl /I include program.c lib\\captask.lib`, or with MinGW: `gcc program.c -Iinclude -Llib -lcaptask`;"
    " statically, with MinGW: `gcc program.c -Iinclude lib/libcaptask.a @SYSTEM_LIBS@`."
)


def version() -> str:
    """The version that is built."""
    return re.search(r'^version = "(.*)"', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]


def _fill(template: str, values: dict[str, str]) -> str:
    return re.sub(r"@([A-Z_]+)@", lambda name: values[name[1]], template)


def _static(platform: Platform, built: Path, out: Path) -> None:
    """The static library, of which captask_* alone is visible."""
    if platform.windows:
        mingw.localise(platform, built / "libcaptask.a", out)
        return
    environment = {**os.environ, **{name: platform.binutils + tool for name, tool in
                                    (("LD", "ld"), ("OBJCOPY", "objcopy"), ("AR", "ar"))}}  # fmt: skip
    if platform.emulation:
        environment["LDEMULATION"] = platform.emulation
    subprocess.run([_PACKAGING / "localise.sh", built / "libcaptask.a", out], env=environment, check=True)


def _import_libraries(platform: Platform, lib: Path) -> None:
    """For MinGW and for Microsoft's linker, from the list of functions."""
    definition = _PACKAGING / "captask.def"
    subprocess.run(
        [f"{platform.binutils}dlltool", "-d", definition, "-D", "captask.dll", "-l", lib / "libcaptask.dll.a",
         "--deterministic-libraries", "--temp-prefix", "captask"], cwd=lib, check=True,
    )  # fmt: skip
    machine = {"windows-x64": "i386:x86-64", "windows-x86": "i386"}[platform.name]
    subprocess.run(
        ["llvm-dlltool", "-m", machine, "-d", definition, "-D", "captask.dll", "-l", lib / "captask.lib"], check=True
    )
    shutil.copyfile(definition, lib / "captask.def")


def _stdcall(platform: Platform, lib: Path, folder: Path) -> None:
    """captask32.dll, for callers of 32-bit Windows that know stdcall alone."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            [sys.executable, "-B", _PACKAGING / "stdcall.py", ROOT / "include" / "captask.ffi.h", scratch], check=True
        )
        subprocess.run(
            [f"{platform.binutils}gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-Os", "-s", "-shared",
             "-static-libgcc", "-Wl,--no-insert-timestamp", f"-I{ROOT / 'include'}", "captask32.c", "captask32.def",
             lib / "libcaptask.dll.a", "-o", folder / "captask32.dll"], cwd=scratch, check=True,
        )  # fmt: skip


def tree(platform: Platform, built: Path, tools: Path, when: int, folder: Path) -> Path:
    """Everything of one platform below folder/captask-VERSION-PLATFORM, which is returned."""
    number = version()
    major, minor, _ = number.split(".")
    top = folder / f"captask-{number}-{platform.name}"
    shutil.rmtree(top, ignore_errors=True)
    lib, include = top / "lib", top / "include"
    for path in (lib / "pkgconfig", lib / "cmake" / "captask", include, top / "share/man/man3", top / "share/captask"):
        path.mkdir(parents=True)
    soname = f"libcaptask.so.{major}"
    values = {
        "VERSION": number, "MAJOR": major, "MINOR": minor, "PLATFORM": platform.name, "NEEDS": platform.needs,
        "SYSTEM_LIBS": platform.system_libs, "SHARED_FILE": f"libcaptask.so.{number}", "SONAME": soname,
        # Wherever the archive is unpacked.
        "PREFIX": "${pcfiledir}/../..", "LIBDIR": "${prefix}/lib", "INCLUDEDIR": "${prefix}/include",
    }  # fmt: skip
    if platform.windows:
        (top / "bin").mkdir()
        shutil.copy(built / platform.shared, top / "bin" / platform.shared)
        _import_libraries(platform, lib)
        if platform.name == "windows-x86":
            _stdcall(platform, lib, top / "bin")
    else:
        shutil.copy(built / platform.shared, lib / values["SHARED_FILE"])
        (lib / soname).symlink_to(values["SHARED_FILE"])
        (lib / "libcaptask.so").symlink_to(soname)
    _static(platform, built, lib / "libcaptask.a")
    for name in ("captask.h", "captask.hpp", "captask.ffi.h"):
        shutil.copyfile(ROOT / "include" / name, include / name)
    for name in ("captask.pc", "captask-static.pc"):
        (lib / "pkgconfig" / name).write_text(_fill((_PACKAGING / f"{name}.in").read_text(), values))
    values["INCLUDEDIR"] = "${_captask_libdir}/../include"
    for name in ("captask-config.cmake", "captask-config-version.cmake"):
        (lib / "cmake" / "captask" / name).write_text(_fill((_PACKAGING / f"{name}.in").read_text(), values))
    (top / "share/man/man3/captask.3").write_text(_fill((_PACKAGING / "captask.3").read_text(), values))
    schema = ROOT / "src/protocol/catalog/data/catalogue.json"
    shutil.copyfile(schema, top / "share/captask/catalogue.schema.json")
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        shutil.copyfile(ROOT / name, top / name)
    notices.write(platform, tools, top / "NOTICES.txt")
    sbom.write(platform, number, when, top / "sbom.cdx.json")
    files = _WINDOWS_FILES if platform.windows else _LINUX_FILES
    if platform.name == "windows-x86":
        files += _STDCALL_FILES
    values["FILES"] = _fill(files, values)
    values["LINK"] = _fill(_WINDOWS_LINK if platform.windows else _LINUX_LINK, values)
    (top / "README.md").write_text(_fill((_PACKAGING / "dist" / "README.md.in").read_text(), values))
    return top
