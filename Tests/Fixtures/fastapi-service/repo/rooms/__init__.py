"""Meeting rooms by the hour."""
