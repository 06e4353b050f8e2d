#!/bin/sh
# valgrind.sh CYCLES LIBRARY COUNT: so many cycles of the library under valgrind, which must find no error and no leak.
set -eu
if ! command -v valgrind >/dev/null; then
    echo "skipped: valgrind is not installed"
    [ -z "${CI:-}" ] || { echo "under CI nothing is skipped"; exit 1; }
    exit 0
fi
valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect \
    --errors-for-leak-kinds=definite,indirect --fair-sched=yes "$1" "$2" "$3" any-memory
echo "ok $3 cycles under valgrind"
