#: make bench-callback  polling against callback, as the table in docs/callback.md
.PHONY: bench-callback
bench-callback:
	cargo run --quiet --example bench_callback
