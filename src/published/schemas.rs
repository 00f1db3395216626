//! What a published provider accepts: asked once, and kept in a file until the program is another one.

use super::{Origin, connection};
use crate::{
    address::ProviderSource,
    plugin::{
        Answer, Protocol,
        schema::{self, Identities, Types, kept},
    },
    provider::{Further, Problem, ResourceMode, Result, Traits},
    schema::Schema,
};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// What a provider told of itself.
#[derive(Debug)]
pub(super) struct Told {
    pub schemas: schema::Schemas,
    /// What identifies objects, by type.
    pub identities: Identities,
}

impl Told {
    fn types(&self, mode: ResourceMode) -> &Types {
        match mode {
            ResourceMode::Managed => &self.schemas.resources,
            ResourceMode::Data => &self.schemas.data,
            ResourceMode::Ephemeral => &self.schemas.ephemeral,
        }
    }
}

impl Further for Told {
    fn get(&self, mode: ResourceMode, type_name: &str) -> Option<&Arc<Schema>> {
        self.types(mode).get(type_name)?.ok()
    }

    fn problem(&self, mode: ResourceMode, type_name: &str) -> Option<Problem> {
        self.types(mode).get(type_name)?.err()
    }

    fn names(&self, mode: ResourceMode) -> Vec<&'static str> {
        self.types(mode).names().map(|it| kept(it.to_string())).collect()
    }

    fn traits(&self) -> Traits {
        Traits {
            // The provider waits by itself, for as long as its own timeouts say.
            patience: Duration::MAX,
            delete_patience: Duration::MAX,
            lingers: false,
            settles: false,
            local: false,
            findable: false,
            doubles: true,
            asked: true,
            deleted_after: &[],
        }
    }
}

/// The schemas of a provider: those that are kept of this very program, or else what it says now.
pub(super) fn of(source: &ProviderSource, origin: &Origin, cache: Option<&Path>) -> Result<Told> {
    let file = match (origin, cache) {
        (Origin::Executable(program), Some(folder)) => kept_in(program, folder),
        _ => None,
    };
    if let Some((protocol, bytes, identities)) = file.as_deref().and_then(read)
        && let Ok(Answer { value, .. }) = schema::decode(protocol, &bytes)
        && let Ok(identities) = schema::decode_identities(&identities)
    {
        return Ok(Told { schemas: value, identities: identities.value });
    }
    let asked = async {
        let plugin = connection::start(source, origin).await?;
        let answer = plugin.schemas().await?;
        let is_usable = !answer.0.problems.iter().any(Problem::is_error);
        let identities = if is_usable { Some(plugin.identity_schemas().await?) } else { None };
        let protocol = plugin.protocol();
        plugin.shut_down().await;
        Ok((protocol, answer, identities))
    };
    let (protocol, (answer, bytes), identities) = connection::wait_for(asked)?;
    let Answer { value, mut problems } = answer;
    let (mut known, mut identity_bytes) = (Identities::new(), Vec::new());
    if let Some((identities, bytes)) = identities {
        problems.extend(identities.problems);
        (known, identity_bytes) = (identities.value, bytes.to_vec());
    }
    if let Some(error) = problems.into_iter().find(Problem::is_error) {
        return Err(error);
    }
    if let Some(file) = file
        && let Err(error) = write(&file, protocol, &bytes, &identity_bytes)
    {
        // Then it is asked again the next time.
        tracing::debug!(file = %file.display(), %error, "schemas are not kept");
    }
    Ok(Told { schemas: value, identities: known })
}

/// Where the schemas of a program are kept: its name says which file it is and when that was last changed, so that another one is never
/// taken for it. Reading all of a program, which may be hundreds of megabytes, would take longer than asking it.
fn kept_in(program: &Path, folder: &Path) -> Option<PathBuf> {
    let program = fs::canonicalize(program).ok()?;
    let found = fs::metadata(&program).ok()?;
    let mut hash = Sha256::new();
    hash.update(program.as_os_str().as_encoded_bytes());
    for number in [found.dev(), found.ino(), found.len()] {
        hash.update(number.to_le_bytes());
    }
    for time in [found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec()] {
        hash.update(time.to_le_bytes());
    }
    Some(folder.join(format!("{:x}", hash.finalize())))
}

/// The first byte says the version of the protocol, the next ones are the digest of the rest: how long the schemas are, and they,
/// then the schemas of identities.
const HEAD: usize = 33;
/// How long the length is.
const LENGTH: usize = 8;
/// What is added to the version of the protocol: files without identities had none of it.
const FORM: u8 = 0x10;

fn read(file: &Path) -> Option<(Protocol, Vec<u8>, Vec<u8>)> {
    let mut content = fs::read(file).ok()?;
    let protocol = match content.first()?.checked_sub(FORM)? {
        5 => Protocol::V5,
        6 => Protocol::V6,
        _ => return None,
    };
    let digest = Sha256::digest(content.get(HEAD..)?);
    if content[1..HEAD] != digest[..] {
        return None;
    }
    let length = content.get(HEAD..HEAD + LENGTH)?.try_into().ok().map(u64::from_le_bytes)?;
    let mut schemas = content.split_off(HEAD + LENGTH);
    let identities = schemas.split_off(usize::try_from(length).ok().filter(|it| *it <= schemas.len())?);
    Some((protocol, schemas, identities))
}

fn write(file: &Path, protocol: Protocol, bytes: &[u8], identities: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let protocol = match protocol {
        Protocol::V5 => 5,
        Protocol::V6 => 6,
    };
    let rest = [&(bytes.len() as u64).to_le_bytes(), bytes, identities].concat();
    let content = [&[FORM + protocol], &Sha256::digest(&rest)[..], &rest].concat();
    // Whoever reads it meanwhile finds the old one or the new one.
    let mut written = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut written, &content)?;
    written.persist(file)?;
    Ok(())
}
