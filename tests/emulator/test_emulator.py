"""What the emulator promises, asked through boto3: `python -m unittest emulator.test_emulator` in tests/."""

import datetime
import functools
import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from typing import Any

import boto3
import botocore.config
import botocore.exceptions

REGION = "eu-central-1"
PENDING_SECONDS = 0.2
STATEMENT = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}


@functools.cache
def client(url: str, service: str, attempts: int) -> Any:
    config = botocore.config.Config(retries={"total_max_attempts": attempts, "mode": "standard"})
    credentials = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name=REGION, endpoint_url=url, config=config, **credentials)


class Emulated(unittest.TestCase):
    """One emulator for a class of tests. A test that counts empties it first, which takes moto a second."""

    @classmethod
    def setUpClass(cls) -> None:
        command = [sys.executable, "-m", "emulator", "--pending-seconds", str(PENDING_SECONDS)]
        cls.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        cls.url = cls.process.stdout.readline().split()[-1]

    @classmethod
    def tearDownClass(cls) -> None:
        cls.process.terminate()
        cls.process.wait()
        cls.process.stdout.close()

    def control(self, page: str, document: Any = None) -> Any:
        body = None if document is None else json.dumps(document).encode()
        with urllib.request.urlopen(f"{self.url}/_emulator/{page}", data=body) as answer:
            return json.load(answer)

    def client(self, service: str, attempts: int = 1) -> Any:
        return client(self.url, service, attempts)

    def refused(self, code: str, call: Any, **parameters: Any) -> None:
        with self.assertRaises(botocore.exceptions.ClientError) as raised:
            call(**parameters)
        self.assertEqual(raised.exception.response["Error"]["Code"], code)

    def kinds(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for item in self.control(f"inventory?regions={REGION}"):
            counts[item["kind"]] = counts.get(item["kind"], 0) + 1
        return counts


class Network:
    """A network with everything that holds on to something else."""

    def __init__(self, test: Emulated) -> None:
        self.ec2 = ec2 = test.client("ec2")
        self.vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.subnet = ec2.create_subnet(VpcId=self.vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
        self.gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=self.gateway, VpcId=self.vpc)
        self.group = ec2.create_security_group(GroupName="one", Description="one", VpcId=self.vpc)["GroupId"]
        image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
        self.launch = {"ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}
        self.launch |= {"SubnetId": self.subnet, "SecurityGroupIds": [self.group]}

    def run(self, **parameters: Any) -> str:
        return self.ec2.run_instances(**self.launch, **parameters)["Instances"][0]["InstanceId"]

    def state(self, instance: str) -> str:
        found = self.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
        return found["State"]["Name"]

    def nat(self) -> tuple[str, str]:
        address = self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        made = self.ec2.create_nat_gateway(SubnetId=self.subnet, AllocationId=address)
        return made["NatGateway"]["NatGatewayId"], address


def wait(client: Any, waiter: str, **parameters: Any) -> None:
    client.get_waiter(waiter).wait(WaiterConfig={"Delay": 0.05, "MaxAttempts": 100}, **parameters)


class Behaviour(Emulated):
    def test_instances_pass_through_their_states(self) -> None:
        network = Network(self)
        instance = network.run()
        self.assertEqual(network.state(instance), "pending")
        wait(network.ec2, "instance_running", InstanceIds=[instance])
        network.ec2.terminate_instances(InstanceIds=[instance])
        self.assertEqual(network.state(instance), "shutting-down")
        self.refused("DependencyViolation", network.ec2.delete_security_group, GroupId=network.group)
        self.refused("DependencyViolation", network.ec2.delete_subnet, SubnetId=network.subnet)
        wait(network.ec2, "instance_terminated", InstanceIds=[instance])
        network.ec2.delete_security_group(GroupId=network.group)
        network.ec2.delete_subnet(SubnetId=network.subnet)

    def test_nat_gateways_hold_address_subnet_and_gateway(self) -> None:
        self.control("reset", {})
        network = Network(self)
        ec2 = network.ec2
        nat, address = network.nat()
        wait(ec2, "nat_gateway_available", NatGatewayIds=[nat])
        for code, call, parameters in [
            ("InvalidIPAddress.InUse", ec2.release_address, {"AllocationId": address}),
            ("DependencyViolation", ec2.delete_subnet, {"SubnetId": network.subnet}),
            ("DependencyViolation", ec2.detach_internet_gateway, {"InternetGatewayId": network.gateway, "VpcId": network.vpc}),
            ("DependencyViolation", ec2.delete_internet_gateway, {"InternetGatewayId": network.gateway}),
            ("DependencyViolation", ec2.delete_vpc, {"VpcId": network.vpc}),
        ]:
            with self.subTest(call.__name__):
                self.refused(code, call, **parameters)
        ec2.delete_nat_gateway(NatGatewayId=nat)
        self.refused("InvalidIPAddress.InUse", ec2.release_address, AllocationId=address)
        wait(ec2, "nat_gateway_deleted", NatGatewayIds=[nat])
        ec2.release_address(AllocationId=address)
        ec2.delete_subnet(SubnetId=network.subnet)
        ec2.detach_internet_gateway(InternetGatewayId=network.gateway, VpcId=network.vpc)
        ec2.delete_internet_gateway(InternetGatewayId=network.gateway)
        ec2.delete_security_group(GroupId=network.group)
        ec2.delete_vpc(VpcId=network.vpc)
        self.assertEqual(self.kinds(), {})

    def test_groups_named_by_other_groups_stay(self) -> None:
        network = Network(self)
        ec2 = network.ec2
        other = ec2.create_security_group(GroupName="two", Description="two", VpcId=network.vpc)["GroupId"]
        permission = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "UserIdGroupPairs": [{"GroupId": network.group}]}
        ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=[permission])
        duplicate = {"GroupId": other, "IpPermissions": [permission]}
        self.refused("InvalidPermission.Duplicate", ec2.authorize_security_group_ingress, **duplicate)
        self.refused("DependencyViolation", ec2.delete_security_group, GroupId=network.group)
        ec2.delete_security_group(GroupId=other)
        ec2.delete_security_group(GroupId=network.group)

    def test_client_tokens_make_one_object(self) -> None:
        network = Network(self)
        ec2 = network.ec2
        self.assertEqual(network.run(ClientToken="a"), network.run(ClientToken="a"))
        tables = [ec2.create_route_table(VpcId=network.vpc, ClientToken="b")["RouteTable"]["RouteTableId"] for _ in "12"]
        self.assertEqual(len(set(tables)), 1)
        self.refused("IdempotentParameterMismatch", network.run, ClientToken="a", EbsOptimized=True)

    def test_scaling_groups(self) -> None:
        network = Network(self)
        template = {"LaunchTemplateName": "template", "LaunchTemplateData": {"ImageId": network.launch["ImageId"]}}
        template["LaunchTemplateData"]["InstanceType"] = "t3.micro"
        network.ec2.create_launch_template(**template)
        scaling = self.client("autoscaling")
        group = {"AutoScalingGroupName": "g", "MinSize": 1, "MaxSize": 1, "VPCZoneIdentifier": network.subnet}
        group["LaunchTemplate"] = {"LaunchTemplateName": "template", "Version": "$Latest"}
        scaling.create_auto_scaling_group(**group)
        self.refused("AlreadyExists", scaling.create_auto_scaling_group, **group)
        described = scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]
        self.assertEqual([it["LifecycleState"] for it in described["Instances"]], ["Pending"])
        schedule = {"AutoScalingGroupName": "g", "ScheduledActionName": "s", "DesiredCapacity": 0, "MinSize": 0}
        now = datetime.datetime.now(datetime.timezone.utc)
        day = datetime.timedelta(days=1)
        self.refused("ValidationError", scaling.put_scheduled_update_group_action, StartTime=now - day, **schedule)
        scaling.put_scheduled_update_group_action(StartTime=now + day, **schedule)
        policy = {"AutoScalingGroupName": "g", "PolicyName": "p", "AdjustmentType": "ChangeInCapacity"}
        self.assertIn(":scalingPolicy:", scaling.put_scaling_policy(ScalingAdjustment=1, **policy)["PolicyARN"])
        self.refused("ResourceInUse", scaling.delete_auto_scaling_group, AutoScalingGroupName="g")
        scaling.delete_auto_scaling_group(AutoScalingGroupName="g", ForceDelete=True)
        described = scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]
        self.assertEqual(described["Status"], "Delete in progress")
        self.assertEqual(scaling.describe_scheduled_actions()["ScheduledUpdateGroupActions"], [])

    def test_launch_templates_are_listed_whole(self) -> None:
        self.control("reset", {})
        ec2 = self.client("ec2")
        for number in range(20):
            ec2.create_launch_template(LaunchTemplateName=f"template-{number}", LaunchTemplateData={"InstanceType": "t3.micro"})
        self.assertEqual(len(ec2.describe_launch_templates()["LaunchTemplates"]), 20)
        first = ec2.describe_launch_templates(MaxResults=15)
        rest = ec2.describe_launch_templates(MaxResults=15, NextToken=first["NextToken"])
        self.assertEqual((len(first["LaunchTemplates"]), len(rest["LaunchTemplates"])), (15, 5))
        versions = ec2.describe_launch_template_versions(Versions=["$Default"])["LaunchTemplateVersions"]
        self.assertEqual(len(versions), 20)

    def test_policies_in_use_stay_and_details_page(self) -> None:
        iam = self.client("iam")
        allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        policy = iam.create_policy(PolicyName="p", PolicyDocument=json.dumps(allow))["Policy"]["Arn"]
        document = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})
        for number in range(120):
            iam.create_role(RoleName=f"r{number}", AssumeRolePolicyDocument=document)
        iam.attach_role_policy(RoleName="r0", PolicyArn=policy)
        self.refused("DeleteConflict", iam.delete_policy, PolicyArn=policy)
        pages = iam.get_paginator("get_account_authorization_details").paginate(Filter=["Role"])
        self.assertEqual(sum(len(page["RoleDetailList"]) for page in pages), 120)

    def test_what_moto_lacks_is_refused_once(self) -> None:
        self.control("reset", {})
        self.refused("NotImplemented", self.client("ec2", 3).describe_local_gateways)
        self.assertEqual([it["status"] for it in self.control("log")], [501])

    def test_regions_are_of_one_partition(self) -> None:
        regions = [region["RegionName"] for region in self.client("ec2").describe_regions()["Regions"]]
        self.assertIn(REGION, regions)
        self.assertFalse([name for name in regions if name.startswith(("cn-", "us-gov-"))])


class FaultsOnDemand(Emulated):
    def test_throttling_and_errors(self) -> None:
        self.control("reset", {})
        self.control("faults", [{"service": "ec2", "action": "CreateVpc", "nth": [1], "do": "throttle"}])
        self.refused("RequestLimitExceeded", self.client("ec2").create_vpc, CidrBlock="10.0.0.0/16")
        self.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")
        self.assertEqual([(it["status"], it["fault"]) for it in self.control("log")], [(503, "throttle"), (200, None)])
        self.control("faults", [{"mutating": True, "do": "error", "code": "Boom", "status": 400}])
        self.refused("Boom", self.client("iam").create_group, GroupName="g")
        self.client("iam").list_groups()

    def test_resets_before_and_after_the_service_acted(self) -> None:
        for fault, made in [("reset_before", 1), ("reset_after", 2)]:
            with self.subTest(fault):
                self.control("reset", {})
                self.control("faults", [{"action": "CreateVpc", "nth": [1], "do": fault}])
                self.client("ec2", attempts=2).create_vpc(CidrBlock="10.0.0.0/16")
                self.assertEqual(self.kinds(), {"vpc": made})

    def test_client_killed_at_the_nth_mutating_call(self) -> None:
        program = (
            "import boto3, os, sys; c = boto3.client('ec2')\n"
            "for n in range(5): c.describe_vpcs(); c.create_vpc(CidrBlock=f'10.{n}.0.0/16')"
        )
        environment = os.environ | {"AWS_ENDPOINT_URL": self.url, "AWS_DEFAULT_REGION": REGION}
        environment |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        for fault, made in [("kill_before", 2), ("kill_after", 3)]:
            with self.subTest(fault), tempfile.TemporaryDirectory() as folder:
                self.control("reset", {})
                pid_file = os.path.join(folder, "pid")
                self.control("faults", [{"mutating": True, "nth": [3], "do": fault, "pid_file": pid_file}])
                process = subprocess.Popen([sys.executable, "-c", program], env=environment)
                with open(pid_file, "w", encoding="ascii") as file:
                    file.write(str(process.pid))
                self.assertEqual(process.wait(), -9)
                self.assertEqual(self.kinds(), {"vpc": made})


if __name__ == "__main__":
    unittest.main()
