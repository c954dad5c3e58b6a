import json
import subprocess
import sys
import time

from .plan import Site
from .scheduler import Scheduler


def start(name):
    subprocess.Popen(["backup", "--site", name])


def main(path):
    with open(path) as f:
        scheduler = Scheduler([Site.read(entry) for entry in json.load(f)], start)
    while True:
        scheduler.tick()
        time.sleep(20)


if __name__ == "__main__":
    main(sys.argv[1])
