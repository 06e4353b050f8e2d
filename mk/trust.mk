# Evidence that the library can be trusted inside somebody else's process.

#: make sanitize      engine and C tests under ASan + LSan, TSan and valgrind
#: make fuzz-short    every fuzz target for FUZZ_SECONDS (60)
#: make soak          eight threads under random faults for SOAK_SECONDS (600), SOAK_SEED repeats one
#: make deny          licences, sources, bans and advisories of the dependencies

.PHONY: sanitize sanitize-address sanitize-thread sanitize-valgrind fuzz-short soak deny

SANITIZE_HOST = $(shell rustc -vV | sed -n 's/^host: //p')
SANITIZE_SECONDS ?= 20
# Flags for sanitizers are unstable; the stable compiler takes them with RUSTC_BOOTSTRAP.
SANITIZE = RUSTC_BOOTSTRAP=1 CARGO_PROFILE_DEV_DEBUG=1

sanitize: sanitize-address sanitize-thread sanitize-valgrind

sanitize-address:
	@echo "== AddressSanitizer and LeakSanitizer"
	$(SANITIZE) RUSTFLAGS="-Zsanitizer=address" CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/asan \
	    cargo build --lib --target $(SANITIZE_HOST)
	$(SANITIZE) RUSTFLAGS="-Zsanitizer=address" CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/asan \
	    cargo test --target $(SANITIZE_HOST) --lib --test tls --test proxies --test cycles
	$(SANITIZE) RUSTFLAGS="-Zsanitizer=address" CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/asan \
	    SOAK_SECONDS=$(SANITIZE_SECONDS) SOAK_MEMORY=off cargo run --target $(SANITIZE_HOST) --example soak

# The standard library is not instrumented: what it does between its own threads is told in suppressions.
sanitize-thread:
	@echo "== ThreadSanitizer"
	$(SANITIZE) RUSTFLAGS="-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer" \
	    CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/tsan SOAK_SECONDS=$(SANITIZE_SECONDS) SOAK_MEMORY=off \
	    TSAN_OPTIONS="suppressions=$(CURDIR)/tests/trust/tsan.txt halt_on_error=1" \
	    cargo run --target $(SANITIZE_HOST) --example soak

sanitize-valgrind: lib
	@echo "== valgrind on the shipped library"
	@mkdir -p $(WORK)
	$(CC) -std=c99 -Wall -Wextra -Werror -g -Iinclude -o $(WORK)/cycles tests/trust/cycles.c -ldl -lpthread
	valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect \
	    --errors-for-leak-kinds=definite,indirect $(WORK)/cycles $(SO) 20

fuzz-short:
	FUZZ_TARGET_DIR=$(CARGO_TARGET_DIR)/fuzz fuzz/run.sh

# Optimised, but not for hours: the soak needs no fat LTO.
soak:
	CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/soak \
	    cargo run --quiet --release --example soak

deny:
	cargo deny --all-features check licenses bans sources
	cargo deny --all-features check advisories || \
	    { test -z "$$CI" && echo "advisories: not checked (the list could not be fetched, or see above)"; }
