use super::parameter::GONE;
use crate::{
    aws::{attribute::*, client::Aws, error::has_code, resource::*},
    provider::{Problem, Result},
};

attributes! {
    /// The value of a parameter, for one run.
    pub(crate) struct ParameterEphemeral {
        arn: String,
        /// Whether a `SecureString` is decrypted; yes unless said otherwise.
        with_decryption: Option<bool> [computed],
        name: Computed<String>,
        r#type: Computed<String>,
        value: Computed<String> [sensitive],
        version: Computed<i64>,
    }
}

impl DataSource for ParameterEphemeral {
    const TYPE: &str = "aws_ssm_parameter";

    async fn read(self, aws: &Aws) -> Result<Self> {
        let decrypt = self.with_decryption.unwrap_or(true);
        let reply = match aws.ssm().get_parameter().name(&self.arn).with_decryption(decrypt).send().await {
            Err(error) if has_code(&error, GONE) => {
                let summary = format!(
                    "reading AWS SSM (Systems Manager) Ephemeral Resource Parameter ({:?}): couldn't find resource",
                    self.arn
                );
                return Err(Problem::fatal(summary, "AWS has no parameter of this ARN in this region."));
            }
            reply => reply?,
        };
        let parameter = reply.parameter.ok_or_else(malformed)?;
        Ok(Self {
            arn: self.arn,
            with_decryption: Some(decrypt),
            name: parameter.name.into(),
            r#type: parameter.r#type.map(|it| it.to_string()).into(),
            value: parameter.value.into(),
            version: Some(parameter.version).into(),
        })
    }
}
