#: make official-test   the official Python, JavaScript and Rust clients, installed: against the stand-in, and what they send through captask check
#: make official-update moves them to the newest versions of the registries, tests these, and keeps what they send for tests/it/catalogue
.PHONY: official-test official-update
official-test:
	cargo build --features cli --bin captask
	tests/official/run.sh "$${CARGO_TARGET_DIR:-target}/debug/captask" "$${CARGO_TARGET_DIR:-target}/official"

official-update:
	cargo build --features cli --bin captask
	tests/official/update.sh "$${CARGO_TARGET_DIR:-target}/debug/captask" "$${CARGO_TARGET_DIR:-target}/official"
