#!/bin/sh
# Installs the source package into a new virtual environment, as a user without a library does: cargo builds it from the
# sources inside the package, which takes minutes. Then it runs tests with what came of it.
# Usage: source.sh FOLDER, where FOLDER is for what is built.
set -eu

folder=$1
here=$(cd "$(dirname "$0")" && pwd)
name=python-source-test
. "$here/venv.sh"
venv=$folder/venv/bin/python
pip install -r "$here/tests/requirements.txt"
"$here/sdist.sh" "$venv" "$folder"

# Neither a library nor a cargo folder of this checkout: both would be used.
unset CAPTASK_LIBRARY CARGO_TARGET_DIR CARGO_BUILD_TARGET
"$venv" -m pip --disable-pip-version-check install --verbose "$folder"/sdist/*.tar.gz >"$folder/install.log" 2>&1 || {
    tail -n 40 "$folder/install.log" >&2
    exit 1
}
grep -q 'Compiling captask-shared' "$folder/install.log" || {
    echo "python-source-test: cargo compiled nothing, see $folder/install.log" >&2
    exit 1
}
cd "$folder"
"$venv" -m pytest -q -o cache_dir="$folder/cache" --rootdir "$here" "$here/tests/test_readme.py" \
    "$here/tests/test_client.py" "$here/tests/test_events.py" "$here/tests/test_vectors.py"
