#!/bin/sh
# Runs every runner of the shared vectors, and holds the results against each other and against docs/vectors.md.
# Usage: run.sh LIBRARY FOLDER, where FOLDER is for what is built. With CAPTASK_GENERATE set the table is written.
set -eu

library=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
unset CAPTASK_CLIENT_KEY CAPTASK_CATALOGUE

missing() {
    echo "vectors-test: skipped: $1 is missing"
    test -z "${CI:-}"
}

rm -rf "$folder"
mkdir -p "$folder/results" "$folder/must-fail" "$folder/python"
cp "$library" "$folder/libcaptask.so"
ln -s libcaptask.so "$folder/libcaptask.so.0"
failed=0

# Runs a runner over the vectors, and over those that have to fail. Usage: both NAME COMMAND…
both() {
    name=$1
    shift
    CAPTASK_VECTORS=$here CAPTASK_VECTORS_OUT=$folder/results "$@" || failed=1
    # What it prints here is wanted to be a failure; the table looks into it.
    test ! -e "$folder/results/$name.json" ||
        CAPTASK_VECTORS=$here/must-fail CAPTASK_VECTORS_OUT=$folder/must-fail "$@" >"$folder/$name.log" 2>&1 || true
}

# Usage: compiled NAME COMPILER FLAGS…
compiled() {
    name=$1
    shift
    "$@" -Wall -Wextra -Werror -pedantic -g -fsanitize=address,undefined -fno-sanitize-recover=all -I "$root/include" \
        -o "$folder/$name" -L "$folder" -lcaptask -Wl,-rpath,"$folder" -pthread -lm
    both "$name" "$folder/$name"
}

if echo '#include <jansson.h>' | "${CC:-cc}" -E - >/dev/null 2>&1; then
    compiled c "${CC:-cc}" -std=c99 "$here/run.c" -ljansson
else
    missing "a C compiler, or jansson (libjansson-dev)"
fi
if echo '#include <nlohmann/json.hpp>' | "${CXX:-c++}" -std=c++17 -E -x c++ - >/dev/null 2>&1; then
    compiled cpp "${CXX:-c++}" -std=c++17 "$here/run.cpp"
else
    missing "a C++ compiler, or nlohmann/json (nlohmann-json3-dev)"
fi
if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
    # A copy, so that no library lies in the source tree.
    cp -r "$root/bindings/python/src/." "$folder/python"
    cp "$library" "$folder/python/captask/libcaptask.so"
    both python env PYTHONPATH="$folder/python" "$python" -B "$root/bindings/python/tests/test_vectors.py"
else
    missing "CPython 3.9 or later"
fi
# The runners of the other bindings.
for script in "$root"/bindings/*/vectors.sh; do
    test -e "$script" || continue
    name=$(basename "$(dirname "$script")")
    mkdir -p "$folder/$name"
    both "$name" sh "$script" "$library" "$folder/$name"
done
"$python" -B "$here/table.py" "$here" "$folder" "$root/docs/vectors.md" || failed=1
exit $failed
