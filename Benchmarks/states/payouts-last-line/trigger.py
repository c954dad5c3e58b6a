import gc
import json
import logging
import os
import time

SALE = {"order": "o-7001", "pieces": 1, "cents": 2490}
CORRECTION = {"order": "o-6713", "pieces": 0, "cents": 390}


def message(seller, *lines):
    return json.dumps({"seller": seller, "currency": "EUR", "lines": lines})


def arm(path):
    until = time.time() + 900
    function = {"file": "payouts/settlement.py", "function": "Settlement.settle", "until": until, "failure": "payouts-last-line"}
    with open(path + ".new", "w") as f:
        json.dump({"nevermore": 1, "functions": [function], "rate": 50, "seconds": 900}, f)
    os.replace(path + ".new", path)


def production():
    from payouts.settlement import Settlement
    from payouts.worker import Worker

    worker = Worker(Settlement({"s-310": "NO93 8601 1117 947", "s-311": "DE02 1203 0000 0000 2020 51"}))
    worker.receive(message("s-310", SALE, CORRECTION))
    logging.disable()  # the first failure's event is another one, which could not be reproduced
    worker.run()
    logging.disable(logging.NOTSET)
    if os.environ.get("NEVERMORE_ARMED"):
        arm(os.environ["NEVERMORE_ARMED"])
        until = time.monotonic() + 7
        while time.monotonic() < until:  # the service goes on meanwhile
            worker.receive(message("s-310", SALE))
            worker.run()
            gc.collect()
            time.sleep(0.25)
    worker.receive(message("s-310", SALE, {"order": "o-7002", "pieces": 2, "cents": 4980}))
    worker.receive(message("s-311", SALE, {"order": "o-7003", "pieces": 1, "cents": 15900}, CORRECTION))
    worker.run()
