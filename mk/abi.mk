# The binary interface that was released.

#: make abi-test      compare header and library with the committed ABI; make abi-write writes it after functions were
#:                    added

.PHONY: abi-test abi-write

abi-test: lib
	@CC="$(CC)" PYTHON="$(PYTHON)" tests/abi/run.sh "$(SO)" "$(WORK)/abi"

abi-write: lib
	@CC="$(CC)" PYTHON="$(PYTHON)" tests/abi/run.sh "$(SO)" "$(WORK)/abi" --write
