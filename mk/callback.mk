#: make bench-callback  compare polling with callbacks; prints the table of docs/callback.md
.PHONY: bench-callback
bench-callback:
	cargo run --quiet --example bench_callback
