#: make node-test     build the npm package and test it from an empty folder
.PHONY: node-test
node-test: lib
	bindings/node/test.sh "$(SO)" "$(CARGO_TARGET_DIR)/node"
