"""Webhooks as the four forges send and sign them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
import uuid

ZERO = "0" * 40


def push_shape(repository, branch, before, after):
    created, deleted = before == ZERO, after == ZERO
    return {
        "ref": f"refs/heads/{branch}",
        "before": before,
        "after": after,
        "created": created,
        "deleted": deleted,
        "forced": False,
        "base_ref": None,
        "compare": "",
        "commits": [],
        "head_commit": None,
        "pusher": {"name": "ada", "email": "ada@example.com"},
    }


class Webhooks:
    """Sends to one address, and keeps what came of it."""

    def __init__(self, kind, dialect, address, secret, violations, description=None):
        self.kind = kind
        self.dialect = dialect
        self.address = address
        self.secret = secret.encode()
        self.violations = violations
        self.description = description
        self.deliveries = []

    def pull_request(self, repository, pull, action):
        """`action` is closed, merged or reopened."""
        if self.kind == "gitlab":
            self.send("Merge Request Hook", self.gitlab_payload(repository, pull, action))
            return
        happened = "closed" if action == "merged" else action
        if self.kind == "github":
            payload = self.github_payload(repository, {
                "action": happened,
                "number": pull.number,
                "pull_request": self.dialect.shapes.pull(repository, pull),
            })
        else:
            payload = {
                "action": happened,
                "number": pull.number,
                "pull_request": self.dialect.shape(repository, pull),
                "repository": self.dialect.repository_shape(repository),
                "sender": self.dialect.user("ada"),
            }
        self.send("pull_request", payload, f"pull-request-{happened}")

    def push(self, repository, branch, before, after):
        payload = push_shape(repository, branch, before or ZERO, after or ZERO)
        if self.kind == "gitlab":
            payload = {key: payload[key] for key in ("ref", "before", "after", "commits")}
            payload.update(object_kind="push", event_name="push", project=self.project(repository))
            self.send("Push Hook", payload)
        elif self.kind == "github":
            self.send("push", self.github_payload(repository, payload), "push")
        else:
            payload.update(repository=self.dialect.repository_shape(repository), sender=self.dialect.user("ada"))
            self.send("push", payload)

    def github_payload(self, repository, payload):
        shapes = self.dialect.shapes
        return {**payload, "repository": shapes.repository(repository), "sender": shapes.user("ada")}

    @staticmethod
    def project(repository):
        return {"id": repository.id, "name": repository.name, "path_with_namespace": repository.full_name}

    def gitlab_payload(self, repository, pull, action):
        return {
            "object_kind": "merge_request",
            "event_type": "merge_request",
            "user": self.dialect.user("ada"),
            "project": self.project(repository),
            "object_attributes": {
                "id": pull.id,
                "iid": pull.number,
                "title": pull.title,
                "description": pull.body,
                "state": "opened" if pull.state == "open" else pull.state,
                "source_branch": pull.branch,
                "target_branch": pull.base,
                "merge_commit_sha": pull.merge_commit or None,
                "last_commit": {"id": pull.head},
                "action": {"closed": "close", "merged": "merge", "reopened": "reopen"}[action],
            },
        }

    def headers(self, event, body):
        code = hmac.new(self.secret, body, hashlib.sha256).hexdigest()
        identifier = str(uuid.uuid4())
        headers = {"Content-Type": "application/json", "User-Agent": "local-forge"}
        if self.kind == "gitlab":
            moment = str(int(time.time()))
            message = f"{identifier}.{moment}.".encode() + body
            standard = base64.b64encode(hmac.new(self.secret, message, hashlib.sha256).digest()).decode()
            return {
                **headers,
                "X-Gitlab-Event": event,
                "X-Gitlab-Token": self.secret.decode(),
                "webhook-id": identifier,
                "webhook-timestamp": moment,
                "webhook-signature": f"v1,{standard}",
            }
        headers.update({"X-GitHub-Event": event, "X-Hub-Signature-256": f"sha256={code}"})
        if self.kind == "github":
            return {**headers, "X-GitHub-Delivery": identifier}
        names = ["Gitea", "Forgejo"] if self.kind == "forgejo" else ["Gitea"]
        for name in names:
            headers.update({f"X-{name}-Event": event, f"X-{name}-Signature": code, f"X-{name}-Delivery": identifier})
        return headers

    def send(self, event, payload, described_as=None):
        if self.description is not None and described_as:
            self.violations += self.description.violations_of_webhook(described_as, payload)
        if not self.address:
            return
        body = json.dumps(payload).encode()
        request = urllib.request.Request(self.address, body, self.headers(event, body), method="POST")
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=10) as response:
                status = response.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError as error:
            status = str(error)
        self.deliveries.append({"event": event, "status": status})
