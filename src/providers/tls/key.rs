//! Private keys and their encodings, as Go's `crypto/x509` and `x/crypto/ssh` write them.

use crate::provider::{Problem, Result};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use ed25519_dalek::SigningKey;
use md5::{Digest, Md5};
use rand::rngs::OsRng;
use rsa::{
    RsaPrivateKey,
    pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey},
    pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding},
};
use sha1::Sha1;
use sha2::Sha256;
use ssh_key::private::{EcdsaKeypair, Ed25519Keypair, KeypairData, RsaKeypair};

pub(super) enum Key {
    Rsa(Box<RsaPrivateKey>),
    P224(p224::SecretKey),
    P256(p256::SecretKey),
    P384(p384::SecretKey),
    P521(p521::SecretKey),
    Ed25519(SigningKey),
}

pub(super) struct Public {
    /// The SHA-1 of the key in DER.
    pub id: String,
    pub pem: String,
    /// With a line feed at its end, as are both PEM forms; empty, with what follows, where OpenSSH does not know the curve.
    pub openssh: String,
    pub md5: String,
    pub sha256: String,
}

fn failed(what: &str) -> impl FnOnce(Box<dyn std::error::Error>) -> Problem {
    move |error| Problem::fatal(format!("Unable to {what}"), error.to_string())
}

fn boxed<E: std::error::Error + 'static>(error: E) -> Box<dyn std::error::Error> {
    Box::new(error)
}

impl Key {
    pub(super) fn rsa(bits: i64) -> Result<Self> {
        let bits = usize::try_from(bits).unwrap_or_default();
        let key = RsaPrivateKey::new(&mut OsRng, bits).map_err(boxed);
        Ok(Self::Rsa(Box::new(key.map_err(failed("generate Key from configuration"))?)))
    }

    pub(super) fn ecdsa(curve: &str) -> Result<Self> {
        match curve {
            "P224" => Ok(Self::P224(p224::SecretKey::random(&mut OsRng))),
            "P256" => Ok(Self::P256(p256::SecretKey::random(&mut OsRng))),
            "P384" => Ok(Self::P384(p384::SecretKey::random(&mut OsRng))),
            "P521" => Ok(Self::P521(p521::SecretKey::random(&mut OsRng))),
            _ => Err(Problem::fatal(
                "Unable to generate Key from configuration",
                format!("There is no curve {curve}: use P224, P256, P384 or P521."),
            )),
        }
    }

    pub(super) fn ed25519() -> Self {
        Self::Ed25519(SigningKey::generate(&mut OsRng))
    }

    pub(super) fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RSA",
            Self::P224(_) | Self::P256(_) | Self::P384(_) | Self::P521(_) => "ECDSA",
            Self::Ed25519(_) => "ED25519",
        }
    }

    /// PKCS #1, SEC 1 or PKCS #8.
    pub(super) fn from_pem(pem: &str) -> Result<Self> {
        let pkcs8 = || -> Option<Self> {
            let rsa = || RsaPrivateKey::from_pkcs8_pem(pem).ok().map(|it| Self::Rsa(Box::new(it)));
            let p224 = || p224::SecretKey::from_pkcs8_pem(pem).ok().map(Self::P224);
            let p256 = || p256::SecretKey::from_pkcs8_pem(pem).ok().map(Self::P256);
            let p384 = || p384::SecretKey::from_pkcs8_pem(pem).ok().map(Self::P384);
            let p521 = || p521::SecretKey::from_pkcs8_pem(pem).ok().map(Self::P521);
            let ed25519 = || SigningKey::from_pkcs8_pem(pem).ok().map(Self::Ed25519);
            rsa().or_else(p224).or_else(p256).or_else(p384).or_else(p521).or_else(ed25519)
        };
        let sec1 = || -> Option<Self> {
            let p224 = || p224::SecretKey::from_sec1_pem(pem).ok().map(Self::P224);
            let p256 = || p256::SecretKey::from_sec1_pem(pem).ok().map(Self::P256);
            let p384 = || p384::SecretKey::from_sec1_pem(pem).ok().map(Self::P384);
            let p521 = || p521::SecretKey::from_sec1_pem(pem).ok().map(Self::P521);
            p224().or_else(p256).or_else(p384).or_else(p521)
        };
        let key = if pem.contains("BEGIN RSA PRIVATE KEY") {
            RsaPrivateKey::from_pkcs1_pem(pem).ok().map(|it| Self::Rsa(Box::new(it)))
        } else if pem.contains("BEGIN EC PRIVATE KEY") {
            sec1()
        } else {
            pkcs8()
        };
        key.ok_or_else(|| {
            Problem::fatal("Unable to parse private key", "It is not a private key in a PEM form that is supported.")
        })
    }

    pub(super) fn from_openssh(pem: &str) -> Result<Self> {
        let unsupported =
            || Problem::fatal("Unable to parse private key", "It is not an OpenSSH key that is supported.");
        let key = ssh_key::PrivateKey::from_openssh(pem).map_err(|_| unsupported())?;
        let key = match key.key_data() {
            KeypairData::Rsa(pair) => RsaPrivateKey::try_from(pair).ok().map(|it| Self::Rsa(Box::new(it))),
            KeypairData::Ed25519(pair) => Some(Self::Ed25519(SigningKey::from_bytes(&pair.private.to_bytes()))),
            KeypairData::Ecdsa(EcdsaKeypair::NistP256 { private, .. }) => {
                p256::SecretKey::from_slice(private.as_slice()).ok().map(Self::P256)
            }
            KeypairData::Ecdsa(EcdsaKeypair::NistP384 { private, .. }) => {
                p384::SecretKey::from_slice(private.as_slice()).ok().map(Self::P384)
            }
            KeypairData::Ecdsa(EcdsaKeypair::NistP521 { private, .. }) => {
                p521::SecretKey::from_slice(private.as_slice()).ok().map(Self::P521)
            }
            _ => None,
        };
        key.ok_or_else(unsupported)
    }

    /// PKCS #1 for RSA, SEC 1 for curves, PKCS #8 for the rest.
    pub(super) fn private_pem(&self) -> Result<String> {
        const P224: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x21];
        const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
        const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
        const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];
        match self {
            Self::Rsa(key) => {
                let pem = key.to_pkcs1_pem(LineEnding::LF).map_err(boxed);
                Ok(pem.map_err(failed("encode key to PEM"))?.to_string())
            }
            Self::P224(key) => Ok(sec1(P224, &key.to_bytes(), &key.public_key().to_sec1_bytes())),
            Self::P256(key) => Ok(sec1(P256, &key.to_bytes(), &key.public_key().to_sec1_bytes())),
            Self::P384(key) => Ok(sec1(P384, &key.to_bytes(), &key.public_key().to_sec1_bytes())),
            Self::P521(key) => Ok(sec1(P521, &key.to_bytes(), &key.public_key().to_sec1_bytes())),
            Self::Ed25519(_) => self.private_pkcs8(),
        }
    }

    pub(super) fn private_pkcs8(&self) -> Result<String> {
        let pem = match self {
            Self::Rsa(key) => key.to_pkcs8_pem(LineEnding::LF),
            Self::P224(key) => key.to_pkcs8_pem(LineEnding::LF),
            Self::P256(key) => key.to_pkcs8_pem(LineEnding::LF),
            Self::P384(key) => key.to_pkcs8_pem(LineEnding::LF),
            Self::P521(key) => key.to_pkcs8_pem(LineEnding::LF),
            // Without the public key, as Go writes it.
            Self::Ed25519(key) => ed25519_dalek::pkcs8::KeypairBytes { secret_key: key.to_bytes(), public_key: None }
                .to_pkcs8_pem(LineEnding::LF),
        };
        let pem = pem.map_err(|error| boxed(std::io::Error::other(error.to_string())));
        Ok(pem.map_err(failed("encode private key to PKCS#8 PEM"))?.to_string())
    }

    /// None for the curve that OpenSSH does not know.
    fn ssh(&self) -> Result<Option<ssh_key::PrivateKey>> {
        let data = match self {
            Self::P224(_) => return Ok(None),
            Self::Rsa(key) => {
                KeypairData::Rsa(RsaKeypair::try_from(&**key).map_err(boxed).map_err(failed("encode key"))?)
            }
            Self::P256(key) => KeypairData::Ecdsa(EcdsaKeypair::NistP256 {
                public: key.public_key().into(),
                private: key.clone().into(),
            }),
            Self::P384(key) => KeypairData::Ecdsa(EcdsaKeypair::NistP384 {
                public: key.public_key().into(),
                private: key.clone().into(),
            }),
            Self::P521(key) => KeypairData::Ecdsa(EcdsaKeypair::NistP521 {
                public: key.public_key().into(),
                private: key.clone().into(),
            }),
            Self::Ed25519(key) => KeypairData::Ed25519(Ed25519Keypair::from(key)),
        };
        let key = ssh_key::PrivateKey::new(data, "").map_err(boxed);
        key.map(Some).map_err(failed("marshal private key into OpenSSH format"))
    }

    /// Empty for the curve that OpenSSH does not know, as the provider of the same name leaves it.
    pub(super) fn private_openssh(&self) -> Result<String> {
        let Some(key) = self.ssh()? else { return Ok(String::new()) };
        let pem = key.to_openssh(LineEnding::LF).map_err(boxed);
        Ok(pem.map_err(failed("marshal private key into OpenSSH format"))?.to_string())
    }

    pub(super) fn public(&self) -> Result<Public> {
        let der = match self {
            Self::Rsa(key) => key.to_public_key().to_public_key_der(),
            Self::P224(key) => key.public_key().to_public_key_der(),
            Self::P256(key) => key.public_key().to_public_key_der(),
            Self::P384(key) => key.public_key().to_public_key_der(),
            Self::P521(key) => key.public_key().to_public_key_der(),
            Self::Ed25519(key) => key.verifying_key().to_public_key_der(),
        };
        let der = der.map_err(|error| boxed(std::io::Error::other(error.to_string())));
        let der = der.map_err(failed("marshal public key"))?;
        // The provider of the same name trims the DER as if it were text.
        let id = format!("{:x}", Sha1::digest(der.as_bytes().trim_ascii()));
        let public = pem("PUBLIC KEY", der.as_bytes());
        let Some(ssh) = self.ssh()? else {
            let (openssh, md5, sha256) = Default::default();
            return Ok(Public { id, pem: public, openssh, md5, sha256 });
        };
        let ssh = ssh.public_key();
        let wire = ssh.to_bytes().map_err(boxed).map_err(failed("marshal public key"))?;
        let openssh = ssh.to_openssh().map_err(boxed).map_err(failed("marshal public key"))?;
        let colons: Vec<String> = Md5::digest(&wire).iter().map(|it| format!("{it:02x}")).collect();
        Ok(Public {
            id,
            pem: public,
            openssh: openssh.trim_end().to_owned() + "\n",
            md5: colons.join(":"),
            sha256: format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(&wire))),
        })
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        out += line;
        out.push('\n');
        rest = after;
    }
    out + &format!("-----END {label}-----\n")
}

/// A private key of a curve in SEC 1 with the name of the curve, without which other programs do not take it.
fn sec1(curve: &[u8], private: &[u8], public: &[u8]) -> String {
    let bits = [&[0], public].concat();
    let content = [der(0x02, &[1]), der(0x04, private), der(0xa0, &der(0x06, curve)), der(0xa1, &der(0x03, &bits))];
    pem("EC PRIVATE KEY", &der(0x30, &content.concat()))
}

/// A DER element of less than 256 bytes.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).expect("keys of curves are short");
    let mut out = vec![tag];
    if length >= 128 {
        out.push(0x81);
    }
    out.push(length);
    out.extend_from_slice(content);
    out
}
