#: make official-test   the official Python and JavaScript clients, installed, against the stand-in
.PHONY: official-test
official-test:
	cargo build --features cli --bin captask
	tests/official/run.sh "$${CARGO_TARGET_DIR:-target}/debug/captask" "$${CARGO_TARGET_DIR:-target}/official"
