"""Both minimisers on the same bytes, with the same idea of what is interesting."""

import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

from scrub import production

from .payloads import canonical
from .tasks import HERE

SHRINKRAY = "shrinkray==26.4.14"
OPTIONS = (
    "--parallelism 1 --timeout 0 --seed 0 --ui basic --volume normal --input-type arg --formatter none --no-history --no-clang-delta"
    " --trivial-is-not-error"
).split()


class Said(Exception):
    """What came of a run that gives no figures."""


def shrinkray_in(work):
    """(its interpreter, its program), on Python 3.12 in an environment that is kept."""
    folder = work / "environments" / "shrinkray"
    if not (folder / "complete").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        production.run([python_3_12(), "-m", "venv", folder], work)
        production.run(
            [folder / "bin" / "python", "-m", "pip", "install", "-q", SHRINKRAY], work, timeout=1200, environment=dict(os.environ)
        )
        (folder / "complete").touch()
    return folder / "bin" / "python", folder / "bin" / "shrinkray"


def python_3_12():
    pyenv = pathlib.Path(os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")))
    found = [*sorted(pyenv.glob("versions/3.12*/bin/python")), shutil.which("python3.12")]
    if not found[0]:
        raise production.NotSetUp("no Python 3.12, which shrinkray needs\nhint: pyenv install 3.12")
    return found[0]


def by_shrinkray(task, payload, folder, work, kept, patience):
    """What shrinkray makes of it; with `kept`, what it made of the very same before. With `patience` it is ended after so many calls in
    which nothing became smaller."""
    content = canonical(payload)
    identity = hashlib.sha256(
        content + (HERE / "oracle.py").read_bytes() + b"".join(path.read_bytes() for path in sorted(task.source.rglob("*.py")))
    ).hexdigest()[:16]
    memory = work / "kept" / f"{identity}.json"
    if kept and memory.is_file():
        return {**json.loads(memory.read_text()), "kept": True}
    python, program = shrinkray_in(work)
    shutil.copytree(task.source, folder / "app")
    case, log, settings, oracle = (folder / name for name in ("case.json", "calls", "settings.json", "oracle"))
    case.write_bytes(content)
    settings.write_text(
        json.dumps(
            {
                "log": str(log),
                "root": str(folder / "app"),
                "paths": [str(folder / "app"), str(production.HERE)],
                "module": task.module,
                "function": task.function,
                "wanted": task.failure(),
            }
        )
    )
    # The shortest way into an interpreter: most of a call is its start.
    oracle.write_text(
        f"#!{python} -IS\nimport json, sys\nsys.path.insert(0, {str(HERE)!r})\nfrom oracle import main\n"
        f"sys.exit(main(json.load(open({str(settings)!r})), sys.argv[1]))\n"
    )
    oracle.chmod(0o755)
    started = time.monotonic()
    command = [program, *OPTIONS, oracle, case]
    ended = to_the_end(command, folder, log, patience)
    seconds = round(time.monotonic() - started, 1)
    calls, after = calls_of(log), len(canonical(json.loads(case.read_bytes())))
    result = {
        "calls": len(calls),
        "distinct": len({call[0] for call in calls}),
        "reached": reached(calls),
        "ended": ended,
        "before": len(content),
        "after": after,
        "seconds": seconds,
        "result": case.read_bytes().decode(),
    }
    memory.parent.mkdir(exist_ok=True)
    memory.write_text(json.dumps(result))
    return result


def to_the_end(command, folder, log, patience):
    """Whether it ended by itself."""
    with open(folder / "shrinkray.log", "w") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=production.clean(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                time.sleep(1)
                calls = calls_of(log)
                if patience and len(calls) - reached(calls) > patience:
                    return False
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)
    if process.returncode:
        raise production.NotSetUp(f"shrinkray ended with {process.returncode}\n{(folder / 'shrinkray.log').read_text()[-600:]}")
    return True


def calls_of(log):
    """(hash, size, status) of each whole line."""
    lines = log.read_text().splitlines() if log.is_file() else []
    return [call for call in map(str.split, lines) if len(call) == 3]


def reached(calls):
    """The call that first had the smallest interesting input."""
    sizes = [int(size) if status == "0" else float("inf") for _, size, status in calls]
    return 1 + sizes.index(min(sizes)) if sizes else 0


def by_nevermore(task, payload, folder, python, options):
    """What the program makes of it. `after` is what the function is really given when the test runs; `said` is what the program says."""
    plan = {"trigger": "call", "sender": "probe", "given": {"module": task.module, "function": task.function, "args": [payload]}}
    event = production.event(plan, task.source, folder, python)
    repo = production.repository(task.source, folder / "repo")
    (folder / "nevermore.yaml").write_text(f"language: python\npython:\n  interpreter: {python}\n  paths: [.]\n  tests: tests\n")
    started = time.monotonic()
    done = production.run(
        [options.nevermore, "fix", event, "--repo", repo, "--config", folder / "nevermore.yaml", "--no-ship", "--json"],
        folder,
        allowed=None,
        timeout=options.timeout,
    )
    row = {"wall": round(time.monotonic() - started, 1), "calls": None, "after": None, "said": None, "note": ""}
    try:
        answer = json.loads(done.stdout)
        (folder / "answer.json").write_text(json.dumps(answer, indent=1))
    except ValueError:
        return {**row, "note": f"status {done.returncode}: {done.stderr.decode(errors='replace')[-200:]}"}
    said = answer.get("minimised") or {}
    row.update(
        calls=said.get("calls"),
        before=said.get("before"),
        said=said.get("after"),
        seconds=said.get("seconds"),
        trials=(answer.get("reproduction") or {}).get("oracleCalls"),
    )
    try:
        return {**row, "after": given(task, answer, folder, repo, python)}
    except Said as why:
        return {**row, "note": str(why)}


def given(task, answer, folder, repo, python):
    """The bytes of what the function is given by the test, which has to fail as production did."""
    test = answer.get("test")
    if not test:
        raise Said(f"no test: {(answer.get('stop') or {}).get('reason')}")
    watched = production.watched(test, repo, folder, python, f"{task.file}:{task.function}")
    if watched["failed"] != [task.failure()]:
        raise Said(f"the test fails otherwise: {watched['failed']}")
    if not watched["given"] or None in watched["given"]:
        raise Said(f"{task.function} was not called with JSON")
    return sum(watched["given"])
