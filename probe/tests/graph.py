"""Reads what the writer wrote, for the tests."""
import json

from nevermore_probe import values


class Graph:
    """Some values written together, and read back over JSON."""

    def __init__(self, *held, max_bytes=1 << 20, seconds=60, **limits):
        writer = values.Writer(values.Limits(max_bytes=max_bytes, seconds=seconds, **limits))
        found = [writer.value(each) for each in held]
        nodes = writer.drain()
        self.text = json.dumps({"values": found, "nodes": nodes}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        self.size = len(self.text.encode("utf-8"))
        read = json.loads(self.text)
        self.values, self.nodes, self.cut = read["values"], read["nodes"], writer.why_cut()

    def node(self, value):
        assert value[0] == "@", value
        return self.nodes[value[1]]


def node(held, **limits):
    graph = Graph(held, **limits)
    return graph.node(graph.values[0])


def value(held, **limits):
    return Graph(held, **limits).values[0]
