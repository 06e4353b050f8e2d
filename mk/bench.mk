#: make bench     run the benchmarks of docs/benchmarks.md, against libcurl; needs libcurl headers, and valgrind for instruction counts
# make bench: the benchmarks of docs/benchmarks.md, in one run against a stand-in in another process.
# Needs a C compiler, libcurl's headers, python3 and, for the instruction counts, valgrind; npm for the official
# JavaScript client.

CARGO_TARGET_DIR ?= target
BENCH_LIBRARY = $(CARGO_TARGET_DIR)/release
BENCH_OUT = $(CARGO_TARGET_DIR)/bench
BENCH_CFLAGS = -std=gnu11 -O2 -Wall -Wextra -Werror
BENCH_CAPTASK = $(addprefix $(BENCH_OUT)/,captask_calls captask_solves captask_waiting captask_limits captask_offline)
BENCH_CURL = $(addprefix $(BENCH_OUT)/,curl_calls curl_solves)
BENCH_PROGRAMS = $(BENCH_CAPTASK) $(BENCH_CURL) $(BENCH_OUT)/load
# More for the driver: --rounds 3, --only calls, --double, --help.
BENCH_ARGS ?=

#: make packages-bench   measure 1,000 solves at once in Node, Go and Java, against the official clients; writes bindings/README.md

.PHONY: packages-bench
packages-bench:
	$(MAKE) node-bench
	$(MAKE) go-bench
	$(MAKE) java-bench
	$(PYTHON) -B benches/packages.py

.PHONY: bench bench-programs

bench: bench-programs
	python3 benches/run.py --target $(CARGO_TARGET_DIR) --write docs/benchmarks.md $(BENCH_ARGS)

bench-programs: bench-library $(BENCH_PROGRAMS)

.PHONY: bench-library
bench-library:
	cargo build --release --lib --example bench-stand-in

$(BENCH_OUT):
	mkdir -p $@

# The name that programs look for, beside them.
$(BENCH_OUT)/libcaptask.so.0: | $(BENCH_OUT) bench-library
	ln -sf ../release/libcaptask.so $@

# -rdynamic: connect() of the program stands in for the C library's, and counts.
$(BENCH_CAPTASK): $(BENCH_OUT)/%: benches/%.c benches/open.h benches/common.h include/captask.h | $(BENCH_OUT)/libcaptask.so.0
	$(CC) $(BENCH_CFLAGS) -rdynamic -Iinclude -o $@ $< -L$(BENCH_LIBRARY) -Wl,-rpath,'$$ORIGIN' -lcaptask -ldl

$(BENCH_CURL): $(BENCH_OUT)/%: benches/%.c benches/common.h | $(BENCH_OUT)
	$(CC) $(BENCH_CFLAGS) -rdynamic -o $@ $< -lcurl -ldl

$(BENCH_OUT)/load: benches/load.c | $(BENCH_OUT)
	$(CC) $(BENCH_CFLAGS) -o $@ $< -ldl
