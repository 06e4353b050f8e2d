#!/bin/sh
# Compiles and links a program with AddressSanitizer, with the runtime in ASAN_RUNTIME instead of the compiler's own:
# that of the library, and newer; GCC 12's leaves its locks held in a forked child.
exec cc -fsanitize=address -nodefaultlibs -rdynamic -Wl,--whole-archive "$ASAN_RUNTIME" -Wl,--no-whole-archive "$@" \
    -lstdc++ -lm -lpthread -ldl -lrt -lgcc_s -lgcc -lc
