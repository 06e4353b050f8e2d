#: make interleave  test callers, the reactor and their wake-ups in many orders of threads; ORDERS
#: make simulate  test the engine's state machine under a virtual clock; SEED, TICKETS (default 1,000,000), WORLD
# The machine, the answers and the journal of the engine in worlds drawn from a seed (docs/simulator.md).

SEED ?= 1
# `dev` for short runs: it needs no build of its own.
SIMULATE_PROFILE ?= simulate
TICKETS ?= 1000000

.PHONY: simulate interleave

simulate:
	@SEED=$(SEED) TICKETS=$(TICKETS) $(if $(WORLD),WORLD=$(WORLD)) \
		cargo test --quiet --profile $(SIMULATE_PROFILE) --lib simulator::promises -- --nocapture --test-threads 1

interleave:
	@cargo test --quiet --features interleave --lib interleaving
