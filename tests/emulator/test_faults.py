"""Faults on demand, seen by boto3 as a client."""

import os
import subprocess
import sys
import tempfile

import botocore.exceptions
import botocore.parsers

from . import faults
from .harness import REGION, Emulated


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

    def test_answers_are_spoilt_after_the_service_acted(self) -> None:
        self.control("reset", {})
        for fault in sorted(faults.SPOILT):
            with self.subTest(fault):
                self.control("faults", [{"action": "CreateVpc", "nth": [1], "do": fault}])
                right = self.client("ec2").describe_vpcs()
                try:
                    answer = self.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")
                    self.assertNotIn("Vpc", answer)
                except (botocore.exceptions.BotoCoreError, botocore.parsers.ResponseParserError):
                    pass
                self.assertEqual(len(self.client("ec2").describe_vpcs()["Vpcs"]), len(right["Vpcs"]) + 1)

    def test_listings_keep_something_back_and_own_reads_do_not(self) -> None:
        self.control("reset", {})
        ec2 = self.client("ec2")
        ids = [ec2.create_vpc(CidrBlock=f"10.{n}.0.0/16")["Vpc"]["VpcId"] for n in range(2)]
        ours = [{"Name": "vpc-id", "Values": ids}]
        self.control("faults", [{"action": "DescribeVpcs", "do": "listing_sparse"}])
        self.assertNotIn("CidrBlock", ec2.describe_vpcs(Filters=ours)["Vpcs"][0])
        self.assertIn("CidrBlock", ec2.describe_vpcs(VpcIds=ids)["Vpcs"][0])
        self.control("faults", [{"action": "DescribeVpcs", "do": "listing_short"}])
        self.assertEqual(len(ec2.describe_vpcs(Filters=ours)["Vpcs"]), 1)
        self.assertEqual(len(ec2.describe_vpcs(VpcIds=ids)["Vpcs"]), 2)
        self.control("faults", [{"action": "DescribeVpcs", "do": "listing_stale"}])
        self.assertEqual([len(ec2.describe_vpcs(Filters=ours)["Vpcs"]) for _ in range(2)], [0, 2])

    def test_strangers_stand_first_in_every_read(self) -> None:
        self.control("reset", {})
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.control("faults", [{"action": "DescribeVpcs", "do": "listing_strangers"}])
        for asked in ({"VpcIds": [vpc]}, {"Filters": [{"Name": "vpc-id", "Values": [vpc]}]}):
            stranger, ours = ec2.describe_vpcs(**asked)["Vpcs"]
            self.assertEqual((stranger["VpcId"], ours["VpcId"]), ("stranger", vpc))
            self.assertNotIn("CidrBlock", stranger)
