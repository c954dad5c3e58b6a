"""A shop that fails in a few ways, each of which is told by the log lines beside it."""
