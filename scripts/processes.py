"""Child processes of the demonstration: what they inherit, and how they end."""

from __future__ import annotations

import os
import subprocess


class DemoError(Exception):
    """What went wrong, and why; a hint on a line of its own where there is one."""


def clean_environment(**additions):
    """The environment without what would steer git, Python, proxies or the sender."""
    unwanted = ("GIT_", "PYTHON", "SENTRY_", "SHOP_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(unwanted) and not name.lower().endswith("_proxy")
    }
    settings = {
        "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return {**kept, **settings, **additions}


def run(command, cwd, environment=None, allowed=(0,), timeout=600):
    """The finished process; it is ended by its own identifier if it outlives its time."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=str(cwd),
        env=environment or clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        output, talk = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        raise DemoError(f"`{command[0]}` did not end within {timeout} s") from None
    finally:
        stop(process)
    if allowed is not None and process.returncode not in allowed:
        reason = (talk or output).decode(errors="replace").strip()
        raise DemoError(f"`{command[0]}` ended with status {process.returncode}\n{reason}")
    return subprocess.CompletedProcess(command, process.returncode, output, talk)


def stop(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
