use super::{GONE, attached, role_details, suffix};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, resource::*},
    provider::{Id, Phase, Problem, Result},
};

attributes! {
    /// A managed policy on a role.
    pub(crate) struct RolePolicyAttachment {
        role: String [force_new],
        policy_arn: String [force_new],
    }
}

impl Resource for RolePolicyAttachment {
    const TYPE: &str = "aws_iam_role_policy_attachment";
    const GLOBAL: bool = true;
    const LISTED: bool = true;
    /// Attaching again does no harm.
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        aws.iam().attach_role_policy().role_name(&self.role).policy_arn(&self.policy_arn).send().await?;
        Created::with_id(Some(format!("{}-{}", self.role, suffix(token))))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        if how == How::Named {
            let read = async |known: Known<Self>| -> Result<Option<Live<Self>>> {
                let Some(attributes) = known.attributes else { return Ok(None) };
                let attached = attached(aws, &attributes.role).await?.unwrap_or_default();
                let is_there = attached.contains(&attributes.policy_arn);
                Ok(is_there.then_some(Live { attributes, phase: Phase::Ready }))
            };
            return each(objects, read).await;
        }
        let roles = role_details(aws).await?;
        let lives = objects.iter().filter_map(|known| {
            let attributes = known.attributes.clone()?;
            let mut attached = roles.get(&attributes.role)?.attached_managed_policies().iter();
            attached.find(|it| it.policy_arn() == Some(&attributes.policy_arn))?;
            Some((known.id.clone(), Ok(Live { attributes, phase: Phase::Ready })))
        });
        Ok(lives.collect())
    }

    async fn update(_: &Aws, _: &Id, _: &Change<Self>) -> Result<()> {
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let Some(it) = &known.attributes else { return Err(malformed()) };
        let request = aws.iam().detach_role_policy().role_name(&it.role).policy_arn(&it.policy_arn);
        gone_is_fine(request.send().await, GONE)
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let id = Id(format!("{}-{}", self.role, suffix(token)));
        let found = Self::read(aws, &[Known { id, attributes: Some(self.clone()) }], How::Named).await?;
        let Some((id, live)) = found.into_iter().next() else { return Ok(None) };
        live.map(|_| Some(Created { id, attributes: None }))
    }

    fn import(id: &str) -> Result<Known<Self>> {
        match id.split_once('/') {
            Some((role, arn)) if !role.is_empty() && arn.starts_with("arn:") => Ok(Known {
                id: Id(format!("{role}-{arn}")),
                attributes: Some(Self { role: role.to_owned(), policy_arn: arn.to_owned() }),
            }),
            _ => Err(Problem::fatal("Invalid import id", format!("{id:?} is not of the form ROLE/POLICY_ARN."))),
        }
    }
}
