"""How long the service's official clients take to load: see docs/benchmarks.md.

They are installed into a folder of the target directory, the one that `make official-test` keeps them in.
"""

import json
import pathlib
import shutil
import subprocess
import sys

# The versions that were compared with last.
PYTHON = "capmonstercloudclient==4.3.1"
JAVASCRIPT = "@zennolab_com/capmonstercloud-client@2.6.1"

# Each tells how long the import and the first client took, its interpreter's start left out.
IN_PYTHON = """
import time
start = time.perf_counter()
from capmonstercloudclient import CapMonsterClient, ClientOptions
loaded = time.perf_counter()
CapMonsterClient(options=ClientOptions(api_key="0123456789abcdef0123456789abcdef"))
opened = time.perf_counter()
load, opening = loaded - start, opened - loaded
print('{"load_us":%f,"open_us":%f,"both_us":%f}' % (load * 1e6, opening * 1e6, (load + opening) * 1e6))
"""
IN_JAVASCRIPT = """
const start = performance.now();
const { CapMonsterCloudClientFactory, ClientOptions } = require('@zennolab_com/capmonstercloud-client');
const loaded = performance.now();
CapMonsterCloudClientFactory.Create(new ClientOptions({ clientKey: '0123456789abcdef0123456789abcdef' }));
const opened = performance.now();
const micro = (from, to) => (to - from) * 1000;
console.log(JSON.stringify({ load_us: micro(start, loaded), open_us: micro(loaded, opened), both_us: micro(start, opened) }));
"""


class Missing(Exception):
    """What a client lacks to be measured."""


def clients(folder):
    """Of each client that can be had its name and a function that loads it once; the others are told of."""
    found = []
    for name, install in (("official Python client", python), ("official JavaScript client", javascript)):
        try:
            found.append((name, install(folder)))
        except Missing as why:
            print(f"load: skipped: the {name}: {why}", flush=True)
    return found


def python(folder):
    program = folder / "python/bin/python"
    if not quietly([program, "-c", "import capmonstercloudclient"]):
        if not quietly([sys.executable, "-m", "venv", folder / "python"]):
            raise Missing("python3 has no venv with pip")
        if not quietly([program, "-m", "pip", "install", "--disable-pip-version-check", PYTHON]):
            raise Missing(f"pip cannot install {PYTHON}")
    return runner([program, "-c", IN_PYTHON])


def javascript(folder):
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("node and npm are not there")
    place = folder / "javascript"
    if not (place / "node_modules" / JAVASCRIPT.rsplit("@", 1)[0]).is_dir():
        place.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--prefix", place, "--silent", "--no-audit", "--no-fund", "--no-save", JAVASCRIPT]
        if not quietly(install):
            raise Missing(f"npm cannot install {JAVASCRIPT}")
    return runner([node, "-e", IN_JAVASCRIPT], cwd=place)


def quietly(command):
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def runner(command, cwd=None):
    def run():
        done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True, cwd=cwd)
        return json.loads(done.stdout)

    # Once beforehand, so that no round compiles modules or reads them from the disk.
    run()
    return run


if __name__ == "__main__":
    for name, run in clients(pathlib.Path(sys.argv[1])):
        print(name, run())
