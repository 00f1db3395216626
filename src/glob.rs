//! Patterns of paths, as `fileset` and `archive_file` take them: `*`, `?`, `[a-c]`, `{a,b}` within a component, `**` for any
//! number of components.

/// One way to read the pattern after its braces are spread out: a component each.
pub type Alternative = Vec<Component>;

#[derive(Debug, PartialEq)]
pub enum Component {
    /// `**`
    Any,
    Parts(Vec<Part>),
}

#[derive(Debug, PartialEq)]
pub enum Part {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Many,
    /// The ranges of `[…]`, and whether it is `[^…]`.
    Class(Vec<(char, char)>, bool),
}

pub fn parse(pattern: &str) -> Result<Vec<Alternative>, &'static str> {
    spread(pattern)?.iter().map(|it| it.split('/').map(component).collect()).collect()
}

pub fn matches(alternatives: &[Alternative], path: &str) -> bool {
    let path: Vec<&str> = path.split('/').collect();
    alternatives.iter().any(|it| matches_components(it, &path, false))
}

/// Whether something inside the folder `path` can match.
pub fn may_match_below(alternatives: &[Alternative], path: &str) -> bool {
    let path: Vec<&str> = path.split('/').collect();
    alternatives.iter().any(|it| matches_components(it, &path, true))
}

fn matches_components(pattern: &[Component], path: &[&str], prefix: bool) -> bool {
    match (pattern, path) {
        ([], []) => !prefix,
        (_, []) if prefix => true,
        ([Component::Any], _) => true,
        ([Component::Any, rest @ ..], []) => matches_components(rest, path, prefix),
        ([Component::Any, rest @ ..], [_, below @ ..]) => {
            matches_components(rest, path, prefix) || matches_components(pattern, below, prefix)
        }
        ([Component::Parts(parts), rest @ ..], [first, below @ ..]) => {
            let letters: Vec<char> = first.chars().collect();
            matches_parts(parts, &letters) && matches_components(rest, below, prefix)
        }
        _ => false,
    }
}

/// Goes back only to the last `*`, so that it takes no more than the product of both lengths.
fn matches_parts(parts: &[Part], letters: &[char]) -> bool {
    let (mut part, mut letter) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while letter < letters.len() || part < parts.len() {
        match parts.get(part) {
            Some(Part::Many) => {
                star = Some((part, letter));
                part += 1;
                continue;
            }
            Some(it) if letters.get(letter).is_some_and(|letter| is_one(it, *letter)) => {
                part += 1;
                letter += 1;
                continue;
            }
            _ => {}
        }
        let Some((at, from)) = star.filter(|(_, from)| *from < letters.len()) else { return false };
        star = Some((at, from + 1));
        part = at + 1;
        letter = from + 1;
    }
    true
}

fn is_one(part: &Part, letter: char) -> bool {
    match part {
        Part::Letter(it) => *it == letter,
        Part::One => true,
        Part::Many => false,
        Part::Class(ranges, negated) => ranges.iter().any(|(from, to)| (*from..=*to).contains(&letter)) != *negated,
    }
}

fn component(text: &str) -> Result<Component, &'static str> {
    if text == "**" {
        return Ok(Component::Any);
    }
    let mut parts = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        parts.push(match letter {
            '*' => Part::Many,
            '?' => Part::One,
            '\\' => Part::Letter(letters.next().ok_or("syntax error in pattern")?),
            '[' => {
                let negated = letters.next_if_eq(&'^').is_some();
                let mut ranges = Vec::new();
                loop {
                    let mut next = || match letters.next() {
                        Some('\\') => letters.next(),
                        other => other,
                    };
                    let from = next().ok_or("syntax error in pattern")?;
                    if from == ']' && !ranges.is_empty() {
                        break;
                    }
                    let to = if letters.next_if_eq(&'-').is_some() {
                        letters.next().ok_or("syntax error in pattern")?
                    } else {
                        from
                    };
                    ranges.push((from, to));
                }
                Part::Class(ranges, negated)
            }
            it => Part::Letter(it),
        });
    }
    Ok(Component::Parts(parts))
}

/// The patterns that `a{b,c}d` stands for.
fn spread(pattern: &str) -> Result<Vec<String>, &'static str> {
    let Some(open) = unescaped(pattern, '{') else { return Ok(vec![pattern.to_owned()]) };
    let mut depth = 0usize;
    let mut choices = Vec::new();
    let mut start = open + 1;
    let mut escaped = false;
    for (at, letter) in pattern.char_indices().skip_while(|(at, _)| *at < open) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            ',' if depth == 1 => {
                choices.push(&pattern[start..at]);
                start = at + 1;
            }
            '}' if depth == 1 => {
                choices.push(&pattern[start..at]);
                let mut all = Vec::new();
                for choice in choices {
                    all.extend(spread(&format!("{}{choice}{}", &pattern[..open], &pattern[at + 1..]))?);
                    if all.len() > 1_000 {
                        return Err("too many alternatives");
                    }
                }
                return Ok(all);
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    Err("syntax error in pattern")
}

fn unescaped(pattern: &str, sought: char) -> Option<usize> {
    let mut escaped = false;
    pattern.char_indices().find_map(|(at, letter)| {
        let found = !escaped && letter == sought;
        escaped = !escaped && letter == '\\';
        found.then_some(at)
    })
}
