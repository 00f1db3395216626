use super::{Filter, filters, some_filters};
use crate::{
    aws::{attribute::*, client::Aws, ec2::tags, releases::Release, resource::*, rules::pattern},
    provider::{Problem, Result},
    value::Path,
};
use aws_sdk_ec2::types as ec2;
use std::collections::BTreeMap;

attributes! {
    /// An image to start instances from.
    pub(crate) struct Ami {
        id: Option<String> [computed],
        /// Whether the newest image of anyone will do.
        allow_unsafe_filter: Option<bool>,
        executable_users: Option<Vec<String>>,
        filter: Set<Filter>,
        include_deprecated: bool [optional],
        /// Takes the newest where several fit.
        most_recent: Option<bool>,
        name_regex: Option<String>,
        owners: Option<Vec<String>>,
        tags: Option<Tags> [computed],
        uefi_data: Option<String>,
        architecture: String [read_only],
        arn: String [read_only],
        block_device_mappings: Set<BlockDevice> [as_attribute, read_only],
        boot_mode: String [read_only],
        creation_date: String [read_only],
        deprecation_time: String [read_only],
        description: String [read_only],
        ena_support: bool [read_only],
        hypervisor: String [read_only],
        image_id: String [read_only],
        image_location: String [read_only],
        image_owner_alias: String [read_only],
        image_type: String [read_only],
        imds_support: String [read_only],
        kernel_id: String [read_only],
        last_launched_time: String [read_only],
        name: String [read_only],
        owner_id: String [read_only],
        platform: String [read_only],
        platform_details: String [read_only],
        product_codes: Set<ProductCode> [as_attribute, read_only],
        public: bool [read_only],
        ramdisk_id: String [read_only],
        root_device_name: String [read_only],
        root_device_type: String [read_only],
        root_snapshot_id: String [read_only],
        sriov_net_support: String [read_only],
        state: String [read_only],
        state_reason: BTreeMap<String, String> [read_only],
        tpm_support: String [read_only],
        usage_operation: String [read_only],
        virtualization_type: String [read_only],
    }

    pub(crate) struct BlockDevice {
        device_name: String,
        ebs: BTreeMap<String, String>,
        no_device: String,
        virtual_name: String,
    }

    pub(crate) struct ProductCode {
        product_code_id: String,
        product_code_type: String,
    }
}

impl DataSource for Ami {
    const TYPE: &str = "aws_ami";
    const TIMEOUTS: bool = true;

    async fn read(self, aws: &Aws) -> Result<Self> {
        let request = aws.ec2().describe_images().set_owners(self.owners.clone()).max_results(1000);
        let request = request
            .set_executable_users(self.executable_users.clone())
            .set_filters(some_filters(filters(&self.filter)))
            .set_include_deprecated(self.include_deprecated.then_some(true));
        let mut images: Vec<ec2::Image> = request.into_paginator().items().send().try_collect().await?;
        if let Some(pattern) = &self.name_regex {
            let pattern = regex(pattern)?;
            images.retain(|it| it.name().is_some_and(|it| pattern.is_match(it)));
        }
        if images.len() > 1 && self.most_recent != Some(true) {
            return Err(Problem::fatal(
                "Your query returned more than one result",
                "Please try a more specific search criteria, or set `most_recent` attribute to true.",
            ));
        }
        // The form of the date sorts as text.
        let newest = images.into_iter().max_by(|left, right| left.creation_date.cmp(&right.creation_date));
        let image = newest.ok_or_else(|| {
            Problem::fatal("Your query returned no results", "Please change your search criteria and try again.")
        })?;
        Ok(self.found(aws, image))
    }

    /// To release 5 it was worth a warning that anyone may publish the newest image.
    fn check(&self, release: Release) -> Result<()> {
        let names_one = |it: &Filter| matches!(it.name.as_str(), "image-id" | "owner-id");
        let is_safe = self.owners.as_ref().is_some_and(|it| !it.is_empty()) || self.filter.0.iter().any(names_one);
        if release != Release::Six
            || self.most_recent != Some(true)
            || is_safe
            || self.allow_unsafe_filter == Some(true)
        {
            return Ok(());
        }
        let detail = "\"most_recent\" is set to \"true\" and results are not filtered by owner or image ID. With this \
                      configuration, a third party may introduce a new image which will be returned by this data source. \
                      Filter by owner or image ID to avoid this possibility.";
        let problem = Problem::fatal("Most Recent Image Not Filtered", detail);
        Err(Problem { hint: Some("Or set allow_unsafe_filter to true.".into()), ..problem })
    }
}

/// Read as `validate` reads it.
fn regex(text: &str) -> Result<regex::Regex> {
    let wrong =
        |error| Problem::fatal("Invalid regular expression", format!("{error}")).at(Path::attribute("name_regex"));
    pattern(text).map_err(wrong)
}

impl Ami {
    fn found(self, aws: &Aws, image: ec2::Image) -> Self {
        fn word(it: Option<impl ToString>) -> String {
            it.map(|it| it.to_string()).unwrap_or_default()
        }
        let id = image.image_id.unwrap_or_default();
        let root = image.root_device_name.clone().unwrap_or_default();
        let devices: Vec<ec2::BlockDeviceMapping> = image.block_device_mappings.unwrap_or_default();
        let root_device = devices.iter().find(|it| it.device_name() == Some(&root)).and_then(|it| it.ebs());
        let reason = image.state_reason;
        let unset = |it: Option<String>| it.unwrap_or_else(|| "UNSET".to_owned());
        let code = |it: ec2::ProductCode| ProductCode {
            product_code_id: it.product_code_id.unwrap_or_default(),
            product_code_type: word(it.product_code_type),
        };
        Self {
            architecture: word(image.architecture),
            arn: aws.arn("ec2", "", &format!("image/{id}")),
            root_snapshot_id: root_device.and_then(|it| it.snapshot_id.clone()).unwrap_or_default(),
            block_device_mappings: devices.into_iter().map(block_device).collect(),
            boot_mode: word(image.boot_mode),
            creation_date: image.creation_date.unwrap_or_default(),
            deprecation_time: image.deprecation_time.unwrap_or_default(),
            description: image.description.unwrap_or_default(),
            ena_support: image.ena_support.unwrap_or_default(),
            hypervisor: word(image.hypervisor),
            id: Some(id.clone()),
            image_id: id,
            image_location: image.image_location.unwrap_or_default(),
            image_owner_alias: image.image_owner_alias.unwrap_or_default(),
            image_type: word(image.image_type),
            imds_support: word(image.imds_support),
            kernel_id: image.kernel_id.unwrap_or_default(),
            last_launched_time: image.last_launched_time.unwrap_or_default(),
            name: image.name.unwrap_or_default(),
            owner_id: image.owner_id.unwrap_or_default(),
            platform: word(image.platform),
            platform_details: image.platform_details.unwrap_or_default(),
            product_codes: image.product_codes.into_iter().flatten().map(code).collect(),
            public: image.public.unwrap_or_default(),
            ramdisk_id: image.ramdisk_id.unwrap_or_default(),
            root_device_name: root,
            root_device_type: word(image.root_device_type),
            sriov_net_support: image.sriov_net_support.unwrap_or_default(),
            state: word(image.state),
            state_reason: BTreeMap::from([
                ("code".to_owned(), unset(reason.as_ref().and_then(|it| it.code.clone()))),
                ("message".to_owned(), unset(reason.and_then(|it| it.message))),
            ]),
            tags: Some(tags(image.tags)),
            tpm_support: word(image.tpm_support),
            usage_operation: image.usage_operation.unwrap_or_default(),
            virtualization_type: word(image.virtualization_type),
            ..self
        }
    }
}

fn block_device(it: ec2::BlockDeviceMapping) -> BlockDevice {
    let ebs = it.ebs.map(|it| {
        let entries = [
            ("delete_on_termination", it.delete_on_termination.unwrap_or_default().to_string()),
            ("encrypted", it.encrypted.unwrap_or_default().to_string()),
            ("iops", it.iops.unwrap_or_default().to_string()),
            ("throughput", it.throughput.unwrap_or_default().to_string()),
            ("volume_initialization_rate", it.volume_initialization_rate.unwrap_or_default().to_string()),
            ("volume_size", it.volume_size.unwrap_or_default().to_string()),
            ("snapshot_id", it.snapshot_id.unwrap_or_default()),
            ("volume_type", it.volume_type.map(|it| it.to_string()).unwrap_or_default()),
        ];
        entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    });
    BlockDevice {
        device_name: it.device_name.unwrap_or_default(),
        ebs: ebs.unwrap_or_default(),
        no_device: it.no_device.unwrap_or_default(),
        virtual_name: it.virtual_name.unwrap_or_default(),
    }
}
