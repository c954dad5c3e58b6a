"""Errors that are played on demand, each once, in the order in which they were asked for.

Each is an object: `fault` names it, `on` says which methods it waits for, `path` what has to be in the path.

    status      answers with `status` (and `headers`), without doing anything
    limited     answers as the forge does at its limit; `kind` is `secondary` or `primary`, and `headers` come with it
    lost        does what is asked, then closes the connection without a word
    silent      does what is asked, then says nothing until the other side hangs up
    slow        waits `seconds` before it answers
    redirect    answers 302 to `location`
"""

from __future__ import annotations

import threading

NAMES = ("status", "limited", "lost", "silent", "slow", "redirect")


class Faults:
    def __init__(self):
        self.waiting = []
        self.lock = threading.Lock()

    def plan(self, faults):
        for fault in faults:
            if fault.get("fault") not in NAMES:
                raise ValueError(f"`{fault.get('fault')}` is no fault; there are {', '.join(NAMES)}")
        with self.lock:
            self.waiting += faults

    def next(self, method, path):
        with self.lock:
            for fault in self.waiting:
                if method in fault.get("on", [method]) and fault.get("path", "") in path:
                    self.waiting.remove(fault)
                    return fault
        return None
