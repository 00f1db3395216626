//! Data sources about the connection itself: who is calling, where, and in which partition.

use crate::{
    aws::{
        attribute::*,
        client::{Aws, partition},
        resource::{DataSource, DataType, data},
    },
    provider::{Problem, Result},
};

pub(super) const DATA: &[DataType] = &[data::<CallerIdentity>(), data::<Partition>(), data::<Region>()];

attributes! {
    /// Whose credentials are used.
    pub(crate) struct CallerIdentity {
        id: Option<String> [computed],
        account_id: Computed<String>,
        arn: Computed<String>,
        user_id: Computed<String>,
    }

    /// The group of regions.
    pub(crate) struct Partition {
        id: Option<String> [computed],
        dns_suffix: Computed<String>,
        partition: Computed<String>,
        reverse_dns_prefix: Computed<String>,
    }

    /// A region: that of the provider unless `name` or `endpoint` says another.
    pub(crate) struct Region {
        id: Option<String> [computed],
        description: Computed<String>,
        endpoint: Option<String> [computed],
        name: Option<String> [computed],
    }
}

impl DataSource for CallerIdentity {
    const TYPE: &str = "aws_caller_identity";
    const GLOBAL: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let caller = aws.caller().await?.clone();
        Ok(Self {
            id: Some(caller.id.clone()),
            account_id: caller.id.into(),
            arn: caller.arn.into(),
            user_id: caller.user_id.into(),
        })
    }
}

impl DataSource for Partition {
    const TYPE: &str = "aws_partition";
    const GLOBAL: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let partition = partition(&aws.region);
        Ok(Self {
            id: Some(partition.name.to_owned()),
            dns_suffix: partition.dns_suffix.into(),
            partition: partition.name.into(),
            reverse_dns_prefix: partition.reverse_dns_prefix.into(),
        })
    }
}

impl DataSource for Region {
    const TYPE: &str = "aws_region";

    async fn read(self, aws: &Aws) -> Result<Self> {
        let named = self.endpoint.as_deref().and_then(|it| it.strip_prefix("ec2.")).and_then(|it| it.split('.').next());
        let name = self.name.clone().or(named.map(str::to_owned)).unwrap_or_else(|| aws.region.clone());
        let known = DESCRIPTIONS.lines().filter_map(|it| it.split_once(' ')).find(|(region, _)| *region == name);
        let Some((_, description)) = known else {
            return Err(Problem::fatal("Unknown region", format!("region not found for name \"{name}\"")));
        };
        Ok(Self {
            id: Some(name.clone()),
            description: description.into(),
            endpoint: Some(format!("ec2.{name}.{}", partition(&name).dns_suffix)),
            name: Some(name),
        })
    }
}

const DESCRIPTIONS: &str = "\
af-south-1 Africa (Cape Town)
ap-east-1 Asia Pacific (Hong Kong)
ap-east-2 Asia Pacific (Taipei)
ap-northeast-1 Asia Pacific (Tokyo)
ap-northeast-2 Asia Pacific (Seoul)
ap-northeast-3 Asia Pacific (Osaka)
ap-south-1 Asia Pacific (Mumbai)
ap-south-2 Asia Pacific (Hyderabad)
ap-southeast-1 Asia Pacific (Singapore)
ap-southeast-2 Asia Pacific (Sydney)
ap-southeast-3 Asia Pacific (Jakarta)
ap-southeast-4 Asia Pacific (Melbourne)
ap-southeast-5 Asia Pacific (Malaysia)
ap-southeast-6 Asia Pacific (New Zealand)
ap-southeast-7 Asia Pacific (Thailand)
ca-central-1 Canada (Central)
ca-west-1 Canada West (Calgary)
cn-north-1 China (Beijing)
cn-northwest-1 China (Ningxia)
eu-central-1 Europe (Frankfurt)
eu-central-2 Europe (Zurich)
eu-north-1 Europe (Stockholm)
eu-south-1 Europe (Milan)
eu-south-2 Europe (Spain)
eu-west-1 Europe (Ireland)
eu-west-2 Europe (London)
eu-west-3 Europe (Paris)
il-central-1 Israel (Tel Aviv)
me-central-1 Middle East (UAE)
me-south-1 Middle East (Bahrain)
mx-central-1 Mexico (Central)
sa-east-1 South America (Sao Paulo)
us-east-1 US East (N. Virginia)
us-east-2 US East (Ohio)
us-gov-east-1 AWS GovCloud (US-East)
us-gov-west-1 AWS GovCloud (US-West)
us-west-1 US West (N. California)
us-west-2 US West (Oregon)
us-iso-east-1 US ISO East
us-iso-west-1 US ISO WEST
us-isob-east-1 US ISOB East (Ohio)
";
