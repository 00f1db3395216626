//! Makes providers and publishes them: what a registry, a mirror and a folder have of them.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
    sync::OnceLock,
};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use pgp::{
    composed::{ArmorOptions, DetachedSignature, KeyType, SecretKeyParamsBuilder, SignedPublicKey, SignedSecretKey},
    crypto::hash::HashAlgorithm,
    ser::Serialize,
    types::Password,
};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::server::Page;

pub(super) type Pages = BTreeMap<String, Page>;

/// A zip archive; what has a name with `terraform-provider-` is a program.
pub(super) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let mode = if name.contains("terraform-provider-") { 0o755 } else { 0o644 };
        writer.start_file(*name, zip::write::SimpleFileOptions::default().unix_permissions(mode)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The package of `x` in a version, as it should be.
pub(super) fn package(version: &str, platform: &str) -> Vec<u8> {
    let (program, content) =
        (format!("terraform-provider-x_v{version}"), format!("#!/bin/sh\n# {version} {platform}\n"));
    zip(&[("LICENSE.txt", b"Anybody may do anything.\n"), (&program, content.as_bytes())])
}

pub(super) fn digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|it| format!("{it:02x}")).collect()
}

/// The hash of the files of [`package`], made apart from what is tested.
pub(super) fn files_hash(version: &str, platform: &str) -> String {
    let license = digest(b"Anybody may do anything.\n");
    let program = digest(format!("#!/bin/sh\n# {version} {platform}\n").as_bytes());
    let list = format!("{license}  LICENSE.txt\n{program}  terraform-provider-x_v{version}\n");
    format!("h1:{}", BASE64.encode(Sha256::digest(list)))
}

/// A key that is made for this run.
pub(super) struct Key(SignedSecretKey);

impl Key {
    fn new(name: &str) -> Self {
        let mut parameters = SecretKeyParamsBuilder::default();
        parameters.key_type(KeyType::Ed25519Legacy).can_certify(true).can_sign(true);
        let parameters = parameters.primary_user_id(format!("{name} <{name}@example.com>")).build().unwrap();
        Self(parameters.generate(rand::thread_rng()).unwrap())
    }

    pub(super) fn public(&self) -> String {
        SignedPublicKey::from(self.0.clone()).to_armored_string(ArmorOptions::default()).unwrap()
    }

    pub(super) fn sign(&self, content: &[u8]) -> Vec<u8> {
        let (random, password) = (rand::thread_rng(), Password::empty());
        let signature =
            DetachedSignature::sign_binary_data(random, &self.0.primary_key, &password, HashAlgorithm::Sha256, content);
        signature.unwrap().to_bytes().unwrap()
    }
}

/// Whose providers these are.
pub(super) fn author() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::new("author"))
}

pub(super) fn stranger() -> &'static Key {
    static KEY: OnceLock<Key> = OnceLock::new();
    KEY.get_or_init(|| Key::new("stranger"))
}

/// What a registry says of one package, to be changed before it is published.
pub(super) struct Release {
    pub description: Json,
    pub document: Vec<u8>,
    /// Made of the document when it is published, unless it is there.
    pub signature: Option<Vec<u8>>,
    pub package: Page,
}

pub(super) const VERSIONS: [&str; 4] = ["1.0.0", "1.1.0", "2.0.0", "2.1.0-beta1"];
pub(super) const PLATFORMS: [&str; 2] = ["linux_amd64", "darwin_arm64"];

/// A registry with `acme/x`, each of whose packages `change` may change.
pub(super) fn registry(change: &dyn Fn(&mut Release)) -> Pages {
    let mut pages = Pages::new();
    let listed: Vec<Json> = VERSIONS.iter().map(|it| json!({ "version": it, "protocols": ["5.0"] })).collect();
    pages.insert("/p/acme/x/versions".into(), Page::of(json!({ "versions": listed }).to_string()));
    for version in VERSIONS {
        let packages = PLATFORMS.map(|it| (it, package(version, it)));
        let name = |platform: &str| format!("terraform-provider-x_{version}_{platform}.zip");
        let document: String = packages.iter().map(|(it, zip)| format!("{}  {}\n", digest(zip), name(it))).collect();
        for (platform, zip) in &packages {
            let (system, architecture) = platform.split_once('_').unwrap();
            let at = |file: &str| format!("/f/{version}/{platform}/{file}");
            let mut release = Release {
                description: json!({
                    "protocols": ["5.0"],
                    "os": system,
                    "arch": architecture,
                    "filename": name(platform),
                    "download_url": at("package.zip"),
                    "shasum": digest(zip),
                    "shasums_url": at("sums"),
                    "shasums_signature_url": at("sums.sig"),
                    "signing_keys": { "gpg_public_keys": [{ "key_id": "1", "ascii_armor": author().public() }] },
                }),
                document: document.clone().into_bytes(),
                signature: None,
                package: Page::of(zip.clone()),
            };
            change(&mut release);
            let Release { description, document, signature, package } = release;
            let signature = signature.unwrap_or_else(|| author().sign(&document));
            pages.insert(at("package.zip"), package);
            pages.insert(at("sums.sig"), Page::of(signature));
            pages.insert(at("sums"), Page::of(document));
            let path = format!("/p/acme/x/{version}/download/{system}/{architecture}");
            pages.insert(path, Page::of(description.to_string()));
        }
    }
    pages
}
