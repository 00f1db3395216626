//! The arguments of the provider configuration.

use crate::{
    aws::{
        attribute::{Field, Set, Shape, Tags, attributes},
        regions,
        tags::TagRules,
    },
    provider::{Problem, Result},
    schema::{Attribute, NestedBlock, Nesting, Schema, SchemaBlock, Source},
    value::{Type, Value},
};
use std::{collections::BTreeMap, env};

attributes! {
    pub struct Arguments {
        /// The region of everything that names none.
        region: Option<String>,
        /// The profile of the shared files.
        profile: Option<String>,
        access_key: Option<String>,
        secret_key: Option<String>,
        token: Option<String>,
        shared_config_files: Vec<String>,
        shared_credentials_files: Vec<String>,
        allowed_account_ids: Set<String>,
        forbidden_account_ids: Set<String>,
        custom_ca_bundle: Option<String>,
        ec2_metadata_service_endpoint: Option<String>,
        ec2_metadata_service_endpoint_mode: Option<String>,
        http_proxy: Option<String>,
        https_proxy: Option<String>,
        no_proxy: Option<String>,
        insecure: Option<bool>,
        /// How often a request is repeated; 25 if not set.
        max_retries: Option<i64>,
        retry_mode: Option<String>,
        s3_us_east_1_regional_endpoint: Option<String>,
        s3_use_path_style: Option<bool>,
        skip_credentials_validation: Option<bool>,
        skip_metadata_api_check: Option<String>,
        skip_region_validation: Option<bool>,
        /// Never asks AWS for the account id.
        skip_requesting_account_id: Option<bool>,
        sts_region: Option<String>,
        token_bucket_rate_limiter_capacity: Option<i64>,
        use_dualstack_endpoint: Option<bool>,
        use_fips_endpoint: Option<bool>,
        assume_role: Vec<AssumeRole>,
        assume_role_with_web_identity: Vec<WebIdentity>,
        default_tags: Vec<DefaultTags>,
        ignore_tags: Vec<IgnoreTags>,
    }

    /// A role to act as; several are assumed one through the other.
    pub struct AssumeRole {
        role_arn: Option<String>,
        session_name: Option<String>,
        external_id: Option<String>,
        /// Such as `1h`.
        duration: Option<String>,
        policy: Option<String>,
        policy_arns: Set<String>,
        source_identity: Option<String>,
        tags: Tags,
        transitive_tag_keys: Set<String>,
    }

    pub struct WebIdentity {
        role_arn: Option<String>,
        session_name: Option<String>,
        duration: Option<String>,
        policy: Option<String>,
        policy_arns: Set<String>,
        web_identity_token: Option<String>,
        web_identity_token_file: Option<String>,
    }

    /// Tags for everything that can be tagged.
    pub struct DefaultTags {
        tags: Tags,
    }

    /// Tags that others manage, left as they are.
    pub struct IgnoreTags {
        keys: Set<String>,
        key_prefixes: Set<String>,
    }
}

/// The arguments, and what follows from them and the environment.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub arguments: Arguments,
    /// The region of everything that names none, where the configuration or the environment tells it by now.
    pub region: Option<String>,
    pub tags: TagRules,
    /// False while `default_tags` depends on what is not known yet.
    pub default_tags_known: bool,
    /// Endpoints that replace AWS's own, by the service name of the `endpoints` block.
    pub endpoints: BTreeMap<String, String>,
}

impl Settings {
    pub fn new(config: &Value) -> Result<Self> {
        let arguments = Arguments::decode(config);
        let defaults = config.get("default_tags").cloned().unwrap_or_else(|| Value::null(Type::Any));
        let ignored = arguments.ignore_tags.first().cloned().unwrap_or_default();
        let mut prefixes = ignored.key_prefixes.0;
        let mut keys = ignored.keys.0;
        keys.extend(from_environment("TF_AWS_IGNORE_TAGS_KEYS"));
        prefixes.extend(from_environment("TF_AWS_IGNORE_TAGS_KEY_PREFIXES"));
        let tags = TagRules {
            defaults: arguments.default_tags.first().map(|it| it.tags.clone()).unwrap_or_default(),
            ignored_keys: keys,
            ignored_prefixes: prefixes,
        };
        if let Some(mode) = arguments.retry_mode.as_deref().filter(|it| !["standard", "adaptive"].contains(it)) {
            let detail = format!("expected retry_mode to be one of [\"standard\" \"adaptive\"], got {mode}");
            return Err(Problem::fatal("Invalid provider configuration", detail));
        }
        let region = arguments.region.clone().filter(|it| !it.is_empty());
        // One that is given, and not known yet, is not that of the environment.
        let is_given = config.get("region").is_some_and(|it| !it.is_known());
        let region = region.or_else(|| if is_given { None } else { region_of_environment() });
        Ok(Self { region, tags, default_tags_known: wholly_known(&defaults), endpoints: endpoints(config), arguments })
    }
}

impl Settings {
    /// Whether the configuration says in which accounts it may be used.
    pub fn limits_accounts(&self) -> bool {
        !self.arguments.allowed_account_ids.0.is_empty() || !self.arguments.forbidden_account_ids.0.is_empty()
    }

    /// What is wrong with the arguments that say how AWS is reached, and with the environment's.
    pub fn check_connection(&self) -> Result<()> {
        let given = |it: &Option<String>| it.as_ref().is_some_and(|it| !it.is_empty());
        if given(&self.arguments.access_key) != given(&self.arguments.secret_key) {
            let detail =
                "The provider configuration has one of `access_key` and `secret_key`: it takes both, or neither.";
            return Err(Problem::fatal("retrieving credentials: static credentials are empty", detail));
        }
        check_environment()?;
        let mut wrong = Vec::new();
        for (name, value) in env::vars_os() {
            let (name, value) = (name.to_string_lossy(), value.to_string_lossy());
            if name.starts_with("AWS_ENDPOINT_URL") && !value.is_empty() && !is_url(&value) {
                wrong.push(name.into_owned());
            }
        }
        if wrong.is_empty() {
            return Ok(());
        }
        wrong.sort();
        // Their values may hold a login.
        let what = if wrong.len() == 1 { "is no URL of an endpoint" } else { "are no URLs of endpoints" };
        let detail = format!("{} {what}: that begins with http:// or https:// and has a host.", wrong.join(", "));
        Err(Problem::fatal("Invalid endpoint", detail))
    }

    /// Refuses what is no region, unless the configuration says that it is one.
    pub fn check_region(&self, region: &str) -> Result<()> {
        if self.arguments.skip_region_validation == Some(true) { Ok(()) } else { regions::check(region) }
    }

    pub fn check_account(&self, account: &str) -> Result<()> {
        let lists = |list: &Set<String>| list.0.iter().any(|it| it == account);
        let allowed = self.arguments.allowed_account_ids.0.is_empty() || lists(&self.arguments.allowed_account_ids);
        if allowed && !lists(&self.arguments.forbidden_account_ids) {
            return Ok(());
        }
        let detail = "The provider configuration does not let this account be used.";
        let problem = Problem::fatal(format!("AWS account ID not allowed: {account}"), detail);
        let hint = "See `allowed_account_ids` and `forbidden_account_ids`, or use the credentials of another account.";
        Err(Problem { hint: Some(hint.into()), ..problem })
    }
}

/// Refuses what variables of the environment cannot be, in the words of hashicorp/aws; where several are wrong, the first is in the
/// summary, and all are in the detail.
fn check_environment() -> Result<()> {
    let boolean = |it: &str| it.eq_ignore_ascii_case("true") || it.eq_ignore_ascii_case("false");
    let mode = |it: &str| ["standard", "adaptive"].iter().any(|mode| it.eq_ignore_ascii_case(mode));
    let mut wrong = Vec::new();
    let mut refuse = |name: &str, suits: &dyn Fn(&str) -> bool, words: &dyn Fn(&str) -> String| {
        wrong.extend(env_value(name).filter(|it| !suits(it)).map(|it| words(&it)));
    };
    for (name, need) in [
        ("AWS_USE_DUALSTACK_ENDPOINT", "true, false"),
        ("AWS_USE_FIPS_ENDPOINT", "true, false"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true or false"),
    ] {
        refuse(name, &boolean, &|it| format!("invalid value for environment variable, {name}={it}, need {need}"));
    }
    refuse("AWS_RETRY_MODE", &mode, &|it| format!("invalid AWS_RETRY_MODE value, unknown RetryMode, {it}"));
    refuse("AWS_MAX_ATTEMPTS", &|it| it.parse::<i64>().is_ok(), &|it| {
        format!("invalid value AWS_MAX_ATTEMPTS={it}, strconv.ParseInt: parsing \"{it}\": invalid syntax")
    });
    let Some(first) = wrong.first().cloned() else { return Ok(()) };
    let detail =
        if wrong.len() > 1 { format!("Of the environment:\n  - {}", wrong.join("\n  - ")) } else { String::new() };
    Err(Problem::fatal(first, detail).caused_by("environment", true))
}

/// How often a request is repeated, where AWS_MAX_ATTEMPTS says how often it is sent.
pub(super) fn retries_of_environment() -> Option<u32> {
    env_value("AWS_MAX_ATTEMPTS")?.parse::<u32>().ok()?.checked_sub(1)
}

fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    host.is_some_and(|it| !it.is_empty() && !it.starts_with('/') && !it.contains(char::is_whitespace))
}

fn env_value(name: &str) -> Option<String> {
    env::var(name).ok().filter(|it| !it.is_empty())
}

fn region_of_environment() -> Option<String> {
    env_value("AWS_REGION").or_else(|| env_value("AWS_DEFAULT_REGION"))
}

/// A comma-separated list.
fn from_environment(name: &str) -> Vec<String> {
    env_value(name).iter().flat_map(|it| it.split(',')).map(|it| it.trim().to_owned()).collect()
}

fn wholly_known(value: &Value) -> bool {
    let within =
        value.as_elements().into_iter().flatten().chain(value.as_entries().into_iter().flatten().map(|it| it.1));
    value.is_known() && within.into_iter().all(wholly_known)
}

fn endpoints(config: &Value) -> BTreeMap<String, String> {
    let blocks = config.get("endpoints").and_then(Value::as_elements).unwrap_or_default();
    let entries = blocks.iter().filter_map(Value::as_entries).flatten();
    let given = entries.filter_map(|(service, url)| Some((service.to_string(), url.as_str()?.to_owned())));
    given.filter(|(_, url)| !url.is_empty()).collect()
}

/// The schema of the provider configuration: the arguments of hashicorp/aws.
pub fn schema() -> Schema {
    let Shape::Block(mut block) = Arguments::shape() else { unreachable!("attributes! makes blocks") };
    let services = include_str!("endpoints.txt").lines();
    let attributes = services.map(|name| (name.into(), Attribute::new(Type::String, Source::Optional))).collect();
    let endpoints = NestedBlock {
        nesting: Nesting::Set,
        block: SchemaBlock { attributes, ..SchemaBlock::default() },
        min_items: 0,
        max_items: 0,
        force_new: false,
        computed: false,
    };
    block.blocks.insert("endpoints".into(), endpoints);
    Schema { block, ..Schema::default() }
}

/// The one endpoint setting of `service`, under any of its names.
pub fn endpoint<'a>(settings: &'a Settings, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| settings.endpoints.get(*name)).map(String::as_str)
}

/// A top-level attribute of the provider configuration that must be known before any request.
pub fn unknown_argument(config: &Value) -> Option<&'static str> {
    const NEEDED: &[&str] = &["region", "profile", "access_key", "secret_key", "token"];
    NEEDED.iter().copied().find(|name| config.get(name).is_some_and(|it| !it.is_known()))
}

#[cfg(test)]
mod tests;
