#!/bin/sh
# Runs a 32-bit Windows program by the Wine of a root that debootstrap made, which sees this checkout and the folder of the
# tests where they are. Usage: WINE32_ROOT=ROOT WINE32_SHOWN="FOLDER…" wine32.sh PROGRAM; takes root's rights.
set -eu

export WINE32_CWD="$PWD"
exec unshare --mount sh -c '
    for folder in $WINE32_SHOWN /proc; do
        mkdir -p "$WINE32_ROOT$folder"
        mount --bind "$folder" "$WINE32_ROOT$folder"
    done
    exec chroot "$WINE32_ROOT" sh -c "cd \"\$WINE32_CWD\" && exec /usr/lib/wine/wine \"\$@\"" wine "$@"
' wine32 "$@"
