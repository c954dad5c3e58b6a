"""Which errors are the probe's own. A signal handler of the service may raise in the middle of our code: that error is not ours to
swallow."""
import builtins
import json
import os
import pickle

HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
LIBRARY = (os.path.dirname(os.path.abspath(json.__file__)) + os.sep, "<frozen ")  # what we run that is neither C nor ours
KINDS = [kind for kind in vars(builtins).values() if type(kind) is type and issubclass(kind, Exception)] + [pickle.PicklingError,
    pickle.UnpicklingError]
known = set(map(id, KINDS))

count = 0


def adds(kind):
    """An error class of the probe's own."""
    known.add(id(kind))
    return kind


def is_own(error):
    """Whether it is of a known kind and no code but ours stands on its traceback; counted, where it is."""
    global count
    if id(type(error)) not in known:
        return False
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if not name.startswith(HERE) and not name.startswith(LIBRARY):
            return False
        trace = trace.tb_next
    count += 1
    return True
