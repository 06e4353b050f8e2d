#: make load-test     measure requests a second and peak memory of the sandbox over a million tasks (docs/sandbox.md)
.PHONY: load-test
# Optimised as far as it matters here; it shares what it builds with `make soak`.
load-test:
	CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/soak \
	    cargo run --quiet --release --example sandbox_load
