# Everything, for a machine that has hours: what CI runs, and what takes long.

#: make test-all  run every test, long ones included (CONTRIBUTING.md lists them); takes some hours

.PHONY: test-all

test-all:
	bash .ci/run
	$(MAKE) fuzz-short FUZZ_SECONDS=280
	$(MAKE) sanitize
	$(MAKE) soak SOAK_SECONDS=600
	$(MAKE) simulate TICKETS=100000000
	$(MAKE) reproducible-test
	$(MAKE) dist dist-check
	$(MAKE) python-source-test
	$(MAKE) node-runtimes-test
