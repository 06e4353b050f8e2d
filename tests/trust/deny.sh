#!/bin/sh
# Checks the library's dependencies against deny.toml. Advisories are checked against the folder ADVISORY_DB (a copy of
# RustSec's advisory-db), or else against the list that cargo-deny fetches; where it cannot be fetched, the check is
# skipped. With ADVISORY_DB, a planted advisory has to be found as well.
set -eu

for check in licenses bans sources; do
    cargo deny --all-features check --hide-inclusion-graph "$check"
    echo "ok dependencies: $check"
done

# Where cargo-deny looks for its list below db-path: the name ends with a hash of the list's address.
name=advisory-db-3157b0e258782691
work=${CARGO_TARGET_DIR:-target}/work/advisories

# Makes a list of advisories for cargo-deny, which takes a clone of a repository alone, and a configuration that names it.
# Usage: list FOLDER [CRATE], where CRATE gets an advisory that is not true
list() {
    rm -rf "$1"
    mkdir -p "$1/db/$name"
    cp -R "$ADVISORY_DB"/. "$1/db/$name"
    rm -rf "$1/db/$name/.git"
    test -z "${2:-}" || {
        mkdir -p "$1/db/$name/crates/$2"
        planted "$2" >"$1/db/$name/crates/$2/RUSTSEC-2099-0001.md"
    }
    (
        cd "$1/db/$name"
        git init --quiet
        git add --all
        git -c user.name=captask -c user.email=captask@localhost -c commit.gpgsign=false commit --quiet -m advisories
        git rev-parse HEAD >.git/FETCH_HEAD
    )
    sed "s|^\[advisories\]|&\\ndb-path = \"$1/db\"|" deny.toml >"$1/deny.toml"
}

planted() {
    cat <<END
\`\`\`toml
[advisory]
id = "RUSTSEC-2099-0001"
package = "$1"
date = "2026-01-01"
url = "https://example.com/"
categories = ["memory-corruption"]

[versions]
patched = []
\`\`\`

# Planted by a test

It is not true.
END
}

against() {
    cargo deny --all-features --offline --config "$1/deny.toml" check --hide-inclusion-graph advisories 2>&1
}

if [ -n "${ADVISORY_DB:-}" ]; then
    test -d "$ADVISORY_DB/crates" || {
        echo "ADVISORY_DB: $ADVISORY_DB is not a copy of advisory-db: it has no folder crates" >&2
        exit 1
    }
    mkdir -p "$work"
    work=$(cd "$work" && pwd)
    cargo fetch --quiet --locked || cargo fetch --quiet --locked --offline
    newest=$(grep -rh '^date = ' "$ADVISORY_DB/crates" | tr -d '"' | sort | tail -n 1)
    echo "advisories of $ADVISORY_DB, the newest of ${newest#date = }"
    list "$work/whole"
    against "$work/whole"
    echo "ok dependencies: advisories"
    list "$work/planted" httpdate
    if said=$(against "$work/planted"); then
        echo "a planted advisory is not found: the check sees nothing" >&2
        exit 1
    fi
    case $said in
        *RUSTSEC-2099-0001*) echo "ok dependencies: a planted advisory is found" ;;
        *)
            echo "$said" >&2
            exit 1
            ;;
    esac
elif said=$(cargo deny --all-features check advisories 2>&1); then
    echo "ok dependencies: advisories"
else
    case $said in
        *"failed to fetch advisory database"*) echo "advisories: skipped: the list cannot be fetched; set ADVISORY_DB" ;;
        *)
            echo "$said"
            exit 1
            ;;
    esac
fi
