//! State files: Terraform's state format, version 4, written byte for byte as Terraform 1.11 lays it out.

use super::{
    Instance, Object, OutputValue, Resource, State, json,
    misfit::{described, misfit},
};
use crate::{
    address::{InstanceKey, Name, ProviderAddress, ResourceAddress, ResourceMode, ResourcePath},
    diagnostic::{Diagnostic, Diagnostics},
    value::{Path, PathStep, from_json, to_json_as, type_from_json, type_to_json},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, value::RawValue};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// The Terraform whose language and state rforge speaks; state files name it as their writer.
pub const TERRAFORM_VERSION: &str = "1.11.4";

#[derive(Serialize, Deserialize)]
struct Document {
    version: u64,
    #[serde(default, deserialize_with = "or_default")]
    terraform_version: String,
    #[serde(default, deserialize_with = "or_default")]
    serial: u64,
    #[serde(default, deserialize_with = "or_default")]
    lineage: String,
    #[serde(default, deserialize_with = "or_default")]
    outputs: BTreeMap<Name, OutputText>,
    #[serde(default, deserialize_with = "or_default")]
    resources: Vec<ResourceText>,
    #[serde(default)]
    check_results: Option<Arc<RawValue>>,
}

#[derive(Serialize, Deserialize)]
struct OutputText {
    #[serde(default)]
    value: Json,
    #[serde(rename = "type", default)]
    ty: Json,
    #[serde(default, skip_serializing_if = "is_false", deserialize_with = "or_default")]
    sensitive: bool,
}

#[derive(Serialize, Deserialize)]
struct ResourceText {
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "or_default")]
    module: String,
    #[serde(default, deserialize_with = "or_default")]
    mode: String,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    type_name: Name,
    #[serde(default, deserialize_with = "or_default")]
    name: Name,
    /// Left out where its instances name instances of a provider configuration, as OpenTofu does.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "or_default")]
    provider: String,
    #[serde(default, deserialize_with = "or_default")]
    instances: Vec<ObjectText>,
}

/// One object as state files and the journal write it.
#[derive(Serialize, Deserialize)]
pub(super) struct ObjectText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    index_key: Option<Json>,
    #[serde(default, skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    status: String,
    #[serde(default, skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    deposed: String,
    #[serde(default, skip_serializing_if = "str::is_empty", deserialize_with = "or_default")]
    provider: String,
    #[serde(default, deserialize_with = "or_default")]
    schema_version: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attributes: Option<Arc<RawValue>>,
    #[serde(default, skip_serializing)]
    attributes_flat: Option<serde::de::IgnoredAny>,
    #[serde(default, deserialize_with = "or_default")]
    sensitive_attributes: Vec<Vec<StepText>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity_schema_version: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<Arc<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    private: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    dependencies: Vec<String>,
    #[serde(default, skip_serializing_if = "is_false", deserialize_with = "or_default")]
    create_before_destroy: bool,
    #[serde(default, skip_serializing_if = "is_false", deserialize_with = "or_default")]
    prevent_destroy: bool,
}

#[derive(Serialize, Deserialize)]
struct StepText {
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: String,
    #[serde(default)]
    value: Json,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Go writes an absent list or map as `null`.
fn or_default<'de, D: serde::Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// The text of a state file.
pub fn encode(state: &State) -> Vec<u8> {
    json::indent(&to_json(state))
}

/// The same state on one line.
pub fn encode_compact(state: &State) -> String {
    let mut out = Vec::new();
    json::compact(&to_json(state), &mut out);
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn to_json(state: &State) -> Vec<u8> {
    let mut resources: Vec<ResourceText> = state.resources.iter().map(write_resource).collect();
    resources
        .sort_by(|a, b| (&a.module, &a.mode, &a.type_name, &a.name).cmp(&(&b.module, &b.mode, &b.type_name, &b.name)));
    let document = Document {
        version: 4,
        terraform_version: state.terraform_version.clone(),
        serial: state.serial,
        lineage: state.lineage.clone(),
        outputs: state.outputs.iter().map(|(name, output)| (name.clone(), write_output(output))).collect(),
        resources,
        check_results: state.check_results.clone(),
    };
    serde_json::to_vec(&document).expect("a state can be written")
}

fn write_output(output: &OutputValue) -> OutputText {
    let value = to_json_as(&output.value, &output.ty);
    OutputText { value, ty: type_to_json(&output.ty), sensitive: output.sensitive }
}

fn write_resource((address, resource): (&ResourceAddress, &Resource)) -> ResourceText {
    let mut instances = Vec::with_capacity(resource.instances.len());
    let has_keys = resource.instances.values().any(|it| it.provider_key.is_some());
    for (key, instance) in &resource.instances {
        let provider = match has_keys {
            true => ProviderAddress { key: instance.provider_key.clone(), ..resource.provider.clone() }.to_string(),
            false => String::new(),
        };
        let index_key = key.as_ref().map(|key| match key {
            InstanceKey::Index(index) => Json::from(*index),
            InstanceKey::Key(key) => Json::from(&**key),
        });
        let current = instance.current.iter().map(|object| ("", object));
        for (deposed, object) in current.chain(instance.deposed.iter().map(|(key, object)| (&**key, object))) {
            let deposed = deposed.to_owned();
            let (index_key, provider) = (index_key.clone(), provider.clone());
            instances.push(ObjectText { index_key, deposed, provider, ..write_object(object) });
        }
    }
    ResourceText {
        module: address.module.to_string(),
        mode: address.mode.name().into(),
        type_name: address.type_name.clone(),
        name: address.name.clone(),
        provider: if has_keys { String::new() } else { resource.provider.to_string() },
        instances,
    }
}

/// Without its key and what sets it apart as deposed.
pub(super) fn write_object(object: &Object) -> ObjectText {
    let step = |step: &PathStep| {
        let (kind, value) = match step {
            PathStep::Attribute(name) => ("get_attr", Json::from(&**name)),
            PathStep::Index(index) => ("index", serde_json::json!({ "value": index, "type": "number" })),
            PathStep::Key(key) => ("index", serde_json::json!({ "value": &**key, "type": "string" })),
            PathStep::Element(_) => return None,
        };
        Some(StepText { kind: kind.into(), value })
    };
    let path = |path: &Path| path.0.iter().map_while(step).collect();
    let mut dependencies: Vec<String> = object.dependencies.iter().map(ToString::to_string).collect();
    dependencies.sort();
    ObjectText {
        index_key: None,
        status: if object.tainted { "tainted".into() } else { String::new() },
        deposed: String::new(),
        provider: String::new(),
        schema_version: object.schema_version,
        attributes: Some(object.attributes.clone()),
        attributes_flat: None,
        sensitive_attributes: object.sensitive_paths.iter().map(path).collect(),
        identity_schema_version: object.identity_schema_version,
        identity: object.identity.clone(),
        private: object.private.clone(),
        dependencies,
        create_before_destroy: object.create_before_destroy,
        prevent_destroy: object.prevent_destroy,
    }
}

/// Reads a state file. Empty text is an empty state.
pub fn decode(text: &[u8]) -> Result<State, Diagnostics> {
    if text.iter().all(u8::is_ascii_whitespace) {
        return Ok(State::default());
    }
    check_version(text).map_err(|it| vec![it])?;
    let document: Document = serde_json::from_slice(text).map_err(|error| vec![unread(text, &error)])?;
    if !is_version(&document.terraform_version) {
        return Err(vec![Diagnostic::error(
            "Invalid Terraform version string",
            format!(
                "State file claims to have been written by Terraform version {:?}, which is not a valid version string.",
                document.terraform_version
            ),
        )]);
    }
    let mut problems = Diagnostics::new();
    let mut state = State {
        terraform_version: document.terraform_version,
        serial: document.serial,
        lineage: document.lineage,
        check_results: document.check_results,
        ..State::default()
    };
    for (name, text) in document.outputs {
        match read_output(&name, &text) {
            Ok(output) => drop(state.outputs.insert(name, output)),
            Err(problem) => problems.push(problem),
        }
    }
    let mut lists = Lists::default();
    for text in document.resources {
        if let Err(problem) = read_resource(text, &mut state, &mut lists, &mut problems) {
            problems.push(problem);
        }
    }
    if problems.is_empty() { Ok(state) } else { Err(problems) }
}

fn unsupported(detail: impl Into<String>) -> Diagnostic {
    Diagnostic::error("Unsupported state file format", detail)
}

/// What is wrong with the text of a state file that cannot be read at all.
fn unread(text: &[u8], error: &serde_json::Error) -> Diagnostic {
    if !error.is_data() {
        let (line, column) = (error.line(), error.column());
        let before: usize = text.split_inclusive(|it| *it == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
        return unsupported(format!(
            "The state file could not be parsed as JSON: syntax error at byte offset {} (line {line}, column {column}).",
            before + column
        ));
    }
    match serde_json::from_slice(text).ok().as_ref().and_then(misfit) {
        Some((field, _)) if field.is_empty() => unversioned(),
        Some((field, value)) => Diagnostic::error(
            "Invalid state file format",
            format!("The state file field {field:?} has invalid value {value}."),
        ),
        None => unsupported(format!("The state file could not be read: {error}.")),
    }
}

fn unversioned() -> Diagnostic {
    unsupported(
        "The state file does not have a \"version\" attribute, which is required to identify the format version.",
    )
}

fn check_version(text: &[u8]) -> Result<(), Diagnostic> {
    #[derive(Deserialize)]
    struct Sniffed {
        version: Option<Json>,
        terraform_version: Option<Json>,
        encrypted_data: Option<Json>,
    }
    let sniffed: Option<Sniffed> = serde_json::from_slice(text).map_err(|error| unread(text, &error))?;
    let Some(Sniffed { version, terraform_version, encrypted_data }) = sniffed else { return Err(unversioned()) };
    if encrypted_data.is_some() {
        return Err(unsupported(
            "The state file is encrypted by OpenTofu. rforge reads state that is not encrypted, as Terraform does.",
        )
        .hint(
            "Let OpenTofu decrypt it: add a `fallback` without encryption to its `encryption` block, and apply once; or write \
             what `tofu state pull` prints in its place.",
        ));
    }
    let Some(version) = version else {
        return Err(unversioned());
    };
    match version.as_u64() {
        Some(4) => Ok(()),
        Some(0) => Err(unsupported(
            "The state file uses JSON syntax but has a version number of zero. There was never a JSON-based state format \
             zero, so this state file is invalid and cannot be processed.",
        )),
        Some(old @ 1..=3) => Err(unsupported(format!(
            "The state file uses format version {old}, which Terraform wrote before 0.12. rforge reads version 4."
        ))
        .hint("Run `terraform refresh` with Terraform 0.12 or later once: it rewrites the state in version 4.")),
        Some(new) => {
            let creator = match terraform_version.as_ref().and_then(Json::as_str).filter(|it| !it.is_empty()) {
                Some(terraform) => format!("was created by Terraform {terraform}"),
                None => "may have been created by a newer version of Terraform".into(),
            };
            Err(unsupported(format!(
                "The state file uses format version {new}, which is not supported by rforge, which reads version 4. This \
                 state file {creator}."
            )))
        }
        None => Err(unsupported(format!(
            "The version in the state file is {}. A positive whole number is required.",
            described(&version)
        ))),
    }
}

/// `1.11.4`, `1.12.0-beta1`; older state files have none.
fn is_version(text: &str) -> bool {
    let numbers = text.split(['-', '+']).next().unwrap_or_default();
    text.is_empty() || numbers.split('.').all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

fn read_output(name: &Name, text: &OutputText) -> Result<OutputValue, Diagnostic> {
    let ty = type_from_json(&text.ty).map_err(|error| {
        let detail = format!("The state file has an invalid type specification for output {name:?}: {error}.");
        Diagnostic::error("Invalid output value type in state", detail)
    })?;
    let value = from_json(&text.value, &ty).map_err(|error| {
        let detail = format!("The state file has an invalid value for output {name:?}: {error}.");
        Diagnostic::error("Invalid output value saved in state", detail)
    })?;
    Ok(OutputValue { value, ty, sensitive: text.sensitive })
}

fn read_resource(
    text: ResourceText,
    state: &mut State,
    lists: &mut Lists,
    problems: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let ResourceText { module, mode, type_name, name, provider, instances } = text;
    let mode = match mode.as_str() {
        "managed" => ResourceMode::Managed,
        "data" => ResourceMode::Data,
        other => {
            return Err(Diagnostic::error(
                "Invalid resource mode in state",
                format!(
                    "State contains a resource with mode {other:?} ({type_name:?} {name:?}) which is not supported."
                ),
            ));
        }
    };
    if type_name.is_empty() || name.is_empty() {
        let detail = format!("State contains a resource without a type or a name ({type_name:?} {name:?}).");
        return Err(Diagnostic::error("Invalid resource in state", detail));
    }
    let module = module.parse().map_err(|error| {
        Diagnostic::error(
            "Invalid module address in state",
            format!("The module address {module:?} is invalid: {error}."),
        )
    })?;
    let address = ResourceAddress { module, mode, type_name, name };
    // OpenTofu writes either the provider of the resource or those instances of it that its objects belong to.
    let of_objects = instances.iter().map(|it| &it.provider);
    let provider = match of_objects.clone().find(|it| !it.is_empty()).filter(|_| provider.is_empty()) {
        Some(of_object) => read_provider(of_object, &address)?.configuration(),
        None => read_provider(&provider, &address)?,
    };
    let resource = state
        .resources
        .entry(address.clone())
        .or_insert_with(|| Resource { provider: provider.clone(), instances: BTreeMap::new() });
    for text in instances {
        let provider_key = match text.provider.as_str() {
            "" => None,
            of_object => {
                let of_object = read_provider(of_object, &address)?;
                if !of_object.is_same_configuration(&provider) {
                    let detail = format!(
                        "Resource {address} has instances with different provider addresses: {:?} != {:?}.",
                        provider.to_string(),
                        of_object.configuration().to_string()
                    );
                    return Err(Diagnostic::error("Provider instance field conflict in state", detail));
                }
                of_object.key
            }
        };
        let deposed: Option<Name> = Some(text.deposed.as_str()).filter(|it| !it.is_empty()).map(Into::into);
        let read = read_key(text.index_key.as_ref(), &address).and_then(|key| {
            let name = address.instance(key.clone()).to_string();
            Ok((key, read_object(text, &name, lists)?, name))
        });
        let (key, object, name) = match read {
            Ok(read) => read,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let instance: &mut Instance = resource.instances.entry(key).or_default();
        instance.provider_key = provider_key;
        let replaced = match deposed {
            Some(deposed) => instance.deposed.insert(deposed, Arc::new(object)),
            None => instance.current.replace(Arc::new(object)),
        };
        if replaced.is_some() {
            problems.push(Diagnostic::error(
                "Duplicate resource instance in state",
                format!("Instance {name} appears multiple times in the state file."),
            ));
        }
    }
    Ok(())
}

fn read_provider(text: &str, address: &ResourceAddress) -> Result<ProviderAddress, Diagnostic> {
    text.parse().map_err(|error| {
        let detail = format!("{address} has the provider configuration {text:?}: {error}.");
        Diagnostic::error("Invalid provider configuration in state", detail).hint(
            "State of Terraform 0.12 is upgraded by `terraform state replace-provider` and one apply of Terraform 0.13.",
        )
    })
}

fn read_key(key: Option<&Json>, address: &ResourceAddress) -> Result<Option<InstanceKey>, Diagnostic> {
    match key {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(key)) => Ok(Some(InstanceKey::Key(key.as_str().into()))),
        Some(key) => match key.as_u64() {
            Some(index) => Ok(Some(InstanceKey::Index(index))),
            None => Err(metadata(format!("Resource {address} has an instance with the invalid instance key {key}."))),
        },
    }
}

fn metadata(detail: String) -> Diagnostic {
    Diagnostic::error("Invalid resource instance metadata in state", detail)
}

/// Lists of dependencies, each kept once: all instances of a resource have the same, mostly.
#[derive(Default)]
pub(super) struct Lists(HashMap<Vec<String>, Arc<[ResourcePath]>>);

impl Lists {
    fn read(&mut self, text: Vec<String>, name: &str) -> Result<Arc<[ResourcePath]>, Diagnostic> {
        if let Some(known) = self.0.get(&text) {
            return Ok(known.clone());
        }
        let parsed = text.iter().map(|dependency| {
            dependency.parse().map_err(|error| {
                metadata(format!("Instance {name} depends on {dependency:?}, which is not a resource: {error}."))
            })
        });
        let list: Arc<[ResourcePath]> = parsed.collect::<Result<_, _>>()?;
        self.0.insert(text, list.clone());
        Ok(list)
    }
}

/// `name` is what messages call the object.
pub(super) fn read_object(text: ObjectText, name: &str, lists: &mut Lists) -> Result<Object, Diagnostic> {
    let tainted = match text.status.as_str() {
        "" => false,
        "tainted" => true,
        other => return Err(metadata(format!("Instance {name} has invalid status {other:?}."))),
    };
    if text.attributes.is_none() && text.attributes_flat.is_some() {
        return Err(metadata(format!("Instance {name} has attributes in the flat form of Terraform 0.11."))
            .hint("Run `terraform refresh` with Terraform 0.12 or later once: it rewrites them."));
    }
    let mut sensitive_paths = Vec::with_capacity(text.sensitive_attributes.len());
    for path in &text.sensitive_attributes {
        let steps: Option<Vec<_>> = path.iter().map(read_step).collect();
        let steps = steps.ok_or_else(|| metadata(format!("Instance {name} has an invalid sensitive path.")))?;
        sensitive_paths.push(Path(steps));
    }
    let dependencies = lists.read(text.dependencies, name)?;
    Ok(Object {
        tainted,
        schema_version: text.schema_version,
        attributes: text.attributes.unwrap_or_else(|| {
            let empty = RawValue::from_string("{}".into()).expect("an object is JSON");
            empty.into()
        }),
        sensitive_paths,
        private: text.private,
        dependencies,
        create_before_destroy: text.create_before_destroy,
        prevent_destroy: text.prevent_destroy,
        identity: text.identity,
        identity_schema_version: text.identity_schema_version,
    })
}

fn read_step(step: &StepText) -> Option<PathStep> {
    match step.kind.as_str() {
        "get_attr" => Some(PathStep::Attribute(step.value.as_str()?.into())),
        "index" => match step.value.get("value")? {
            Json::String(key) => Some(PathStep::Key(key.as_str().into())),
            index => Some(PathStep::Index(usize::try_from(index.as_u64()?).ok()?)),
        },
        _ => None,
    }
}
