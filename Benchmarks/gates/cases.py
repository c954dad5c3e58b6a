"""An entry of a corpus, laid out by the corpus' own judge: repository, event, configuration, and the generated test."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import threading

from .events import frames_of
from .running import git


class Case:
    """One entry, with what both its patches and its judge need."""

    def __init__(self, judge, entry, work):
        self.judge, self.entry, self.work, self.id = judge, entry, work, entry["id"]
        self.area = work / "gates" / "cases" / self.id
        self.said, self.row, self.lock = None, None, threading.Lock()
        self.endless = 0  # runs of the generated test whose time was up

    # Set by its two kinds: home, python, package, negative, import_root.

    @property
    def repository(self):
        return self.home / "repo"

    @property
    def event(self):
        return self.home / "event.sentry.envelope"

    @property
    def configuration(self):
        return self.home / "nevermore.yaml"

    @property
    def test(self):
        return (self.said or {}).get("test")

    @property
    def frames(self):
        """(path from the root, line, function, captured scalars), the innermost last."""
        return frames_of(self.event, self.repository, self.entry.get("exception_type") or "")

    def module(self, path):
        """The name under which a file of the repository is imported."""
        inner = os.path.relpath(path, self.import_root or ".")
        return inner[:-3].replace(os.sep, ".").replace(".__init__", "")

    @contextlib.contextmanager
    def held(self):
        """Only one run at a time makes things here."""
        self.area.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{self.area}.lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def lay_out(self, nevermore, timeout=300):
        """Once: the repository, the event, and what `nevermore fix` makes of it."""
        kept = self.area / "row.json"
        if not kept.exists():
            shutil.rmtree(self.area, ignore_errors=True)
            self.area.mkdir(parents=True)
            row = self.run_judge(argparse.Namespace(nevermore=str(nevermore), work=str(self.home.parent), capture="sentry",
                                                    probe=None, suite=False, timeout=timeout))
            answer = self.home / "result.sentry.json"
            kept.write_text(json.dumps({"row": row, "said": json.loads(answer.read_text()) if answer.exists() else None}))
        known = json.loads(kept.read_text())
        self.row, self.said = known["row"], known["said"]

    def tree(self, name):
        """A checkout of the repository to change at will."""
        where = self.area / name / "tree"
        if not where.exists():
            where.parent.mkdir(parents=True, exist_ok=True)
            git(self.area, "clone", "-q", "--no-hardlinks", self.repository, where)
        git(where, "reset", "-q", "--hard")
        git(where, "clean", "-q", "-fdx")
        return where

    def diff(self, changes):
        """The change as git writes it; `changes` are files' contents by path, None where one is removed."""
        with self.lock:
            tree = self.tree("diff")
            write(changes, tree)
            git(tree, "add", "-A", "-f")
            return git(tree, "diff", "--cached", "--no-ext-diff", "--no-renames", "HEAD").stdout

    def patched(self, diff, name):
        """A checkout with the diff applied, or None where it does not apply."""
        tree = self.tree(name)
        (tree.parent / "patch.diff").write_text(diff)
        if git(tree, "apply", "--whitespace=nowarn", tree.parent / "patch.diff").returncode:
            return None
        return tree


def write(changes, tree):
    for path, content in changes.items():
        where = tree / path
        if content is None:
            where.unlink()
        else:
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_bytes(content)
