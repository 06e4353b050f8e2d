#!/bin/sh
# Builds the npm package around a shared library, installs the tarball into an empty folder and runs the tests there.
# Usage: test.sh LIBRARY FOLDER [runners]; FOLDER is for what is built. With "runners" it only builds and installs, for
# `node FOLDER/app/test/vectors.mjs`.
set -eu

library=$1
folder=$2
what=${3:-all}
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)

missing() {
    echo "node-test: skipped: $1"
    test -z "${CI:-}"
    exit
}
command -v node >/dev/null && node -e 'process.exitCode = Number(process.versions.node.split(".")[0] < 20)' ||
    missing "Node.js 20 or later is not there"
command -v npm >/dev/null || missing "npm is not there"
command -v "${CC:-cc}" >/dev/null || missing "a C compiler is not there"

rm -rf "$folder"
mkdir -p "$folder/source" "$folder/app"
# A copy is built, so that no leftovers of a build lie in the source tree.
(cd "$here" && tar cf - --exclude ./node_modules --exclude ./dist --exclude ./prebuilds --exclude ./build .) |
    (cd "$folder/source" && tar xf -)
cd "$folder/source"
if ! npm ci --silent --ignore-scripts --no-audit --no-fund >"$folder/npm" 2>&1; then
    tail -n 5 "$folder/npm" >&2
    missing "npm cannot install the compiler"
fi
CAPTASK_LIBRARY=$library CFLAGS="-Werror -pedantic" npm run --silent build
tarball=$(npm pack --silent)
cd "$folder/app"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund "../source/$tarball"
cp -r "$here/test" test
test "$what" = all || exit 0

unset CAPTASK_LIBRARY
test/types/check.sh "$folder/source/node_modules/.bin/tsc"
CAPTASK_VECTORS="$top/tests/vectors" node --test --test-timeout=300000 --test-reporter=tap test/*.test.mjs >"$folder/tap" 2>&1 || {
    cat "$folder/tap"
    exit 1
}
grep -E '^# (tests|pass|fail|skipped) ' "$folder/tap"
