use super::{GONE, document, inline, name, prefix_of, role_details};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, resource::*},
    provider::{Id, Phase, Problem, Result},
};

attributes! {
    /// A policy that is part of a role.
    pub(crate) struct RolePolicy {
        role: String [force_new],
        name: Option<String> [computed, force_new],
        name_prefix: String [computed, force_new],
        policy: String [policy, spelled_as_policy],
    }
}

impl Resource for RolePolicy {
    const TYPE: &str = "aws_iam_role_policy";
    const GLOBAL: bool = true;
    const LISTED: bool = true;
    /// Putting it again does no harm.
    const FIND: Find = Find::Key;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let name = name(self.name.as_deref(), Some(&self.name_prefix), token);
        let request = aws.iam().put_role_policy().role_name(&self.role).policy_name(&name);
        request.policy_document(&self.policy).send().await?;
        Created::with_id(Some(format!("{}:{name}", self.role)))
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let live = |role: &str, name: &str, policy| {
            let (role, name_prefix) = (role.to_owned(), prefix_of(name));
            let attributes = RolePolicy { role, name: Some(name.to_owned()), name_prefix, policy };
            Live { attributes, phase: Phase::Ready }
        };
        if how == How::Named {
            let read = async |known: Known<Self>| -> Result<Option<Live<Self>>> {
                let (role, name) = known.id.0.split_once(':').ok_or_else(malformed)?;
                Ok(inline(aws, role, name).await?.map(|policy| live(role, name, policy)))
            };
            return each(objects, read).await;
        }
        let roles = role_details(aws).await?;
        let lives = objects.iter().filter_map(|known| {
            let (role, name) = known.id.0.split_once(':')?;
            let policies = roles.get(role)?.role_policy_list();
            let policy = policies.iter().find(|it| it.policy_name() == Some(name))?;
            Some((known.id.clone(), Ok(live(role, name, document(policy.policy_document())))))
        });
        Ok(lives.collect())
    }

    async fn update(aws: &Aws, id: &Id, change: &Change<Self>) -> Result<()> {
        let Some(policy) = change.to(|it| &it.policy) else { return Ok(()) };
        let (role, name) = id.0.split_once(':').ok_or_else(malformed)?;
        aws.iam().put_role_policy().role_name(role).policy_name(name).policy_document(policy).send().await?;
        Ok(())
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let (role, name) = known.id.0.split_once(':').ok_or_else(malformed)?;
        gone_is_fine(aws.iam().delete_role_policy().role_name(role).policy_name(name).send().await, GONE)
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let name = name(self.name.as_deref(), Some(&self.name_prefix), token);
        let id = Id(format!("{}:{name}", self.role));
        let found = Self::read(aws, &[Known { id: id.clone(), attributes: None }], How::Named).await?;
        let Some((id, live)) = found.into_iter().next() else { return Ok(None) };
        live.map(|_| Some(Created { id, attributes: None }))
    }

    fn import(id: &str) -> Result<Known<Self>> {
        match id.split_once(':') {
            Some((role, name)) if !role.is_empty() && !name.is_empty() => {
                Ok(Known { id: Id(id.to_owned()), attributes: None })
            }
            _ => Err(Problem::fatal("Invalid import id", format!("{id:?} is not of the form ROLE:POLICY."))),
        }
    }
}
