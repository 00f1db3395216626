//! `plan -generate-config-out`: writes configuration for imported objects that have none, and goes on with it.

use super::{Failed, Session, held::Held, open};
use crate::{
    address::InstanceAddress,
    diagnostic::Diagnostic,
    engine,
    plan::{Pass, Snapshot, World, generate},
    product::PRODUCT,
};
use std::{collections::BTreeMap, fs, io::Write, path::Path};

impl<S: Held> Session<S> {
    /// Reads the objects and adds the file to the configuration of this session; the blocks in it.
    pub(crate) fn generate(&mut self, path: &Path) -> Result<BTreeMap<InstanceAddress, String>, Failed> {
        if let Some(error) = generate::unfit(path, path.exists()) {
            return Err(self.failed(vec![error]));
        }
        let world = World::new(self.setting.clone(), Pass::Planning);
        let undescribed = generate::undescribed(&world).map_err(|it| self.failed(it))?;
        if undescribed.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut snapshot = Snapshot::default();
        let lookups = undescribed.iter().map(|it| it.lookup.clone()).collect();
        let looked = self.runtime.block_on(async {
            let provider = |key: &_| world.provider(key);
            let refused = |key: &_, problem: &_| world.diagnose_provider(key, problem);
            let lookups = engine::ask(lookups, &mut snapshot, |_| None, provider, refused).await?;
            engine::look(lookups, &mut snapshot, provider, refused, &self.tempo).await
        });
        looked.map_err(|it| self.failed(it))?;
        let blocks = generate::blocks(&undescribed, &snapshot);
        let text = generate::file(&undescribed, &blocks);
        let written = fs::File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|error| {
            let detail = format!(
                "{PRODUCT} could not create the generated file ({}) in the target directory: {error}.",
                path.display()
            );
            self.failed(vec![Diagnostic::error("Failed to create target generated file", detail)])
        })?;
        self.setting.files.add(path, text.as_bytes().into());
        let (configuration, _) = open::load(&self.setting.files)?;
        let graph = open::graph(&configuration)?;
        self.setting.configuration = configuration.into();
        self.setting.graph = graph.into();
        Ok(blocks.into_iter().collect())
    }
}
