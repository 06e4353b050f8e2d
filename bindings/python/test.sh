#!/bin/sh
# Builds the source package and the wheel of it around a shared library, installs the wheel into a new virtual
# environment and runs the tests there.
# Usage: test.sh LIBRARY FOLDER [arguments for pytest], where FOLDER is for what is built. With NO_CHECKERS set the type
# checkers are not installed, and their tests are skipped.
set -eu

library=$1
folder=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
name=python-test
. "$here/venv.sh"
pip install -r "$here/tests/requirements.txt"
test -n "${NO_CHECKERS:-}" || pip install -r "$here/tests/checkers.txt"
"$here/sdist.sh" "$folder/venv/bin/python" "$folder"

# Beside a library that cargo built there is what it read for that.
if test -f "${library%.so}.d" && command -v cargo >/dev/null; then
    "$folder/venv/bin/python" "$here/tests/complete.py" "$folder"/sdist/*.tar.gz "$here/../.." "$library"
else
    echo "python-test: skipped: whether the source package is complete: that takes cargo, and the ${library%.so}.d that it wrote"
    test -z "${CI:-}"
fi

# Without Rust and without a library, it has to say what it needs.
if PATH="$folder/venv/bin" CAPTASK_LIBRARY='' pip wheel --no-deps --wheel-dir "$folder/none" \
    "$folder"/sdist/*.tar.gz >"$folder/needed.log" 2>&1 || ! grep -q 'set CAPTASK_LIBRARY to' "$folder/needed.log"; then
    cat "$folder/needed.log" >&2
    exit 1
fi

CAPTASK_LIBRARY=$library pip wheel --no-deps --wheel-dir "$folder/wheel" "$folder"/sdist/*.tar.gz
case $(ls "$folder/wheel") in
    captask-*-py3-none-*.whl) ;;
    *) echo "python-test: not one wheel for every Python 3: $(ls "$folder/wheel")" >&2; exit 1 ;;
esac
pip install "$folder"/wheel/*.whl
cd "$folder"
"$folder/venv/bin/python" -m pytest -q -o cache_dir="$folder/cache" "$here/tests" --rootdir "$here" "$@"
