"""Faults on demand. A rule is a JSON object:

    {"service": "ec2", "region": "eu-central-1", "action": "Create.*", "mutating": true,   which calls (all optional)
     "nth": [1, 2] | "from": 3 | "every": 5,                                     which of those (default: each of them)
     "do": "throttle" | "error" | "latency" | "reset_before" | "reset_after" | "kill_before" | "kill_after"
         | "answer_empty" | "answer_garbage" | "answer_truncated" | "answer_page" | "answer_bare" | "answer_cut"
         | "listing_sparse" | "listing_short" | "listing_stale" | "listing_strangers",
     "code": "...", "status": 400,                                                             for error
     "milliseconds": 200,                                                                      for latency
     "pid_file": "/tmp/x/pid"}                                                                 for kill_*

`reset_*` closes the connection with a TCP reset, `kill_*` sends SIGKILL to the process that the file names, each before or
after the service has acted. `answer_*` spoils the answer of a call that took effect, its status left at 200: no body, bytes
that mean nothing, its first half, the page of a proxy, a document without members, or half of what the length header says and
then the end of the connection. `listing_*` spoils answers to reads (listings.py). Rules are tried in order; every matching latency
is waited for, the first other match decides.
"""

import json
import os
import re
import signal
import threading
import time
from typing import Any

from . import listings
from .call import Call

PAGE = b"<html><head><title>Sign in</title></head><body>The proxy wants to know who you are.</body></html>"

# How an answer is spoilt: from the right content type and body to those that are sent.
SPOILT = {
    "answer_empty": lambda kind, body: (kind, b""),
    "answer_garbage": lambda kind, body: (kind, b"\x00\xff<?{[" * 40),
    "answer_truncated": lambda kind, body: (kind, body[: len(body) // 2]),
    "answer_page": lambda kind, body: ("text/html", PAGE),
    "answer_bare": lambda kind, body: (kind, _bare(body)),
    "answer_cut": lambda kind, body: (kind, body),
}

ACTIONS = {"throttle", "error", "latency", "reset_before", "reset_after", "kill_before", "kill_after", *SPOILT, *listings.MODES}

# What each service says when asked too often.
THROTTLES = {"ec2": ("RequestLimitExceeded", 503), "logs": ("ThrottlingException", 400), "ssm": ("ThrottlingException", 400)}


class Faults:
    """The present rules, and how often each has matched."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[dict[str, Any]] = []
        self._matches: list[int] = []

    def replace(self, rules: list[dict[str, Any]]) -> None:
        for rule in rules:
            if rule.get("do") not in ACTIONS:
                raise ValueError(f"a rule's \"do\" must be one of {sorted(ACTIONS)}: {rule}")
        with self._lock:
            self._rules = rules
            self._matches = [0] * len(rules)

    def choose(self, call: Call) -> tuple[float, dict[str, Any] | None]:
        """How many seconds to wait first, and the rule that decides what then happens."""
        wait = 0.0
        with self._lock:
            for index, rule in enumerate(self._rules):
                if not _concerns(rule, call):
                    continue
                self._matches[index] += 1
                if not _is_due(rule, self._matches[index]):
                    continue
                if rule["do"] != "latency":
                    return wait, rule
                wait += rule.get("milliseconds", 100) / 1000
        return wait, None


def _concerns(rule: dict[str, Any], call: Call) -> bool:
    return (
        rule.get("service", call.service) == call.service
        and rule.get("region", call.region) == call.region
        and rule.get("mutating", call.mutating) == call.mutating
        and re.fullmatch(rule.get("action", ".*"), call.action) is not None
    )


def _is_due(rule: dict[str, Any], match: int) -> bool:
    if "nth" in rule:
        return match in rule["nth"]
    return match >= rule.get("from", 1) and match % rule.get("every", 1) == 0


def refusal(call: Call, rule: dict[str, Any]) -> tuple[int, str, bytes]:
    """Status, content type and body of an error in the service's own format."""
    if rule["do"] == "throttle":
        code, status = THROTTLES.get(call.service, ("Throttling", 400))
        return error(call, code, "Rate exceeded", status)
    return error(call, rule["code"], rule.get("message", "injected by a fault rule"), rule.get("status", 400))


def error(call: Call, code: str, message: str, status: int) -> tuple[int, str, bytes]:
    if call.json_protocol:
        body = json.dumps({"__type": code, "message": message})
        return status, "application/x-amz-json-1.1", body.encode()
    detail = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    if call.service == "ec2":
        body = f"<Response><Errors>{detail}</Errors><RequestID>emulator</RequestID></Response>"
    else:
        body = f"<ErrorResponse>{detail}<RequestId>emulator</RequestId></ErrorResponse>"
    return status, "text/xml", body.encode()


def kill_client(rule: dict[str, Any]) -> None:
    """Kills the process named in the rule's file, which its parent may still be writing."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            with open(rule["pid_file"], encoding="ascii") as file:
                os.kill(int(file.read()), signal.SIGKILL)
            return
        except (FileNotFoundError, ValueError):
            time.sleep(0.002)


def spoil(rule: dict[str, Any], content_type: str, body: bytes) -> tuple[str, bytes]:
    """Content type and body in the place of the right ones."""
    return SPOILT[rule["do"]](content_type, body)


def _bare(body: bytes) -> bytes:
    """The outermost element, or object, without anything in it."""
    root = re.search(rb"<([A-Za-z]\w*)[^>]*>", body)
    return b"<%s/>" % root.group(1) if root else b"{}"
