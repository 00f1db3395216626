//! The digests that `hashicorp/archive` and `hashicorp/local` give of what they write.

use super::local::{Attributes, set_text};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use sha1::Digest;

/// What a digest is called behind the prefix of the type: `output_sha256`, `content_sha256`.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub prefix: &'static str,
    /// Of SHA-1: `sha` or `sha1`.
    pub sha1: &'static str,
}

impl Names {
    pub(super) fn all(self) -> [String; 6] {
        ["md5", self.sha1, "sha256", "base64sha256", "sha512", "base64sha512"].map(|it| format!("{}_{it}", self.prefix))
    }

    /// Sets every digest of `content`, and the id: its SHA-1.
    pub(super) fn set(self, attributes: &mut Attributes, content: &[u8]) {
        let (sha256, sha512) = (sha2::Sha256::digest(content), sha2::Sha512::digest(content));
        let sha1 = sha1(content);
        let digests = [
            hex(&md5::Md5::digest(content)),
            sha1.clone(),
            hex(&sha256),
            BASE64.encode(sha256),
            hex(&sha512),
            BASE64.encode(sha512),
        ];
        for (name, digest) in self.all().iter().zip(digests) {
            set_text(attributes, name, digest);
        }
        set_text(attributes, "id", sha1);
    }
}

/// SHA-1 in hexadecimal digits.
pub(super) fn sha1(content: &[u8]) -> String {
    hex(&sha1::Sha1::digest(content))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
