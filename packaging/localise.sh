#!/bin/sh
# Makes a static library of captask that exports captask_* alone, so that it links beside another library written in
# Rust: both have the same standard library in them. Usage: localise.sh ARCHIVE RESULT
#
# Needs GNU ld and objcopy, or LLVM's. On macOS, whose linker does this by other means, the archive is copied.
set -eu

archive=$1
result=$2
ld=${LD:-ld}
objcopy=${OBJCOPY:-objcopy}
ar=${AR:-ar}

mkdir -p "$(dirname "$result")"
if [ "$(uname -s)" = Darwin ]; then
    cp "$archive" "$result"
    exit
fi
scratch=$(mktemp -d "$(dirname "$result")/localise.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
# One object, in which every reference to what it has itself is resolved. Without groups: the linker would take those
# of another such object for the same.
"$ld" -r --force-group-allocation --whole-archive "$archive" -o "$scratch/captask.o"
# Bitcode of the standard library is of no use to a linker, and older LLVM plugins of ar stumble over it.
"$objcopy" --wildcard --keep-global-symbol='captask_*' --remove-section=.llvmbc --remove-section=.llvmcmd \
    --remove-section=.llvm_addrsig --strip-debug "$scratch/captask.o"
rm -f "$scratch/libcaptask.a"
"$ar" rcsD "$scratch/libcaptask.a" "$scratch/captask.o"
mv "$scratch/libcaptask.a" "$result"
