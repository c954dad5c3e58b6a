"""The forge's pages: plain HTML without a script. Everything that somebody wrote stands in them as text."""

from __future__ import annotations

import html
import re

STYLE = """
:root { color-scheme: light dark; --edge: #8886; --quiet: color-mix(in srgb, CanvasText 72%, Canvas); --add: #2da44e26; --cut: #cf222e26; --open: #1a7f37; --merged: #8250df; --closed: #cf222e }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1.5rem }
a { color: LinkText } h1 { font-size: 1.5rem; margin: .5rem 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
h3 { font-size: .95rem; margin: 1rem 0 .3rem } .meta { color: var(--quiet); font-weight: normal } code, pre { font: 13px/1.5 ui-monospace, monospace }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid var(--edge); vertical-align: top }
.state { color: #fff; border-radius: 1rem; padding: .1rem .7rem; font-size: .85rem; background: var(--closed); white-space: nowrap }
.open { background: var(--open) } .merged { background: var(--merged) } .draft { background: #6e7781 }
.label { border: 1px solid var(--edge); border-radius: 1rem; padding: 0 .6rem; font-size: .85rem }
.text { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--edge); border-radius: .4rem; padding: 1rem; margin: 0; font: inherit }
.diff { border: 1px solid var(--edge); border-radius: .4rem; overflow-x: auto; padding: .5rem 0; margin: 0 }
.diff span { display: block; padding: 0 1rem; min-width: max-content } .diff .add { background: var(--add) } .diff .cut { background: var(--cut) }
.diff .file { font-weight: bold; border-top: 1px solid var(--edge); padding-top: .4rem; margin-top: .4rem } .diff .file:first-child { border: 0; margin: 0 } .diff .place { color: var(--quiet) }
td:first-child { width: 1%; white-space: nowrap } form { display: inline } button { font: inherit; padding: .3rem 1rem; margin-right: .5rem; cursor: pointer }
"""

HIDDEN = re.compile(r"^<!--.*?-->\n?", re.MULTILINE)


def escape(text):
    return html.escape(str(text), quote=True)


def page(title, content):
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/_style.css"></head>'
        f'<body><header><a href="/">Local forge</a></header><main>\n{content}\n</main></body></html>\n'
    ).encode()


def state(pull):
    word = "draft" if pull.draft and pull.state == "open" else pull.state
    return f'<span class="state {word}">{word}</span>'


def overview(repositories, address_of):
    parts = []
    for repository in repositories:
        rows = [
            f"<tr><td>{state(pull)}</td>"
            f'<td><a href="{escape(address_of(repository, pull))}">{escape(pull.title)}</a></td>'
            f"<td><code>{escape(pull.branch)}</code></td>"
            f"<td>{check(newest_status(repository, pull))}</td></tr>"
            for pull in repository.matching()
        ]
        head = '<tr><th scope="col">State</th><th scope="col">Pull request</th><th scope="col">Branch</th><th scope="col">Check</th></tr>'
        table = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
        parts.append(
            f"<h1>{escape(repository.full_name)}</h1>" + (table if rows else "<p>No pull requests yet.</p>")
        )
    return page("Pull requests", "".join(parts) or "<h1>No repositories</h1>")


def newest_status(repository, pull):
    found = repository.statuses_of(pull.head)
    return found[0] if found else None


def check(status):
    if status is None:
        return ""
    mark = {"success": "✓", "failure": "✗", "failed": "✗", "error": "✗"}.get(status.state, "…")
    return f"{mark} {escape(status.context)}: {escape(status.description)}"


def pull_page(repository, pull, address):
    bare = repository.bare
    labels = " ".join(f'<span class="label">{escape(label)}</span>' for label in pull.labels)
    commits = "".join(
        f"<tr><td><code>{escape(commit[:10])}</code></td><td>{escape(subject)}</td><td>{escape(author)}</td></tr>"
        for commit, subject, author in bare.commits(pull.base_commit, pull.head)
    )
    comments = "".join(
        f'<h3 class="meta">{escape(comment.author)} wrote</h3><p class="text">{escape(visible(comment.body))}</p>'
        for comment in pull.comments
    )
    parts = [
        f"<h1>{escape(pull.title)} <span class='meta'>#{pull.number}</span></h1>",
        f"<p>{state(pull)} {escape(pull.author)} wants to merge <code>{escape(pull.branch)}</code> "
        f"into <code>{escape(pull.base)}</code> of {escape(repository.full_name)} {labels}</p>",
        f"<p>{check(newest_status(repository, pull))}</p>",
        f'<p class="text">{escape(visible(pull.body))}</p>',
        f"<p>{buttons(pull, address)}</p>",
        f"<h2>Commits</h2><table><tbody>{commits}</tbody></table>",
        f'<h2>Changes</h2><pre class="diff">{diff(bare.diff(pull.base_commit, pull.head))}</pre>',
        f"<h2>Comments</h2>{comments}" if comments else "",
    ]
    return page(pull.title, "\n".join(parts))


def visible(text):
    """Forges do not show comments of Markdown."""
    return HIDDEN.sub("", text).strip()


def buttons(pull, address):
    offered = {"open": ("merge", "close"), "closed": ("reopen",)}.get(pull.state, ())
    return "".join(
        f'<form method="post" action="{escape(address)}/{verb}"><button>{verb.capitalize()}</button></form>'
        for verb in offered
    )


def diff(text):
    lines = []
    for line in text.splitlines():
        kind = ""
        if line.startswith("diff --git"):
            kind = "file"
        elif line.startswith("@@"):
            kind = "place"
        elif line.startswith("+") and not line.startswith("+++"):
            kind = "add"
        elif line.startswith("-") and not line.startswith("---"):
            kind = "cut"
        lines.append(f'<span class="{kind}">{escape(line) or " "}</span>' if kind else f"<span>{escape(line) or ' '}</span>")
    return "".join(lines)
