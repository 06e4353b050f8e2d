# The static library, in which captask_* alone is visible.

#: make static-test   link the static library beside another Rust library, and twice in one process

STATIC_LIB = $(LIBDIR)/static/libcaptask.a

.PHONY: static-test

static-test: lib
	@tests/static/run.sh "$(STATIC_LIB)" "$(WORK)/static"
