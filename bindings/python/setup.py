"""Puts the shared library into the wheel.

The library has a C ABI and is loaded by ctypes, so one wheel serves every CPython: its tag is py3-none-<platform>.
CAPTASK_LIBRARY names a library that is built already; without it cargo builds one from the Rust sources: those two
folders up in a checkout, those in the folder rust of a source package, which are a copy of them.
CAPTASK_WHEEL_PLATFORM is the platform of a library for another machine, as in a wheel's name.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

HERE = Path(__file__).resolve().parent
PACKED = HERE / "rust"
CRATE = PACKED if PACKED.is_dir() else HERE.parents[1]
# What cargo reads to build the library, and the programs that Cargo.toml names, which it wants to see.
SOURCES = (
    "Cargo.toml",
    "Cargo.lock",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "build.rs",
    "benches",
    "shared",
    "src",
    "tests/soak",
    "tests/support/host.rs",
    "tests/trust/race.rs",
)
NEEDED = (
    "captask needs its shared library, which no file of this package is. Either\n"
    "  - install Rust 1.89 or later (cargo), which builds it from the sources in this package, or\n"
    "  - set CAPTASK_LIBRARY to the path of a libcaptask that is built already."
)
CALLED_IN = Path(os.environ.get("PWD") or ".")
NAMES = {"win32": "captask.dll", "cygwin": "captask.dll", "darwin": "libcaptask.dylib"}


def library() -> Path:
    """The shared library that goes into the wheel."""
    given = os.environ.get("CAPTASK_LIBRARY")
    if given:
        # Frontends build from another folder than the one that they were called in: PWD is that of the caller's shell.
        path = next((p for p in (Path(given), CALLED_IN / given, CRATE / given) if p.is_file()), Path(given))
        if not path.is_file():
            raise SystemExit(f"CAPTASK_LIBRARY: there is no file {path}")
        return path
    if not (CRATE / "Cargo.toml").is_file() or shutil.which("cargo") is None:
        raise SystemExit(NEEDED)
    subprocess.run(["cargo", "build", "--release", "--lib", "--locked"], cwd=CRATE, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR") or CRATE / "target")
    triple = os.environ.get("CARGO_BUILD_TARGET")
    folder = target / triple if triple else target
    return (CRATE / folder) / "release" / NAMES.get(sys.platform, "libcaptask.so")


class BuildWithLibrary(build_py):
    """Lays the library beside the modules."""

    def run(self) -> None:
        # What an earlier build left there is in the wheel otherwise, also modules that are no more.
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        if self.editable_mode:
            place = HERE / "src" / "captask"
        else:
            place = Path(self.build_lib) / "captask"
        place.mkdir(parents=True, exist_ok=True)
        built = library()
        # A library for another machine keeps its name.
        foreign = "CAPTASK_WHEEL_PLATFORM" in os.environ
        shutil.copyfile(built, place / (built.name if foreign else NAMES.get(sys.platform, "libcaptask.so")))


class WithRust(sdist):
    """A source package that has the Rust sources too."""

    def make_release_tree(self, base_dir, files) -> None:
        super().make_release_tree(base_dir, files)
        if not (CRATE / "Cargo.toml").is_file():
            raise SystemExit("a source package is made in a checkout of the repository, which has the Rust sources")
        for name in SOURCES:
            place = Path(base_dir) / "rust" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            if (CRATE / name).is_dir():
                shutil.copytree(CRATE / name, place, dirs_exist_ok=True)
            else:
                shutil.copyfile(CRATE / name, place)


class AnyPython(bdist_wheel):
    """A wheel of this platform for every Python 3."""

    def get_tag(self):
        return "py3", "none", os.environ.get("CAPTASK_WHEEL_PLATFORM") or super().get_tag()[2]


class Binary(Distribution):
    """Tells setuptools that the wheel belongs to a platform."""

    def has_ext_modules(self) -> bool:
        return True


setup(cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": AnyPython, "sdist": WithRust}, distclass=Binary)
