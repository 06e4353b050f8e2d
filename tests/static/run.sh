#!/bin/sh
# Links the static library beside another Rust library and beside itself, and looks at what it exports.
# Usage: run.sh ARCHIVE FOLDER, where FOLDER is for what is built.
set -eu

archive=$1
folder=$2
cc=${CC:-cc}
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/static
system="-lutil -lrt -lpthread -lm -ldl"

fail() {
    echo "static-test: $1" >&2
    exit 1
}

rm -rf "$folder"
mkdir -p "$folder"

nm -g --defined-only "$archive" | sed -n 's/^[0-9a-f]* [A-Z] //p' | sort >"$folder/exported"
test -s "$folder/exported" || fail "it exports nothing"
foreign=$(grep -v '^captask_' "$folder/exported" || :)
test -z "$foreign" || fail "it exports $foreign"
sort "$root/tests/symbols.txt" | diff - "$folder/exported" >&2 || fail "it does not export what tests/symbols.txt lists"
echo "ok static: captask_* alone is exported"

"${RUSTC:-rustc}" --edition 2024 -C panic=unwind -o "$folder/libother.a" "$here/other.rs"
for order in "$archive $folder/libother.a" "$folder/libother.a $archive"; do
    # shellcheck disable=SC2086 # both lists are split on purpose
    "$cc" -I"$root/include" -o "$folder/program" "$here/program.c" $order $system
    "$folder/program" >/dev/null || fail "the program with two Rust libraries fails"
done
echo "ok static: it links and works beside another Rust library, in either order"

for name in first second; do
    # shellcheck disable=SC2086
    "$cc" -shared -fPIC -DNAME="$name" -I"$root/include" -o "$folder/lib$name.so" "$here/part.c" "$archive" $system \
        -Wl,--exclude-libs,ALL
done
"$cc" -o "$folder/parts" "$here/parts.c" -L"$folder" -lfirst -lsecond -Wl,-rpath,"$folder"
"$folder/parts" || fail "a program with captask in two shared objects fails"
echo "ok static: it works in two shared objects of one process"
