#!/bin/sh
# Packs the source package into FOLDER/sdist, from a copy of what it is made of, so that no leftovers lie in the source
# tree. Usage: sdist.sh PYTHON FOLDER, where PYTHON has the package build.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
crate=$(cd "$here/../.." && pwd)

mkdir -p "$2/tree/bindings"
cp -r "$here" "$2/tree/bindings/python"
for name in Cargo.toml Cargo.lock LICENSE-APACHE LICENSE-MIT README.md build.rs benches examples shared src tests; do
    ln -s "$crate/$name" "$2/tree/$name"
done
"$1" -m build --sdist --outdir "$2/sdist" "$2/tree/bindings/python" >"$2/sdist.log" 2>&1 || {
    cat "$2/sdist.log" >&2
    exit 1
}
