# Releases for other machines, and their tests (docs/platforms.md).

#: make dist          build archives and wheels for every platform into dist/; DIST="linux-x86_64 windows-x64" builds
#:                    these, MINISIGN_KEY=FILE signs the checksums

DIST_PLATFORMS = linux-x86_64 linux-aarch64 linux-i686 linux-musl-x86_64 windows-x64 windows-x86
DIST ?= $(DIST_PLATFORMS)
DIST_OUT ?= $(CURDIR)/dist
DIST_WORK = $(CARGO_TARGET_DIR)/dist

.PHONY: dist

dist:
	@$(PYTHON) -B packaging/dist --out "$(DIST_OUT)" --work "$(DIST_WORK)" $(if $(MINISIGN_KEY),--key "$(MINISIGN_KEY)") $(DIST)

#: make dist-check    test what `make dist` made: exports, glibc versions, notices, and the C tests on each platform (qemu, musl,
#:                    Wine; needs root for two of them)

.PHONY: dist-check

# Every platform, and then the byte order; or those that DIST names.
dist-check:
	@$(PYTHON) -B tests/dist/contents.py "$(DIST_OUT)" $(DIST)
	@$(PYTHON) -B tests/dist/signature.py
	@status=0; for platform in $(DIST); do \
	    PYTHON="$(PYTHON)" tests/dist/check.sh $$platform "$(DIST_OUT)" "$(DIST_WORK)" || status=1; done; \
	$(if $(filter-out $(DIST),$(DIST_PLATFORMS)),,PYTHON="$(PYTHON)" tests/dist/byte_order.sh "$(DIST_WORK)" || status=1;) exit $$status

#: make dist-ci       the part that CI runs for every change: a quick build of linux-x86_64, with its wheel

.PHONY: dist-ci

DIST_CI_OUT = $(DIST_WORK)/ci
dist-ci:
	@rm -rf "$(DIST_CI_OUT)"
	@$(PYTHON) -B packaging/dist --quick --out "$(DIST_CI_OUT)" --work "$(DIST_WORK)" linux-x86_64
	@$(PYTHON) -B tests/dist/contents.py "$(DIST_CI_OUT)" linux-x86_64
	@PYTHON="$(PYTHON)" tests/dist/check.sh linux-x86_64 "$(DIST_CI_OUT)" "$(DIST_WORK)" here

#: make byte-order-test   build the library for s390x, which stores the high byte first, and run the C tests by qemu-user

.PHONY: byte-order-test

byte-order-test:
	@PYTHON="$(PYTHON)" tests/dist/byte_order.sh "$(DIST_WORK)"

#: make reproducible-test   build REPRODUCE (linux-x86_64) twice, in different folders, and compare the bytes

REPRODUCE ?= linux-x86_64

.PHONY: reproducible-test

reproducible-test:
	@$(MAKE) --no-print-directory dist DIST=$(REPRODUCE)
	@PYTHON="$(PYTHON)" tests/dist/reproducible.sh $(REPRODUCE) "$(DIST_OUT)" "$(DIST_WORK)"
