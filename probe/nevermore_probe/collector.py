"""A call now and then without a thread: the garbage collector runs wherever objects are made. What is called may not block or take a lock
of
the service's, which may hold any."""
import _thread
import atexit
import gc

hooks = {}  # by the identity of what is called: (it, what the collector has)


def call(callback):
    """Calls it at the start of every collection, until `forget`."""
    if id(callback) in hooks:
        return

    def nevermore(phase, _):
        if phase == "start":
            try:
                callback()
            except KeyboardInterrupt:  # the collector would swallow it
                _thread.interrupt_main()
    if not hooks:
        atexit.register(clear)
    hooks[id(callback)] = (callback, nevermore)
    gc.callbacks.append(nevermore)


def forget(callback):
    _, hook = hooks.pop(id(callback), (None, None))
    for at, found in enumerate(gc.callbacks):
        if found is hook:
            del gc.callbacks[at]
            break
    if not hooks:
        atexit.unregister(clear)


def clear():
    """Before the interpreter takes itself apart."""
    for callback, _ in list(hooks.values()):
        forget(callback)
