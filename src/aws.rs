//! The AWS provider: hashicorp/aws on the AWS SDK, and on [`wire`], which needs no generated client. Only this module names an `aws_sdk_*`
//! crate.
//!
//! # How to add a resource type
//!
//! What is ordinary is a row (`docs/types.md`). What is odd is Rust:
//!
//! One file `<service>/<type>.rs` and one line in `RESOURCES` of `<service>.rs`:
//!
//! 1. `attributes!` declares the struct: field names, types and options as in the schema of hashicorp/aws
//!    (`tests/aws/schema.json` holds it, and a test compares). Leave out `id`, `region`, `tags_all` and
//!    `timeouts`: the shape adds them. The type of a field says who decides it and how "nothing" is stored:
//!
//!    | field | schema | absent is stored as |
//!    |---|---|---|
//!    | `String`, `bool`, `i64` | required | |
//!    | `String [optional]`, `String [computed]` | optional, optional+computed | `""`, `false`, `0` |
//!    | `bool [default(true)]`, `String [default_text("x")]` | optional with default | |
//!    | `Option<T>`, `Option<T> [computed]` | optional, optional+computed | null |
//!    | `Computed<T>` | computed | null |
//!    | `Vec<T>`, `Set<T>`, `BTreeMap<String, T>` | optional; `[required]` | empty |
//!    | `Tags` named `tags` | optional; brings `tags_all` and default tags with it | |
//!    | `Vec<S>`, `Set<S>`, `Option<S>` with a struct `S` | nested blocks, list / set / list of at most one | none |
//!    | `Set<S> [as_attribute, computed]` | `set(object)` attribute that can be written as blocks | empty |
//!
//!    State must be interchangeable with hashicorp/aws 5.100, so look at what that provider stores
//!    (`terraform-oracle` against moto) before choosing between `String [optional]` and `Option<String>`.
//!    Types of its newer framework set `FRAMEWORK = true`: there null and zero differ.
//! 2. `impl Resource`: `create` returns the id at once, `read` reads many objects: by a listing, one filtered,
//!    paginated request, where the type says `LISTED`, and otherwise, and when asked for [`resource::How::Named`], by what
//!    names them (an id list, or [`resource::each`], where AWS reads one at a time), `update` applies `change.to(…)`
//!    field by field and also finishes what `create` could not set, `delete` takes "not found" as success
//!    ([`error::gone_is_fine`]). Nobody waits: `read` reports `Phase::Pending`.
//! 3. A create without client token goes through `aws.<service>_once()`, which never repeats a call whose
//!    answer was lost, and sets `FIND`: `Find::Tag` (the shape puts the creation tag into `self.tags`; `find`
//!    looks for it) or `Find::Key` (name or other natural key). With a client token, pass `token` and use the
//!    normal client.
//! 4. Which values are wrong: `tests/aws/record_rules.py` asks the provider and writes `catalogue/rules.txt`. What only a plan
//!    can tell, or is not built yet: `plan`, `validate`, `import`.
//! 5. A case in `tests/it/aws_types.rs`, which runs create, read, update, find, import, delete on an emulator.
//!
//! Data sources are the same with `impl DataSource`: the struct holds arguments and answer; declare `id`.

pub mod attribute;
mod autoscaling;
pub mod catalogue;
pub mod client;
mod credentials;
pub mod described;
mod ec2;
pub mod error;
mod http;
mod iam;
mod meta;
mod naming;
pub mod planning;
mod provider;
mod regions;
pub mod releases;
mod requirements;
pub mod resource;
mod rules;
pub mod settings;
mod ssm;
mod standing;
mod tagging;
pub mod tags;
pub mod wire;

pub use credentials::of_machine as machine_credentials;
pub use provider::AwsProvider;

use resource::{DataType, Kind};

fn resources() -> impl Iterator<Item = &'static dyn Kind> {
    let typed = [autoscaling::RESOURCES, ec2::RESOURCES, iam::RESOURCES, ssm::RESOURCES];
    let described = described::types().iter().map(|it| it as &dyn Kind);
    typed.into_iter().flatten().copied().chain(described)
}

fn ephemeral_resources() -> impl Iterator<Item = &'static DataType> {
    ssm::EPHEMERAL.iter()
}

fn data_sources() -> impl Iterator<Item = &'static DataType> {
    [ec2::DATA, iam::DATA, meta::DATA, ssm::DATA].into_iter().flatten()
}
