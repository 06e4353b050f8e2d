"""The static library for MinGW, of which captask_* alone is visible, so that it links beside another one written in Rust.

packaging/localise.sh does the same for ELF.
"""

from __future__ import annotations

import collections
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from platforms import Platform

_SCRIPT = Path(__file__).with_name("mingw.ld")
# What marks a section as COMDAT goes with the flags that objcopy sets.
_FLAGS = {
    ".text": "alloc,load,readonly,code",
    ".data": "alloc,load,data",
    ".rdata": "alloc,load,readonly,data",
    ".pdata": "alloc,load,readonly,data",
    ".xdata": "alloc,load,readonly,data",
    ".eh_frame": "alloc,load,readonly,data",
    ".gcc_except_table": "alloc,load,readonly,data",
    ".bss": "alloc",
}


# _head_…_rustcXXXXXX_NAME_dll_imports_lib and …_iname.
_BUILD = re.compile(r"^(?P<head>_{1,2}head_|_)?.*_rustc[0-9A-Za-z]{6}_(?P<rest>.*_imports_lib.*)$")


def localise(platform: Platform, archive: Path, result: Path) -> None:
    """Writes archive's code as one object to result, beside its tables of imports."""
    tools = platform.binutils
    # C names have an underscore in 32 bits.
    form, mark = {"windows-x64": ("pe-x86-64", ""), "windows-x86": ("pe-i386", "_")}[platform.name]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "one").mkdir()
        members = _extract(tools, archive.resolve(), folder)
        # Each import is an object of its own, and the linker takes those that a program needs.
        imports = [name for name in members if _is_import(tools, folder / name)]
        code = [name for name in members if name not in imports]
        # ld takes this for its own to fill in, also with -r, and fails because it is the C library's.
        kept, other = f"{mark}_tls_used", f"{mark}_captask_tls_used"
        for name in code:
            subprocess.run([f"{tools}objcopy", f"--redefine-sym={kept}={other}", name], cwd=folder, check=True)
        subprocess.run(
            [f"{tools}ld", "-r", "--oformat", form, "-T", _SCRIPT, "-o", "captask.o", *code], cwd=folder, check=True
        )
        flags = [f"--set-section-flags={section}={value}" for section, value in _FLAGS.items()]
        subprocess.run(
            [f"{tools}objcopy", "--wildcard", f"--keep-global-symbol={mark}captask_*", f"--redefine-sym={other}={kept}",
             *flags, "--strip-debug", "captask.o"], cwd=folder, check=True,
        )  # fmt: skip
        for name in imports:
            _forget_the_build(tools, folder, name)
        subprocess.run([f"{tools}ar", "rcsD", "libcaptask.a", "captask.o", *imports], cwd=folder, check=True)
        shutil.copyfile(folder / "libcaptask.a", result)


def _extract(tools: str, archive: Path, folder: Path) -> list[str]:
    """Writes the members of an archive to folder; their names, in order. The tables of imports that several crates bring for
    one DLL have the same names: each table gets a number in front, so that its parts stay together when a linker sorts them."""
    members = subprocess.check_output([f"{tools}ar", "t", archive], text=True).split()
    total, seen, names = collections.Counter(members), collections.Counter(), []
    subprocess.run([f"{tools}ar", "x", archive], cwd=folder, check=True)
    for member in members:
        seen[member] += 1
        names.append(member if seen[member] == 1 else f"{seen[member]}-{member}")
        if total[member] > 1:
            subprocess.run([f"{tools}ar", "xN", str(seen[member]), archive, member], cwd=folder / "one", check=True)
            (folder / "one" / member).rename(folder / names[-1])
    return names


def _forget_the_build(tools: str, folder: Path, name: str) -> None:
    """Takes the folder of the build, and what rustc drew at random, out of the symbols of a table of imports."""
    number = name.split("-", 1)[0] if name[0].isdigit() else "1"
    symbols = subprocess.check_output([f"{tools}nm", "-j", name], cwd=folder, text=True).split()
    renamed = {symbol: _BUILD.sub(rf"\g<head>captask_{number}_\g<rest>", symbol) for symbol in symbols}
    changes = [f"--redefine-sym={old}={new}" for old, new in renamed.items() if old != new]
    subprocess.run([f"{tools}objcopy", "--strip-debug", *changes, name], cwd=folder, check=True)


def _is_import(tools: str, path: Path) -> bool:
    return ".idata$" in subprocess.check_output([f"{tools}objdump", "-h", path], text=True)
