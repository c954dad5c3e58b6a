"""The members of Gitea's and Forgejo's answers."""

from __future__ import annotations

import zlib


class GiteaShapes:
    address = ""  # of the forge

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
