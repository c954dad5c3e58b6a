"""The members of GitHub's answers, with every one that its description requires."""

from __future__ import annotations

import base64
import zlib

USER_LINKS = (
    "followers following gists starred subscriptions organizations repos events received_events"
).split()
REPOSITORY_LINKS = (
    "archive assignees blobs branches collaborators comments commits compare contents contributors "
    "deployments downloads events forks git_commits git_refs git_tags hooks issue_comment "
    "issue_events issues keys labels languages merges milestones notifications pulls releases "
    "stargazers statuses subscribers subscription tags teams trees"
).split()


class Shapes:
    def __init__(self, address, interface):
        self.address = address
        self.interface = interface

    @staticmethod
    def node(kind, identifier):
        return base64.b64encode(f"{kind}{identifier}".encode()).decode()

    def user(self, login):
        identifier = zlib.crc32(login.encode()) % 1_000_000
        url = f"{self.interface}/users/{login}"
        shape = {
            "login": login,
            "id": identifier,
            "node_id": self.node("User", identifier),
            "avatar_url": f"{self.address}/avatars/{identifier}",
            "gravatar_id": "",
            "url": url,
            "html_url": f"{self.address}/{login}",
            "type": "User",
            "site_admin": False,
        }
        shape.update({f"{link}_url": f"{url}/{link}" for link in USER_LINKS})
        return shape

    def repository(self, repository, fork=False):
        url = f"{self.interface}/repos/{repository.full_name}"
        page = f"{self.address}/{repository.full_name}"
        when = "2026-01-01T00:00:00Z"
        shape = {
            "id": repository.id + (500_000 if fork else 0),
            "node_id": self.node("Repository", repository.id),
            "name": repository.name,
            "full_name": repository.full_name,
            "private": False,
            "owner": self.user(repository.owner),
            "html_url": page,
            "description": None,
            "fork": fork,
            "url": url,
            "homepage": None,
            "language": None,
            "license": None,
            "mirror_url": None,
            "clone_url": f"{page}.git",
            "git_url": f"{page}.git",
            "ssh_url": f"git@127.0.0.1:{repository.full_name}.git",
            "svn_url": page,
            "default_branch": repository.bare.default_branch(),
            "visibility": "public",
            "topics": [],
            "custom_properties": {},
            "created_at": when,
            "updated_at": when,
            "pushed_at": when,
        }
        counts = "forks forks_count open_issues open_issues_count size stargazers_count watchers watchers_count"
        shape.update({name: 0 for name in counts.split()})
        nots = "archived disabled has_downloads has_pages has_projects has_wiki is_template web_commit_signoff_required"
        shape.update({name: False for name in nots.split()}, has_issues=True)
        shape.update({f"{link}_url": f"{url}/{link}" for link in REPOSITORY_LINKS})
        return shape

    def label(self, repository, name):
        known = repository.labels[name]
        return {
            "id": known["id"],
            "node_id": self.node("Label", known["id"]),
            "url": f"{self.interface}/repos/{repository.full_name}/labels/{known['id']}",
            "name": name,
            "color": known["color"],
            "default": False,
            "description": "",
        }

    def pull(self, repository, pull, full=True):
        url = f"{self.interface}/repos/{repository.full_name}/pulls/{pull.number}"
        issue = f"{self.interface}/repos/{repository.full_name}/issues/{pull.number}"
        page = f"{self.address}/{repository.full_name}/pull/{pull.number}"
        statuses = f"{self.interface}/repos/{repository.full_name}/statuses/{pull.head}"
        links = {
            "self": url,
            "html": page,
            "issue": issue,
            "comments": f"{issue}/comments",
            "review_comments": f"{url}/comments",
            "review_comment": f"{url}/comments/{{number}}",
            "commits": f"{url}/commits",
            "statuses": statuses,
        }
        shape = {
            "url": url,
            "id": pull.id,
            "node_id": self.node("PullRequest", pull.id),
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "issue_url": issue,
            "commits_url": links["commits"],
            "review_comments_url": links["review_comments"],
            "review_comment_url": links["review_comment"],
            "comments_url": links["comments"],
            "statuses_url": statuses,
            "number": pull.number,
            "state": "open" if pull.state == "open" else "closed",
            "locked": False,
            "active_lock_reason": None,
            "title": pull.title,
            "user": self.user(pull.author),
            "body": pull.body,
            "labels": [self.label(repository, name) for name in pull.labels],
            "milestone": None,
            "created_at": pull.created,
            "updated_at": pull.updated,
            "closed_at": pull.ended or None,
            "merged_at": pull.ended if pull.state == "merged" else None,
            "merge_commit_sha": pull.merge_commit or None,
            "assignee": None,
            "assignees": [],
            "requested_reviewers": [],
            "requested_teams": [],
            "head": self.side(repository, pull.branch, pull.head, pull.fork),
            "base": self.side(repository, pull.base, pull.base_commit, False),
            "_links": {name: {"href": link} for name, link in links.items()},
            "author_association": "CONTRIBUTOR",
            "auto_merge": None,
            "draft": pull.draft,
        }
        return {**shape, **self.rest_of_pull(repository, pull)} if full else shape

    def rest_of_pull(self, repository, pull):
        """What a list leaves out."""
        added, deleted, files = repository.bare.counts(pull.base_commit, pull.head)
        return {
            "merged": pull.state == "merged",
            "mergeable": None,
            "rebaseable": None,
            "mergeable_state": "unknown",
            "merged_by": self.user("ada") if pull.state == "merged" else None,
            "comments": len(pull.comments),
            "review_comments": 0,
            "maintainer_can_modify": False,
            "commits": len(repository.bare.commits(pull.base_commit, pull.head)),
            "additions": added,
            "deletions": deleted,
            "changed_files": files,
        }

    def side(self, repository, branch, commit, fork):
        return {
            "label": f"{'mallory' if fork else repository.owner}:{branch}",
            "ref": branch,
            "sha": commit,
            "user": self.user(repository.owner),
            "repo": self.repository(repository, fork),
        }

    def comment(self, repository, pull, comment):
        url = f"{self.interface}/repos/{repository.full_name}/issues"
        return {
            "id": comment.id,
            "node_id": self.node("IssueComment", comment.id),
            "url": f"{url}/comments/{comment.id}",
            "html_url": f"{self.address}/{repository.full_name}/pull/{pull.number}#{comment.id}",
            "issue_url": f"{url}/{pull.number}",
            "user": self.user(comment.author),
            "created_at": comment.created,
            "updated_at": comment.updated,
            "author_association": "CONTRIBUTOR",
            "body": comment.body,
            "performed_via_github_app": None,
        }

    def status(self, repository, status):
        url = f"{self.interface}/repos/{repository.full_name}/statuses/{status.commit}"
        return {
            "id": status.id,
            "node_id": self.node("Status", status.id),
            "url": url,
            "avatar_url": None,
            "state": status.state,
            "description": status.description,
            "target_url": status.target or None,
            "context": status.context,
            "created_at": status.created,
            "updated_at": status.created,
        }
