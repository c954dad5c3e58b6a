"""Pull requests and what hangs on them, as every forge knows them."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import pathlib
import threading

from .bare import Bare, GitRefused


class Refusal(Exception):
    """What a forge will not do: a word that each forge says in its own way, and what it is about."""

    def __init__(self, kind, about=""):
        super().__init__(f"{kind}: {about}")
        self.kind = kind
        self.about = about


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclasses.dataclass
class Comment:
    id: int
    author: str
    body: str
    created: str = dataclasses.field(default_factory=now)
    updated: str = dataclasses.field(default_factory=now)


@dataclasses.dataclass
class Status:
    id: int
    commit: str
    context: str
    state: str
    description: str
    target: str
    branch: str = ""
    created: str = dataclasses.field(default_factory=now)


@dataclasses.dataclass
class Pull:
    id: int
    number: int
    title: str
    body: str
    branch: str
    base: str
    author: str
    head: str
    base_commit: str
    draft: bool = False
    fork: bool = False
    state: str = "open"  # open, closed, merged
    merge_commit: str = ""
    labels: list = dataclasses.field(default_factory=list)
    comments: list = dataclasses.field(default_factory=list)
    created: str = dataclasses.field(default_factory=now)
    updated: str = dataclasses.field(default_factory=now)
    ended: str = ""


class Repository:
    """One repository. Whoever asks for its pull requests sees branches as git has them at that moment."""

    ids = itertools.count(1000)

    def __init__(self, owner, name, path):
        self.owner = owner
        self.name = name
        self.bare = Bare(path)
        self.id = next(self.ids)
        self.pulls = []
        self.labels = {}
        self.statuses = []
        self.numbers = itertools.count(1)

    @property
    def full_name(self):
        return f"{self.owner}/{self.name}"

    def pull(self, number):
        for pull in self.pulls:
            if pull.number == int(number):
                return self.refreshed(pull)
        raise Refusal("missing", f"pull request {number}")

    def refreshed(self, pull):
        if pull.state == "open" and not pull.fork:
            pull.head = self.bare.branch(pull.branch) or pull.head
        return pull

    def matching(self, branch=None, base=None, states=("open", "closed", "merged")):
        """Newest first."""
        return [
            self.refreshed(pull)
            for pull in reversed(self.pulls)
            if pull.state in states and branch in (None, pull.branch) and base in (None, pull.base)
        ]

    def open(self, title, body, branch, base, author, draft=False, fork=False):
        head, onto = self.bare.branch(branch), self.bare.branch(base)
        if head is None:
            raise Refusal("no-branch", branch)
        if onto is None:
            raise Refusal("no-base", base)
        for pull in self.matching(branch, base, ("open",)):
            if pull.fork == fork:
                raise Refusal("exists", str(pull.number))
        if not self.bare.commits(onto, head):
            raise Refusal("no-commits", f"{base} and {branch}")
        number = next(self.numbers)
        pull = Pull(
            next(self.ids), number, title, body, branch, base, author, head, onto, draft, fork
        )
        self.pulls.append(pull)
        return pull

    def merge(self, pull):
        if pull.state != "open" or pull.draft:
            raise Refusal("unmergeable", "draft" if pull.draft else pull.state)
        subject = f"Merge pull request #{pull.number} from {self.owner}/{pull.branch}"
        try:
            pull.merge_commit = self.bare.merge(pull.base, pull.head, f"{subject}\n\n{pull.title}")
        except GitRefused:
            raise Refusal("conflict") from None
        self.end(pull, "merged")

    def end(self, pull, state):
        pull.state = state
        pull.ended = pull.updated = now()

    def reopen(self, pull):
        if pull.state != "closed":
            raise Refusal("unmergeable", pull.state)
        pull.state, pull.ended, pull.updated = "open", "", now()

    def label(self, name, color="#ededed"):
        """The identifier of a label, which is made where there is none."""
        if name not in self.labels:
            self.labels[name] = {"id": next(self.ids), "color": color.lstrip("#")}
        return self.labels[name]["id"]

    def add_labels(self, pull, names):
        for name in names:
            self.label(name)
            if name not in pull.labels:
                pull.labels.append(name)

    def comment(self, pull, author, body):
        pull.comments.append(Comment(next(self.ids), author, body))
        return pull.comments[-1]

    def find_comment(self, identifier):
        for pull in self.pulls:
            for comment in pull.comments:
                if comment.id == int(identifier):
                    return pull, comment
        raise Refusal("missing", f"comment {identifier}")

    def set_status(self, commit, context, state, description, target, branch=""):
        if self.bare.commit(commit) is None:
            raise Refusal("no-commit", commit)
        status = Status(next(self.ids), commit, context, state, description, target, branch)
        self.statuses.append(status)
        return status

    def statuses_of(self, commit):
        """Newest first."""
        found = self.bare.commit(commit)
        return [status for status in reversed(self.statuses) if status.commit == found]


class Repositories:
    """Every `OWNER/NAME.git` below a folder, found when it is first asked for."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.known = {}
        self.lock = threading.RLock()

    def all(self):
        for path in sorted(self.folder.glob("[!.]*/[!.]*.git")):
            self.find(path.parent.name, path.name[: -len(".git")])
        return sorted(self.known.values(), key=lambda repository: repository.full_name)

    def find(self, owner, name):
        key = (owner, name)
        if key not in self.known:
            path = self.folder / owner / f"{name}.git"
            plain = all(part and "/" not in part and part != ".." for part in key)
            if not plain or not (path / "HEAD").is_file():
                raise Refusal("missing", f"{owner}/{name}")
            self.known[key] = Repository(owner, name, path)
        return self.known[key]
