"""Asks the test in Rust for the requests of operations with made-up inputs, and compares them with botocore's.

    requests.py PART OF ROUNDS PLACE SERVICE…      the PARTth of OF parts of all operations, at least one of each
                                                   service, ROUNDS inputs for each

PLACE is a region, followed by `fips` or `dual` where such endpoints are wished for.

Method, host, path, query, headers, body (JSON as value, forms as sets, XML as trees) and what is signed for have to be equal, or
`requests.differences` has to say why they are not. Nothing is sent.
"""

import base64
import collections
import json
import pathlib
import random
import re
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zlib

import botocore.config
import botocore.session
from botocore import serialize
from botocore.exceptions import BotoCoreError, ClientError

from made_up import input_of
from values import ask, differences, entry, given, report

KNOWN = pathlib.Path(__file__).with_suffix(".differences")
# What is a user agent's, a clock's or a transport's, and checksums, which SDKs add as they like.
SKIPPED = set("""accept accept-encoding amz-sdk-invocation-id amz-sdk-request authorization content-encoding content-length content-md5
    expect host transfer-encoding user-agent x-amz-checksum-crc32 x-amz-checksum-mode x-amz-content-sha256 x-amz-date
    x-amz-sdk-checksum-algorithm x-amz-security-token x-amz-user-agent""".split())
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Caught(Exception):
    """Instead of sending."""


class Theirs:
    """The requests of botocore's client of one service."""

    def __init__(self, session, name, place):
        region, *wishes = place.split(" ")
        config = botocore.config.Config(
            parameter_validation=False, retries={"max_attempts": 0}, request_checksum_calculation="when_required",
            disable_request_compression=True, use_fips_endpoint="fips" in wishes, use_dualstack_endpoint="dual" in wishes,
        )
        keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        self.client = session.create_client(name, region_name=region, config=config, **keys)
        self.client.meta.events.register_first("before-send.*.*", self.catch)
        self.model = self.client.meta.service_model
        self.protocol = self.model.metadata["protocol"]
        offered = self.model.metadata.get("protocols") or [self.protocol]
        # Where CBOR is offered first, we speak JSON.
        if self.protocol not in ("rest-json", "rest-xml", "query", "ec2") and "json" in offered:
            self.protocol = "json"
            self.client._serializer = serialize.create_serializer("json", False)

    def catch(self, request, **_):
        self.caught = request
        raise Caught

    def request(self, operation, made):
        """The request; none if botocore refuses to make one."""
        self.caught = None
        try:
            self.client._make_api_call(operation, given(json.loads(json.dumps(made))))
        except Caught:
            pass
        except (BotoCoreError, ClientError, ValueError, TypeError, AttributeError, KeyError):
            return None
        body = self.caught.body.read() if hasattr(self.caught.body, "read") else self.caught.body
        body = body.encode() if isinstance(body, str) else body
        return shaped(self.protocol, self.caught.method, self.caught.url, dict(self.caught.headers), body)


def shaped(protocol, method, url, headers, body):
    """What counts of a request."""
    url = urllib.parse.urlsplit(url)
    headers = {key.lower(): it.decode() if isinstance(it, bytes) else it for key, it in headers.items()}
    scope = re.search(r"Credential=[^/]+/\d+/([^,]+)", headers.get("authorization", ""))
    headers = {key: it for key, it in headers.items() if key not in SKIPPED}
    if protocol in ("query", "rest-xml", "ec2"):
        # Botocore sends none, or adds a character set.
        headers.pop("content-type", None)
    query = urllib.parse.parse_qsl(url.query, keep_blank_values=True)
    body = UUID.sub("UUID", body.decode("latin1")).encode("latin1") if body else b""
    return {
        "method": method,
        # Two names for one host.
        "host": url.netloc.replace("s3.amazonaws.com", "s3.us-east-1.amazonaws.com"),
        "scope": scope and scope.group(1),
        "path": urllib.parse.unquote(url.path).rstrip("/") or "/",
        "query": sorted((key, UUID.sub("UUID", it)) for key, it in query if (key, it) != ("encoding-type", "url")),
        "headers": {key: UUID.sub("UUID", ",".join(it.strip() for it in value.split(","))) for key, value in headers.items()},
        "body": body_of(protocol, body),
    }


def body_of(protocol, body):
    if not body:
        return None
    try:
        if "json" in protocol:
            return json.loads(body)
        if protocol in ("query", "ec2"):
            return form(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        # To say nothing, botocore sends none.
        root = ElementTree.fromstring(body)
        return tree(root) if len(root) else None
    except (ValueError, ElementTree.ParseError):
        return body.decode("latin1")


def form(pairs):
    """What a form says; entries of maps come in any order, and are known by their keys."""
    names = {}
    for name, value in pairs:
        if re.search(r"\.entry\.\d+\.(key|Name)$", name):
            names[name.rpartition(".")[0] + "."] = re.sub(r"\d+$", value, name.rpartition(".")[0]) + "."
    inner = sorted(names, key=len, reverse=True)

    def named(name):
        for it in inner:
            name = names[it] + name[len(it):] if name.startswith(it) else name
        return name
    return sorted((named(name), value) for name, value in pairs)


def tree(element):
    """An element; members come in any order, items of lists in theirs, and `1.0` is the number 1."""
    by_name = collections.defaultdict(list)
    for child in element:
        by_name[child.tag].append(tree(child))
    text = "" if len(element) else re.sub(r"^(-?\d+)\.0$", r"\1", element.text or "")
    return element.tag, sorted(element.attrib.items()), text, sorted(by_name.items())


def differing_parts(ours, theirs):
    """What differs, and how either begins to."""
    found = {}
    for part in theirs:
        if part == "headers":
            both = [(f"header {it}", ours[part].get(it), theirs[part].get(it)) for it in {*ours[part], *theirs[part]}]
        else:
            both = [(part, ours[part], theirs[part])]
        found |= {what: excerpt(mine, other) for what, mine, other in both if mine != other}
    return found


def excerpt(ours, theirs):
    """Where two texts begin to differ."""
    ours, theirs = repr(ours), repr(theirs)
    at = next((at for at, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    return [it[max(0, at - 60):at + 60] for it in (ours, theirs)]


def chosen(name, operations, part, of):
    """A part of the operations, and at least one."""
    always = operations[part % len(operations)]
    return [it for it in operations if it == always or zlib.crc32(f"{name}{it}".encode()) % of == part]


def main(part, of, rounds, place, *services):
    session = botocore.session.get_session()
    known, met, counts, unexpected = differences(KNOWN), set(), collections.Counter(), []
    for name in services:
        theirs = Theirs(session, name, place)
        recorded = ask({"operations": name})
        for operation in chosen(name, sorted(recorded), int(part), int(of)):
            counts["operations"] += 1
            shape = theirs.model.operation_model(operation).input_shape
            for seed in range(int(rounds)):
                made = input_of(random.Random(f"{name}{operation}{seed}"), shape, theirs.protocol)
                expected = None if made is None else theirs.request(operation, made)
                if expected is None:
                    counts["refused by botocore"] += 1
                    continue
                counts["requests"] += 1
                got = ask({"service": name, "operation": operation, "input": made})
                if "refused" in got:
                    differing = {"refused": [got["refused"], ""]}
                else:
                    body = base64.b64decode(got["body"])
                    ours = shaped(theirs.protocol, got["method"], got["url"], got["headers"], body)
                    differing = differing_parts(ours, expected)
                counts["equal"] += not differing
                for what, both in differing.items():
                    line = entry(known, name, operation, what)
                    met.add(line)
                    if line is None:
                        unexpected.append([f"{name} {operation} {what}", *both])
    missed = [" ".join(it) for it in known if it not in met and it[0] in services]
    report(counts=counts, unexpected=unexpected, missed=missed)


main(*sys.argv[1:])
