"""Gitea's interface, below `/api/v1`, and Forgejo's, which differs in a few words."""

from __future__ import annotations

import re

from .calls import Answer
from .gitea_shapes import GiteaShapes
from .records import Refusal, now

DRAFT = re.compile(r"(?i)^(wip:|\[wip\])\s*")


class Gitea(GiteaShapes):
    interface = "/api/v1"
    page = "/{owner}/{repo}/pulls/{number}"
    merge_words = ("do", "Do")

    def __init__(self, repositories, address):
        self.repositories = repositories
        self.address = address
        top = "/repos/{owner}/{repo}"
        self.routes = [
            ("GET", top, self.repository),
            ("GET", f"{top}/pulls", self.list),
            ("POST", f"{top}/pulls", self.open),
            ("GET", f"{top}/pulls/{{index}}", self.read),
            ("PATCH", f"{top}/pulls/{{index}}", self.edit),
            ("GET", f"{top}/pulls/{{index}}/merge", self.is_merged),
            ("POST", f"{top}/pulls/{{index}}/merge", self.merge),
            ("GET", f"{top}/pulls/{{base}}/{{head}}", self.look_up),
            ("GET", f"{top}/issues/{{index}}/comments", self.comments),
            ("POST", f"{top}/issues/{{index}}/comments", self.comment),
            ("PATCH", f"{top}/issues/comments/{{id}}", self.edit_comment),
            ("GET", f"{top}/issues/{{index}}/labels", self.labels_of),
            ("POST", f"{top}/issues/{{index}}/labels", self.add_labels),
            ("GET", f"{top}/labels", self.labels),
            ("POST", f"{top}/labels", self.make_label),
            ("GET", f"{top}/commits/{{sha}}/statuses", self.statuses),
            ("GET", f"{top}/statuses/{{sha}}", self.statuses),
            ("POST", f"{top}/statuses/{{sha}}", self.set_status),
        ]

    @staticmethod
    def token(headers):
        kind, _, token = headers.get("Authorization", "").partition(" ")
        return token if kind.lower() in ("bearer", "token") else None

    def error(self, status, message):
        return Answer(status, {"message": message, "url": f"{self.address}/api/swagger"})

    def unauthorised(self):
        return self.error(401, "token is required")

    def no_route(self):
        return self.error(404, "The target couldn't be found.")

    def refused(self, refusal, call):
        about = refusal.about
        exists = (
            f"pull request already exists for these targets [id: {about}, issue_id: {about}, "
            f"head_repo_id: 1, base_repo_id: 1, head_branch: {call.text('head')}, "
            f"base_branch: {call.text('base')}]"
        )
        answers = {
            "exists": (409, exists),
            "no-commits": (422, "there are no commits between the two branches"),
            "unmergeable": (405, "Please try again later"),
            "conflict": (409, "Merge conflict"),
        }
        return self.error(*answers.get(refusal.kind, (404, "The target couldn't be found.")))

    def limited(self, kind, headers):
        """It has no limits of its own; a proxy before it may."""
        return Answer(429, None, headers, raw=b"Too Many Requests\n")

    def of(self, call):
        return self.repositories.find(call.parameters["owner"], call.parameters["repo"])

    def request(self, call):
        repository = self.of(call)
        if not call.parameters["index"].isdigit():
            raise Refusal("missing")
        return repository, repository.pull(call.parameters["index"])

    def repository(self, call):
        return Answer(200, self.repository_shape(self.of(call)))

    def list(self, call):
        repository = self.of(call)
        wanted = {"closed": ("closed", "merged"), "all": ("open", "closed", "merged")}
        base = call.query.get("base_branch") or call.query.get("base")
        pulls = repository.matching(call.query.get("head"), base, wanted.get(call.query.get("state"), ("open",)))
        pulls, headers = call.page(pulls, "limit", largest=50)
        return Answer(200, [self.shape(repository, pull) for pull in pulls], headers)

    def look_up(self, call):
        """Any one of the branch, the oldest: this is what the real ones' tables give."""
        repository = self.of(call)
        found = repository.matching(call.parameters["head"], call.parameters["base"])
        found = [pull for pull in found if not pull.fork]
        if not found:
            raise Refusal("missing")
        return Answer(200, self.shape(repository, found[-1]))

    def open(self, call):
        repository = self.of(call)
        title = call.text("title")
        pull = repository.open(
            DRAFT.sub("", title),
            call.text("body"),
            call.text("head"),
            call.text("base"),
            call.author,
            bool(DRAFT.match(title)),
        )
        return Answer(201, self.shape(repository, pull))

    def read(self, call):
        return Answer(200, self.shape(*self.request(call)))

    def edit(self, call):
        repository, pull = self.request(call)
        if "title" in call.body:
            pull.title = DRAFT.sub("", call.body["title"])
            pull.draft = bool(DRAFT.match(call.body["title"]))
        pull.body = call.text("body", pull.body)
        pull.updated = now()
        if call.text("state") == "closed":
            repository.end(pull, "closed")
        return Answer(201, self.shape(repository, pull))

    def is_merged(self, call):
        return Answer(204 if self.request(call)[1].state == "merged" else 404)

    def merge(self, call):
        repository, pull = self.request(call)
        if not any(word in (call.body or {}) for word in self.merge_words):
            return self.error(422, f"[{self.merge_words[-1]}]: Required")
        repository.merge(pull)
        return Answer(200)

    def comments(self, call):
        repository, pull = self.request(call)
        return Answer(200, [self.comment_shape(repository, pull, comment) for comment in pull.comments])

    def comment(self, call):
        repository, pull = self.request(call)
        comment = repository.comment(pull, call.author, call.text("body"))
        return Answer(201, self.comment_shape(repository, pull, comment))

    def edit_comment(self, call):
        repository = self.of(call)
        pull, comment = repository.find_comment(call.parameters["id"])
        if comment.author != call.author:
            return self.error(403, "user should have permission to edit the comment")
        comment.body, comment.updated = call.text("body"), now()
        return Answer(200, self.comment_shape(repository, pull, comment))

    def labels(self, call):
        repository = self.of(call)
        names, headers = call.page(sorted(repository.labels), "limit", largest=50)
        return Answer(200, [self.label_shape(repository, name) for name in names], headers)

    def make_label(self, call):
        repository = self.of(call)
        repository.label(call.text("name"), call.text("color"))
        return Answer(201, self.label_shape(repository, call.text("name")))

    def labels_of(self, call):
        repository, pull = self.request(call)
        return Answer(200, [self.label_shape(repository, name) for name in pull.labels])

    def add_labels(self, call):
        repository, pull = self.request(call)
        names = {known["id"]: name for name, known in repository.labels.items()}
        wanted = call.text("labels", [])
        if not all(identifier in names for identifier in wanted):
            raise Refusal("missing")
        repository.add_labels(pull, [names[identifier] for identifier in wanted])
        return self.labels_of(call)

    def statuses(self, call):
        repository = self.of(call)
        found, headers = call.page(repository.statuses_of(call.parameters["sha"]), "limit", largest=50)
        return Answer(200, [self.status_shape(repository, status) for status in found], headers)

    def set_status(self, call):
        repository = self.of(call)
        status = repository.set_status(
            call.parameters["sha"],
            call.text("context", "default"),
            call.text("state"),
            call.text("description"),
            call.text("target_url"),
        )
        return Answer(201, self.status_shape(repository, status))


class Forgejo(Gitea):
    """The word by which a merge is asked for is spelt otherwise."""

    merge_words = ("Do",)
