"""Gitea's interface, below `/api/v1`, and Forgejo's, which differs in a few words."""

from __future__ import annotations

import re
import zlib

from .calls import Answer
from .records import Refusal, now

DRAFT = re.compile(r"(?i)^(wip:|\[wip\])\s*")


class Gitea:
    interface = "/api/v1"
    page = "/{owner}/{repo}/pulls/{number}"
    merge_word = "do"

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

    def repository_shape(self, repository, fork=False):
        return {
            "id": repository.id + (500_000 if fork else 0),
            "name": repository.name,
            "full_name": repository.full_name,
            "owner": self.user(repository.owner),
            "html_url": f"{self.address}/{repository.full_name}",
            "default_branch": repository.bare.default_branch(),
            "private": False,
            "fork": fork,
        }

    def user(self, login):
        return {
            "id": zlib.crc32(login.encode()) % 1_000_000,
            "login": login,
            "full_name": "",
            "html_url": f"{self.address}/{login}",
        }

    def shape(self, repository, pull):
        page = f"{self.address}/{repository.full_name}/pulls/{pull.number}"
        added, deleted, files = repository.bare.counts(pull.base_commit, pull.head)
        merged = pull.state == "merged"
        shape = {
            "id": pull.id,
            "url": page,
            "number": pull.number,
            "user": self.user(pull.author),
            "title": f"WIP: {pull.title}" if pull.draft else pull.title,
            "body": pull.body,
            "labels": [self.label_shape(repository, name) for name in pull.labels],
            "state": "open" if pull.state == "open" else "closed",
            "draft": pull.draft,
            "is_locked": False,
            "comments": len(pull.comments),
            "additions": added,
            "deletions": deleted,
            "changed_files": files,
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "mergeable": True,
            "merged": merged,
            "head": self.side(repository, pull.branch, pull.head, pull.fork),
            "base": self.side(repository, pull.base, pull.base_commit, False),
            "created_at": pull.created,
            "updated_at": pull.updated,
        }
        if merged:
            shape.update(merged_at=pull.ended, merge_commit_sha=pull.merge_commit, merged_by=self.user("ada"))
        if pull.ended:
            shape["closed_at"] = pull.ended
        return shape

    def side(self, repository, branch, commit, fork):
        shape = self.repository_shape(repository, fork)
        return {"label": branch, "ref": branch, "sha": commit, "repo_id": shape["id"], "repo": shape}

    def label_shape(self, repository, name):
        known = repository.labels[name]
        return {"id": known["id"], "name": name, "color": known["color"], "description": "", "exclusive": False}

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
        repository.merge(pull)
        return Answer(200)

    def comment_shape(self, repository, pull, comment):
        page = f"{self.address}/{repository.full_name}/pulls/{pull.number}"
        return {
            "id": comment.id,
            "html_url": f"{page}#issuecomment-{comment.id}",
            "pull_request_url": page,
            "issue_url": "",
            "user": self.user(comment.author),
            "body": comment.body,
            "assets": [],
            "created_at": comment.created,
            "updated_at": comment.updated,
        }

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

    def status_shape(self, repository, status):
        url = f"{self.address}{self.interface}/repos/{repository.full_name}/statuses/{status.commit}"
        return {
            "id": status.id,
            "status": status.state,
            "target_url": status.target,
            "description": status.description,
            "url": url,
            "context": status.context,
            "creator": self.user("nevermore"),
            "created_at": status.created,
            "updated_at": status.created,
        }

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

    merge_word = "Do"
