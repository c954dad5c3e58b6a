"""Programs run in forks as if files had other texts: what they gave, and the state that they left, in digests."""
import ast
import json
import os
import subprocess
import sys

from . import digests, shown, swaps

KIT = os.path.dirname(os.path.abspath(__file__))
RESULT = "__nevermore_result__"


class Observer:
    def __init__(self, tree, runner):
        self.tree = tree
        self.runner = runner
        self.imported = {}

    def observe(self, sources, changes, seconds):
        """A report a program; or why the changes need a process that imports them."""
        try:
            change = swaps.Swaps(self.tree, changes, self.ran(seconds * 6) if changes else ())
        except (swaps.Unswappable, SyntaxError, ValueError, RecursionError) as reason:
            return {"unswappable": str(reason)}
        return {"observed": [self.runner.forked(lambda: self.trial(source, change), seconds) for source in sources]}

    def trial(self, source, change):
        if change.texts:
            change.apply()
        space = {}
        found = self.runner.trial(source, space)
        exact = True
        found["variables"] = {}
        for name in bound(source):
            if name in space:
                found["variables"][name], known = digests.digest(space[name])
                exact = exact and known
        if RESULT in space:
            found["result"], known = digests.digest(space[RESULT])
            found["shown"] = shown.shown(space[RESULT])
            exact = exact and known
        return dict(found, exact=exact)

    def ran(self, seconds):
        """Functions of the tree that run while this process's modules are imported, as a process that only imports them saw."""
        modules = [name for name, module in list(sys.modules.items()) if self.runner.in_tree(module)]
        key = tuple(modules)
        if key not in self.imported:
            setting = {"root": self.tree.root, "paths": [os.path.relpath(root, self.tree.root) for root in self.tree.roots]}
            lines = [json.dumps(setting), json.dumps({"op": "imports", "modules": modules})]
            done = subprocess.run([sys.executable, "-B", KIT], input="\n".join(lines) + "\n", encoding="utf-8", timeout=seconds,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self.tree.root)
            self.imported[key] = {tuple(place) for place in json.loads(done.stdout)["answer"]}
        return self.imported[key]


def imports(tree, runner, modules):
    """[path, line, name] of every function of the tree that runs while modules are imported."""
    seen = {}

    def hook(frame, event, argument):
        if event == "call" and id(frame.f_code) not in seen:
            seen[id(frame.f_code)] = frame.f_code
    sys.setprofile(hook)
    try:
        runner.warm(modules)
    finally:
        sys.setprofile(None)
    found = [(tree.relative(code.co_filename), code) for code in list(seen.values()) if swaps.is_function(code)]
    return sorted([path, code.co_firstlineno, code.co_name] for path, code in found if path)


def bound(source):
    """Names that a program's own statements bind."""
    found, todo = [], list(ast.parse(source).body)
    while todo:
        node = todo.pop(0)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in found and node.id != RESULT:
            found.append(node.id)
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp,
                                 ast.DictComp, ast.GeneratorExp)):
            todo += ast.iter_child_nodes(node)
    return found
