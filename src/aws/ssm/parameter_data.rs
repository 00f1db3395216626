use super::parameter::GONE;
use crate::{
    aws::{attribute::*, client::Aws, error::has_code, resource::*},
    provider::{Problem, Result},
};
use aws_sdk_ssm::types::ParameterType;

attributes! {
    /// The value of a parameter.
    pub(crate) struct ParameterData {
        id: Option<String> [computed],
        /// Its name or ARN, with `:version` or `:label` for another than the newest version.
        name: String,
        /// Whether a `SecureString` is decrypted; yes unless said otherwise.
        with_decryption: Option<bool>,
        arn: Computed<String>,
        /// The value where it is no secret; shown in plans. Empty for a `SecureString`.
        insecure_value: String [read_only],
        r#type: Computed<String>,
        value: Computed<String> [sensitive],
        version: Computed<i64>,
    }
}

impl DataSource for ParameterData {
    const TYPE: &str = "aws_ssm_parameter";

    async fn read(self, aws: &Aws) -> Result<Self> {
        let decrypt = self.with_decryption.unwrap_or(true);
        let reply = match aws.ssm().get_parameter().name(&self.name).with_decryption(decrypt).send().await {
            Err(error) if has_code(&error, GONE) => {
                let summary = format!("reading SSM Parameter ({}): couldn't find resource", self.name);
                return Err(Problem::fatal(summary, "AWS has no parameter of this name in this region."));
            }
            reply => reply?,
        };
        let parameter = reply.parameter.ok_or_else(malformed)?;
        let secret = parameter.r#type == Some(ParameterType::SecureString);
        Ok(Self {
            id: parameter.name.clone(),
            name: parameter.name.unwrap_or(self.name),
            with_decryption: Some(decrypt),
            arn: parameter.arn.into(),
            insecure_value: parameter.value.clone().filter(|_| !secret).unwrap_or_default(),
            r#type: parameter.r#type.map(|it| it.to_string()).into(),
            value: parameter.value.into(),
            version: Some(parameter.version).into(),
        })
    }
}
