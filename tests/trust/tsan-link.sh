#!/bin/sh
# Links with ThreadSanitizer's runtime, the archive in TSAN_RUNTIME. Only programs get it: it cannot stand twice in a
# process, and it is not made for shared libraries.
for argument in "$@"; do
    [ "$argument" != -shared ] || exec "${CC:-cc}" "$@"
done
exec "${CC:-cc}" -Wl,--whole-archive "$TSAN_RUNTIME" -Wl,--no-whole-archive "$@" -lstdc++ -lm -lpthread -ldl -lrt -lc
