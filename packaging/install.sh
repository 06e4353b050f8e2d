#!/bin/sh
# Installs captask, or takes away what it installed. `make install` and `make uninstall` call it, with the variables of
# mk/install.mk in the environment. Usage: install.sh install|uninstall
#
# What was put where, and which folders were made for it, stands in LIBDIR/captask/installed.txt: uninstall removes
# that and nothing else.
set -eu

folders="prefix libdir includedir bindir mandir pkgconfigdir cmakedir"
list=$libdir/captask/installed.txt
newline='
'
made=

refuse() {
    echo "captask: $1" >&2
    exit 1
}

# These paths are written into files of pkg-config and CMake, for programs that are built from anywhere.
for name in $folders; do
    eval "path=\$$name"
    case $path in
        /*) ;;
        *) refuse "$name is \"$path\"; give an absolute path, as in PREFIX=/usr/local" ;;
    esac
    case $path in
        *[\"\\\$\`\#\;]* | *"$newline"*)
            refuse "$name is \"$path\"; pkg-config and CMake cannot take \", \\, \$, \`, #, ; or a line's end in a path" ;;
    esac
done

note() {
    made="$made$1 $2$newline"
}

# A folder, and those above it as far as they are missing.
folder() {
    if test -z "$1"; then
        mkdir -p "$DESTDIR/"
    elif ! test -d "$DESTDIR$1"; then
        folder "${1%/*}"
        # A path may have a slash too many.
        test -d "$DESTDIR$1" || { $INSTALL -d -m 755 "$DESTDIR$1" && note folder "$1"; }
    fi
}

# Mode, source, folder, name there.
put() {
    folder "$3"
    $INSTALL -m "$1" "$2" "$DESTDIR$3/$4"
    note file "$3/$4"
}

# Where it points to, folder, name there.
link() {
    ln -sf "$1" "$DESTDIR$2/$3"
    note file "$2/$3"
}

# Template, folder, name there: puts the variable `name` for each @NAME@, whatever characters it has.
fill() {
    folder "$2"
    awk '{
        rest = $0
        line = ""
        while (match(rest, /@[A-Z_]+@/)) {
            line = line substr(rest, 1, RSTART - 1) ENVIRON[tolower(substr(rest, RSTART + 1, RLENGTH - 2))]
            rest = substr(rest, RSTART + RLENGTH)
        }
        print line rest
    }' "$1" >"$DESTDIR$2/$3"
    chmod 644 "$DESTDIR$2/$3"
    note file "$2/$3"
}

# Also of an installation that broke off, and of those before it in the same place.
write_list() {
    status=$?
    trap - EXIT
    folder "$libdir/captask"
    note file "$list"
    earlier=
    test ! -f "$DESTDIR$list" || earlier=$(cat "$DESTDIR$list")$newline
    printf '%s' "$earlier$made" | awk '!seen[$0]++' >"$DESTDIR$list"
    chmod 644 "$DESTDIR$list"
    exit "$status"
}

put_all() {
    trap write_list EXIT
    put 755 "$built/$shared_built" "$libdir" "$shared_file"
    link "$shared_file" "$libdir" "$soname"
    link "$soname" "$libdir" "$shared_built"
    put 644 "$built/static/libcaptask.a" "$libdir" libcaptask.a
    put 644 include/captask.h "$includedir" captask.h
    put 644 include/captask.hpp "$includedir" captask.hpp
    put 644 include/captask.ffi.h "$includedir" captask.ffi.h
    for template in captask.pc captask-static.pc; do
        fill "packaging/$template.in" "$pkgconfigdir" "$template"
    done
    for template in captask-config.cmake captask-config-version.cmake; do
        fill "packaging/$template.in" "$cmakedir" "$template"
    done
    put 644 src/protocol/catalog/data/catalogue.json "$prefix/share/captask" catalogue.schema.json
    fill packaging/captask.3 "$mandir/man3" captask.3
    # `man captask_open` shows the page, too.
    for name in $(sed -n 's/^[a-z].*[ *]\(captask_[a-z0-9_]*\)(.*/\1/p' include/captask.h); do
        echo ".so man3/captask.3" >"$DESTDIR$mandir/man3/$name.3"
        chmod 644 "$DESTDIR$mandir/man3/$name.3"
        note file "$mandir/man3/$name.3"
    done
    if test -x "$built/captask"; then
        put 755 "$built/captask" "$bindir" captask
        fill packaging/captask.1 "$mandir/man1" captask.1
    fi
}

take_away() {
    if ! test -f "$DESTDIR$list"; then
        echo "captask: nothing to remove: there is no $DESTDIR$list"
        return
    fi
    entries=$(cat "$DESTDIR$list")
    printf '%s\n' "$entries" | sed -n 's/^file //p' | while IFS= read -r path; do
        rm -f "$DESTDIR$path"
    done
    # Those in it before itself; one with somebody else's files stays.
    printf '%s\n' "$entries" | sed -n 's/^folder //p' | LC_ALL=C sort -r | while IFS= read -r path; do
        rmdir "$DESTDIR$path" 2>/dev/null || :
    done
}

case ${1:-} in
    install)
        put_all
        test -n "$DESTDIR" || echo "installed. If $libdir is a library folder of the system, run ldconfig;" \
            "otherwise link programs with -Wl,-rpath,$libdir" ;;
    uninstall) take_away ;;
    *) refuse "install.sh install|uninstall" ;;
esac
