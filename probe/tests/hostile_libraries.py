"""Lazy proxies, rows and arrays of libraries, which do much when they are looked at."""
import contextlib

from .traps import CALLS, KEPT, hostile, trap


def libraries():
    """Lazy proxies and rows of libraries that are installed here."""
    found = {}
    with contextlib.suppress(ImportError):
        from werkzeug.local import LocalProxy
        found["proxy of werkzeug"] = lambda: LocalProxy(trap("proxied"))
    with contextlib.suppress(ImportError):
        from django.utils.functional import SimpleLazyObject
        found["lazy object of django"] = lambda: SimpleLazyObject(trap("lazy"))
    with contextlib.suppress(ImportError):
        found["rows of sqlalchemy"] = expired_row
        import sqlalchemy  # noqa: F401
    with contextlib.suppress(ImportError):
        import numpy
        found["array of numpy"] = lambda: numpy.arange(10_000_000)
        found["array of objects"] = lambda: array_of(numpy, hostile()())
        found["subclass of an array"] = lambda: numpy.arange(3).view(type("H", (numpy.ndarray,), {
            name: trap(name) for name in ("__len__", "__iter__", "__getitem__", "__repr__", "tolist", "__array__", "flat", "shape")}))
        found["number of numpy"] = lambda: [numpy.float64(1.5), numpy.int64(5), numpy.datetime64("2026-01-01")]
    with contextlib.suppress(ImportError):
        import pydantic
        found["model of pydantic"] = lambda: type("Model", (pydantic.BaseModel,), {
            "__annotations__": {"x": int}, "__module__": __name__, "__repr__": trap("r"), "__eq__": trap("e"), "__iter__": trap("i")})(x=1)
    with contextlib.suppress(ImportError):
        import attr
        found["class of attrs"] = lambda: attr.make_class("Made", ["x"])(1)
    return found if "sqlalchemy" in __import__("sys").modules else {k: v for k, v in found.items() if k != "rows of sqlalchemy"}


def array_of(numpy, held):
    made = numpy.empty(2, dtype=object)
    made[0] = held
    return made


def expired_row():
    import sqlalchemy
    from sqlalchemy import event, orm

    base = orm.declarative_base()

    class Person(base):
        __tablename__ = "person"
        id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
        name = sqlalchemy.Column(sqlalchemy.String)

    engine = sqlalchemy.create_engine("sqlite://")
    base.metadata.create_all(engine)
    session = orm.Session(engine)
    person = Person(id=1, name="a")
    session.add(person)
    session.commit()
    event.listen(engine, "before_cursor_execute", lambda *given: CALLS.append("query"))
    KEPT.append(session)
    return person
