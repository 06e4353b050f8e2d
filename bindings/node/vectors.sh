#!/bin/sh
# The shared vectors through the npm package, for `make vectors-test`; the package is built once in FOLDER.
# Usage: CAPTASK_VECTORS=FOLDER CAPTASK_VECTORS_OUT=FOLDER vectors.sh LIBRARY FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
test -d "$2/package/app" || "$here/test.sh" "$1" "$2/package" runners
test -d "$2/package/app" || exit 0
exec node "$2/package/app/test/vectors.mjs"
