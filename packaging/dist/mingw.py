"""The static library for MinGW, of which captask_* alone is visible, so that it links beside another one written in Rust.

packaging/localise.sh does the same for ELF.
"""

from __future__ import annotations

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


def localise(platform: Platform, archive: Path, result: Path) -> None:
    """Writes archive's code as one object to result, beside its tables of imports."""
    tools = platform.binutils
    # C names have an underscore in 32 bits.
    form, mark = {"windows-x64": ("pe-x86-64", ""), "windows-x86": ("pe-i386", "_")}[platform.name]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        members = subprocess.check_output([f"{tools}ar", "t", archive], text=True).split()
        if len(set(members)) != len(members):
            raise SystemExit(f"dist: members of {archive} have the same name")
        subprocess.run([f"{tools}ar", "x", archive.resolve()], cwd=folder, check=True)
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
        if imports:
            subprocess.run([f"{tools}strip", "--strip-debug", *imports], cwd=folder, check=True)
        subprocess.run([f"{tools}ar", "rcsD", "libcaptask.a", "captask.o", *imports], cwd=folder, check=True)
        shutil.copyfile(folder / "libcaptask.a", result)


def _is_import(tools: str, path: Path) -> bool:
    return ".idata$" in subprocess.check_output([f"{tools}objdump", "-h", path], text=True)
