"""Objects whose every method has an effect are written without one call of them, and nobody notices."""
import contextlib
import gc
import io
import json
import socket
import threading
import types
import unittest
import warnings
import weakref

from .graph import Graph
from .hostile_libraries import libraries
from .hostile_objects import KINDS
from .traps import CALLS, KEPT


class TestHostile(unittest.TestCase):
    def observe(self, make):
        """What the writer gave, and what the service's code noticed of it."""
        held = make()
        said, complained = io.StringIO(), io.StringIO()
        with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            warnings.simplefilter("always")
            gc.disable()
            CALLS.clear()
            try:
                graph = Graph(held, [held], types.SimpleNamespace(held=held))
                calls = list(CALLS)
            finally:
                gc.enable()
        self.assertEqual([str(each.message) for each in warned], [])
        self.assertEqual(said.getvalue() + complained.getvalue(), "")
        return graph, calls

    def test_no_method_of_the_service_is_called(self):
        self.assertGreaterEqual(len(KINDS), 70)
        for name, make in {**KINDS, **libraries()}.items():
            with self.subTest(name):
                graph, calls = self.observe(make)
                self.assertEqual(calls, [])
                self.assertEqual(len(graph.values), 3)
                self.assertNotIn('"failed"', graph.text.replace('"failed","_io:BytesIO"', ""))
                json.loads(graph.text)

    @classmethod
    def tearDownClass(cls):
        for each in KEPT:
            if type(each) in (types.CoroutineType, socket.socket, io.TextIOWrapper):
                each.close()

    def test_traps_do_catch(self):
        for name in ("object that overrides everything", "str", "dict", "dataclass", "exception"):
            held = KINDS[name]()
            CALLS.clear()
            with contextlib.suppress(RuntimeError):
                repr(held)
            self.assertNotEqual(CALLS, [])

    def test_what_a_subclass_hides_is_read_all_the_same(self):
        graph, _ = self.observe(KINDS["dict"])
        self.assertIn('["map",[["a",1]]]', graph.text)
        graph, _ = self.observe(KINDS["exception"])
        self.assertIn('["exception","tests.hostile_classes:Descending",["a",1],[]]', graph.text)
        graph, _ = self.observe(KINDS["array"])
        self.assertIn('["list",[1]]', graph.text)

    def test_locks_stay_as_they_were_and_generators_where_they_were(self):
        lock, made = threading.Lock(), (n for n in range(3))
        lock.acquire()
        next(made)
        Graph(lock, made)
        self.assertTrue(lock.locked())
        self.assertEqual(list(made), [1, 2])

    def test_nothing_is_kept_alive(self):
        class Held:
            pass

        held = Held()
        gone = weakref.ref(held)
        Graph([held], {"a": held})
        del held
        self.assertIsNone(gone())


if __name__ == "__main__":
    unittest.main()
