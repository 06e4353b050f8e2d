#!/bin/sh
# Runs the shared vectors (tests/vectors) with the Go module.
# Usage: vectors.sh LIBRARY FOLDER, where FOLDER is for what is built. CAPTASK_VECTORS is the folder of the vectors.
set -eu

library=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/library.sh"

lack=$(lacks)
if [ -n "$lack" ]; then
    echo "vectors-test: skipped: $lack is missing"
    test -z "${CI:-}"
    exit
fi
not_installed "$library" "$folder/library"
cd "$here"
"${GO:-go}" build -buildvcs=false -o "$folder/vectors" ./internal/vectors
"$folder/vectors" "${CAPTASK_VECTORS:-$root/tests/vectors}"
