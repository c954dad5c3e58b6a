def sizes(listing):
    """Bytes by file; a line is a path and a size."""
    found = {}
    for line in listing.splitlines():
        path, size = line.split()
        found[path] = int(size)
    return found
