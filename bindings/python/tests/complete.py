"""Shows that a source package has every file that cargo needs, without a build. Usage: complete.py SDIST CRATE LIBRARY

Cargo itself has written which files it read, beside the library that it built in the checkout; and it reads the
package's own manifests, which name further ones.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path


def read_by_cargo(library: Path, crate: Path) -> list[Path]:
    """The files of the crate, and below the folders, that the library was built from."""
    rule = library.with_suffix(".d").read_text("utf-8").split(": ", 1)[1].replace("\\\n", " ")
    # A space within a path is written with a backslash.
    paths = [Path(part.replace("\0", " ")).resolve() for part in rule.replace("\\ ", "\0").split()]
    # What the build itself wrote is no source.
    sources = [path for path in paths if crate in path.parents and library.parent not in path.parents]
    files = [inner for path in sources for inner in (path.rglob("*") if path.is_dir() else [path]) if inner.is_file()]
    return sorted({path.relative_to(crate) for path in files})


def main() -> int:
    sdist, crate, library = (Path(argument).resolve() for argument in sys.argv[1:])
    wanted = read_by_cargo(library, crate)
    assert len(wanted) > 100, wanted
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        (unpacked,) = Path(folder).iterdir()
        rust = unpacked / "rust"
        failed = 0
        for path in wanted:
            if not (rust / path).is_file() or (rust / path).read_bytes() != (crate / path).read_bytes():
                print(f"python-test: {sdist.name} has not the crate's {path}", file=sys.stderr)
                failed = 1
        metadata = ["cargo", "metadata", "--offline", "--locked", "--no-deps", "--format-version", "1"]
        said = subprocess.run(metadata, cwd=rust, capture_output=True, text=True)
        if said.returncode != 0:
            print(f"python-test: {sdist.name}: {said.stderr}", file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
