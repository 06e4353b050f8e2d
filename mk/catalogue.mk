#: make catalogue-diff FILE=...  compare an OpenAPI document, or a folder of the documentation, with the catalogue
.PHONY: catalogue-diff
catalogue-diff:
	@test -n "$(FILE)" || { echo 'usage: make catalogue-diff FILE=spec.js' >&2; exit 2; }
	@cargo build --quiet --features cli --bin captask
	@"$(CARGO_TARGET_DIR)/debug/captask" catalogue diff "$(FILE)"
