#!/bin/sh
# Installs the service's official clients, has them solve every type they support against the stand-in, and holds what
# they send against the catalogue.
#
# usage: run.sh <the command captask> <a directory to keep the clients in>
#
# What is missing is named and skipped; with CI set in the environment, it is a failure. With OFFICIAL_CORPUS set, what
# the clients sent is written to that file, for the tests of the catalogue.
set -eu

captask=$1
kept=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$kept"
kept=$(cd "$kept" && pwd)
failed=0

# The package, or the version, that versions.txt has for a language.
package() { awk -v language="$1" '$1 == language { print $2 }' "$here/versions.txt"; }
version() { awk -v language="$1" '$1 == language { print $3 }' "$here/versions.txt"; }

missing() {
    echo "official clients: skipped $1: $2"
    if [ -n "${CI:-}" ] || [ -n "${OFFICIAL_CORPUS:-}" ]; then
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
: >"$work/tasks"

if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    missing Python "python3 with venv and pip is not there"
else
    if python3 -m venv "$kept/python" && "$kept/python/bin/python" -m pip install --quiet \
        --disable-pip-version-check "$(package python)==$(version python)" >"$work/pip" 2>&1; then
        "$kept/python/bin/python" "$here/solve.py" "$url" "$work/python" || failed=1
        sed "s/^/python $(version python) /" "$work/python" >>"$work/tasks"
    else
        tail -n 3 "$work/pip" >&2
        missing Python "pip cannot install $(package python)"
    fi
fi

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    missing JavaScript "node and npm are not there"
else
    mkdir -p "$kept/javascript"
    if npm install --prefix "$kept/javascript" --silent --no-audit --no-fund --no-save \
        "$(package javascript)@$(version javascript)" >"$work/npm" 2>&1; then
        NODE_PATH="$kept/javascript/node_modules" node "$here/solve.js" "$url" "$work/javascript" || failed=1
        sed "s/^/javascript $(version javascript) /" "$work/javascript" >>"$work/tasks"
    else
        tail -n 3 "$work/npm" >&2
        missing JavaScript "npm cannot install $(package javascript)"
    fi
fi

# The package of this program is written here, so that versions.txt alone has the version.
mkdir -p "$kept/rust"
cat >"$kept/rust/Cargo.toml" <<END
[package]
name = "official"
version = "0.0.0"
edition = "2021"
publish = false

[[bin]]
name = "official"
path = "$here/solve.rs"

[dependencies]
client = { package = "$(package rust)", version = "=$(version rust)" }
serde_json = "1"
tokio = { version = "1", features = ["rt", "time"] }

[workspace]
END
if cargo build --quiet --manifest-path "$kept/rust/Cargo.toml" --target-dir "$kept/rust/target" >"$work/cargo" 2>&1; then
    "$kept/rust/target/debug/official" "$url" "$work/rust" || failed=1
    # The client's classes, by its sources: a new one has to be tried too.
    source=$(cargo metadata --quiet --format-version 1 --manifest-path "$kept/rust/Cargo.toml" |
        python3 -c 'import json, os, sys
print(*(os.path.dirname(p["manifest_path"]) for p in json.load(sys.stdin)["packages"] if p["name"] == sys.argv[1]))' \
            "$(package rust)")
    for class in $(grep -rhoE 'impl CaptchaRequest for [A-Za-z0-9]+' "$source/src" | awk '{ print $4 }'); do
        if ! grep -q "^$class " "$work/rust"; then
            echo "rust: $class: this client supports it, and it is not tried"
            failed=1
        fi
    done
    sed "s/^/rust $(version rust) /" "$work/rust" >>"$work/tasks"
else
    tail -n 12 "$work/cargo" >&2
    missing Rust "cargo cannot build with $(package rust)"
fi

if [ -s "$work/tasks" ]; then
    python3 -B "$here/check.py" "$captask" "$work/tasks" || failed=1
fi
if [ -n "${OFFICIAL_CORPUS:-}" ] && [ "$failed" = 0 ]; then
    sort -u "$work/tasks" >"$OFFICIAL_CORPUS"
fi
exit "$failed"
