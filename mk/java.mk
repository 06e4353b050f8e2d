# The Java package.

#: make java-test      build the Java jar and test it, from the jar in an empty folder too
#: make java-bench     measure 1,000 solves at once in Java, and write the figures into bindings/java/README.md

.PHONY: java-test java-bench

java-test: lib
	bindings/java/test.sh "$(SO)" "$(CARGO_TARGET_DIR)/java"

java-bench: lib
	$(PYTHON) -B bindings/java/bench/run.py "$(SO)" "$(CARGO_TARGET_DIR)/java-bench"
