"""Records what hashicorp/aws says of the types that rforge has: `record_schema.py SCHEMA BEHAVIOUR > schema.json`.

SCHEMA is the output of `terraform providers schema -json`. BEHAVIOUR holds, for each type, `defaults` and
`force_new`, as found by asking the provider to plan. The result has one line for each attribute and block.
"""

import json
import sys

RESOURCES = """
aws_autoscaling_group aws_autoscaling_schedule aws_autoscaling_policy aws_cloudwatch_log_group
aws_default_route_table aws_default_security_group aws_ebs_volume aws_volume_attachment
aws_eip aws_eip_association aws_iam_instance_profile
aws_iam_policy aws_iam_role aws_iam_role_policy aws_iam_role_policy_attachment aws_instance aws_internet_gateway
aws_key_pair aws_launch_template aws_nat_gateway aws_network_interface aws_route aws_route_table
aws_route_table_association aws_security_group
aws_security_group_rule aws_ssm_document aws_ssm_parameter aws_subnet aws_vpc aws_vpc_security_group_egress_rule
aws_vpc_security_group_ingress_rule
""".split()

DATA = """
aws_ami aws_availability_zones aws_caller_identity aws_ec2_instance_type aws_iam_policy_document aws_iam_role
aws_instance aws_instances
aws_partition aws_region aws_regions aws_security_group aws_ssm_parameter aws_subnet aws_subnets aws_vpc aws_vpcs
""".split()

EPHEMERAL = ["aws_ssm_parameter"]


def type_name(it):
    if isinstance(it, str):
        return "any" if it == "dynamic" else it
    kind, inner = it[0], it[1]
    if kind == "object":
        return "object({" + ", ".join(f"{name}={type_name(inner[name])}" for name in sorted(inner)) + "})"
    return f"{kind}({type_name(inner)})"


def source(attribute):
    if attribute.get("required"):
        return "required"
    return "+".join(mode for mode in ("optional", "computed") if attribute.get(mode))


def lines(block, behaviour, prefix=""):
    top = prefix == ""
    for name, attribute in block.get("attributes", {}).items():
        words = [type_name(attribute["type"]), source(attribute)]
        if top and name in behaviour.get("defaults", {}):
            words.append(f"default={json.dumps(behaviour['defaults'][name], separators=(',', ':'))}")
        if top and name in behaviour.get("force_new", []):
            words.append("force_new")
        if attribute.get("sensitive"):
            words.append("sensitive")
        yield f"{prefix}{name}: {' '.join(words)}"
    for name, nested in block.get("block_types", {}).items():
        bounds = f"{nested.get('min_items', 0)}..{nested.get('max_items', 0)}"
        yield f"{prefix}{name}: block {nested['nesting_mode']} {bounds}"
        yield from lines(nested["block"], behaviour, f"{prefix}{name}.")


def main():
    with open(sys.argv[1]) as file:
        provider = json.load(file)["provider_schemas"]["registry.terraform.io/hashicorp/aws"]
    with open(sys.argv[2]) as file:
        behaviour = json.load(file)

    def record(schemas, names, behaviour):
        return {
            name: [f"version {schemas[name]['version']}", *sorted(lines(schemas[name]["block"], behaviour.get(name, {})))]
            for name in sorted(names)
        }

    recorded = {
        "provider": "hashicorp/aws 5.100.0",
        "resources": record(provider["resource_schemas"], RESOURCES, behaviour),
        "data": record(provider["data_source_schemas"], DATA, {}),
        "ephemeral": record(provider["ephemeral_resource_schemas"], EPHEMERAL, {}),
    }
    json.dump(recorded, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
