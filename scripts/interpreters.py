"""The Pythons of this machine, and what a suite says in each of them."""
import glob
import os
import re
import subprocess

OLDEST = (3, 9)


def version(interpreter):
    """(major, minor) of an interpreter that really starts; a shim without its version does not."""
    try:
        said = subprocess.run([interpreter, "-c", "import sys; print(*sys.version_info[:2])"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
        major, minor = said.stdout.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def at_hand(prefers=lambda interpreter: False):
    """One interpreter a minor; those that are preferred first."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    versions = os.path.join(os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")), "versions", "*", "bin", "python")
    candidates = sorted(glob.glob(versions))
    candidates += [found for folder in folders for found in sorted(glob.glob(os.path.join(folder, "python3*")))
                   if re.fullmatch(r"python3(\.\d+)?", os.path.basename(found))]
    chosen = {}
    for candidate in candidates:
        minor = version(candidate)
        if minor is None or minor < OLDEST:
            continue
        if minor not in chosen or not prefers(chosen[minor]) and prefers(candidate):
            chosen[minor] = candidate
    return [chosen[minor] for minor in sorted(chosen)]


def run(interpreter, flags, tests, top):
    """(passed, failed, skipped, output) of the tests in one interpreter."""
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run([interpreter, *flags, "-m", "unittest", "discover", "-v", "-s", tests, "-t", top], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
    output = done.stdout.decode("utf-8", "replace")
    ran = re.search(r"^Ran (\d+) test", output, re.M)
    # a test of which several parts fail is printed once a part
    names = set(re.findall(r"^(?:FAIL|ERROR): (\w+ \([\w.]+\))", output, re.M))
    skipped = int((re.search(r"skipped=(\d+)", output) or [0, 0])[1])
    failed = len(names) or int(done.returncode != 0 or ran is None or ran[1] == "0")
    return len(re.findall(r"\.\.\. ok$", output, re.M)), failed, skipped, output


def main(interpreters, flags, tests, top):
    """Prints a line an interpreter, and all that a failing one said; the exit status."""
    failures = 0
    for interpreter in interpreters:
        passed, failed, skipped, output = run(interpreter, flags, tests, top)
        failures += failed
        if failed:
            print(output)
        more = ", %d skipped" % skipped if skipped else ""
        print("%d passed, %d failed%s: Python %s" % (passed, failed, more, ".".join(map(str, version(interpreter) or "?"))), flush=True)
    if not interpreters:
        print("0 passed, 1 failed: no Python from 3.9 on was found")
    return 1 if failures or not interpreters else 0
