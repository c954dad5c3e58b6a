#!/usr/bin/env python3
"""Write what the real sentry-sdk would send: one envelope file for each event of a service.

    capture.py OUT_DIR PRODUCTION [--repo DIR]

PRODUCTION is the `production.py` of a fixture: it sends the failing requests. It is run with DIR
(the `repo` beside it, unless told otherwise) as the working directory and first on the import path,
by the interpreter that runs this file, which has to have sentry-sdk and the service's packages.
The files are OUT_DIR/01.envelope, 02.envelope, …; their paths are printed.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import runpy
import sys

import sentry_sdk
from sentry_sdk.transport import Transport


class FileTransport(Transport):
    """Keeps the envelopes that hold an event; nothing leaves the machine."""

    def __init__(self, folder: pathlib.Path) -> None:
        super().__init__()
        self.folder = folder
        self.count = 0

    def capture_envelope(self, envelope) -> None:
        if envelope.get_event() is None:
            return
        self.count += 1
        path = self.folder / f"{self.count:02}.envelope"
        path.write_bytes(envelope.serialize())
        print(path, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, metavar="OUT_DIR")
    parser.add_argument("production", type=pathlib.Path, metavar="PRODUCTION")
    parser.add_argument("--repo", type=pathlib.Path, metavar="DIR")
    arguments = parser.parse_args()

    production = arguments.production.resolve()
    repository = (arguments.repo or production.parent / "repo").resolve()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)

    transport = FileTransport(folder)
    os.chdir(repository)
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(repository))
    sentry_sdk.init(
        dsn="http://key@127.0.0.1:9/1",
        release=f"{production.parent.name}@1.0.0",
        send_default_pii=False,
        transport=transport,
    )
    runpy.run_path(str(production), run_name="__main__")
    sentry_sdk.flush()
    return 0 if transport.count else 1


if __name__ == "__main__":
    sys.exit(main())
