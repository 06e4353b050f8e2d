#!/bin/sh
# Builds the fuzz targets and runs each for FUZZ_SECONDS (60) seconds, or FUZZ_RUNS executions when that is set,
# FUZZ_JOBS (2) of them at a time. After that its corpus is merged down to inputs that reach something of their own.
# usage: fuzz/run.sh [target…]     FUZZ_TARGET_DIR and FUZZ_CORPUS say where builds and corpora go.
set -eu
cd "$(dirname "$0")"
all="service callback journal offline request config sandbox envelope reply connect socks pem proxy"
out=${FUZZ_TARGET_DIR:-$PWD/target}
corpus=${FUZZ_CORPUS:-$out/corpus}
host=$(rustc -vV | sed -n 's/^host: //p')

# One target, built before.
run() {
    target=$1 log=$out/$1.log program=$out/$host/release/$1
    limit="-max_total_time=${FUZZ_SECONDS:-60}"
    [ -z "${FUZZ_RUNS:-}" ] || limit="-runs=$FUZZ_RUNS"
    # What a target writes stays below a folder of its own.
    TMPDIR=$out/scratch/$target
    export TMPDIR
    rm -rf "$TMPDIR" "$corpus/$target.small"
    mkdir -p "$TMPDIR" "$out/artifacts" "$corpus/$target.small"
    if ! "$program" "$limit" -max_len=4096 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="$out/artifacts/$target-" "$corpus/$target" >"$log" 2>&1; then
        tail -60 "$log"
        echo "not ok fuzz $target: the input is below $out/artifacts"
        return 1
    fi
    before=$(find "$corpus/$target" -type f | wc -l)
    if ! "$program" -merge=1 -max_len=4096 -rss_limit_mb=4096 "$corpus/$target.small" "$corpus/$target" >"$log.merge" 2>&1; then
        tail -60 "$log.merge"
        echo "not ok fuzz $target: its corpus cannot be merged"
        return 1
    fi
    rm -rf "${corpus:?}/$target" "$TMPDIR"
    mv "$corpus/$target.small" "$corpus/$target"
    figure() { sed -n "s/^stat::$1: *//p" "$log"; }
    edges=$(sed -n 's/^INFO: Loaded 1 modules.*(\([0-9]*\) inline 8-bit counters).*/\1/p' "$log")
    reached=$(sed -n 's/.* cov: \([0-9]*\) ft: .*/\1/p' "$log" | tail -n 1)
    echo "ok fuzz $target: $(figure number_of_executed_units) executions, $(figure average_exec_per_sec) a second," \
        "$reached of $edges edges, corpus $before files, then $(find "$corpus/$target" -type f | wc -l)"
}

if [ "${1:-}" = --built ]; then
    run "$2"
    exit
fi

# What cargo-fuzz sets; on a stable toolchain the sanitizer flags need RUSTC_BOOTSTRAP.
export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$out"
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 ${FUZZ_SANITIZER--Zsanitizer=address}"
cargo build --release --quiet --target "$host"
python3 -B seeds.py "$corpus"
# shellcheck disable=SC2086
printf '%s\n' ${*:-$all} | xargs -P "${FUZZ_JOBS:-2}" -n 1 ./run.sh --built
