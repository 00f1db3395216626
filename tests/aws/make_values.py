"""Makes a configuration with right and wrong values of every rule of a type: `make_values.py KIND TYPE [SEED] > values.tf`.

KIND is resource, data or ephemeral. Each rule of `src/aws/catalogue/rules.txt` gives some blocks, each block as little besides
as its type needs (`schema.json`), 150 in all. With a SEED that is not 0 the values are random.
"""

# Terraform takes minutes for thousands of blocks.
MOST = 150

import json
import pathlib
import random
import string
import sys

HERE = pathlib.Path(__file__).parent
RULES = HERE.parent.parent / "src/aws/catalogue/rules.txt"
DOCUMENT = '{"Version":"2012-10-17","Statement":[]}'
RIGHT = {
    "cidr_block": "10.0.0.0/16", "type": "ingress", "protocol": "tcp", "ip_protocol": "tcp", "policy": DOCUMENT,
    "assume_role_policy": DOCUMENT, "policy_arn": "arn:aws:iam::123456789012:policy/x", "public_key": "ssh-rsa AAAA",
    "aws_ssm_parameter.type": "String", "strategy": "Rolling", "pool_state": "Stopped", "resource_type": "instance",
    "lifecycle_transition": "autoscaling:EC2_INSTANCE_LAUNCHING", "predefined_metric_type": "ASGAverageCPUUtilization",
    "principals.type": "AWS",
}
# What a value of each kind may look like, right or wrong.
TEXTS = {
    "network": ["10.0.0.0/16", "10.0.0.1/16", "10.0.0.0/8", "10.0.0.0/29", "x", "", "fd00::/20", "10.0.0.0/016", "010.0.0.0/16"],
    "network4": ["10.0.0.0/8", "0.0.0.0/0", "10.0.0.1/8", "10.1.2.3/32", "10.0.0.0/33", "10.0.0.0", "fd00::/8", "", "::/0"],
    "network6": ["fd00::/8", "::/0", "2001:DB8::/32", "fd00::1/8", "fd00::/129", "10.0.0.0/8", "x", "::ffff:10.0.0.0/104"],
    "ipv4": ["10.0.0.1", "010.0.0.1", "10.0.0", "::1", "", "10.0.0.256"],
    "ipv6": ["::1", "2001:DB8::1", "1::2::3", "10.0.0.1", "", "fe80::1%e"],
    "arn": ["arn:aws:iam::123456789012:role/x", "arn:aws:iam::aws:policy/x", "", "x", "arn:aws:iam::12:x", "arn:aws:s3:::x",
            "arn:aws:x", "arn:a!:iam:zz:12:", "arn:aws-cn:iam:cn-north-1:123456789012:x", "arn::s3:::x"],
    "json": ["{}", "[]", "", "{", '{"a":1}x', "nul", '{"a":1,}', '{"a" 1}', "[1 2]", "é", '{"a":01}', '{"a":"\\q"}', "1.", "-"],
    "policy": [DOCUMENT, " {}", "", "x", "[]", '"{}"', '"x.json"', '"x"', '{"a":tru}', '{"a":1', '{"a":[{"b":1,"b":2}]}',
               "{'a':1}", '{"a":"\\u12"}', '{"é":é}', '{"a":1,"a":2}', '{"a":{"b":1},"c":{"b":1}}', "\n{}"],
    "nullable_bool": ["true", "false", "", "1", "0", "T", "FALSE", "yes", "tRUE"],
    "nullable_int": ["", "5", "-5", "+5", "101", "x", "1.5", "1e3", "99999999999999999999"],
    "nullable_float": ["", "5", "-5.5", "1e3", "x", "1_000", "0x10"],
    "base64": ["YQ==", "", "YQ", "Y Q==", "YQ==\n", "YQ-_", "é"],
    "duration": ["10m", "0", "1h30m", "1.5h", "-1h", "", "1d", "1h30", "h", ".m", "1 h", "é", "9999999999h"],
    "timestamp": ["2099-01-01T00:00:00Z", "2099-13-01T00:00:00Z", "2099-01-01", "", "2099-01-01T00:00:00+01:00"],
    "rfc3339": ["2099-01-01T00:00:00Z", "2099-01-01T00:00:00+01:00", "2099-02-30T00:00:00Z", "2099-01-01", "", "20-01-01",
                "2099-01-01T25:00:00Z", "2099-01-01 00:00:00Z", "2099-01-01T00:00:00Zx", "2099-01-01T00:00:00", "é"],
    "regexp": ["^a.*$", "[a", "*", "(", "a)"],
    "launch_template_id": ["lt-0123456789abcdef0", "", "lt-A!", "x", "lt-" + "a" * 256],
    "launch_template_name": ["abc", "ab", "a b c", "a" * 126, "a" * 100, "a(b)/_-."],
    "log_group_name": ["/aws/x_y-z.1#", "", "a b", "é", "a:b"],
    "argument_of": ["tag", "tags", "id", "arn", "launch_template", "x", "vpc_zone_identifier", "launch_configuration"],
    "matches": ["abc", "", "a b", "é", "a/b", "x+=,.@-_", "0", "1000", "{}"],
    "differs": ["abc", "sg-1", "xsg-", "sg"],
    "regular": ["abc", "", "{}", "é"],
    "complies": ["abc", "", "a\"b", "é", "a'b", "x ._-:/()#,@[]+=&;{}!$*"],
    "not_arn": ["abc", "arn:aws:iam::123456789012:role/x", "arn:aws:iam::12:x"],
    "not_blank": ["abc", ""], "not_empty": ["abc", ""], "empty": ["", "{}"],
}
TEXTS |= {
    "framework_network4": TEXTS["network4"], "framework_network6": TEXTS["network6"], "framework_arn": TEXTS["arn"],
    "rfc3339_format": TEXTS["rfc3339"], "nullable_at_least": TEXTS["nullable_int"], "nullable_between": TEXTS["nullable_int"],
}
BETWEEN_ARGUMENTS = ["conflicts", "exactly_one_of", "at_least_one_of", "with", "framework_exactly_one_of"]


class Type:
    """A type by its lines in `schema.json`."""

    def __init__(self, name, lines):
        self.name, self.lines = name, {}
        for line in lines:
            path, _, rest = line.partition(": ")
            self.lines[path] = rest

    def right(self, path):
        last = path.split(".")[-1]
        kind = self.lines[path].split()[0]
        names = [".".join(path.split(".")[-2:]), f"{self.name}.{last}", last]
        text = next((RIGHT[it] for it in names if it in RIGHT), "a")
        if kind.startswith(("list(", "set(")):
            return [1 if "number" in kind else text]
        return {"k": "v"} if kind.startswith("map(") else {"number": 1, "bool": True}.get(kind, text)

    def required(self, holder=""):
        """What a block has to set."""
        value = {}
        for path, rest in self.lines.items():
            above, _, name = path.rpartition(".")
            if above != holder:
                continue
            if name in ("memory_mib", "vcpu_count"):
                value[name] = [self.required(path)]
                continue
            if rest.startswith("block") and not rest.split()[2].startswith("0"):
                value[name] = [self.required(path)]
            elif not rest.startswith("block") and "required" in rest:
                value[name] = self.right(path)
        return value

    def put(self, value, path, inner):
        """`value` with `inner` at `path`; the blocks on the way are made."""
        holder, _, member = path.rpartition(".")
        if self.lines.get(holder, "").startswith("set(object"):
            around = {"protocol": "tcp", "from_port": 1, "to_port": 2} if "to_port" in self.lines[holder] else {}
            value[holder] = [around | {member: inner}]
            return
        holder = ""
        for name in path.split(".")[:-1]:
            holder = f"{holder}.{name}".strip(".")
            is_single = self.lines.get(holder, "").startswith("block single")
            value = value.setdefault(name, [self.required(holder)] if not is_single else self.required(holder))
            value = value[0] if isinstance(value, list) else value
        if self.lines.get(path, "").startswith("block"):
            value.setdefault(path.split(".")[-1], [self.required(path)])
        else:
            value[path.split(".")[-1]] = inner


def numbers(word, takes, chance):
    bounds = [int(float(it)) for it in takes.replace("or between", "").split() if it.lstrip("-").replace(".", "").isdigit()]
    near = [bound + step for bound in bounds for step in (-1, 0, 1)] or [0, 1]
    return [*dict.fromkeys(near), 1.5, chance.randint(-100, 10**6)] if word != "divisible" else [60, 61, -1, 1.5]


def texts(word, takes, chance):
    if word in ("one_of", "enum"):
        words = takes.split('"')[1::2]
        return [words[0], words[-1], chance.choice(words), words[0].swapcase(), words[0] + " ", "", "x"]
    if word in ("length", "longest"):
        low, high = [0, *map(int, takes.split())][-2:]
        return ["a" * it for it in (low - 1, low, high, high + 1) if it >= 0] + ["é" * (high // 2 + 1)]
    return TEXTS[word]


def garbled(text, chance):
    """A text that is like `text`, or not at all."""
    at = chance.randint(0, len(text))
    letter = chance.choice(string.printable[:94] + "é")
    return chance.choice([text[:at] + text[at + 1 :], text[:at] + letter + text[at:], text + text, text])


def cases(type_, path, word, takes, chance):
    """The blocks that a rule gives."""
    def block():
        return type_.required()

    if word in BETWEEN_ARGUMENTS:
        names = [it.replace(".0.", ".") for it in takes.split()]
        for chosen in [[], *([it] for it in names), names[:2], names]:
            value = block()
            for name in [*chosen, *([path] if word == "conflicts" else [])]:
                type_.put(value, name, type_.right(name) if not type_.lines[name].startswith("block") else None)
            yield value
        return
    holder, _, member = path.rpartition(".")
    declared = type_.lines.get(path) or type_.lines[holder].partition(f"{member}=")[2]
    if word in ("required", "deprecated"):
        value = block()
        type_.put(value, path, None if word == "required" or declared.startswith("block") else type_.right(path))
        yield value
        return
    kind = declared.split()[0]
    is_number = "number" in kind
    values = numbers(word, takes, chance) if is_number or word in ("whole", "divisible") else texts(word, takes, chance)
    for it in values:
        if isinstance(it, str) and chance.random() < type_.garble:
            it = garbled(it, chance)
        value = block()
        wrapped = [it] if kind.startswith(("list(", "set(")) else it
        type_.put(value, path, wrapped)
        yield value


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {literal(it)}" for key, it in value.items()) + " }"
    return repr(value)


def written(type_, value, holder="", indent="  "):
    for name, inner in value.items():
        path = f"{holder}.{name}".strip(".")
        if type_.lines.get(path, "").startswith(("block", "set(object")):
            for it in inner if isinstance(inner, list) else [inner]:
                yield f"{indent}{name} {{"
                yield from written(type_, it, path, indent + "  ")
                yield f"{indent}}}"
        else:
            yield f"{indent}{name} = {literal(inner)}"


def main():
    kind, name, seed = [*sys.argv[1:], "0"][:3]
    chance = random.Random(int(seed))
    with open(HERE / "schema.json") as file:
        schemas = json.load(file)
    type_ = Type(name, schemas.get(f"{kind}s", schemas.get(kind))[name])
    type_.garble = 0.7 if seed != "0" else 0
    rules = next(it for it in RULES.read_text().split("\n\n") if it.strip().startswith(f"{kind} {name}\n"))
    bodies = []
    for rule in rules.strip().splitlines()[1:]:
        path, word, *takes = rule.split(" ", 2)
        bodies += ["\n".join(written(type_, it)) for it in cases(type_, path, word, *takes or [""], chance)]
    bodies = list(dict.fromkeys(bodies))
    if len(bodies) > MOST:
        bodies = chance.sample(bodies, MOST)
    for number, body in enumerate(bodies):
        print(f'{kind} "{name}" "x{number}" {{\n{body}\n}}\n')


if __name__ == "__main__":
    main()
