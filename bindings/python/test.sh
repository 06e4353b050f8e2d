#!/bin/sh
# Builds the wheel around a shared library, installs it into a new virtual environment and runs the tests there.
# Usage: test.sh LIBRARY FOLDER, where FOLDER is for what is built.
set -eu

library=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}

if ! "$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
    echo "python-test: skipped: CPython 3.9 or later with venv is missing"
    test -z "${CI:-}"
    exit
fi

rm -rf "$folder"
mkdir -p "$folder"
"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install -r "$here/tests/requirements.txt"
# A copy is built, so that no leftovers of a build lie in the source tree.
cp -r "$here" "$folder/source"
CAPTASK_LIBRARY=$library "$folder/venv/bin/pip" --quiet --disable-pip-version-check wheel --no-deps \
    --wheel-dir "$folder/wheel" "$folder/source"
case $(ls "$folder/wheel") in
    captask-*-py3-none-*.whl) ;;
    *) echo "python-test: not one wheel for every Python 3: $(ls "$folder/wheel")" >&2; exit 1 ;;
esac
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install "$folder"/wheel/*.whl
cd "$folder"
"$folder/venv/bin/python" -m pytest -q -o cache_dir="$folder/cache" "$here/tests" \
    --rootdir "$here"
