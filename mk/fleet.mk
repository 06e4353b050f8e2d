#: make fleet-test    test the Celery workers in examples/fleet: 500 jobs under kill -9; needs redis-server
.PHONY: fleet-test
fleet-test: lib
	PYTHON="$(PYTHON)" examples/fleet/tests/run.sh "$(SO)" "$(CARGO_TARGET_DIR)/fleet"
