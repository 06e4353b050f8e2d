#!/bin/sh
# Tests the Go module: from its folder, and from its module zip in an empty folder.
# Usage: test.sh FOLDER, where FOLDER is for what is built. `make go-test` calls it, with the command make in MAKE.
set -eu

folder=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
go=${GO:-go}
. "$here/library.sh"

lack=$(lacks)
if [ -n "$lack" ]; then
    echo "go-test: skipped: $lack is missing"
    test -z "${CI:-}"
    exit
fi

rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
prefix=$folder/prefix
"${MAKE:-make}" --no-print-directory -s -C "$root" install PREFIX="$prefix" >"$folder/install.log"
PKG_CONFIG_PATH=$prefix/lib/pkgconfig
export PKG_CONFIG_PATH
module=$(awk '$1 == "module" { print $2 }' "$here/go.mod")
version=v$(pkg-config --modversion captask)

cd "$here"
unformatted=$("$("$go" env GOROOT)/bin/gofmt" -l .)
if [ -n "$unformatted" ]; then
    echo "not ok go: gofmt -d has changes of $unformatted"
    exit 1
fi
echo "ok go: gofmt"
"$go" vet ./...
"$go" vet -tags captask_static ./...
(cd proxy && "$go" vet ./...)
echo "ok go: vet"
LD_LIBRARY_PATH=$prefix/lib "$go" test -race ./...
"$go" test -tags captask_static ./...

# The module zip, as a proxy on the disk serves it.
(cd proxy && "$go" run . "$here" "$version" "$folder/proxy")
content=$(find "$folder/proxy" -name '*.zip' -exec cat {} + | cksum | cut -d' ' -f1)

# from_zip NAME TAGS COMMAND…: builds README's program against the zip in an empty folder, and runs it by the command.
from_zip() {
    name=$1
    tags=$2
    shift 2
    mkdir "$folder/$name"
    cd "$folder/$name"
    awk '/^```go$/ { on = 1; next } /^```$/ { exit } on' "$here/README.md" >main.go
    # A cache of its own: in another one the same version may be an older zip. The go command takes what lies in a cache's
    # folder for unchanging and remembers its imports by the folder's name, so that is named after the content.
    GOMODCACHE=$folder/cache-$content GOFLAGS="-modcacherw -buildvcs=false" GOPROXY=file://$folder/proxy GOSUMDB=off GOWORK=off
    export GOMODCACHE GOFLAGS GOPROXY GOSUMDB GOWORK
    "$go" mod init example.com/program 2>"$folder/$name.log"
    "$go" get "$module@$version" 2>>"$folder/$name.log"
    "$go" build -tags "$tags" -o program . 2>>"$folder/$name.log" || {
        cat "$folder/$name.log" >&2
        return 1
    }
    printed=$("$@" ./program)
    if [ "$printed" != "sandbox-token 7654321" ]; then
        echo "not ok go: README's program, $name: $printed"
        return 1
    fi
    echo "ok go: README's program from the module zip, $name"
}

from_zip shared "" env LD_LIBRARY_PATH="$prefix/lib"
from_zip static captask_static env -i
