use super::{
    all_pages_of, any_of,
    route_table::{self, PAGE},
};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, planning::Planning, resource::*},
    provider::{Id, Phase, Problem, Result},
    value::Type,
};
use aws_sdk_ec2::types::{self as ec2, RouteTableAssociationStateCode as State};
use std::time::Duration;

attributes! {
    /// The route table that a subnet, or a gateway, uses.
    pub(crate) struct RouteTableAssociation {
        route_table_id: String,
        subnet_id: String [optional, force_new],
        gateway_id: String [optional, force_new],
        /// Read back, since moving to another table gives the association a new id.
        id: Option<String> [computed],
    }
}

impl Resource for RouteTableAssociation {
    const TYPE: &str = "aws_route_table_association";
    const TIMEOUTS: &[&str] = &["create", "update", "delete"];
    const PATIENCE: Duration = Duration::from_secs(300);
    const DELETE_PATIENCE: Duration = Duration::from_secs(300);
    const SETTLES: bool = true;
    const LISTED: bool = true;
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, _: &str) -> Result<Created<Self>> {
        let request = aws.ec2_once().associate_route_table().route_table_id(&self.route_table_id);
        let request = request.set_subnet_id(given(&self.subnet_id)).set_gateway_id(given(&self.gateway_id));
        Created::with_id(request.send().await?.association_id)
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        // By table rather than by association: the id in state may be the one before a replacement.
        let tables = objects.iter().filter_map(|it| it.attributes.as_ref()).map(|it| it.route_table_id.clone());
        let mut tables = route_table::tables(aws, tables.collect(), how).await?;
        let unplaced = objects.iter().filter(|it| it.attributes.is_none()).map(|it| it.id.0.as_str());
        let filters = any_of("association.route-table-association-id", unplaced);
        tables.extend(all_pages_of!(PAGE, aws.ec2().describe_route_tables(), filters));
        let associations = associations(tables);
        let lives = objects.iter().filter_map(|known| {
            let own = |it: &&ec2::RouteTableAssociation| it.route_table_association_id() == Some(&known.id.0);
            let same = |it: &&ec2::RouteTableAssociation| known.attributes.as_ref().is_some_and(|known| known.is(it));
            let association = associations.iter().find(own).or_else(|| associations.iter().find(same))?;
            Some((known.id.clone(), Ok(live(association)?)))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        if let Some(table) = change.to(|it| &it.route_table_id) {
            aws.ec2_once().replace_route_table_association().association_id(&id.0).route_table_id(table).send().await?;
        }
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let outcome = aws.ec2().disassociate_route_table().association_id(&known.id.0).send().await;
        gone_is_fine(outcome, &["InvalidAssociationID.NotFound"])
    }

    async fn find(&self, aws: &Aws, _: &str) -> Result<Option<Created<Self>>> {
        let associations = associations(route_table::tables(aws, vec![self.route_table_id.clone()], How::Named).await?);
        let found = associations.into_iter().find(|it| self.is(it));
        found.map(|it| Created::with_id(it.route_table_association_id)).transpose()
    }

    /// A move to another table makes a new association.
    fn plan(planning: &mut Planning) -> Result<()> {
        if planning.changes("route_table_id") {
            planning.set_unknown("id", Type::String);
        }
        Ok(())
    }

    /// `subnet-1/rtb-1` or `igw-1/rtb-1`
    fn import(id: &str) -> Result<Known<Self>> {
        let wrong = || {
            let detail = format!("unexpected format of ID ({id}), expected associated resource ID/route table ID");
            Problem::fatal("Invalid import id", detail)
        };
        let (target, table) = id.split_once('/').ok_or_else(wrong)?;
        let subnet = target.starts_with("subnet-");
        let attributes = Self {
            route_table_id: table.to_owned(),
            subnet_id: if subnet { target.to_owned() } else { String::new() },
            gateway_id: if subnet { String::new() } else { target.to_owned() },
            id: None,
        };
        Ok(Known { id: Id(id.to_owned()), attributes: Some(attributes) })
    }
}

impl RouteTableAssociation {
    fn is(&self, other: &ec2::RouteTableAssociation) -> bool {
        other.route_table_id() == Some(&self.route_table_id)
            && other.subnet_id().unwrap_or_default() == self.subnet_id
            && other.gateway_id().unwrap_or_default() == self.gateway_id
            && other.main() != Some(true)
    }
}

fn associations(tables: Vec<ec2::RouteTable>) -> Vec<ec2::RouteTableAssociation> {
    tables.into_iter().flat_map(|it| it.associations.unwrap_or_default()).collect()
}

/// `None` if it is gone, or going.
fn live(association: &ec2::RouteTableAssociation) -> Option<Live<RouteTableAssociation>> {
    let state = association.association_state();
    let phase = match state.and_then(|it| it.state()) {
        Some(State::Associating) => Phase::Pending,
        Some(State::Failed) => {
            Phase::Failed(state.and_then(|it| it.status_message()).unwrap_or("AWS gave no reason").to_owned())
        }
        Some(State::Disassociating | State::Disassociated) => return None,
        _ => Phase::Ready,
    };
    let attributes = RouteTableAssociation {
        route_table_id: association.route_table_id.clone().unwrap_or_default(),
        subnet_id: association.subnet_id.clone().unwrap_or_default(),
        gateway_id: association.gateway_id.clone().unwrap_or_default(),
        id: association.route_table_association_id.clone(),
    };
    Some(Live { attributes, phase })
}
