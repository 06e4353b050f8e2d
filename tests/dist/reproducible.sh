#!/bin/sh
# Builds what is in DIST again, from another folder and with another folder of cargo's, and compares the bytes.
# Usage: reproducible.sh PLATFORM DIST WORK, where DIST was built from this checkout as it is, by `make dist`.
set -eu

platform=$1
dist=$(cd "$2" && pwd)
work=$3/reproducible
root=$(cd "$(dirname "$0")/../.." && pwd)
python=${PYTHON:-python3}
home=${CARGO_HOME:-$HOME/.cargo}

rm -rf "$work"
# Longer than the first one's, so that a length that depends on it shows.
checkout=$work/another-folder-with-a-longer-name/checkout
mkdir -p "$checkout" "$work/cargo"
cd "$root"
git ls-files -z | tar -c --null -T - | tar -x -C "$checkout"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
# The crates, so that nothing is fetched twice; and how cargo is set up here.
cp -a "$home/registry" "$work/cargo/"
for file in config config.toml; do
    test ! -f "$home/$file" || cp "$home/$file" "$work/cargo/"
done

CARGO_HOME=$work/cargo "$python" -B "$checkout/packaging/dist" --out "$work/dist" --work "$work/build" "$platform"
failed=0
compared=0
for file in "$work"/dist/captask-*; do
    name=$(basename "$file")
    compared=$((compared + 1))
    if cmp "$file" "$dist/$name"; then
        echo "ok reproducible: $name"
    else
        echo "not ok reproducible: $name"
        failed=1
    fi
done
# An archive and a wheel.
test "$compared" = 2 || { echo "not ok reproducible: $compared files were compared"; failed=1; }
# Kept for a look at what differs.
test "$failed" != 0 || rm -rf "$work"
exit $failed
