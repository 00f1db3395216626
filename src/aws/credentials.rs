//! Whose credentials are used: those of the provider block, else what the SDK finds in the environment, the
//! shared files and the machine's metadata; and the roles that are assumed with them.

use crate::{
    aws::{
        error,
        settings::{Arguments, AssumeRole, Settings, WebIdentity, endpoint},
    },
    duration,
    provider::{Problem, Result},
};
use aws_config::{
    BehaviorVersion, ConfigLoader, Region, SdkConfig,
    profile::{self, ProfileFileCredentialsProvider},
    provider_config::ProviderConfig,
    sts::AssumeRoleProvider,
};
use aws_credential_types::{
    Credentials,
    provider::{
        ProvideCredentials, SharedCredentialsProvider, error::CredentialsError, future::ProvideCredentials as Future,
    },
};
use aws_types::os_shim_internal::{Env, Fs};
use std::{
    fmt,
    time::{Duration, SystemTime},
};
use tokio::sync::Mutex;

// Their new home is a crate that nothing else here needs.
#[expect(deprecated)]
use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};

/// The keys of the environment.
const KEYS: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

fn profile_of_block(arguments: &Arguments) -> Option<&str> {
    arguments.profile.as_deref().filter(|it| !it.is_empty())
}

/// Where to look for the first credentials. A profile of the provider block goes before keys of the environment, one that the
/// environment names does not. `how` is how whoever gives them is reached.
pub(super) fn sources(mut loader: ConfigLoader, arguments: &Arguments, how: &ProviderConfig) -> ConfigLoader {
    if let Some(profile) = profile_of_block(arguments) {
        let credentials = ProfileFileCredentialsProvider::builder().configure(how).profile_name(profile);
        let credentials = credentials.profile_files(profile_files(arguments)).build();
        loader = loader.profile_name(profile).credentials_provider(credentials);
    }
    if !arguments.shared_config_files.is_empty() || !arguments.shared_credentials_files.is_empty() {
        loader = loader.profile_files(profile_files(arguments));
    }
    let given = |it: &Option<String>| it.clone().filter(|it| !it.is_empty());
    if let (Some(key), Some(secret)) = (given(&arguments.access_key), given(&arguments.secret_key)) {
        let credentials = Credentials::new(key, secret, arguments.token.clone(), None, "provider block");
        loader = loader.credentials_provider(credentials);
    }
    loader
}

/// The one error where there are no credentials, with everywhere that they were looked for.
pub(super) async fn check(config: &SdkConfig, arguments: &Arguments) -> Result<()> {
    check_profile(arguments).await?;
    let Some(provider) = config.credentials_provider() else { return Ok(()) };
    let Err(error) = provider.provide_credentials().await else { return Ok(()) };
    let is_set = |name: &str| match env_is_set(name) {
        true => format!("{name} is set"),
        false => format!("{name} is not set"),
    };
    let profile = arguments.profile.clone().or_else(|| std::env::var("AWS_PROFILE").ok());
    let looked = [
        "  - the provider block: it has no `access_key` and `secret_key`".to_owned(),
        format!("  - the environment: {}, {}", is_set("AWS_ACCESS_KEY_ID"), is_set("AWS_SECRET_ACCESS_KEY")),
        format!(
            "  - the shared configuration and credentials files (keys, roles, processes, SSO): profile {:?}",
            profile.filter(|it| !it.is_empty()).unwrap_or_else(|| "default".into())
        ),
        format!("  - a web identity: {}", is_set("AWS_WEB_IDENTITY_TOKEN_FILE")),
        format!(
            "  - the container: {}, {}",
            is_set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
            is_set("AWS_CONTAINER_CREDENTIALS_FULL_URI")
        ),
        format!("  - the metadata of the machine: {}", is_set("AWS_EC2_METADATA_DISABLED")),
    ];
    let found = error::no_credentials(&error);
    let detail = format!("They were looked for in:\n{}\n\nThe last answer: {}.", looked.join("\n"), found.detail);
    Err(Problem { detail, ..found })
}

/// Refuses a profile that the shared files do not have, in the words of hashicorp/aws. Nobody asks for it in vain, even where there
/// are other credentials.
async fn check_profile(arguments: &Arguments) -> Result<()> {
    let of_environment = || std::env::var("AWS_PROFILE").ok().filter(|it| !it.is_empty());
    let Some(name) = profile_of_block(arguments).map(str::to_owned).or_else(of_environment) else { return Ok(()) };
    let files = profile_files(arguments);
    let profiles = profile::load(&Fs::real(), &Env::real(), &files, Some(name.clone().into())).await;
    // What is wrong with the files is told by whoever needs them.
    if profiles.map_or(true, |it| it.get_profile(&name).is_some()) {
        return Ok(());
    }
    let detail = "Neither the shared configuration file nor the shared credentials file has a profile of that name.";
    let problem = Problem::fatal(format!("failed to get shared config profile, {name}"), detail);
    let hint = "`aws configure list-profiles` lists those that there are.";
    Err(Problem { hint: Some(hint.into()), ..problem }.caused_by(format!("profile {name}"), true))
}

/// Credentials that are asked for once, and again when they are about to expire.
#[derive(Debug)]
struct Kept {
    source: SharedCredentialsProvider,
    held: Mutex<Option<Credentials>>,
}

/// How long before they expire credentials are no longer good.
const MARGIN: Duration = Duration::from_secs(60);

impl Kept {
    async fn credentials(&self) -> Result<Credentials, CredentialsError> {
        let mut held = self.held.lock().await;
        let is_good = |it: &&Credentials| it.expiry().is_none_or(|at| at > SystemTime::now() + MARGIN);
        if let Some(good) = held.as_ref().filter(is_good) {
            return Ok(good.clone());
        }
        let credentials = self.source.provide_credentials().await?;
        *held = Some(credentials.clone());
        Ok(credentials)
    }
}

impl ProvideCredentials for Kept {
    fn provide_credentials<'a>(&'a self) -> Future<'a>
    where
        Self: 'a,
    {
        Future::new(self.credentials())
    }
}

/// `config`, whose credentials are asked for once.
pub(super) fn kept(config: SdkConfig) -> SdkConfig {
    let Some(source) = config.credentials_provider() else { return config };
    let kept = SharedCredentialsProvider::new(Kept { source, held: Mutex::default() });
    config.to_builder().credentials_provider(kept).build()
}

/// The web identity that the environment names, where nothing goes before it: in Terraform's provider profiles do not.
fn identity_of_environment(arguments: &Arguments) -> Option<WebIdentity> {
    let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    let given = |it: &Option<String>| it.as_ref().is_some_and(|it| !it.is_empty());
    let has_keys = variable(KEYS[0]).is_some() && variable(KEYS[1]).is_some();
    if profile_of_block(arguments).is_some() || given(&arguments.access_key) || has_keys {
        return None;
    }
    Some(WebIdentity {
        web_identity_token_file: Some(variable("AWS_WEB_IDENTITY_TOKEN_FILE")?),
        role_arn: Some(variable("AWS_ROLE_ARN")?),
        session_name: variable("AWS_ROLE_SESSION_NAME"),
        ..WebIdentity::default()
    })
}

fn env_is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|it| !it.is_empty())
}

/// What the SDK finds on this machine without a provider block: key, secret and session token.
pub fn of_machine() -> Option<(String, String, Option<String>)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let found = runtime.block_on(async {
        let client = aws_smithy_http_client::Builder::new()
            .tls_provider(aws_smithy_http_client::tls::Provider::Rustls(
                aws_smithy_http_client::tls::rustls_provider::CryptoMode::Ring,
            ))
            .build_https();
        let config = aws_config::defaults(BehaviorVersion::latest()).http_client(client).load().await;
        config.credentials_provider()?.provide_credentials().await.ok()
    })?;
    let (key, secret) = (found.access_key_id().to_owned(), found.secret_access_key().to_owned());
    Some((key, secret, found.session_token().map(str::to_owned)))
}

#[expect(deprecated)]
fn profile_files(arguments: &Arguments) -> ProfileFiles {
    let (configs, credentials) = (&arguments.shared_config_files, &arguments.shared_credentials_files);
    let mut files = ProfileFiles::builder()
        .include_default_config_file(configs.is_empty())
        .include_default_credentials_file(credentials.is_empty());
    for path in configs {
        files = files.with_file(ProfileFileKind::Config, home(path));
    }
    for path in credentials {
        files = files.with_file(ProfileFileKind::Credentials, home(path));
    }
    files.build()
}

/// `~/` as the shell reads it.
fn home(path: &str) -> String {
    match (path.strip_prefix("~/"), std::env::var("HOME")) {
        (Some(rest), Ok(home)) => format!("{home}/{rest}"),
        _ => path.to_owned(),
    }
}

/// `config` with the credentials of the last role of the provider block, each assumed through the one before.
pub(super) async fn assume_roles(mut config: SdkConfig, settings: &Settings) -> Result<SdkConfig> {
    let arguments = &settings.arguments;
    let of_block = arguments.assume_role_with_web_identity.iter().filter(|it| it.role_arn.is_some()).cloned();
    for identity in identity_of_environment(arguments).into_iter().chain(of_block) {
        let provider = WebIdentityProvider::new(&sts_config(&config, settings), &identity)?;
        config = config.to_builder().credentials_provider(SharedCredentialsProvider::new(provider)).build();
    }
    for role in arguments.assume_role.iter().filter(|it| it.role_arn.as_ref().is_some_and(|it| !it.is_empty())) {
        let provider = role_provider(&sts_config(&config, settings), role)?;
        let assumed = match config.credentials_provider() {
            Some(source) => provider.build_from_provider(source).await,
            None => provider.build().await,
        };
        config = config.to_builder().credentials_provider(SharedCredentialsProvider::new(assumed)).build();
    }
    Ok(config)
}

/// How STS is reached.
fn sts_config(config: &SdkConfig, settings: &Settings) -> SdkConfig {
    let mut base = config.to_builder();
    if let Some(url) = endpoint(settings, &["sts"]) {
        base.set_endpoint_url(Some(url.to_owned()));
    }
    if let Some(region) = &settings.arguments.sts_region {
        base.set_region(Region::new(region.clone()));
    }
    base.build()
}

fn role_provider(sts: &SdkConfig, role: &AssumeRole) -> Result<aws_config::sts::AssumeRoleProviderBuilder> {
    let unsupported = [("source_identity", role.source_identity.is_some())];
    let transitive = [("transitive_tag_keys", !role.transitive_tag_keys.0.is_empty())];
    if let Some((name, _)) = unsupported.iter().chain(&transitive).find(|(_, set)| *set) {
        let detail = format!("The argument `{name}` of `assume_role` is not supported yet.");
        return Err(Problem::fatal("Unsupported provider argument", detail));
    }
    let mut provider = AssumeRoleProvider::builder(role.role_arn.as_deref().unwrap_or_default())
        .configure(sts)
        .session_name(role.session_name.as_deref().unwrap_or(SESSION))
        .policy_arns(role.policy_arns.0.clone())
        .tags(role.tags.clone());
    if let Some(id) = &role.external_id {
        provider = provider.external_id(id);
    }
    if let Some(policy) = &role.policy {
        provider = provider.policy(policy);
    }
    if let Some(length) = session_seconds(role.duration.as_deref())? {
        provider = provider.session_length(Duration::from_secs(length));
    }
    Ok(provider)
}

/// The name of a session that the configuration does not name.
const SESSION: &str = "rforge";

fn session_seconds(text: Option<&str>) -> Result<Option<u64>> {
    let wrong = |text: &str| {
        let detail = format!("\"{text}\" cannot be parsed as a duration: write it as 1h30m.");
        Problem::fatal("Invalid provider configuration", detail)
    };
    text.filter(|it| !it.is_empty())
        .map(|it| duration::length(it).map(|it| it.as_secs()).ok_or_else(|| wrong(it)))
        .transpose()
}

/// Exchanges a token of another identity provider for credentials of a role.
struct WebIdentityProvider {
    sts: aws_sdk_sts::Client,
    identity: WebIdentity,
    duration: Option<u64>,
}

impl WebIdentityProvider {
    fn new(sts: &SdkConfig, identity: &WebIdentity) -> Result<Self> {
        let duration = session_seconds(identity.duration.as_deref())?;
        Ok(Self { sts: aws_sdk_sts::Client::new(sts), identity: identity.clone(), duration })
    }

    async fn credentials(&self) -> Result<Credentials, CredentialsError> {
        let identity = &self.identity;
        // Read each time: what issues the token replaces the file before it expires.
        let token = match (&identity.web_identity_token, &identity.web_identity_token_file) {
            (Some(token), _) => token.clone(),
            (None, Some(path)) => std::fs::read_to_string(home(path)).map_err(CredentialsError::provider_error)?,
            (None, None) => return Err(CredentialsError::not_loaded("no web identity token is given")),
        };
        let policies = identity.policy_arns.0.iter();
        let policies = policies
            .map(|arn| aws_sdk_sts::types::PolicyDescriptorType::builder().arn(arn).build())
            .collect::<Vec<_>>();
        let request = self.sts.assume_role_with_web_identity().web_identity_token(token.trim());
        let request = request
            .set_role_arn(identity.role_arn.clone())
            .role_session_name(identity.session_name.as_deref().unwrap_or(SESSION))
            .set_policy(identity.policy.clone())
            .set_policy_arns((!policies.is_empty()).then_some(policies))
            .set_duration_seconds(self.duration.map(|it| it as i32));
        let answer = request.send().await.map_err(CredentialsError::provider_error)?;
        let given = answer.credentials.ok_or_else(|| CredentialsError::unhandled("STS gave no credentials"))?;
        let expiry = SystemTime::try_from(given.expiration).map_err(CredentialsError::unhandled)?;
        let (key, secret, token) = (given.access_key_id, given.secret_access_key, given.session_token);
        Ok(Credentials::new(key, secret, Some(token), Some(expiry), "web identity"))
    }
}

/// The token is a secret.
impl fmt::Debug for WebIdentityProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebIdentityProvider")
    }
}

impl ProvideCredentials for WebIdentityProvider {
    fn provide_credentials<'a>(&'a self) -> Future<'a>
    where
        Self: 'a,
    {
        Future::new(self.credentials())
    }
}
