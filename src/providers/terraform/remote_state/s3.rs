//! States in buckets.

use super::config::Config;
use crate::{
    provider::Result,
    web::{
        Client,
        s3::{Bucket, Credentials, message},
    },
};
use std::{env, fs, io::Read, path::PathBuf};

pub(super) const ARGUMENTS: &[&str] = &[
    "access_key",
    "acl",
    "allowed_account_ids",
    "assume_role",
    "assume_role_with_web_identity",
    "bucket",
    "custom_ca_bundle",
    "dynamodb_endpoint",
    "dynamodb_table",
    "ec2_metadata_service_endpoint",
    "ec2_metadata_service_endpoint_mode",
    "encrypt",
    "endpoint",
    "endpoints",
    "forbidden_account_ids",
    "force_path_style",
    "http_proxy",
    "https_proxy",
    "iam_endpoint",
    "insecure",
    "key",
    "kms_key_id",
    "max_retries",
    "no_proxy",
    "profile",
    "region",
    "retry_mode",
    "role_arn",
    "secret_key",
    "shared_config_files",
    "shared_credentials_file",
    "shared_credentials_files",
    "skip_credentials_validation",
    "skip_metadata_api_check",
    "skip_region_validation",
    "skip_requesting_account_id",
    "skip_s3_checksum",
    "sse_customer_key",
    "sts_endpoint",
    "sts_region",
    "token",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
    "use_lockfile",
    "use_path_style",
    "workspace_key_prefix",
];

const UNSUPPORTED: &[&str] = &[
    "assume_role",
    "assume_role_with_web_identity",
    "custom_ca_bundle",
    "http_proxy",
    "https_proxy",
    "insecure",
    "role_arn",
    "shared_config_files",
    "shared_credentials_files",
    "sse_customer_key",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
];

pub(super) struct Object {
    bucket: Bucket,
    key: String,
}

/// What is not said, the environment and the shared files of AWS say. Roles and the credentials of an instance are not
/// asked for.
pub(super) fn object(config: &Config, workspace: Option<&str>) -> Result<Object> {
    config.refuse(UNSUPPORTED)?;
    let variables = |names: &[&str]| names.iter().find_map(|it| env::var(it).ok().filter(|it| !it.is_empty()));
    let required = |name: &str| {
        let missing = || config.invalid(&format!("the {name:?} attribute value must not be empty"));
        config.text(name)?.ok_or_else(missing)
    };
    let (name, key) = (required("bucket")?, required("key")?);
    let region = config.text("region")?.or_else(|| variables(&["AWS_REGION", "AWS_DEFAULT_REGION"]));
    let region = region.ok_or_else(|| {
        config.invalid(
            "the \"region\" attribute or the \"AWS_REGION\" or \"AWS_DEFAULT_REGION\" environment variables must be set",
        )
    })?;
    let endpoint = config.text_within("endpoints", "s3").or(config.text("endpoint")?);
    let endpoint = endpoint.or_else(|| variables(&["AWS_ENDPOINT_URL_S3", "AWS_S3_ENDPOINT", "AWS_ENDPOINT_URL"]));
    let given = (config.text("access_key")?, config.text("secret_key")?);
    let credentials = match given {
        (Some(access_key), Some(secret_key)) => {
            Some(Credentials { access_key, secret_key, session_token: config.text("token")? })
        }
        (None, None) => match config.text("profile")?.or_else(|| variables(&["AWS_PROFILE"])) {
            Some(profile) => {
                let found = of_profile(config.text("shared_credentials_file")?, &profile);
                Some(found.ok_or_else(|| {
                    config.invalid(&format!(
                        "the profile {profile:?} has no keys in the shared credentials file, and other ways to log in \
                         are not supported here yet"
                    ))
                })?)
            }
            None => of_environment().or(of_profile(config.text("shared_credentials_file")?, "default")),
        },
        _ => return Err(config.invalid("\"access_key\" and \"secret_key\" go together")),
    };
    let path_style = config.flag("use_path_style")? || config.flag("force_path_style")?;
    let prefix = config.text("workspace_key_prefix")?.unwrap_or_else(|| "env:".into());
    let key = workspace.map_or(key.clone(), |it| format!("{prefix}/{it}/{key}"));
    // A bucket whose name has dots has no certificate for its host.
    let in_host = !path_style && !name.contains('.');
    let endpoint = endpoint.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
    let endpoint = endpoint.trim_end_matches('/').to_owned();
    Ok(Object { bucket: Bucket { endpoint, region, name, in_host, credentials }, key })
}

/// The state; none if there is no such object.
pub(super) fn read(object: &Object) -> Result<Option<Vec<u8>>, String> {
    let Object { bucket, key } = object;
    let answer = bucket.get(&Client::default(), key, &[])?;
    match answer.status {
        200 => {}
        404 => {
            let why = message(answer);
            // The bucket itself may be what is missing.
            return if why.contains("bucket") { Err(format!("S3 bucket {:?}: {why}", bucket.name)) } else { Ok(None) };
        }
        status => {
            let hint = match bucket.credentials {
                Some(_) => "",
                None => " (no credentials were found in the configuration, the environment or ~/.aws/credentials)",
            };
            return Err(format!("S3 answered {status} for {}/{key}: {}{hint}", bucket.name, message(answer)));
        }
    }
    let mut content = Vec::new();
    answer.reader().read_to_end(&mut content).map_err(|error| error.to_string())?;
    Ok(Some(content))
}

fn of_environment() -> Option<Credentials> {
    let variable = |name| env::var(name).ok().filter(|it| !it.is_empty());
    let (access_key, secret_key) = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"))?;
    Some(Credentials { access_key, secret_key, session_token: variable("AWS_SESSION_TOKEN") })
}

/// The keys of a profile in the shared credentials file.
fn of_profile(file: Option<String>, profile: &str) -> Option<Credentials> {
    let file = file.or_else(|| env::var("AWS_SHARED_CREDENTIALS_FILE").ok());
    let home = || Some(PathBuf::from(env::var_os("HOME")?).join(".aws/credentials"));
    keys(&fs::read_to_string(file.map(PathBuf::from).or_else(home)?).ok()?, profile)
}

fn keys(text: &str, profile: &str) -> Option<Credentials> {
    let lines = text.lines().map(str::trim).filter(|it| !it.starts_with(['#', ';']));
    let of_profile = lines.skip_while(|it| it.strip_prefix('[').and_then(|it| it.strip_suffix(']')) != Some(profile));
    let settings: Vec<(&str, &str)> = of_profile
        .skip(1)
        .take_while(|it| !it.starts_with('['))
        .filter_map(|it| it.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    let setting = |name| settings.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
    Some(Credentials {
        access_key: setting("aws_access_key_id")?,
        secret_key: setting("aws_secret_access_key")?,
        session_token: setting("aws_session_token"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_by_profile() {
        let text = "[default]\naws_access_key_id = a\naws_secret_access_key=b\n# mine\n[other]\naws_access_key_id=c\n\
                    aws_secret_access_key = d\naws_session_token = e=f\n[sso]\nsso_session = x\n";
        let found = |profile| keys(text, profile).map(|it| (it.access_key, it.secret_key, it.session_token));
        assert_eq!(found("default"), Some(("a".into(), "b".into(), None)));
        assert_eq!(found("other"), Some(("c".into(), "d".into(), Some("e=f".into()))));
        assert_eq!(found("sso"), None);
        assert_eq!(found("none"), None);
    }
}
