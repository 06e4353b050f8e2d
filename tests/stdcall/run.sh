#!/bin/sh
# Calls every function of captask32.dll under Wine. Usage: run.sh LIBDIR FOLDER, where LIBDIR has captask.dll for 32-bit
# Windows and captask32.dll, and FOLDER is for what is built. WINE names the command that runs 32-bit programs.
set -eu

libdir=$1
folder=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/stdcall
cc=i686-w64-mingw32-gcc

rm -rf "$folder"
mkdir -p "$folder"
cp "$libdir/captask.dll" "$libdir/captask32.dll" "$folder"
"${PYTHON:-python3}" -B "$here/table.py" "$root/include/captask.ffi.h" >"$folder/functions.h"
"$cc" -std=gnu99 -Wall -Wextra -Werror -I"$root/include" -I"$folder" "$here/stack.c" -o "$folder/stack.exe"
export WINEDEBUG=-all WINEPREFIX="${WINEPREFIX:-$folder/wine}"
cd "$folder"
timeout 120 "${WINE:-wine}" stack.exe
