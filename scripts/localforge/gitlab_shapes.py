"""The members of GitLab's answers."""

from __future__ import annotations

import zlib


class GitLabShapes:
    address = ""  # of the forge

    def user(self, login):
        return {
            "id": zlib.crc32(login.encode()) % 1_000_000,
            "username": login,
            "name": login.capitalize(),
            "state": "active",
            "locked": False,
            "avatar_url": None,
            "web_url": f"{self.address}/{login}",
        }

    def shape(self, repository, pull):
        project = repository.id
        ended_by = self.user("ada") if pull.ended else None
        merged, closed = pull.state == "merged", pull.state == "closed"
        return {
            "id": pull.id,
            "iid": pull.number,
            "project_id": project,
            "title": f"Draft: {pull.title}" if pull.draft else pull.title,
            "description": pull.body,
            "state": "opened" if pull.state == "open" else pull.state,
            "created_at": pull.created,
            "updated_at": pull.updated,
            "merged_by": ended_by if merged else None,
            "merge_user": ended_by if merged else None,
            "merged_at": pull.ended if merged else None,
            "closed_by": ended_by if closed else None,
            "closed_at": pull.ended if closed else None,
            "target_branch": pull.base,
            "source_branch": pull.branch,
            "user_notes_count": len(pull.comments),
            "author": self.user(pull.author),
            "assignees": [],
            "assignee": None,
            "reviewers": [],
            "source_project_id": project + 500_000 if pull.fork else project,
            "target_project_id": project,
            "labels": list(pull.labels),
            "draft": pull.draft,
            "work_in_progress": pull.draft,
            "sha": pull.head,
            "merge_commit_sha": pull.merge_commit or None,
            "squash_commit_sha": None,
            "web_url": self.address + f"/{repository.full_name}/-/merge_requests/{pull.number}",
            "squash": False,
            "has_conflicts": False,
        }

    def note_shape(self, repository, pull, comment):
        return {
            "id": comment.id,
            "type": None,
            "body": comment.body,
            "author": self.user(comment.author),
            "created_at": comment.created,
            "updated_at": comment.updated,
            "system": False,
            "noteable_id": pull.id,
            "noteable_type": "MergeRequest",
            "project_id": repository.id,
            "noteable_iid": pull.number,
            "resolvable": False,
            "confidential": False,
            "internal": False,
        }

    def status_shape(self, status):
        return {
            "id": status.id,
            "sha": status.commit,
            "ref": status.branch,
            "status": status.state,
            "name": status.context,
            "target_url": status.target or None,
            "description": status.description,
            "created_at": status.created,
            "started_at": None,
            "finished_at": None,
            "allow_failure": False,
            "coverage": None,
            "author": self.user("nevermore"),
        }
