# captask: `make demo` shows it, `make test` tests it, `make help` tells the rest.

CARGO_TARGET_DIR ?= target
export CARGO_TARGET_DIR := $(abspath $(CARGO_TARGET_DIR))
LIBDIR = $(CARGO_TARGET_DIR)/release
SO = $(LIBDIR)/libcaptask.so
WORK = $(CARGO_TARGET_DIR)/work
PYTHON ?= python3
CC ?= cc
CXX ?= c++
CFLAGS_STRICT = -std=c99 -Wall -Wextra -Werror -pedantic -g

.PHONY: help lib header demo demo-program test rust-test c-test python-plain-test symbols-test clean

help:
	@echo "make demo      build the library and watch a C program use it, offline"
	@echo "make test      every test that needs Rust, a C/C++ compiler, make and Python 3"
	@echo "make lib       build the library in release mode; prints its size"
	@echo "make header    write include/captask.h from the sources"
	@echo "make install   install below PREFIX (default /usr/local); make uninstall takes it away"
	@sed -n 's/^#: //p' $(MAKEFILE_LIST)

# The soname link stands beside the library, wherever it is built.
lib:
	@echo "== building libcaptask (release)"
	cargo build --release --lib
	@ln -sf libcaptask.so $(LIBDIR)/libcaptask.so.0
	@printf 'libcaptask.so: %s bytes, stripped\n' "$$(wc -c < $(SO))"

header:
	CAPTASK_BLESS=1 cargo test --quiet --test header

demo: demo-program
	@cd tests/demo && $(WORK)/demo $(DEMO_ARGS)

demo-program: lib
	@mkdir -p $(WORK)
	$(CC) $(CFLAGS_STRICT) -Iinclude -o $(WORK)/demo tests/demo/demo.c -L$(LIBDIR) -Wl,-rpath,$(LIBDIR) -lcaptask

test: rust-test c-test python-plain-test symbols-test
	@echo "all tests passed"

rust-test:
	@echo "== Rust tests"
	cargo test --features cli

c-test: lib
	@echo "== C tests"
	CC="$(CC)" CXX="$(CXX)" tests/c/run.sh $(LIBDIR) $(WORK)

python-plain-test: lib
	@echo "== Python tests (ctypes, standard library)"
	CAPTASK_LIBRARY=$(SO) $(PYTHON) -m unittest discover -s tests/python -t tests/python

symbols-test: lib
	@echo "== exported symbols"
	tests/symbols.sh $(SO)

clean:
	cargo clean

-include mk/*.mk
