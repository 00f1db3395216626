"""Where AWS is stricter than moto, asked through boto3: `python -m unittest discover -s emulator -t .` in tests/."""

import base64
import datetime
import json

from .harness import REGION, Emulated, Network, wait

STATEMENT = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}


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
        network.ec2.terminate_instances(InstanceIds=[instance])
        wait(network.ec2, "instance_terminated", InstanceIds=[instance])
        network.ec2.delete_security_group(GroupId=network.group)
        network.ec2.delete_subnet(SubnetId=network.subnet)

    def test_root_devices_have_the_size_of_the_image(self) -> None:
        network = Network(self)
        mapping = {"DeviceName": "/dev/sda1", "Ebs": {"VolumeType": "gp3", "Encrypted": True}}
        instance = network.run(BlockDeviceMappings=[mapping])
        filters = [{"Name": "attachment.instance-id", "Values": [instance]}]
        volumes = network.ec2.describe_volumes(Filters=filters)["Volumes"]
        self.assertEqual([(8, "gp3")], [(volume["Size"], volume["VolumeType"]) for volume in volumes])

    def test_user_data_is_changed(self) -> None:
        network = Network(self)
        instance = network.run(UserData="one")
        network.ec2.modify_instance_attribute(InstanceId=instance, UserData={"Value": b"two"})
        answer = network.ec2.describe_instance_attribute(InstanceId=instance, Attribute="userData")
        self.assertEqual(b"two", base64.b64decode(answer["UserData"]["Value"]))

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
        iam.create_instance_profile(InstanceProfileName="without")
        absent = {"InstanceProfileName": "without", "RoleName": "r0"}
        self.refused("NoSuchEntity", iam.remove_role_from_instance_profile, **absent)

    def test_changes_leave_what_they_do_not_name(self) -> None:
        network = Network(self)
        ec2, iam = network.ec2, self.client("iam")
        permission = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
        allowed = ec2.authorize_security_group_ingress(GroupId=network.group, IpPermissions=[permission])
        rule = allowed["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        change = {"SecurityGroupRuleId": rule, "SecurityGroupRule": {"IpProtocol": "-1", "CidrIpv4": "10.0.0.0/8"}}
        ec2.modify_security_group_rules(GroupId=network.group, SecurityGroupRules=[change])
        changed = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"][0]
        self.assertEqual((changed["IpProtocol"], changed["FromPort"]), ("-1", -1))
        document = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})
        iam.create_role(RoleName="changed", Description="kept", AssumeRolePolicyDocument=document)
        iam.update_role(RoleName="changed", MaxSessionDuration=7200)
        self.assertEqual(iam.get_role(RoleName="changed")["Role"]["Description"], "kept")

    def test_what_moto_lacks_is_refused_once(self) -> None:
        self.control("reset", {})
        self.refused("NotImplemented", self.client("ec2", 3).describe_local_gateways)
        self.assertEqual([it["status"] for it in self.control("log")], [501])

    def test_images_of_supported_ubuntu_releases(self) -> None:
        filters = [{"Name": "name", "Values": ["ubuntu/images/hvm-ssd*/ubuntu-*-24.04-amd64-server-*"]}]
        images = self.client("ec2").describe_images(Owners=["099720109477"], Filters=filters)["Images"]
        self.assertEqual(["x86_64"], [image["Architecture"] for image in images])

    def test_regions_are_of_one_partition(self) -> None:
        regions = [region["RegionName"] for region in self.client("ec2").describe_regions()["Regions"]]
        self.assertIn(REGION, regions)
        self.assertFalse([name for name in regions if name.startswith(("cn-", "us-gov-"))])
