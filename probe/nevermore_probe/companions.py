"""What belongs to an object that is not ours: found by identity, forgotten with the object, invisible on it."""
import weakref


class Companions:
    """Asks the object for nothing, not even for its hash."""

    __slots__ = ("kept",)

    def __init__(self):
        self.kept = {}

    def get(self, owner):
        found = self.kept.get(id(owner))
        return None if found is None or found[0]() is not owner else found[1]

    def put(self, owner, companion):
        """False where the object cannot be watched: then nothing is kept."""
        key, kept = id(owner), self.kept

        def forget(reference):
            found = kept.get(key)
            if found is not None and found[0] is reference:
                kept.pop(key, None)
        try:
            kept[key] = weakref.ref(owner, forget), companion
        except TypeError:
            return False
        return True

    def drop(self, owner):
        self.kept.pop(id(owner), None)
