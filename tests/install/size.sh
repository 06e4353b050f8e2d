#!/bin/sh
# The size budget, and the same symbols in every build. Usage: size.sh FULL SLIM, both stripped shared libraries.
set -eu

full=$1
slim=$2
# The budget: Linux x86-64, stripped.
full_budget=3200000
slim_budget=2200000
# What a build that misses its budget weighed last; docs/size.md tells where. It may get 1 % heavier, for another
# compiler's sake. Whoever makes it lighter puts the new figure here.
full_last=3164648
slim_last=2435648
root=$(cd "$(dirname "$0")/../.." && pwd)

symbols() {
    nm -D --defined-only "$1" | awk '{ print $3 }' | sort
}

# Name, library, budget, last figure.
within() {
    size=$(wc -c <"$2")
    if test "$size" -le "$3"; then
        echo "ok size: $1 build, $size bytes, within the budget of $3"
        return
    fi
    over="$((size - $3)) bytes over the budget of $3"
    if test "$size" -le $(($4 + $4 / 100)); then
        echo "ok size: $1 build, $size bytes: BUDGET MISSED, $over, as known; last time it was $4"
    else
        echo "not ok size: $1 build, $size bytes: $over, and more than 1 % over the $4 of last time"
        return 1
    fi
}

if test "$(symbols "$full")" != "$(symbols "$slim")"; then
    echo "size-test: the builds export different symbols" >&2
    exit 1
fi
declared=$(sed -n 's/^[a-z].*[ *]\(captask_[a-z0-9_]*\)(.*/\1/p' "$root/include/captask.h" | sort)
if test "$(symbols "$full")" != "$declared"; then
    echo "size-test: the symbols are not the functions of the header:" >&2
    symbols "$full" >&2
    exit 1
fi
echo "ok size: both export the $(symbols "$full" | wc -l) functions of the header and nothing else"

failed=0
within full "$full" "$full_budget" "$full_last" || failed=1
within client-only "$slim" "$slim_budget" "$slim_last" || failed=1
exit $failed
