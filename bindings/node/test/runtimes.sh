#!/bin/sh
# The installed package in Bun and Deno, as npm has them. Usage: runtimes.sh APP FOLDER; APP is where test.sh installed it.
set -eu
app=$1
folder=$2
bun=1.4.5
deno=2.9.6

mkdir -p "$folder"
cd "$folder"
echo '{"private":true}' >package.json
if ! npm install --silent --no-audit --no-fund --no-save --ignore-scripts "bun@$bun" "deno@$deno" >npm 2>&1; then
    tail -n 5 npm >&2
    echo "node-runtimes-test: skipped: npm cannot install bun and deno"
    test -z "${CI:-}"
    exit
fi
# Their packages are launchers, whose install scripts would look the programs up: those are in packages of their own.
bun=$(find node_modules/@oven/bun-*/bin -name bun | sort | head -n 1)
deno=$(find node_modules/@deno -name deno -type f | head -n 1)
failed=0
# Usage: runtime NAME COMMAND…
runtime() {
    name=$1
    shift
    for way in close exit; do
        code=0
        out=$(cd "$app" && "$@" test/programs/runtime.mjs "$way" 2>&1) || code=$?
        wanted=0
        test "$way" = close || wanted=3
        if [ "$out" = ok ] && [ "$code" = "$wanted" ]; then
            echo "ok $name: $way"
        else
            echo "not ok $name: $way: code $code: $out"
            failed=1
        fi
    done
}
runtime "Node.js $(node --version)" node
runtime "Bun $(./"$bun" --version)" "$folder/$bun"
runtime "Deno $(./"$deno" --version | awk 'NR == 1 { print $2 }')" "$folder/$deno" run --quiet --allow-all
exit $failed
