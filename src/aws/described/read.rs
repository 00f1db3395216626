//! Rows out of their files: HCL, read by the parser of the language. What a row names has to be there: operations, members,
//! attributes; whether it is complete, `check` says.

use super::row::{Generated, Refusal, Row, Step, Strings, TagCalls, Word};
use crate::{
    aws::wire::{
        model::{Kind, Service},
        services,
    },
    diagnostic::{Diagnostic, Diagnostics, Sources, Span, has_errors, nearest},
    duration,
    expression::syntax::{
        parse,
        tree::{Block, Body, Expression, ExpressionKind},
    },
    schema::{Equality, SchemaBlock, Spelling},
    value::{Type, Value},
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// The rows of a file. `schema` is asked for the attributes of a type.
///
/// # Errors
/// What cannot be read, with its places in the returned sources.
pub fn read(
    path: &str,
    text: &'static str,
    schema: impl Fn(&str) -> Option<SchemaBlock>,
) -> Result<Vec<Row>, (Diagnostics, Sources)> {
    let mut sources = Sources::default();
    let file = sources.add(PathBuf::from(path), text.into());
    let mut found = Diagnostics::new();
    let body = parse(text, file, &mut found);
    let shared = Arc::new(sources.clone());
    let mut rows = Vec::new();
    for it in &body.attributes {
        found.push(unexpected("argument", &it.name.text, it.name.span, ["type"]));
    }
    for block in &body.blocks {
        match (&*block.kind.text, block.labels.as_slice()) {
            ("type", [name]) => match schema(&name.text) {
                Some(schema) => rows.extend(Reader { found: &mut found, schema: &schema }.row(block, &shared)),
                None => found.push(wrong("No such type", format!("There is no type {}.", name.text), name.span)),
            },
            _ => found.push(unexpected("block", &block.kind.text, block.header, ["type"])),
        }
    }
    if has_errors(&found) { Err((found, sources)) } else { Ok(rows) }
}

fn wrong(summary: &str, detail: String, at: Span) -> Diagnostic {
    Diagnostic::error(summary, detail).at(at)
}

fn unexpected<'a>(what: &str, name: &str, at: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let error = wrong("Unexpected word in a row", format!("No {what} named {name:?} is expected here."), at);
    match nearest(name, known) {
        Some(it) => error.hint(format!("Did you mean {it:?}?")),
        None => error,
    }
}

const ARGUMENTS: &[&str] = &[
    "service",
    "noun",
    "id",
    "kept",
    "empty",
    "ready",
    "failed",
    "lingers",
    "patience",
    "delete_patience",
    "deleted_after",
    "not_yet",
    "unmodelled",
];
const BLOCKS: &[&str] = &[
    "names",
    "strings",
    "generated",
    "documents",
    "create",
    "read",
    "update",
    "delete",
    "find",
    "tags",
    "values",
    "unset",
    "import",
    "refuse",
];

struct Reader<'a> {
    found: &'a mut Diagnostics,
    schema: &'a SchemaBlock,
}

impl Reader<'_> {
    fn wrong(&mut self, summary: &str, detail: impl Into<String>, at: Span) {
        self.found.push(wrong(summary, detail.into(), at));
    }

    fn row(&mut self, block: &Block, sources: &Arc<Sources>) -> Option<Row> {
        let body = &block.body;
        let label = &block.labels[0];
        for it in body.attributes.iter().filter(|it| !ARGUMENTS.contains(&&*it.name.text)) {
            self.found.push(unexpected("argument", &it.name.text, it.name.span, ARGUMENTS.iter().copied()));
        }
        for it in body.blocks.iter().filter(|it| !BLOCKS.contains(&&*it.kind.text)) {
            self.found.push(unexpected("block", &it.kind.text, it.header, BLOCKS.iter().copied()));
        }
        let named = argument(body, "service").and_then(words_of).and_then(|it| it.into_iter().next());
        let Some(service) = named.as_ref().and_then(|it| services::service(&it.text)) else {
            let detail = "`service` names one of the services whose model was recorded.";
            self.wrong("No such service", detail, named.map_or(block.header, |it| it.span));
            return None;
        };
        let Some(id) = argument(body, "id").cloned() else {
            self.wrong("A row without id", "`id` says what the object is called by.", block.header);
            return None;
        };
        let mut steps = |kind: &str| -> Vec<Step> {
            let blocks = body.blocks.iter().filter(|it| &*it.kind.text == kind);
            blocks.filter_map(|it| self.labelled_step(it, service)).collect()
        };
        let (mut creates, reads, updates) = (steps("create"), steps("read"), steps("update"));
        let (deletes, mut finds) = (steps("delete"), steps("find"));
        let tags = blocks(body, "tags").next().and_then(|it| self.tags(it, service));
        let Some(create) = creates.pop().filter(|_| creates.is_empty()) else {
            self.wrong("A row without create", "There has to be one `create`.", block.header);
            return None;
        };
        let row = Row {
            name: label.text.to_string().leak(),
            span: block.header,
            sources: sources.clone(),
            service,
            nouns: texts(self.words(body, "noun")),
            id,
            names: self.pairs(body, "names"),
            kept: self.attributes_named(body, "kept"),
            empty: self.attributes_named(body, "empty"),
            documents: self.documents(body),
            strings: self.strings(body),
            generated: self.generated(body),
            create,
            reads,
            updates,
            deletes,
            find: finds.pop(),
            tags,
            values: self.expressions(body, "values"),
            unset: self.expressions(body, "unset"),
            import: self.expressions(body, "import"),
            refused: blocks(body, "refuse").filter_map(|it| self.refusal(it)).collect(),
            ready: argument(body, "ready").cloned(),
            failed: argument(body, "failed").cloned(),
            lingers: argument(body, "lingers").is_some_and(|it| literal(it).and_then(Value::as_bool) == Some(true)),
            patience: self.duration(body, "patience"),
            delete_patience: self.duration(body, "delete_patience"),
            deleted_after: leaked(self.words(body, "deleted_after")),
            not_yet: self.words(body, "not_yet"),
            unmodelled: texts(self.words(body, "unmodelled")),
        };
        for it in row.updates.iter().flat_map(|it| &it.when).filter(|it| it.text != "*") {
            self.attribute(&it.text, it.span);
        }
        Some(row)
    }

    /// Complains about an attribute that the type does not have.
    fn attribute(&mut self, path: &str, at: Span) {
        if !has(self.schema, path) {
            let detail = format!("The type has no attribute {path}.");
            let known = self.schema.attributes.keys().chain(self.schema.blocks.keys()).map(|it| &**it);
            let error = wrong("No such attribute", detail, at);
            self.found.push(match nearest(path, known) {
                Some(it) => error.hint(format!("Did you mean {it:?}?")),
                None => error,
            });
        }
    }

    fn words(&mut self, body: &Body, name: &str) -> Vec<Word> {
        let Some(value) = argument(body, name) else { return Vec::new() };
        words_of(value).unwrap_or_else(|| {
            self.wrong("Words expected", format!("`{name}` takes a string or a list of strings."), value.span);
            Vec::new()
        })
    }

    fn attributes_named(&mut self, body: &Body, name: &str) -> Vec<String> {
        let words = self.words(body, name);
        words.iter().for_each(|it| self.attribute(&it.text, it.span));
        texts(words)
    }

    fn duration(&mut self, body: &Body, name: &str) -> Option<std::time::Duration> {
        let word = self.words(body, name).into_iter().next()?;
        let read = duration::length(&word.text);
        if read.is_none() {
            self.wrong("Invalid duration", format!("`{name}` takes a duration such as \"10m\"."), word.span);
        }
        read
    }

    /// The arguments of all blocks of this kind: attributes, and an expression for each.
    fn expressions(&mut self, body: &Body, kind: &str) -> BTreeMap<String, Expression> {
        let mut all = BTreeMap::new();
        for it in blocks(body, kind).flat_map(|it| &it.body.attributes) {
            self.attribute(&it.name.text, it.name.span);
            all.insert(it.name.text.to_string(), it.value.clone());
        }
        all
    }

    /// The same, of words: `a = { b = "X" }` as `a.b` and `X`.
    fn pairs(&mut self, body: &Body, kind: &str) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for it in blocks(body, kind).flat_map(|it| &it.body.attributes) {
            self.flat(it.name.text.to_string(), &it.value, &mut all);
        }
        all
    }

    fn flat(&mut self, path: String, value: &Expression, into: &mut BTreeMap<String, String>) {
        if let ExpressionKind::Object(items) = &*value.kind {
            for item in items {
                match literal(&item.key).and_then(Value::as_str) {
                    Some(name) => self.flat(format!("{path}.{name}"), &item.value, into),
                    None => self.wrong("Words expected", "An attribute stands here.", item.key.span),
                }
            }
            return;
        }
        self.attribute(&path, value.span);
        match literal(value).and_then(Value::as_str) {
            Some(word) => drop(into.insert(path, word.to_owned())),
            None => self.wrong("Words expected", "A string stands here, or an object of such.", value.span),
        }
    }

    fn strings(&mut self, body: &Body) -> Option<Strings> {
        let block = blocks(body, "strings").next()?;
        let Some(member) = block.labels.first() else {
            self.wrong("Member expected", "`strings` is followed by the member that holds them.", block.header);
            return None;
        };
        Some(Strings { member: member.text.to_string(), keys: self.pairs(body, "strings") })
    }

    fn documents(&mut self, body: &Body) -> BTreeMap<String, (Equality, Spelling)> {
        let pairs = self.pairs(body, "documents").into_iter();
        let kind = |it: &str| match it {
            "policy" => (Equality::Policy, Spelling::Json),
            "version first" => (Equality::Policy, Spelling::Policy),
            _ => (Equality::Json, Spelling::Json),
        };
        pairs.map(|(path, it)| (path, kind(&it))).collect()
    }

    fn generated(&mut self, body: &Body) -> Option<Generated> {
        let block = blocks(body, "generated").next()?;
        let Some(name) = block.labels.first() else {
            self.wrong("Attribute expected", "`generated` is followed by the name that is made up.", block.header);
            return None;
        };
        self.attribute(&name.text, name.span);
        let prefix = self.attributes_named(&block.body, "prefix").into_iter().next();
        Some(Generated { attribute: name.text.to_string(), prefix, suffix: argument(&block.body, "suffix").cloned() })
    }

    fn refusal(&mut self, block: &Block) -> Option<Refusal> {
        let when = argument(&block.body, "when").cloned();
        let message = self.words(&block.body, "message").into_iter().next();
        if when.is_none() || message.is_none() {
            self.wrong("Incomplete refusal", "`refuse` has `when` and `message`.", block.header);
        }
        Some(Refusal { when: when?, message: message?.text })
    }

    fn tags(&mut self, block: &Block, service: &'static Service) -> Option<TagCalls> {
        let mut step = |key: &str| {
            let name = self.words(&block.body, key).into_iter().next()?;
            self.step(block, service, &name)
        };
        let (list, add, remove) = (step("list"), step("add"), step("remove"));
        if add.is_none() || remove.is_none() {
            self.wrong(
                "Incomplete tags",
                "`tags` names `add` and `remove`, and `list` unless reads tell.",
                block.header,
            );
        }
        Some(TagCalls { list, add: add?, remove: remove?, arn: argument(&block.body, "arn").cloned() })
    }

    fn labelled_step(&mut self, block: &Block, service: &'static Service) -> Option<Step> {
        let Some(label) = block.labels.first() else {
            let detail = format!("`{}` is followed by the operation that it calls.", block.kind.text);
            self.wrong("Operation expected", detail, block.header);
            return None;
        };
        self.step(block, service, &Word { text: label.text.to_string(), span: label.span })
    }

    fn step(&mut self, block: &Block, service: &'static Service, name: &Word) -> Option<Step> {
        let Some(operation) = service.operation(&name.text) else {
            let detail = format!("{} has no operation {}.", service.name, name.text);
            let error = wrong("No such operation", detail, name.span);
            self.found.push(match nearest(&name.text, service.operation_names()) {
                Some(it) => error.hint(format!("Did you mean {it:?}?")),
                None => error,
            });
            return None;
        };
        let body = &block.body;
        let inside = self.words(body, "within").into_iter().next().and_then(|path| {
            let inner = path.text.split('.').try_fold(operation.input, |shape, name| match shape.member(name) {
                Some(member) => match &member.kind {
                    Kind::Structure(it) => Some(service.structure(it)),
                    _ => None,
                },
                None => None,
            });
            if inner.is_none() {
                self.wrong("No such structure", format!("{} takes no structure {}.", name.text, path.text), path.span);
            }
            Some((path.text, inner?))
        });
        let mut step = Step {
            operation,
            span: block.header,
            given: BTreeMap::new(),
            inside,
            at: texts(self.words(body, "at")).join("."),
            name: texts(self.words(body, "as")).pop(),
            when: self.words(body, "when"),
            only_if: argument(body, "only_if").cloned(),
            gone: self.words(body, "gone"),
            absent: self.words(body, "absent"),
            batch: argument(body, "batch").and_then(literal).and_then(Value::as_number).and_then(|it| it.to_usize()),
            by: argument(body, "by").cloned(),
        };
        let tags: &[&str] = if &*block.kind.text == "tags" { &["list", "add", "remove", "arn"] } else { &[] };
        for it in &body.attributes {
            let key = &*it.name.text;
            let is_option = STEP.contains(&key) || tags.contains(&key);
            let inner = step.inside.as_ref().map(|it| it.1);
            let takes = |it: &crate::aws::wire::model::Structure| it.member(key).is_some() || it.bucket == Some(key);
            if takes(operation.input) || inner.is_some_and(takes) {
                step.given.insert(key.to_owned(), it.value.clone());
            } else if !is_option && tags.is_empty() {
                let members = operation.input.members.iter().map(|it| it.name);
                let known = members.chain(inner.into_iter().flat_map(|it| it.members.iter().map(|it| it.name)));
                let detail = format!("{} has no member {key}.", operation.name);
                let error = wrong("No such member", detail, it.name.span);
                self.found.push(match nearest(key, known) {
                    Some(it) => error.hint(format!("Did you mean {it:?}?")),
                    None => error,
                });
            }
        }
        Some(step)
    }
}

const STEP: &[&str] = &["within", "at", "as", "when", "only_if", "gone", "absent", "batch", "by"];

fn blocks<'b>(body: &'b Body, kind: &'b str) -> impl Iterator<Item = &'b Block> {
    body.blocks.iter().filter(move |it| &*it.kind.text == kind)
}

fn argument<'b>(body: &'b Body, name: &str) -> Option<&'b Expression> {
    body.attributes.iter().find(|it| &*it.name.text == name).map(|it| &it.value)
}

fn literal(it: &Expression) -> Option<&Value> {
    if let ExpressionKind::Literal(value) = &*it.kind { Some(value) } else { None }
}

/// A string, or the strings of a list.
fn words_of(it: &Expression) -> Option<Vec<Word>> {
    match &*it.kind {
        ExpressionKind::Literal(value) => Some(vec![Word { text: value.as_str()?.to_owned(), span: it.span }]),
        ExpressionKind::Tuple(items) => {
            Some(items.iter().map(words_of).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
        }
        _ => None,
    }
}

fn texts(words: Vec<Word>) -> Vec<String> {
    words.into_iter().map(|it| it.text).collect()
}

fn leaked(words: Vec<Word>) -> &'static [&'static str] {
    let words: Vec<&'static str> = texts(words).into_iter().map(|it| &*it.leak()).collect();
    words.leak()
}

/// Whether there is an attribute or block at `path`. What is deeper than an attribute of a type with members of its own is
/// one of them.
pub fn has(block: &SchemaBlock, path: &str) -> bool {
    let Some((first, rest)) = path.split_once('.') else { return block.has(path) };
    match (block.blocks.get(first), block.attributes.get(first)) {
        (Some(nested), _) => has(&nested.block, rest),
        (_, Some(attribute)) => is_in(&attribute.ty, rest),
        _ => false,
    }
}

fn is_in(ty: &Type, path: &str) -> bool {
    match ty {
        Type::List(inner) | Type::Set(inner) => is_in(inner, path),
        Type::Object(object) => {
            let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
            object.attributes.get(first).is_some_and(|it| rest.is_none_or(|rest| is_in(it, rest)))
        }
        _ => false,
    }
}
