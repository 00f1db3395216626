//! Version constraints: `>= 1.3.0, < 2.0.0`, `~> 5.0`.

/// The Terraform version whose language and state rforge has.
pub const TERRAFORM_VERSION: &str = "1.11.4";

/// A version: its segments, always three or more, and what follows a `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    segments: Vec<u64>,
    /// How many segments were written.
    written: usize,
    prerelease: Option<String>,
}

impl Version {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('v').unwrap_or(text);
        let text = text.split_once('+').map_or(text, |(version, _build)| version);
        let (numbers, prerelease) = match text.split_once('-') {
            Some((numbers, prerelease)) if !prerelease.is_empty() => (numbers, Some(prerelease.to_owned())),
            Some(_) => return None,
            None => (text, None),
        };
        let mut segments: Vec<u64> = numbers.split('.').map(|it| it.parse().ok()).collect::<Option<_>>()?;
        let written = segments.len();
        segments.resize(written.max(3), 0);
        Some(Self { segments, written, prerelease })
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
