# The npm package.

#: make node-test     build the npm package and test it from an empty folder
#: make node-runtimes-test  test it in Bun and Deno from npm
#: make node-bench    measure it against the official client; writes bindings/node/bench/results.json and README's table

.PHONY: node-test node-runtimes-test node-bench

node-test: lib
	bindings/node/test.sh "$(SO)" "$(CARGO_TARGET_DIR)/node"

node-runtimes-test: lib
	bindings/node/test.sh "$(SO)" "$(CARGO_TARGET_DIR)/node-runtimes" runners
	bindings/node/test/runtimes.sh "$(CARGO_TARGET_DIR)/node-runtimes/app" "$(CARGO_TARGET_DIR)/node-runtimes/runtimes"

node-bench: lib
	bindings/node/bench/run.sh "$(SO)" "$(CARGO_TARGET_DIR)/node-bench"
