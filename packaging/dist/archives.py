"""Archives that are the same bytes whenever and wherever they are made, their checksums, and the signature."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import subprocess
import tarfile
import time
import zipfile
from pathlib import Path


def epoch(root: Path) -> int:
    """The time that everything is dated with: SOURCE_DATE_EPOCH, or that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    said = subprocess.run(
        ["git", "-C", str(root), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    if said.returncode != 0:
        raise SystemExit("dist: this is no checkout of git; set SOURCE_DATE_EPOCH to the seconds of the release")
    return int(said.stdout)


def _entries(tree: Path) -> list[Path]:
    return sorted([tree, *tree.rglob("*")])


def tar_gz(tree: Path, archive: Path, when: int) -> None:
    """tree/ with its name, as a .tar.gz."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path in _entries(tree):
            info = tar.gettarinfo(str(path), str(path.relative_to(tree.parent)))
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime = when
            info.mode = _mode(path)
            if info.isreg():
                with path.open("rb") as data:
                    tar.addfile(info, data)
            else:
                tar.addfile(info)
    # gzip's header would have the file's name and the time.
    with archive.open("wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(buffer.getvalue())


def zip_tree(tree: Path, archive: Path, when: int) -> None:
    """tree/ with its name, as a .zip."""
    date = time.gmtime(max(when, 315532800))[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in _entries(tree):
            if path.is_file():
                info = zipfile.ZipInfo(str(path.relative_to(tree.parent)), date)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.create_system = 3
                info.external_attr = (stat.S_IFREG | _mode(path)) << 16
                out.writestr(info, path.read_bytes())


def _mode(path: Path) -> int:
    if path.is_symlink():
        return 0o777
    return 0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644


def checksums(folder: Path) -> Path:
    """Writes SHA256SUMS over everything else in the folder."""
    sums = folder / "SHA256SUMS"
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith("SHA256SUMS")
    ]
    sums.write_text("".join(lines))
    return sums


def sign(sums: Path, key: Path, version: str) -> None:
    """Signs the checksums with minisign's secret key; minisign asks for its password where it has one."""
    subprocess.run(
        ["minisign", "-S", "-s", str(key), "-m", str(sums), "-t", f"captask {version}", "-c", "signature of captask"],
        check=True,
    )
