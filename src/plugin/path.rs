//! Paths into values, as messages have them.

use super::message::{AttributePath, Selector, Step};
use crate::value::{Path, PathStep};

/// None of a path that says nothing. It ends where a step leads to an element of a set, which messages cannot name.
pub fn to_message(path: &Path) -> Option<AttributePath> {
    let selector = |step: &PathStep| match step {
        PathStep::Attribute(name) => Some(Selector::Attribute(name.to_string())),
        PathStep::Key(key) => Some(Selector::Key(key.to_string())),
        PathStep::Index(at) => i64::try_from(*at).ok().map(Selector::Index),
        PathStep::Element(_) => None,
    };
    let steps: Vec<Step> = path.0.iter().map_while(selector).map(|it| Step { selector: Some(it) }).collect();
    (!steps.is_empty()).then_some(AttributePath { steps })
}

/// As far as the steps say where they lead: what they lead into is a better place for a message than none.
pub fn from_message(path: &AttributePath) -> Path {
    let step = |step: &Step| match step.selector.as_ref()? {
        Selector::Attribute(name) => Some(PathStep::Attribute(name.as_str().into())),
        Selector::Key(key) => Some(PathStep::Key(key.as_str().into())),
        Selector::Index(at) => usize::try_from(*at).ok().map(PathStep::Index),
    };
    Path(path.steps.iter().map_while(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn paths_come_back() {
        let name = || PathStep::Attribute("a".into());
        for (steps, kept) in [
            (vec![], 0),
            (vec![name()], 1),
            (vec![name(), PathStep::Index(3), name(), PathStep::Key("k\"".into())], 4),
            (vec![name(), PathStep::Element(Value::bool(true)), name()], 1),
        ] {
            let back = to_message(&Path(steps.clone())).map(|it| from_message(&it)).unwrap_or_default();
            assert_eq!(back.0, steps[..kept]);
        }
        for selector in [None, Some(Selector::Index(-1))] {
            let steps = vec![Step { selector: Some(Selector::Attribute("a".into())) }, Step { selector }];
            assert_eq!(from_message(&AttributePath { steps }), Path::attribute("a"));
        }
    }
}
