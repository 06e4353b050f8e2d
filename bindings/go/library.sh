# Sourced by the scripts here. Makes captask.pc for a library that is not installed.
#
# not_installed LIBRARY FOLDER: what is built from now on in this shell links LIBRARY, of which FOLDER gets a link.
not_installed() {
    rm -rf "$2"
    mkdir -p "$2"
    ln -s "$1" "$2/libcaptask.so"
    ln -s "$1" "$2/libcaptask.so.0"
    cat >"$2/captask.pc" <<END
Name: captask
Description: Client of the CapMonster Cloud task API
Version: 0
Libs: -L"$2" -lcaptask
Cflags: -I"$root/include"
END
    PKG_CONFIG_PATH=$2
    CGO_LDFLAGS="-O2 -g -Wl,-rpath,$2"
    export PKG_CONFIG_PATH CGO_LDFLAGS
}

# lacks: prints what is missing for cgo, and nothing when all is there.
lacks() {
    for command in "${GO:-go}" "${CC:-cc}" pkg-config; do
        if ! command -v "$command" >/dev/null; then
            echo "$command"
            return
        fi
    done
    if [ "$("${GO:-go}" env CGO_ENABLED)" != 1 ]; then
        echo "cgo (CGO_ENABLED=1)"
    fi
}
