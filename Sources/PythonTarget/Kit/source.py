"""The repository's source: functions by position, modules by path, texts by what they hold. Nothing is imported here."""
import ast
import os
import re

from . import syntax

SKIPPED = {".git", ".hg", ".tox", ".nox", ".venv", "venv", "node_modules", "__pycache__", ".eggs", "build", "dist"}
INSTALLED = {"site-packages", "dist-packages", "node_modules"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
FRAMEWORKS = {"Flask": "flask", "FastAPI": "fastapi", "Starlette": "starlette", "Quart": "quart"}
TEXTS = (".py", ".sql", ".md", ".rst", ".txt", ".toml", ".cfg", ".ini", ".yaml", ".yml", ".json", ".env", ".sh")


class Tree:
    def __init__(self, root, paths):
        self.root = os.path.realpath(root)
        self.roots = [os.path.normpath(os.path.join(self.root, path)) for path in paths]
        self.modules = {}
        self.listed = None

    def files(self):
        """Relative paths of the tree's text files, shortest first."""
        if self.listed is None:
            self.listed = []
            for folder, folders, names in os.walk(self.root):
                folders[:] = sorted(f for f in folders if f not in SKIPPED and not f.endswith(".egg-info")
                                    and not os.path.exists(os.path.join(folder, f, "pyvenv.cfg")))
                texts = [os.path.relpath(os.path.join(folder, n), self.root) for n in sorted(names) if n.endswith(TEXTS)]
                self.listed += [p for p in texts if not os.path.islink(os.path.join(self.root, p)) or self.inside(p)]
            self.listed.sort(key=lambda path: (path.count("/"), len(path), path))
        return self.listed

    def inside(self, path):
        """The absolute path of a tree file, or None for what lies elsewhere."""
        whole = os.path.realpath(os.path.join(self.root, path))
        return whole if whole.startswith(self.root + os.sep) and os.path.isfile(whole) else None

    def relative(self, path):
        """The path of a file of the tree, or None: what is installed in an environment inside the tree is not the tree's."""
        whole = os.path.realpath(path)
        if not whole.startswith(self.root + os.sep):
            return None
        found = os.path.relpath(whole, self.root)
        return None if INSTALLED.intersection(found.split(os.sep)) else found

    def parse(self, path):
        """(tree, text) of a tree file; parents are set; None for what does not parse."""
        if path not in self.modules:
            whole = self.inside(path)
            try:
                with open(whole, "rb") as file:
                    text = file.read()
                node = ast.parse(text)
            except (SyntaxError, ValueError, OSError, TypeError, RecursionError):
                node = None
            if node is not None:
                for parent in ast.walk(node):
                    for child in ast.iter_child_nodes(parent):
                        child.parent = parent
            self.modules[path] = node
        return self.modules[path]

    def module(self, path):
        """The name by which code imports this file."""
        whole = os.path.join(self.root, path)
        roots = [r for r in self.roots if whole.startswith(r + os.sep)] or [self.root]
        name = os.path.relpath(whole, max(roots, key=len))[:-3].replace(os.sep, ".")
        return name[:-len(".__init__")] if name.endswith(".__init__") else name

    # --- functions

    def locate(self, path, function, line):
        node = self.parse(path) if path.endswith(".py") else None
        if node is None:
            return None
        if function == "<module>":
            return {"module": self.module(path), "path": [], "role": "module", "file": path, "lazy": False,
                    "lines": [1, 1], "doc": ast.get_docstring(node), "receiver": None,
                    "node": {"k": "FunctionDef", "name": "<module>", "args": None, "body": [], "decorator_list": [], "returns": None}}
        name = function.split(".")[-1]
        around = [n for n in ast.walk(node) if isinstance(n, FUNCTIONS) and first_line(n) <= line <= n.end_lineno]
        around.sort(key=lambda n: n.lineno)
        named = [n for n in around if n.name == name] or ([] if not name.startswith("<") else around)
        return self.describe(path, named[-1]) if named else None

    def describe(self, path, node):
        scopes, inner = [], node
        while hasattr(inner, "parent"):
            inner = inner.parent
            if isinstance(inner, FUNCTIONS + (ast.ClassDef,)):
                scopes.insert(0, inner)
        outer = [s for s in scopes if isinstance(s, FUNCTIONS)]
        holder = scopes[-1] if scopes and isinstance(scopes[-1], ast.ClassDef) else None
        decorators = {last_name(d) for d in node.decorator_list}
        if outer:
            role = "nested"
        elif holder is None:
            role = "function"
        elif "staticmethod" in decorators:
            role = "staticMethod"
        elif "classmethod" in decorators:
            role = "typeMethod"
        elif decorators & {"property", "cached_property", "setter", "getter", "hybrid_property"}:
            role = "property"
        elif node.name in ("__init__", "__new__", "__post_init__"):
            role = "initializer"
        else:
            role = "method"
        names = [s.name for s in scopes] + [node.name]
        return {"module": self.module(path), "path": names, "role": role, "file": path, "lazy": is_lazy(node),
                "lines": [first_line(node), node.end_lineno], "doc": ast.get_docstring(node), "node": syntax.tree(node),
                "receiver": self.static_type(path, holder, [s.name for s in scopes]) if holder is not None else None}

    def static_type(self, path, node, names):
        return {"module": self.module(path), "path": names, "bases": syntax.tree(node.bases), "exception": False,
                "args": next((syntax.tree(m.args) for m in node.body if isinstance(m, FUNCTIONS) and m.name == "__init__"), None)}

    def definitions(self, name):
        """(module, path of the file) of top-level definitions of a name in importable, non-test files."""
        found = []
        for path in self.files():
            if not path.endswith(".py") or is_test(path):
                continue
            node = self.parse(path)
            if node is None:
                continue
            for item in node.body:
                if isinstance(item, FUNCTIONS + (ast.ClassDef,)) and item.name == name:
                    found.append((self.module(path), path))
        return found

    def handlers(self, names):
        """`except` clauses of the tree, tests left out, that name one of these types: what its own code expects."""
        found = []
        for path in self.files():
            if not path.endswith(".py") or is_test(path):
                continue
            for node in ast.walk(self.parse(path) or ast.Module(body=[], type_ignores=[])):
                if isinstance(node, ast.ExceptHandler) and node.type is not None:
                    caught = {last_name(n) for n in ast.walk(node.type) if isinstance(n, (ast.Name, ast.Attribute))}
                    if caught & set(names):
                        found.append({"path": path, "line": node.lineno, "text": ", ".join(sorted(caught & set(names)))})
        return found[:20]

    # --- texts

    def search(self, text):
        found = []
        for path in self.files():
            try:
                with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
                    for number, line in enumerate(file, 1):
                        if text in line:
                            found.append({"path": path, "line": number, "text": line.rstrip("\n")[:200]})
                            if len(found) >= 20:
                                return found
            except OSError:
                continue
        return found

    def applications(self):
        """Web applications and their factories that the source defines, the likeliest first."""
        found = [{"framework": "django", "module": name, "path": [], "factory": False} for name in self.suite_settings()]
        for path in self.files():
            if not path.endswith(".py"):
                continue
            whole = os.path.join(self.root, path)
            if os.path.getsize(whole) > 500_000 or is_test(path):
                continue
            with open(whole, encoding="utf-8", errors="replace") as file:
                text = file.read()
            setting = re.search(r"""DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)["']""", text)
            if setting:
                found.append({"framework": "django", "module": setting.group(1), "path": [], "factory": False})
            if any(name + "(" in text for name in FRAMEWORKS):
                found += self.built(path)
        return found

    def suite_settings(self):
        """Django's settings that the suite's own configuration names."""
        for path in ("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg"):
            whole = self.inside(path)
            if whole:
                with open(whole, encoding="utf-8", errors="replace") as file:
                    named = re.search(r"""^\s*DJANGO_SETTINGS_MODULE\s*=\s*["']?([\w.]+)""", file.read(), re.MULTILINE)
                if named:
                    yield named.group(1)

    def built(self, path):
        node = self.parse(path)
        for item in node.body if node is not None else []:
            calls = [c for c in ast.walk(item) if isinstance(c, ast.Call) and last_name(c.func) in FRAMEWORKS]
            if not calls:
                continue
            framework = FRAMEWORKS[last_name(calls[0].func)]
            if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
                yield {"framework": framework, "module": self.module(path), "path": [item.targets[0].id], "factory": False}
            elif isinstance(item, FUNCTIONS) and not required(item.args):
                yield {"framework": framework, "module": self.module(path), "path": [item.name], "factory": True}


def required(arguments):
    plain = arguments.posonlyargs + arguments.args
    return len(plain) > len(arguments.defaults) or any(d is None for d in arguments.kw_defaults)


def is_test(path):
    parts = path.split(os.sep)
    return bool({"tests", "test", "testing"} & set(parts[:-1])) or parts[-1].startswith(("test_", "conftest")) \
        or parts[-1].endswith("_test.py")


def first_line(node):
    return min([node.lineno] + [d.lineno for d in node.decorator_list])


def is_lazy(node):
    """Whether the function's own body yields."""
    todo = list(node.body)
    while todo:
        item = todo.pop()
        if isinstance(item, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(item, FUNCTIONS + (ast.Lambda, ast.ClassDef)):
            todo += ast.iter_child_nodes(item)
    return False


def last_name(node):
    if isinstance(node, ast.Call):
        return last_name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
