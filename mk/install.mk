# Installing: versioned shared library, static library, headers, pkg-config, CMake package, man page.
#
# `make uninstall` with the same variables takes all of it away. Once `make lib` has run, `make install` builds nothing,
# so that root may run it.

#: make install-test  install into a scratch prefix and build programs against it in every way
#: make size-test     compare the sizes of the full and the client-only library with the budget

prefix ?= /usr/local
PREFIX ?= $(prefix)
DESTDIR ?=
libdir ?= $(PREFIX)/lib
includedir ?= $(PREFIX)/include
bindir ?= $(PREFIX)/bin
mandir ?= $(PREFIX)/share/man
pkgconfigdir ?= $(libdir)/pkgconfig
cmakedir ?= $(libdir)/cmake/captask
INSTALL ?= install

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
MAJOR := $(word 1,$(subst ., ,$(VERSION)))
MINOR := $(word 2,$(subst ., ,$(VERSION)))

ifeq ($(shell uname -s),Darwin)
SHARED_BUILT := libcaptask.dylib
SHARED_FILE := libcaptask.$(VERSION).dylib
SONAME := libcaptask.$(MAJOR).dylib
SYSTEM_LIBS ?= -framework CoreFoundation -framework Security -liconv -lSystem
else
SHARED_BUILT := libcaptask.so
SHARED_FILE := libcaptask.so.$(VERSION)
SONAME := libcaptask.so.$(MAJOR)
# What `cargo rustc --release --lib -- --print native-static-libs` names, without what a C compiler adds by itself.
SYSTEM_LIBS ?= -lutil -lrt -lpthread -lm -ldl
endif

.PHONY: install uninstall install-test size-test

# By the environment, since a path may have any character that means something to a shell.
install uninstall: export prefix := $(PREFIX)
install uninstall: export libdir := $(libdir)
install uninstall: export includedir := $(includedir)
install uninstall: export bindir := $(bindir)
install uninstall: export mandir := $(mandir)
install uninstall: export pkgconfigdir := $(pkgconfigdir)
install uninstall: export cmakedir := $(cmakedir)
install uninstall: export DESTDIR := $(DESTDIR)
install uninstall: export INSTALL := $(INSTALL)
install uninstall: export built := $(LIBDIR)
install uninstall: export shared_built := $(SHARED_BUILT)
install uninstall: export shared_file := $(SHARED_FILE)
install uninstall: export soname := $(SONAME)
install uninstall: export system_libs := $(SYSTEM_LIBS)
install uninstall: export version := $(VERSION)
install uninstall: export major := $(MAJOR)
install uninstall: export minor := $(MINOR)

install:
	@test -f "$(LIBDIR)/$(SHARED_BUILT)" && test -f "$(LIBDIR)/static/libcaptask.a" || $(MAKE) --no-print-directory lib
	@packaging/install.sh install

uninstall:
	@packaging/install.sh uninstall

# Installs into a scratch prefix, builds programs against it in every way, and uninstalls.
install-test: lib
	MAKE="$(MAKE)" tests/install/run.sh "$(CARGO_TARGET_DIR)/install"

# Builds the slim library too, and holds both against the size budget and each other's symbols.
size-test: lib
	cargo build --quiet --release --lib --no-default-features --target-dir "$(CARGO_TARGET_DIR)/slim"
	tests/install/size.sh "$(LIBDIR)/libcaptask.so" "$(CARGO_TARGET_DIR)/slim/release/libcaptask.so"
