#!/bin/sh
# Looks at the imports and exports of captask.dll, and runs the C tests, the demo and the panic test with it under Wine.
#
# run.sh PLATFORM FOLDER --work WORK     builds it in WORK first, quickly, and the one with the panic probe
# run.sh PLATFORM FOLDER --built LIBDIR  tests what is built: captask.dll and libcaptask.dll.a in LIBDIR; no panic test
#
# PLATFORM is windows-x64 or windows-x86, FOLDER is for what the tests need. WINE names the command for the latter.
set -eu

platform=$1
folder=$2
how=$3
where=$4
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/windows
python=${PYTHON:-python3}
case $platform in
    windows-x64) prefix=x86_64-w64-mingw32 ;;
    windows-x86) prefix=i686-w64-mingw32 ;;
    *) echo "run.sh: no platform $platform" >&2; exit 2 ;;
esac
cc=$prefix-gcc
passed=0

fail() {
    echo "windows-test: $1" >&2
    exit 1
}

holds() {
    passed=$((passed + 1))
    echo "ok ${platform}: $1"
}

missing() {
    echo "windows-test: skipped: $1 is missing"
    test -z "${CI:-}" || exit 1
    exit 0
}

wine=${WINE:-$(command -v wine64 || echo /usr/lib/wine/wine64)}
command -v "$cc" >/dev/null || missing "MinGW (gcc-mingw-w64)"
command -v "$wine" >/dev/null || missing "Wine (wine64)"

# build TO MORE…
build() {
    to=$1
    shift
    status=0
    "$python" -B "$root/packaging/dist/library.py" --work "$where" --to "$to" --quick "$@" "$platform" 2>"$folder/why" || status=$?
    test "$status" != 77 || missing "$(cat "$folder/why")"
    test "$status" = 0 || fail "$(cat "$folder/why")"
}

cd "$root"
rm -rf "$folder/run"
mkdir -p "$folder/run"
case $how in
    --work)
        shipped=$folder/shipped
        build "$shipped"
        ;;
    --built) shipped=$where ;;
    *) fail "run.sh PLATFORM FOLDER --work WORK | --built LIBDIR" ;;
esac
cp "$shipped/captask.dll" "$folder/run"

# Imports: what every Windows from 10 on has (x86: from 7 on), and nothing of the compiler's.
imports=$($prefix-objdump -p "$shipped/captask.dll" | sed -n 's/.*DLL Name: //p' | tr 'A-Z' 'a-z' | sort -u)
for name in $imports; do
    case $name in
        bcryptprimitives.dll | api-ms-win-*.dll)
            # Windows 7 has neither.
            test "$platform" = windows-x64 || fail "captask.dll needs $name, which Windows 7 has not got" ;;
        advapi32.dll | bcrypt.dll | crypt32.dll | kernel32.dll | msvcrt.dll | ncrypt.dll | \
            ntdll.dll | secur32.dll | userenv.dll | ws2_32.dll) ;;
        *) fail "captask.dll needs $name, which is not part of Windows" ;;
    esac
done
holds "imports only system libraries: $(echo "$imports" | tr '\n' ' ')"

exports=$($prefix-objdump -p "$shipped/captask.dll" |
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
$prefix-dlltool -d packaging/captask.def -D captask.dll -l "$folder/run/from-def.a"
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
if test "$how" = --work; then
    build "$folder/probe" --feature panic-probe
    cp "$folder/probe/captask.dll" "$folder/run"
    contract_test panic
    run panic "$root/tests/c"
fi
echo "windows-test: $passed hold"
