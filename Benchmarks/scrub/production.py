"""A repository, the environment that its service runs in, and an event of a real failure of it."""

import contextlib
import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROBE = HERE.parent.parent / "probe" / "nevermore_probe"
REQUIREMENTS = ["pytest==9.2.0", "sentry-sdk==2.75.0", "flask==3.1.3", "redis==8.1.0"]
AUTHOR = ["-c", "user.name=service", "-c", "user.email=service@localhost"]


class NotSetUp(Exception):
    """What the judge needs and could not have."""


def clean(**more):
    """The environment without what would steer git, Python, senders or proxies."""
    unwanted = ("GIT_", "PYTHON", "SENTRY_", "PYTEST", "NEVERMORE", "DEPOT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted) and not name.lower().endswith("_proxy")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **more}


def run(command, cwd, allowed=(0,), timeout=600, environment=None):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment or clean(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=timeout,
    )
    if allowed is not None and done.returncode not in allowed:
        said = (done.stderr or done.stdout).decode(errors="replace")[-600:]
        raise NotSetUp(f"`{' '.join(map(str, command[:4]))}` ended with {done.returncode}\n{said}")
    return done


def copied(nevermore, work):
    """A copy of the program: a build meanwhile, or another run, must not change what is judged."""
    copy = work / "builds" / hashlib.sha256(nevermore.read_bytes()).hexdigest()[:12] / "nevermore"
    if not copy.is_file():
        copy.parent.mkdir(parents=True, exist_ok=True)
        os.replace(shutil.copy2(nevermore, copy.parent / f"copy-{os.getpid()}"), copy)
    return copy


def environment(work, requirements=REQUIREMENTS):
    """The interpreter of a virtual environment with the newest probe in it; it is kept for the next run."""
    key = hashlib.sha256("\n".join([sys.version, sys.executable, *requirements]).encode()).hexdigest()[:10]
    folder = work / "environments" / key
    python = folder / "bin" / "python"
    if not (folder / "complete").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", folder], HERE)
        run([python, "-m", "pip", "install", "-q", *requirements], HERE, timeout=1200, environment=dict(os.environ))
        (folder / "complete").touch()
    packages = next((folder / "lib").glob("python*/site-packages"))
    shutil.rmtree(packages / PROBE.name, ignore_errors=True)
    shutil.copytree(PROBE, packages / PROBE.name, ignore=shutil.ignore_patterns("__pycache__"))
    return python


def repository(source, folder):
    """A copy as a repository of one commit on `main`, tagged with the release that the events name."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    run(["git", "init", "-q", "-b", "main"], folder)
    run(["git", "add", "-A"], folder)
    run(["git", *AUTHOR, "commit", "-q", "-m", "As it is deployed"], folder)
    run(["git", "tag", "service@1.0"], folder)
    return folder


def app_of(folder):
    return folder / "production" / "home" / "service" / "app"


def event(plan, source, folder, python):
    """The file of the event that this plan's failure sends, made beside the repository under test."""
    plan = dict(plan)
    home = folder / "production" / "home" / plan.pop("home", "service")
    shutil.copytree(source, home / "app")
    for file, old, new in plan.pop("deployed", []):
        path = home / "app" / file
        path.write_text(path.read_text().replace(old, new))
    shutil.copy2(HERE / "triggers.py", home)
    if "rows" in plan:
        database(home / "depot.sqlite", plan.pop("rows"))
    out = folder / "event"
    plan.update(out=str(out), paths=[str(home / "app"), str(home)])
    (folder / "plan.json").write_text(json.dumps(plan))
    # Nothing of this machine's environment: a service's environment is recorded.
    done = run(
        [python, HERE / "capture.py", folder / "plan.json"],
        home,
        timeout=120,
        environment={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(home), "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    if not out.is_file() or not out.stat().st_size:
        raise NotSetUp("no event was sent\n" + done.stderr.decode(errors="replace")[-600:])
    return out


def watched(test, repo, folder, python, function=""):
    """How a generated test ends in a tree, and what `function` was given in it; nothing where it did not run to its end."""
    for name, text in [(test["path"], test["source"]), *(test.get("fixtures") or {}).items()]:
        path = (repo / name).resolve()
        if not path.is_relative_to(repo.resolve()):
            return {"given": [], "failed": [], "passed": []}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    out = folder / "watched.json"
    out.unlink(missing_ok=True)
    run(
        [python, "-m", "pytest", "-q", "--runxfail", "-p", "no:cacheprovider", "-p", "watching", test["path"]],
        repo,
        allowed=None,
        timeout=300,
        environment=clean(PYTHONPATH=str(HERE), WATCHED_ROOT=str(repo), WATCHED_OUT=str(out), WATCHED_FUNCTION=function),
    )
    return json.loads(out.read_text()) if out.is_file() else {"given": [], "failed": [], "passed": []}


def failure(event, app):
    """Type, file and line that a Sentry event says of its last exception, below the folder that the service ran in."""
    content = event.read_bytes().split(b"\n")
    at = next(number for number, line in enumerate(content) if b'"type":"event"' in line.replace(b" ", b""))
    last = json.loads(content[at + 1])["exception"]["values"][-1]
    frames = [frame for frame in last["stacktrace"]["frames"] if frame["abs_path"].startswith(f"{app}/")]
    return [last["type"], frames[-1]["abs_path"][len(f"{app}/") :], frames[-1]["lineno"]]


def database(path, rows):
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE parcels (id INTEGER PRIMARY KEY, grams INTEGER, contact TEXT, notes TEXT)")
        connection.executemany("INSERT INTO parcels (grams, contact, notes) VALUES (?, ?, ?)", rows)


def readable(content):
    """The event with what is packed in it, as it has to be read to be searched."""
    parts = [content]
    for found in re.finditer(rb"\x1f\x8b\x08", content):
        for end in (len(content), content.rfind(b"\n")):
            try:
                parts.append(gzip.decompress(content[found.start() : end]))
                break
            except (OSError, EOFError):
                continue
    return b"\n".join(parts)
