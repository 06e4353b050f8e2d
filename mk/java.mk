# The Java package.

#: make java-test      build the Java jar and test it, from the jar in an empty folder too
#: make java-bench     write what 1,000 Java solves at once take into bindings/java/README.md

.PHONY: java-test java-bench

java-test: lib
	bindings/java/test.sh "$(SO)" "$(CARGO_TARGET_DIR)/java"

java-bench: lib
	$(PYTHON) -B bindings/java/bench/run.py "$(SO)" "$(CARGO_TARGET_DIR)/java-bench"
