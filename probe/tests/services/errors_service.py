"""Meets the errors and the warnings of databases and generators, each in a line of its own, and ends by one that nobody catches. What is
given: how, when the probe comes, and the ports of servers, 0 where there is none."""
import contextlib
import os
import sys

import moments
from asking import has_probe

_, when, _, postgres_port, mysql_port = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
sqlite3, random, uuid, sqlalchemy, django, psycopg, psycopg2, pymysql = moments.libraries(
    ("sqlite3", "random", "uuid", "sqlalchemy", "django.db", "psycopg", "psycopg2", "pymysql"), "none", when)

import asyncio  # noqa: E402
import datetime  # noqa: E402
import gc  # noqa: E402
import threading  # noqa: E402
import warnings  # noqa: E402

gc.disable()  # a connection that is left to it is warned of wherever it runs


def met(*acts):
    for act in acts:
        try:
            act()
        except Exception:
            sys.excepthook(*sys.exc_info())


def careless(value=None, *more):
    warnings.warn("careless", DeprecationWarning, stacklevel=2)
    return value


def broken(*arguments):
    careless()
    raise ArithmeticError("the service's own")


class Money:
    pass


class Broken:
    pass


# --- sqlite3


def of_sqlite():
    with contextlib.closing(sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_COLNAMES)) as connection:
        connection.execute("create table line (id integer primary key, name text)")
        connection.executemany("insert into line values (?, ?)", [(n, str(n)) for n in range(9)])
        of_statements(connection)
        of_statements(connection.cursor())
        met(lambda: connection.execute(sql="select 1"))
        of_rows(connection)
        of_contexts(connection)
        of_cursors(connection)
    of_closed(connection, connection.cursor)
    of_connecting()


def of_statements(asked):
    met(lambda: asked.execute("select absent"),
        lambda: asked.execute("select ?", (1, 2)),
        lambda: asked.execute(),
        lambda: asked.execute(7),
        lambda: asked.execute("insert into line values (1, 'again')"),
        lambda: asked.executemany("insert into line values (?, ?)", [(20,)]),
        lambda: asked.executemany("insert into line values (?, ?)", ((30 // n, "x") for n in (1, 0))),
        lambda: asked.executemany("select ?", [(1,)]),
        lambda: asked.executescript("select 1; select absent"),
        lambda: asked.executescript(b"select 1"))
    sqlite3.register_adapter(Money, careless)
    sqlite3.register_adapter(Broken, broken)
    met(lambda: asked.execute("select ?", (Money(),)),
        lambda: asked.execute("select ?", (Broken(),)),
        lambda: asked.execute("select ?", (datetime.date(2020, 2, 2),)),
        lambda: asked.execute("select ?", (datetime.datetime(2020, 2, 2),)),
        lambda: asked.executemany("insert into line values (?, ?)", [(40, datetime.date(2020, 2, 2))]),
        lambda: asked.execute("select :a", (1,)),
        lambda: asked.execute("select :a, :b", {"a": 1}))


def of_rows(connection):
    def rows(statement="select id, name from line", factory=None):
        cursor = connection.execute(statement)
        cursor.row_factory = factory
        return cursor
    sqlite3.register_converter("careless", careless)
    sqlite3.register_converter("broken", broken)
    connection.create_function("broken", 0, broken)
    for factory in (None, broken):
        met(lambda: rows(factory=factory).fetchone(),
            lambda: rows(factory=factory).fetchmany(2),
            lambda: rows(factory=factory).fetchall(),
            lambda: next(rows(factory=factory)),
            lambda: [row for row in rows(factory=factory)])
    met(lambda: rows(factory=careless).fetchone(),
        lambda: rows(factory=careless).fetchall(),
        lambda: rows(factory=careless).fetchmany(3),
        lambda: [row for row in rows(factory=careless)],
        lambda: rows('select 1 as "a [careless]"').fetchone(),
        lambda: rows('select 1 as "a [broken]"').fetchone(),
        lambda: rows("select broken()").fetchone(),
        lambda: rows("select cast(x'ff' as text)").fetchall(),
        lambda: rows().fetchmany("x"),
        lambda: rows().fetchmany(1, 2, 3),
        lambda: rows().fetchall(1),
        lambda: next(rows("select 1 where 0")),
        lambda: rows('select 1 as "a [timestamp]"').fetchone(),
        lambda: rows("select '2020-02-02' as \"a [date]\"").fetchone(),
        lambda: rows("select '2020-02-02 00:00:00' as \"a [timestamp]\"").fetchone())


def of_contexts(connection):
    def within():
        with connection:
            connection.execute("delete from line where id = 1")
            connection.execute("insert into line values (2, 'again')")

    def chained():
        try:
            connection.execute("select absent")
        except sqlite3.Error:
            connection.execute("select absent too")

    def caused():
        try:
            connection.execute("select absent")
        except sqlite3.Error as error:
            raise LookupError("no line") from error
    met(within, chained, caused)
    threads = [threading.Thread(target=connection.execute, args=("select 1",)),
               threading.Thread(target=of_thread, args=("select absent",))]
    for each in threads:
        each.start()
        each.join()


def of_thread(statement):
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(statement)


def of_cursors(connection):
    class Own(sqlite3.Cursor):
        def execute(self, *arguments):
            careless()
            return super().execute(*arguments)

        def fetchone(self):
            warnings.warn("one by one", DeprecationWarning, stacklevel=2)
            return super().fetchone()
    own = connection.cursor(Own)
    met(lambda: own.execute("select 1").fetchone(),
        lambda: own.execute("select ?", (datetime.date(2020, 2, 2),)),
        lambda: own.execute("select absent"),
        lambda: own.execute("select broken()").fetchone(),
        lambda: connection.cursor(factory=Own).execute("select absent"),
        lambda: connection.cursor(None),
        lambda: connection.cursor(broken),
        lambda: connection.cursor(lambda connection: 1),
        lambda: connection.cursor(1, 2),
        lambda: connection.cursor(nothing=1))


def of_closed(connection, cursor):
    met(lambda: connection.execute("select 1"),
        lambda: connection.executemany("select ?", []),
        lambda: connection.cursor(),
        lambda: cursor(),
        lambda: connection.__enter__().execute("select 1"))
    with contextlib.closing(sqlite3.connect(":memory:")) as other:
        closed = other.execute("select 1")
        closed.close()
        met(lambda: closed.execute("select 1"),
            lambda: closed.fetchone(),
            lambda: closed.fetchmany(),
            lambda: closed.fetchall(),
            lambda: next(closed),
            lambda: [row for row in closed])


def of_connecting():
    class Picky(sqlite3.Connection):
        def __init__(self, database, **named):
            warnings.warn("picky", DeprecationWarning, stacklevel=2)
            if database != ":memory:":
                raise ValueError("not in memory")
            super().__init__(database, **named)
            self.execute("select ?", (datetime.date(2020, 2, 2),))
    met(lambda: sqlite3.connect(os.path.join(os.sep, "nowhere", "at", "all")),
        lambda: sqlite3.connect(),
        lambda: sqlite3.connect(":memory:", nothing=1),
        lambda: sqlite3.connect(":memory:", 5.0, 0).close(),
        lambda: sqlite3.connect(":memory:", 5.0, 0, None, True, sqlite3.Connection).close(),
        lambda: sqlite3.connect(":memory:", 5.0, 0, None, True, Picky).close(),
        lambda: sqlite3.connect(":memory:", factory=Picky).close(),
        lambda: sqlite3.connect("elsewhere", factory=Picky),
        lambda: sqlite3.connect(":memory:", factory=broken))


# --- generators, names


def of_draws():
    met(lambda: random.sample({1, 2, 3}, 2),
        lambda: random.sample([1], 2),
        lambda: random.randrange(10.0),
        lambda: random.randrange(0),
        lambda: random.randrange(1.5),
        lambda: random.randint(1, 10.0),
        lambda: random.randint("a", 1),
        lambda: random.choice([]),
        lambda: random.choice(),
        lambda: random.choices([1, 2], weights=[1]),
        lambda: random.choices([1, 2], weights=[0, 0]),
        lambda: os.environ["NOT_THERE"],
        lambda: os.environ[7])
    if sys.version_info >= (3, 11):
        met(lambda: uuid.uuid1(node="x"), lambda: uuid.uuid1(clock_seq=1.5), lambda: uuid.uuid4(1))


# --- what stands upon sqlite3


def of_sqlalchemy():
    engine = sqlalchemy.create_engine("sqlite://")
    with engine.connect() as connection:
        met(lambda: connection.execute(sqlalchemy.text("select absent")),
            lambda: connection.execute(sqlalchemy.text("select :a"), {"a": Broken()}),
            lambda: connection.execute(sqlalchemy.text("select :a"), {"a": datetime.date(2020, 2, 2)}),
            lambda: connection.execute(sqlalchemy.text("select 1 union select 2")).scalar_one())
    engine.dispose()
    met(lambda: sqlalchemy.create_engine("sqlite:////nowhere/at/all").connect())


def of_django():
    from django.conf import settings
    settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, USE_TZ=True)
    with django.db.connection.cursor() as cursor:
        met(lambda: cursor.execute("select absent"),
            lambda: cursor.execute("select %s", [Broken()]),
            lambda: cursor.execute("select %s", [datetime.date(2020, 2, 2)]),
            lambda: cursor.execute("select %s, %s", [1]),
            lambda: cursor.executemany("insert into absent values (%s)", [(1,)]))
        cursor.execute("select 1")
    met(lambda: cursor.fetchone(), lambda: cursor.fetchall())
    django.db.connection.close()


# --- drivers of servers


def of_server(connection):
    cursor = connection.cursor()
    met(lambda: cursor.execute("select absent"))
    connection.rollback()
    met(lambda: cursor.execute("select %s, %s", (1,)))
    connection.rollback()
    met(lambda: cursor.executemany("insert into absent values (%s)", [(1,)]))
    connection.rollback()
    met(lambda: cursor.execute(),
        lambda: cursor.execute("select %s", (Broken(),)),
        lambda: next(cursor.execute("select 1 where 1 = 0") or iter(cursor)))
    connection.rollback()
    cursor.close()
    met(lambda: cursor.execute("select 1"),
        lambda: cursor.fetchone(),
        lambda: cursor.fetchmany(2),
        lambda: cursor.fetchall(),
        lambda: [row for row in cursor],
        lambda: connection.cursor(1, 2, 3, 4, 5, 6, 7, 8))
    connection.close()
    met(lambda: connection.cursor().execute("select 1"))


async def of_postgres_later():
    connection = await psycopg.AsyncConnection.connect(host="127.0.0.1", port=postgres_port, user="shop", dbname="postgres")
    cursor = connection.cursor()

    async def rows():
        return [row async for row in cursor]
    for ask in (lambda: cursor.execute("select absent"), lambda: cursor.fetchone(), lambda: cursor.fetchall(), rows):
        try:
            await ask()
        except Exception:
            sys.excepthook(*sys.exc_info())
        await connection.rollback()
    await connection.close()


of_sqlite()
of_draws()
if sqlalchemy:
    of_sqlalchemy()
if django:
    of_django()
for driver in (psycopg, psycopg2):
    if driver and postgres_port:
        of_server(driver.connect(host="127.0.0.1", port=postgres_port, user="shop", dbname="postgres"))
        met(lambda: driver.connect(host="127.0.0.1", port=1, user="shop"))
if psycopg and postgres_port:
    asyncio.run(of_postgres_later())
if pymysql and mysql_port:
    of_server(pymysql.connect(host="127.0.0.1", port=mysql_port, user="root", password="", ssl_disabled=True))
    met(lambda: pymysql.connect(host="127.0.0.1", port=1, user="root"))

if has_probe and "NEVERMORE_TOLD" in os.environ:
    from nevermore_probe import guard, work
    with open(os.environ["NEVERMORE_TOLD"], "w") as file:
        entries = [entry for entry in work.taken() if entry["kind"] in ("random", "database")]
        print(len(entries), work.faults, guard.FAILED["count"], file=file)
sqlite3.connect(":memory:").execute("select absent")
