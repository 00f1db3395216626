use super::{any_of, created_with, ids, named, retag, tagged, tags, the_created};
use crate::{
    aws::{attribute::*, client::Aws, error::gone_is_fine, naming, planning::Planning, resource::*},
    provider::{Id, Phase, Result},
    value::Value,
};
use aws_sdk_ec2::{primitives::Blob, types as ec2};

attributes! {
    /// A public key that instances let in.
    pub(crate) struct KeyPair {
        key_name: Option<String> [computed, force_new],
        key_name_prefix: Option<String> [computed, force_new],
        public_key: String [force_new],
        tags: Tags,
        arn: Computed<String>,
        fingerprint: Computed<String>,
        key_pair_id: Computed<String>,
        key_type: Computed<String>,
    }
}

impl Resource for KeyPair {
    const TYPE: &str = "aws_key_pair";
    const VERSION: u64 = 1;
    const LISTED: bool = true;
    const FIND: Find = Find::Tag;

    async fn create(&self, aws: &Aws, token: &str) -> Result<Created<Self>> {
        let request = aws.ec2_once().import_key_pair().key_name(self.name_for(token));
        let request = request
            .public_key_material(Blob::new(self.public_key.as_bytes()))
            .set_tag_specifications(tagged(ec2::ResourceType::KeyPair, &self.tags));
        Created::with_id(request.send().await?.key_name)
    }

    async fn read(aws: &Aws, objects: &[Known<Self>], how: How) -> Result<Found<Self>> {
        let keys: Vec<ec2::KeyPairInfo> = match how {
            How::Listed => keys(aws, any_of("key-name", objects.iter().map(|it| it.id.0.as_str()))).await?,
            How::Named => {
                named(ids(objects), |names| async {
                    let request = aws.ec2().describe_key_pairs().set_key_names(Some(names)).include_public_key(true);
                    Ok(request.send().await?.key_pairs.unwrap_or_default())
                })
                .await?
            }
        };
        let account = if keys.is_empty() { String::new() } else { aws.account_id().await? };
        let prior = by_id(objects);
        found(objects, keys, ec2::KeyPairInfo::key_name, |key| {
            let known = prior.get(key.key_name()?).copied();
            live(aws, key, &account, known)
        })
    }

    async fn update(aws: &Aws, _: &Id, change: &Change<Self>) -> Result<()> {
        let id = Id(change.before.key_pair_id.0.clone().ok_or_else(malformed)?);
        retag(aws, &id, change, |it| &it.tags).await
    }

    async fn delete(aws: &Aws, known: &Known<Self>) -> Result<()> {
        let outcome = aws.ec2().delete_key_pair().key_name(&known.id.0).send().await;
        gone_is_fine(outcome, &["InvalidKeyPair.NotFound"])
    }

    async fn find(&self, aws: &Aws, token: &str) -> Result<Option<Created<Self>>> {
        let found = the_created(token, keys(aws, vec![created_with(token)]).await?, ec2::KeyPairInfo::tags);
        found.map(|it| Created::with_id(it.key_name)).transpose()
    }

    async fn existing(&self, _: &Aws, token: &str) -> Option<String> {
        Some(self.name_for(token))
    }

    /// State holds the key without the space around it.
    fn plan(planning: &mut Planning) -> Result<()> {
        if let Some(key) = planning.planned("public_key").and_then(Value::as_str).map(str::trim) {
            let key = Value::string(key);
            planning.set("public_key", key);
        }
        Ok(())
    }
}

impl KeyPair {
    fn name_for(&self, token: &str) -> String {
        naming::name(self.key_name.as_deref(), self.key_name_prefix.as_deref(), token)
    }
}

/// DescribeKeyPairs has no pages.
async fn keys(aws: &Aws, filters: Vec<ec2::Filter>) -> Result<Vec<ec2::KeyPairInfo>> {
    let requests = filters.into_iter().map(async |filter| -> Result<Vec<ec2::KeyPairInfo>> {
        let request = aws.ec2().describe_key_pairs().filters(filter).include_public_key(true);
        Ok(request.send().await?.key_pairs.unwrap_or_default())
    });
    Ok(futures::future::try_join_all(requests).await?.into_iter().flatten().collect())
}

fn live(aws: &Aws, key: ec2::KeyPairInfo, account: &str, prior: Option<&KeyPair>) -> Option<(Id, Live<KeyPair>)> {
    let name = key.key_name?;
    let attributes = KeyPair {
        key_name_prefix: Some(naming::prefix_of(&name)),
        // AWS drops the comment, so what state holds is kept.
        public_key: match prior {
            Some(prior) => prior.public_key.clone(),
            None => key.public_key.unwrap_or_default().trim().to_owned(),
        },
        tags: tags(key.tags),
        arn: aws.arn("ec2", account, &format!("key-pair/{name}")).into(),
        fingerprint: key.key_fingerprint.into(),
        key_pair_id: key.key_pair_id.into(),
        key_type: key.key_type.map(|it| it.to_string()).into(),
        key_name: Some(name.clone()),
    };
    Some((Id(name), Live { attributes, phase: Phase::Ready }))
}
