#!/bin/sh
# Holds the package's types against right.ts, wrong.ts and bare.ts, beside this script, where the package is installed.
# Usage: check.sh TSC
set -eu
cd "$(dirname "$0")"
options="--noEmit --strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --module node16 --target es2022"
"$1" $options --types '' --lib es2022,dom,esnext.disposable right.ts wrong.ts
"$1" $options --types '' --lib es2022 bare.ts
# As in a project with the older resolution of a bundler.
"$1" --noEmit --strict --module esnext --moduleResolution bundler --target es2022 --types '' \
    --lib es2022,dom,esnext.disposable right.ts wrong.ts
echo "ok types"
