"""What Nevermore needs of a Python code base: it observes, runs and applies, and decides nothing."""
