#!/bin/sh
# Builds captask.dll for x86_64-pc-windows-gnu, looks at its imports and exports, and runs the C tests, the demo and the
# panic test under Wine. Usage: run.sh FOLDER, where FOLDER is for all of that.
#
# The standard library for Windows comes from rustup (rustup target add x86_64-pc-windows-gnu), or else is built from
# Debian's sources of it (rustc-web, rust-web-src), into a target directory of its own.
set -eu

folder=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/windows
target=x86_64-pc-windows-gnu
cc=x86_64-w64-mingw32-gcc
passed=0

fail() {
    echo "windows-test: $1" >&2
    exit 1
}

holds() {
    passed=$((passed + 1))
    echo "ok windows: $1"
}

missing() {
    echo "windows-test: skipped: $1 is missing"
    test -z "${CI:-}" || exit 1
    exit 0
}

wine=$(command -v wine64 || true)
test -n "$wine" || wine=/usr/lib/wine/wine64
command -v "$cc" >/dev/null || missing "MinGW (gcc-mingw-w64-x86-64)"
test -x "$wine" || missing "Wine (wine64)"

cd "$root"
if test -d "$(rustc --print target-libdir --target $target 2>/dev/null)"; then
    build() {
        cargo build --release --lib --target $target --target-dir "$@"
    }
elif test -x /usr/bin/rustc && test -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library"; then
    build() {
        RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 cargo build --release --lib --target $target \
            -Z build-std=std,panic_unwind --target-dir "$@"
    }
else
    missing "Rust's standard library for Windows (rustup target add $target, or rustc-web and rust-web-src)"
fi

build "$folder/cargo"
shipped=$folder/cargo/$target/release
rm -rf "$folder/run"
mkdir -p "$folder/run"
cp "$shipped/captask.dll" "$folder/run"

# Imports: what every Windows from 10 on has, and nothing of the compiler's.
imports=$(x86_64-w64-mingw32-objdump -p "$shipped/captask.dll" | sed -n 's/.*DLL Name: //p' | tr 'A-Z' 'a-z' | sort -u)
for name in $imports; do
    case $name in
        advapi32.dll | bcrypt.dll | bcryptprimitives.dll | crypt32.dll | kernel32.dll | msvcrt.dll | ncrypt.dll | \
            ntdll.dll | secur32.dll | userenv.dll | ws2_32.dll | api-ms-win-*.dll) ;;
        *) fail "captask.dll needs $name, which is not part of Windows" ;;
    esac
done
holds "imports only system libraries: $(echo "$imports" | tr '\n' ' ')"

exports=$(x86_64-w64-mingw32-objdump -p "$shipped/captask.dll" |
    awk '/^\[Ordinal\/Name Pointer\] Table/ { on = 1; next } on && NF == 0 { exit } on { print $NF }' | LC_ALL=C sort)
test "$exports" = "$(cat tests/symbols.txt)" || fail "the exports are not those of tests/symbols.txt: $exports"
test "$(sed -n 's/^ *\(captask_.*\)/\1/p' packaging/captask.def)" = "$(cat tests/symbols.txt)" ||
    fail "packaging/captask.def is not tests/symbols.txt"
holds "exports what tests/symbols.txt and captask.def list"

export WINEDEBUG=-all WINEPREFIX="$folder/wine"
"$cc" -shared -Wall -Werror "$here/bcryptprimitives.c" -o "$folder/run/bcryptprimitives.dll" -ladvapi32

# name, source, then more for the compiler
compile() {
    name=$1
    source=$2
    shift 2
    "$cc" -std=c99 -Wall -Wextra -Werror -Iinclude "$source" -o "$folder/run/$name.exe" "$@"
}

# A program of tests/c.
contract_test() {
    "$cc" -std=gnu99 -Wall -Wextra -Werror -include "$here/posix/posix.h" -I"$here/posix" -Iinclude "tests/c/$1.c" \
        -o "$folder/run/$1.exe" "$library" -static -lpthread -lws2_32
}

run() {
    (cd "$2" && timeout 300 "$wine" "$folder/run/$1.exe") >"$folder/run/$1.out" 2>&1 ||
        fail "$1 failed under Wine: $(cat "$folder/run/$1.out")"
    holds "$1"
}

library=$shipped/libcaptask.dll.a
compile program tests/install/program.c "$library"
run program "$folder/run"

# As MSVC's users do it: an import library made from the .def file.
x86_64-w64-mingw32-dlltool -d packaging/captask.def -D captask.dll -l "$folder/run/from-def.a"
compile from-def tests/install/program.c "$folder/run/from-def.a"
run from-def "$folder/run"

compile unload "$here/unload.c"
run unload "$folder/run"

if test -f tests/demo/demo.c; then
    compile demo tests/demo/demo.c "$library"
    run demo "$root/tests/demo"
fi
python3 -B tests/loops/extract.py "$folder/run" >"$folder/run/programs"
"$cc" -std=c99 -Wall -Wextra -Werror -Iinclude "$folder/run/messages.c" -o "$folder/run/messages.exe" "$library" -lws2_32
run messages "$folder/run"
grep -q "task 2: sandbox-token" "$folder/run/messages.out" || fail "messages said $(cat "$folder/run/messages.out")"
for source in tests/c/*.c; do
    name=$(basename "$source" .c)
    if why=$(grep "^$name: " "$here/left-out.txt"); then
        echo "windows-test: left out: $why"
        continue
    fi
    contract_test "$name"
    run "$name" "$root/tests/c"
done

# The probe is never in what is shipped, so it is a library of its own.
build "$folder/cargo-panic" --features panic-probe
cp "$folder/cargo-panic/$target/release/captask.dll" "$folder/run"
contract_test panic
run panic "$root/tests/c"
echo "windows-test: $passed hold"
