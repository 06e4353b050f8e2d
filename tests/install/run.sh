#!/bin/sh
# Installs captask into scratch prefixes, builds and runs programs against it by the commands of README.md and by CMake,
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

# The command in the row of README.md that begins so.
told() {
    command=$(sed -n "s/^| $1 | \`\([^\`]*\)\`.*/\1/p" "$root/README.md")
    test -n "$command" || fail "README.md has no row \"$1\""
    printf '%s\n' "$command"
}

# Does what that row says where program.c lies; what comes of it is $folder/build/NAME. Usage: do_as_told ROW NAME [MORE]
do_as_told() {
    (cd "$here" && eval "$(told "$1") -o \"$folder/build/$2\" ${3:-}") 2>"$folder/build/warnings" ||
        fail "$1: $(cat "$folder/build/warnings")"
}

# Whether nothing of a place is left, and says what is.
gone() {
    test ! -e "$1" || fail "uninstall leaves $(find "$1")"
}

rm -rf "$folder"
mkdir -p "$folder/build"
cd "$root"

"$make" --no-print-directory -s install PREFIX=/usr DESTDIR="$stage"
test -f "$stage/usr/include/captask.h" || fail "DESTDIR is not heeded"
! grep -rn "$stage" "$stage/usr/lib/pkgconfig" "$stage/usr/lib/cmake" || fail "an installed file names DESTDIR"
"$make" --no-print-directory -s uninstall PREFIX=/usr DESTDIR="$stage"
gone "$stage/usr"
holds "DESTDIR is heeded"

for wrong in relative/path "" 'a"b' '/a;b' '/a$$b'; do
    ! "$make" --no-print-directory -s install PREFIX="$wrong" DESTDIR="$stage/" 2>"$folder/build/why" ||
        fail "PREFIX=$wrong is taken"
    grep -q '^captask: prefix is ".*"; ' "$folder/build/why" || fail "PREFIX=$wrong: $(cat "$folder/build/why")"
    test -z "$(find "$stage" ! -path "$stage")" || fail "PREFIX=$wrong installs $(find "$stage")"
done
holds "a PREFIX that pkg-config and CMake cannot take is refused before anything is installed"

"$make" --no-print-directory -n install CARGO_TARGET_DIR="$folder/nothing" >"$folder/build/steps"
grep -q "cargo build" "$folder/build/steps" || fail "make install does not build what is missing"
holds "make install builds what is missing"

mkdir "$folder/a checkout"
cp -R Makefile mk Cargo.toml "$folder/a checkout"
for way in "--directory=$folder/a checkout" "CARGO_TARGET_DIR=$folder/a target"; do
    ! "$make" --no-print-directory "$way" help >"$folder/build/why" 2>&1 || fail "make takes $way"
    test "$(grep -c . "$folder/build/why")" = 1 && grep -q "make cannot work .*space" "$folder/build/why" ||
        fail "$way: $(cat "$folder/build/why")"
done
holds "a checkout or a target folder with a space is refused in one line"

"$make" --no-print-directory -s install PREFIX="$prefix" | grep -q "rpath,$prefix/lib" || fail "the library's place is not told"
test "$(readlink "$prefix/lib/libcaptask.so")" = libcaptask.so.0 || fail "libcaptask.so is not a link to the soname"
test -L "$prefix/lib/libcaptask.so.0" && test -f "$prefix/lib/libcaptask.so.0" || fail "the soname is not a good link"
holds "the links are good"

export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
if have "${PKG_CONFIG:-pkg-config}" "pkg-config"; then
    ask() {
        "${PKG_CONFIG:-pkg-config}" "$@" captask
    }
    do_as_told "link with pkg-config" shared
    readelf -d "$folder/build/shared" | grep -q 'NEEDED.*libcaptask\.so\.0\]' || fail "no soname in a linked program"
    LD_LIBRARY_PATH="$prefix/lib" "$folder/build/shared"
    do_as_told "link with pkg-config" found "-Wl,-rpath,$prefix/lib"
    "$folder/build/found"
    holds "pkg-config, shared"

    do_as_told "… with the library inside the program" static
    ! readelf -d "$folder/build/static" | grep -q 'NEEDED.*captask' || fail "the static program wants the shared library"
    "$folder/build/static"
    holds "pkg-config, static"

    # glibc warns about getaddrinfo here.
    do_as_told "… and no shared library at all" alone
    ! readelf -d "$folder/build/alone" | grep -q NEEDED || fail "the program wants a shared library"
    "$folder/build/alone"
    holds "pkg-config, no shared library at all"
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
if have man "the man page by a function's name"; then
    MANPAGER=cat MANWIDTH=80 man -M "$prefix/share/man" captask_open | grep -q "client of the CapMonster" ||
        fail "man captask_open shows something else"
fi
holds "the man page tells of every function"

"$make" --no-print-directory -s uninstall PREFIX="$prefix"
gone "$prefix"
"$make" --no-print-directory -s uninstall PREFIX="$prefix" | grep -q "nothing to remove" || fail "uninstall twice"
holds "uninstall leaves nothing"

# Somebody else's command and folders. What is built has none of ours.
mkdir -p "$folder/built" "$prefix/bin" "$prefix/include"
ln -s "$(cd "${CARGO_TARGET_DIR:-target}" && pwd)"/release/libcaptask.* "$folder/built"
echo "mine" >"$prefix/bin/captask"
"$make" --no-print-directory -s install PREFIX="$prefix" LIBDIR="$folder/built" >/dev/null
"$make" --no-print-directory -s uninstall PREFIX="$prefix"
test "$(cd "$prefix" && find . | LC_ALL=C sort | tr '\n' ' ')" = ". ./bin ./bin/captask ./include " ||
    fail "after uninstall there is $(find "$prefix")"
holds "uninstall takes nothing that was not installed"

# Ours now; a second installation without it knows of it still.
printf '#!/bin/sh\n' >"$folder/built/captask"
chmod +x "$folder/built/captask"
"$make" --no-print-directory -s install PREFIX="$prefix" LIBDIR="$folder/built" >/dev/null
rm "$folder/built/captask"
"$make" --no-print-directory -s install PREFIX="$prefix" LIBDIR="$folder/built" >/dev/null
"$make" --no-print-directory -s uninstall PREFIX="$prefix"
test ! -e "$prefix/bin/captask" || fail "uninstall leaves the command"
holds "uninstall takes what any installation before it put there"

odd="$folder/a b&c|d'e@PREFIX@%"
"$make" --no-print-directory -s install PREFIX="$odd/" >/dev/null
export PKG_CONFIG_PATH="$odd/lib/pkgconfig"
if have "${PKG_CONFIG:-pkg-config}" "pkg-config"; then
    for package in captask captask-static; do
        eval "\"$cc\" \"$here/program.c\" $("${PKG_CONFIG:-pkg-config}" --cflags --libs $package) -o \"$folder/build/odd\""
        LD_LIBRARY_PATH="$odd/lib" "$folder/build/odd"
    done
fi
if have cmake CMake; then
    # What CMake writes for make cannot have a |.
    cp -a "$odd" "$folder/a b&c"
    cmake -S "$here" -B "$folder/cmake-odd" -DCMAKE_PREFIX_PATH="$folder/a b&c" >"$folder/build/cmake.log" 2>&1 &&
        cmake --build "$folder/cmake-odd" --target static >"$folder/build/cmake.log" 2>&1 ||
        fail "$(cat "$folder/build/cmake.log")"
    "$folder/cmake-odd/static"
fi
"$make" --no-print-directory -s uninstall PREFIX="$odd/"
gone "$odd"
holds "PREFIX may have spaces and signs that mean something to a shell"
echo "install-test: $passed hold"
