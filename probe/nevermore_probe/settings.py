"""What a service may say about the probe; a name that nobody knows is an error when the service starts, not later."""
import dataclasses
import difflib
import os
from typing import Optional, Tuple


@dataclasses.dataclass(frozen=True)
class Settings:
    max_bytes: int = 1 << 20
    seconds: float = 0.012  # of the failing thread's CPU
    redact: Tuple[str, ...] = ()
    work: bool = True
    armed: Optional[str] = None
    usage: bool = False
    environment: Optional[str] = None
    release: Optional[str] = None
    # packages that are the application's though they are installed, as in Sentry's `in_app_include`
    application: Tuple[str, ...] = ()

    @classmethod
    def of(cls, **options):
        known = [field.name for field in dataclasses.fields(cls)]
        for name in options:
            if name not in known:
                raise TypeError(unknown(name, known))
        for name in ("redact", "application"):
            if name in options:
                options[name] = names(name, options[name])
        if options.get("armed") is None:
            options["armed"] = os.environ.get("NEVERMORE_ARMED") or None
        return cls(**options)


def unknown(name, known):
    near = difflib.get_close_matches(name, known, 1)
    hint = "did you mean `%s`?" % near[0] if near else "the options are %s." % ", ".join("`%s`" % each for each in known)
    return "`%s` is not an option of the probe: %s" % (name, hint)


def names(option, value):
    """A tuple of names; one text alone would be taken for its letters."""
    if isinstance(value, str):
        raise TypeError("`%s` is a list of names: write `%s=[%r]`." % (option, option, value))
    return tuple(str(each) for each in value)
