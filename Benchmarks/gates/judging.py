"""One patch before the judge: `nevermore verify`, asked once for each build and patch."""

from __future__ import annotations

import hashlib
import json
import os
import time

from .probing import digest
from .running import run

ACCEPTED, INCONCLUSIVE, REJECTED, STOPPED, BROKEN = "accepted", "inconclusive", "rejected", "stopped", "broken"
OUTCOMES = [ACCEPTED, INCONCLUSIVE, REJECTED, STOPPED, BROKEN]


class Judge:
    def __init__(self, nevermore, work, timeout):
        self.nevermore, self.timeout = nevermore, timeout
        self.kept = work / "gates" / "verdicts" / build_of(nevermore)

    def judge(self, case, patch):
        """What was said of the patch; it is kept, unless the time was up: that may have been the machine's doing."""
        ledger = self.kept / (patch["id"].replace("/", "--") + ".json")
        key = digest(patch["diff"], case.event.read_text(errors="replace"))
        if ledger.exists():
            known = json.loads(ledger.read_text())
            if known["key"] == key:
                return known
        ledger.parent.mkdir(parents=True, exist_ok=True)
        diff = ledger.with_suffix(".diff")
        diff.write_text(patch["diff"])
        started = time.time()
        done = run(self.nevermore, "verify", case.event, "--patch", diff, "--repo", case.repository,
                   "--config", case.configuration, "--json", "--fail-fast", timeout=self.timeout,
                   environment={name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))})
        said = {"key": key, "patch": str(diff), "seconds": round(time.time() - started, 1), "exit": done.returncode,
                **reading(done)}
        if done.returncode != 124:
            ledger.write_text(json.dumps(said, indent=1))
        return said


def build_of(nevermore):
    return hashlib.sha256(nevermore.read_bytes()).hexdigest()[:12]


def reading(done):
    """The outcome and the gates; what is no verdict of a documented kind is `broken`."""
    try:
        said = json.loads(done.stdout)
    except ValueError:
        said = {}
    verdict = said.get("verdict") or (said if "decision" in said else {})
    all_gates = verdict.get("gates") or []
    gates = {gate["name"]: gate["result"] for gate in all_gates}
    evidence = {gate["name"]: [gate.get("evidence") or "", *(gate.get("details") or [])][:6] for gate in all_gates}
    outcome = verdict.get("decision")
    if outcome not in (ACCEPTED, INCONCLUSIVE, REJECTED):
        outcome = STOPPED if done.returncode in (11, 12) else BROKEN
    talk = "" if verdict else json.dumps(said["stop"]) if said.get("stop") else done.stderr[-300:]
    return {"outcome": outcome, "gates": gates, "evidence": evidence, "doubt": verdict.get("doubt"), "talk": talk}
