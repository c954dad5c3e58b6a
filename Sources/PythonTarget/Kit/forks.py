"""A forked child's limits, what it sends, and what its parent collects."""
import os
import resource
import select
import signal
import time


def limit(seconds):
    try:  # where memory ends, the trial dies and not the kit
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 2))


def send(descriptor, body):
    body = body[:4_000_000]
    while body:
        body = body[os.write(descriptor, body):]
    os.close(descriptor)


def collect(reader, child, deadline):
    """(what the child sent, its status); the status is None when its time was up."""
    chunks, status = [], None
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return b"".join(chunks), None
        ready, _, _ = select.select([reader], [], [], min(left, 0.2))
        if ready:
            chunk = os.read(reader, 1 << 16)
            if not chunk:
                break
            chunks.append(chunk)
            continue
        done, found = os.waitpid(child, os.WNOHANG)
        if done:
            status = found
            while select.select([reader], [], [], 0)[0]:
                chunk = os.read(reader, 1 << 16)
                if not chunk:
                    break
                chunks.append(chunk)
            return b"".join(chunks), status
    while status is None:
        done, found = os.waitpid(child, os.WNOHANG)
        if done:
            status = found
        elif time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
        else:
            time.sleep(0.001)
    return b"".join(chunks), status


def parent_is_sandbox():
    """Whether process 1 of this namespace is the sandbox's own."""
    try:
        with open("/proc/1/comm") as file:
            return file.read().strip() == "bwrap"
    except OSError:
        return False
