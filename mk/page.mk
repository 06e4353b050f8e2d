#: make page-test     test the sandbox's page in a headless Chromium; needs chromium and chromedriver
.PHONY: page-test
page-test:
	cargo build --quiet --features cli --bin captask
	PYTHON="$(PYTHON)" tests/page/run.sh "$(CARGO_TARGET_DIR)/debug/captask"
