//! Plans that the real Terraform made, read from the recordings in tests/rendering: input of the renderers' tests.

use crate::{
    address::{InstanceAddress, ModuleAddress, Name, ProviderAddress, ProviderSource, ResourceMode},
    plan::{Action, Importing, OutputChange, Plan, ProviderKey, Reason, ResourceChange, Steps, change},
    schema::{Attribute, NestedAttributes, NestedBlock, Nesting, Schema, SchemaBlock, Source},
    state::State,
    value::{Marks, Path as ValuePath, PathStep, Type, Value, from_json, type_from_json},
};
use serde_json::{Map, Value as Json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

pub(super) struct Recorded {
    /// `values/2`
    pub name: String,
    pub plan: Plan,
    /// What `terraform plan` printed.
    pub text: String,
    /// What `terraform show -json` printed.
    pub json: Json,
    /// What it is a plan of.
    pub files: BTreeMap<PathBuf, Arc<[u8]>>,
}

pub(super) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rendering")
}

fn read_json(path: PathBuf) -> Json {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Every recorded plan, in order.
pub(super) fn plans() -> Vec<Recorded> {
    let lookup = schemas();
    let mut out = Vec::new();
    for case in sorted(folder().join("cases")) {
        for file in sorted(case.clone()) {
            let number = file.file_stem().unwrap().to_str().unwrap().to_owned();
            if file.extension().is_none_or(|it| it != "json") || number == "state" {
                continue;
            }
            let json = read_json(file.clone());
            out.push(Recorded {
                name: format!("{}/{number}", case.file_name().unwrap().to_str().unwrap()),
                plan: plan(&json, &lookup, file.with_extension("flags")),
                text: fs::read_to_string(file.with_extension("txt")).unwrap(),
                json,
                files: files(&case, &file.with_extension("tf")),
            });
        }
    }
    out
}

/// The root module and those beside it.
fn files(case: &Path, root: &Path) -> BTreeMap<PathBuf, Arc<[u8]>> {
    let mut files: BTreeMap<PathBuf, Arc<[u8]>> = [("main.tf".into(), fs::read(root).unwrap().into())].into();
    for module in sorted(case.into()).into_iter().filter(|it| it.is_dir()) {
        for file in sorted(module) {
            files.insert(file.strip_prefix(case).unwrap().into(), fs::read(&file).unwrap().into());
        }
    }
    files
}

pub(super) fn sorted(folder: PathBuf) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The schemas of all types that occur.
pub(super) fn schemas() -> impl Fn(ResourceMode, &str) -> Option<Arc<Schema>> {
    let json = read_json(folder().join("schemas.json"));
    let of = |kind: &str| -> BTreeMap<String, Arc<Schema>> {
        let types = json[kind].as_object().unwrap().iter();
        types
            .map(|(name, block)| (name.clone(), Arc::new(Schema { block: schema(block), ..Schema::default() })))
            .collect()
    };
    let (managed, data) = (of("managed"), of("data"));
    move |mode, name| if mode == ResourceMode::Managed { &managed } else { &data }.get(name).cloned()
}

fn entries(json: &Json) -> impl Iterator<Item = (&String, &Json)> {
    json.as_object().into_iter().flatten()
}

fn schema(json: &Json) -> SchemaBlock {
    let blocks = entries(&json["block_types"]).map(|(name, described)| {
        let nesting = nesting(described);
        let block = schema(&described["block"]);
        let nested = NestedBlock { nesting, block, min_items: 0, max_items: 0, force_new: false, computed: false };
        (name.as_str().into(), nested)
    });
    SchemaBlock { attributes: attributes(json), blocks: blocks.collect(), ..SchemaBlock::default() }
}

fn attributes(json: &Json) -> BTreeMap<Name, Attribute> {
    let attribute = |(name, described): (&String, &Json)| {
        let inside = &described["nested_type"];
        let nested =
            inside.is_object().then(|| NestedAttributes { nesting: nesting(inside), attributes: attributes(inside) });
        let ty = match &nested {
            Some(nested) => nested.constraint(),
            None => type_from_json(&described["type"]).unwrap(),
        };
        let mut attribute = Attribute::new(ty, Source::Optional);
        attribute.sensitive = described["sensitive"] == true;
        attribute.write_only = described["write_only"] == true;
        attribute.nested = nested.map(Arc::new);
        (name.as_str().into(), attribute)
    };
    entries(&json["attributes"]).map(attribute).collect()
}

fn nesting(described: &Json) -> Nesting {
    match described["nesting_mode"].as_str().unwrap() {
        "group" => Nesting::Group,
        "list" => Nesting::List,
        "set" => Nesting::Set,
        "map" => Nesting::Map,
        _ => Nesting::Single,
    }
}

fn plan(json: &Json, schemas: &impl Fn(ResourceMode, &str) -> Option<Arc<Schema>>, flags: PathBuf) -> Plan {
    let list = |name: &str| -> Vec<ResourceChange> {
        json[name].as_array().into_iter().flatten().map(|it| resource_change(it, schemas)).collect()
    };
    let outputs = entries(&json["output_changes"]).map(|(name, change)| {
        let sensitive = change["after_sensitive"] == true;
        (
            Name::from(name.as_str()),
            OutputChange {
                action: action(&change["actions"]),
                before: value(&change["before"], &Json::Null, &change["before_sensitive"], &Type::Any),
                after: value(&change["after"], &change["after_unknown"], &change["after_sensitive"], &Type::Any),
                sensitive,
            },
        )
    });
    let mode = match fs::read_to_string(flags).unwrap_or_default().trim() {
        "-destroy" => change::PlanMode::Destroy,
        "-refresh-only" => change::PlanMode::RefreshOnly,
        _ => change::PlanMode::Normal,
    };
    Plan {
        checks: Default::default(),
        relevant: Vec::new(),
        mode,
        errored: false,
        changes: list("resource_changes"),
        drift: list("resource_drift"),
        outputs: outputs.collect(),
        steps: Steps::default(),
        prior_state: State::default(),
        variables: BTreeMap::new(),
        targets: Vec::new(),
        excluded: Vec::new(),
        warnings: Vec::new(),
    }
}

fn resource_change(json: &Json, schemas: &impl Fn(ResourceMode, &str) -> Option<Arc<Schema>>) -> ResourceChange {
    let address: InstanceAddress = json["address"].as_str().unwrap().parse().unwrap();
    let schema = schemas(address.resource.mode, &address.resource.type_name).unwrap();
    let ty = schema.block.implied_type();
    let change = &json["change"];
    let source: Vec<&str> = json["provider_name"].as_str().unwrap().split('/').collect();
    let source = ProviderSource { host: source[0].into(), namespace: source[1].into(), name: source[2].into() };
    let provider = ProviderAddress { module: Default::default(), source, alias: None, key: None };
    let step = |it: &Json| match it {
        Json::String(name) => PathStep::Attribute(name.as_str().into()),
        it => PathStep::Index(it.as_u64().unwrap() as usize),
    };
    let paths = change["replace_paths"].as_array().into_iter().flatten();
    ResourceChange {
        deposed: json["deposed"].as_str().map(Name::from),
        previous_address: json["previous_address"].as_str().map(|it| it.parse().unwrap()),
        importing: change["importing"]["id"].as_str().map(|id| Importing { id: id.into(), generated: None }),
        provider: ProviderKey { address: provider, module: ModuleAddress::root() },
        action: action(&change["actions"]),
        reason: json["action_reason"].as_str().map(reason),
        before: value(&change["before"], &Json::Null, &change["before_sensitive"], &ty),
        after: value(&change["after"], &change["after_unknown"], &change["after_sensitive"], &ty),
        in_full: Default::default(),
        replace_paths: paths.map(|path| ValuePath(path.as_array().unwrap().iter().map(step).collect())).collect(),
        deletion: None,
        address,
    }
}

fn action(json: &Json) -> Action {
    let names: Vec<&str> = json.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    match names[..] {
        ["no-op"] => Action::NoOp,
        ["create"] => Action::Create,
        ["read"] => Action::Read,
        ["update"] => Action::Update,
        ["delete"] => Action::Delete,
        ["forget"] => Action::Forget,
        ["delete", "create"] => Action::DeleteThenCreate,
        ["create", "delete"] => Action::CreateThenDelete,
        _ => panic!("no such actions: {names:?}"),
    }
}

fn reason(name: &str) -> Reason {
    match name {
        "replace_because_tainted" => Reason::ReplaceBecauseTainted,
        "replace_because_cannot_update" => Reason::ReplaceBecauseCannotUpdate,
        "replace_by_request" => Reason::ReplaceByRequest,
        "replace_by_triggers" => Reason::ReplaceByTriggers,
        "delete_because_no_module" => Reason::DeleteBecauseNoModule,
        "delete_because_no_resource_config" => Reason::DeleteBecauseNoResourceConfig,
        "delete_because_count_index" => Reason::DeleteBecauseCountIndex,
        "delete_because_each_key" => Reason::DeleteBecauseEachKey,
        "read_because_config_unknown" => Reason::ReadBecauseConfigUnknown,
        _ => panic!("no such reason: {name}"),
    }
}

/// A value as Terraform's plan format spreads it over three documents.
fn value(json: &Json, unknown: &Json, sensitive: &Json, ty: &Type) -> Value {
    // What type an unknown value has is seen in the document of sensitive ones.
    let ty = &match (ty, sensitive) {
        (Type::Any, Json::Array(_)) if *unknown == true => Type::list(Type::Any),
        (Type::Any, Json::Object(_)) if *unknown == true => Type::map(Type::Any),
        _ => ty.clone(),
    };
    let found = if *unknown == true { Value::unknown(ty.clone()) } else { known(json, unknown, sensitive, ty) };
    if *sensitive == true { found.marked(Marks::SENSITIVE) } else { found }
}

fn known(json: &Json, unknown: &Json, sensitive: &Json, ty: &Type) -> Value {
    let empty = Map::new();
    match (json, unknown) {
        (Json::Object(known), _) => {
            let unknown = unknown.as_object().unwrap_or(&empty);
            let names = known.keys().chain(unknown.keys());
            let parts: BTreeMap<Name, Value> = names
                .map(|name| {
                    let ty = match ty {
                        Type::Object(object) => object.attributes[name.as_str()].clone(),
                        Type::Map(element) => (**element).clone(),
                        _ => Type::Any,
                    };
                    let found = value(
                        known.get(name).unwrap_or(&Json::Null),
                        unknown.get(name).unwrap_or(&Json::Null),
                        sensitive.get(name).unwrap_or(&Json::Null),
                        &ty,
                    );
                    (name.as_str().into(), found)
                })
                .collect();
            match ty {
                Type::Map(element) => Value::map((**element).clone(), parts),
                Type::Object(object) => {
                    let missing = object.attributes.iter().filter(|(name, _)| !parts.contains_key(*name));
                    let missing: Vec<_> = missing.map(|(name, ty)| (name.clone(), Value::null(ty.clone()))).collect();
                    Value::object(parts.into_iter().chain(missing).collect())
                }
                _ => Value::object(parts),
            }
        }
        (Json::Array(known), _) => {
            let unknown = unknown.as_array().map_or(&[][..], Vec::as_slice);
            let element = match ty {
                Type::List(element) | Type::Set(element) => (**element).clone(),
                _ => Type::Any,
            };
            let part = |index: usize| {
                value(
                    known.get(index).unwrap_or(&Json::Null),
                    unknown.get(index).unwrap_or(&Json::Null),
                    sensitive.get(index).unwrap_or(&Json::Null),
                    &element,
                )
            };
            let parts: Vec<Value> = (0..known.len().max(unknown.len())).map(part).collect();
            match ty {
                Type::List(_) => Value::list(element, parts),
                Type::Set(_) => crate::value::Data::Set(element, parts.into()).into(),
                // A set loses its unknown elements in the document of known ones.
                _ if known.len() < unknown.len() => crate::value::Data::Set(element, parts.into()).into(),
                _ => Value::tuple(parts),
            }
        }
        (json, _) => from_json(json, ty).unwrap(),
    }
}
