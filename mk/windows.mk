#: make windows-test  build captask.dll, check its imports, and run programs with it under Wine

.PHONY: windows-test

# Quickly built; what is released is tested by make dist-check.
windows-test:
	PYTHON="$(PYTHON)" tests/windows/run.sh windows-x64 "$(CARGO_TARGET_DIR)/windows" --work "$(CARGO_TARGET_DIR)/dist"
