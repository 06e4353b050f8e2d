"""Builds the libraries of one platform with cargo.

One compiler serves every platform, so that the same version gives the same bytes everywhere: Debian's (rustc-web), whose
standard library is built from Debian's sources of it (rust-web-src) for what it has not got. zig links what runs on
Linux, against the glibc that is asked for; MinGW links what runs on Windows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from platforms import Platform

ROOT = Path(__file__).resolve().parents[2]
RUSTC = os.environ.get("DIST_RUSTC", "/usr/bin/rustc")


class Missing(Exception):
    """Something that a build takes is not installed."""


def tools(work: Path) -> Path:
    """The commands of requirements.txt, in a virtual environment of their own."""
    wanted = (ROOT / "packaging" / "dist" / "requirements.txt").read_text()
    folder = work / "tools"
    stamp = folder / "requirements.txt"
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run(
            [folder / "bin" / "pip", "--quiet", "--disable-pip-version-check", "install", "-r",
             ROOT / "packaging" / "dist" / "requirements.txt"], check=True,
        )  # fmt: skip
        stamp.write_text(wanted)
    return folder / "bin"


def sysroot() -> Path:
    """Where the compiler's own files lie."""
    if not Path(RUSTC).is_file():
        raise Missing(f"{RUSTC} (Debian: rustc-web; or DIST_RUSTC names a compiler)")
    return Path(subprocess.check_output([RUSTC, "--print", "sysroot"], text=True).strip())


def _has_std(platform: Platform) -> bool:
    # The directory's name is all that is asked: `--print target-libdir` knows every target.
    folder = sysroot() / "lib" / "rustlib" / platform.triple / "lib"
    return any(folder.glob("libstd-*.rlib"))


def _hidden(target_dir: Path) -> dict[Path, str]:
    """The paths of this machine, and what is in the libraries instead. The last one that fits counts."""
    return {
        Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")).resolve(): "/cargo",
        sysroot() / "lib" / "rustlib" / "src" / "rust": "/rust",
        ROOT: "/captask",
        target_dir: "/captask/target",
    }


def _startup(platform: Platform, folder: Path) -> Path:
    """The linker of 32-bit Windows: with rsbegin.o and rsend.o, which come with Rust's own builds of the std alone.

    They register the tables by which a panic is unwound.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("rsbegin", "rsend"):
        source = sysroot() / "lib" / "rustlib" / "src" / "rust" / "library" / "rtstartup" / f"{name}.rs"
        # The edition that these two files are written in.
        subprocess.run(
            [RUSTC, "--target", platform.triple, "--edition", "2015", "--emit=obj", "-Copt-level=2", "-o",
             folder / f"{name}.o", source],
            env={**os.environ, "RUSTC_BOOTSTRAP": "1"}, check=True,
        )  # fmt: skip
    linker = folder / "linker"
    linker.write_text(
        "#!/bin/sh\n"
        f"for argument; do\n    shift\n    case $argument in\n"
        f"        rsbegin.o | rsend.o | */rsbegin.o | */rsend.o) argument='{folder}'/${{argument##*/}} ;;\n"
        f"    esac\n    set -- \"$@\" \"$argument\"\ndone\nexec {platform.binutils}gcc \"$@\"\n"
    )
    linker.chmod(0o755)
    return linker


def build(platform: Platform, work: Path, commands: Path, features: tuple[str, ...] = (), quick: bool = False) -> Path:
    """Builds both libraries; returns the folder that they are in.

    Quick ones are for tests on every change: without optimisation across crates, which takes one processor two minutes.
    """
    arguments = ["--package", "captask-shared"]
    if features:
        arguments += ["--features", ",".join(features)]
    return cargo(platform, ROOT, arguments, work / ("quick" if quick else "cargo"), commands, quick)


def cargo(platform: Platform, root: Path, arguments: list[str], target_dir: Path, commands: Path, quick: bool) -> Path:
    """Builds what arguments name of the package in root; returns the folder that it is in."""
    hidden = _hidden(target_dir)
    library = sysroot() / "lib" / "rustlib" / "src" / "rust" / "library"
    environment = {
        **os.environ,
        "RUSTC": RUSTC,
        "RUSTC_BOOTSTRAP": "1",
        "CARGO_INCREMENTAL": "0",
        "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(
            [*platform.rustflags, *(f"--remap-path-prefix={path}={name}" for path, name in hidden.items())]
        ),
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        # The C code of ring.
        "CFLAGS": " ".join(["-g0", *(f"-ffile-prefix-map={path}={name}" for path, name in hidden.items())]),
        "ZERO_AR_DATE": "1",
    }
    if quick:
        environment |= {"CARGO_PROFILE_RELEASE_LTO": "off", "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16"}
    for name in ("RUSTFLAGS", "CARGO_BUILD_TARGET", "CARGO_TARGET_DIR"):
        environment.pop(name, None)
    variable = platform.triple.replace("-", "_")
    target = platform.triple
    if platform.windows:
        compiler = f"{platform.binutils}gcc"
        if shutil.which(compiler) is None:
            raise Missing(f"{compiler} (Debian: gcc-mingw-w64)")
        command = ["cargo", "build"]
        environment[f"CC_{variable}"] = compiler
        linker = compiler
        if platform.name == "windows-x86":
            linker = str(_startup(platform, target_dir / "startup"))
        environment[f"CARGO_TARGET_{variable.upper()}_LINKER"] = linker
    else:
        command = ["cargo", "zigbuild"]
        if platform.glibc:
            target = f"{target}.{platform.glibc}"
    command += ["--quiet", "--release", "--lib", "--locked", *arguments, "--target", target,
                "--target-dir", str(target_dir)]  # fmt: skip
    if not _has_std(platform):
        if not library.is_dir():
            raise Missing(f"{library} (Debian: rust-web-src)")
        command += ["-Z", "build-std=std,panic_unwind"]
    subprocess.run(command, cwd=root, env=environment, check=True)
    return target_dir / platform.triple / "release"
