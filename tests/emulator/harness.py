"""What the emulator's own tests share: a running emulator, clients of it, a network to try things on."""

import functools
import json
import subprocess
import sys
import unittest
import urllib.request
from typing import Any

import boto3
import botocore.config
import botocore.exceptions

REGION = "eu-central-1"
# Long enough for a few calls on a busy machine.
PENDING_SECONDS = 3


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
