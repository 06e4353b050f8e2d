#!/bin/sh
# Builds the C++ tests and the example in every way that captask.hpp knows, and runs them under sanitizers.
# Usage: run.sh LIBRARY FOLDER, where FOLDER is for what is built.
set -eu

library=$1
folder=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
cxx=${CXX:-c++}

missing() {
    echo "cpp-test: skipped: $1 is missing"
    test -z "${CI:-}" || exit 1
}

if ! command -v "$cxx" >/dev/null; then
    missing "a C++ compiler ($cxx)"
    exit 0
fi
rm -rf "$folder"
mkdir -p "$folder"
ln -s "$library" "$folder/libcaptask.so"
ln -s "$library" "$folder/libcaptask.so.0"

# name, then flags
build_and_run() {
    name=$1
    source=$2
    shift 2
    "$cxx" -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -g -fsanitize=address,undefined \
        -fno-sanitize-recover=all "$@" -I "$root/include" "$root/$source" -o "$folder/$name" \
        -L "$folder" -lcaptask -Wl,-rpath,"$folder" -pthread
    "$folder/$name"
    echo "ok cpp: $name"
}

build_and_run exceptions tests/cpp/test.cpp -std=c++17
build_and_run no-exceptions tests/cpp/test.cpp -std=c++17 -fno-exceptions
build_and_run asked-for-quiet tests/cpp/test.cpp -std=c++17 -DCAPTASK_NO_EXCEPTIONS
build_and_run cpp20 tests/cpp/test.cpp -std=c++20 -O2
if echo '#include <nlohmann/json.hpp>' | "$cxx" -std=c++17 -E -x c++ - >/dev/null 2>&1; then
    build_and_run nlohmann tests/cpp/test.cpp -std=c++17 -DWITH_NLOHMANN
    build_and_run nlohmann-no-exceptions tests/cpp/test.cpp -std=c++17 -DWITH_NLOHMANN -fno-exceptions
else
    missing "nlohmann/json (nlohmann-json3-dev)"
fi
build_and_run example examples/solve.cpp -std=c++17
