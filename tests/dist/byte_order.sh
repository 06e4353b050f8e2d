#!/bin/sh
# Builds the library for s390x, quickly, and runs the C tests by qemu-user. Usage: byte_order.sh WORK, where WORK is the
# folder of `make dist`.
set -eu

work=$(mkdir -p "$1" && cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$work/check/linux-s390x

# have PATH-OR-COMMAND PACKAGE
have() {
    if test -e "$1" || command -v "$1" >/dev/null; then return; fi
    echo "byte-order-test: skipped: $1 is missing (Debian: $2)"
    test -z "${CI:-}" || exit 1
    exit 0
}
have qemu-s390x-static qemu-user-static
have s390x-linux-gnu-gcc "gcc-s390x-linux-gnu libc6-dev-s390x-cross"
have /usr/s390x-linux-gnu/lib/libc.so.6 libc6-s390x-cross

rm -rf "$folder"
mkdir -p "$folder/lib"
"${PYTHON:-python3}" -B "$root/packaging/dist/library.py" --work "$work" --to "$folder/lib" --quick linux-s390x
ln -s libcaptask.so "$folder/lib/libcaptask.so.0"
# qemu-user itself fails where a process with threads forks.
RUN="qemu-s390x-static -L /usr/s390x-linux-gnu" LEFT_OUT="fork twice-c++" CC=s390x-linux-gnu-gcc \
    "$root/tests/c/run.sh" "$folder/lib" "$folder/c"
