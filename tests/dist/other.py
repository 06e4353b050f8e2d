"""Builds tests/static/other.rs for a platform as its releases are built: FOLDER/libother.a.

other.py PLATFORM WORK FOLDER, where WORK is the folder of `make dist`.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "dist"))
from build import cargo, tools  # noqa: E402
from platforms import PLATFORMS  # noqa: E402

platform, work, folder = PLATFORMS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3])
package = folder / "other"
package.mkdir(parents=True)
(package / "Cargo.toml").write_text(f"""\
[workspace]
[package]
name = "other"
version = "0.0.0"
edition = "2024"
[lib]
path = "{ROOT}/tests/static/other.rs"
crate-type = ["staticlib"]
[profile.release]
panic = "unwind"
""")
(package / "Cargo.lock").write_text('version = 4\n[[package]]\nname = "other"\nversion = "0.0.0"\n')
# MinGW links alone.
commands = Path("/usr/bin") if platform.windows else tools(work)
built = cargo(platform, package, [], folder / "target", commands, quick=True)
shutil.move(built / "libother.a", folder / "libother.a")
shutil.rmtree(folder / "target")
