"""Makes the calls of scenario.txt with boto3 and has the test in Rust make them, and compares the answers.

    answers.py URL PART OF      the services that are the PARTth of OF parts; URL is that of a moto that may be emptied

Answers have to be equal as a whole, or `answers.differences` has to say why they are not. What a server makes up (ids, times) may be
another one, but has to be the same other one everywhere.
"""

import datetime
import json
import pathlib
import re
import sys
import urllib.request
import zlib

import boto3
import botocore.config
from botocore.exceptions import BotoCoreError, ClientError

from values import ask, differences, entry, given, report, told

HERE = pathlib.Path(__file__).parent
KNOWN = HERE / "answers.differences"
# How far the clocks of the two runs may be apart, in seconds.
APART = 600
LINE = re.compile(r"(?:(\w+) = )?(\S+) (\w+)(\*?) (.*)")


class Boto:
    def __init__(self, url):
        self.url, self.clients = url, {}

    def client(self, name):
        if name not in self.clients:
            config = botocore.config.Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0})
            keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
            self.clients[name] = boto3.client(name, region_name="us-east-1", endpoint_url=self.url, config=config, **keys)
        return self.clients[name]

    def fresh(self):
        """Empties moto, and gives it what calls need that no call before them makes."""
        for page in ("reset", "seed?a=42"):
            urllib.request.urlopen(urllib.request.Request(f"{self.url}/moto-api/{page}", method="POST")).read()
        trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        trust = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        self.client("iam").create_role(RoleName="lambda", AssumeRolePolicyDocument=trust)
        return {"subnets": told(self.client("ec2").describe_subnets())}

    def call(self, call):
        client = self.client(call["service"])
        names = {operation: name for name, operation in client.meta.method_to_api_mapping.items()}
        name, made = names[call["operation"]], given(call["input"])
        try:
            if call["all"] and client.can_paginate(name):
                return {"answer": told(client.get_paginator(name).paginate(**made).build_full_result())}
            return {"answer": told(getattr(client, name)(**made))}
        except ClientError as error:
            said, status = error.response["Error"], error.response["ResponseMetadata"]["HTTPStatusCode"]
            return {"error": {"code": said.get("Code"), "message": said.get("Message"), "status": status}}
        except BotoCoreError as error:
            return {"error": {"code": "client", "message": str(error)}}


def filled(value, known):
    """A value with what calls before were answered."""
    if isinstance(value, str) and re.match(r"^\$\w+\.", value):
        label, path = value[1:].split(".", 1)
        at = known.get(label) or {}
        for step in path.split("."):
            at = at[int(step)] if step.isdigit() else (at or {}).get(step)
        return at
    if isinstance(value, dict):
        return {key: filled(it, known) for key, it in value.items()}
    return [filled(it, known) for it in value] if isinstance(value, list) else value


def run(calls, known, make):
    answers = []
    for call in calls:
        answers.append(make({**call, "input": filled(call["input"], known)}))
        if call["label"]:
            known[call["label"]] = answers[-1].get("answer")
    return answers


class Comparison:
    def __init__(self):
        self.renamed, self.back = {}, {}

    def differences(self, ours, theirs, path=""):
        if isinstance(ours, dict) and isinstance(theirs, dict) and not any(it[:1] == "$" for it in {*ours, *theirs}):
            for key in sorted({*ours, *theirs}):
                yield from self.differences(ours.get(key), theirs.get(key), f"{path}.{key}".lstrip("."))
        elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
            for at, (mine, other) in enumerate(zip(ours, theirs)):
                yield from self.differences(mine, other, f"{path}.{at}")
        elif not self.same(ours, theirs):
            yield path, ours, theirs

    def same(self, ours, theirs):
        if isinstance(ours, dict) and isinstance(theirs, dict) and "$time" in ours and "$time" in theirs:
            times = [datetime.datetime.fromisoformat(it["$time"].replace("Z", "+00:00")) for it in (ours, theirs)]
            return abs((times[0] - times[1]).total_seconds()) < APART
        if isinstance(ours, bool) or isinstance(theirs, bool):
            return ours is theirs
        if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
            # Seconds or milliseconds of a clock.
            near = APART * 1000 if ours > 1e12 else APART if ours > 1e9 else 1e-9 * max(1, abs(ours))
            return abs(ours - theirs) <= near
        if isinstance(ours, str) and isinstance(theirs, str):
            return ours == theirs or self.same_but_for_names(ours, theirs)
        return ours == theirs

    def same_but_for_names(self, ours, theirs):
        """Whether two texts differ in made-up ids alone, each of which stands for one other."""
        ours, theirs = (re.split(r"([^0-9A-Za-z])", it) for it in (ours, theirs))
        return len(ours) == len(theirs) and all(map(self.same_name, ours, theirs))

    def same_name(self, ours, theirs):
        are_clocks = len(ours) >= 2 and ours.rstrip("Z").isdigit() and theirs.rstrip("Z").isdigit()
        if ours == theirs or are_clocks:
            return True
        if len(ours) < 4 or not ours.isalnum():
            return False
        return self.renamed.setdefault(ours, theirs) == theirs and self.back.setdefault(theirs, ours) == ours


def calls_of(part, of):
    for line in (HERE / "scenario.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            label, service, operation, pages, made = LINE.fullmatch(line).groups()
            if zlib.crc32(service.encode()) % of == part:
                yield {
                    "label": label, "service": service, "operation": operation, "all": bool(pages), "input": json.loads(made),
                }


def main(url, part, of):
    boto, calls = Boto(url), list(calls_of(int(part), int(of)))
    theirs = run(calls, boto.fresh(), boto.call)
    ours = run(calls, boto.fresh(), ask)
    known, met, unexpected, equal, comparison = differences(KNOWN), set(), [], 0, Comparison()
    for call, mine, other in zip(calls, ours, theirs):
        found = list(comparison.differences(mine, other))
        equal += not found
        for path, one, two in found:
            line = entry(known, call["service"], call["operation"], path)
            met.add(line)
            if line is None:
                both = [json.dumps(it, ensure_ascii=False)[:200] for it in (one, two)]
                unexpected.append([f"{call['service']} {call['operation']} {path}", *both])
    errors = sum("error" in it for it in theirs)
    counts = {"calls": len(calls), "equal": equal, "of them refusals": errors}
    report(counts=counts, unexpected=unexpected, missed=[" ".join(it) for it in known if it not in met])


main(*sys.argv[1:])
