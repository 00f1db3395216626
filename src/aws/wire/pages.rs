//! The rest of an answer.

use super::{
    model::Pages,
    value::{Map, Value},
};

impl Pages {
    /// What to add to the input for the page behind `answer`; none for the last one.
    pub fn tokens(&self, answer: &Value) -> Option<Map> {
        if self.more.is_some_and(|it| found(answer, it) != &Value::Bool(true)) {
            return None;
        }
        let tokens = self.outputs.iter().map(|it| found(answer, it));
        let given = self.inputs.iter().zip(tokens).filter(|(_, it)| !it.is_null() && it.as_str() != Some(""));
        let given: Map = given.map(|(name, it)| ((*name).to_owned(), it.clone())).collect();
        (!given.is_empty()).then_some(given)
    }

    /// Adds what `page` has to what those before it had.
    pub fn add(&self, all: &mut Value, mut page: Value) {
        for path in &self.results {
            let more = std::mem::take(page.entry(path));
            if more.is_null() {
                continue;
            }
            match (all.entry(path), more) {
                (Value::List(all), Value::List(more)) => all.extend(more),
                (Value::Map(all), Value::Map(more)) => all.extend(more),
                // Some services count what is on a page.
                (Value::Int(all), Value::Int(more)) => *all = all.saturating_add(more),
                (all @ Value::Null, more) => *all = more,
                _ => {}
            }
        }
    }

    /// Takes out what says how to go on: there is no more.
    pub fn end(&self, all: &mut Value) {
        let Value::Map(map) = all else { return };
        map.retain(|name, _| !self.outputs.contains(&name.as_str()) && self.more != Some(name.as_str()));
    }
}

/// `NextMarker||Contents[-1].Key`
fn found<'a>(answer: &'a Value, expression: &str) -> &'a Value {
    let paths = expression.split("||").map(|it| answer.at(&it.replace('[', ".").replace(']', "")));
    paths.into_iter().find(|it| !it.is_null()).unwrap_or(&Value::Null)
}
