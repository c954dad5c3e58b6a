"""Settings of Django and Flask, looked at when something failed: nothing is patched, and a request pays nothing.

Django keeps what was read on its settings object; of Flask's it is not known what was read. Only what differs from the defaults is taken.
"""
import sys

LIMIT = 200


def settings():
    """(module, name, value) of each."""
    return (list(django()) + list(flask()))[:LIMIT]


def django():
    conf = sys.modules.get("django.conf")
    held = object.__getattribute__(conf.settings, "__dict__") if conf is not None else {}
    if held.get("_wrapped") is None or held["_wrapped"] is conf.empty:
        return
    defaults = vars(conf.global_settings)
    for name, value in list(held.items()):
        if type(name) is str and name.isupper() and defaults.get(name, conf) is not value:
            yield "django.conf:settings", name, value


def flask():
    module = sys.modules.get("flask.globals")
    context = getattr(module, "_cv_app", None)
    context = context.get(None) if context is not None else None
    app = getattr(context, "app", None)
    if app is None:
        return
    defaults = type(app).default_config
    for name, value in list(dict.items(app.config)):
        if type(name) is str and defaults.get(name, module) is not value:
            yield "flask:current_app.config", name, value
