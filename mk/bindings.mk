# Bindings: Python, C++, and the callers from older languages.

#: make python-test   build the Python wheel and test it in a new virtual environment
#: make python-source-test  install the Python source package, for which cargo builds the library, and test it
#: make cpp-test      test captask.hpp under sanitizers
#: make loops-test    compile and run the programs of docs/event-loops.md
#: make vectors-test  run the shared vectors through every binding; docs/vectors.md has the table
#: make legacy-test   compile and run the examples in C#, Pascal, Lua, COBOL and Fortran; check those in VB

.PHONY: python-test python-source-test cpp-test loops-test vectors-test legacy-test

# Builds the wheel, and tests it from a new virtual environment.
python-test: lib
	PYTHON="$(PYTHON)" bindings/python/test.sh "$(SO)" "$(CARGO_TARGET_DIR)/python"

# Installs the source package, for which cargo builds the library from the sources inside; takes minutes.
python-source-test:
	PYTHON="$(PYTHON)" bindings/python/source.sh "$(CARGO_TARGET_DIR)/python-source"

# include/captask.hpp in every way that it knows, under sanitizers.
cpp-test: lib
	tests/cpp/run.sh "$(SO)" "$(CARGO_TARGET_DIR)/cpp"

# The programs of docs/event-loops.md.
loops-test: lib
	tests/loops/run.sh "$(SO)" "$(CARGO_TARGET_DIR)/loops"

# The shared vectors through every binding.
vectors-test: lib
	PYTHON="$(PYTHON)" CC="$(CC)" CXX="$(CXX)" tests/vectors/run.sh "$(SO)" "$(CARGO_TARGET_DIR)/vectors"

# The examples in older languages.
legacy-test: lib
	PYTHON="$(PYTHON)" tests/legacy/run.sh "$(SO)" "$(CARGO_TARGET_DIR)/legacy"
