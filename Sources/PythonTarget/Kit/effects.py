"""What a trial does to files and processes outside the folder of its own, as the interpreter's audit tells."""
import os
import sys

STARTS = {"os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen", "pty.spawn"}
CHANGES = {"os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.chmod"}  # a folder's descriptor comes last
WHOLE = {"os.truncate", "shutil.rmtree"}


def watch(root, found):
    """Appends to `found` what happens from now on in this process; it cannot be taken back, so this is for forks."""

    def hook(event, arguments):
        if len(found) > 20:
            return
        if event in STARTS:
            found.append(event)
        elif event == "open" and writes(arguments) and is_foreign(arguments[0], root):
            found.append("a file that is written")
        elif event in CHANGES and arguments[-1] in (-1, None) and is_foreign(arguments[0], root):
            found.append(event)
        elif event in WHOLE and is_foreign(arguments[0], root):
            found.append(event)

    sys.addaudithook(hook)


def writes(arguments):
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def is_foreign(path, root):
    """Whether a path lies outside the temporary folder, or in the repository's tree."""
    if not isinstance(path, (str, bytes)):
        return False
    whole = os.path.abspath(os.fsdecode(path))
    if whole.startswith("/dev/"):
        return False
    return whole.startswith(root + os.sep) or not (whole + "/").startswith(("/tmp/", "/var/tmp/"))
