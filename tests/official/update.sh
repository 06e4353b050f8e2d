#!/bin/sh
# Moves versions.txt to the newest official clients that the registries have, and runs these. When they pass, what they
# send is kept for the tests of the catalogue; when not, versions.txt is as it was.
#
# usage: update.sh <the command captask> <a directory to keep the clients in>
set -eu

captask=$1
kept=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$kept"

package() { awk -v language="$1" '$1 == language { print $2 }' "$here/versions.txt"; }

newest() {
    case $1 in
        python)
            python3 -m venv "$kept/python"
            "$kept/python/bin/python" -m pip index versions --disable-pip-version-check "$2" 2>/dev/null |
                sed -n '1s/.*(\(.*\)).*/\1/p'
            ;;
        javascript) npm view "$2" version ;;
        rust) cargo info "$2" 2>/dev/null | sed -n 's/^version: \([^ ]*\).*/\1/p' ;;
    esac
}

before=$(mktemp)
cp "$here/versions.txt" "$before"
for language in python javascript rust; do
    name=$(package "$language")
    found=$(newest "$language" "$name")
    if [ -z "$found" ]; then
        echo "official-update: the registry has no answer for $name" >&2
        cp "$before" "$here/versions.txt"
        exit 1
    fi
    awk -v language="$language" -v version="$found" '$1 == language { $3 = version } { print }' \
        "$here/versions.txt" >"$before.new"
    cp "$before.new" "$here/versions.txt"
    echo "official-update: $name $found"
done
if OFFICIAL_CORPUS=$here/../it/catalogue/corpus/official.txt "$here/run.sh" "$captask" "$kept"; then
    diff "$before" "$here/versions.txt" || :
    rm -f "$before" "$before.new"
else
    cp "$before" "$here/versions.txt"
    rm -f "$before" "$before.new"
    echo "official-update: versions.txt is as it was: mend what the newest clients found first" >&2
    exit 1
fi
