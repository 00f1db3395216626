"""Records which values hashicorp/aws refuses, of what rforge manages:

    record_rules.py SCHEMA MIRROR TYPES > src/aws/catalogue/rules.txt

SCHEMA is the output of `terraform providers schema -json`, MIRROR a filesystem mirror that has the provider, TYPES a file
with lines like `resource aws_vpc`. The provider is asked about each argument with many values, most of them wrong, and
about each pair of arguments; what it answers becomes rules in the words of `src/aws/rules.rs`. Answers that are no rule
which is known here are told on the standard error: give them a word.
"""

import itertools
import json
import re
import sys

from plugin import Provider

KEYS = {"resource": "resource_schemas", "data": "data_source_schemas", "ephemeral": "ephemeral_resource_schemas"}
DOCUMENT = '{"Version":"2012-10-17","Statement":[]}'
# What stands where something has to: right for most arguments of that name.
PLAUSIBLE = {
    "cidr_block": "10.0.0.0/16", "type": "ingress", "protocol": "tcp", "ip_protocol": "tcp", "policy": DOCUMENT,
    "assume_role_policy": DOCUMENT, "policy_arn": "arn:aws:iam::123456789012:policy/x", "public_key": "ssh-rsa AAAA",
}
STRINGS = """x|X!|a/b|10.0.0.1/8|10.0.0.0/8|fd00::/8|fd00::1/8|10.0.0.0/33|10.0.0.1|::1|arn:|{}|{|[]|"x"| {}| |é|-1|0|1
arn:aws:iam::123456789012:role/x|arn:aws:iam::aws:policy/x|arn:aws:iam::12:x|arn:a!:iam:zz:12:|{"a":1,"a":2}|65536|TCP
abc.def|2020-01-01T00:00:00Z|2020-01-01|aws:foo|tcp|true|a b|YQ==|/x|lt-1|lt-A!|i-1|sg-1|1h|-1h|us-east-1|*|$Latest|[a
vpc|standard|99999|dm-|tag|tags|id""".replace("\n", "|").split("|") + [""] + ["a" * it for it in (33, 65, 129, 200, 3000)]
NUMBERS = [-2, -1, 0, 1, 2, 3, 5, 7, 10, 31, 59, 60, 100, 101, 256, 1000, 65536, 10**6, 10**9, 10**12, 0.5, 1.5]
# A block whose arguments have nothing to do with each other, too many to ask about each pair.
ALIKE = {"instance_requirements"}
# A block of hundreds of arguments without rules.
FREE = "endpoints"
CROSS = ["Conflicting configuration arguments", "Invalid combination of arguments", "Missing required argument"]

# An answer, and the rule that it shows; `{}` is the path of the argument in messages, `<>` its last name.
ANSWERS = [
    (r"expected {} to be one of \[(.*)\], got .*", r"one_of \1"),
    (r"expected <> to be one of \[(.*)\], got .*", r"enum \1"),
    (r"expected {} to be in the range \((\S+) - (\S+)\), got .*", r"between \1 \2"),
    (r"expected {} to be at between \((\S+)\) and \((\S+)\), got .*", r"nullable_between \1 \2"),
    (r"expected {} to be at least \((\S+)\), got .*", r"at_least \1"),
    (r"expected {} to be at most \((\S+)\), got .*", r"at_most \1"),
    (r"expected {} to be greater than \((\S+)\), got .*", r"above \1"),
    (r"expected {} to be divisible by (\d+), got: .*", r"divisible \1"),
    (r"expected length of {} to be in the range \((\S+) - (\S+)\), got .*", r"length \1 \2"),
    (r'"{}" cannot be longer than (\d+) characters: .*', r"longest \1"),
    (r"Attribute must be a whole number, got .*", "whole"),
    (r"Configuration Read Error: .*is not an integer\.", "framework_whole"),
    (r"Invalid Attribute Value: Attribute {} value must be between (\S+) and (\S+), got: .*", r"framework_between \1 \2"),
    (r"Invalid Attribute Value: Attribute {} value must be a valid IPv4 CIDR .*", "framework_network4"),
    (r"Invalid Attribute Value: Attribute {} value must be a valid IPv6 CIDR .*", "framework_network6"),
    (r"Invalid ARN Value: .*", "framework_arn"),
    (r'"\S*" is not a valid IPv4 CIDR block.*', "network4"),
    (r'"\S*" is not a valid IPv6 CIDR block.*', "network6"),
    (r'expected "{}" to contain a network Value with between (\d+) and (\d+) .*', r"network \1 \2"),
    (r"expected {} to contain a valid IPv4 address, got: .*", "ipv4"),
    (r"expected {} to contain a valid IPv6 address, got: .*", "ipv6"),
    (r'"{}" \(.*\) is an invalid ARN: .*', "arn"),
    (r'"{}" contains an invalid JSON: .*', "json"),
    (r'"{}" contains an invalid JSON policy: .*', "policy"),
    (r"{}: cannot parse '.*' as boolean: .*", "nullable_bool"),
    (r"{}: cannot parse '.*' as int: .*", "nullable_int"),
    (r"{}: cannot parse '.*' as float: .*", "nullable_float"),
    (r'"{}" \(.*\) must be base64-encoded', "base64"),
    (r'"{}" cannot be parsed as a duration: .*', "duration"),
    (r'".*" cannot be parsed as iso8601 Timestamp Format', "timestamp"),
    (r'expected "{}" to be a valid RFC3339 date, got .*', "rfc3339"),
    (r"must be in RFC3339 time format .*", "rfc3339_format"),
    (r'"{}": error parsing regexp: .*', "regexp"),
    (r'expected "{}" to not be an empty string, got .*', "not_blank"),
    (r"{} must not be empty, got .*", "not_empty"),
    (r"{} must not be zero, got .*", "not_zero"),
    (r'expected "{}" to be an empty string: got .*', "empty"),
    (r'"{}" must be the role\'s name not its ARN', "not_arn"),
    (r"'.*' is not a recognized parameter name for (\S+)", r"argument_of \1"),
    (r'duration "{}" must be between 15 minutes .*', "duration_of_role"),
    (r'"{}" must begin with \'lt-\' and .*', "launch_template_id"),
    (r'"{}" can only alphanumeric characters and \(\)\./_- symbols', "launch_template_name"),
]
# Said beside one of those, and by the same rule.
BESIDE = [
    r'".*" is not a valid CIDR block: .*', r"expected {} to contain a valid (network )?Value, .*",
    r"{}: the use of values other than .*", r'"{}" must be greater than zero',
    r'"{}" is an empty string, which is not a valid JSON value', r'"{}" contains duplicate JSON keys: .*',
    r"'.*' always triggers an instance refresh .*", r'"{}" cannot be (less|longer|shorter) than .*',
    r"'.*' is a read-only parameter and .*", r"Write-only Attribute Not Allowed: .*", r"Null value found in list: .*",
]
# Patterns are not in the answers: by the words of the message.
PATTERNS = {
    r"invalid value for {} \((must match \[\\w\+=,\.@-\])\)": r"matches ^[0-9A-Za-z_+=,.@-]*$ -- \1",
    r"invalid value for {} \((cannot begin with sg-)\)": r"differs ^sg- -- \1",
    r'invalid value for {} \((no spaces or special characters except .*)\)': r"matches [0-9A-Za-z_/-]+ -- \1",
    r"invalid value for {} \((see .*LaunchTemplateOverrides.html)\)": r"matches ^[1-9][0-9]{0,2}$ -- \1",
    r'expected value of {} to match regular expression "(.*)", got .*': r"regular [0-9A-Za-z_+=,.@-]+ -- \1",
    r'"{}" isn\'t a valid log group name .*': "log_group_name",
    r'"{}" doesn\'t comply with restrictions \("(.*)"\): .*': r"complies ^[0-9A-Za-z_ .:/()#,@\\[\\]+=&;{}!$*-]*$ -- \1",
}


def sample(name, ty):
    if ty == "string":
        return PLAUSIBLE.get(name, "a")
    if ty in ("number", "bool"):
        return 1 if ty == "number" else True
    if ty[0] == "object":
        return {key: sample(key, inner) for key, inner in ty[1].items()}
    return {"k": sample(name, ty[1])} if ty[0] == "map" else [sample(name, ty[1])]


def empty(block, required=True):
    """The value of a block that sets what it must."""
    value = {}
    for name, attribute in block.get("attributes", {}).items():
        value[name] = sample(name, attribute["type"]) if required and attribute.get("required") else None
    for name, nested in block.get("block_types", {}).items():
        least = nested.get("min_items") and required
        absent = None if nested["nesting_mode"] == "single" else []
        value[name] = [empty(nested["block"])] if least else absent
    return value


def arguments(block, path=()):
    """The path and type of all that can be set; the type of a block is None."""
    for name, attribute in block.get("attributes", {}).items():
        if attribute.get("required") or attribute.get("optional"):
            yield path + (name,), attribute["type"]
    for name, nested in block.get("block_types", {}).items():
        if nested["nesting_mode"] != "single" and name != FREE:
            yield path + (name,), None
            yield from arguments(nested["block"], path + (name,))


def put(block, value, path, inner):
    """`value` with `inner` at `path`; None makes a block as empty as it may be."""
    name, rest = path[0], path[1:]
    nested = block.get("block_types", {}).get(name)
    if nested is None:
        return value | {name: inner}
    element = value[name][0] if value[name] else empty(nested["block"])
    return value | {name: [put(nested["block"], element, rest, inner) if rest else element]}


def probes(path, ty):
    """What is asked about an argument: the path of a rule, its path in messages, and values to try."""
    key = ".0.".join(path)
    for scalar, values in (("string", STRINGS), ("number", NUMBERS)):
        if ty == scalar:
            yield ".".join(path), key, [(it, it) for it in values]
        elif isinstance(ty, list) and ty[0] in ("list", "set") and ty[1] == scalar:
            yield ".".join(path), key + ".0", [(it, [it]) for it in values]
    if isinstance(ty, list) and ty[0] in ("list", "set") and ty[1][0] == "object":
        members = ty[1][1]
        for name, inner in members.items():
            for rule, message, values in probes(path + (name,), inner):
                yield rule, message, [(it, [{key: None for key in members} | {name: value}]) for it, value in values]


class Recorder:
    def __init__(self, provider, mode, name, block):
        self.provider, self.mode, self.name, self.block = provider, mode, name, block
        self.least = empty(block)
        self.rules = {}

    def ask(self, config):
        return self.provider.validate(self.mode, self.name, config)

    def rule(self, path, text):
        known = self.rules.setdefault(path, [])
        if text not in known:
            known.append(text)

    def answer(self, path, key, summary, detail):
        """Notes the rule that an answer shows."""
        text = f"{summary}: {detail}" if detail else summary

        def compiled(pattern):
            return pattern.replace("{}", re.escape(key), 1).replace("<>", re.escape(path.split(".")[-1]))

        for pattern, rule in ANSWERS + list(PATTERNS.items()):
            found = re.fullmatch(compiled(pattern), text, re.S)
            if found:
                return self.rule(path, found.expand(rule) if "\\1" in rule else rule)
        if not any(re.fullmatch(compiled(it), text, re.S) for it in BESIDE):
            print(self.mode, self.name, path, text[:300], file=sys.stderr)

    def values(self):
        for path, ty in arguments(self.block):
            least = self.with_partners(path)
            for rule, key, values in probes(path, ty) if ty else ():
                around = set(self.ask(put(self.block, least, path, sample(path[-1], ty))))
                for tried, value in values:
                    for severity, summary, detail, place in self.ask(put(self.block, least, path, value)):
                        if (severity, summary, detail, place) in around and tried != sample(path[-1], ty):
                            continue
                        if "required, but no definition" in detail and "." in rule and ty[0] in ("list", "set"):
                            self.rule(".".join(path) + "." + re.search(r"\.(\w+)\"", detail)[1], "required")
                        elif summary == "Invalid or unknown key":
                            self.rule(rule, "unknown_key")
                        elif summary not in CROSS and summary not in ("Argument is deprecated",):
                            self.answer(rule, key, summary, detail)

    def with_partners(self, path):
        """The least configuration in which the argument may be set at all."""
        partners = [it.split()[1:] for it in self.rules.get(".".join(path), []) if it.startswith("with ")]
        types = {(it,): ty for (it, *inner), ty in arguments(self.block) if not inner}
        config = self.least
        for name in itertools.chain(*partners):
            config = self.set(config, (name,), types[(name,)])
        return config

    def combinations(self):
        paths = [(path, ty) for path, ty in arguments(self.block) if not self.is_required(path)]
        alone = {}
        for path, ty in [((), None), *paths]:
            config = self.set(self.least, path, ty) if path else self.least
            alone[path] = self.ask(config)
            for severity, summary, detail, place in alone[path]:
                self.combination(summary, detail)
                if summary == "Argument is deprecated" and place == path[: len(place)] and "." not in str(place):
                    self.rule(place[-1], f"deprecated {detail}")
        conflicts = {}
        for (first, one), (second, two) in itertools.combinations(paths, 2):
            if first == second[: len(first)] or set(first) & set(second) & ALIKE:
                continue
            for _, summary, detail, _ in self.ask(self.set(self.set(self.least, first, one), second, two)):
                found = re.fullmatch(r'"(\S+)": conflicts with (\S+)', detail)
                if summary == CROSS[0] and found:
                    conflicts.setdefault(found[1], []).append(found[2])
                else:
                    self.combination(summary, detail)
        for key, others in conflicts.items():
            self.rule(key.replace(".0.", "."), "conflicts " + " ".join(self.order(key, sorted(set(others)))))

    def order(self, key, others):
        """The order in which the provider looks at them, which tells the one that it names."""
        types = {".0.".join(path): (path, ty) for path, ty in arguments(self.block)}
        ordered, left = [], others
        while len(left) > 1:
            config = self.set(self.least, *types[key])
            for other in left:
                config = self.set(config, *types[other])
            named = [it[2].split()[-1] for it in self.ask(config) if it[2].startswith(f'"{key}": conflicts with ')]
            if not named or named[0] not in left:
                break
            ordered.append(named[0])
            left = [it for it in left if it != named[0]]
        return ordered + left

    def set(self, config, path, ty):
        return put(self.block, config, path, sample(path[-1], ty) if ty else None)

    def is_required(self, path):
        return path[0] in self.block.get("attributes", {}) and self.block["attributes"][path[0]].get("required")

    def combination(self, summary, detail):
        all_of = re.fullmatch(r'"(\S+)": all of `(\S+)` must be specified', detail)
        one_of = re.fullmatch(r'"(\S+)": one of `(\S+)` must be specified', detail)
        framework = re.fullmatch(r"Exactly one of these attributes must be configured: \[(\S+)\]", detail)
        if all_of:
            self.rule(all_of[1].replace(".0.", "."), "with " + all_of[2].replace(",", " "))
        elif one_of:
            word = "exactly_one_of" if summary == CROSS[1] else "at_least_one_of"
            self.rule(one_of[1].replace(".0.", "."), f"{word} " + one_of[2].replace(",", " "))
        elif framework:
            self.rule("", "framework_exactly_one_of " + framework[1].replace(",", " "))

    def lines(self):
        self.combinations()
        self.values()
        yield f"{self.mode} {self.name}"
        for path, rules in sorted(self.rules.items()):
            for word in ("between ", "network "):
                ranges = [it for it in rules if it.startswith(word)]
                if len(ranges) > 1:
                    rules = [it for it in rules if it not in ranges] + [" or ".join(ranges)]
            for rule in rules:
                if rule.startswith("at_least") and "nullable_int" in rules:
                    rule = "nullable_" + rule
                yield f"{path or '.'} {rule}"


def main():
    schema, mirror, types = sys.argv[1:]
    with open(schema) as file:
        (schemas,) = json.load(file)["provider_schemas"].values()
    provider = Provider(mirror)
    with open(types) as file:
        for line in file:
            mode, name = line.split()
            block = schemas["provider"] if mode == "provider" else schemas[KEYS[mode]][name]
            lines = list(Recorder(provider, mode, name, block["block"]).lines())
            if len(lines) > 1:
                print("\n".join(lines) + "\n")
    provider.close()


if __name__ == "__main__":
    main()
