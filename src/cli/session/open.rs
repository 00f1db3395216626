//! Opening what a command works on: the configuration, the variables, the state, the providers.

use super::{Failed, Notices, Session, held::Held, published, requirements, said, save, saved_variables};
#[cfg(feature = "aws")]
use crate::aws::AwsProvider;
use crate::{
    address::{Name, ProviderAddress, ProviderSource, ResourceMode},
    cli::{
        args::{Given, Locking, Where},
        environment,
        terminal::Terminal,
    },
    diagnostic::{Diagnostic, Diagnostics, Sources, has_errors},
    engine::{
        budget::{Budget, Pacing, RATE_VARIABLE},
        tempo::Tempo,
    },
    lang::{
        configuration::{Configuration, Variable},
        dependencies::Graph,
        load::{self, Files, LoadOptions, ModuleFolders, ModuleRequest, UNSUPPORTED_VERSION},
        variables::{self, Assignment, Origin},
    },
    plan::{self, Pass, Plan, Setting, World, saved::SavedPlan},
    provider::Provider,
    schema::Schema,
    state::{
        self, Location, Object, OpenState, State,
        location::{self},
    },
    value::Value,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};
use tokio::runtime::Runtime;

pub(crate) type Providers = Arc<BTreeMap<ProviderSource, Arc<dyn Provider>>>;

/// The providers that are built in.
pub(crate) fn providers() -> Providers {
    static PROVIDERS: OnceLock<Providers> = OnceLock::new();
    let build = || {
        let providers = crate::providers::builtin(crate::expression::functions::render_alone).into_iter();
        #[cfg(feature = "aws")]
        let aws: Arc<dyn Provider> = Arc::new(AwsProvider::default());
        #[cfg(feature = "aws")]
        let providers = providers.chain([(ProviderSource::hashicorp("aws"), aws)]);
        Arc::new(providers.collect())
    };
    PROVIDERS.get_or_init(build).clone()
}

/// The same, each in the release that the constraints of the configuration ask for.
pub(crate) fn providers_of(configuration: &Configuration) -> Providers {
    let providers = providers();
    let versions = requirements::selections(configuration, &providers);
    let of_version = |(source, it): (&ProviderSource, &Arc<dyn Provider>)| {
        let version = versions.get(source).and_then(|version| it.of_version(version));
        (source.clone(), version.unwrap_or_else(|| it.clone()))
    };
    Arc::new(providers.iter().map(of_version).collect())
}

pub(crate) fn schema(
    providers: &Providers,
    address: &ProviderAddress,
    mode: ResourceMode,
    type_name: &str,
) -> Option<Arc<Schema>> {
    providers.get(&address.source)?.schemas().get(mode, type_name).cloned()
}

/// What is wrong with showing `state`: objects of which only a newer release of their provider knows what their attributes are,
/// and which of them are secret.
pub(crate) fn check_shown(providers: &Providers, state: &State) -> Result<(), Failed> {
    let mut found = Vec::new();
    for (address, resource) in &state.resources {
        let Some(schema) = schema(providers, &resource.provider, address.mode, &address.type_name) else { continue };
        for (key, instance) in &resource.instances {
            let objects = instance.current.iter().chain(instance.deposed.values());
            let newer =
                |it: &Arc<Object>| plan::newer(it, &schema, &address.instance(key.clone()), &resource.provider.source);
            found.extend(objects.filter_map(newer));
        }
    }
    if found.is_empty() { Ok(()) } else { Err(Failed::new(found)) }
}

/// The root of the configuration: the working directory.
pub(crate) fn root() -> PathBuf {
    PathBuf::new()
}

/// Where `TF_DATA_DIR` says that installed modules are.
pub(crate) fn load_options() -> LoadOptions {
    let folder = std::env::var_os("TF_DATA_DIR").filter(|it| !it.is_empty());
    folder.map_or_else(LoadOptions::default, |folder| LoadOptions { data_folder: folder.into() })
}

/// The configuration of the working directory, if nothing is wrong with it.
pub(crate) fn load(files: &Files) -> Result<(Configuration, Diagnostics), Failed> {
    accepted(load::load_from(files, &root(), &load_options()))
}

/// The configuration with its root in `folder`, whose modules are where `modules` says, without looking at what refers to what.
pub(crate) fn load_module(
    files: &Files,
    folder: &Path,
    modules: &mut dyn ModuleFolders,
) -> Result<(Configuration, Diagnostics), Failed> {
    accepted(load::load_with(files, folder, modules))
}

/// The configuration with its warnings, if nothing is wrong with it; and it is settled who serves its providers.
fn accepted(loaded: (Configuration, Diagnostics)) -> Result<(Configuration, Diagnostics), Failed> {
    let (mut configuration, mut diagnostics) = loaded;
    diagnostics.extend(requirements::settle(&mut configuration, &providers()));
    if has_errors(&diagnostics) {
        return Err(Failed { diagnostics, sources: configuration.sources });
    }
    diagnostics.extend(said::check(&configuration, &providers()));
    Ok((configuration, diagnostics))
}

/// The same, where neither references nor the contents of resources are looked at.
pub(crate) fn declarations(files: &Files) -> Result<(Configuration, Diagnostics), Failed> {
    accepted(load::load_declarations(files, &root(), &load_options()))
}

pub(crate) fn graph(configuration: &Configuration) -> Result<Graph, Failed> {
    Graph::new(configuration).map_err(|diagnostics| Failed { diagnostics, sources: configuration.sources.clone() })
}

/// Whether the working directory has no configuration.
pub(crate) fn is_empty() -> bool {
    is_empty_in(Path::new("."))
}

/// Whether that folder has none.
pub(crate) fn is_empty_in(folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let is_source = |name: &String| name.ends_with(".tf") || name.ends_with(".tf.json") || name == "rforge.hcl";
    !Files::disk().names(folder).unwrap_or_default().iter().any(is_source)
}

pub(crate) fn setting(
    configuration: Configuration,
    graph: Graph,
    files: Arc<Files>,
    variables: BTreeMap<Name, Value>,
    workspace: Name,
    pace: Arc<Budget>,
) -> Setting {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let providers = providers_of(&configuration);
    Setting {
        configuration: configuration.into(),
        graph: graph.into(),
        files,
        providers,
        pace,
        variables: variables.into(),
        workspace,
        timestamp: None,
        plan_timestamp: now.into(),
        working_folder: std::env::current_dir().unwrap_or_default(),
    }
}

pub(super) fn budget() -> Result<Arc<Budget>, Failed> {
    let pacing = match std::env::var(RATE_VARIABLE) {
        Err(_) => Pacing::default(),
        Ok(text) => Pacing::parse(&text).ok_or_else(|| {
            let detail = format!("{RATE_VARIABLE} is {text:?}; it takes \"unlimited\" or a positive number.");
            Failed::new([Diagnostic::error("Invalid rate", detail)])
        })?,
    };
    Ok(Arc::new(Budget::new(pacing)))
}

pub(super) fn runtime() -> Result<Runtime, Failed> {
    Runtime::new().map_err(|error| {
        Failed::new([Diagnostic::error("Failed to start", format!("The runtime cannot be started: {error}."))])
    })
}

/// Where state is, by the backend of the configuration that `world` has.
pub(crate) fn location(place: Option<&Where>, world: &World) -> Result<Location, Failed> {
    let backend = world.backend().transpose().map_err(Failed::new)?;
    let paths = location::Paths {
        state: place.and_then(|it| it.state.clone()),
        state_out: place.and_then(|it| it.state_out.clone()),
        backup: place.and_then(|it| it.backup.clone()).map(PathBuf::from),
    };
    found(&paths, backend)
}

/// Where state is, for commands that need nothing else of the configuration than its backend. `state` is what `-state` says.
pub(crate) fn location_of_state(state: Option<&Path>) -> Result<Location, Failed> {
    found(&location::Paths { state: state.map(Path::to_owned), ..Default::default() }, backend()?)
}

fn found(paths: &location::Paths, backend: Option<(String, Value)>) -> Result<Location, Failed> {
    let workspace = location::workspace(&root()).map_err(|it| Failed::new([it]))?;
    let backend = backend.as_ref().map(|(kind, arguments)| location::Backend { kind, arguments });
    Location::find(&root(), &workspace, backend, paths).map_err(|it| Failed::new([it]))
}

/// Whether state can be where the backend block says. What is wrong with the rest of the configuration, others tell.
pub(crate) fn check_backend() -> Result<(), Failed> {
    let files = Files::disk();
    let is_broken = has_errors(&root_alone(&files).1);
    if is_broken { Ok(()) } else { location_of_state(None).map(drop) }
}

/// What the root says of its backend.
pub(crate) fn backend() -> Result<Option<(String, Value)>, Failed> {
    let files = Arc::new(Files::disk());
    let (configuration, diagnostics) = root_alone(&files);
    let sources = configuration.sources.clone();
    if has_errors(&diagnostics) {
        return Err(Failed { diagnostics, sources });
    }
    let nothing = (BTreeMap::new(), location::DEFAULT.into(), Arc::new(Budget::default()));
    let setting = setting(configuration, Graph::default(), files, nothing.0, nothing.1, nothing.2);
    let backend = World::new(setting, Pass::Planning).backend();
    backend.transpose().map_err(|diagnostics| Failed { diagnostics, sources })
}

/// The root module. Those that it calls, and the version that it asks for, do not matter to where state is.
fn root_alone(files: &Files) -> (Configuration, Diagnostics) {
    let (configuration, mut diagnostics) = load::load_with(files, &root(), &mut RootAlone);
    diagnostics.retain(|it| it.summary != UNSUPPORTED_VERSION);
    (configuration, diagnostics)
}

/// Leaves every module that is called aside.
struct RootAlone;

impl ModuleFolders for RootAlone {
    fn folder(&mut self, _: &ModuleRequest<'_>, _: &mut Diagnostics) -> Option<PathBuf> {
        None
    }
}

/// The current state, for commands that only read it. What they should know of it goes to standard error, since programs read
/// what they print.
pub(crate) fn read_state(path: Option<&Path>, terminal: &Terminal) -> Result<State, Failed> {
    read(location_of_state(path)?, terminal)
}

/// The state in that place, without locking it.
pub(super) fn read(located: Location, terminal: &Terminal) -> Result<State, Failed> {
    let recorded = state::read(&located).map_err(Failed::new)?;
    terminal.note(recorded.note().as_slice());
    Ok(recorded.state)
}

/// The state in a file; none if the file is a saved plan.
pub(crate) fn state_file(path: &Path) -> Option<Result<State, Failed>> {
    let bytes = std::fs::read(path).ok()?;
    let json: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    json.get("version")?;
    Some(state::file::decode(&bytes).map_err(Failed::new))
}

/// The configuration that a saved plan carries.
pub(crate) fn configuration_of(saved: &SavedPlan) -> Result<Configuration, Failed> {
    load(&Files::saved(saved.files.clone())).map(|(configuration, _)| configuration)
}

impl<S: Held> Session<S> {
    /// `operation` is what the lock says; `input` whether variables without a value are asked for.
    pub(crate) fn open(
        operation: &str,
        input: bool,
        given: &[Given],
        place: &Where,
        terminal: &Terminal,
    ) -> Result<Self, Failed> {
        Self::open_in(operation, &root(), input, given, place, terminal)
    }

    /// The same with the configuration of another folder; state and values of variables are those of the working directory.
    pub(crate) fn open_in(
        operation: &str,
        folder: &Path,
        input: bool,
        given: &[Given],
        place: &Where,
        terminal: &Terminal,
    ) -> Result<Self, Failed> {
        let files = Arc::new(Files::disk());
        let (mut configuration, warnings) = accepted(load::load_from(&files, folder, &load_options()))?;
        let graph = graph(&configuration)?;
        let nothing = BTreeMap::new();
        let RootValues { values: variables, ephemeral, diagnostics: more } =
            values(&mut configuration, &files, input, given, terminal, &nothing);
        let notices = Notices { variables: more, configuration: warnings };
        if has_errors(&notices.variables) {
            return Err(Failed { diagnostics: notices.around(Diagnostics::new()), sources: configuration.sources });
        }
        let workspace = location::workspace(&root()).map_err(|it| Failed::new([it]))?;
        let budget = budget()?;
        let setting = setting(configuration, graph, files, variables, workspace.into(), budget.clone());
        let located = location(Some(place), &World::new(setting.clone(), Pass::Planning))?;
        let open = S::open(located, &place.locking, operation)?;
        let setting = published::complete(setting, Some(open.state()))?;
        let world = World::new(setting.clone(), Pass::Planning);
        Ok(Self { ephemeral, notices, ..Self::ready(setting, open, budget, world, terminal)? })
    }

    fn ready(
        setting: Setting,
        open: S,
        budget: Arc<Budget>,
        world: World,
        terminal: &Terminal,
    ) -> Result<Self, Failed> {
        let runtime = runtime()?;
        terminal.diagnostics(&open.warnings(), &Sources::default());
        let ephemeral = BTreeSet::new();
        let mut session = Self {
            setting,
            open,
            budget,
            ephemeral,
            tempo: Tempo::default(),
            runtime,
            watch: None,
            notices: Notices::default(),
            so_far: None,
            world_so_far: None,
            settles: false,
        };
        if !session.open.unresolved().is_empty() {
            terminal.print("Recovering from an interrupted run...\n");
            let found = S::recover(&mut session, &world)?;
            terminal.diagnostics(&found, &session.sources());
        }
        Ok(session)
    }
}

impl Session {
    /// Everything but the state comes from the saved plan.
    pub(crate) fn of_saved_plan(
        path: &Path,
        input: bool,
        given: &[Given],
        place: &Where,
        terminal: &Terminal,
    ) -> Result<(Self, Plan), Failed> {
        let saved = save::read(path)?;
        let files = Arc::new(Files::saved(saved.files.clone()));
        let (mut configuration, _) = load(&files)?;
        configuration.native.nothing |= saved.only_published;
        let graph = graph(&configuration)?;
        let budget = budget()?;
        let mut variables = saved.plan.variables.clone();
        let (assigned, mut found) = assigned(&mut configuration, &Files::disk(), given);
        found.extend(saved_variables::check_lasting(&configuration, &variables, &assigned, given));
        if has_errors(&found) {
            return Err(Failed { diagnostics: found, sources: configuration.sources });
        }
        let notices = Notices { variables: Diagnostics::new(), configuration: found };
        if configuration.root().variables.values().any(|it| it.ephemeral) {
            // Ephemeral values are in no plan: they are given again. All others are as they were planned with.
            let again = values(&mut configuration, &Files::disk(), input, given, terminal, &variables);
            let mut found = saved_variables::check_ephemeral(&saved.ephemeral, &again.ephemeral);
            if found.is_empty() {
                found = again.diagnostics;
            }
            if has_errors(&found) {
                return Err(Failed { diagnostics: found, sources: configuration.sources });
            }
            variables = again.values;
        }
        let mut setting = setting(configuration, graph, files, variables, saved.workspace, budget.clone());
        setting.plan_timestamp = saved.timestamp.into();
        let located = location(Some(place), &World::new(setting.clone(), Pass::Planning))?;
        let open = lock(located, &place.locking, operation::APPLY)?;
        let setting = published::complete(setting, Some(&open.state))?;
        let world = World::new(setting.clone(), Pass::Planning);
        if open.state.lineage != saved.lineage || open.state.serial != saved.serial || !open.unresolved.is_empty() {
            let detail = "The given plan file can no longer be applied because the state was changed by another \
                          operation after the plan was created.";
            return Err(Failed::new([Diagnostic::error("Saved plan is stale", detail).hint("Plan again.")]));
        }
        Ok((Self { notices, ..Self::ready(setting, open, budget, world, terminal)? }, saved.plan))
    }
}

/// What the lock of a state says that its owner does, as Terraform calls it.
pub(crate) mod operation {
    pub(crate) const PLAN: &str = "OperationTypePlan";
    pub(crate) const APPLY: &str = "OperationTypeApply";
    pub(crate) const REFRESH: &str = "OperationTypeRefresh";
    /// `console` and `import`, which Terraform knows no operation for.
    pub(crate) const OTHER: &str = "OperationTypeInvalid";
}

/// The state in that place, for commands that change it.
pub(crate) fn lock(location: Location, locking: &Locking, operation: &str) -> Result<OpenState, Failed> {
    let options =
        state::Options { lock: locking.lock, lock_timeout: locking.lock_timeout, operation: operation.into() };
    state::open(location, &options).map_err(Failed::new)
}

/// What the variables of the root are.
struct RootValues {
    values: BTreeMap<Name, Value>,
    /// The ephemeral variables that were given a value.
    ephemeral: BTreeSet<Name>,
    diagnostics: Diagnostics,
}

/// The values of root variables, asked for where they are missing: of someone at the terminal, or of a pipe.
fn values(
    configuration: &mut Configuration,
    files: &Files,
    input: bool,
    given: &[Given],
    terminal: &Terminal,
    planned: &BTreeMap<Name, Value>,
) -> RootValues {
    let (mut found, mut diagnostics) = assigned(configuration, files, given);
    for (name, value) in planned {
        found.insert(name.clone(), variables::Given { value: value.without_marks(), origin: Origin::Internal });
    }
    let input = input && !matches!(std::env::var("TF_INPUT").as_deref(), Ok("0" | "false"));
    if input && !has_errors(&diagnostics) {
        let missing: Vec<Variable> = variables::missing(configuration, &found).into_iter().cloned().collect();
        for variable in missing {
            let description = variable.description.as_ref().map_or_else(String::new, |it| format!("  {it}\n\n"));
            terminal.print(&format!("var.{}\n{description}  Enter a value: ", variable.name));
            let answer = if variable.sensitive { terminal.read_secret() } else { terminal.read_line() };
            terminal.print("\n");
            let Some(text) = answer else { break };
            let value = variables::interpret(&variable, &text, &mut configuration.sources, &mut diagnostics);
            if let Some(value) = value {
                found.insert(variable.name.clone(), variables::Given { value, origin: Origin::Prompt });
            }
        }
    }
    let ephemeral = |name: &&Name| configuration.root().variables.get(*name).is_some_and(|it| it.ephemeral);
    let ephemeral = found.keys().filter(ephemeral).cloned().collect();
    if has_errors(&diagnostics) {
        return RootValues { values: BTreeMap::new(), ephemeral, diagnostics };
    }
    let (values, more) = variables::root_values(configuration, &found);
    values.values().for_each(|it| configuration.sources.keep_secrets_of(it));
    diagnostics.extend(more);
    RootValues { values, ephemeral, diagnostics }
}

/// What environment, flags and the files of the working directory say of root variables, whose configuration may be elsewhere.
pub(crate) fn assigned(
    configuration: &mut Configuration,
    files: &Files,
    given: &[Given],
) -> (BTreeMap<Name, variables::Given>, Diagnostics) {
    let assignments: Vec<Assignment> = given
        .iter()
        .map(|it| match it {
            Given::Variable(text) => Assignment::Variable(text.clone()),
            Given::File(path) => Assignment::File(path.clone()),
        })
        .collect();
    variables::collect(configuration, files, &root(), environment::variables(), &assignments)
}
