//! How long the user is willing to wait: durations, and the `timeouts` block of a resource.

use crate::{provider::Traits, value::Value};
use std::time::Duration;

/// How long the operation `name` (`create`, `update`, `delete`) on an object may take: what the `timeouts` block in
/// its `attributes` says, otherwise what its type says.
pub fn patience(attributes: &Value, name: &str, traits: &Traits) -> Duration {
    let given = attributes.get("timeouts").and_then(|it| it.get(name)).and_then(Value::as_str).and_then(duration);
    given.unwrap_or(if name == "delete" { traits.delete_patience } else { traits.patience })
}

/// A duration as Go writes it: `1h30m`, `90s`, `1.5h`, `200ms`.
pub fn duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let number = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
        let (number, tail) = rest.split_at(number);
        let unit = tail.find(|it: char| it.is_ascii_digit() || it == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit);
        seconds += number.parse::<f64>().ok()?
            * match unit {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "µs" => 1e-6,
                "ns" => 1e-9,
                _ => return None,
            };
        rest = tail;
    }
    if text.is_empty() { None } else { Duration::try_from_secs_f64(seconds).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_durations() {
        for (text, milliseconds) in [
            ("10m", Some(600_000)),
            ("1h30m", Some(5_400_000)),
            ("1.5h", Some(5_400_000)),
            ("90s", Some(90_000)),
            ("200ms", Some(200)),
            ("1m0.5s", Some(60_500)),
            ("", None),
            ("10", None),
            ("m", None),
            ("10 m", None),
            ("-1s", None),
            ("1.2.3s", None),
            ("999999999999999999999h", None),
        ] {
            assert_eq!(duration(text).map(|it| it.as_millis()), milliseconds, "{text}");
        }
    }
}
