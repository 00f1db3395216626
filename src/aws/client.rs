//! The SDK's clients: one set for each region, made when first used.

use crate::{
    aws::{
        attribute::Tags,
        credentials,
        ec2::Untagging,
        http::{self, OnlyIfUnsent, Pacing},
        settings::{self, Settings, endpoint},
        standing::Standing,
        wire,
    },
    provider::{Pace, Problem, Result},
};
use aws_config::{
    BehaviorVersion, ConfigLoader, Region, SdkConfig, provider_config::ProviderConfig, retry::RetryConfig,
    stalled_stream_protection::StalledStreamProtectionConfig,
};
use aws_smithy_runtime_api::client::{interceptors::SharedInterceptor, retries::classifiers::SharedRetryClassifier};
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};
use tokio::sync::OnceCell;

/// Terraform's provider repeats a request this often.
const MAX_RETRIES: u32 = 25;

/// Everything that is shared by the regions of one provider configuration.
pub struct Session {
    pub settings: Settings,
    pace: Arc<dyn Pace>,
    standing: Arc<Standing>,
    base: OnceCell<SdkConfig>,
    account: OnceCell<Account>,
    regions: Mutex<HashMap<String, Arc<Aws>>>,
}

/// Whose credentials are used.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: String,
    pub arn: String,
    pub user_id: String,
}

/// The services of one region.
pub struct Aws {
    pub region: String,
    session: Arc<Session>,
    config: SdkConfig,
    pacing: Pacing,
    ec2: Clients<aws_sdk_ec2::Client>,
    iam: Clients<aws_sdk_iam::Client>,
    ssm: Clients<aws_sdk_ssm::Client>,
    sts: Clients<aws_sdk_sts::Client>,
    autoscaling: Clients<aws_sdk_autoscaling::Client>,
    wire: wire::Client,
    pub(super) untagging: Untagging,
}

/// A client that repeats lost requests, and one for calls that must not be made twice.
struct Clients<T> {
    repeating: OnceLock<T>,
    once: OnceLock<T>,
}

impl<T> Default for Clients<T> {
    fn default() -> Self {
        Self { repeating: OnceLock::new(), once: OnceLock::new() }
    }
}

/// The accessors of one service. `$once` is for a create that takes no client token: it is repeated only if
/// AWS surely has not acted on it.
macro_rules! service {
    ($client:ident, $once:ident, $field:ident, $sdk:ident, $names:expr) => {
        pub fn $client(&self) -> &$sdk::Client {
            self.$field.repeating.get_or_init(|| {
                let config = $sdk::config::Builder::from(&self.config).interceptor(self.pacing.clone());
                $sdk::Client::from_conf(match endpoint(&self.session.settings, $names) {
                    Some(url) => config.endpoint_url(url).build(),
                    None => config.build(),
                })
            })
        }
        pub fn $once(&self) -> &$sdk::Client {
            self.$field.once.get_or_init(|| {
                let config = self.$client().config().to_builder();
                $sdk::Client::from_conf(config.retry_classifier(OnlyIfUnsent).build())
            })
        }
    };
}

impl Aws {
    service!(ec2, ec2_once, ec2, aws_sdk_ec2, &["ec2"]);
    service!(iam, iam_once, iam, aws_sdk_iam, &["iam"]);
    service!(ssm, ssm_once, ssm, aws_sdk_ssm, &["ssm"]);
    service!(sts, sts_once, sts, aws_sdk_sts, &["sts"]);
    service!(autoscaling, autoscaling_once, autoscaling, aws_sdk_autoscaling, &["autoscaling"]);

    /// One of the services that are called from their models, by its name there.
    pub fn api(&self, name: &'static str) -> wire::Api<'_> {
        self.wire.api(wire::services::service(name).expect("the code names what was recorded"))
    }

    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub fn partition(&self) -> &'static str {
        partition(&self.region).name
    }

    /// The region in which the partition's tagging API knows global objects.
    pub fn iam_home(&self) -> &'static str {
        match self.partition() {
            "aws-cn" => "cn-north-1",
            "aws-us-gov" => "us-gov-west-1",
            "aws-iso" => "us-iso-east-1",
            "aws-iso-b" => "us-isob-east-1",
            "aws-iso-e" => "eu-isoe-west-1",
            "aws-iso-f" => "us-isof-south-1",
            _ => "us-east-1",
        }
    }

    /// The account, asked for once. `None` if the configuration forbids to ask.
    pub async fn account(&self) -> Result<Option<&Account>> {
        if self.session.settings.arguments.skip_requesting_account_id == Some(true) {
            return Ok(None);
        }
        self.caller().await.map(Some)
    }

    /// The account id in ARNs; empty, as in the reference provider, if it must not be asked for.
    pub async fn account_id(&self) -> Result<String> {
        Ok(self.account().await?.map(|it| it.id.clone()).unwrap_or_default())
    }

    /// Whose credentials these are, asked for whatever the configuration says.
    pub async fn caller(&self) -> Result<&Account> {
        self.session.account.get_or_try_init(|| self.ask_account()).await
    }

    async fn ask_account(&self) -> Result<Account> {
        let answer = self.sts().get_caller_identity().send().await?;
        let account = Account {
            id: answer.account.unwrap_or_default(),
            arn: answer.arn.unwrap_or_default(),
            user_id: answer.user_id.unwrap_or_default(),
        };
        self.session.settings.check_account(&account.id)?;
        Ok(account)
    }

    /// `tags` with those that the provider configuration has for everything.
    pub fn with_default_tags(&self, tags: &Tags) -> Tags {
        self.session.settings.tags.all(tags.clone())
    }

    /// The services of another region, with the same configuration.
    pub async fn beside(&self, region: &str) -> Result<Arc<Aws>> {
        self.session.region(Some(region.to_owned())).await
    }

    /// Whether the tagging API is where the other services are: a configuration that sends services elsewhere by
    /// name has to name it too.
    pub fn may_ask_tagging(&self) -> bool {
        let settings = &self.session.settings;
        settings.endpoints.is_empty()
            || endpoint(settings, &wire::services::endpoint_names("resourcegroupstaggingapi")).is_some()
    }

    /// `arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1`
    pub fn arn(&self, service: &str, account: &str, resource: &str) -> String {
        format!("arn:{}:{service}:{}:{account}:{resource}", self.partition(), self.region)
    }
}

/// A group of regions with its own accounts and names.
pub struct Partition {
    pub name: &'static str,
    pub dns_suffix: &'static str,
    pub reverse_dns_prefix: &'static str,
}

pub fn partition(region: &str) -> Partition {
    let (name, dns_suffix, reverse_dns_prefix) = match region.split('-').next().unwrap_or_default() {
        "cn" => ("aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"),
        "us" if region.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com", "com.amazonaws"),
        "us" if region.starts_with("us-isob-") => ("aws-iso-b", "sc2s.sgov.gov", "gov.sgov.sc2s"),
        "us" if region.starts_with("us-isof-") => ("aws-iso-f", "csp.hci.ic.gov", "gov.ic.hci.csp"),
        "us" if region.starts_with("us-iso-") => ("aws-iso", "c2s.ic.gov", "gov.ic.c2s"),
        "eu" if region.starts_with("eu-isoe-") => ("aws-iso-e", "cloud.adc-e.uk", "uk.adc-e.cloud"),
        _ => ("aws", "amazonaws.com", "com.amazonaws"),
    };
    Partition { name, dns_suffix, reverse_dns_prefix }
}

impl Session {
    pub fn new(settings: Settings, pace: Arc<dyn Pace>) -> Arc<Self> {
        let (base, account, regions) = (OnceCell::new(), OnceCell::new(), Mutex::default());
        Arc::new(Self { settings, pace, standing: Arc::default(), base, account, regions })
    }

    /// The services of `region`, or of the provider's region.
    pub async fn region(self: &Arc<Self>, region: Option<String>) -> Result<Arc<Aws>> {
        let base = self.base.get_or_try_init(|| self.load()).await?;
        let Some(region) = region.or_else(|| base.region().map(|it| it.to_string())) else {
            let detail =
                "Neither the provider configuration, AWS_REGION, AWS_DEFAULT_REGION nor the profile names one.";
            let problem = Problem::fatal("invalid AWS Region: ", detail);
            return Err(Problem { hint: Some("Set `region` in the provider block, or AWS_REGION.".into()), ..problem });
        };
        self.settings.check_region(&region)?;
        let aws = {
            let mut regions = self.regions.lock().expect("never poisoned: nothing panics while it is held");
            regions.entry(region.clone()).or_insert_with(|| Arc::new(self.connect(base, region))).clone()
        };
        // Nothing else is asked of an account that must not be touched.
        if self.settings.limits_accounts() {
            aws.caller().await?;
        }
        Ok(aws)
    }

    /// Whether there are credentials.
    pub async fn check_credentials(&self) -> Result<()> {
        let base = self.base.get_or_try_init(|| self.load()).await?;
        credentials::check(base, &self.settings.arguments).await
    }

    /// Whether AWS accepts the credentials. It is asked only if it has not shown that by any answer.
    pub async fn confirm(self: &Arc<Self>) -> Result<()> {
        if self.standing.is_accepted() || self.settings.arguments.skip_credentials_validation == Some(true) {
            return Ok(());
        }
        let aws = self.region(None).await?;
        let problem = match aws.caller().await {
            Ok(_) => return Ok(()),
            Err(problem) => problem,
        };
        // In the words of hashicorp/aws, which asks the same.
        let what =
            "Retrieving AWS account details: validating provider credentials: retrieving caller identity from STS";
        let detail = match problem.summary.contains(" failed") {
            true => problem.detail,
            false => format!("{}: {}", problem.summary, problem.detail),
        };
        Err(Problem { summary: what.into(), detail, ..problem })
    }

    fn connect(self: &Arc<Self>, base: &SdkConfig, region: String) -> Aws {
        let pacing = Pacing { standing: self.standing.clone(), region: region.clone(), pace: self.pace.clone() };
        let config = base.to_builder().region(Region::new(region.clone())).build();
        let given =
            |name| endpoint(&self.settings, &wire::services::endpoint_names(name)).map(|it| (name, it.to_owned()));
        let wire = wire::Client::new(&config)
            .endpoints(wire::services::names().filter_map(given).collect())
            .path_style(self.settings.arguments.s3_use_path_style == Some(true))
            .interceptor(SharedInterceptor::new(pacing.clone()))
            .once(SharedRetryClassifier::new(OnlyIfUnsent));
        Aws {
            region,
            pacing,
            wire,
            session: self.clone(),
            config,
            ec2: Clients::default(),
            iam: Clients::default(),
            ssm: Clients::default(),
            sts: Clients::default(),
            autoscaling: Clients::default(),
            untagging: Untagging::default(),
        }
    }

    /// Reads environment and shared files, and sets up credentials. Asks AWS for nothing yet, except that a
    /// role is assumed when the first request needs it.
    async fn load(&self) -> Result<SdkConfig> {
        let arguments = &self.settings.arguments;
        let retries = arguments.max_retries.and_then(|it| u32::try_from(it).ok());
        let retries = retries.or_else(settings::retries_of_environment).unwrap_or(MAX_RETRIES);
        let mut retry = RetryConfig::standard();
        if arguments.retry_mode.as_deref() == Some("adaptive") {
            retry = RetryConfig::adaptive();
        }
        let client = http::client(self.pace.clone(), self.standing.clone(), http::Network::of(arguments)?);
        let how = ProviderConfig::without_region()
            .with_behavior_version(Some(BehaviorVersion::latest()))
            .with_http_client(client.clone())
            .with_sleep_impl(http::Patience(self.pace.clone()))
            .with_region(self.settings.region.clone().map(Region::new));
        let mut loader: ConfigLoader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(client)
            .sleep_impl(http::Patience(self.pace.clone()))
            // To the SDK a request that waits for its turn (`Pace`) is a stream that has stalled, and it would give it up as sent and
            // lost after some seconds. How long an answer may take, `http` says.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .retry_config(retry.with_max_attempts(retries + 1).with_max_backoff(Duration::from_secs(20)));
        if let Some(region) = &self.settings.region {
            loader = loader.region(Region::new(region.clone()));
        }
        if let Some(fips) = arguments.use_fips_endpoint {
            loader = loader.use_fips(fips);
        }
        if let Some(dual_stack) = arguments.use_dualstack_endpoint {
            loader = loader.use_dual_stack(dual_stack);
        }
        let config = credentials::sources(loader, arguments, &how).load().await;
        let config = config.to_builder().service_config(NotEmpty(config)).build();
        credentials::assume_roles(config, &self.settings).await.map(credentials::kept)
    }
}

/// What the environment and the shared files say of a service. An empty endpoint is none, as in the other SDKs: this one panics.
#[derive(Debug)]
struct NotEmpty(SdkConfig);

impl LoadServiceConfig for NotEmpty {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        self.0.service_config()?.load_config(key).filter(|it| !it.is_empty())
    }
}
