#!/bin/sh
# Holds header and library against the committed ABI: functions may be added, none may change or go.
# Usage: run.sh LIBRARY FOLDER [--write], where FOLDER is for what is built. --write commits today's ABI.
#
# The library has no data for debuggers. So a C file with the header's functions is compiled with them, and libabigail
# compares that; the library has to export what is in it.
set -eu

library=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
committed=$here/captask.abi
cc=${CC:-cc}

fail() {
    echo "not ok abi: $1" >&2
    exit 1
}

for tool in abidw abidiff; do
    if ! command -v "$tool" >/dev/null; then
        echo "abi-test: skipped: $tool is missing (Debian: abigail-tools)"
        test -z "${CI:-}" || exit 1
        exit 0
    fi
done

# The ABI is written for this kind of machine.
if test "$(uname -sm)" != "Linux x86_64"; then
    echo "abi-test: skipped: the committed ABI is that of Linux x86_64"
    exit 0
fi

mkdir -p "$folder"

# HEADER NAME: the functions of the header as $folder/NAME.so
stub() {
    "${PYTHON:-python3}" -B "$here/stub.py" "$1" >"$folder/$2.c"
    # From within the folder, since the compiler notes the path.
    (cd "$folder" && "$cc" -std=c99 -g -shared -fPIC -Wl,-soname,libcaptask.so.0 -o "$2.so" "$2.c")
}

# Whether NAME keeps the committed ABI; what it breaks is in $folder/NAME.report
keeps() {
    status=0
    abidiff --no-added-syms "$committed" "$folder/$1.so" >"$folder/$1.report" 2>&1 || status=$?
    # Bits 1 and 2 are abidiff's own errors, 4 and 8 changes.
    test $((status & 3)) = 0 || fail "abidiff: $(cat "$folder/$1.report")"
    test "$status" = 0
}

stub "$root/include/captask.ffi.h" today
if test "${3:-}" = --write; then
    abidw --no-corpus-path --no-comp-dir-path --no-show-locs "$folder/today.so" >"$committed"
    echo "wrote $committed"
    exit 0
fi

keeps today || fail "$(cat "$folder/today.report")"
echo "ok abi: every function of the committed ABI is declared as it was"

soname=$(readelf -d "$library" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
test "$soname" = libcaptask.so.0 || fail "the library's soname is $soname"
for name in today library; do
    file=$folder/today.so
    test "$name" = today || file=$library
    nm -D --defined-only "$file" | awk '$2 != "A" { print $3 }' | LC_ALL=C sort >"$folder/$name.symbols"
done
missing=$(LC_ALL=C comm -23 "$folder/today.symbols" "$folder/library.symbols")
test -z "$missing" || fail "the library does not export $missing"
echo "ok abi: the library exports every one of them under its soname"

# What must be found, so that silence says something. NAME, then a program for sed.
breaks() {
    sed -e "$2" "$root/include/captask.ffi.h" >"$folder/$1.h"
    ! cmp -s "$folder/$1.h" "$root/include/captask.ffi.h" || fail "$1: nothing was changed"
    stub "$folder/$1.h" "$1"
    ! keeps "$1" || fail "$1 is not found"
    echo "ok abi: $1 is found"
}
breaks "a changed parameter" 's/captask_stop(int32_t client)/captask_stop(int64_t client)/'
breaks "a changed result" 's/^int64_t captask_fd(/int32_t captask_fd(/'
breaks "a function that is gone" '/captask_version_num/d'

{
    cat "$root/include/captask.ffi.h"
    echo "int32_t captask_added(int32_t client);"
} >"$folder/added.h"
stub "$folder/added.h" added
keeps added || fail "an added function is refused: $(cat "$folder/added.report")"
echo "ok abi: an added function passes"
