#!/bin/sh
# Runs test.sh with every Python from 3.9 on that is there: CPython by the names python3.9, python3.10, …, and PyPy.
# Usage: matrix.sh LIBRARY FOLDER. Prints one line for each; without CI set, packages that a Python lacks are skipped.
set -u

here=$(cd "$(dirname "$0")" && pwd)
failed=0
for python in python3.9 python3.10 python3.11 python3.12 python3.13 python3.14 pypy3; do
    if ! "$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
        echo "$python: not there"
        continue
    fi
    mkdir -p "$2"
    # The type checkers judge the same sources whatever runs them.
    if PYTHON=$python "$here/test.sh" "$1" "$2/$python" --deselect tests/test_types.py >"$2/$python.log" 2>&1; then
        echo "$python: $(tail -n 1 "$2/$python.log")"
    else
        echo "$python: failed, see $2/$python.log: $(tail -n 1 "$2/$python.log")"
        failed=1
    fi
    rm -rf "${2:?}/$python"
done
exit "$failed"
