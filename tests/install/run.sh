#!/bin/sh
# Installs captask into a scratch prefix, builds and runs programs against it by pkg-config (shared, static) and CMake,
# reads the man page, and uninstalls. Usage: run.sh FOLDER, where FOLDER is for all of that.
set -eu

folder=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/install
make=${MAKE:-make}
cc=${CC:-cc}
prefix=$folder/prefix
stage=$folder/stage
passed=0

fail() {
    echo "install-test: $1" >&2
    exit 1
}

holds() {
    passed=$((passed + 1))
    echo "ok install: $1"
}

# Whether a tool is there; under CI it has to be.
have() {
    command -v "$1" >/dev/null && return 0
    echo "install-test: skipped: $2, $1 is missing"
    test -z "${CI:-}" || exit 1
    return 1
}

rm -rf "$folder"
mkdir -p "$folder/build"
cd "$root"

"$make" --no-print-directory -s install PREFIX=/usr DESTDIR="$stage"
test -f "$stage/usr/include/captask.h" || fail "DESTDIR is not heeded"
! grep -rn "$stage" "$stage/usr/lib/pkgconfig" "$stage/usr/lib/cmake" || fail "an installed file names DESTDIR"
"$make" --no-print-directory -s uninstall PREFIX=/usr DESTDIR="$stage"
test -z "$(find "$stage" ! -type d)" || fail "uninstall leaves $(find "$stage" ! -type d)"
holds "DESTDIR is heeded"

"$make" --no-print-directory -s install PREFIX="$prefix"
test "$(readlink "$prefix/lib/libcaptask.so")" = libcaptask.so.0 || fail "libcaptask.so is not a link to the soname"
test -L "$prefix/lib/libcaptask.so.0" && test -f "$prefix/lib/libcaptask.so.0" || fail "the soname is not a good link"
holds "the links are good"

export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
if have "${PKG_CONFIG:-pkg-config}" "pkg-config"; then
    ask() {
        "${PKG_CONFIG:-pkg-config}" "$@" captask
    }
    # Words of the answers are arguments of their own.
    # shellcheck disable=SC2046
    "$cc" -Wall -Werror "$here/program.c" $(ask --cflags --libs) -o "$folder/build/shared"
    readelf -d "$folder/build/shared" | grep -q 'NEEDED.*libcaptask\.so\.0\]' || fail "no soname in a linked program"
    LD_LIBRARY_PATH="$prefix/lib" "$folder/build/shared"
    holds "pkg-config, shared"

    # Both libraries lie in the prefix: the static one is asked for by its file name.
    # shellcheck disable=SC2046
    "$cc" -Wall -Werror "$here/program.c" $(ask --static --cflags --libs | sed 's/-lcaptask/-l:libcaptask.a/') \
        -o "$folder/build/static"
    ! readelf -d "$folder/build/static" | grep -q 'NEEDED.*captask' || fail "the static program wants the shared library"
    "$folder/build/static"
    holds "pkg-config --static"

    # glibc warns about getaddrinfo in a program without shared libraries.
    # shellcheck disable=SC2046
    "$cc" -static "$here/program.c" $(ask --static --cflags --libs) -o "$folder/build/alone" 2>"$folder/build/warnings" ||
        fail "$(cat "$folder/build/warnings")"
    "$folder/build/alone"
    holds "pkg-config --static, no shared library at all"
fi

if have cmake CMake; then
    # Also from another place than it was installed to.
    cp -a "$prefix" "$folder/moved"
    for place in prefix moved; do
        cmake -S "$here" -B "$folder/cmake-$place" -DCMAKE_PREFIX_PATH="$folder/$place" \
            -DCMAKE_BUILD_TYPE=Release >"$folder/build/cmake.log" 2>&1 || fail "$(cat "$folder/build/cmake.log")"
        cmake --build "$folder/cmake-$place" >"$folder/build/cmake.log" 2>&1 || fail "$(cat "$folder/build/cmake.log")"
        for program in shared static plusplus; do
            "$folder/cmake-$place/$program"
        done
        holds "CMake, $place"
    done
    ! readelf -d "$folder/cmake-prefix/static" | grep -q 'NEEDED.*captask' || fail "captask::static is shared"
fi

page=$prefix/share/man/man3/captask.3
for name in $(sed -n 's/^[a-z].*[ *]\(captask_[a-z0-9_]*\)(.*/\1/p' include/captask.h); do
    grep -q "$name(" "$page" || fail "the man page does not tell of $name"
done
if have man "the man page's formatting"; then
    complaints=$(man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)
    test -z "$complaints" || fail "the man page: $complaints"
fi
holds "the man page tells of every function"

"$make" --no-print-directory -s uninstall PREFIX="$prefix"
test -z "$(find "$prefix" ! -type d)" || fail "uninstall leaves $(find "$prefix" ! -type d)"
test ! -e "$prefix/lib/cmake/captask" || fail "uninstall leaves its folder"
holds "uninstall leaves nothing"
echo "install-test: $passed hold"
