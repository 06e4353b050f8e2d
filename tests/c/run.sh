#!/bin/sh
# run.sh [--valgrind | --panic] LIBDIR OUT: compiles the contract tests against the library in LIBDIR and runs them.
#
# --valgrind runs them under valgrind, which must find no error and no definite leak. --panic runs panic.c alone, which
# needs a library built with the feature panic-probe.
set -u
mode=${1:-}
case $mode in --*) shift ;; *) mode= ;; esac
libdir=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../../include
failures=0

tests="version inputs order tickets blocked log fork fidelity unload twice"
prefix=
case $mode in
--panic) tests=panic ;;
--valgrind)
    if ! command -v valgrind >/dev/null; then
        echo "skipped: valgrind is not installed"
        [ -z "${CI:-}" ] || { echo "under CI nothing is skipped"; exit 1; }
        exit 0
    fi
    # "twice" says nothing new there.
    tests=${tests% twice}
    prefix="valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
        --error-exitcode=9 --fair-sched=yes"
    ;;
esac

# compile NAME COMPILER FLAG…: the program is $out/NAME
compile() {
    name=$1
    shift
    "$@" -Wall -Wextra -Werror -pedantic -g -I"$include" -I"$here" -o "$out/$name" \
        -L"$libdir" -Wl,-rpath,"$libdir" -lcaptask -lpthread -ldl || { echo "not ok $name compiles"; failures=1; }
}

mkdir -p "$out"
for test in $tests; do
    compile "$test" "${CC:-cc}" -std=c99 "$here/$test.c"
done
if [ -z "$mode" ]; then
    # Nothing may be linked that loads the library for it.
    "${CC:-cc}" -std=c99 -Wall -Wextra -Werror -pedantic -I"$include" -I"$here" -o "$out/unload" "$here/unload.c" \
        -lpthread -ldl || failures=1
    compile twice-c++ "${CXX:-c++}" -std=c++17 -x c++ "$here/twice.c" -x none
    tests="$tests twice-c++"
fi
for test in $tests; do
    [ -x "$out/$test" ] || continue
    # shellcheck disable=SC2086
    $prefix "$out/$test" "$libdir/libcaptask.so" </dev/null
    status=$?
    if [ $status -ne 0 ]; then
        echo "not ok $test ends with status $status"
        failures=1
    fi
done
exit $failures
