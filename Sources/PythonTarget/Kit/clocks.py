"""Another time of the day: who asks for the moment gets a shifted one, and all moments stay of Python's own types."""
import copyreg
import datetime
import os
import sys
import time

REAL = datetime.datetime
REAL_DATE = datetime.date
CLOCK = {name: getattr(time, name) for name in ("time", "time_ns", "localtime", "gmtime", "strftime", "ctime")}


def zone(name):
    os.environ["TZ"] = name
    time.tzset()


def shift(seconds):
    """`time.time` and what is like it; the arguments that stand for now are filled in."""
    def now():
        return CLOCK["time"]() + seconds
    time.time = now
    time.time_ns = lambda: CLOCK["time_ns"]() + int(seconds * 10 ** 9)
    time.localtime = lambda moment=None: CLOCK["localtime"](now() if moment is None else moment)
    time.gmtime = lambda moment=None: CLOCK["gmtime"](now() if moment is None else moment)
    time.ctime = lambda moment=None: CLOCK["ctime"](now() if moment is None else moment)
    time.strftime = lambda form, moment=None: CLOCK["strftime"](form, time.localtime() if moment is None else moment)
    return now


class Asked(type):
    """A stand-in is asked what the real type would be."""

    def __instancecheck__(cls, value):
        return isinstance(value, cls.real)

    def __subclasscheck__(cls, kind):
        return issubclass(kind, cls.real)

    def __eq__(cls, other):
        return other is cls.real or other is type(cls) or cls is other

    def __hash__(cls):
        return hash(cls.real)


def again(is_moment, *state):
    return (REAL if is_moment else REAL_DATE)(*state)


def shift_dates(now, root):
    """`datetime.now`, `utcnow` and `today`, for the standard module and for all modules that are none of Python's own."""
    for kind in (REAL, REAL_DATE):  # a pickle finds a type by its name, which means the stand-in now
        copyreg.pickle(kind, lambda moment: (again, (isinstance(moment, REAL), *moment.__reduce_ex__(4)[1])))
    class Moment(REAL, metaclass=Asked):
        real = REAL

        def __new__(cls, *arguments, **named):
            return REAL.__new__(REAL if cls is Moment else cls, *arguments, **named)

        @classmethod
        def now(cls, tz=None):
            return REAL.fromtimestamp(now(), tz)

        @classmethod
        def utcnow(cls):
            return REAL.fromtimestamp(now(), datetime.timezone.utc).replace(tzinfo=None)

        @classmethod
        def today(cls):
            return REAL.fromtimestamp(now())

    class Day(REAL_DATE, metaclass=Asked):
        real = REAL_DATE

        def __new__(cls, *arguments, **named):
            return REAL_DATE.__new__(REAL_DATE if cls is Day else cls, *arguments, **named)

        @classmethod
        def today(cls):
            return REAL_DATE.fromtimestamp(now())
    stand_ins = {id(REAL): Moment, id(REAL_DATE): Day}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        if module is datetime or isinstance(file, str) and (file.startswith(root + os.sep) or "site-packages" in file):
            for name, value in list(vars(module).items()):
                if id(value) in stand_ins:
                    setattr(module, name, stand_ins[id(value)])
                elif id(value) in CLOCKS:
                    setattr(module, name, getattr(time, CLOCKS[id(value)]))


def ahead(days, root):
    """Another day, for all that the process asks from now on."""
    if days:
        shift_dates(shift(days * DAY), root)


DAY = 86_400
CLOCKS = {id(function): name for name, function in CLOCK.items()}
