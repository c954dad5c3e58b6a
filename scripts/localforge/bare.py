"""What a forge asks of a bare git repository."""

from __future__ import annotations

import os
import subprocess

# A diff that nobody reads to its end is cut.
DIFF_LIMIT = 400_000


class GitRefused(Exception):
    """What git said, on one line."""


class Bare:
    def __init__(self, path):
        self.path = str(path)

    def git(self, *arguments, text=None, identity="Ada Person"):
        email = identity.split(" ")[0].lower() + "@example.com"
        settings = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": identity,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_COMMITTER_NAME": identity,
            "GIT_COMMITTER_EMAIL": email,
        }
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-C", self.path, "-c", "core.hooksPath=" + os.devnull, *arguments],
            input=None if text is None else text.encode(),
            stdin=subprocess.DEVNULL if text is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**kept, **settings},
        )
        if done.returncode != 0:
            raise GitRefused(done.stderr.decode(errors="replace").strip().replace("\n", " "))
        return done.stdout.decode(errors="replace")

    def branch(self, name):
        """The commit of a branch, or None."""
        return self.commit(f"refs/heads/{name}")

    def commit(self, name):
        if name.startswith("-"):
            return None
        try:
            return self.git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()
        except GitRefused:
            return None

    def default_branch(self):
        return self.git("symbolic-ref", "--short", "HEAD").strip()

    def merge_base(self, base, head):
        try:
            return self.git("merge-base", base, head).strip()
        except GitRefused:
            return base

    def commits(self, base, head):
        """Of a branch, oldest first: (id, subject, author)."""
        lines = self.git(
            "log", "--reverse", "--max-count=100", "--format=%H%x00%s%x00%an", f"{base}..{head}"
        )
        return [tuple(line.split("\0")) for line in lines.splitlines()]

    def message(self, commit):
        return self.git("show", "--no-patch", "--format=%B", commit)

    def tree(self, commit):
        return self.git("rev-parse", f"{commit}^{{tree}}").strip()

    def diff(self, base, head):
        start = self.merge_base(base, head)
        return self.git("diff", "--no-color", "--no-ext-diff", start, head)[:DIFF_LIMIT]

    def counts(self, base, head):
        """Added lines, deleted lines, changed files."""
        added = deleted = files = 0
        start = self.merge_base(base, head)
        for line in self.git("diff", "--numstat", start, head).splitlines():
            plus, minus, _ = line.split("\t", 2)
            added += int(plus) if plus.isdigit() else 0
            deleted += int(minus) if minus.isdigit() else 0
            files += 1
        return added, deleted, files

    def merge(self, base, head, message):
        """Merges a commit into a branch with a commit of its own, and gives that; GitRefused where they conflict."""
        before = self.branch(base)
        tree = self.git("merge-tree", "--write-tree", before, head).split("\n")[0]
        commit = self.git(
            "commit-tree", tree, "-p", before, "-p", head, "-F", "-", text=message
        ).strip()
        self.git("update-ref", f"refs/heads/{base}", commit, before)
        return commit
