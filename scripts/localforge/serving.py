"""The server: the forge's interface, its pages, and what tests ask of it."""

from __future__ import annotations

import http.server
import json
import re
import threading
import time
import traceback
import urllib.parse

from . import pages
from .calls import Answer, Call, route
from .faults import Faults
from .github import GitHub
from .gitea import Forgejo, Gitea
from .gitlab import GitLab
from .records import Refusal, Repositories
from .webhooks import Webhooks

DIALECTS = {"github": GitHub, "gitlab": GitLab, "gitea": Gitea, "forgejo": Forgejo}
BODY_LIMIT = 8 << 20
# Whoever calls with the token; people are `ada`, and `mallory` where they mean ill.
AUTHOR = "nevermore"


class Forge(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, kind, folder, port=0, token="local", webhook=None, secret="", description=None):
        super().__init__(("127.0.0.1", port), Visit)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.repositories = Repositories(folder)
        self.dialect = DIALECTS[kind](self.repositories, self.address)
        self.token = token
        self.description = description
        self.faults = Faults()
        self.violations = []
        self.requests = []
        self.webhooks = Webhooks(kind, self.dialect, webhook, secret, self.violations, description)

    def page_of(self, repository, pull):
        return self.dialect.page.format(owner=repository.owner, repo=repository.name, number=pull.number)

    def act(self, repository, pull, verb):
        """What a person does to a pull request; the webhook goes out before the person sees the page."""
        with self.repositories.lock:
            if verb == "merge":
                pull.draft = False
                repository.merge(pull)
            elif verb == "close":
                repository.end(pull, "closed")
            else:
                repository.reopen(pull)
        self.webhooks.pull_request(
            repository, pull, {"merge": "merged", "close": "closed", "reopen": "reopened"}[verb]
        )


class Visit(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "local-forge"
    sys_version = ""

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.visit()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def visit(self):
        try:
            length = int(self.headers.get("Content-Length") or 0)
            if length > BODY_LIMIT:
                self.close_connection = True
                return self.write(Answer(413))
            body = self.rfile.read(length)
            if not self.is_from_here():
                return self.write(Answer(403, {"message": "only from this machine"}))
            path, _, query = self.path.partition("?")
            if path.startswith(self.server.dialect.interface + "/"):
                self.serve_interface(path[len(self.server.dialect.interface) :], query, body)
            elif path.startswith("/_"):
                self.serve_control(path, body)
            else:
                self.serve_page(urllib.parse.unquote(path))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        except Exception:
            self.server.violations.append(traceback.format_exc())
            self.write(Answer(500, {"message": "the local forge failed"}))

    def is_from_here(self):
        """No page of another place may press our buttons, whatever name it gives this address."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        origin = self.headers.get("Origin")
        return host in ("127.0.0.1", "localhost") and origin in (None, f"http://{self.headers['Host']}")

    # The interface

    def serve_interface(self, path, query, body):
        server = self.server
        fault = server.faults.next(self.command, path)
        authorised = server.dialect.token(self.headers) == server.token
        server.requests.append({"method": self.command, "path": path, "query": query, "authorised": authorised})
        if fault:
            if fault["fault"] == "status":
                return self.write(Answer(fault["status"], {"message": "played"}, fault.get("headers", {})))
            if fault["fault"] == "limited":
                kind, headers = fault.get("kind", "secondary"), fault.get("headers", {})
                return self.write(server.dialect.limited(kind, headers))
            if fault["fault"] == "redirect":
                return self.write(Answer(302, None, {"Location": fault["location"]}))
            if fault["fault"] == "slow":
                time.sleep(fault.get("seconds", 1))
        answer = self.answer(path, query, body) if authorised else server.dialect.unauthorised()
        if fault and fault["fault"] in ("lost", "silent"):
            self.close_connection = True
            if fault["fault"] == "silent":
                self.rfile.read(1)  # until the other side hangs up
            return None
        return self.write(answer)

    def answer(self, path, query, body):
        server = self.server
        pairs = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        try:
            json_body = json.loads(body) if body else None
        except ValueError:
            return self.violated(path, ["the body is not JSON"])
        if server.description:
            found = server.description.violations_of_request(self.command, path, pairs, json_body)
            if found:
                return self.violated(path, found)
        call = Call(self.command, path, pairs, json_body, AUTHOR, server.address + server.dialect.interface)
        function = route(server.dialect.routes, call)
        if function is None:
            return server.dialect.no_route()
        with server.repositories.lock:
            try:
                answer = function(call)
            except Refusal as refusal:
                answer = server.dialect.refused(refusal, call)
        if server.description:
            found = server.description.violations_of_answer(self.command, path, answer)
            if found:
                return self.violated(path, found)
        return answer

    def violated(self, path, violations):
        self.server.violations += [f"{self.command} {path}: {violation}" for violation in violations]
        return Answer(599, {"violations": violations})

    # What tests ask

    def serve_control(self, path, body):
        server = self.server
        asked = json.loads(body) if body else {}
        if path == "/_style.css":
            return self.write(Answer(200, raw=pages.STYLE.encode(), headers={"Content-Type": "text/css"}))
        if path == "/_record":
            record = {
                "violations": server.violations,
                "requests": server.requests,
                "deliveries": server.webhooks.deliveries,
                "waiting": server.faults.waiting,
            }
            return self.write(Answer(200, record))
        if path == "/_play" and self.command == "POST":
            try:
                server.faults.plan(asked if isinstance(asked, list) else [asked])
            except ValueError as error:
                return self.write(Answer(400, {"message": str(error)}))
            return self.write(Answer(204))
        if path == "/_act" and self.command == "POST":
            return self.act(asked)
        return self.write(Answer(404))

    def act(self, asked):
        """`do` is merge, close, reopen, comment, fork (a pull request of a fork's branch) or push."""
        server = self.server
        owner, _, name = asked["repository"].rpartition("/")
        try:
            repository = server.repositories.find(owner, name)
            verb = asked["do"]
            if verb == "fork":
                arguments = asked.get("title", "From a fork"), "", asked["branch"], asked["base"]
                repository.open(*arguments, "mallory", fork=True)
            elif verb == "push":
                after = repository.bare.branch(asked["branch"])
                server.webhooks.push(repository, asked["branch"], asked.get("before"), after)
            elif verb == "comment":
                author = asked.get("author", "ada")
                repository.comment(repository.pull(asked["number"]), author, asked["body"])
            else:
                server.act(repository, repository.pull(asked["number"]), verb)
        except Refusal as refusal:
            return self.write(Answer(409, {"message": str(refusal)}))
        return self.write(Answer(204))

    # Pages

    def serve_page(self, path):
        server = self.server
        if path == "/":
            with server.repositories.lock:
                text = pages.overview(server.repositories.all(), server.page_of)
            return self.write_page(text)
        words = re.escape(server.dialect.page)
        for name in ("owner", "repo", "number"):
            step = r".+?" if name == "owner" else r"[^/]+" if name == "repo" else r"\d+"
            words = words.replace(re.escape("{" + name + "}"), f"(?P<{name}>{step})")
        found = re.fullmatch("(?P<page>" + words + ")(/(?P<verb>merge|close|reopen))?", path)
        try:
            if not found:
                raise Refusal("missing")
            repository = server.repositories.find(found["owner"].strip("/"), found["repo"])
            pull = repository.pull(found["number"])
            if found["verb"] and self.command == "POST":
                server.act(repository, pull, found["verb"])
                return self.write(Answer(303, None, {"Location": urllib.parse.quote(found["page"])}))
            with server.repositories.lock:
                return self.write_page(pages.pull_page(repository, pull, server.page_of(repository, pull)))
        except Refusal as refusal:
            status = 404 if refusal.kind == "missing" else 409
            return self.write_page(pages.page("Not possible", f"<h1>{pages.escape(refusal)}</h1>"), status)

    def write_page(self, text, status=200):
        policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        self.write(Answer(status, raw=text, headers={**headers, "X-Content-Type-Options": "nosniff"}))

    def write(self, answer):
        body = answer.raw
        if body is None:
            body = b"" if answer.json is None else json.dumps(answer.json).encode()
        self.send_response(answer.status)
        headers = {"Content-Type": "application/json", **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if answer.status != 204:
            self.wfile.write(body)


def serve(forge):
    threading.Thread(target=forge.serve_forever, daemon=True).start()
