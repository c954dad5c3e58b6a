"""The ring: what belongs to a unit, what it may hold, and who sees it."""
import asyncio
import gc
import importlib.util
import os
import sqlite3
import sys
import tempfile
import threading
import unittest
import weakref

from .recording import Recording, work
from nevermore_probe import companions, rings

try:
    import sentry_sdk
    from nevermore_probe import sentry
except ImportError:
    sentry_sdk = None


class RingTest(Recording):
    def values(self):
        return [entry["value"] for entry in self.taken("note")]

    def test_the_oldest_entries_go_first(self):
        for number in range(300):
            work.note("note", value=number)
        self.assertEqual(self.values(), list(range(100, 300)))

    def test_both_moments_are_there(self):
        first, last = self.taken("clock")
        self.assertEqual((first["at"], first["function"], last["function"]), (0.0, "time.time", "time.time"))
        self.assertGreaterEqual(last["value"], first["value"])

    def test_rows_that_are_held_are_bounded(self):
        connection = sqlite3.connect(":memory:")
        self.addCleanup(connection.close)
        numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100) select i from n"
        for _ in range(150):
            connection.execute(numbers).fetchall()
        entries = self.taken("database")
        self.assertLessEqual(sum(len(entry["rows"]) for entry in entries), rings.ROWS_HELD + rings.BETWEEN * 100)
        self.assertEqual((entries[0]["rows"], entries[0]["count"], len(entries[-1]["rows"])), ([], 100, 100))

    def test_threads_have_rings_of_their_own(self):
        work.note("note", value="mine")
        seen = []

        def other():
            work.note("note", value="other")
            seen.extend(entry["value"] for entry in work.taken() if entry["kind"] == "note")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        self.assertEqual((self.values(), seen), (["mine"], ["other"]))

    def test_tasks_that_begin_a_unit_have_rings_of_their_own(self):
        async def unit(name):
            token = work.begin()
            work.note("note", value=name)
            await asyncio.sleep(0)
            work.note("note", value=name)
            try:
                return self.values()
            finally:
                work.end(token)

        async def run():
            return await asyncio.gather(unit("a"), unit("b"))
        self.assertEqual(asyncio.run(run()), [["a", "a"], ["b", "b"]])
        self.assertEqual(self.values(), [])

    def test_tasks_of_one_unit_share_its_ring(self):
        async def step(name):
            work.note("note", value=name)

        async def run():
            await asyncio.gather(step("a"), step("b"))
        asyncio.run(run())
        self.assertEqual(self.values(), ["a", "b"])

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_forked_child_writes_into_its_own(self):
        work.note("note", value="before")
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            work.note("note", value="child")
            os.write(writer, repr(self.values()).encode())
            os._exit(0)
        os.waitpid(child, 0)
        os.close(writer)
        with os.fdopen(reader) as told:
            self.assertEqual(told.read(), "['before', 'child']")
        self.assertEqual(self.values(), ["before"])

    def test_ending_twice_is_forgiven(self):
        token = work.begin()
        work.end(token)
        work.end(token)

    def test_a_ring_dies_with_its_unit_and_without_the_collector(self):
        class Unit:
            pass
        unit = Unit()
        rings.SCOPE = lambda: unit
        connection = sqlite3.connect(":memory:")
        connection.execute("select 1").fetchall()
        ring = weakref.ref(rings.current())
        rings.SCOPE = None
        connection.close()
        gc.disable()
        try:
            self.assertIsNotNone(ring())
            del unit
            rings.SCOPE = None
            self.assertIsNone(ring())
        finally:
            gc.enable()

    @unittest.skipUnless(sentry_sdk, "needs sentry-sdk")
    def test_sentrys_isolation_scopes_are_units(self):
        rings.SCOPE = sentry.unit
        with sentry_sdk.isolation_scope():
            work.note("note", value="outer")
            with sentry_sdk.isolation_scope() as inner:
                self.assertEqual(self.values(), [])
                work.note("note", value="inner")
                self.assertEqual(self.values(), ["inner"])
                ring = weakref.ref(rings.current())
            self.assertEqual(self.values(), ["outer"])
            self.assertEqual(sum(type(one) is rings.Ring for one in inner._event_processors), 1)
            del inner
            self.assertIsNone(ring())

    @unittest.skipUnless(sentry_sdk, "needs sentry-sdk")
    def test_a_thread_with_the_scope_of_the_unit_has_its_ring(self):
        rings.SCOPE = sentry.unit

        async def run():
            with sentry_sdk.isolation_scope():
                await asyncio.to_thread(work.note, "note", value="thread")
                return self.values()
        self.assertEqual(asyncio.run(run()), ["thread"])

    @unittest.skipUnless(sentry_sdk, "needs sentry-sdk")
    def test_an_event_of_sentry_passes_a_ring_unchanged(self):
        events = []
        with sentry_sdk.isolation_scope() as scope:
            class Kept(sentry_sdk.transport.Transport):
                def capture_envelope(self, envelope):
                    events.append(envelope.get_event())
            client = sentry_sdk.Client("http://key@127.0.0.1:1/1", transport=Kept(), default_integrations=False)
            scope.set_client(client)
            rings.SCOPE = sentry.unit
            work.note("note", value=1)
            self.assertIsNotNone(sentry_sdk.capture_message("hello"))
        rings.SCOPE = None
        self.assertEqual(events[0]["message"], "hello")


class CompanionTest(unittest.TestCase):
    def test_hostile_objects_are_not_asked(self):
        class Hostile:
            def __hash__(self):
                raise RuntimeError

            __eq__ = __bool__ = __len__ = __hash__
        one, kept = Hostile(), companions.Companions()
        self.assertTrue(kept.put(one, "mine"))
        self.assertEqual(kept.get(one), "mine")
        del one
        self.assertEqual(kept.kept, {})


class ImportTest(Recording):
    def test_an_import_is_observed_and_leaves_no_trace(self):
        work.uninstall()
        from nevermore_probe import imports
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "nevermore_seen.py"), "w") as file:
                file.write("value = 7\n")
            seen = []
            observer = imports.Observer(["nevermore_seen"], lambda name: seen.append(sys.modules[name].value))
            sys.path.insert(0, folder)
            try:
                observer.install()
                self.assertIsNotNone(importlib.util.find_spec("nevermore_seen"))
                self.assertEqual(seen, [])
                import nevermore_seen
                self.assertEqual(seen, [7])
                self.assertNotIn("exec_module", vars(nevermore_seen.__spec__.loader))
                self.assertEqual(type(nevermore_seen.__loader__).__name__, "SourceFileLoader")
                with self.assertRaises(ModuleNotFoundError):
                    import nevermore_seen_not  # noqa: F401
            finally:
                observer.uninstall()
                sys.path.remove(folder)
                sys.modules.pop("nevermore_seen", None)
        self.assertNotIn(observer, sys.meta_path)

    def test_installing_twice_wraps_once(self):
        before = sqlite3.connect
        work.install()
        self.assertIs(sqlite3.connect, before)


if __name__ == "__main__":
    unittest.main()
