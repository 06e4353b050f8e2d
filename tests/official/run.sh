#!/bin/sh
# Installs the service's official clients and has them solve every type they support against the stand-in.
#
# usage: run.sh <the command captask> <a directory to keep the clients in>
#
# What is missing is told and skipped; with CI set in the environment, it is a failure.
set -eu

# The versions that this was last seen to pass with; "latest" may be given for either.
python_client=${OFFICIAL_PYTHON_CLIENT:-4.3.1}
javascript_client=${OFFICIAL_JAVASCRIPT_CLIENT:-2.6.1}

captask=$1
kept=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$kept"
kept=$(cd "$kept" && pwd)
failed=0

missing() {
    echo "official clients: skipped $1: $2"
    if [ -n "${CI:-}" ]; then
        failed=1
    fi
}

# A stand-in in a process of its own: it ends when the pipe at its standard input does.
work=$(mktemp -d)
mkfifo "$work/input"
printf '{"solveMs":100}' >"$work/config.json"
"$captask" sandbox --until-eof --config "$work/config.json" <"$work/input" >"$work/url" 2>"$work/log" &
exec 3>"$work/input"
finish() {
    exec 3>&-
    wait
    rm -rf "$work"
}
trap finish EXIT
tries=0
until [ -s "$work/url" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
        cat "$work/log" >&2
        echo "official clients: the stand-in did not start" >&2
        exit 1
    fi
    sleep 0.1
done
url=$(head -n 1 "$work/url")

if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    missing Python "python3 with venv and pip is not there"
else
    version="==$python_client"
    [ "$python_client" = latest ] && version=
    if python3 -m venv "$kept/python" && "$kept/python/bin/python" -m pip install --quiet \
        --disable-pip-version-check "capmonstercloudclient$version" >"$work/pip" 2>&1; then
        "$kept/python/bin/python" "$here/solve.py" "$url" || failed=1
    else
        tail -n 3 "$work/pip" >&2
        missing Python "pip cannot install capmonstercloudclient"
    fi
fi

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    missing JavaScript "node and npm are not there"
else
    mkdir -p "$kept/javascript"
    if npm install --prefix "$kept/javascript" --silent --no-audit --no-fund --no-save \
        "@zennolab_com/capmonstercloud-client@$javascript_client" >"$work/npm" 2>&1; then
        NODE_PATH="$kept/javascript/node_modules" node "$here/solve.js" "$url" || failed=1
    else
        tail -n 3 "$work/npm" >&2
        missing JavaScript "npm cannot install @zennolab_com/capmonstercloud-client"
    fi
fi

exit "$failed"
