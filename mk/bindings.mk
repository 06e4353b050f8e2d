# Bindings: Python, C++, and the callers from older languages.

PYTHON ?= python3
CARGO_TARGET_DIR ?= target
LIBDIR ?= $(CARGO_TARGET_DIR)/release
# The library that bindings are tested with.
TEST_LIBRARY ?= $(LIBDIR)/libcaptask.so

.PHONY: python-test python-types cpp-test legacy-test

$(LIBDIR)/libcaptask.so:
	cargo build --release --lib

# Builds the wheel, and tests it from a new virtual environment.
python-test: $(TEST_LIBRARY)
	PYTHON="$(PYTHON)" bindings/python/test.sh "$(abspath $(TEST_LIBRARY))" "$(abspath $(CARGO_TARGET_DIR))/python"

# Writes the modules that are generated from the catalogue.
python-types: $(TEST_LIBRARY)
	$(PYTHON) bindings/python/generate.py "$(abspath $(TEST_LIBRARY))"

# include/captask.hpp in every way that it knows, under sanitizers.
cpp-test: $(TEST_LIBRARY)
	tests/cpp/run.sh "$(abspath $(TEST_LIBRARY))" "$(abspath $(CARGO_TARGET_DIR))/cpp"
