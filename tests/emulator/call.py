"""Which AWS action a request is, and the log of all of them."""

import json
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

SCOPE = re.compile(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/aws4_request")
READING = re.compile(r"(Describe|Get|List|Search|Lookup|Simulate|AssumeRole|Decode|GenerateCredentialReport)")


@dataclass
class Call:
    """One request to an AWS service."""

    service: str
    region: str
    action: str
    parameters: dict[str, str] = field(repr=False)
    json_protocol: bool
    # What a request says that is one JSON document.
    document: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def mutating(self) -> bool:
        return not READING.match(self.action)


def identify(environ: dict[str, Any], body: bytes) -> Call:
    """Reads service and region from the signature, the action from the target header or the form."""
    scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    region, service = scope.groups() if scope else ("", "")
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return Call(service, region, target.rsplit(".", 1)[-1], {}, True, json.loads(body or b"{}"))
    form = dict(urllib.parse.parse_qsl(body.decode("latin1"), keep_blank_values=True))
    action = form.get("Action") or f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
    return Call(service, region, action, form, False)


class Log:
    """Every request in order of arrival."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[dict[str, Any]] = []

    def add(self, call: Call) -> dict[str, Any]:
        """Appends the request; the caller fills in status and fault once they are known."""
        entry = {
            "time": round(time.time(), 4),
            "service": call.service,
            "region": call.region,
            "action": call.action,
            "mutating": call.mutating,
            # What reads ask for would fill the memory of long runs.
            "said": (call.document or call.parameters) if call.mutating else {},
            "status": None,
            "fault": None,
        }
        with self._lock:
            self._entries.append(entry)
        return entry

    def entries(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._entries)

    def mutated_regions(self) -> list[str]:
        """Regions that were asked to change something: no other can hold anything of a test's."""
        return sorted({entry["region"] for entry in self.entries() if entry["mutating"] and entry["region"]})

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
