import json
import os


def production():
    os.environ["FUEL_SURCHARGE_PERCENT"] = ""  # as a compose file gives what the host has not set
    os.environ["FREIGHT_CURRENCY"] = "CHF"
    from freight.worker import Worker

    worker = Worker()
    (worker.spool / "q-5501.json").write_text(json.dumps({"zone": "moon", "parcels": [{"kg": 1.0}]}))
    (worker.spool / "q-5502.json").write_text(json.dumps({"zone": "eu", "parcels": [{"kg": 4.2}, {"kg": 0.8}]}))
    worker.round()
