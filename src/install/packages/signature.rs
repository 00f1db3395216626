//! Who signed a list of checksums: with which of the keys that the registry names, and whether that one is HashiCorp's or one
//! that HashiCorp vouches for.

use super::Signer;
use pgp::{
    armor::Dearmor,
    composed::{Deserializable, DetachedSignature, SignedPublicKey},
    packet::{Signature, SignatureType},
    types::KeyDetails,
};
use std::io::Read;

/// The fingerprint of the key that HashiCorp signs its own providers with. It is all of the key that has to be known here, since
/// the registry sends the key, and no other key has this fingerprint.
const HASHICORP: &str = "c874011f0ab405110d02105534365d9472d7468f";
/// The public key with which HashiCorp signs the keys of its partners. It is in no answer of a registry.
const PARTNERS: &str = include_str!("partners.asc");

/// A key as a registry names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SigningKey {
    pub armor: String,
    /// HashiCorp's signature of the key, or nothing.
    pub trust: String,
}

/// Who signed `document`, with the number of the key; or why that is not to be believed.
pub(super) fn signer(document: &[u8], signature: &[u8], keys: &[SigningKey]) -> Result<(Signer, String), String> {
    signer_among(document, signature, keys, HASHICORP, PARTNERS)
}

fn signer_among(
    document: &[u8],
    signature: &[u8],
    keys: &[SigningKey],
    hashicorp: &str,
    partners: &str,
) -> Result<(Signer, String), String> {
    let read = |error: pgp::errors::Error| format!("error checking signature: {error}");
    let signatures: Vec<DetachedSignature> =
        DetachedSignature::from_bytes_many(signature).map_err(read)?.collect::<Result<_, _>>().map_err(read)?;
    if signatures.is_empty() {
        return Err("error checking signature: it is empty".into());
    }
    for key in keys {
        for certificate in certificates(&key.armor)? {
            if !checked(&certificate, &signatures, document)? {
                continue;
            }
            let number = certificate.primary_key.legacy_key_id().to_string().to_uppercase();
            if format!("{:x}", certificate.fingerprint()) == hashicorp {
                return Ok((Signer::HashiCorp, number));
            }
            if key.trust.is_empty() {
                return Ok((Signer::Community, number));
            }
            vouched(key, partners)?;
            return Ok((Signer::Partner, number));
        }
    }
    Err("authentication signature from unknown issuer".into())
}

/// Whether HashiCorp signed the key, as it was sent.
fn vouched(key: &SigningKey, partners: &str) -> Result<(), String> {
    let (author, trust) = (
        dearmored(&key.armor).map_err(|error| format!("error decoding signing key: {error}"))?,
        dearmored(&key.trust).map_err(|error| format!("error decoding trust signature: {error}"))?,
    );
    let wrong = |error: String| format!("error verifying trust signature: {error}");
    let trust: Result<Vec<_>, _> =
        DetachedSignature::from_bytes_many(&*trust).and_then(|it| it.collect()).map_err(|error| error.to_string());
    let trust = trust.map_err(wrong)?;
    for vouching in certificates(partners)? {
        if checked(&vouching, &trust, &author).map_err(wrong)? {
            return Ok(());
        }
    }
    Err(wrong("signature made by unknown entity".into()))
}

fn certificates(armor: &str) -> Result<Vec<SignedPublicKey>, String> {
    let wrong = |error: pgp::errors::Error| format!("error decoding signing key: {error}");
    let (keys, _) = SignedPublicKey::from_string_many(armor).map_err(wrong)?;
    keys.collect::<Result<_, _>>().map_err(wrong)
}

fn dearmored(armor: &str) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    Dearmor::new(armor.as_bytes()).read_to_end(&mut content)?;
    Ok(content)
}

/// Whether one of the signatures is by this key or by one below it. An error if it says so, and is not. Like Terraform this
/// takes keys that have expired: what they signed is out in the world.
fn checked(certificate: &SignedPublicKey, signatures: &[DetachedSignature], document: &[u8]) -> Result<bool, String> {
    let wrong = |error: pgp::errors::Error| format!("error checking signature: {error}");
    for DetachedSignature { signature } in signatures {
        if !matches!(signature.typ(), Some(SignatureType::Binary | SignatureType::Text)) {
            continue;
        }
        let primary = &certificate.primary_key;
        let below = certificate.public_subkeys.iter().find(|it| is_by(signature, &it.key));
        if is_by(signature, primary) {
            certificate.details.verify_bindings(primary).map_err(wrong)?;
            signature.verify(primary, document).map_err(wrong)?;
        } else if let Some(below) = below.filter(|it| it.signatures.iter().any(|it| it.key_flags().sign())) {
            below.verify_bindings(primary).map_err(wrong)?;
            if below.signatures.iter().any(|it| it.typ() == Some(SignatureType::SubkeyRevocation)) {
                return Err("error checking signature: it was made by a revoked key".into());
            }
            signature.verify(&below.key, document).map_err(wrong)?;
        } else {
            continue;
        }
        let revoked = &certificate.details.revocation_signatures;
        if revoked.iter().any(|it| it.verify_key(primary).is_ok()) {
            return Err("error checking signature: it was made by a revoked key".into());
        }
        return Ok(true);
    }
    Ok(false)
}

fn is_by(signature: &Signature, key: &impl KeyDetails) -> bool {
    signature.issuer_key_id().into_iter().any(|it| *it == key.legacy_key_id())
        || signature.issuer_fingerprint().into_iter().any(|it| *it == key.fingerprint())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pgp::{
        composed::{
            ArmorOptions, EncryptionCaps, KeyType, SecretKeyParamsBuilder, SignedSecretKey, SubkeyParamsBuilder,
        },
        crypto::hash::HashAlgorithm,
        packet::{RevocationCode, SignatureConfig, Subpacket, SubpacketData},
        ser::Serialize,
        types::Password,
    };

    const DOCUMENT: &[u8] = b"a list of checksums";

    /// A key with another one below it, which may sign or not.
    fn key(below_may_sign: bool) -> SignedSecretKey {
        let mut below = SubkeyParamsBuilder::default();
        below.key_type(KeyType::Ed25519Legacy).can_sign(below_may_sign).can_encrypt(EncryptionCaps::None);
        below.can_authenticate(!below_may_sign);
        let mut parameters = SecretKeyParamsBuilder::default();
        parameters.key_type(KeyType::Ed25519Legacy).can_certify(true).can_sign(true);
        parameters.primary_user_id("somebody".into()).subkey(below.build().unwrap());
        parameters.build().unwrap().generate(rand::thread_rng()).unwrap()
    }

    fn signed(key: &impl pgp::types::SigningKey, content: &[u8]) -> DetachedSignature {
        let (random, password) = (rand::thread_rng(), Password::empty());
        DetachedSignature::sign_binary_data(random, key, &password, HashAlgorithm::Sha256, content).unwrap()
    }

    fn armor(key: &SignedSecretKey) -> String {
        SignedPublicKey::from(key.clone()).to_armored_string(ArmorOptions::default()).unwrap()
    }

    /// The key with its own word that it counts no more.
    fn revoked(mut key: SignedSecretKey) -> SignedSecretKey {
        let mut config =
            SignatureConfig::from_key(rand::thread_rng(), &key.primary_key, SignatureType::KeyRevocation).unwrap();
        let issuer = Subpacket::regular(SubpacketData::IssuerFingerprint(key.primary_key.fingerprint())).unwrap();
        let reason = SubpacketData::RevocationReason(RevocationCode::KeyCompromised, "".into());
        config.hashed_subpackets = vec![issuer, Subpacket::regular(reason).unwrap()];
        let public = key.primary_key.public_key();
        let signature = config.sign_key(&key.primary_key, &Password::empty(), public).unwrap();
        key.details.revocation_signatures.push(signature);
        key
    }

    #[test]
    fn signatures_say_whose_a_package_is() {
        let (author, partners, other) = (key(true), key(true), key(false));
        let vouch = |with: &SignedSecretKey, of: &SignedSecretKey| {
            let content = SignedPublicKey::from(of.clone()).to_bytes().unwrap();
            signed(&with.primary_key, &content).to_armored_string(ArmorOptions::default()).unwrap()
        };
        let check =
            |signature: DetachedSignature, keys: &[(&SignedSecretKey, String)], official: &str, expected: &str| {
                let keys: Vec<SigningKey> =
                    keys.iter().map(|(key, trust)| SigningKey { armor: armor(key), trust: trust.clone() }).collect();
                let signature = signature.to_bytes().unwrap();
                let said = match signer_among(DOCUMENT, &signature, &keys, official, &armor(&partners)) {
                    Ok((signer, key)) => format!("{signer:?} {key}"),
                    Err(why) => why,
                };
                assert!(said.starts_with(expected), "{expected}: {said}");
            };
        let by = |signer: &str, key: &SignedSecretKey| format!("{signer} {}", key.legacy_key_id()).to_uppercase();
        let expected =
            |signer: &str, key: &SignedSecretKey| by(signer, key).replacen(&signer.to_uppercase(), signer, 1);
        let own = || signed(&author.primary_key, DOCUMENT);
        let none = String::new;
        let fingerprint = format!("{:x}", author.fingerprint());
        check(own(), &[(&author, none())], "", &expected("Community", &author));
        check(own(), &[(&other, none()), (&author, none())], "", &expected("Community", &author));
        check(own(), &[(&author, none())], &fingerprint, &expected("HashiCorp", &author));
        check(own(), &[(&author, vouch(&partners, &author))], "", &expected("Partner", &author));
        check(own(), &[(&author, vouch(&other, &author))], "", "error verifying trust signature: ");
        check(own(), &[(&author, vouch(&partners, &other))], "", "error verifying trust signature: ");
        check(own(), &[(&other, none())], "", "authentication signature from unknown issuer");
        check(own(), &[], "", "authentication signature from unknown issuer");
        check(signed(&author.primary_key, b"something else"), &[(&author, none())], "", "error checking signature: ");
        // A key below may sign if it says so, and only if the one above says so too.
        check(
            signed(&author.secret_subkeys[0].key, DOCUMENT),
            &[(&author, none())],
            "",
            &expected("Community", &author),
        );
        let unknown = "authentication signature from unknown issuer";
        check(signed(&other.secret_subkeys[0].key, DOCUMENT), &[(&other, none())], "", unknown);
        let mut stolen = other.clone();
        stolen.secret_subkeys = author.secret_subkeys.clone();
        check(signed(&author.secret_subkeys[0].key, DOCUMENT), &[(&stolen, none())], "", "error checking signature: ");
        check(
            own(),
            &[(&revoked(author.clone()), none())],
            "",
            "error checking signature: it was made by a revoked key",
        );
    }

    #[test]
    fn the_key_of_partners_can_be_read() {
        let keys = certificates(PARTNERS).unwrap();
        let numbers: Vec<String> = keys.iter().map(|it| format!("{:x}", it.fingerprint())).collect();
        assert_eq!(numbers, ["51890657c5acdb4b823086567d72d4268e4660fc"]);
        assert!(keys.iter().all(|it| it.details.verify_bindings(&it.primary_key).is_ok()));
    }
}
