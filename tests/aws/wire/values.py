"""Values between JSON, as the test in Rust speaks it, and botocore: bytes are {"$bytes": base64}, times {"$time": RFC 3339}."""

import base64
import datetime
import fnmatch
import json
import sys


def told(value):
    """What botocore gives or takes, as JSON can say it."""
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime.datetime):
        value = value.astimezone(datetime.timezone.utc)
        fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
        return {"$time": value.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"}
    if isinstance(value, dict):
        return {key: told(it) for key, it in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [told(it) for it in value]
    return told(value.read()) if hasattr(value, "read") else value


def given(value):
    """What JSON says, as botocore takes it."""
    if isinstance(value, dict):
        if list(value) == ["$bytes"]:
            return base64.b64decode(value["$bytes"])
        if list(value) == ["$time"]:
            return datetime.datetime.fromisoformat(value["$time"].replace("Z", "+00:00"))
        return {key: given(it) for key, it in value.items()}
    return [given(it) for it in value] if isinstance(value, list) else value


def ask(question):
    """Has the test in Rust do what `question` says."""
    print(json.dumps(question), flush=True)
    line = sys.stdin.readline()
    if not line:
        sys.exit("the test has ended")
    return json.loads(line)


def report(**found):
    print(json.dumps({"report": found}), flush=True)


def differences(path):
    """What is known to differ: lines `SERVICE OPERATION WHAT: reason`, patterns as of files."""
    known = {}
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            key, reason = line.split(": ", 1)
            known[tuple(key.split(" ", 2))] = reason
    return known


def entry(known, service, operation, what):
    """The line that tells of a difference, if one does."""
    for key in known:
        if all(fnmatch.fnmatchcase(it, pattern) for it, pattern in zip((service, operation, what), key)):
            return key
    return None
