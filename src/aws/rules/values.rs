//! The rules of one value.

use super::{Rule, go};
use crate::{
    aws::catalogue::Catalogue,
    provider::{Problem, ResourceMode},
    value::{Data, Number, Value},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::LazyLock,
};

/// What is said of a value: summaries of errors, since the older part of the provider knows no details.
#[derive(Default)]
struct Said {
    problems: Vec<Problem>,
}

impl Said {
    fn error(&mut self, summary: impl Into<String>) {
        self.problems.push(Problem::fatal(summary, ""));
    }
    fn unless(&mut self, right: bool, summary: impl FnOnce() -> String) {
        if !right {
            self.error(summary());
        }
    }
    fn framework(&mut self, right: bool, detail: impl FnOnce() -> String) {
        if !right {
            self.problems.push(Problem::fatal("Invalid Attribute Value", detail()));
        }
    }
}

/// The words of `rules.txt` that [`check`] knows.
const WORDS: &[&str] = &[
    "above",
    "argument_of",
    "arn",
    "at_least",
    "at_most",
    "base64",
    "between",
    "complies",
    "differs",
    "divisible",
    "duration",
    "duration_of_role",
    "empty",
    "enum",
    "framework_arn",
    "framework_between",
    "framework_network4",
    "framework_network6",
    "framework_whole",
    "ipv4",
    "ipv6",
    "json",
    "launch_template_id",
    "launch_template_name",
    "length",
    "log_group_name",
    "longest",
    "matches",
    "network",
    "network4",
    "network6",
    "not_arn",
    "not_blank",
    "not_empty",
    "not_zero",
    "nullable_at_least",
    "nullable_between",
    "nullable_bool",
    "nullable_float",
    "nullable_int",
    "one_of",
    "policy",
    "regexp",
    "regular",
    "rfc3339",
    "rfc3339_format",
    "timestamp",
    "whole",
];

#[cfg(test)]
pub(super) fn is_word(word: &str) -> bool {
    WORDS.contains(&word)
}

/// What `rules` say of a value that is known; `key` is its argument in messages.
pub(super) fn check(value: &Value, rules: &[Rule], key: &str) -> Vec<Problem> {
    debug_assert!(rules.iter().all(|it| super::BETWEEN_ARGUMENTS.contains(&it.word) || WORDS.contains(&it.word)));
    let mut said = Said::default();
    match &value.data {
        Data::Number(number) => check_number(number, rules, key, &mut said),
        Data::String(text) => rules.iter().for_each(|rule| check_text(text, rule, key, &mut said)),
        _ => {}
    }
    said.problems
}

/// The last name of an argument, by which some validators call it.
fn name(key: &str) -> &str {
    key.rsplit('.').find(|it| it.parse::<usize>().is_err()).unwrap_or(key)
}

fn check_number(number: &Number, rules: &[Rule], key: &str, said: &mut Said) {
    // What is not of the type is not looked at further.
    if !number.is_integer() && rules.iter().any(|it| it.word.ends_with("whole")) {
        return rules.iter().for_each(|rule| check_whole(number, rule, said));
    }
    for rule in rules {
        let bounds = rule.takes.split_once(' ').map(|(low, high)| (bound(low), bound(high)));
        match (rule.word, bounds) {
            // Either range will do; if neither does, both are told.
            ("between", _) => {
                let text = format!("between {}", rule.takes);
                let ranges: Vec<(&str, &str)> = text
                    .split(" or ")
                    .filter_map(|it| it.strip_prefix("between ").and_then(|it| it.split_once(' ')))
                    .collect();
                if !ranges.iter().any(|(low, high)| (bound(low)..=bound(high)).contains(number)) {
                    for (low, high) in ranges {
                        said.error(format!("expected {key} to be in the range ({low} - {high}), got {number}"));
                    }
                }
            }
            ("framework_between", Some((low, high))) => said
                .framework((low.clone()..=high.clone()).contains(number), || {
                    format!("Attribute {key} value must be between {low} and {high}, got: {number}")
                }),
            ("at_least", _) => said.unless(*number >= bound(rule.takes), || {
                format!("expected {key} to be at least ({}), got {number}", rule.takes)
            }),
            ("at_most", _) => said.unless(*number <= bound(rule.takes), || {
                format!("expected {key} to be at most ({}), got {number}", rule.takes)
            }),
            ("above", _) => said.unless(*number > bound(rule.takes), || {
                format!("expected {key} to be greater than ({}), got {:.6}", rule.takes, number.to_f64())
            }),
            ("divisible", _) => {
                let remainder = number.checked_remainder(&bound(rule.takes));
                said.unless(remainder.is_some_and(|it| it.is_zero()), || {
                    format!("expected {key} to be divisible by {}, got: {number}", rule.takes)
                });
            }
            ("one_of", _) => said.unless(rule.takes.split(' ').any(|it| bound(it) == *number), || {
                format!("expected {key} to be one of [{}], got {number}", rule.takes)
            }),
            ("not_zero", _) => said.unless(!number.is_zero(), || format!("{key} must not be zero, got {number}")),
            _ => {}
        }
    }
}

fn check_whole(number: &Number, rule: &Rule, said: &mut Said) {
    match rule.word {
        "whole" => said.error(format!("Attribute must be a whole number, got {number}")),
        "framework_whole" => {
            let detail = format!(
                "An unexpected error was encountered trying to convert an attribute value from the configuration. This is \
                 always an error in the provider. Please report the following to the provider developer:\n\nError: Value \
                 %!s(*big.Float={number}) is not an integer."
            );
            said.problems.push(Problem::fatal("Configuration Read Error", detail));
        }
        _ => {}
    }
}

fn bound(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(Number::zero)
}

fn check_text(text: &str, rule: &Rule, key: &str, said: &mut Said) {
    let takes = rule.takes;
    let length = text.len();
    match rule.word {
        "one_of" => said.unless(is_one_of(text, takes), || format!("expected {key} to be one of [{takes}], got {text}")),
        "enum" => said.unless(is_one_of(text, takes), || {
            format!("expected {} to be one of [{takes}], got {text}", name(key))
        }),
        "length" => said.unless(within(length, takes), || {
            let (low, high) = takes.split_once(' ').unwrap_or_default();
            format!("expected length of {key} to be in the range ({low} - {high}), got {text}")
        }),
        "longest" => said.unless(takes.parse().is_ok_and(|most: usize| length <= most), || {
            format!("{key:?} cannot be longer than {takes} characters: {}", go::quoted(text))
        }),
        "matches" | "differs" | "regular" | "complies" => {
            let (pattern, words) = takes.split_once(" -- ").unwrap_or((takes, ""));
            let found = go::matches(pattern, text);
            said.unless(found != (rule.word == "differs"), || match rule.word {
                "regular" => format!("expected value of {key} to match regular expression \"{words}\", got {text}"),
                "complies" => format!("{key:?} doesn't comply with restrictions (\"{words}\"): {}", go::quoted(text)),
                _ => format!("invalid value for {key} ({words})"),
            });
        }
        "log_group_name" => said.unless(go::matches("^[-._/#A-Za-z0-9]+$", text), || {
            format!(
                "{key:?} isn't a valid log group name (alphanumeric characters, underscores, hyphens, slashes, hash signs \
                 and dots are allowed): {}",
                go::quoted(text)
            )
        }),
        "launch_template_id" => launch_template_id(text, key, said),
        "launch_template_name" => launch_template_name(text, key, said),
        "network" => network(text, takes, key, said),
        "network4" | "network6" => said.problems.extend(not_network(text, rule.word == "network4").map(|it| Problem::fatal(it, ""))),
        "framework_network4" => said.framework(not_network(text, true).is_none(), || {
            format!("Attribute {key} value must be a valid IPv4 CIDR that represents a network address, got: {text}")
        }),
        "framework_network6" => said.framework(not_network(text, false).is_none(), || {
            format!("Attribute {key} value must be a valid IPv6 CIDR that represents a network address, got: {text}")
        }),
        "ipv4" => said.unless(address(text).is_some_and(|it| it.to_canonical().is_ipv4()), || {
            format!("expected {key} to contain a valid IPv4 address, got: {text}")
        }),
        // The provider takes those of the other kind as well, since they can be written as such.
        "ipv6" => said.unless(address(text).is_some(), || {
            format!("expected {key} to contain a valid IPv6 address, got: {text}")
        }),
        "arn" if !text.is_empty() => {
            for wrong in arn(text) {
                said.error(format!("{key:?} ({text}) is an invalid ARN: {wrong}"));
            }
        }
        "framework_arn" if go::arn_parts(text).is_err() => {
            let detail = format!("The provided value cannot be parsed as an ARN.\n\nPath: {key}\nValue: {text}");
            said.problems.push(Problem::fatal("Invalid ARN Value", detail));
        }
        "not_arn" => said.unless(!text.is_empty() && !arn(text).is_empty(), || {
            format!("{key:?} must be the role's name not its ARN")
        }),
        "json" if !text.is_empty() => {
            if let Err(error) = go::json(text) {
                said.error(format!("{key:?} contains an invalid JSON: {}", error.words));
            }
        }
        "policy" => policy(text, key, said),
        "nullable_bool" if !text.is_empty() => match text {
            "true" | "false" => {}
            "1" | "0" | "t" | "f" | "T" | "F" | "TRUE" | "FALSE" | "True" | "False" => {
                let summary = format!(
                    "{key}: the use of values other than \"true\" and \"false\" is deprecated and will be removed in a \
                     future version of the provider"
                );
                said.problems.push(Problem::warning(summary, ""));
            }
            _ => said.error(unparsed(key, text, "boolean", "Bool", "invalid syntax")),
        },
        "nullable_int" if !text.is_empty() => {
            if let Err(why) = go::integer(text) {
                said.error(unparsed(key, text, "int", "Int", why));
            }
        }
        "nullable_float" if !text.is_empty() => {
            if let Err(why) = go::float(text) {
                said.error(unparsed(key, text, "float", "Float", why));
            }
        }
        "nullable_at_least" => {
            if let Ok(number) = go::integer(text) {
                let right = takes.parse().is_ok_and(|least: i64| number >= least);
                said.unless(right, || format!("expected {key} to be at least ({takes}), got {number}"));
            }
        }
        "nullable_between" => {
            let bounds = takes.split_once(' ').unwrap_or_default();
            let (Ok(number), Ok(low), Ok(high)) = (go::integer(text), bounds.0.parse::<i64>(), bounds.1.parse::<i64>())
            else {
                return;
            };
            said.unless((low..=high).contains(&number), || {
                format!("expected {key} to be at between ({low}) and ({high}), got {number}")
            });
        }
        // Go's decoder passes over line ends.
        "base64" => said.unless(BASE64_STANDARD.decode(text.replace(['\r', '\n'], "")).is_ok(), || {
            format!("{key:?} ({}) must be base64-encoded", go::quoted(text))
        }),
        "duration" => match go::duration(text) {
            Ok(length) => said.unless(length >= 0, || format!("{key:?} must be greater than zero")),
            Err(why) => said.error(format!("{key:?} cannot be parsed as a duration: {why}")),
        },
        "duration_of_role" => {
            let minutes = 60 * 1_000_000_000;
            said.unless(!go::duration(text).is_ok_and(|it| !(15 * minutes..=12 * 60 * minutes).contains(&it)), || {
                format!("duration {key:?} must be between 15 minutes (15m) and 12 hours (12h), inclusive")
            });
        }
        "timestamp" => said.unless(go::timestamp(text, false).is_ok(), || {
            format!("{} cannot be parsed as iso8601 Timestamp Format", go::quoted(text))
        }),
        "rfc3339" => {
            if let Err(why) = go::timestamp(text, true) {
                said.error(format!("expected {key:?} to be a valid RFC3339 date, got {}: {why}", go::quoted(text)));
            }
        }
        "rfc3339_format" => {
            if let Err(why) = go::timestamp(text, true) {
                said.error(format!("must be in RFC3339 time format \"{}\". Example: {why}", go::RFC3339));
            }
        }
        "regexp" => {
            if let Err(error) = go::pattern(text) {
                let why = go::regexp_error(text, &error);
                said.error(format!("{key:?}: error parsing regexp: {why}"));
            }
        }
        "not_blank" => said.unless(!text.is_empty(), || format!("expected {key:?} to not be an empty string, got {text}")),
        "not_empty" => said.unless(!text.is_empty(), || format!("{key} must not be empty, got {text}")),
        "empty" => said.unless(text.is_empty(), || format!("expected {key:?} to be an empty string: got {text}")),
        "argument_of" => argument_of(text, takes, said),
        _ => {}
    }
}

fn is_one_of(text: &str, words: &str) -> bool {
    words.split('"').skip(1).step_by(2).any(|it| it == text)
}

fn within(length: usize, range: &str) -> bool {
    let bounds = range.split_once(' ').and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
    bounds.is_some_and(|(low, high): (usize, usize)| (low..=high).contains(&length))
}

fn unparsed(key: &str, text: &str, kind: &str, function: &str, why: &str) -> String {
    format!("{key}: cannot parse '{text}' as {kind}: strconv.Parse{function}: parsing {}: {why}", go::quoted(text))
}

fn address(text: &str) -> Option<IpAddr> {
    text.parse::<Ipv4Addr>().map(IpAddr::V4).or_else(|_| text.parse::<Ipv6Addr>().map(IpAddr::V6)).ok()
}

/// A range of addresses, and the first of them: `10.0.0.1/8` and `10.0.0.0`. An IPv4 address that is written as IPv6 is one.
struct Range {
    address: IpAddr,
    first: IpAddr,
    bits: u8,
}

fn range(text: &str) -> Option<Range> {
    let (before, bits) = text.split_once('/')?;
    let address = address(before)?;
    let whole = if address.is_ipv4() { 32 } else { 128 };
    let is_number = !bits.is_empty() && bits.bytes().all(|it| it.is_ascii_digit());
    let bits: u8 = bits.parse().ok().filter(|it| is_number && *it <= whole)?;
    let first = ipnet::IpNet::new(address, bits).ok()?.network();
    Some(Range { address, first, bits })
}

impl Range {
    /// As Go writes it.
    fn network(&self) -> String {
        match self.first.to_canonical() {
            IpAddr::V4(first) if self.first.is_ipv6() => format!("{first}/{}", self.bits.saturating_sub(96)),
            first => format!("{first}/{}", self.bits),
        }
    }
    fn is_ipv4(&self) -> bool {
        self.address.to_canonical().is_ipv4()
    }
}

/// Why the text is no range of this version, or does not start with its first address.
fn not_network(text: &str, version4: bool) -> Option<String> {
    let quoted = go::quoted(text);
    let version = if version4 { "IPv4" } else { "IPv6" };
    let Some(range) = range(text) else {
        return Some(format!("{quoted} is not a valid CIDR block: invalid CIDR address: {text}"));
    };
    if range.is_ipv4() != version4 {
        return Some(format!("{quoted} is not a valid {version} CIDR block"));
    }
    let meant = range.network();
    (range.address != range.first)
        .then(|| format!("{quoted} is not a valid {version} CIDR block; did you mean \"{meant}\"?"))
}

/// A range of either version, spelt as Go spells it, of so many bits. If there are alternatives, what each lacks is told.
fn network(text: &str, takes: &str, key: &str, said: &mut Said) {
    let alternatives = takes.split(" or network ").map(|takes| {
        let mut said = Said::default();
        network_of(text, takes, key, &mut said);
        said.problems
    });
    let alternatives: Vec<_> = alternatives.collect();
    if alternatives.iter().all(|it| !it.is_empty()) {
        said.problems.extend(alternatives.into_iter().flatten());
    }
}

fn network_of(text: &str, takes: &str, key: &str, said: &mut Said) {
    let Some(range) = range(text) else {
        let wrong =
            format!("expected {key} to contain a valid Value, got: {text} with err: invalid CIDR address: {text}");
        return said.error(wrong);
    };
    let meant = range.network();
    said.unless(text == meant, || {
        format!("expected {key} to contain a valid network Value, expected {meant}, got {text}")
    });
    said.unless(within(range.bits.into(), takes), || {
        let (low, high) = takes.split_once(' ').unwrap_or_default();
        let bits = range.bits;
        format!(
            "expected {key:?} to contain a network Value with between {low} and {high} significant bits, got: {bits}"
        )
    });
}

/// What is wrong with an ARN.
fn arn(text: &str) -> Vec<String> {
    const PARTITION: &str = "^aws(-[a-z]+)*$";
    const ACCOUNT: &str = r"^(aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10})$";
    let [partition, _, region, account, resource] = match go::arn_parts(text) {
        Ok(parts) => parts,
        Err(why) => return vec![why.to_owned()],
    };
    let wrong =
        |what: &str, pattern: &str| format!("invalid {what} value (expecting to match regular expression: {pattern})");
    let mut said = Vec::new();
    if partition.is_empty() {
        said.push("missing partition value".to_owned());
    } else if !go::matches(PARTITION, partition) {
        said.push(wrong("partition", PARTITION));
    }
    if !region.is_empty() && !go::matches("^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$", region) {
        said.push("invalid region value".to_owned());
    }
    if !account.is_empty() && !go::matches("^(aws|aws-managed|third-party|aws-marketplace|[0-9]{12}|cw.{10})$", account)
    {
        said.push(wrong("account ID", ACCOUNT));
    }
    if resource.is_empty() {
        said.push("missing resource value".to_owned());
    }
    said
}

fn policy(text: &str, key: &str, said: &mut Said) {
    let text = text.trim();
    let invalid = |why: &str| format!("{key:?} contains an invalid JSON policy: {why}");
    match text.chars().next() {
        None => said.error(format!("{key:?} is an empty string, which is not a valid JSON value")),
        Some('{') => match go::json(text) {
            Err(error) => said.error(invalid(&format!("{}, at byte offset {}", error.words, error.offset))),
            Ok(()) => {
                if let Some(name) = go::duplicate_key(text) {
                    said.error(format!("{key:?} contains duplicate JSON keys: duplicate key {name:?}"));
                }
            }
        },
        Some('"') => {
            let content = serde_json::from_str::<String>(text).unwrap_or_default();
            let hint = match () {
                () if content.ends_with(".json") => {
                    " (have you passed a JSON-encoded filename instead of the content of that file?)"
                }
                () if go::json(&content).is_ok() => " (have you double-encoded your JSON data?)",
                () => "",
            };
            said.error(invalid(&format!("contains a JSON-encoded string, not a JSON-encoded object{hint}")));
        }
        Some('[') => said.error(invalid("contains a JSON array, not a JSON object")),
        Some(_) => said.error(invalid("not a JSON object")),
    }
}

fn launch_template_id(text: &str, key: &str, said: &mut Said) {
    match text.len() {
        0 => said.error(format!("{key:?} cannot be shorter than 1 character")),
        1..256 => said.unless(go::matches("^lt-[0-9a-z]+$", text), || {
            format!("{key:?} must begin with 'lt-' and be comprised of only alphanumeric characters: {text}")
        }),
        _ => said.error(format!("{key:?} cannot be longer than 255 characters")),
    }
}

fn launch_template_name(text: &str, key: &str, said: &mut Said) {
    let is_prefix = key.ends_with("prefix");
    match text.len() {
        0..3 => said.error(format!("{key:?} cannot be less than 3 characters")),
        100.. if is_prefix => {
            said.error(format!("{key:?} cannot be longer than 99 characters, name is limited to 125"));
        }
        126.. => said.error(format!("{key:?} cannot be longer than 125 characters")),
        _ => said.unless(go::matches("^[0-9A-Za-z()./_-]+$", text), || {
            format!("{key:?} can only alphanumeric characters and ()./_- symbols")
        }),
    }
}

/// What starts an instance refresh: an argument of the group.
fn argument_of(text: &str, type_name: &str, said: &mut Said) {
    // Blocks that have another name in the API are not known by it.
    if ["launch_configuration", "launch_template", "mixed_instances_policy"].contains(&text) {
        let summary = format!("'{text}' always triggers an instance refresh and can be removed");
        return said.problems.push(Problem::warning(summary, ""));
    }
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);
    let schema = CATALOGUE.schema(ResourceMode::Managed, type_name);
    let block = schema.as_ref().map(|it| &it.block);
    let attribute = block.and_then(|it| it.attributes.get(text)).filter(|_| !["id", "region"].contains(&text));
    let is_block = block.is_some_and(|it| it.blocks.contains_key(text) && text != "timeouts");
    match attribute {
        Some(attribute) => said.unless(attribute.is_configurable(), || {
            format!("'{text}' is a read-only parameter and cannot be used to trigger an instance refresh")
        }),
        None => said.unless(is_block, || format!("'{text}' is not a recognized parameter name for {type_name}")),
    }
}
