#!/bin/sh
# Compiles and runs the programs of docs/event-loops.md as they stand. Usage: run.sh LIBRARY FOLDER, where FOLDER is for
# what is built. The program for Windows is run by tests/windows/run.sh.
set -eu

library=$1
folder=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
passed=0

fail() {
    echo "loops-test: $1" >&2
    exit 1
}

# Whether the packages of pkg-config are there; under CI they have to be.
have() {
    pkg-config --exists "$@" && return 0
    echo "loops-test: skipped: $* (Debian: libuv1-dev, libglib2.0-dev, qtbase5-dev) is missing"
    test -z "${CI:-}" || exit 1
    return 1
}

# Name of the program, then what runs it: three answers, in any order.
says_all() {
    name=$1
    shift
    said=$(timeout 60 "$@" 2>&1) || fail "$name: ends with status $?: $said"
    test "$(printf '%s\n' "$said" | sort)" = "task 0: sandbox-token
task 1: sandbox-token
task 2: sandbox-token" || fail "$name said: $said"
    passed=$((passed + 1))
    echo "ok loops: $name"
}

# Program, then more for the compiler.
c() {
    name=$1
    shift
    "${CC:-cc}" -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -I"$root/include" "$folder/$name" -o "$folder/${name%.*}" \
        -L"$folder" -Wl,-rpath,"$folder" -lcaptask -lpthread "$@" || fail "$name does not compile"
    says_all "$name" "$folder/${name%.*}"
}

rm -rf "$folder"
mkdir -p "$folder"
cp "$library" "$folder/libcaptask.so"
ln -s libcaptask.so "$folder/libcaptask.so.0"
programs=$(python3 -B "$root/tests/loops/extract.py" "$folder")

for name in $programs; do
    case $name in
        libuv.c) have libuv && c "$name" $(pkg-config --cflags --libs libuv) ;;
        glib.c) have glib-2.0 && c "$name" $(pkg-config --cflags --libs glib-2.0) ;;
        qt.cpp)
            have Qt5Core || continue
            "${CXX:-c++}" -std=c++17 -fPIC -Wall -Wextra -Werror -I"$root/include" "$folder/$name" -o "$folder/qt" \
                -L"$folder" -Wl,-rpath,"$folder" -lcaptask $(pkg-config --cflags --libs Qt5Core) ||
                fail "$name does not compile"
            says_all "$name" "$folder/qt" ;;
        messages.c) ;;
        *.c) c "$name" ;;
        *.py) says_all "$name" env LD_LIBRARY_PATH="$folder" python3 -B -W error "$folder/$name" ;;
        *) fail "no way to run $name" ;;
    esac
done
echo "loops-test: $passed run"
