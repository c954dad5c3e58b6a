"""Runs one plan in the service's own process, and writes what its sender sends: nothing is scrubbed before it leaves.

    capture.py PLAN

The plan says what is called, what the sender's scope holds, and how it is sent: `sentry`, `probe` (Sentry's event with the snapshot),
`log` (a line of the probe) or `text` (a plain log with a traceback).
"""
import importlib
import io
import json
import logging
import os
import re
import sys

plan = json.load(open(sys.argv[1]))
sys.path[:0] = plan["paths"]
# The plan's own file must not be what is recorded.
sys.argv[:] = [plan.get("program", "service"), *plan.get("arguments", [])]


def unscrubbed():
    """The probe takes secrets out itself. Events of other probes, and of earlier ones, hold them: so does this one."""
    from nevermore_probe import redaction

    def nothing(*_, **__):
        return None

    redaction.kind_of_name = redaction.kind_of_token = redaction.kind_of_words = nothing
    redaction.scrubbed = redaction.scrubbed_bytes = lambda value, added=(): value
    redaction.without_credentials = lambda url: url
    redaction.private_keys = redaction.credentials = redaction.members = redaction.assignments = lambda *_: []
    redaction.TOKEN = redaction.BEARER = re.compile("(?!)")


def with_sentry(settings):
    import sentry_sdk
    from sentry_sdk.scrubber import EventScrubber
    from sentry_sdk.transport import Transport

    class Kept(Transport):
        def capture_envelope(self, envelope):
            event = envelope.get_event()
            if event is not None and (event.get("exception") or {}).get("values") and not os.path.exists(plan["out"]):
                with open(plan["out"], "wb") as file:
                    envelope.serialize_into(file)

    integrations = []
    if plan["sender"] == "probe":
        from nevermore_probe.sentry import NevermoreIntegration
        integrations.append(NevermoreIntegration(seconds=5, max_bytes=1 << 22))
    sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", transport=Kept, release="service@1.0", environment="production", send_default_pii=True,
                    event_scrubber=EventScrubber(denylist=[], pii_denylist=[]), integrations=integrations, max_request_body_size="always",
                    **settings)
    for name, *given in plan.get("scope", []):
        if name == "add_breadcrumb":
            sentry_sdk.add_breadcrumb(**given[0])
        elif name == "set_transaction_name":
            sentry_sdk.get_isolation_scope().set_transaction_name(*given)
            sentry_sdk.get_current_scope().set_transaction_name(*given)
        else:
            getattr(sentry_sdk.get_isolation_scope(), name)(*given)
    return sentry_sdk


def with_log():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    if plan["sender"] == "log":
        from nevermore_probe import logs
        handler.setFormatter(logs.Formatter(release="service@1.0"))
    logging.getLogger().addHandler(handler)
    return stream


def main():
    if plan["sender"] in ("probe", "log"):
        unscrubbed()
    logs = plan["sender"] in ("log", "text")
    out = with_log() if logs else with_sentry(plan.get("settings", {}))
    trigger = getattr(importlib.import_module("triggers"), plan["trigger"])
    try:
        trigger(**plan["given"])
    except Exception as error:
        if logs:
            logging.getLogger("ledger").exception(plan.get("message", "it failed"), extra=plan.get("extra", {}))
        else:
            out.capture_exception(error)
    if logs:
        with open(plan["out"], "w") as file:
            file.write(out.getvalue())
    else:
        out.flush()


main()
