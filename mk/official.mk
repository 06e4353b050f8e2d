# The service's official clients, installed from their registries, against the stand-in. Not part of `make test`.
.PHONY: official-test
official-test:
	cargo build --features cli --bin captask
	tests/official/run.sh "$${CARGO_TARGET_DIR:-target}/debug/captask" "$${CARGO_TARGET_DIR:-target}/official"
