# The binary interface that was released.

#: make abi-test      hold header and library against the committed ABI; make abi-write commits today's, once functions
#:                    were added

.PHONY: abi-test abi-write

abi-test: lib
	@CC="$(CC)" PYTHON="$(PYTHON)" tests/abi/run.sh "$(SO)" "$(WORK)/abi"

abi-write: lib
	@CC="$(CC)" PYTHON="$(PYTHON)" tests/abi/run.sh "$(SO)" "$(WORK)/abi" --write
