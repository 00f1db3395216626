use super::parameter::GONE;
use crate::{
    aws::{attribute::*, client::Aws, error::has_code, resource::*},
    provider::{Problem, Result},
    value::{Path, Value},
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

    /// As the provider's framework words it.
    fn validate(config: &Value) -> Vec<Problem> {
        let given = config.get("arn").and_then(Value::as_str);
        let wrong = given.filter(|it| !(it.starts_with("arn:") && it.splitn(6, ':').count() == 6));
        let problem = |it| {
            let detail = format!("The provided value cannot be parsed as an ARN.\n\nPath: arn\nValue: {it}");
            Problem::fatal("Invalid ARN Value", detail).at(Path::attribute("arn"))
        };
        wrong.map(problem).into_iter().collect()
    }
}
