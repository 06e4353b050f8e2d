# The Go module.

#: make go-test       test the Go module, from its folder and from its module zip in an empty folder
#: make go-bench      measure 1,000 solves at once in Go, and write the figures into bindings/go/README.md

.PHONY: go-test go-bench

go-test: lib
	MAKE="$(MAKE)" bindings/go/test.sh "$(CARGO_TARGET_DIR)/go"

go-bench: lib
	$(PYTHON) -B bindings/go/bench/run.py "$(SO)" "$(CARGO_TARGET_DIR)/go-bench"
