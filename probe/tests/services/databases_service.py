"""Asks databases with each driver that is installed, and prints all that a service could notice."""
import contextlib
import os
import re
import sqlite3
import sys

import disguises
import moments
from asking import has_probe

disguise, when, redis_port, postgres_port, mysql_port = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
redis, psycopg, psycopg2, pymysql = moments.libraries(("redis", "redis.asyncio", "psycopg", "psycopg2", "pymysql"), disguise, when)

import asyncio  # noqa: E402
import inspect  # noqa: E402
import traceback  # noqa: E402


def told(label, value):
    print(label, re.sub(r"0x[0-9a-f]+", "…", repr(value)), flush=True)


def error_of(error):
    found = []
    while error is not None and len(found) < 10:
        found.append((type(error).__module__, type(error).__qualname__, re.sub(r"\d{5}", "…", str(error))))
        error = error.__cause__ or error.__context__
    return found


def frames_of(error):
    return [(os.path.basename(frame.filename), frame.name) for frame in traceback.extract_tb(error.__traceback__)] \
        if sys.version_info >= (3, 11) else None


def attempt(label, act, *arguments):
    try:
        told(label, act(*arguments))
    except Exception as error:
        told(label, error_of(error))


def of_redis():
    from redis.backoff import NoBackoff
    from redis.retry import Retry
    once = Retry(NoBackoff(), 0)
    pool = redis.ConnectionPool(port=redis_port)
    client = redis.Redis(connection_pool=pool)
    client.flushall()
    attempt("whole", lambda: [client.set("a", "1"), client.get("a"), client.mget("a", "b"), client.rpush("l", *range(500))])
    attempt("lazy", lambda: (next(client.scan_iter("*")) in (b"a", b"l"), len(client.lrange("l", 0, -1))))
    attempt("wrong", lambda: client.incr("l"))
    try:
        client.incr("l")
    except Exception as error:
        told("frames", frames_of(error))

    def piped():
        with client.pipeline() as pipe:
            return pipe.get("a").incr("l").execute(raise_on_error=False), pipe.get("a").execute(), pipe.execute()
    attempt("pipe", lambda: [[type(each).__name__ for each in part] for part in piped()])
    attempt("broken pipe", lambda: client.pipeline().incr("l").get("a").execute())
    attempt("refused", lambda: redis.Redis(port=1, retry=once).get("a"))
    attempt("late", lambda: redis.Redis(port=redis_port, socket_timeout=0.2, retry=once).blpop("nothing", 5))
    attempt("no command", lambda: client.execute_command())
    told("pool", (len(pool._available_connections), len(pool._in_use_connections)))
    told("shape", [str(inspect.signature(each)) for each in (redis.Redis.execute_command, redis.client.Pipeline.execute)])
    told("coroutines", [inspect.iscoroutinefunction(each.execute_command) for each in (redis.Redis, redis.asyncio.Redis)])

    async def later():
        async with redis.asyncio.Redis(port=redis_port) as one:
            found = [await one.get("a"), await one.pipeline().get("a").get("b").execute()]
            try:
                await one.incr("l")
            except Exception as error:
                found.append(frames_of(error))
            return found
    attempt("later", lambda: asyncio.run(later()))
    pool.disconnect()  # what is left to the collector of garbage is told at any time


def rows_of(connection):
    cursor = connection.cursor()
    cursor.execute("create temporary table line (id int, name varchar(9))")
    cursor.executemany("insert into line values (%s, %s)", [(n, str(n)) for n in range(300)])
    told("count", cursor.rowcount)
    cursor.execute("select id, name from line order by id")
    told("rows", (cursor.fetchone(), cursor.fetchmany(2), next(iter(cursor)), len(cursor.fetchall()), cursor.fetchone()))
    told("columns", [column[0] for column in cursor.description])
    attempt("wrong", lambda: cursor.execute("select nothing"))
    connection.rollback()
    told("type", (type(cursor).__module__, type(cursor).__name__, isinstance(connection, type(connection).__mro__[0])))
    attempt("closed", lambda: (cursor.close(), cursor.execute("select 1")))
    attempt("parameters", lambda: connection.cursor().execute("select %s, %s", (1,)))
    connection.close()


def of_postgres(driver):
    rows_of(driver.connect(host="127.0.0.1", port=postgres_port, user="shop", dbname="postgres"))
    attempt("refused", lambda: driver.connect(host="127.0.0.1", port=1, user="shop"))


def of_mysql():
    import pymysql.cursors
    rows_of(pymysql.connect(host="127.0.0.1", port=mysql_port, user="root", password="", database="mysql", ssl_disabled=True))
    attempt("refused", lambda: pymysql.connect(host="127.0.0.1", port=1, user="root"))
    with pymysql.connect(host="127.0.0.1", port=mysql_port, user="root", password="", ssl_disabled=True) as connection:
        with connection.cursor(pymysql.cursors.SSDictCursor) as cursor:
            cursor.execute("select 1 as one union all select 2")
            told("lazy", (cursor.fetchone(), [row for row in cursor]))
        with connection.cursor() as cursor:
            cursor.execute("select %s", 5)
            told("one", cursor.fetchall())


def of_sqlite():
    """Rows are made when they are asked for, and parameters are asked for one by one."""
    steps = []
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("step", 1, lambda n: steps.append(n) or n)
        connection.execute("create table line (id integer, name text)")
        connection.executemany("insert into line values (?, ?)", ((step, str(step)) for step in range(300) if steps.append(step) is None))
        told("parameters", len(steps))
        del steps[:]
        cursor = connection.execute("select step(id), name from line")
        for _ in range(3):
            told("lazy", (next(cursor), len(steps)))
        told("many", (cursor.fetchmany(2), len(steps), len(list(cursor)), len(steps)))
        attempt("wrong", lambda: connection.execute("select nothing"))
        attempt("misuse", lambda: connection.execute())
        attempt("closed", lambda: (cursor.close(), cursor.fetchone()))


of_sqlite()
if redis and redis_port:
    of_redis()
for driver in (psycopg, psycopg2):
    if driver and postgres_port:
        of_postgres(driver)
if pymysql and mysql_port:
    of_mysql()
told("counts", sorted(disguises.counts.items()))

if has_probe and "NEVERMORE_TOLD" in os.environ:
    from nevermore_probe import guard, work
    with open(os.environ["NEVERMORE_TOLD"], "w") as file:
        entries = [entry for entry in work.taken() if entry["kind"] in ("redis", "database")]
        print(len(entries), work.faults, guard.FAILED["count"], file=file)
