# captask: `make demo` shows it, `make test` tests it, `make help` lists the rest.

# make takes a space for the end of a path.
ifneq ($(word 2,$(CURDIR)),)
$(error make cannot work below a folder with a space in its name: move the checkout from "$(CURDIR)", or use cargo)
endif
CARGO_TARGET_DIR ?= target
ifneq ($(word 2,$(CARGO_TARGET_DIR)),)
$(error make cannot work with a space in CARGO_TARGET_DIR, which is "$(CARGO_TARGET_DIR)")
endif
export CARGO_TARGET_DIR := $(abspath $(CARGO_TARGET_DIR))
LIBDIR = $(CARGO_TARGET_DIR)/release
SO = $(LIBDIR)/libcaptask.so
WORK = $(CARGO_TARGET_DIR)/work
PYTHON ?= python3
CC ?= cc
CXX ?= c++
CFLAGS_STRICT = -std=c99 -Wall -Wextra -Werror -pedantic -g

# Runs one step of the tests, counts what passed, and shows the output when something failed.
STEP = $(PYTHON) -B tests/step.py --tally $(WORK)/tally
TESTS = rust-test c-test panic-test valgrind-test python-plain-test symbols-test

.PHONY: help lib generate demo demo-program test test-steps rust-test c-test panic-test valgrind-test python-plain-test \
	symbols-test probe-lib clean

help:
	@echo "make demo      build the library and watch a C program use it, offline; DEMO_ARGS=--live for the service"
	@echo "make test      run every test that needs only Rust, a C/C++ compiler, make and Python 3"
	@echo "make lib       build the library in release mode; prints its size"
	@echo "make generate  write every file that a program writes: headers, lists of symbols, reference pages, bindings' types"
	@echo "make install   install below PREFIX (default /usr/local); make uninstall removes it"
	@sed -n 's/^#: //p' $(MAKEFILE_LIST)

# The soname link stands beside the library, wherever it is built.
lib:
	@echo "== building libcaptask (release)"
	@cargo build --quiet --release --lib
	@ln -sf libcaptask.so $(LIBDIR)/libcaptask.so.0
	@packaging/localise.sh $(LIBDIR)/libcaptask.a $(LIBDIR)/static/libcaptask.a
	@printf 'libcaptask.so: %s bytes, stripped\n' "$$(wc -c < $(SO))"

# The tests that hold these files fresh write them; with the features of rust-test, so that nothing is compiled twice.
generate: export CAPTASK_GENERATE = 1
generate:
	@echo "== writing what is generated"
	@cargo test --quiet --features cli,panic-probe --test generated
	@cargo test --quiet --features cli,panic-probe --lib poll_times::evaluation
	@cargo test --quiet --features cli,panic-probe --lib simulator::planted
	@cargo test --quiet --features cli,panic-probe --test it replies::page

demo: demo-program
	@cd tests/demo && $(WORK)/demo $(DEMO_ARGS)

demo-program: lib
	@mkdir -p $(WORK)
	@echo "== compiling tests/demo/demo.c"
	@$(CC) $(CFLAGS_STRICT) -Iinclude -o $(WORK)/demo tests/demo/demo.c -L$(LIBDIR) -Wl,-rpath,$(LIBDIR) -lcaptask

# Every step runs, whatever fails before it; the last line is the sum.
test:
	@rm -rf $(WORK)/tally
	@$(MAKE) --no-print-directory -k test-steps; status=$$?; $(STEP) --sum && exit $$status

test-steps: $(TESTS)

rust-test:
	@echo "== Rust tests"
	@cargo build --quiet --features cli,panic-probe
	@cargo test --quiet --features cli,panic-probe --no-run
	@$(STEP) --name rust-test --limit 900 -- cargo test --quiet --features cli,panic-probe --no-fail-fast

c-test: lib
	@echo "== C tests"
	@$(STEP) --name c-test --limit 600 -- env CC="$(CC)" CXX="$(CXX)" tests/c/run.sh $(LIBDIR) $(WORK)/c

valgrind-test: lib
	@echo "== C tests under valgrind"
	@$(STEP) --name valgrind-test --limit 900 -- env CC="$(CC)" tests/c/run.sh --valgrind $(LIBDIR) $(WORK)/valgrind

# A library that can be made to panic; it stands apart, so that nobody ships it.
probe-lib:
	@echo "== building libcaptask with the panic probe"
	@cargo build --quiet --release --lib --features panic-probe --target-dir $(WORK)/probe
	@ln -sf libcaptask.so $(WORK)/probe/release/libcaptask.so.0

panic-test: probe-lib
	@echo "== a panic inside the library"
	@$(STEP) --name panic-test -- env CC="$(CC)" tests/c/run.sh --panic $(WORK)/probe/release $(WORK)/probe

python-plain-test: lib
	@echo "== Python tests (ctypes, standard library)"
	@CAPTASK_LIBRARY=$(SO) $(STEP) --name python-plain-test -- \
		$(PYTHON) -B -W error -m unittest discover -s tests/python -t tests/python

symbols-test: lib
	@echo "== exported symbols"
	@$(STEP) --name symbols-test -- tests/symbols.sh $(SO)

clean:
	cargo clean

-include mk/*.mk
