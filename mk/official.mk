#: make official-test   test the sandbox and the checks with the official Python, JavaScript and Rust clients
#: make official-update update these clients to their newest versions, test with them, and keep what they send for tests/it/catalogue
.PHONY: official-test official-update
official-test:
	cargo build --features cli --bin captask
	tests/official/run.sh "$${CARGO_TARGET_DIR:-target}/debug/captask" "$${CARGO_TARGET_DIR:-target}/official"

official-update:
	cargo build --features cli --bin captask
	tests/official/update.sh "$${CARGO_TARGET_DIR:-target}/debug/captask" "$${CARGO_TARGET_DIR:-target}/official"
