#!/bin/sh
# The size budget, and the same symbols in every build. Usage: size.sh FULL SLIM, both stripped shared libraries.
set -eu

full=$1
slim=$2
# The budget: Linux x86-64, stripped.
full_budget=3200000
slim_budget=2410000
root=$(cd "$(dirname "$0")/../.." && pwd)

symbols() {
    nm -D --defined-only "$1" | awk '{ print $3 }' | sort
}

# Name, library, budget.
within() {
    size=$(wc -c <"$2")
    if test "$size" -gt "$3"; then
        echo "not ok size: $1 build, $size bytes: $((size - $3)) over the budget of $3; docs/size.md breaks the size down"
        return 1
    fi
    echo "ok size: $1 build, $size bytes, within the budget of $3"
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
within full "$full" "$full_budget" || failed=1
within client-only "$slim" "$slim_budget" || failed=1
exit $failed
