#!/bin/sh
# Compiles and runs the examples in older languages. Usage: run.sh LIBRARY FOLDER, where FOLDER is for what is built.
set -eu

library=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
python=${PYTHON:-python3}
passed=0
nowhere='{"endpoint":"http://127.0.0.1:1","clientKey":"KEY","poll":{"timeoutMs":300}}'

# Whether every tool is there; under CI they have to be.
have() {
    language=$1
    shift
    for tool; do
        if ! command -v "$tool" >/dev/null; then
            echo "legacy-test: skipped: $language, $tool is missing"
            test -z "${CI:-}" || exit 1
            return 1
        fi
    done
}

holds() {
    passed=$((passed + 1))
    echo "ok legacy: $1"
}

failed() {
    printf 'legacy-test: %s\n' "$1" >&2
    exit 1
}

# Runs an example as it is: all that it prints is known, but for the order in which the answers come.
# Usage: solves LANGUAGE COMMAND…
solves() {
    language=$1
    shift
    status=0
    timeout 120 "$@" >"$folder/said" || status=$?
    LC_ALL=C sort "$folder/said" | diff "$here/expected.txt" - >&2 || failed "$language did not print what is expected"
    test "$status" = 0 || failed "$language ended with status $status"
    holds "$language solves, is refused, and gives up"
}

# Runs it with a configuration with which it has to fail, and to say why. Usage: fails LANGUAGE CONFIGURATION WHY COMMAND…
fails() {
    language=$1 configuration=$2 why=$3
    shift 3
    status=0
    timeout 120 "$@" "$configuration" >"$folder/said" 2>&1 || status=$?
    grep -q "$why" "$folder/said" || failed "$language did not print $why but $(cat "$folder/said")"
    test "$status" = 1 || failed "$language ended with status $status after $why"
    holds "$language fails with $why"
}

# Usage: example LANGUAGE COMMAND…
example() {
    language=$1
    shift
    solves "$language" "$@"
    fails "$language" '{"pollen":1}' 'CAPTASK_INVALID_CONFIG: pollen' "$@"
    fails "$language" "$nowhere" CAPTASK_CONNECT "$@"
}

rm -rf "$folder"
mkdir -p "$folder"
cp "$library" "$folder/libcaptask.so"
ln -s libcaptask.so "$folder/libcaptask.so.0"
export LD_LIBRARY_PATH="$folder"
unset CAPTASK_CLIENT_KEY CAPTASK_CATALOGUE CAPTASK_LIBRARY

if have "C#" mcs mono; then
    mcs -warnaserror -warn:4 -out:"$folder/example.exe" "$root/bindings/csharp/Captask.cs" "$root/bindings/csharp/Example.cs"
    example "C#" mono "$folder/example.exe"
    mcs -warnaserror -warn:4 -out:"$folder/test.exe" "$root/bindings/csharp/Captask.cs" "$here/Test.cs"
    for what in leave dispose many; do
        timeout 120 mono "$folder/test.exe" $what || failed "C#: $what"
        holds "C#: $what"
    done
fi
if have "Free Pascal" fpc; then
    fpc -v0ew -Sew -FE"$folder" -FU"$folder" -Fl"$folder" -o"$folder/pascal" "$root/bindings/pascal/example.pas" >/dev/null
    example "Free Pascal" "$folder/pascal"
fi
if have "LuaJIT" luajit; then
    example "LuaJIT" luajit "$root/bindings/lua/example.lua"
    luajit "$here/declarations.lua" "$root/include/captask.ffi.h" "$root/tests/symbols.txt" "$library" >/dev/null
    holds "LuaJIT reads captask.ffi.h"
fi
if have "COBOL" cobc; then
    (cd "$folder" && cobc -x -Wall -Werror -fstatic-call -I "$root/bindings/cobol" -o cobol "$root/bindings/cobol/example.cob" -L "$folder" -lcaptask)
    example "COBOL" "$folder/cobol"
fi
if have "Fortran" gfortran; then
    gfortran -std=f2018 -Wall -Wextra -Werror -J "$folder" -o "$folder/fortran" "$root/bindings/fortran/captask.f90" \
        "$root/bindings/fortran/example.f90" -L "$folder" -lcaptask
    example "Fortran" "$folder/fortran"
fi
# VB does not run here: its declarations are held against the header.
"$python" -B "$here/declarations_vb.py" "$root/bindings/vb/captask.bas" "$root/include/captask.ffi.h"
holds "VB declares what the header has"
echo "legacy-test: $passed hold"
