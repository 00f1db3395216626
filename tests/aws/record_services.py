"""Records AWS services from botocore's models as one line of text for each operation and each structure.

    .venv/bin/python tests/aws/record_services.py src/aws/models SERVICE…     # all that are there, if none is named

botocore is pinned in tests/emulator/requirements.txt, and named in the first line of each file. `src/aws/wire/model.rs`
reads the files, and describes their grammar. Scalars, lists and maps are written where they are used, so that only
operations and structures have lines. Documentation, patterns and enumerations are left out, and so are operations that
stream events, which nothing here can send.

A service that is recorded for the first time gets a line in `src/aws/wire/services.rs`, too.
"""

import collections
import pathlib
import sys

import botocore
import botocore.session
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import BotoCoreError

# Ours, in the order of preference.
PROTOCOLS = ["json", "rest-json", "rest-xml", "query", "ec2"]
SCALARS = {"string": "s", "character": "s", "integer": "i", "long": "l", "float": "f", "double": "d", "boolean": "b",
           "blob": "x"}
TIMES = {"iso8601": "ti", "unixTimestamp": "tu", "rfc822": "tr"}
LOCATIONS = {"header": "h", "headers": "H", "uri": "u", "querystring": "q", "statusCode": "c"}
# Outputs whose document is the member itself, without an element around it (Smithy: s3UnwrappedXmlOutput).
UNWRAPPED = {("s3", "GetBucketLocation")}


class Recorder:
    def __init__(self, session, name):
        self.session, self.name = session, name
        self.api = session.get_component("data_loader").load_service_model(name, "service-2")
        self.shapes = self.api["shapes"]
        self.needed, self.written = [], {}

    def type_of(self, ref, seen=()):
        name, shape = ref["shape"], self.shapes[ref["shape"]]
        kind = shape["type"]
        if shape.get("document") or ref.get("document"):
            return "j"
        if kind == "timestamp":
            return TIMES.get(ref.get("timestampFormat") or shape.get("timestampFormat"), "t")
        if kind in SCALARS:
            return SCALARS[kind]
        assert name not in seen, f"{self.name}: {name} holds itself without a structure between"
        seen = (*seen, name)
        if kind == "list":
            flat = "~" if shape.get("flattened") or ref.get("flattened") else ""
            return f"[{flat}{self.type_of(shape['member'], seen)}{named(shape['member'])}]"
        if kind == "map":
            flat = "~" if shape.get("flattened") or ref.get("flattened") else ""
            key, value = shape["key"], shape["value"]
            return f"{{{flat}{self.type_of(key, seen)}{named(key)},{self.type_of(value, seen)}{named(value)}}}"
        assert kind == "structure", kind
        if name not in self.written:
            self.written[name] = None
            self.needed.append(name)
        return "." + name

    def member(self, owner, name, ref):
        shape = self.shapes[ref["shape"]]
        text = f"{name}:{self.type_of(ref)}"
        # A flattened list is known by the name of its items.
        wire = ref.get("locationName")
        is_flat = shape.get("flattened") or ref.get("flattened")
        item = shape["member"].get("locationName") if shape["type"] == "list" and is_flat else None
        if item:
            wire = item if self.protocol == "query" else wire or item
        if wire and wire != name:
            text += f"={wire}"
        query = ref.get("queryName")
        if self.protocol == "ec2" and query and query != capital(wire or name):
            text += f"${query}"
        if ref.get("contextParam", {}).get("name") == "Bucket" and self.name == "s3":
            text += "!B"
        elif ref.get("location") in LOCATIONS:
            of_map = ref["location"] == "querystring" and shape["type"] == "map"
            text += "!Q" if of_map else "!" + LOCATIONS[ref["location"]]
        elif owner.get("payload") == name:
            text += "!p"
        elif ref.get("xmlAttribute") or shape.get("xmlAttribute"):
            text += "!a"
        if ref.get("hostLabel"):
            text += "^"
        if name in owner.get("required", []):
            text += "*"
        if ref.get("idempotencyToken"):
            text += "#"
        space = ref.get("xmlNamespace") or shape.get("xmlNamespace")
        return text + (f"<{namespace(space)}" if space else "")

    def structure(self, name):
        shape = self.shapes[name]
        union = "|" if shape.get("union") else ""
        members = [self.member(shape, member, ref) for member, ref in shape.get("members", {}).items()]
        return " ".join([f".{name}{union}", *members])

    def operation(self, name, op, pages):
        http = op["http"]
        shapes = [op[key]["shape"] if key in op else "-" for key in ("input", "output")]
        for it in shapes:
            if it != "-" and it not in self.written:
                self.written[it] = None
                self.needed.append(it)
        line = [name, http["method"], http["requestUri"], *shapes]
        root = op.get("input", {})
        if "locationName" in root:
            space = root.get("xmlNamespace")
            line.append(f"root={root['locationName']}" + (f"<{namespace(space)}" if space else ""))
        if "hostPrefix" in op.get("endpoint", {}):
            line.append(f"host={op['endpoint']['hostPrefix']}")
        if self.variants[choice(op)]:
            line.append(f"at={self.variants[choice(op)]}")
        checksum = op.get("httpChecksum", {})
        if op.get("httpChecksumRequired") or checksum.get("requestChecksumRequired"):
            line.append("checksum")
        if op.get("authtype") == "none" or op.get("auth") == ["smithy.api#noAuth"]:
            line.append("unsigned")
        if op.get("unsignedPayload"):
            line.append("unsignedpayload")
        if (self.name, name) in UNWRAPPED:
            line.append("unwrapped")
        if name in pages:
            page = pages[name]
            parts = [page["input_token"], page["output_token"], page["result_key"], page.get("more_results", "")]
            parts = [[it] if isinstance(it, str) else it for it in parts]
            line.append("page=" + ";".join(",".join(path.replace(" ", "") for path in part) for part in parts))
        return " ".join(line)

    def errors(self):
        codes, retried = set(), []
        for name, shape in self.shapes.items():
            if shape.get("exception"):
                code = shape.get("error", {}).get("code", name)
                codes.add(code)
                if "retryable" in shape:
                    retried.append(code + ("/throttling" if shape["retryable"].get("throttling") else ""))
        return sorted(codes), sorted(retried)

    def record(self):
        meta = self.api["metadata"]
        offered = meta.get("protocols") or [meta["protocol"]]
        self.protocol = next(it for it in PROTOCOLS if it in offered)
        protocol = f"json-{meta['jsonVersion']}" if self.protocol == "json" else self.protocol
        try:
            loader = self.session.get_component("data_loader")
            pages = loader.load_service_model(self.name, "paginators-1")["pagination"]
        except BotoCoreError:
            pages = {}
        signed_as = meta.get("signingName", meta["endpointPrefix"])
        lines = [f"# botocore {botocore.__version__} {self.name} {meta['apiVersion']}"]
        lines.append(f"service {meta['serviceId'].replace(' ', '_')} {meta['apiVersion']} {protocol} {signed_as}")
        if "targetPrefix" in meta:
            lines.append(f"target {meta['targetPrefix']}")
        if meta.get("xmlNamespace"):
            lines.append(f"xmlns {namespace(meta['xmlNamespace'])}")
        if "awsQueryCompatible" in meta and self.protocol == "json":
            lines.append("querymode")
        self.variants, found = endpoints(self.session, self.name, self.api["operations"])
        lines += found
        codes, retried = self.errors()
        lines.append(" ".join(["errors", *codes]))
        if retried:
            lines.append(" ".join(["retried", *retried]))
        lines.append("")
        operations = sorted(self.api["operations"].items())
        lines += [self.operation(name, op, pages) for name, op in operations if not self.streams_events(op)]
        while self.needed:
            name = self.needed.pop()
            self.written[name] = self.structure(name)
        lines.append("")
        lines += [line for _, line in sorted(self.written.items())]
        return "\n".join(lines) + "\n"

    def streams_events(self, op):
        shapes = [self.shapes[op[key]["shape"]] for key in ("input", "output") if key in op]
        refs = [ref for shape in shapes for ref in shape.get("members", {}).values()]
        return any(self.shapes[ref["shape"]].get("eventstream") for ref in refs)


def capital(name):
    return name[:1].upper() + name[1:]


def named(ref):
    space = f"<{namespace(ref['xmlNamespace'])}>" if ref.get("xmlNamespace") else ""
    return (f"@{ref['locationName']}" if "locationName" in ref else "") + space


def namespace(space):
    if isinstance(space, str):
        return space
    return (f"{space['prefix']}|" if space.get("prefix") else "") + space["uri"]


def choice(op):
    """What an operation tells the rule set about itself. Directory buckets, S3 Express, are left out."""
    params = op.get("staticContextParams", {}).items()
    told = ((key, it["value"]) for key, it in params if not isinstance(it["value"], list) and "S3Express" not in key)
    return tuple(sorted(told))


def endpoints(session, name, operations):
    """The hosts that the service's rule set gives, as a pattern for each partition and what does not follow it.

    A rule set may send some operations elsewhere; their hosts have a variant's number."""
    loader = session.get_component("data_loader")
    partitions = loader.load_data("partitions")
    rules = EndpointProvider(loader.load_service_model(name, "endpoint-rule-set-1"), partitions)
    choices = collections.Counter(choice(op) for op in operations.values())
    variants, known, lines = {}, {}, []
    for made, _ in choices.most_common():
        hosts = tuple(hosts_of(rules, partitions, dict(made)))
        if hosts not in known:
            known[hosts] = f"{len(known)}" if known else ""
            lines += [f"host{known[hosts]} {it}" for it in hosts]
        variants[made] = known[hosts]
    return variants, lines


def hosts_of(rules, partitions, params):
    for partition in partitions["partitions"]:
        found = {}
        for region in partition["regions"]:
            if not region.endswith("-global"):
                both = (False, True)
                found[region] = [host(rules, region, fips, dual, params) for fips in both for dual in both]
        shaped = {
            region: tuple((url.replace(region, "{region}") if url else "-", sign) for url, sign in hosts)
            for region, hosts in found.items()
        }
        if not shaped:
            continue
        usual = max(sorted(set(shaped.values()), key=repr), key=list(shaped.values()).count)
        yield line_of(partition["id"], usual)
        yield from (line_of(region, it) for region, it in sorted(shaped.items()) if it != usual)


def line_of(where, hosts):
    signs = {sign for _, sign in hosts if sign}
    assert len(signs) < 2, signs
    return " ".join([where, *(url for url, _ in hosts), *(f"sign={it}" for it in signs)])


def host(rules, region, fips, dual, params):
    try:
        found = rules.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual, **params)
    except BotoCoreError:
        return None, None
    schemes = found.properties.get("authSchemes", [])
    sign = schemes[0].get("signingRegion") if schemes else None
    return found.url.removeprefix("https://"), None if sign == region else sign


def main(folder, *services):
    folder = pathlib.Path(folder)
    session = botocore.session.get_session()
    for name in services or sorted(it.stem for it in folder.glob("*.txt")):
        (folder / f"{name}.txt").write_text(Recorder(session, name).record())


if __name__ == "__main__":
    main(*sys.argv[1:])
