//! Whether a model can be read at all: reading is late, and takes what it does not know for a string.

use super::{NOTHING, Service};

const OPTIONS: &[&str] = &["root=", "host=", "at=", "page=", "checksum", "unsigned", "unsignedpayload", "unwrapped"];

impl Service {
    /// What in the lines of operations and structures cannot be read.
    pub fn check(&'static self) -> Vec<String> {
        let lines = |of: Vec<&'static str>| {
            let mut lines = of;
            lines.sort_unstable();
            lines
        };
        let operations = lines(self.operations.values().map(|it| it.line).collect());
        let structures = lines(self.structures.values().map(|it| it.line).collect());
        let operations = operations.into_iter().filter(|it| self.operation_line(it).is_none());
        let structures = structures.into_iter().filter(|it| self.structure_line(it).is_none());
        let mut wrong: Vec<String> = operations.chain(structures).map(|it| format!("{}: `{it}`", self.name)).collect();
        if self.id.is_empty() || self.hosts.is_empty() {
            wrong.push(format!("{}: its head lacks the line `service` or every line `host`", self.name));
        }
        wrong
    }

    fn operation_line(&self, line: &str) -> Option<()> {
        let words: Vec<_> = line.split(' ').collect();
        let [_, method, uri, input, output, options @ ..] = words.as_slice() else { return None };
        let knows = |it: &str| self.structures.contains_key(it);
        let is_option =
            |it: &str| OPTIONS.iter().any(|known| it == *known || known.ends_with('=') && it.starts_with(known));
        let methods = ["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD"];
        let right = methods.contains(method) && uri.starts_with('/') && knows(input) && knows(output);
        (right && options.iter().all(|it| is_option(it))).then_some(())
    }

    fn structure_line(&self, line: &str) -> Option<()> {
        let mut words = line.strip_prefix('.')?.split(' ');
        let name = words.next()?;
        let name = name.strip_suffix('|').unwrap_or(name);
        (name == NOTHING || is_name(name)).then_some(())?;
        words.try_for_each(|it| self.member(it))
    }

    fn member(&self, text: &str) -> Option<()> {
        let (name, rest) = text.split_once(':')?;
        is_name(name).then_some(())?;
        let rest = self.type_(rest)?;
        let (rest, space) = rest.split_once('<').map_or((rest, None), |(rest, space)| (rest, Some(space)));
        let rest = named(named(rest, '=')?, '$')?;
        let rest = match rest.strip_prefix('!') {
            Some(place) => place.strip_prefix(['h', 'H', 'u', 'q', 'Q', 'c', 'p', 'a', 'B'])?,
            None => rest,
        };
        let flags = rest.chars().all(|it| "^*#".contains(it));
        (flags && space.is_none_or(|it| !it.is_empty())).then_some(())
    }

    /// What follows the type that stands first.
    fn type_<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut letters = text.chars();
        let first = letters.next()?;
        let rest = letters.as_str();
        match first {
            's' | 'i' | 'l' | 'f' | 'd' | 'b' | 'x' | 'j' => Some(rest),
            't' => Some(rest.strip_prefix(['i', 'u', 'r']).unwrap_or(rest)),
            '.' => {
                let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
                self.structures.contains_key(&rest[..end]).then_some(&rest[end..])
            }
            '[' => self.item(rest.strip_prefix('~').unwrap_or(rest))?.strip_prefix(']'),
            '{' => {
                let rest = self.item(rest.strip_prefix('~').unwrap_or(rest))?.strip_prefix(',')?;
                self.item(rest)?.strip_prefix('}')
            }
            _ => None,
        }
    }

    fn item<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut rest = self.type_(text)?;
        if let Some(name) = rest.strip_prefix('@') {
            let end = name.find([']', '}', ',', '<'])?;
            rest = &name[end..];
        }
        match rest.strip_prefix('<') {
            Some(space) => Some(space.split_once('>')?.1),
            None => Some(rest),
        }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_alphanumeric() || "_-".contains(it))
}

/// What follows a name behind `sign`, or the whole where there is none.
fn named(text: &str, sign: char) -> Option<&str> {
    let Some(rest) = text.strip_prefix(sign) else { return Some(text) };
    let end = rest.find(['$', '!', '^', '*', '#']).unwrap_or(rest.len());
    (end > 0).then(|| &rest[end..])
}
