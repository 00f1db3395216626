//! How fast AWS takes requests.

/// A token bucket: how many requests at once, and how many a second after that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rate {
    pub burst: f64,
    pub per_second: f64,
}

impl Rate {
    pub(super) fn times(self, factor: f64) -> Self {
        Self { burst: (self.burst * factor).max(1.0), per_second: self.per_second * factor }
    }
}

/// Whether the actions of a row share one bucket, or each has one of that size.
#[derive(Clone, Copy, PartialEq)]
enum Buckets {
    Shared,
    Each,
}
use Buckets::{Each, Shared};

/// The first row that names the service and the action counts. `*` at the end of an action stands for any rest.
///
/// EC2: "Request throttling for the Amazon EC2 API"; Systems Manager and CloudWatch Logs: their service quotas. AWS
/// publishes no figures for IAM, STS and Auto Scaling; theirs are low enough not to meet throttling in practice.
#[rustfmt::skip]
const RATES: &[(&str, &[&str], Buckets, f64, f64)] = &[
    ("ec2", &["RunInstances", "StartInstances"], Each, 5.0, 2.0),
    ("ec2", &["TerminateInstances"], Each, 100.0, 5.0),
    ("ec2", &["CreateTags", "DeleteTags"], Each, 100.0, 10.0),
    ("ec2", &["CreateNatGateway", "DeleteNatGateway"], Each, 10.0, 1.0),
    ("ec2", &["AssociateNatGatewayAddress", "DisassociateNatGatewayAddress"], Each, 10.0, 1.0),
    ("ec2", &["CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints"], Each, 4.0, 0.3),
    ("ec2", &["CreateVpcEndpointServiceConfiguration"], Each, 10.0, 1.0),
    ("ec2", &["CreateLaunchTemplateVersion", "ModifyLaunchTemplate"], Each, 100.0, 5.0),
    ("ec2", &["CreateNetworkInterface", "DeleteNetworkInterface", "ModifyNetworkInterfaceAttribute"], Each, 100.0, 5.0),
    ("ec2", &["AssignPrivateIpAddresses", "UnassignPrivateIpAddresses", "AssignIpv6Addresses"], Each, 100.0, 5.0),
    ("ec2", &["CreateVolume", "DeleteVolume", "CreateSnapshot*", "DeleteSnapshot"], Each, 100.0, 5.0),
    ("ec2", &["AssociateIamInstanceProfile", "DisassociateIamInstanceProfile"], Each, 100.0, 5.0),
    ("ec2", &["DeregisterImage", "ModifyImageAttribute", "ModifyInstanceMetadataOptions"], Each, 100.0, 5.0),
    ("ec2", &["CopyImage"], Each, 100.0, 1.0),
    ("ec2", &["CreateDefaultVpc", "CreateDefaultSubnet"], Each, 1.0, 1.0),
    ("ec2", &["CreateSubnetCidrReservation"], Each, 5.0, 1.0),
    ("ec2", &["DescribeSecurityGroupReferences", "DescribeStaleSecurityGroups"], Each, 20.0, 5.0),
    ("ec2", &["Describe*", "Get*", "List*", "Search*"], Each, 100.0, 20.0),
    ("ec2", &["*"], Each, 50.0, 5.0),
    ("ssm", &["GetParameter", "GetParameters", "GetParametersByPath"], Shared, 40.0, 40.0),
    ("ssm", &["PutParameter"], Each, 5.0, 3.0),
    ("ssm", &["*"], Each, 10.0, 5.0),
    ("logs", &["DescribeLogGroups"], Each, 10.0, 5.0),
    ("logs", &["*"], Each, 10.0, 10.0),
    ("autoscaling", &["Describe*"], Each, 20.0, 10.0),
    ("autoscaling", &["*"], Each, 10.0, 5.0),
    ("iam", &["Get*", "List*"], Each, 40.0, 20.0),
    ("iam", &["*"], Each, 20.0, 10.0),
];

/// For a service that the table does not name.
const OTHERS: Rate = Rate { burst: 20.0, per_second: 10.0 };

/// The name of the bucket that `action` takes from, and its size.
pub(super) fn rate_of(service: &str, action: &'static str) -> (&'static str, Rate) {
    for (of, actions, buckets, burst, per_second) in RATES {
        if *of == service && actions.iter().any(|pattern| matches(pattern, action)) {
            let family = if *buckets == Shared { actions[0] } else { action };
            return (family, Rate { burst: *burst, per_second: *per_second });
        }
    }
    (action, OTHERS)
}

fn matches(pattern: &str, action: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => action.starts_with(start),
        None => action == pattern,
    }
}
