//! A reference with all that is written out of it: `aws_vpc.a[0].tags["Name"]`.

use super::{Subject, subject};
use crate::{
    expression::syntax::tree::{Expression, ExpressionKind, Identifier},
    value::{Data, PathStep},
};

/// What is referred to, and which part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Traversal {
    pub subject: Subject,
    /// The attributes and literal indices after it.
    pub rest: Vec<PathStep>,
}

/// Of a name and the expressions around it, from the inside out; none if it is no reference.
pub(super) fn of(chain: &[&Expression]) -> Option<Traversal> {
    let steps: Vec<PathStep> = chain.iter().skip(1).map_while(|it| step(it)).collect();
    let subject = subject::reference(&chain[..=steps.len()]).ok()?.subject;
    let root = subject::root(chain)?;
    let taken = match &subject {
        Subject::SelfObject => 0,
        Subject::Module { index, output, .. } => 1 + usize::from(index.is_some()) + usize::from(output.is_some()),
        Subject::Resource { index, .. } => {
            let prefixed = matches!(&*root.text, "data" | "ephemeral" | "resource");
            1 + usize::from(prefixed) + usize::from(index.is_some())
        }
        _ => 1,
    };
    Some(Traversal { subject, rest: steps.into_iter().skip(taken).collect() })
}

/// The name that it starts with, whatever that is, and the steps after it.
pub(super) fn path_of(chain: &[&Expression]) -> Option<(Identifier, Vec<PathStep>)> {
    Some((subject::root(chain)?, chain.iter().skip(1).map_while(|it| step(it)).collect()))
}

/// The step that an expression adds to the one it is around, if that is written out.
fn step(expression: &Expression) -> Option<PathStep> {
    match &*expression.kind {
        ExpressionKind::Attribute(_, name) => Some(PathStep::Attribute(name.text.clone())),
        ExpressionKind::Index(_, key) => match &*key.kind {
            ExpressionKind::Literal(value) => match &value.data {
                Data::String(text) => Some(PathStep::Key(text.clone())),
                Data::Number(number) => Some(PathStep::Index(number.to_u64()?.try_into().ok()?)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
