//! Durations as Go writes and reads them: `1h30m`, `-1.5s`, `200ms`. Terraform takes them in arguments of functions,
//! providers and commands.

use jiff::SignedDuration;

/// Reads a duration; an error says what is wrong in Go's words.
pub fn parse(text: &str) -> Result<SignedDuration, String> {
    let invalid = || format!("time: invalid duration {text:?}");
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return Ok(SignedDuration::ZERO);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut nanoseconds = 0i128;
    while !rest.is_empty() {
        let number_end = rest.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(number_end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return Err(invalid());
        }
        let unit_end = after.find(|it: char| it.is_ascii_digit() || it == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        let scale: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60 * 1_000_000_000,
            "h" => 3_600 * 1_000_000_000,
            "" => return Err(format!("time: missing unit in duration {text:?}")),
            _ => return Err(format!("time: unknown unit {unit:?} in duration {text:?}")),
        };
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| invalid())? };
        // As Go does: the digits that 63 bits hold, of which the nanoseconds are a product of machine numbers.
        let mut digits = 0i64;
        let mut divisor = 1f64;
        for digit in fraction.bytes().map(|it| i64::from(it - b'0')) {
            let Some(next) = digits.checked_mul(10).and_then(|it| it.checked_add(digit)) else { break };
            (digits, divisor) = (next, divisor * 10.0);
        }
        let part = (digits as f64 * (scale as f64 / divisor)) as i128;
        let sum =
            whole.checked_mul(scale).and_then(|it| it.checked_add(part)).and_then(|it| it.checked_add(nanoseconds));
        nanoseconds = sum.filter(|it| i64::try_from(*it).is_ok()).ok_or_else(invalid)?;
        rest = after;
    }
    let nanoseconds = i64::try_from(nanoseconds).map_err(|_| invalid())?;
    Ok(SignedDuration::from_nanos(if text.starts_with('-') { -nanoseconds } else { nanoseconds }))
}

/// A length of time: a duration that is not below zero.
pub fn length(text: &str) -> Option<std::time::Duration> {
    std::time::Duration::try_from(parse(text).ok()?).ok()
}

/// `1m0.5s`, `250ms`: as Go writes it, from milliseconds on.
pub fn shown(length: std::time::Duration) -> String {
    let milliseconds = length.as_millis();
    if milliseconds < 1000 {
        return if milliseconds == 0 { "0s".into() } else { format!("{milliseconds}ms") };
    }
    let (minutes, rest) = (milliseconds / 60_000, milliseconds % 60_000);
    let fraction = format!("{:03}", rest % 1000);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    let seconds = format!("{}{point}{fraction}s", rest / 1000);
    match (minutes / 60, minutes % 60) {
        (0, 0) => seconds,
        (0, minutes) => format!("{minutes}m{seconds}"),
        (hours, minutes) => format!("{hours}h{minutes}m{seconds}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, milliseconds) in [
            ("10m", Some(600_000)),
            ("1h30m", Some(5_400_000)),
            ("1.5h", Some(5_400_000)),
            ("90s", Some(90_000)),
            ("200ms", Some(200)),
            ("1m0.5s", Some(60_500)),
            (".5s", Some(500)),
            ("1.s", Some(1_000)),
            ("2000us", Some(2)),
            ("0", Some(0)),
            ("+1s", Some(1_000)),
            ("-1s", Some(-1_000)),
            ("-0", Some(0)),
            ("", None),
            ("-", None),
            ("10", None),
            ("m", None),
            (".s", None),
            ("10 m", None),
            ("10M", None),
            ("1d", None),
            ("1.2.3s", None),
            ("--1s", None),
            ("999999999999999999999h", None),
            ("2562048h", None),
        ] {
            let read = parse(text);
            assert_eq!(read.as_ref().map(SignedDuration::as_millis).ok(), milliseconds, "{text}: {read:?}");
            let expected = milliseconds.filter(|it| *it >= 0);
            assert_eq!(length(text).map(|it| it.as_millis() as i128), expected, "{text}");
        }
        assert_eq!(parse("10"), Err("time: missing unit in duration \"10\"".into()));
        assert_eq!(parse("1d"), Err("time: unknown unit \"d\" in duration \"1d\"".into()));
        assert_eq!(parse("x"), Err("time: invalid duration \"x\"".into()));
    }
}
