#!/bin/sh
# Builds the package, installs it beside the official client, and measures both.
# Usage: run.sh LIBRARY FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
"$here/../test.sh" "$1" "$2" runners
official=$(awk '$1 == "javascript" { print $2 "@" $3 }' "$top/tests/official/versions.txt")
cd "$2/app"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts "$official"
mkdir -p bench
cp "$here"/*.mjs "$here"/*.cjs bench
node bench/measure.mjs "$here/results.json" "$here/../README.md"
