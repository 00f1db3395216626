"""Made-up inputs for an operation: every kind of value, and what tends to be written wrongly."""

import base64

WORDS = ["a", "b c", "é漢", "x<&>\"'y", "", "a/b", "1", "tab\tnl\n", "😀", "a=b&c", "-", "null"]
BYTES = [b"", b"abc", b"\x00\xff\n"]
# What SDKs make checksums and digests of by themselves.
LEFT_OUT = {"ChecksumAlgorithm", "SSECustomerKey", "CopySourceSSECustomerKey"}
# Structures may hold themselves.
DEEPEST = 3


def input_of(rng, shape, protocol):
    """A value for the input `shape`; none if it cannot be made up."""
    if shape is None:
        return {}
    made = value(rng, shape, 0)
    # Forms cannot say that a list has an item that says nothing.
    made = filled(made) if protocol in ("query", "ec2") else made
    return None if made is None else carried(shape, made)


def filled(made):
    if isinstance(made, list):
        return [it for it in map(filled, made) if it != {}]
    return {key: filled(it) for key, it in made.items()} if isinstance(made, dict) else made


def value(rng, shape, depth):
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return rng.choice([{"a": [1, None, True, "x"]}, "s", 3, [], {}])
    if kind == "structure":
        return structure(rng, shape, depth)
    if kind == "list":
        items = [value(rng, shape.member, depth + 1) for _ in range(rng.choice([0, 1, 2, 3]))]
        return [it for it in items if it is not None]
    if kind == "map":
        items = [(rng.choice(WORDS[:4]), value(rng, shape.value, depth + 1)) for _ in range(rng.choice([0, 1, 2]))]
        return {key: it for key, it in items if it is not None}
    if kind in ("integer", "long"):
        return rng.choice([0, 1, -5, 2**31 - 1])
    if kind in ("float", "double"):
        return rng.choice([0.5, 1.0, -2.25, 100.0])
    if kind == "boolean":
        return rng.random() < 0.5
    if kind == "blob":
        return {"$bytes": base64.b64encode(rng.choice(BYTES)).decode()}
    if kind == "timestamp":
        return {"$time": rng.choice(["2026-05-01T10:00:00Z", "1999-12-31T23:59:59Z"])}
    return rng.choice(shape.enum or WORDS)


def structure(rng, shape, depth):
    if depth > DEEPEST:
        return None
    members = list(shape.members.items())
    if getattr(shape, "is_tagged_union", False):
        rng.shuffle(members)
        made = ((name, value(rng, it, depth + 1)) for name, it in members)
        return next(({name: it} for name, it in made if it is not None), None)
    made = {}
    for name, it in members:
        is_required = name in shape.required_members
        if name in LEFT_OUT or not (is_required or rng.random() < (0.6 if depth < 2 else 0.4)):
            continue
        made[name] = value(rng, it, depth + 1)
        if made[name] is None:
            if is_required:
                return None
            del made[name]
    return made


def carried(shape, made):
    """`made` with what headers, paths and hosts can carry."""
    for name, member in shape.members.items():
        is_in_host = member.metadata.get("hostLabel")
        place = member.serialization.get("location")
        if name in made and (place in ("header", "headers", "uri") or is_in_host):
            made[name] = plain(made[name])
            if member.type_name == "string" and place != "uri" and is_in_host:
                made[name] = "label"
    return made


def plain(made):
    if isinstance(made, str):
        return "".join(it for it in made if 33 <= ord(it) < 127 and it not in "<&>\"'=/") or "x"
    if isinstance(made, list):
        return [plain(it) for it in made]
    if isinstance(made, dict) and not any(it[:1] == "$" for it in made):
        return {plain(key): plain(it) for key, it in made.items()}
    return made
