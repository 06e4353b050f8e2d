# Installing: versioned shared library, static library, headers, pkg-config, CMake package, man page.
#
# `make uninstall` with the same variables takes all of it away. Neither builds anything, so that root may run them.

#: make install-test  install into a scratch prefix and build programs against it in every way
#: make size-test     hold the full and the slim library against the size budget

PREFIX ?= /usr/local
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

FILL = sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@LIBDIR@|$(libdir)|g' -e 's|@INCLUDEDIR@|$(includedir)|g' \
	-e 's|@VERSION@|$(VERSION)|g' -e 's|@MAJOR@|$(MAJOR)|g' -e 's|@MINOR@|$(MINOR)|g' \
	-e 's|@SHARED_FILE@|$(SHARED_FILE)|g' -e 's|@SONAME@|$(SONAME)|g' -e 's|@SYSTEM_LIBS@|$(SYSTEM_LIBS)|g'

install:
	@test -f "$(LIBDIR)/$(SHARED_BUILT)" || { echo "run make lib first: there is no $(LIBDIR)/$(SHARED_BUILT)"; exit 1; }
	$(INSTALL) -d "$(DESTDIR)$(libdir)" "$(DESTDIR)$(includedir)" "$(DESTDIR)$(pkgconfigdir)" \
		"$(DESTDIR)$(cmakedir)" "$(DESTDIR)$(mandir)/man3"
	$(INSTALL) -m 755 "$(LIBDIR)/$(SHARED_BUILT)" "$(DESTDIR)$(libdir)/$(SHARED_FILE)"
	ln -sf $(SHARED_FILE) "$(DESTDIR)$(libdir)/$(SONAME)"
	ln -sf $(SONAME) "$(DESTDIR)$(libdir)/$(SHARED_BUILT)"
	$(INSTALL) -m 644 "$(LIBDIR)/libcaptask.a" "$(DESTDIR)$(libdir)/libcaptask.a"
	$(INSTALL) -m 644 include/captask.h include/captask.hpp "$(DESTDIR)$(includedir)"
	$(FILL) packaging/captask.pc.in > "$(DESTDIR)$(pkgconfigdir)/captask.pc"
	$(FILL) packaging/captask-config.cmake.in > "$(DESTDIR)$(cmakedir)/captask-config.cmake"
	$(FILL) packaging/captask-config-version.cmake.in > "$(DESTDIR)$(cmakedir)/captask-config-version.cmake"
	$(FILL) packaging/captask.3 > "$(DESTDIR)$(mandir)/man3/captask.3"
	chmod 644 "$(DESTDIR)$(pkgconfigdir)/captask.pc" "$(DESTDIR)$(cmakedir)"/*.cmake "$(DESTDIR)$(mandir)/man3/captask.3"
	if test -x "$(LIBDIR)/captask"; then \
		$(INSTALL) -d "$(DESTDIR)$(bindir)" && $(INSTALL) -m 755 "$(LIBDIR)/captask" "$(DESTDIR)$(bindir)/captask"; \
	fi

uninstall:
	rm -f "$(DESTDIR)$(libdir)/$(SHARED_FILE)" "$(DESTDIR)$(libdir)/$(SONAME)" "$(DESTDIR)$(libdir)/$(SHARED_BUILT)" \
		"$(DESTDIR)$(libdir)/libcaptask.a" "$(DESTDIR)$(includedir)/captask.h" "$(DESTDIR)$(includedir)/captask.hpp" \
		"$(DESTDIR)$(pkgconfigdir)/captask.pc" "$(DESTDIR)$(cmakedir)/captask-config.cmake" \
		"$(DESTDIR)$(cmakedir)/captask-config-version.cmake" "$(DESTDIR)$(mandir)/man3/captask.3" \
		"$(DESTDIR)$(bindir)/captask"
	-test ! -d "$(DESTDIR)$(cmakedir)" || rmdir "$(DESTDIR)$(cmakedir)"

# Installs into a scratch prefix, builds programs against it in every way, and uninstalls.
install-test: lib
	MAKE="$(MAKE)" tests/install/run.sh "$(CARGO_TARGET_DIR)/install"

# Builds the slim library too, and holds both against the size budget and each other's symbols.
size-test: lib
	cargo build --quiet --release --lib --no-default-features --target-dir "$(CARGO_TARGET_DIR)/slim"
	tests/install/size.sh "$(LIBDIR)/libcaptask.so" "$(CARGO_TARGET_DIR)/slim/release/libcaptask.so"
