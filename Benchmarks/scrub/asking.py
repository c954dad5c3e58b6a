"""What the program leaves when it is asked about an event: every byte of it, by the way that it went."""

import json
import pathlib
import shutil
import subprocess
import time

from . import production

CONFIGURATION = "language: python\npython:\n  interpreter: {python}\n  paths: [.]\n  tests: tests\n{more}"


class Asked:
    """One event, asked about in three ways, each in a repository, home and temporary folder of its own that nothing else writes to."""

    def __init__(self, nevermore, event, source, folder, python, timeout, more=""):
        self.nevermore, self.event, self.source, self.folder, self.timeout = nevermore, event, source, folder, timeout
        self.configuration = folder / "nevermore.yaml"
        self.configuration.write_text(CONFIGURATION.format(python=python, more=more))
        self.left = {}  # way: bytes
        self.seconds = 0.0

    def shipped(self):
        repo = self.asked("ship", "fix", "--body", self.folder / "body.md")
        body = self.folder / "body.md"
        self.left["body"] = body.read_bytes() if body.is_file() else b""
        self.left["commits"] = objects(repo)
        return self

    def answered(self):
        """What `--json` says, or None where it said nothing readable."""
        self.asked("json", "fix", "--no-ship", "--json")
        try:
            return json.loads(self.left["json stdout"])
        except ValueError:
            return None

    def reproduced(self):
        self.asked("reproduce", "reproduce")
        return self

    def asked(self, way, command, *options):
        place = self.folder / way
        shutil.rmtree(place, ignore_errors=True)
        home, temporary = place / "home", place / "tmp"
        for folder in (home, temporary):
            folder.mkdir(parents=True)
        repo = production.repository(self.source, place / "repo")
        before = files(repo)
        started = time.monotonic()
        try:
            done = production.run(
                [self.nevermore, command, self.event, "--repo", repo, "--config", self.configuration, *options],
                place,
                allowed=None,
                timeout=self.timeout,
                environment=production.clean(HOME=str(home), TMPDIR=str(temporary), XDG_CACHE_HOME=str(home / ".cache")),
            )
            out, talk, self.status = done.stdout, done.stderr, done.returncode
        except subprocess.TimeoutExpired as late:
            out, talk, self.status = late.stdout or b"", late.stderr or b"", 124
        self.seconds = time.monotonic() - started
        self.left[f"{way} stdout"], self.left[f"{way} stderr"] = out, talk
        self.left[f"{way} files"] = b"\n\n".join(
            [
                *(content for path, content in files(repo).items() if before.get(path) != content),
                *files(home).values(),
                *files(temporary).values(),
            ]
        )
        return repo


def files(folder):
    """Names and contents of all files: a name can betray as much."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        name = str(path.relative_to(folder))
        found[name] = name.encode() + b"\n" + path.read_bytes()
    return found


def objects(repo):
    """All that git holds, whether a branch reaches it or not, and the names that lead to it."""
    content = production.run(["git", "cat-file", "--batch-all-objects", "--batch"], repo).stdout
    names = production.run(["git", "for-each-ref"], repo).stdout
    trees = production.run(["git", "rev-list", "--objects", "--all"], repo).stdout
    return content + b"\n" + names + trees
