#!/bin/sh
# Compiles and runs the examples in older languages. Usage: run.sh LIBRARY FOLDER, where FOLDER is for what is built.
set -eu

library=$1
folder=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
passed=0

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

ran() {
    printf '%s\n' "$2"
    case $2 in
        *token:*refused:\ ERROR_TASK_NOT_SUPPORTED*) passed=$((passed + 1)) && echo "ok legacy: $1" ;;
        *) echo "legacy-test: $1 said something else" >&2; exit 1 ;;
    esac
}

rm -rf "$folder"
mkdir -p "$folder"
cp "$library" "$folder/libcaptask.so"
ln -s libcaptask.so "$folder/libcaptask.so.0"
export LD_LIBRARY_PATH="$folder"

if have "C#" mcs mono; then
    mcs -warnaserror -warn:4 -out:"$folder/example.exe" "$root/bindings/csharp/Example.cs"
    ran "C#" "$(mono "$folder/example.exe")"
fi
if have "Free Pascal" fpc; then
    fpc -v0ew -Sew -FE"$folder" -Fl"$folder" -o"$folder/pascal" "$root/bindings/pascal/example.pas"
    ran "Free Pascal" "$("$folder/pascal")"
fi
if have "LuaJIT" luajit; then
    ran "LuaJIT" "$(luajit "$root/bindings/lua/example.lua")"
fi
echo "legacy-test: $passed of 3 examples ran"
