#!/bin/sh
# Runs test.sh with every Python from 3.9 on that is there: CPython by the names python3.9, python3.10, …, or of pyenv,
# and PyPy. As root with debootstrap it makes a root of Debian's next release for those that are too young for this one.
# Usage: matrix.sh LIBRARY FOLDER [NAME…], where a NAME is as in the first column: python3.9, pypy3, forky/python3.14, ….
# Prints a row of README.md's table for each; tests skip what a Python lacks, and those of the type checkers.
set -u

library=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
shift 2
here=$(cd "$(dirname "$0")" && pwd)
crate=$(cd "$here/../.." && pwd)
root=$folder/forky
young="python3.14 python3.15 pypy3"
failed=0

wanted() {
    name=$1
    shift
    test $# -eq 0 && return
    for one in "$@"; do
        test "$one" != "$name" || return 0
    done
    return 1
}

# A root of Debian's next release with what is too young for this machine. What is made is kept.
make_root() {
    test ! -f "$root.made" || return 0
    if ! command -v debootstrap >/dev/null || test "$(id -u)" != 0; then
        echo "| forky | skipped: debootstrap and root's rights make it |"
        return 1
    fi
    rm -rf "$root"
    script=/usr/share/debootstrap/scripts/forky
    test -f "$script" || script=/usr/share/debootstrap/scripts/sid
    # Where this machine's own packages are from.
    mirror=$(apt-get indextargets --format '$(SITE)' | head -n 1)
    debootstrap --variant=minbase --include=python3.14-venv,python3.15-venv,pypy3-venv,ca-certificates \
        forky "$root" "$mirror" "$script" >"$root.log" 2>&1 || {
        tail -n 5 "$root.log"
        return 1
    }
    touch "$root.made"
}

# in_root COMMAND…: runs a command in the root, which sees this checkout, the folder, the library and the network.
in_root() {
    ROOT=$root SHOWN="$crate $folder $(dirname "$library")" unshare --mount sh -c '
        for shown in $SHOWN /proc /dev /etc/ssl/certs; do
            mkdir -p "$ROOT$shown" && mount --rbind "$shown" "$ROOT$shown" || exit 1
        done
        for shown in /etc/resolv.conf /etc/hosts /etc/pip.conf; do
            test -f "$shown" || continue
            touch "$ROOT$shown" && mount --bind "$shown" "$ROOT$shown" || exit 1
        done
        exec chroot "$ROOT" env PATH=/usr/bin:/usr/sbin HOME=/root "$@"' in_root "$@"
}

# run NAME PYTHON [in_root]: one row.
run() {
    name=$1 python=$2 within=${3:-}
    log=$folder/$(echo "$name" | tr / -).log
    work=$folder/$(echo "$name" | tr / -)
    version=$($within "$python" -c 'import platform, sys
print(platform.python_implementation(), getattr(sys, "pypy_version_info", sys.version_info)[:3], platform.python_version())' |
        sed 's/(\([0-9]*\), \([0-9]*\), \([0-9]*\))/\1.\2.\3/; s/^CPython .* /CPython /; s/^\(PyPy [^ ]*\) \(.*\)/\1 (\2)/')
    # The type checkers judge the same sources whatever runs them.
    $within env -u CI PYTHON="$python" NO_CHECKERS=1 "$here/test.sh" "$library" "$work" -ra >"$log" 2>&1 || failed=1
    sum=$(grep -E '^(=+ )?[0-9]+ (passed|failed|skipped|errors?|deselected)' "$log" | tail -n 1 | tr -d =)
    count() {
        echo "$sum" | grep -oE "[0-9]+ $1" | head -n 1 | cut -d' ' -f1 | grep . || echo 0
    }
    if test -n "$sum"; then
        echo "| $version | $(count passed) | $(($(count failed) + $(count error))) | $(count skipped) |"
    else
        echo "| $version | not run, see $log: $(tail -n 1 "$log") |"
    fi
    rm -rf "$work"
}

echo "| Python | passed | failed | skipped |"
echo "| --- | --- | --- | --- |"
for python in python3.9 python3.10 python3.11 python3.12 python3.13 python3.14 python3.15 pypy3; do
    wanted "$python" "$@" || continue
    found=
    for place in "$(command -v "$python")" "${PYENV_ROOT:-$HOME/.pyenv}/versions/${python#python}".*/bin/"$python"; do
        if "$place" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
            found=$place
            break
        fi
    done
    test -z "$found" || run "$python" "$found"
done
for python in $young; do
    wanted "forky/$python" "$@" || continue
    make_root || break
    run "forky/$python" "$python" in_root
done
exit "$failed"
