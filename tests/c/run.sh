#!/bin/sh
# run.sh [--valgrind | --panic] LIBDIR OUT: compiles the contract tests against the library in LIBDIR and runs them.
#
# --valgrind runs them under valgrind, which must find no error and no definite leak. --panic runs panic.c alone, which
# needs a library built with the feature panic-probe. RUN is a command that runs programs of another machine, LEFT_OUT
# names tests that it cannot run.
set -u
mode=${1:-}
case $mode in --*) shift ;; *) mode= ;; esac
libdir=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../../include
failures=0

tests="version inputs order tickets descriptor wake blocked log log_file pick_into fork fidelity unload twice twice-c++"
for test in ${LEFT_OUT:-}; do
    tests=$(echo " $tests " | sed "s/ $test / /")
done
prefix=${RUN:-}
case $mode in
--panic) tests=panic ;;
--valgrind)
    if ! command -v valgrind >/dev/null; then
        echo "skipped: valgrind is not installed"
        [ -z "${CI:-}" ] || { echo "under CI nothing is skipped"; exit 1; }
        exit 0
    fi
    # Including the header twice says nothing new there.
    tests=${tests% twice twice-c++}
    # What is said of many answers is said of these.
    export CHECK_ANSWERS=5000
    prefix="valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
        --error-exitcode=9 --fair-sched=yes"
    ;;
esac

link="-L$libdir -Wl,-rpath,$libdir -lcaptask"

# compile NAME COMPILER FLAG…: the program is $out/NAME
compile() {
    program=$out/$1
    shift
    rm -f "$program"
    # shellcheck disable=SC2086
    "$@" -Wall -Wextra -Werror -pedantic -g -I"$include" -I"$here" -o "$program" $link -lpthread -ldl || {
        echo "not ok $program compiles"
        failures=1
    }
}

mkdir -p "$out"
for test in $tests; do
    case $test in
    # It loads the library by itself.
    unload) linked=$link link= && compile unload "${CC:-cc}" -std=c99 "$here/unload.c" && link=$linked ;;
    twice-c++) compile "$test" "${CXX:-c++}" -std=c++17 -x c++ "$here/twice.c" -x none ;;
    *) compile "$test" "${CC:-cc}" -std=c99 "$here/$test.c" ;;
    esac
done
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
