#: make windows-test  build captask.dll, look at its imports, and run programs with it under Wine

.PHONY: windows-test

windows-test:
	tests/windows/run.sh "$(CARGO_TARGET_DIR)/windows"
