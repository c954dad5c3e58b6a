"""A shop that crashes in the ways that name exceptions differently."""
