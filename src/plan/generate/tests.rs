use super::*;
use crate::{
    address::{ProviderAddress, ProviderSource},
    plan::ProviderKey,
    provider::{ConfiguredProvider, Found, Id, Known, Live, Pace, Phase, Problem, ResourceSchema, Result, Schemas},
    schema::NestedBlock,
    value::{Path, from_json},
};
use serde_json::json;

/// A provider of two releases, whose later one has `region` and, in its blocks, `late`; of `count` and `list` it takes only one, and
/// the later release takes nothing that is `early`.
struct Releases {
    schemas: Schemas,
    later: bool,
}

impl Provider for Releases {
    fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    fn validate(&self, _: ResourceMode, _: &str, config: &Value) -> Vec<Problem> {
        let is_set = |name: &&&str| config.get(name).is_some_and(|it| !it.is_null());
        let given: Vec<_> = ["count", "list"].iter().filter(is_set).copied().collect();
        let conflict = |name: &str| Problem::fatal("Conflicting configuration arguments", "").at(Path::attribute(name));
        let mut problems: Vec<Problem> =
            if given.len() > 1 { given.into_iter().map(conflict).collect() } else { Vec::new() };
        let early = Path::attribute("inner").then(PathStep::Index(0)).then(PathStep::Attribute("early".into()));
        if self.later && config.at(&early).is_some_and(|it| !it.is_null()) {
            problems.push(Problem::fatal("Too early", "").at(early));
        }
        problems
    }

    fn is_generated(&self, _: &str, id: &str, path: &str) -> bool {
        self.later || !(path == "inner.late" || path == "region" && !id.contains('@'))
    }

    fn import(&self, _: &str, _: &str) -> Result<Known> {
        Err(Problem::fatal("Not here", ""))
    }

    fn configure(&self, _: &Value, _: Arc<dyn Pace>) -> Result<Arc<dyn ConfiguredProvider>> {
        Err(Problem::fatal("Not here", ""))
    }
}

fn schema() -> Schema {
    let attributes = |all: &[(&'static str, Type, Source)]| {
        all.iter().map(|(name, ty, source)| ((*name).into(), Attribute::new(ty.clone(), source.clone()))).collect()
    };
    let inner = SchemaBlock {
        attributes: attributes(&[("early", Type::String, Source::Optional), ("late", Type::String, Source::Optional)]),
        ..SchemaBlock::default()
    };
    let inner = NestedBlock {
        nesting: Nesting::List,
        block: inner,
        min_items: 0,
        max_items: 0,
        force_new: false,
        computed: false,
    };
    let block = SchemaBlock {
        attributes: attributes(&[
            ("arn", Type::String, Source::Computed),
            ("count", Type::Number, Source::OptionalComputed),
            ("id", Type::String, Source::OptionalComputed),
            ("list", Type::list(Type::String), Source::OptionalComputed),
            ("region", Type::String, Source::OptionalComputed),
        ]),
        blocks: [("inner".into(), inner)].into(),
        ..SchemaBlock::default()
    };
    Schema { block, ..Schema::default() }
}

/// What is written for an object that is imported by `id`.
fn check(later: bool, id: &str, count: u64, list: &[&str], expected: &str) {
    let schema = Arc::new(schema());
    let object = json!({ "arn": "a", "count": count, "id": "i", "list": list, "region": "here", "inner": [{ "early": "e", "late": "l" }] });
    let attributes = from_json(&object, &schema.block.implied_type()).unwrap();
    let address: InstanceAddress = "cloud_thing.a".parse().unwrap();
    let key = ObjectKey { address: address.clone(), deposed: None };
    let source = ProviderSource::hashicorp("cloud");
    let provider = ProviderKey {
        address: ProviderAddress { module: Default::default(), source, alias: None, key: None },
        module: ModuleAddress::root(),
    };
    let known = Known { id: Id("i".into()), attributes: Value::null(Type::Any) };
    let schemas = Schemas { resources: BTreeMap::<_, ResourceSchema>::new(), ..Schemas::default() };
    let undescribed = Undescribed {
        address,
        id: id.into(),
        lookup: Lookup::Object(key.clone(), provider, known),
        schema,
        definition: Arc::new(Releases { schemas, later }),
        provider: None,
    };
    let mut snapshot = Snapshot::default();
    snapshot.objects.insert(key, Ok(Found::Live(Live { attributes, phase: Phase::Ready })));
    let blocks = blocks(&[undescribed], &snapshot);
    assert_eq!(blocks[0].1, expected);
}

#[test]
fn what_is_written_is_accepted() {
    let early = "resource \"cloud_thing\" \"a\" {\n  count = 2\n  list  = null\n  inner {\n    early = \"e\"\n  }\n}";
    check(false, "i", 2, &[], early);
    let other =
        "resource \"cloud_thing\" \"a\" {\n  count = null\n  list  = [\"x\"]\n  inner {\n    early = \"e\"\n  }\n}";
    check(false, "i", 0, &["x"], other);
    let elsewhere = "resource \"cloud_thing\" \"a\" {\n  count  = 2\n  list   = null\n  region = \"here\"\n  inner {\n    early = \"e\"\n  }\n}";
    check(false, "i@there", 2, &[], elsewhere);
    let later = "resource \"cloud_thing\" \"a\" {\n  count  = 2\n  list   = null\n  region = \"here\"\n  inner {\n    early = null\n    late  = \"l\"\n  }\n}";
    check(true, "i", 2, &[], later);
}
