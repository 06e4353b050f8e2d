#!/bin/sh
# Builds the fuzz targets and runs each for FUZZ_SECONDS (60) seconds, or FUZZ_RUNS executions when that is set.
# usage: fuzz/run.sh [target…]     FUZZ_TARGET_DIR and FUZZ_CORPUS say where builds and corpora go.
set -eu
cd "$(dirname "$0")"
all="offline request config sandbox envelope service callback journal"
out=${FUZZ_TARGET_DIR:-$PWD/target}
corpus=${FUZZ_CORPUS:-$out/corpus}
host=$(rustc -vV | sed -n 's/^host: //p')

# What cargo-fuzz sets; on a stable toolchain the sanitizer flags need RUSTC_BOOTSTRAP.
export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$out"
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 ${FUZZ_SANITIZER--Zsanitizer=address}"
cargo build --release --quiet --target "$host"
python3 seeds.py "$corpus"

for target in ${*:-$all}; do
    echo "== $target"
    log="$out/$target.log"
    limit="-max_total_time=${FUZZ_SECONDS:-60}"
    [ -z "${FUZZ_RUNS:-}" ] || limit="-runs=$FUZZ_RUNS"
    mkdir -p "$out/artifacts"
    if ! "$out/$host/release/$target" "$limit" -max_len=8192 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="$out/artifacts/$target-" "$corpus/$target" >"$log" 2>&1; then
        tail -60 "$log"
        exit 1
    fi
    grep -E 'number_of_executed_units|average_exec_per_sec|peak_rss' "$log"
    # The corpus stays small: only inputs that reach something of their own.
    rm -rf "$corpus/$target.small" && mkdir -p "$corpus/$target.small"
    "$out/$host/release/$target" -merge=1 "$corpus/$target.small" "$corpus/$target" >/dev/null 2>&1 &&
        rm -rf "${corpus:?}/$target" && mv "$corpus/$target.small" "$corpus/$target"
done
