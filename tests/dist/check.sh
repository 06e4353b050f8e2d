#!/bin/bash
# Runs what `make dist` made for one platform: the C tests against its library, programs built by its packages for
# pkg-config and CMake, its wheel. Usage: check.sh PLATFORM DIST WORK [here], where WORK is the folder of `make dist`. With
# "here" nothing is done that takes another Debian.
#
# Linux is run by this machine itself, in 64 and 32 bits, by qemu-user for ARM and with Debian's musl; Windows by Wine.
# 32-bit Windows and the old glibc each take a root made by debootstrap, which takes root's rights; once made, they are kept
# in WORK/roots.
set -eu

platform=$1
dist=$(cd "$2" && pwd)
work=$(mkdir -p "$3" && cd "$3" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$work/check/$platform
zig=$work/tools/bin/python-zig
only_here=${4:-}
failures=0

passed() {
    echo "ok $platform: $1"
}

failed() {
    echo "not ok $platform: $1"
    failures=1
}

# have COMMAND PACKAGE: whether it is there; under CI it has to be.
have() {
    command -v "$1" >/dev/null && return
    echo "dist-check: skipped: $platform: $1 is missing (Debian: $2)"
    test -z "${CI:-}" || exit 1
    return 1
}

# debian NAME ARCH SUITE PACKAGES: a root of another Debian, its path in $debian
debian() {
    debian=$work/roots/$1
    test ! -f "$debian.made" || return 0
    have debootstrap debootstrap || return 1
    if test "$(id -u)" != 0; then
        echo "dist-check: skipped: $platform: debootstrap takes root's rights"
        test -z "${CI:-}" || exit 1
        return 1
    fi
    rm -rf "$debian"
    mkdir -p "$work/roots"
    # Where this machine's own packages are from.
    mirror=$(apt-get indextargets --format '$(SITE)' | head -n 1)
    debootstrap --variant=minbase --arch="$2" --include="$4" "$3" "$debian" "$mirror" >"$debian.log" 2>&1 || {
        tail -n 5 "$debian.log"
        exit 1
    }
    touch "$debian.made"
}

# wrapper NAME COMMAND…: a command of one word
wrapper() {
    name=$folder/$1
    shift
    printf '#!/bin/sh\nexec %s "$@"\n' "$*" >"$name"
    chmod +x "$name"
}

# Programs built by the archive's packages, from wherever it is unpacked. Usage: packages RUN
packages() {
    export PKG_CONFIG_PATH="$top/lib/pkgconfig" LD_LIBRARY_PATH="$top/lib"
    for package in captask captask-static; do
        "$CC" "$root/tests/install/program.c" $(pkg-config --cflags --libs "$package") -o "$folder/$package" &&
            "$folder/$package" >"$folder/out" 2>&1 && passed "pkg-config, $package" || failed "pkg-config, $package: $(cat "$folder/out")"
    done
    cmake -S "$root/tests/install" -B "$folder/cmake" -DCMAKE_PREFIX_PATH="$top" >"$folder/out" 2>&1 &&
        cmake --build "$folder/cmake" >"$folder/out" 2>&1 && "$folder/cmake/shared" >>"$folder/out" 2>&1 &&
        "$folder/cmake/static" >>"$folder/out" 2>&1 && passed "CMake" || failed "CMake: $(cat "$folder/out")"
    unset LD_LIBRARY_PATH
}

# The C tests. Usage: contract, with CC and CXX, and with RUN and LEFT_OUT for another machine. zig would build a C++
# library first: the one test in C++ is left to Debian's compiler.
contract() {
    "$root/tests/c/run.sh" "$top/lib" "$folder/c" || failures=1
}

# The wheel in a new virtual environment.
wheel() {
    "$PYTHON" -m venv "$folder/venv"
    "$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-index "$dist"/captask-*-manylinux*_x86_64.whl &&
        "$folder/venv/bin/python" -W error "$root/tests/dist/wheel.py" >"$folder/out" 2>&1 &&
        passed "the wheel: $(tail -n 1 "$folder/out")" || failed "the wheel: $(cat "$folder/out")"
}

# The wheel in a Debian with glibc 2.31.
old_debian() {
    debian bullseye amd64 bullseye python3-venv || return 0
    rm -rf "$debian/captask"
    mkdir "$debian/captask"
    cp "$dist"/captask-*-manylinux*_x86_64.whl "$root/tests/dist/wheel.py" "$debian/captask"
    chroot "$debian" sh -c 'cd /captask && python3 -m venv venv && venv/bin/pip --quiet --disable-pip-version-check \
        install --no-index ./*.whl && venv/bin/python -W error wheel.py' >"$folder/out" 2>&1 &&
        passed "the wheel in Debian 11: $(tail -n 1 "$folder/out")" || failed "the wheel in Debian 11: $(cat "$folder/out")"
    cp -R "$top/lib" "$debian/captask"
    wrapper zcc "$zig" cc -target x86_64-linux-gnu.2.17 -fno-sanitize=all
    for test in version tickets order; do
        "$folder/zcc" -std=c99 -I"$root/include" -I"$root/tests/c" "$root/tests/c/$test.c" -o "$debian/captask/$test" \
            -L"$top/lib" -lcaptask -lpthread
        LD_LIBRARY_PATH=/captask/lib chroot "$debian" "/captask/$test" </dev/null >"$folder/out" 2>&1 &&
            passed "Debian 11, $test" || failed "Debian 11, $test: $(cat "$folder/out")"
    done
}

# A program that CMake builds with MinGW from the archive's package. Usage: cross PREFIX PROCESSOR
cross() {
    cmake -S "$root/tests/dist/cross" -B "$folder/cross" -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_SYSTEM_PROCESSOR="$2" \
        -DCMAKE_C_COMPILER="$1-gcc" -DCMAKE_FIND_ROOT_PATH="/usr/$1;$top" -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY \
        -DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY >"$folder/out" 2>&1 &&
        cmake --build "$folder/cross" >"$folder/out" 2>&1 || { failed "CMake with MinGW: $(cat "$folder/out")"; return; }
    cp "$top/bin/captask.dll" "$folder/windows/run/bcryptprimitives.dll" "$folder/cross"
    for program in shared static; do
        (cd "$folder/cross" && WINEDEBUG=-all WINEPREFIX="$folder/windows/wine" timeout 120 "$WINE" $program.exe) \
            >"$folder/out" 2>&1 && passed "CMake with MinGW, $program" || failed "CMake with MinGW, $program: $(cat "$folder/out")"
    done
}

# A program that Microsoft's kind of linker links with captask.lib. Usage: microsoft PREFIX MACHINE
microsoft() {
    have lld-link lld || return 0
    "$1-gcc" -std=c99 -Wall -Wextra -Werror -I"$top/include" -c "$root/tests/dist/msvc.c" -o "$folder/libs/msvc.obj"
    lld-link /nologo /nodefaultlib /subsystem:console /safeseh:no /entry:start "/machine:$2" "/out:$folder/libs/msvc.exe" \
        "$folder/libs/msvc.obj" "$top/lib/captask.lib" >"$folder/out" 2>&1 || { failed "captask.lib: $(cat "$folder/out")"; return; }
    cp "$folder/windows/run/bcryptprimitives.dll" "$folder/libs"
    (cd "$folder/libs" && WINEDEBUG=-all WINEPREFIX="$folder/windows/wine" timeout 120 "$WINE" msvc.exe) >"$folder/out" 2>&1 &&
        passed "captask.lib, linked by lld-link" || failed "captask.lib, linked by lld-link: $(cat "$folder/out")"
}

# The static library in one program with another one written in Rust, in either order. Usage: beside PREFIX
beside() {
    "$PYTHON" -B "$root/tests/dist/other.py" "$platform" "$work" "$folder/beside" || { failed "tests/static/other.rs is not built"; return; }
    own=$top/lib/libcaptask.a
    other=$folder/beside/libother.a
    system=$(sed -n 's/^Libs: "[^"]*" //p' "$top/lib/pkgconfig/captask-static.pc")
    cp "$folder/windows/run/bcryptprimitives.dll" "$folder/beside"
    for order in "$own $other" "$other $own"; do
        # shellcheck disable=SC2086
        "$1-gcc" -I"$top/include" "$root/tests/static/program.c" $order $system -static -o "$folder/beside/program.exe" >"$folder/out" 2>&1 &&
            (cd "$folder/beside" && WINEDEBUG=-all WINEPREFIX="$folder/windows/wine" timeout 120 "$WINE" program.exe) >>"$folder/out" 2>&1 &&
            passed "the static library beside another Rust library" ||
            failed "the static library beside another Rust library: $(head -c 2000 "$folder/out")"
    done
}

rm -rf "$folder"
mkdir -p "$folder"
export PYTHON=${PYTHON:-python3}
case $platform in
    windows-*) "$PYTHON" -m zipfile -e "$dist"/captask-*-"$platform".zip "$folder" ;;
    *) tar -xzf "$dist"/captask-*-"$platform".tar.gz -C "$folder" ;;
esac
top=$(echo "$folder"/captask-*)

case $platform in
    linux-x86_64)
        export CC=cc CXX=c++
        have cmake cmake && have pkg-config pkg-config && packages
        contract
        wheel
        test -n "$only_here" || old_debian
        ;;
    linux-i686)
        if test ! -e /lib/ld-linux.so.2; then
            echo "dist-check: skipped: $platform: the 32-bit C library is missing (Debian: libc6-i386)"
            test -z "${CI:-}" || exit 1
            exit
        fi
        wrapper zcc "$zig" cc -target x86-linux-gnu.2.17 -fno-sanitize=all
        LEFT_OUT=twice-c++ CC=$folder/zcc contract
        ;;
    linux-aarch64)
        have qemu-aarch64-static qemu-user-static || exit 0
        test -d /usr/aarch64-linux-gnu/lib || { echo "dist-check: skipped: $platform: its C library (Debian: libc6-arm64-cross)"; test -z "${CI:-}"; exit; }
        wrapper zcc "$zig" cc -target aarch64-linux-gnu.2.17 -fno-sanitize=all
        # qemu-user itself fails where a process with threads forks.
        RUN="qemu-aarch64-static -L /usr/aarch64-linux-gnu" LEFT_OUT="fork twice-c++" CC=$folder/zcc contract
        ;;
    linux-musl-x86_64)
        have musl-gcc musl-tools || exit 0
        # It compiles C alone.
        CC=musl-gcc LEFT_OUT=twice-c++ contract
        ;;
    windows-x64)
        # The panic test takes a library of its own and is in `make windows-test`.
        export WINE=${WINE:-$(command -v wine64 || echo /usr/lib/wine/wine64)}
        mkdir "$folder/libs"
        cp "$top/bin/captask.dll" "$top/lib/libcaptask.dll.a" "$folder/libs"
        "$root/tests/windows/run.sh" "$platform" "$folder/windows" --built "$folder/libs" || failures=1
        have cmake cmake && cross x86_64-w64-mingw32 AMD64
        microsoft x86_64-w64-mingw32 x64
        beside x86_64-w64-mingw32
        ;;
    windows-x86)
        debian wine32 i386 bookworm wine32,ca-certificates || exit 0
        export WINE=$root/tests/dist/wine32.sh WINE32_ROOT=$debian WINE32_SHOWN="$work $root"
        mkdir "$folder/libs"
        cp "$top/bin/"*.dll "$top/lib/libcaptask.dll.a" "$folder/libs"
        "$root/tests/windows/run.sh" "$platform" "$folder/windows" --built "$folder/libs" || failures=1
        WINEPREFIX=$folder/windows/wine "$root/tests/stdcall/run.sh" "$folder/libs" "$folder/stdcall" || failures=1
        have cmake cmake && cross i686-w64-mingw32 X86
        microsoft i686-w64-mingw32 x86
        beside i686-w64-mingw32
        ;;
    *)
        echo "check.sh: no platform $platform" >&2
        exit 2
        ;;
esac
exit $failures
