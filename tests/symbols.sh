#!/bin/sh
# The library exports what tests/symbols.txt lists and the header declares, and nothing else.
set -eu
here=$(dirname "$0")
so=$1
nm -D --defined-only "$so" | awk '$2 != "A" {print $3}' | sort > "${so%/*}/symbols.found"
diff -u "$here/symbols.txt" "${so%/*}/symbols.found"
grep -oE '^[a-z].*captask_[a-z0-9_]+\(' "$here/../include/captask.h" | grep -v '^typedef' \
  | grep -oE 'captask_[a-z0-9_]+\(' | tr -d '(' | sort | diff -u "$here/symbols.txt" -
echo "$(wc -l < "$here/symbols.txt" | tr -d ' ') symbols, as listed and as declared"
