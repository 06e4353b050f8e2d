"""Signs checksums with a key made for it, verifies them with minisign, and sees that a changed file is refused."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging" / "dist"))
import archives  # noqa: E402

if shutil.which("minisign") is None:
    print("dist-check: skipped: minisign is missing")
    sys.exit(1 if os.environ.get("CI") else 0)


def verifies(folder: Path) -> bool:
    answer = subprocess.run(
        ["minisign", "-V", "-q", "-m", "SHA256SUMS", "-p", "key.pub"], cwd=folder, capture_output=True, check=False
    )
    sums = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    return answer.returncode == 0 and sums.returncode == 0


with tempfile.TemporaryDirectory() as scratch:
    folder = Path(scratch)
    subprocess.run(["minisign", "-G", "-W", "-p", "key.pub", "-s", "key"], cwd=folder, check=True, capture_output=True)
    files = folder / "files"
    files.mkdir()
    (files / "captask.tar.gz").write_bytes(b"an archive")
    sums = archives.checksums(files)
    archives.sign(sums, folder / "key", "1.2.3")
    shutil.copy(folder / "key.pub", files)
    cases = {"what was signed verifies": (None, None, True),
             "a changed file is refused": ("captask.tar.gz", b"another", False),
             "a changed sum is refused": ("SHA256SUMS", sums.read_bytes().replace(b"a", b"b", 1), False)}  # fmt: skip
    failed = False
    for what, (name, content, expected) in cases.items():
        kept = (files / name).read_bytes() if name else None
        if name:
            (files / name).write_bytes(content)
        well = verifies(files) == expected
        failed |= not well
        print(f"{'ok' if well else 'not ok'} signature: {what}")
        if name:
            (files / name).write_bytes(kept)
sys.exit(failed)
