//! What is not set: the zero value here, as for the reference provider, and nothing at all in a call.

use super::Set;

/// `None` for the zero value that the reference provider stores where nothing was set.
pub fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Zero is "not set".
pub fn count(value: i64) -> Option<i32> {
    i32::try_from(value).ok().filter(|it| *it != 0)
}

/// AWS takes no empty lists.
pub fn some<T>(values: impl IntoIterator<Item = T>) -> Option<Vec<T>> {
    let values: Vec<T> = values.into_iter().collect();
    (!values.is_empty()).then_some(values)
}

/// [`some`] of the texts of a set.
pub fn texts(values: &Set<String>) -> Option<Vec<String>> {
    some(values.0.iter().cloned())
}

/// What AWS answered, or zero.
pub fn number(value: Option<i32>) -> i64 {
    value.map_or(0, i64::from)
}

/// What AWS answered, or nothing.
pub fn text(value: Option<impl ToString>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}
