//! A difference as lines of text.

use super::{
    block::{BlockDifference, Entry},
    difference::{Difference, Kind, Verb},
};
use crate::{
    expression::syntax::lexer::identifier,
    ui::Style,
    value::{Data, Text, Value, quoted_string},
};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;
use unicode_segmentation::UnicodeSegmentation;

/// Attributes that say which object it is: always shown.
const TELLING: [&str; 3] = ["id", "name", "tags"];

/// Writes differences. Lines are indented by four columns a level, and before each is a column for its symbol.
pub(super) struct Writer {
    pub out: String,
    pub style: Style,
    /// Whether there are symbols at all: there are none where an object is only shown.
    pub symbols: bool,
    /// Whether what does not change is shown as well.
    pub everything: bool,
}

/// Where a difference is written.
#[derive(Clone, Copy)]
struct Place {
    indent: usize,
    /// Whether a deleted value is followed by `-> null`. It is not where its surroundings go with it.
    null: bool,
}

impl Writer {
    pub(super) fn new(style: Style) -> Self {
        Self { out: String::new(), style, symbols: true, everything: false }
    }
    /// For values as they are.
    pub(super) fn showing(style: Style) -> Self {
        Self { out: String::new(), style, symbols: false, everything: true }
    }

    /// The start of a line at this level, with the symbol.
    fn begin(&mut self, indent: usize, verb: Verb) {
        self.out.push_str(&"    ".repeat(indent));
        if self.symbols {
            let symbol = self.symbol(verb);
            self.out.push_str(&symbol);
        }
    }
    /// The start of a line at this level without a symbol.
    fn begin_plain(&mut self, indent: usize) {
        self.begin(indent, Verb::NoOp);
    }
    fn symbol(&self, verb: Verb) -> String {
        let painted = match verb {
            Verb::NoOp => return "    ".into(),
            Verb::Create => self.style.green("+"),
            Verb::Update => self.style.yellow("~"),
            Verb::Delete => self.style.red("-"),
        };
        format!("  {painted} ")
    }
    fn arrow(&self) -> String {
        self.style.yellow(" -> ")
    }
    fn forced(&self, forces_replacement: bool) -> String {
        if forces_replacement { format!(" {}", self.style.red("# forces replacement")) } else { String::new() }
    }
    fn hidden(&mut self, indent: usize, count: usize, what: &str) {
        if count > 0 {
            self.begin_plain(indent);
            let plural = if count == 1 { "" } else { "s" };
            let note = self.style.dim(&format!("# ({count} unchanged {what}{plural} hidden)"));
            let _ = writeln!(self.out, "{note}");
        }
    }

    /// The inside of a block, between its braces.
    pub(super) fn block_body(&mut self, block: &BlockDifference, indent: usize) {
        let place = Place { indent, null: true };
        self.named(&block.attributes, place, |name| name.to_owned(), true, "attribute");
        let mut unchanged = 0;
        for (name, entries) in &block.blocks {
            let mut first = true;
            for entry in entries {
                if entry.verb() == Verb::NoOp && !self.everything {
                    unchanged += 1;
                    continue;
                }
                if std::mem::take(&mut first) && !block.attributes.is_empty() {
                    self.out.push('\n');
                }
                self.entry(name, entry, indent);
            }
        }
        if unchanged > 0 {
            self.out.push('\n');
            self.hidden(indent, unchanged, "block");
        }
    }

    fn entry(&mut self, name: &str, entry: &Entry, indent: usize) {
        match entry {
            Entry::Block(key, block) => {
                self.begin(indent, block.verb);
                let key = key.as_ref().map_or(String::new(), |key| format!(" {}", quoted_string(key)));
                let forced = self.forced(block.forces_replacement);
                // One in which nothing is set stands on one line.
                if block.attributes.is_empty() && block.blocks.is_empty() {
                    let _ = writeln!(self.out, "{name}{key} {{}}{forced}");
                    return;
                }
                let _ = writeln!(self.out, "{name}{key} {{{forced}");
                self.block_body(block, indent + 1);
                self.begin_plain(indent);
                self.out.push_str("}\n");
            }
            Entry::Unknown(verb) => {
                self.begin(indent, *verb);
                let _ = writeln!(self.out, "{name} (known after apply)");
            }
            Entry::Sensitive { verb, before, after } => {
                if *verb == Verb::Update {
                    self.sensitivity_note("block", *before, *after, true, indent);
                }
                self.begin(indent, *verb);
                let _ = writeln!(self.out, "{name} {{");
                self.begin_plain(indent + 1);
                self.out.push_str("# At least one attribute in this block is (or was) sensitive,\n");
                self.begin_plain(indent + 1);
                self.out.push_str("# so its contents will not be displayed.\n");
                self.begin_plain(indent);
                self.out.push_str("}\n");
            }
        }
    }

    /// `name = value` lines with aligned equals signs.
    fn named(
        &mut self,
        parts: &[(Text, Difference)],
        place: Place,
        show: impl Fn(&str) -> String,
        telling: bool,
        what: &str,
    ) {
        let width = parts.iter().map(|(name, _)| columns(&show(name))).max().unwrap_or(0);
        let mut unchanged = 0;
        for (name, part) in parts {
            let telling = telling && TELLING.contains(&&**name);
            if !self.everything && part.verb == Verb::NoOp && !telling {
                unchanged += 1;
                continue;
            }
            if let Kind::Sensitive { before, after, changed } = part.kind {
                self.sensitivity_note("attribute value", before, after, changed, place.indent);
            }
            self.begin(place.indent, part.verb);
            let name = show(name);
            let _ = write!(self.out, "{name}{} = ", " ".repeat(width - columns(&name)));
            let everything = self.everything;
            self.everything |= telling;
            self.value(part, place);
            self.everything = everything;
            let comma = if what == "element" { comma(part) } else { "" };
            let _ = writeln!(self.out, "{comma}");
        }
        self.hidden(place.indent, unchanged, what);
    }

    /// `"key" = {` and so on, each by itself.
    fn labelled(&mut self, parts: &[(Text, Difference)], indent: usize) {
        let (shown, others): (Vec<_>, Vec<_>) =
            parts.iter().partition(|(_, it)| self.everything || it.verb != Verb::NoOp);
        for (key, part) in shown {
            if let Kind::Sensitive { before, after, changed } = part.kind {
                self.sensitivity_note("attribute value", before, after, changed, indent);
            }
            self.begin(indent, part.verb);
            let _ = write!(self.out, "{} = ", quoted_string(key));
            self.value(part, Place { indent, null: false });
            let _ = writeln!(self.out, "{}", comma(part));
        }
        self.hidden(indent, others.len(), "element");
    }

    fn sensitivity_note(&mut self, what: &str, before: bool, after: bool, changed: bool, indent: usize) {
        let mut lines = match (before, after) {
            (true, false) => {
                vec![format!("this {what} will no longer be marked as sensitive"), "after applying this change.".into()]
            }
            (false, true) => vec![
                format!("this {what} will be marked as sensitive and will not"),
                "display in UI output after applying this change.".to_owned(),
            ],
            _ => return,
        };
        if !changed {
            lines[1].push_str(" The value is unchanged.");
        }
        let warning = self.style.yellow("Warning:");
        let margin = " ".repeat(4 * indent + 2);
        let _ = writeln!(self.out, "{margin}# {warning} {}\n{margin}# {}", lines[0], lines[1]);
    }

    /// One output value, `width` being that of the longest name.
    pub(super) fn output(&mut self, name: &str, width: usize, found: &Difference) {
        if let Kind::Sensitive { before, after, changed } = found.kind {
            self.sensitivity_note("attribute value", before, after, changed, 0);
        }
        self.begin(0, found.verb);
        let _ = write!(self.out, "{name}{} = ", " ".repeat(width.saturating_sub(columns(name))));
        self.value(found, Place { indent: 0, null: true });
        self.out.push('\n');
    }

    /// What follows the equals sign, without the line's end.
    fn value(&mut self, part: &Difference, place: Place) {
        let inside = Place { indent: place.indent + 1, null: place.null && part.verb != Verb::Delete };
        let forced = self.forced(part.forces_replacement);
        match &part.kind {
            Kind::Scalar { before, after } => self.scalar(part.verb, before.as_ref(), after.as_ref()),
            Kind::Sensitive { .. } => self.out.push_str("(sensitive value)"),
            Kind::WriteOnly => self.out.push_str("(write-only attribute)"),
            Kind::Unknown(before) => {
                if let Some(before) = before {
                    self.value(before, Place { null: false, ..place });
                    self.out.push_str(" -> ");
                }
                let _ = write!(self.out, "(known after apply){forced}");
                return;
            }
            Kind::Replaced(before, after) => {
                self.value(before, Place { null: false, ..place });
                let arrow = self.arrow();
                self.out.push_str(&arrow);
                self.value(after, place);
            }
            Kind::Lines { before, after } => {
                let _ = writeln!(self.out, "<<-EOT{forced}");
                self.lines(before.as_deref().unwrap_or(""), after.as_deref().unwrap_or(""), part.verb, inside.indent);
                self.begin_plain(place.indent);
                self.out.push_str("EOT");
                return self.null_suffix(part, place, "");
            }
            Kind::Document { inner, whitespace } => {
                // What is said of the blanks says of the replacement, too.
                let (note, forced) = match (*whitespace, part.forces_replacement) {
                    (true, true) => (" # whitespace changes force replacement", String::new()),
                    (true, false) => (" # whitespace changes", String::new()),
                    (false, _) => ("", forced),
                };
                let start = self.out.len();
                let everything = self.everything;
                self.everything |= *whitespace;
                self.value(inner, Place { null: false, ..inside });
                self.everything = everything;
                let document = self.out.split_off(start);
                if !document.contains('\n') {
                    let _ = write!(self.out, "jsonencode({document}){note}{forced}");
                    return;
                }
                let _ = writeln!(self.out, "jsonencode({note}");
                let verb = if inner.verb == Verb::Update { Verb::Update } else { Verb::NoOp };
                self.begin(inside.indent, verb);
                let _ = writeln!(self.out, "{document}{forced}");
                self.begin_plain(place.indent);
                self.out.push(')');
                return self.null_suffix(part, place, "");
            }
            Kind::Object(parts) if parts.is_empty() => self.out.push_str("{}"),
            Kind::Map(parts) if parts.is_empty() => self.out.push_str("{}"),
            Kind::Nested(parts) | Kind::Labelled(parts) if parts.is_empty() => self.out.push_str("{}"),
            Kind::Sequence { elements, .. } if elements.is_empty() => self.out.push_str("[]"),
            Kind::Nested(parts) => {
                let _ = writeln!(self.out, "{{{forced}");
                self.named(parts, Place { null: true, ..inside }, key, true, "attribute");
                self.begin_plain(place.indent);
                self.out.push('}');
                return self.null_suffix(part, place, "");
            }
            Kind::Labelled(parts) => {
                let _ = writeln!(self.out, "{{{forced}");
                self.labelled(parts, inside.indent);
                self.begin_plain(place.indent);
                self.out.push('}');
                return self.null_suffix(part, place, "");
            }
            Kind::Object(parts) => {
                let _ = writeln!(self.out, "{{{forced}");
                self.named(parts, Place { null: false, ..inside }, key, true, "attribute");
                self.begin_plain(place.indent);
                self.out.push('}');
                return self.null_suffix(part, place, "");
            }
            Kind::Map(parts) => {
                let _ = writeln!(self.out, "{{{forced}");
                self.named(parts, inside, quoted_string, false, "element");
                self.begin_plain(place.indent);
                self.out.push('}');
                return self.null_suffix(part, place, "");
            }
            Kind::Sequence { elements, context } => {
                let _ = writeln!(self.out, "[{forced}");
                self.elements(elements, *context, inside.indent);
                self.begin_plain(place.indent);
                self.out.push(']');
                return self.null_suffix(part, place, "");
            }
        }
        self.null_suffix(part, place, &forced);
    }

    fn null_suffix(&mut self, part: &Difference, place: Place, forced: &str) {
        let replaced = matches!(part.kind, Kind::Unknown(_) | Kind::Replaced(..));
        if part.verb == Verb::Delete && place.null && !replaced {
            self.out.push_str(&self.style.dim(" -> null"));
        }
        self.out.push_str(forced);
    }

    fn scalar(&mut self, verb: Verb, before: Option<&Value>, after: Option<&Value>) {
        let old = || literal(before);
        let text = match verb {
            Verb::NoOp => literal(after.or(before)),
            Verb::Create => literal(after),
            Verb::Delete => old(),
            Verb::Update => format!("{}{}{}", old(), self.arrow(), literal(after)),
        };
        self.out.push_str(&text);
    }

    /// The lines of a heredoc.
    fn lines(&mut self, before: &str, after: &str, verb: Verb, indent: usize) {
        let strip = |text: &str| text.strip_suffix('\n').unwrap_or(text).to_owned();
        let (before, after) = (strip(before), strip(after));
        if verb != Verb::Update {
            for line in (if verb == Verb::Delete { before } else { after }).split('\n') {
                self.begin_plain(indent);
                let _ = writeln!(self.out, "{line}");
            }
            return;
        }
        let (old, new): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
        for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
            let verb = match change.tag() {
                ChangeTag::Equal => Verb::NoOp,
                ChangeTag::Delete => Verb::Delete,
                ChangeTag::Insert => Verb::Create,
            };
            self.begin(indent, verb);
            let _ = writeln!(self.out, "{}", change.value());
        }
    }

    /// Elements of a list; of unchanged ones, only the neighbours of a change if `context`.
    fn elements(&mut self, elements: &[Difference], context: bool, indent: usize) {
        let mut skipped: Vec<&Difference> = Vec::new();
        let mut next = false;
        for element in elements {
            let unchanged = element.verb == Verb::NoOp && !self.everything;
            if unchanged && !next {
                skipped.push(element);
                continue;
            }
            if context
                && !unchanged
                && let Some(last) = skipped.pop()
            {
                self.hidden(indent, skipped.len(), "element");
                self.neighbour(last, indent);
                skipped.clear();
            }
            next = context && !unchanged;
            if unchanged {
                self.neighbour(element, indent);
            } else {
                self.element(element, indent);
            }
        }
        self.hidden(indent, skipped.len(), "element");
    }

    /// An unchanged element, shown whole because the one beside it changes.
    fn neighbour(&mut self, element: &Difference, indent: usize) {
        let everything = std::mem::replace(&mut self.everything, true);
        self.element(element, indent);
        self.everything = everything;
    }

    fn element(&mut self, element: &Difference, indent: usize) {
        if let Kind::Sensitive { before, after, changed } = element.kind {
            self.sensitivity_note("attribute value", before, after, changed, indent);
        }
        self.begin(indent, element.verb);
        self.value(element, Place { indent, null: false });
        self.out.push_str(",\n");
    }
}

/// In a map there is one behind objects alone.
fn comma(part: &Difference) -> &'static str {
    if matches!(part.kind, Kind::Object(_) | Kind::Nested(_)) { "," } else { "" }
}

/// A value on one line.
fn literal(value: Option<&Value>) -> String {
    match value.map(|value| &value.data) {
        None | Some(Data::Null(_)) => "null".into(),
        Some(Data::Bool(value)) => value.to_string(),
        Some(Data::Number(number)) => number.to_string(),
        Some(Data::String(text)) => quoted_string(text),
        Some(_) => "(known after apply)".into(),
    }
}

/// The name of an attribute of an object, in quotes if it has to be.
fn key(name: &str) -> String {
    if !name.is_empty() && identifier(name) == name { name.to_owned() } else { quoted_string(name) }
}

fn columns(text: &str) -> usize {
    text.graphemes(true).count()
}
