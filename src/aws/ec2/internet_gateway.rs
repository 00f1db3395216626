use super::{all_pages, created_with, described, ids, retag, tagged, tags, the_created};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, resource::*},
    provider::{Id, Phase, Result},
};
use aws_sdk_ec2::types as ec2;
use std::time::Duration;

attributes! {
    /// The way from a VPC to the internet.
    pub(crate) struct InternetGateway {
        vpc_id: String [computed],
        tags: Tags,
        arn: Computed<String>,
        owner_id: Computed<String>,
    }
}

const NOT_FOUND: &str = "InvalidInternetGatewayID.NotFound";

impl Resource for InternetGateway {
    const TYPE: &str = "aws_internet_gateway";
    const TIMEOUTS: &[&str] = &["create", "update", "delete"];
    const PATIENCE: Duration = Duration::from_secs(1200);
    const SETTLES: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;
    const DOUBLES: bool = true;
    const DELETED_AFTER: &[&str] =
        &["aws_autoscaling_group", "aws_eip", "aws_eip_association", "aws_instance", "aws_nat_gateway"];

    /// Attaching is left to `update`.
    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let request = aws.ec2_once().create_internet_gateway();
        let request = request.set_tag_specifications(tagged(ec2::ResourceType::InternetGateway, &self.tags));
        Created::with_id(request.send().await?.internet_gateway.and_then(|it| it.internet_gateway_id))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let (request, ids) = (|| aws.ec2().describe_internet_gateways(), ids(objects));
        let gateways = described!(how, 1000, request(), set_internet_gateway_ids, "internet-gateway-id", ids);
        found(objects, gateways, ec2::InternetGateway::internet_gateway_id, |it| live(aws, it))
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        if let Some(vpc) = change.to(|it| &it.vpc_id) {
            detach(aws, id, &change.before.vpc_id).await?;
            if !vpc.is_empty() {
                aws.ec2().attach_internet_gateway().internet_gateway_id(&id.0).vpc_id(vpc).send().await?;
            }
        }
        retag(aws, id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let vpc = known.attributes.as_ref().map(|it| it.vpc_id.as_str()).unwrap_or_default();
        detach(aws, &known.id, vpc).await?;
        let outcome = aws.ec2().delete_internet_gateway().internet_gateway_id(&known.id.0).send().await;
        gone_is_fine(outcome, &[NOT_FOUND])
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let gateways = all_pages!(aws.ec2().describe_internet_gateways(), [created_with(token)]);
        let gateway = the_created(token, gateways, ec2::InternetGateway::tags);
        gateway.map(|it| Created::with_id(it.internet_gateway_id)).transpose()
    }
}

async fn detach(aws: &Aws, id: &Id, vpc: &str) -> Result<()> {
    if vpc.is_empty() {
        return Ok(());
    }
    let outcome = aws.ec2().detach_internet_gateway().internet_gateway_id(&id.0).vpc_id(vpc).send().await;
    gone_is_fine(outcome, &["Gateway.NotAttached", NOT_FOUND, "InvalidVpcID.NotFound"])
}

fn live(aws: &Aws, gateway: ec2::InternetGateway) -> Option<(Id, Live<InternetGateway>)> {
    let id = gateway.internet_gateway_id?;
    let owner = gateway.owner_id.unwrap_or_default();
    let attachment = gateway.attachments.into_iter().flatten().next();
    // `available` is what AWS says of an attached gateway, though its model does not know the word.
    let phase = match attachment.as_ref().and_then(|it| it.state.as_ref()).map(|it| it.as_str()) {
        Some("attaching" | "detaching") => Phase::Pending,
        _ => Phase::Ready,
    };
    let attributes = InternetGateway {
        vpc_id: attachment.and_then(|it| it.vpc_id).unwrap_or_default(),
        tags: tags(gateway.tags),
        arn: aws.arn("ec2", &owner, &format!("internet-gateway/{id}")).into(),
        owner_id: owner.into(),
    };
    Some((Id(id), Live { attributes, phase }))
}
