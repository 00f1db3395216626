//! Version constraints: `>= 1.3.0, < 2.0.0`, `~> 5.0`.

use std::{cmp::Ordering, fmt};

/// The Terraform version whose language and state rforge has.
pub const TERRAFORM_VERSION: &str = "1.11.4";
/// The error of a configuration that wants another version.
pub const UNSUPPORTED_VERSION: &str = "Unsupported Terraform Core version";

/// A version: its segments, always three or more, and what follows a `-`.
#[derive(Clone, Debug, Eq)]
pub struct Version {
    segments: Vec<u64>,
    /// How many segments were written.
    written: usize,
    prerelease: Option<String>,
    /// What follows a `+`; it says nothing about order.
    build: Option<String>,
}

impl Version {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('v').unwrap_or(text);
        let (text, build) = match text.split_once('+') {
            Some((version, build)) => (version, Some(build.to_owned())),
            None => (text, None),
        };
        let (numbers, prerelease) = match text.split_once('-') {
            Some((numbers, prerelease)) if !prerelease.is_empty() => (numbers, Some(prerelease.to_owned())),
            Some(_) => return None,
            None => (text, None),
        };
        let mut segments: Vec<u64> = numbers.split('.').map(|it| it.parse().ok()).collect::<Option<_>>()?;
        let written = segments.len();
        segments.resize(written.max(3), 0);
        Some(Self { segments, written, prerelease, build })
    }

    pub fn major(&self) -> u64 {
        self.segments[0]
    }

    pub fn is_prerelease(&self) -> bool {
        self.prerelease.is_some()
    }

    /// Segments, then a release above its prereleases, and those by their parts.
    fn key(&self) -> (&[u64], bool, Vec<(bool, u64, &str)>) {
        let part = |part| match str::parse::<u64>(part) {
            Ok(number) => (false, number, ""),
            Err(_) => (true, 0, part),
        };
        let parts = self.prerelease.iter().flat_map(|it| it.split('.')).map(part).collect();
        (&self.segments, self.prerelease.is_none(), parts)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segments: Vec<String> = self.segments.iter().map(u64::to_string).collect();
        formatter.write_str(&segments.join("."))?;
        self.prerelease.iter().try_for_each(|it| write!(formatter, "-{it}"))?;
        self.build.iter().try_for_each(|it| write!(formatter, "+{it}"))
    }
}

/// Whether `constraint` asks for exactly this version: nothing less lets a prerelease of a module in.
pub fn names_exactly(version: &Version, constraint: &str) -> bool {
    let exact = constraint.split(',').map(|it| it.trim().trim_start_matches('=').trim());
    exact.filter_map(Version::parse).any(|it| it == *version)
}

/// `constraint` as Terraform writes it: each part once, by version and then by operator, versions whole but behind `~>`. One
/// that cannot be read is given back.
pub fn canonical(constraint: &str) -> String {
    let mut parts: Vec<(Version, &str)> = Vec::new();
    for part in constraint.split(',').map(str::trim) {
        let operator = &part[..part.find(|it: char| !"=!<>~ ".contains(it)).unwrap_or(part.len())];
        let Some(version) = Version::parse(&part[operator.len()..]) else { return constraint.to_owned() };
        parts.push((version, operator.trim()));
    }
    // `~> 1.0.0` goes before `~> 1.0`.
    let place =
        |operator: &str| [">", ">=", "=", "~>", "<=", "<", "!="].iter().position(|it| *it == operator).unwrap_or(2);
    let looser = |it: &(Version, &str)| it.1 == "~>" && it.0.written < 3;
    parts.sort_by(|one, other| {
        one.0.cmp(&other.0).then(place(one.1).cmp(&place(other.1))).then(looser(one).cmp(&looser(other)))
    });
    let written = parts.into_iter().map(|(mut version, operator)| match operator {
        "" | "=" => version.to_string(),
        "~>" => {
            version.segments.truncate(version.written.max(2));
            format!("~> {version}")
        }
        operator => format!("{operator} {version}"),
    });
    let mut written: Vec<String> = written.collect();
    written.dedup();
    written.join(", ")
}

/// Whether some release with the major version of `claimed` satisfies `constraint`. Where the answer changes, a version
/// that the constraint names is near: these, their successors and the ends of the major version are tried.
pub fn satisfies_major(claimed: &Version, constraint: &str) -> bool {
    let major = claimed.segments[0];
    let of = |segments: [u64; 3]| Version { segments: segments.into(), written: 3, prerelease: None, build: None };
    let named = constraint
        .split(',')
        .filter_map(|part| Version::parse(part.trim_start_matches([' ', '=', '!', '<', '>', '~'])));
    let near = named.filter(|it| it.segments[0] == major).flat_map(|it| {
        let (minor, patch) = (it.segments[1], it.segments[2]);
        [
            [major, minor, patch],
            [major, minor, patch.saturating_add(1)],
            [major, minor.saturating_add(1), 0],
            [major, minor, patch.saturating_sub(1)],
        ]
    });
    let ends = [[major, 0, 0], [major, u64::MAX, 0]];
    let mut tried = [claimed.clone()].into_iter().chain(near.chain(ends).map(of));
    tried.any(|it| satisfies(&it, constraint) == Some(true))
}

/// Whether `version` satisfies all parts of `constraint`; `None` if the constraint cannot be read.
pub fn satisfies(version: &Version, constraint: &str) -> Option<bool> {
    let mut satisfied = true;
    for part in constraint.split(',').map(str::trim) {
        let digits = part.find(|it: char| !"=!<>~ ".contains(it))?;
        let (operator, wanted) = part.split_at(digits);
        let wanted = Version::parse(wanted)?;
        let (have, want) = (version.key(), wanted.key());
        // Nothing but an exact match lets a prerelease in.
        let comparable = version.prerelease.is_none() || version.segments == wanted.segments;
        satisfied &= match operator.trim_end() {
            "" | "=" => have == want,
            "!=" => have != want,
            ">" => comparable && have > want,
            ">=" => comparable && have >= want,
            "<" => comparable && have < want,
            "<=" => comparable && have <= want,
            "~>" => {
                let fixed = wanted.written.saturating_sub(1).max(1);
                comparable && have >= want && version.segments[..fixed] == wanted.segments[..fixed]
            }
            _ => return None,
        };
    }
    Some(satisfied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_have_one_form() {
        let cases = [
            (">= 5, < 6.0,!=5.1.0", ">= 5.0.0, != 5.1.0, < 6.0.0"),
            (">=5.0.0,~>5.4.1,  =5.4.2", ">= 5.0.0, ~> 5.4.1, 5.4.2"),
            ("<= 2, >= 1, ~> 1.5", ">= 1.0.0, ~> 1.5, <= 2.0.0"),
            ("~> 3", "~> 3.0"),
            ("= 1.2.3-beta", "1.2.3-beta"),
            ("nonsense", "nonsense"),
            (
                "!= 1.0.5, < 1.0.5, <= 1.0.5, > 1.0.5, ~> 1.0, ~> 1.0.0, >= 1.0.5, ~> 1.0.5, 1.0.5, = 1.0.5, ~> 1.1.0, ~> 1.1",
                "~> 1.0.0, ~> 1.0, > 1.0.5, >= 1.0.5, 1.0.5, ~> 1.0.5, <= 1.0.5, < 1.0.5, != 1.0.5, ~> 1.1.0, ~> 1.1",
            ),
        ];
        for (constraint, expected) in cases {
            assert_eq!(canonical(constraint), expected, "{constraint}");
        }
    }

    #[test]
    fn finds_releases_of_a_major_version() {
        let cases = [
            ("5.100.0", "~> 5.0", true),
            ("5.100.0", ">= 4.0, < 5.31", true),
            ("5.100.0", "5.31.0", true),
            ("5.100.0", "~> 5.31.0", true),
            ("5.100.0", "> 5.100.0", true),
            ("5.100.0", ">= 5.120", true),
            ("5.100.0", "~> 6.0", false),
            ("5.100.0", "< 5.0", false),
            ("5.100.0", "> 5.1.0, < 5.1.1", false),
            ("6.0.0", ">= 6.14.1", true),
            ("6.0.0", "< 6.0.0", false),
            ("0.13.1", "~> 0.0", true),
            ("0.13.1", ">= 1.0", false),
        ];
        for (claimed, constraint, expected) in cases {
            assert_eq!(
                satisfies_major(&Version::parse(claimed).unwrap(), constraint),
                expected,
                "{claimed} {constraint}"
            );
        }
    }

    #[test]
    fn compares_versions_with_constraints() {
        let cases = [
            ("1.11.4", ">= 1.3.0", Some(true)),
            ("1.11.4", ">= 1.3.0, < 2.0.0", Some(true)),
            ("1.11.4", ">=1.3.0,<1.11", Some(false)),
            ("1.11.4", "~> 1.3", Some(true)),
            ("1.11.4", "~> 1.11.0", Some(true)),
            ("1.11.4", "~> 1.10.0", Some(false)),
            ("1.11.4", "~> 1.12", Some(false)),
            ("1.11.4", "~> 1", Some(true)),
            ("1.11.4", "1.11.4", Some(true)),
            ("1.11.4", "= 1.11", Some(false)),
            ("1.11.4", "!= 1.11.4", Some(false)),
            ("1.11.4", "> 1.11.4-beta1", Some(true)),
            ("1.12.0-beta1", ">= 1.11.0", Some(false)),
            ("1.12.0-beta1", ">= 1.12.0-alpha", Some(true)),
            ("1.11.4", "", None),
            ("1.11.4", ">= one", None),
            ("1.11.4", "=> 1.0", None),
            ("1.11.4", ">= 1.0,", None),
        ];
        for (version, constraint, expected) in cases {
            let version = Version::parse(version).unwrap();
            assert_eq!(satisfies(&version, constraint), expected, "{version:?} {constraint}");
        }
    }
}
