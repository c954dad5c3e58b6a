"""GitLab's interface, below `/api/v4`: merge requests, notes, statuses of commits."""

from __future__ import annotations

import re

from .calls import Answer
from .gitlab_shapes import GitLabShapes
from .records import now

DRAFT = re.compile(r"(?i)^\s*(draft:|\[draft\]|\(draft\))\s*")


class GitLab(GitLabShapes):
    interface = "/api/v4"
    page = "/{owner}/{repo}/-/merge_requests/{number}"

    def __init__(self, repositories, address):
        self.repositories = repositories
        self.address = address
        top = "/projects/{id}"
        one = f"{top}/merge_requests/{{iid}}"
        self.routes = [
            ("GET", top, self.project),
            ("GET", f"{top}/merge_requests", self.list),
            ("POST", f"{top}/merge_requests", self.open),
            ("GET", one, self.read),
            ("PUT", one, self.edit),
            ("PUT", f"{one}/merge", self.merge),
            ("GET", f"{one}/notes", self.notes),
            ("POST", f"{one}/notes", self.note),
            ("PUT", f"{one}/notes/{{note_id}}", self.edit_note),
            ("GET", f"{top}/repository/commits/{{sha}}/statuses", self.statuses),
            ("POST", f"{top}/statuses/{{sha}}", self.set_status),
        ]

    @staticmethod
    def token(headers):
        kind, _, token = headers.get("Authorization", "").partition(" ")
        return headers.get("PRIVATE-TOKEN") or (token if kind.lower() == "bearer" else None)

    def unauthorised(self):
        return Answer(401, {"message": "401 Unauthorized"})

    def no_route(self):
        return Answer(404, {"error": "404 Not Found"})

    def refused(self, refusal, call):
        exists = f"Another open merge request already exists for this source branch: !{refusal.about}"
        answers = {
            "exists": (409, {"message": [exists]}),
            "no-branch": (400, {"message": {"source_branch": ["does not exist"]}}),
            "no-base": (400, {"message": {"target_branch": ["does not exist"]}}),
            "unmergeable": (405, {"message": "405 Method Not Allowed"}),
            "conflict": (422, {"message": "Branch cannot be merged"}),
            "no-commit": (404, {"message": "404 Commit Not Found"}),
        }
        status, body = answers.get(refusal.kind, (404, {"message": "404 Not found"}))
        return Answer(status, body)

    def limited(self, kind, headers):
        return Answer(429, None, headers, raw=b"Retry later\n")

    def of(self, call):
        owner, _, name = call.parameters["id"].rpartition("/")
        return self.repositories.find(owner, name)

    def request(self, call):
        repository = self.of(call)
        return repository, repository.pull(call.parameters["iid"])

    def project(self, call):
        repository = self.of(call)
        page = f"{self.address}/{repository.full_name}"
        return Answer(
            200,
            {
                "id": repository.id,
                "name": repository.name,
                "path": repository.name,
                "path_with_namespace": repository.full_name,
                "default_branch": repository.bare.default_branch(),
                "web_url": page,
                "http_url_to_repo": f"{page}.git",
            },
        )

    def list(self, call):
        repository = self.of(call)
        wanted = {"opened": ("open",), "closed": ("closed",), "merged": ("merged",)}
        states = wanted.get(call.query.get("state"), ("open", "closed", "merged"))
        pulls = repository.matching(
            call.query.get("source_branch"), call.query.get("target_branch"), states
        )
        if call.query.get("sort") == "asc":
            pulls.reverse()
        pulls, headers = call.page(pulls, default=20)
        return Answer(200, [self.shape(repository, pull) for pull in pulls], headers)

    def open(self, call):
        repository = self.of(call)
        title = call.text("title")
        pull = repository.open(
            DRAFT.sub("", title),
            call.text("description"),
            call.text("source_branch"),
            call.text("target_branch"),
            call.author,
            bool(DRAFT.match(title)),
        )
        repository.add_labels(pull, call.text("labels", []))
        return Answer(201, self.shape(repository, pull))

    def read(self, call):
        return Answer(200, self.shape(*self.request(call)))

    def edit(self, call):
        repository, pull = self.request(call)
        if "title" in call.body:
            pull.title = DRAFT.sub("", call.body["title"])
            pull.draft = bool(DRAFT.match(call.body["title"]))
        pull.body = call.text("description", pull.body)
        repository.add_labels(pull, call.text("add_labels", []))
        pull.updated = now()
        if call.text("state_event") == "close":
            repository.end(pull, "closed")
        return Answer(200, self.shape(repository, pull))

    def merge(self, call):
        repository, pull = self.request(call)
        repository.merge(pull)
        return Answer(200, self.shape(repository, pull))

    def notes(self, call):
        repository, pull = self.request(call)
        comments = pull.comments if call.query.get("sort") == "asc" else pull.comments[::-1]
        comments, headers = call.page(comments, default=20)
        return Answer(200, [self.note_shape(repository, pull, comment) for comment in comments], headers)

    def note(self, call):
        repository, pull = self.request(call)
        comment = repository.comment(pull, call.author, call.text("body"))
        return Answer(201, self.note_shape(repository, pull, comment))

    def edit_note(self, call):
        repository, pull = self.request(call)
        _, comment = repository.find_comment(call.parameters["note_id"])
        if comment.author != call.author:
            return Answer(403, {"message": "403 Forbidden"})
        comment.body, comment.updated = call.text("body"), now()
        return Answer(200, self.note_shape(repository, pull, comment))

    def statuses(self, call):
        repository = self.of(call)
        found = repository.statuses_of(call.parameters["sha"])
        name = call.query.get("name")
        found, headers = call.page([one for one in found if name in (None, one.context)], default=20)
        return Answer(200, [self.status_shape(status) for status in found], headers)

    def set_status(self, call):
        """A pending status cannot become pending: the machine behind it has no such transition."""
        repository = self.of(call)
        name = call.text("name") or call.text("context", "default")
        newest = [one for one in repository.statuses_of(call.parameters["sha"]) if one.context == name]
        event = {"pending": "enqueue", "running": "run"}.get(call.text("state"))
        if newest and event and newest[0].state == call.text("state"):
            about = f"Cannot transition status via :{event} from :{newest[0].state}"
            reason = f'Status cannot transition via "{event}"'
            return Answer(400, {"message": f"{about} (Reason(s): {reason})"})
        status = repository.set_status(
            call.parameters["sha"],
            name,
            call.text("state"),
            call.text("description"),
            call.text("target_url"),
            call.text("ref"),
        )
        return Answer(201, self.status_shape(status))
