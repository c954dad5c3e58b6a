"""The back office of a small web shop."""
