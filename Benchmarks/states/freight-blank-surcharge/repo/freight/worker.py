import json
import logging
import os
import time
from pathlib import Path

from .prices import UnknownZone, quote

log = logging.getLogger("freight")


class Worker:
    def __init__(self, folder=None):
        folder = Path(folder or os.environ.get("DATA_DIR", "var"))
        self.spool, self.quotes, self.failed = (folder / name for name in ("spool", "quotes", "failed"))
        for path in (self.spool, self.quotes, self.failed):
            path.mkdir(parents=True, exist_ok=True)

    def handle(self, path):
        request = json.loads(path.read_text())
        try:
            answer = quote(request)
        except UnknownZone as error:
            answer = {"error": f"we do not deliver to {error}"}
        (self.quotes / path.name).write_text(json.dumps(answer))

    def round(self):
        """Works on what lies there; returns how many requests went well."""
        good = 0
        for path in sorted(self.spool.glob("*.json")):
            try:
                self.handle(path)
            except Exception:
                log.exception("request %s failed", path.stem)
                path.rename(self.failed / path.name)
            else:
                path.unlink()
                good += 1
        return good


def main():
    worker = Worker()
    while True:
        if not worker.round():
            time.sleep(1)


if __name__ == "__main__":
    main()
