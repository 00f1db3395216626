"""Records the schemas of every type of hashicorp/aws: `record_catalogue.py SCHEMA > src/aws/catalogue/types.txt`.

SCHEMA is the output of `terraform providers schema -json`. `src/aws/catalogue.rs` reads the result, and says what its
letters mean. Blocks that are the same are written once, however many types have them: those of WAF, which nest in
themselves, would fill megabytes otherwise.

A resource or data source also gets the argument `region` that version 6 of the provider gave to everything which lives
in one region.
"""

import json
import sys

# What belongs to the account rather than a region, as the provider's guide "Enhanced Region Support" lists it.
GLOBAL_SERVICES = """
account arcregionswitch bcmdataexports billing budgets ce cloudfront cloudfrontkeyvaluestore costoptimizationhub cur
globalaccelerator iam invoicing networkmanager notifications notificationscontacts organizations pricing rolesanywhere
route53 route53domains route53recoverycontrolconfig route53recoveryreadiness savingsplans shield waf
""".split()

GLOBAL_TYPES = """
aws_backup_global_settings aws_caller_identity aws_canonical_user_id aws_chimesdkvoice_global_settings
aws_cloudtrail_organization_delegated_admin_account aws_cloudwatch_log_data_protection_policy_document
aws_default_tags aws_dx_gateway aws_ecr_lifecycle_policy_document aws_fms_admin_account aws_ip_ranges aws_partition
aws_ram_sharing_with_organization aws_regions aws_s3_account_public_access_block
aws_servicecatalog_organizations_access aws_vpc_ipam_organization_admin_account
""".split()

KEYS = {"resource": "resource_schemas", "data": "data_source_schemas", "ephemeral": "ephemeral_resource_schemas"}
PRIMITIVES = {"string": "s", "number": "n", "bool": "b", "dynamic": "*"}
COLLECTIONS = {"list": "[", "set": "{", "map": "<"}


def flags(attribute):
    letters = [("required", "r"), ("optional", "o"), ("computed", "c"), ("sensitive", "s"), ("write_only", "w"),
               ("deprecated", "d")]
    return "".join(letter for name, letter in letters if attribute.get(name))


class Lines:
    """Every distinct block and object type, numbered in the order in which it was first met."""

    def __init__(self):
        self.numbers = {}

    def number(self, parts):
        return self.numbers.setdefault(" ".join(sorted(parts)), len(self.numbers))

    def block(self, block):
        parts = [f"{name}:{self.attribute_type(it)}:{flags(it)}" for name, it in block.get("attributes", {}).items()]
        for name, nested in block.get("block_types", {}).items():
            bounds = f"{nested.get('min_items', 0)}-{nested.get('max_items', 0)}"
            parts.append(f"{name}@{nested['nesting_mode']}@{bounds}@{self.block(nested['block'])}")
        return self.number(parts)

    def type_name(self, it):
        if isinstance(it, str):
            return PRIMITIVES[it]
        kind, inner = it
        if kind in COLLECTIONS:
            return COLLECTIONS[kind] + self.type_name(inner)
        assert kind == "object", it
        return f"({self.number(f'{name}={self.type_name(part)}' for name, part in inner.items())}"

    def attribute_type(self, attribute):
        if "type" in attribute:
            return self.type_name(attribute["type"])
        # An attribute of the newer kind, which says of each part of an object whether it has to be there.
        nested = attribute["nested_type"]
        parts = nested["attributes"].items()
        optional = [f"{name}{'' if it.get('required') else '?'}={self.attribute_type(it)}" for name, it in parts]
        return COLLECTIONS.get(nested["nesting_mode"], "") + f"({self.number(optional)}"


def is_global(name):
    service = name.removeprefix("aws_")
    return name in GLOBAL_TYPES or any(service == it or service.startswith(it + "_") for it in GLOBAL_SERVICES)


def main():
    with open(sys.argv[1]) as file:
        provider = json.load(file)["provider_schemas"]["registry.terraform.io/hashicorp/aws"]
    lines = Lines()
    types = []
    for kind in KEYS:
        for name, schema in sorted(provider[KEYS[kind]].items()):
            attributes = schema["block"].setdefault("attributes", {})
            if not is_global(name):
                region = attributes.setdefault("region", {"type": "string", "computed": True})
                region["optional"] = not region.get("required")
            types.append(f"{kind} {name} {schema['version']} {lines.block(schema['block'])}")
    print("\n".join(types))
    print()
    print("\n".join(lines.numbers))


if __name__ == "__main__":
    main()
