"""One file a library: what it was asked and what it answered, as the service read it."""
