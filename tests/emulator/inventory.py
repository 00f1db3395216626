"""What is alive, counted through the API and not through anyone's state.

`python -m emulator.inventory URL [REGION…|all]` prints it and exits with 1 unless nothing is left. What AWS makes by itself
(default networks, the main route table and default group of a network) does not count; what has ended (terminated instances,
deleted NAT gateways) does not either.
"""

import collections
import functools
import sys
from collections.abc import Iterator
from typing import Any

USER_AGENT = "emulator-inventory"


@functools.cache
def _client(url: str, service: str, region: str) -> Any:
    # Imported here, for the emulator itself starts faster without botocore's client machinery.
    import boto3
    import botocore.config

    config = botocore.config.Config(user_agent_extra=USER_AGENT, retries={"max_attempts": 5})
    credentials = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name=region, endpoint_url=url, config=config, **credentials)


def _all(client: Any, action: str, key: str, **parameters: Any) -> list[dict[str, Any]]:
    if not client.can_paginate(action):
        return getattr(client, action)(**parameters)[key]
    return [item for page in client.get_paginator(action).paginate(**parameters) for item in page.get(key, [])]


def _ec2(client: Any) -> Iterator[tuple[str, str]]:
    networks = _all(client, "describe_vpcs", "Vpcs")
    ours = {network["VpcId"] for network in networks if not network["IsDefault"]}
    for network in sorted(ours):
        yield "vpc", network
    for subnet in _all(client, "describe_subnets", "Subnets"):
        if subnet["VpcId"] in ours:
            yield "subnet", subnet["SubnetId"]
    for gateway in _all(client, "describe_internet_gateways", "InternetGateways"):
        if all(attachment["VpcId"] in ours for attachment in gateway["Attachments"]):
            yield "internet_gateway", gateway["InternetGatewayId"]
    for table in _all(client, "describe_route_tables", "RouteTables"):
        main = any(association.get("Main") for association in table["Associations"])
        if table["VpcId"] in ours and not main:
            yield "route_table", table["RouteTableId"]
        for association in table["Associations"]:
            if not association.get("Main"):
                yield "route_table_association", association["RouteTableAssociationId"]
        for route in table["Routes"]:
            if route.get("Origin") != "CreateRouteTable" and route.get("GatewayId") != "local" and table["VpcId"] in ours:
                yield "route", f"{table['RouteTableId']} {route.get('DestinationCidrBlock')}"
    groups = [group for group in _all(client, "describe_security_groups", "SecurityGroups") if group["VpcId"] in ours]
    named = {group["GroupId"] for group in groups if group["GroupName"] != "default"}
    for group in sorted(named):
        yield "security_group", group
    for rule in _all(client, "describe_security_group_rules", "SecurityGroupRules"):
        if rule["GroupId"] in named:
            yield "security_group_rule", rule["SecurityGroupRuleId"]
    for address in _all(client, "describe_addresses", "Addresses"):
        yield "address", address["AllocationId"]
    for gateway in _all(client, "describe_nat_gateways", "NatGateways"):
        if gateway["State"] not in ("deleted", "failed"):
            yield "nat_gateway", gateway["NatGatewayId"]
    for interface in _all(client, "describe_network_interfaces", "NetworkInterfaces"):
        if interface["VpcId"] in ours and not interface.get("Attachment"):
            yield "network_interface", interface["NetworkInterfaceId"]
    for volume in _all(client, "describe_volumes", "Volumes"):
        if not volume["Attachments"]:
            yield "volume", volume["VolumeId"]
    for key in _all(client, "describe_key_pairs", "KeyPairs"):
        yield "key_pair", key["KeyName"]
    for template in _all(client, "describe_launch_templates", "LaunchTemplates", MaxResults=200):
        yield "launch_template", template["LaunchTemplateId"]
    for reservation in _all(client, "describe_instances", "Reservations"):
        for instance in reservation["Instances"]:
            if instance["State"]["Name"] != "terminated":
                yield "instance", instance["InstanceId"]


def _autoscaling(client: Any) -> Iterator[tuple[str, str]]:
    for group in _all(client, "describe_auto_scaling_groups", "AutoScalingGroups"):
        yield "autoscaling_group", group["AutoScalingGroupName"]
    for action in _all(client, "describe_scheduled_actions", "ScheduledUpdateGroupActions"):
        yield "autoscaling_schedule", f"{action['AutoScalingGroupName']}/{action['ScheduledActionName']}"
    for policy in _all(client, "describe_policies", "ScalingPolicies"):
        yield "autoscaling_policy", f"{policy['AutoScalingGroupName']}/{policy['PolicyName']}"


def _logs(client: Any) -> Iterator[tuple[str, str]]:
    for group in _all(client, "describe_log_groups", "logGroups"):
        yield "log_group", group["logGroupName"]


def _ssm(client: Any) -> Iterator[tuple[str, str]]:
    for parameter in _all(client, "describe_parameters", "Parameters"):
        yield "ssm_parameter", parameter["Name"]


def _sqs(client: Any) -> Iterator[tuple[str, str]]:
    for url in _all(client, "list_queues", "QueueUrls"):
        yield "queue", url


def _iam(client: Any) -> Iterator[tuple[str, str]]:
    for role in _all(client, "list_roles", "Roles"):
        name = role["RoleName"]
        yield "role", name
        for policy in _all(client, "list_role_policies", "PolicyNames", RoleName=name):
            yield "role_policy", f"{name}/{policy}"
        for policy in _all(client, "list_attached_role_policies", "AttachedPolicies", RoleName=name):
            yield "role_policy_attachment", f"{name}/{policy['PolicyArn']}"
    for policy in _all(client, "list_policies", "Policies", Scope="Local"):
        yield "policy", policy["Arn"]
    for profile in _all(client, "list_instance_profiles", "InstanceProfiles"):
        yield "instance_profile", profile["InstanceProfileName"]


REGIONAL = {"ec2": _ec2, "autoscaling": _autoscaling, "logs": _logs, "sqs": _sqs, "ssm": _ssm}


def alive(url: str, regions: list[str]) -> list[dict[str, str]]:
    """Every object alive in these regions and in IAM: region, kind, id."""
    if regions == ["all"]:
        described = _client(url, "ec2", "us-east-1").describe_regions()["Regions"]
        regions = [region["RegionName"] for region in described]
    found = [("global", kind, name) for kind, name in _iam(_client(url, "iam", "us-east-1"))]
    for region in regions:
        for service, objects in REGIONAL.items():
            found += [(region, kind, name) for kind, name in objects(_client(url, service, region))]
    return [{"region": region, "kind": kind, "id": name} for region, kind, name in found]


def main() -> None:
    url, regions = sys.argv[1], sys.argv[2:] or ["all"]
    objects = alive(url, regions)
    for (region, kind), count in sorted(collections.Counter((it["region"], it["kind"]) for it in objects).items()):
        print(f"  {region:<16} {kind:<26} {count}")
    print(f"{len(objects)} objects alive in {'all regions' if regions == ['all'] else ', '.join(regions)}")
    sys.exit(1 if objects else 0)


if __name__ == "__main__":
    main()
