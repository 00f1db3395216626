//! Private RSA keys in PEM, and why a text is none, in the words that Terraform has from Go.

use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::{BigUint, RsaPrivateKey, pkcs1::DecodeRsaPrivateKey, pkcs8::DecodePrivateKey};

/// The first key in `text`.
pub(super) fn read(text: &str) -> Result<RsaPrivateKey, String> {
    let invalid = |why: &str| format!("invalid private key: {why}");
    let block = PemBlock::first(text).ok_or_else(|| invalid("ssh: no key found"))?;
    let locked = || invalid("ssh: this private key is passphrase protected");
    if block.encrypted {
        return Err(locked());
    }
    let of_other_type = || "invalid private key type: an RSA key is needed".to_owned();
    match block.label {
        "RSA PRIVATE KEY" => RsaPrivateKey::from_pkcs1_der(&block.data).map_err(|_| mistake(&block.data)),
        "PRIVATE KEY" => RsaPrivateKey::from_pkcs8_der(&block.data).map_err(|_| mistake(&block.data)),
        "OPENSSH PRIVATE KEY" => {
            let key = ssh_key::PrivateKey::from_openssh(text[block.start..].trim_start())
                .map_err(|_| invalid("ssh: invalid openssh private key format"))?;
            if key.is_encrypted() {
                return Err(locked());
            }
            let key = key.key_data().rsa().ok_or_else(of_other_type)?;
            rsa_key(key).ok_or_else(|| invalid("ssh: invalid openssh private key format"))
        }
        "EC PRIVATE KEY" | "DSA PRIVATE KEY" => Err(of_other_type()),
        label => Err(invalid(&format!("ssh: unsupported key type {label:?}"))),
    }
}

/// The parts of the key put together: the conversion of ssh-key 0.6 hands the first prime over in place of the second.
fn rsa_key(key: &ssh_key::private::RsaKeypair) -> Option<RsaPrivateKey> {
    let number = |part: &ssh_key::Mpint| part.as_positive_bytes().map(BigUint::from_bytes_be);
    let (public, private) = (&key.public, &key.private);
    let primes = vec![number(&private.p)?, number(&private.q)?];
    RsaPrivateKey::from_components(number(&public.n)?, number(&public.e)?, number(&private.d)?, primes).ok()
}

/// What is between `-----BEGIN LABEL-----` and `-----END LABEL-----`.
struct PemBlock<'t> {
    label: &'t str,
    /// Where its first line starts in the text.
    start: usize,
    encrypted: bool,
    data: Vec<u8>,
}

impl<'t> PemBlock<'t> {
    fn first(text: &'t str) -> Option<Self> {
        const BEGIN: &str = "-----BEGIN ";
        text.match_indices(BEGIN).find_map(|(start, _)| {
            let (label, rest) = text[start + BEGIN.len()..].split_once("-----")?;
            let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
            // Lines of the form `Name: value` come first, and a blank line after them.
            let is_header = |line: &&str| line.contains(':');
            let encrypted = body.lines().any(|line| line.starts_with("Proc-Type:") && line.ends_with("ENCRYPTED"));
            let encoded: String = body.lines().filter(|line| !is_header(line)).map(str::trim).collect();
            let data = STANDARD.decode(encoded).ok()?;
            Some(Self { label, start, encrypted, data })
        })
    }
}

/// Why this is no key in ASN.1: as far as can be told from its outermost element.
fn mistake(data: &[u8]) -> String {
    let why = match *data {
        [] => "sequence truncated",
        [_, length, ..] if length < 0x80 || data.len() >= 2 + usize::from(length & 0x7f) => "it is no private RSA key",
        _ => "truncated tag or length",
    };
    format!("invalid ASN1 data in the given private key: {why}")
}
