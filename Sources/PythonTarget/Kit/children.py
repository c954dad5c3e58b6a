"""Children of a process that judges: one answer, or a stream of them, within a time."""
import gc
import json
import os
import select
import signal
import time

from . import forks

SELDOM = 50_000  # new objects until rubbish is looked for: a child does not live long, and looking copies its parent's memory


def one(work, seconds):
    """(what `work()` gave in a child or None, seconds of CPU, whether its time was up)."""
    reader, writer = os.pipe()
    before = os.times()

    def answered():
        global ANSWER
        ANSWER = writer
        finish(work())
    child = fork(reader, writer, answered)
    body, status = forks.collect(reader, child, time.monotonic() + seconds)
    os.close(reader)
    sweep(child)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    slow = status is None or os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
    try:
        return json.loads(body), cpu, False
    except ValueError:
        return None, cpu, slow


def finish(answer):
    """In a child: answers, and ends it as it stands; what a framework does at its end is of no use."""
    forks.send(ANSWER, json.dumps(answer).encode())
    os._exit(0)


def stream(work, quiet):
    """What `work(send)` sends from a child, until it ends, or says nothing for `quiet` seconds."""
    reader, writer = os.pipe()

    def send(record):
        os.write(writer, json.dumps(record).encode() + b"\n")
    child = fork(reader, writer, lambda: work(send))
    kept = b""
    while select.select([reader], [], [], quiet)[0]:
        chunk = os.read(reader, 1 << 16)
        if not chunk:
            break
        *lines, kept = (kept + chunk).split(b"\n")
        for line in lines:
            yield json.loads(line)
    os.close(reader)
    sweep(child)
    try:
        os.waitpid(child, 0)
    except ChildProcessError:
        pass


def fork(reader, writer, work):
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            os.setpgid(0, 0)
            gc.set_threshold(SELDOM)
            work()
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    return child


def sweep(child):
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
