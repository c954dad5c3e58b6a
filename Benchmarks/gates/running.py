"""Child processes: each in a group of its own, all of which ends when its time is up."""

from __future__ import annotations

import os
import signal
import subprocess


def run(*command, cwd=None, environment=None, timeout=300):
    """The finished process; its status is 124 where its time was up."""
    process = subprocess.Popen([str(part) for part in command], cwd=cwd, env=environment, text=True, errors="replace",
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               start_new_session=True)
    try:
        output, talk = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return subprocess.CompletedProcess(command, 124, "", f"`{command[0]}` did not end within {timeout} s")
    return subprocess.CompletedProcess(command, process.returncode, output, talk)


def git(tree, *arguments):
    """Git in `tree`, without the settings of whoever runs this."""
    environment = dict(os.environ, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    return run("git", "-c", "core.autocrlf=false", *arguments, cwd=tree, environment=environment, timeout=60)
