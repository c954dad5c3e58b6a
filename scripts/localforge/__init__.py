"""A small forge on the loopback, for tests and for the demonstration: `scripts/forge` starts it."""
