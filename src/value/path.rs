//! Where a value stands inside another.

use super::{Text, Value};

/// Steps from the outside in.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Path(pub Vec<PathStep>);

/// One step into a value.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum PathStep {
    /// An attribute of an object.
    Attribute(Text),
    /// A position in a list or tuple.
    Index(usize),
    /// A key of a map.
    Key(Text),
    /// An element of a set, by its value.
    Element(Value),
}

/// `tags["Name"]`, `ebs[0].size`; of a set element, that it is one.
impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Attribute(name) => write!(f, "{}{name}", if position == 0 { "" } else { "." })?,
                PathStep::Index(at) => write!(f, "[{at}]")?,
                PathStep::Key(key) => write!(f, "[{key:?}]")?,
                PathStep::Element(_) => f.write_str("[element]")?,
            }
        }
        Ok(())
    }
}

impl Path {
    /// To an attribute of the value itself.
    pub fn attribute(name: impl Into<Text>) -> Self {
        Self(vec![PathStep::Attribute(name.into())])
    }
    /// What stands before a message about the value at this path: `attribute "a": element 0: `.
    pub fn prefix(&self) -> String {
        let step = |step: &PathStep| match step {
            PathStep::Attribute(name) => format!("attribute {name:?}: "),
            PathStep::Index(index) => format!("element {index}: "),
            PathStep::Key(key) => format!("element {key:?}: "),
            // An element of a set has no name but its value, which may be sensitive.
            PathStep::Element(_) => String::new(),
        };
        self.0.iter().map(step).collect()
    }
    /// One step further.
    pub fn then(&self, step: PathStep) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }
}
