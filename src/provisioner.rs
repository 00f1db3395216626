//! Provisioners: what runs beside an object, after it was made or before it is deleted.
//!
//! Names, arguments and messages are those of Terraform 1.11.

pub mod local_exec;

use crate::{
    provider::Problem,
    schema::{Attribute, SchemaBlock, Source},
    value::{Type, Value},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    LocalExec,
    RemoteExec,
    File,
}

/// When a provisioner runs: after its object was created, or before it is destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Create,
    Destroy,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::LocalExec, Self::RemoteExec, Self::File];

    /// The label of its blocks.
    pub fn name(self) -> &'static str {
        match self {
            Self::LocalExec => "local-exec",
            Self::RemoteExec => "remote-exec",
            Self::File => "file",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether it works on another machine, so that it needs a connection.
    pub fn is_remote(self) -> bool {
        self != Self::LocalExec
    }

    /// Its arguments, beside those that every provisioner has.
    pub fn arguments(self) -> SchemaBlock {
        let strings = || Type::list(Type::String);
        match self {
            Self::LocalExec => block(&[
                ("command", Type::String, Source::Required),
                ("environment", Type::map(Type::String), Source::Optional),
                ("interpreter", strings(), Source::Optional),
                ("quiet", Type::Bool, Source::Optional),
                ("working_dir", Type::String, Source::Optional),
            ]),
            Self::RemoteExec => block(&[
                ("inline", strings(), Source::Optional),
                ("script", Type::String, Source::Optional),
                ("scripts", strings(), Source::Optional),
            ]),
            Self::File => block(&[
                ("content", Type::String, Source::Optional),
                ("destination", Type::String, Source::Required),
                ("source", Type::String, Source::Optional),
            ]),
        }
    }

    /// What is wrong with arguments that each alone are right; some may be unknown.
    pub fn validate(self, config: &Value) -> Option<Problem> {
        let is_set = |name: &&str| config.get(name).is_some_and(|it| !it.is_null());
        match self {
            Self::LocalExec => None,
            Self::RemoteExec => {
                let given = ["inline", "script", "scripts"].iter().filter(|it| is_set(it)).count();
                let detail = "Only one of \"inline\", \"script\", or \"scripts\" must be set";
                (given != 1).then(|| Problem::fatal("Invalid remote-exec provisioner configuration", detail))
            }
            Self::File => match (is_set(&"source"), is_set(&"content")) {
                (true, true) => Some(Problem::fatal("Cannot set both 'source' and 'content'", "")),
                (false, false) => Some(Problem::fatal("Must provide one of 'source' or 'content'", "")),
                _ => None,
            },
        }
    }
}

/// The arguments of a `connection` block, of all types of connection together.
pub fn connection() -> SchemaBlock {
    const TEXTS: &[&str] = &[
        "agent_identity",
        "bastion_certificate",
        "bastion_host",
        "bastion_host_key",
        "bastion_password",
        "bastion_private_key",
        "bastion_user",
        "cacert",
        "certificate",
        "host_key",
        "password",
        "private_key",
        "proxy_host",
        "proxy_scheme",
        "proxy_user_name",
        "proxy_user_password",
        "script_path",
        "target_platform",
        "timeout",
        "type",
        "user",
    ];
    let mut connection = block(&[
        ("host", Type::String, Source::Required),
        ("agent", Type::Bool, Source::Optional),
        ("bastion_port", Type::Number, Source::Optional),
        ("https", Type::Bool, Source::Optional),
        ("insecure", Type::Bool, Source::Optional),
        ("port", Type::Number, Source::Optional),
        ("proxy_port", Type::Number, Source::Optional),
        ("use_ntlm", Type::Bool, Source::Optional),
    ]);
    let texts = TEXTS.iter().map(|name| ((*name).into(), Attribute::new(Type::String, Source::Optional)));
    connection.attributes.extend(texts);
    connection
}

fn block(attributes: &[(&str, Type, Source)]) -> SchemaBlock {
    let attributes = attributes.iter();
    let attributes = attributes.map(|(name, ty, source)| ((*name).into(), Attribute::new(ty.clone(), source.clone())));
    SchemaBlock { attributes: attributes.collect(), ..SchemaBlock::default() }
}
