"""Books, members and loans of a town library."""
