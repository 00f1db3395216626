//! What release 6 of the AWS provider added is sent. Where moto has no room for it, nothing more can be shown here: how such answers
//! are read is shown by tests of the types themselves.

use serde_json::{Value as Json, json};

use crate::{
    aws_calls::{create, provider},
    emulator::Emulator,
};

/// The type, its arguments, the action, and what the request says.
#[tokio::test]
async fn arguments_of_release_6_are_sent() {
    let emulator = Emulator::start();
    let everything = json!({ "endpoints": [{
        "ec2": emulator.url(), "sts": emulator.url(), "logs": emulator.url(), "resourcegroupstaggingapi": emulator.url()
    }] });
    let (provider, _) = provider(&emulator.url(), &everything);
    for (type_name, arguments, action, said) in [
        (
            "aws_cloudwatch_log_group",
            json!({ "name": "protected", "deletion_protection_enabled": true, "tags": {} }),
            "CreateLogGroup",
            json!({ "logGroupName": "protected", "deletionProtectionEnabled": true }),
        ),
        (
            "aws_instance",
            json!({ "ami": "ami-1", "instance_type": "t3.micro", "placement_group_id": "pg-1", "tags": {} }),
            "RunInstances",
            json!({ "Placement.GroupId": "pg-1", "InstanceType": "t3.micro" }),
        ),
        (
            "aws_instance",
            json!({
                "ami": "ami-1", "tags": {},
                "primary_network_interface": [{ "network_interface_id": "eni-1", "delete_on_termination": null }],
            }),
            "RunInstances",
            json!({ "NetworkInterface.1.NetworkInterfaceId": "eni-1", "NetworkInterface.1.DeviceIndex": "0" }),
        ),
        (
            "aws_nat_gateway",
            json!({
                "availability_mode": "regional", "vpc_id": "vpc-1", "connectivity_type": "public", "tags": {},
                "availability_zone_address": [{
                    "availability_zone": "us-east-1a", "availability_zone_id": null, "allocation_ids": ["eipalloc-1"]
                }],
            }),
            "CreateNatGateway",
            json!({
                "AvailabilityMode": "regional", "VpcId": "vpc-1",
                "AvailabilityZoneAddress.1.AvailabilityZone": "us-east-1a",
                "AvailabilityZoneAddress.1.AllocationId.1": "eipalloc-1",
            }),
        ),
    ] {
        let before = emulator.log().len();
        // What moto makes of it does not matter.
        let _ = create(&*provider, type_name, &arguments).await;
        let request = emulator.log().split_off(before).into_iter().find(|it| it["action"] == action);
        let request = request.unwrap_or_else(|| panic!("{type_name}: no {action}"));
        for (name, value) in said.as_object().unwrap() {
            assert_eq!(&request["said"][name], value, "{type_name} {name} in {}", request["said"]);
        }
        assert_eq!(request["said"].get("SubnetId"), None::<&Json>, "{type_name}");
    }
}
