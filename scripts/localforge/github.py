"""GitHub's interface, as GitHub Enterprise has it below `/api/v3`."""

from __future__ import annotations

from .calls import Answer
from .github_shapes import Shapes
from .records import Refusal, now

DOCUMENTATION = "https://docs.github.com/rest"


class GitHub:
    interface = "/api/v3"
    page = "/{owner}/{repo}/pull/{number}"

    def __init__(self, repositories, address):
        self.repositories = repositories
        self.shapes = Shapes(address, address + self.interface)
        top = "/repos/{owner}/{repo}"
        self.routes = [
            ("GET", top, self.repository),
            ("GET", f"{top}/pulls", self.list),
            ("POST", f"{top}/pulls", self.open),
            ("GET", f"{top}/pulls/{{pull_number}}", self.read),
            ("PATCH", f"{top}/pulls/{{pull_number}}", self.edit),
            ("PUT", f"{top}/pulls/{{pull_number}}/merge", self.merge),
            ("GET", f"{top}/issues/{{issue_number}}/comments", self.comments),
            ("POST", f"{top}/issues/{{issue_number}}/comments", self.comment),
            ("PATCH", f"{top}/issues/comments/{{comment_id}}", self.edit_comment),
            ("POST", f"{top}/issues/{{issue_number}}/labels", self.label),
            ("GET", f"{top}/commits/{{ref}}/status", self.status),
            ("POST", f"{top}/statuses/{{sha}}", self.set_status),
        ]

    @staticmethod
    def token(headers):
        kind, _, token = headers.get("Authorization", "").partition(" ")
        return token if kind.lower() in ("bearer", "token") else None

    def unauthorised(self):
        return Answer(401, {"message": "Bad credentials", "documentation_url": DOCUMENTATION})

    def no_route(self):
        return Answer(404, {"message": "Not Found", "documentation_url": DOCUMENTATION})

    def refused(self, refusal, call):
        repository = self.of(call) if refusal.kind != "missing" else None
        messages = {
            "exists": lambda: self.invalid(
                "custom", None, f"A pull request already exists for {repository.owner}:{call.text('head')}."
            ),
            "no-branch": lambda: self.invalid("invalid", "head"),
            "no-base": lambda: self.invalid("invalid", "base"),
            "no-commits": lambda: self.invalid(
                "custom", None, f"No commits between {refusal.about}"
            ),
            "no-commit": lambda: Answer(
                422,
                {"message": f"No commit found for SHA: {refusal.about}", "documentation_url": DOCUMENTATION},
            ),
            "unmergeable": lambda: self.plain(405, "Pull Request is not mergeable"),
            "conflict": lambda: self.plain(405, "Pull Request has merge conflicts"),
        }
        return messages.get(refusal.kind, self.no_route)()

    @staticmethod
    def plain(status, message):
        return Answer(status, {"message": message, "documentation_url": DOCUMENTATION})

    @staticmethod
    def invalid(code, field, message=None):
        error = {"resource": "PullRequest", "code": code}
        error.update({"field": field} if field else {}, **({"message": message} if message else {}))
        body = {"message": "Validation Failed", "errors": [error], "documentation_url": DOCUMENTATION}
        return Answer(422, body)

    def limited(self, kind, headers):
        about = "API rate limit exceeded" if kind == "primary" else "You have exceeded a secondary rate limit"
        return Answer(403, {"message": f"{about}.", "documentation_url": DOCUMENTATION}, headers)

    def of(self, call):
        return self.repositories.find(call.parameters["owner"], call.parameters["repo"])

    def repository(self, call):
        more = {"has_discussions": False, "network_count": 0, "subscribers_count": 0}
        return Answer(200, {**self.shapes.repository(self.of(call)), **more})

    def list(self, call):
        repository = self.of(call)
        owner, _, branch = call.query.get("head", "").partition(":")
        wanted = {"open": ("open",), "closed": ("closed", "merged")}
        states = wanted.get(call.query.get("state", "open"), ("open", "closed", "merged"))
        pulls = repository.matching(branch or None, call.query.get("base"), states)
        # As the real one: a `head` without an owner filters nothing, another owner's branches are forks.
        if branch:
            pulls = [pull for pull in pulls if pull.fork == (owner != repository.owner)]
        pulls, headers = call.page(pulls)
        return Answer(200, [self.shapes.pull(repository, pull, full=False) for pull in pulls], headers)

    def open(self, call):
        repository = self.of(call)
        pull = repository.open(
            call.text("title"),
            call.text("body"),
            call.text("head").rpartition(":")[2],
            call.text("base"),
            call.author,
            call.text("draft", False),
        )
        return Answer(201, self.shapes.pull(repository, pull))

    def read(self, call):
        repository = self.of(call)
        return Answer(200, self.shapes.pull(repository, repository.pull(call.parameters["pull_number"])))

    def edit(self, call):
        repository = self.of(call)
        pull = repository.pull(call.parameters["pull_number"])
        pull.title, pull.body = call.text("title", pull.title), call.text("body", pull.body)
        pull.updated = now()
        if call.text("state") == "closed":
            repository.end(pull, "closed")
        return Answer(200, self.shapes.pull(repository, pull))

    def merge(self, call):
        repository = self.of(call)
        pull = repository.pull(call.parameters["pull_number"])
        repository.merge(pull)
        body = {"sha": pull.merge_commit, "merged": True, "message": "Pull Request successfully merged"}
        return Answer(200, body)

    def comments(self, call):
        repository = self.of(call)
        pull = repository.pull(call.parameters["issue_number"])
        comments, headers = call.page(pull.comments)
        return Answer(200, [self.shapes.comment(repository, pull, comment) for comment in comments], headers)

    def comment(self, call):
        repository = self.of(call)
        pull = repository.pull(call.parameters["issue_number"])
        comment = repository.comment(pull, call.author, call.text("body"))
        return Answer(201, self.shapes.comment(repository, pull, comment))

    def edit_comment(self, call):
        repository = self.of(call)
        pull, comment = repository.find_comment(call.parameters["comment_id"])
        if comment.author != call.author:
            return self.plain(403, "Must have admin rights to Repository.")
        comment.body, comment.updated = call.text("body"), now()
        return Answer(200, self.shapes.comment(repository, pull, comment))

    def label(self, call):
        repository = self.of(call)
        pull = repository.pull(call.parameters["issue_number"])
        repository.add_labels(pull, call.body if isinstance(call.body, list) else call.text("labels", []))
        return Answer(200, [self.shapes.label(repository, name) for name in pull.labels])

    def status(self, call):
        """Of each context only the newest."""
        repository = self.of(call)
        commit = repository.bare.commit(call.parameters["ref"])
        if commit is None:
            raise Refusal("no-commit", call.parameters["ref"])
        newest = {}
        for status in repository.statuses_of(commit):
            newest.setdefault(status.context, status)
        states = {status.state for status in newest.values()}
        state = "failure" if states & {"failure", "error"} else "success" if states == {"success"} else "pending"
        url = f"{self.shapes.interface}/repos/{repository.full_name}/commits/{commit}"
        return Answer(
            200,
            {
                "state": state,
                "statuses": [self.shapes.status(repository, status) for status in newest.values()],
                "sha": commit,
                "total_count": len(newest),
                "repository": self.shapes.repository(repository),
                "commit_url": url,
                "url": f"{url}/status",
            },
        )

    def set_status(self, call):
        repository = self.of(call)
        status = repository.set_status(
            call.parameters["sha"],
            call.text("context", "default"),
            call.text("state"),
            call.text("description"),
            call.text("target_url"),
        )
        return Answer(201, self.shapes.status(repository, status))
