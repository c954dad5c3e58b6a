"""The snapshot beside the event: an integration for sentry-sdk that adds one attachment to each event of an exception."""
import _thread
import contextlib
import contextvars
import dataclasses
import sys

import sentry_sdk
from sentry_sdk.attachments import Attachment
from sentry_sdk.integrations import Integration
from sentry_sdk.scope import add_global_event_processor

from . import guard, settings as options, snapshot
from .guard import guarded

LATEST = {"settings": options.Settings()}
EMPTY = {"nevermore": snapshot.VERSION, "language": "python", "exceptions": [], "nodes": [], "cut": "failed"}


class NevermoreIntegration(Integration):
    identifier = "nevermore"

    def __init__(self, **given):
        self.settings = options.Settings.of(**given)
        LATEST["settings"] = self.settings

    @staticmethod
    def setup_once():
        """The SDK calls it once a process, on the class; the settings are those of the integration that was made last."""
        add_global_event_processor(attach)
        with guarded():
            install(LATEST["settings"])


class Snapshot(Attachment):
    """Taken when the envelope is made: an event that somebody drops before costs nothing. The frames live as long as the hint."""

    def __init__(self, taken):
        Attachment.__init__(self, bytes=taken, filename=snapshot.NAME, content_type=snapshot.CONTENT_TYPE)


def attach(event, hint):
    """The event goes on as it came, whatever happens here."""
    with guarded():
        integration = current()
        information = hint.get("exc_info") if hint is not None and event.get("type") is None else None
        if integration is None or not information or information[1] is None:
            return event
        attachments = hint.get("attachments") or []
        if not any(type(each) is Snapshot for each in attachments):
            hint["attachments"] = [*attachments, Snapshot(taking(integration, event, information))]
    return event


def taking(integration, event, information):
    """What gives the bytes, once however often it is asked."""
    work, kept = worked(), []

    def taken():
        if not kept:
            kept.append(snapshot_of(integration, event, information, work))
        return kept[0]

    return taken


def snapshot_of(integration, event, information, work):
    found = None
    with guarded():
        settings = complete(integration.settings)
        found = snapshot.take(information[1], event=event, work=work, settings=settings, traceback=information[2])
        if found is not None:
            return snapshot.packed(found)
    return snapshot.packed(EMPTY)


def complete(settings):
    """Sentry's own list of installed packages that are the application's counts too, and the release that it was told."""
    given = client_options()
    named = tuple(each for each in given.get("in_app_include") or () if type(each) is str)
    return dataclasses.replace(settings, application=settings.application + named,
                               release=settings.release or given.get("release"),
                               environment=settings.environment or given.get("environment"))


# --- what differs between the SDK's versions

def client():
    if hasattr(sentry_sdk, "get_client"):
        return sentry_sdk.get_client()
    return sentry_sdk.Hub.current.client


def client_options():
    found = getattr(client(), "options", None)
    return found if isinstance(found, dict) else {}


def current():
    """This client's own instance; a client without the integration gets no attachments."""
    found = client()
    return getattr(found, "integrations", {}).get(NevermoreIntegration.identifier) if found is not None else None


MAKING = set()  # threads in which a scope is being made: it reads the environment itself


def unit():
    """The object that stands for the unit of work: one a request, task or job."""
    found = kept_unit() if kept_unit is not None else None
    if found is not None:
        return found
    thread = _thread.get_ident()
    if thread in MAKING:
        return None
    MAKING.add(thread)
    try:
        return made_unit()
    finally:
        MAKING.discard(thread)


def made_unit():
    if hasattr(sentry_sdk, "get_isolation_scope"):
        return sentry_sdk.get_isolation_scope()
    return sentry_sdk.Hub.current


def reader_of_unit():
    """What gives the scope that is there already, without a call of Python, where the SDK keeps it in a variable of the context."""
    held = getattr(sys.modules.get("sentry_sdk.scope"), "_isolation_scope", None)
    return held.get if type(held) is contextvars.ContextVar and hasattr(sentry_sdk, "get_isolation_scope") else None


kept_unit = reader_of_unit()


# --- the other parts, as far as they are there

def install(settings):
    if settings.work:
        with guarded(), absent():
            from . import work
            work.install(settings, unit, kept_unit)
    if settings.armed:
        with guarded(), absent():
            from . import armed
            armed.install(settings)
    if settings.usage:
        with guarded(), absent():
            from . import usage
            usage.install(settings, send)


def worked():
    work = sys.modules.get(__package__ + ".work")
    try:
        return work.taken() if work is not None else None
    except Exception as trouble:
        if not guard.is_ours(trouble):
            raise
        guard.note(trouble)
        return None


def send(content, *, filename, content_type):
    """An attachment without an event, in an envelope of its own, over the SDK's transport."""
    from sentry_sdk.envelope import Envelope

    from . import work

    envelope = Envelope()
    envelope.add_item(Attachment(bytes=content, filename=filename, content_type=content_type).to_envelope_item())
    transport = getattr(client(), "transport", None)
    if transport is not None:
        with work.sending():
            transport.capture_envelope(envelope)


def absent():
    """A part that is not there is no failure."""
    return contextlib.suppress(ImportError)
