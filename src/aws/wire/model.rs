//! Services as `tests/aws/record_services.py` wrote them down, read when they are first named, and each structure when it is
//! first used. What is read is kept for the life of the process, as the tables of a generated client are.
//!
//! ```text
//! service CloudWatch_Logs 2014-03-28 json-1.1 logs   its id, version, protocol and signing name
//! target Logs_20140328                               what X-Amz-Target starts with
//! host aws logs.{region}.amazonaws.com …             hosts of a partition or region: plain, dual-stack, FIPS, both
//! errors ConflictException ResourceNotFoundException
//!
//! PutDelivery POST / PutRequest PutResponse          an operation, with options behind it
//!
//! .PutRequest name:s* tags:[.Tag]                    a structure and its members
//! ```
//!
//! A member is `name:type`, then `=wire name`, `$name in EC2's forms` where that does not follow, `!place` (`h`eader, `H`eaders by
//! prefix, `u`ri, `q`uery, `Q`uery map, status `c`ode, `p`ayload, `a`ttribute, `B`ucket of the host), `^` part of the host, `*` required,
//! `#` a client token, `<` an XML namespace. Types: `s i l f d b x(bytes) t(ime) ti tu tr j(document)`,
//! `[item]`, `{key,value}` (`~` flattened, `@name` of items, keys and values), `.Structure`.

mod check;
mod member;
#[cfg(test)]
mod tests;

use aws_smithy_schema::{Schema, ShapeId, ShapeType, traits::HttpTrait};
use member::read_member;
pub use member::{Item, Kind, Member};
use std::{collections::HashMap, sync::OnceLock};

/// The wire format of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    Json10,
    Json11,
    RestJson,
    RestXml,
    Query,
    Ec2,
}

/// A service: what it is called, where it is, what it can do.
#[derive(Debug)]
pub struct Service {
    /// The name by which it is asked for: that of botocore and of the CLI.
    pub name: &'static str,
    /// What the SDKs call it: `CloudWatch Logs`.
    pub id: &'static str,
    /// `cloudwatchlogs`: what messages call it, and what paces requests.
    pub title: &'static str,
    pub version: &'static str,
    pub protocol: Protocol,
    pub signing_name: &'static str,
    pub target: Option<&'static str>,
    pub xml_namespace: Option<&'static str>,
    /// It tells the codes of its query protocol when asked to.
    pub query_mode: bool,
    pub hosts: Vec<Host>,
    /// The codes of its errors.
    pub errors: Vec<&'static str>,
    /// Codes that may be tried again, and whether they mean "too fast".
    pub retried: Vec<(&'static str, bool)>,
    operations: HashMap<&'static str, Late<Operation>>,
    structures: HashMap<&'static str, Late<Structure>>,
}

/// A line, and what was read from it once it was needed.
#[derive(Debug)]
struct Late<T> {
    line: &'static str,
    read: OnceLock<Box<T>>,
}

impl<T> Late<T> {
    fn new(line: &'static str) -> Self {
        Self { line, read: OnceLock::new() }
    }
}

/// Hosts of a partition, or of one region that differs.
#[derive(Debug)]
pub struct Host {
    /// Which operations it is for; empty for most.
    pub variant: &'static str,
    pub place: &'static str,
    /// Plain, dual-stack, FIPS, both. `-` where there is none.
    pub names: [&'static str; 4],
    pub signing_region: Option<&'static str>,
}

#[derive(Debug)]
pub struct Operation {
    pub name: &'static str,
    pub input: &'static Structure,
    pub output: &'static Structure,
    /// The input's schema, with what HTTP and XML need to know of the operation.
    pub input_schema: Schema<'static>,
    pub output_schema: Schema<'static>,
    pub method: &'static str,
    /// What goes before the host, with members of the input in braces.
    pub host_prefix: Option<&'static str>,
    /// Which of the service's hosts it goes to; empty for those of most operations.
    pub variant: &'static str,
    pub needs_checksum: bool,
    pub is_unsigned: bool,
    pub pages: Option<Pages>,
}

/// How to ask for the rest of an answer.
#[derive(Debug)]
pub struct Pages {
    pub inputs: Vec<&'static str>,
    pub outputs: Vec<&'static str>,
    pub results: Vec<&'static str>,
    pub more: Option<&'static str>,
}

#[derive(Debug)]
pub struct Structure {
    pub name: &'static str,
    pub is_union: bool,
    pub members: Vec<Member>,
    pub schema: Schema<'static>,
    /// The member that is no part of the request, but of its host.
    pub bucket: Option<&'static str>,
}

impl Service {
    /// Reads the head of `text`, and where its operations and structures are.
    ///
    /// # Errors
    /// A line of the head that says nothing that is known. What is wrong in the others, [`Self::check`] tells.
    pub fn read(name: &'static str, text: &'static str) -> Result<&'static Self, String> {
        let mut it = Self {
            name,
            id: "",
            title: "",
            version: "",
            protocol: Protocol::Json11,
            signing_name: "",
            target: None,
            xml_namespace: None,
            query_mode: false,
            hosts: Vec::new(),
            errors: Vec::new(),
            retried: Vec::new(),
            operations: HashMap::new(),
            structures: HashMap::new(),
        };
        let mut parts = text.split("\n\n");
        let (head, operations, structures) = (parts.next(), parts.next(), parts.next());
        for line in head.unwrap_or_default().lines() {
            it.fact(line).ok_or_else(|| format!("{name}: `{line}` says nothing that is known"))?;
        }
        let word = |line: &'static str| line.split(' ').next().unwrap_or_default();
        it.operations = operations.unwrap_or_default().lines().map(|line| (word(line), Late::new(line))).collect();
        let structures =
            structures.unwrap_or_default().lines().filter_map(|line| Some((line, line.strip_prefix('.')?)));
        it.structures = structures.map(|(line, rest)| (word(rest).trim_end_matches('|'), Late::new(line))).collect();
        it.structures.insert(NOTHING, Late::new(".-"));
        Ok(Box::leak(Box::new(it)))
    }

    fn fact(&mut self, line: &'static str) -> Option<()> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut words = rest.split(' ').filter(|it| !it.is_empty());
        match word {
            "service" => {
                let id = words.next()?;
                self.id = id.replace('_', " ").leak();
                self.title = id.to_lowercase().replace('_', "").leak();
                self.version = words.next()?;
                self.protocol = match words.next()? {
                    "json-1.0" => Protocol::Json10,
                    "json-1.1" => Protocol::Json11,
                    "rest-json" => Protocol::RestJson,
                    "rest-xml" => Protocol::RestXml,
                    "query" => Protocol::Query,
                    "ec2" => Protocol::Ec2,
                    _ => return None,
                };
                self.signing_name = words.next()?;
            }
            "target" => self.target = Some(rest),
            "xmlns" => self.xml_namespace = Some(rest),
            "querymode" => self.query_mode = true,
            "errors" => self.errors = words.collect(),
            "retried" => {
                let told = |it: &'static str| (it.trim_end_matches("/throttling"), it.ends_with("/throttling"));
                self.retried = words.map(told).collect();
            }
            _ if word.starts_with("host") => {
                let variant = &word["host".len()..];
                let place = words.next()?;
                let names = [words.next()?, words.next()?, words.next()?, words.next()?];
                let signing_region = words.next().and_then(|it| it.strip_prefix("sign="));
                self.hosts.push(Host { variant, place, names, signing_region });
            }
            _ if word.starts_with('#') => {}
            _ => return None,
        }
        Some(())
    }

    pub fn operation_names(&self) -> impl Iterator<Item = &'static str> {
        self.operations.keys().copied()
    }

    pub fn operation(&'static self, name: &str) -> Option<&'static Operation> {
        let late = self.operations.get(name)?;
        Some(late.read.get_or_init(|| Box::new(self.read_operation(late.line))))
    }

    /// A structure of the model; one without members if it has none of that name, which [`Self::check`] would tell.
    pub fn structure(&'static self, name: &str) -> &'static Structure {
        let late = self.structures.get(name).unwrap_or_else(|| &self.structures[NOTHING]);
        late.read.get_or_init(|| Box::new(self.read_structure(late.line)))
    }

    fn read_operation(&'static self, line: &'static str) -> Operation {
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap_or_default();
        let (name, method, uri) = (word(), word(), word());
        let (input, output) = (self.structure(word()), self.structure(word()));
        // The bucket is part of the endpoint, be it of its host or of its path.
        let uri = if input.bucket.is_some() { uri.strip_prefix("/{Bucket}").unwrap_or(uri) } else { uri };
        let uri = if uri.starts_with('/') { uri } else { format!("/{uri}").leak() };
        let mut operation = Operation {
            name,
            input,
            output,
            input_schema: input.schema_anew().with_http(HttpTrait::new(method, uri, None)),
            output_schema: output.schema_anew(),
            method,
            host_prefix: None,
            variant: "",
            needs_checksum: false,
            is_unsigned: false,
            pages: None,
        };
        for option in words {
            let (word, rest) = option.split_once('=').unwrap_or((option, ""));
            match word {
                "root" => {
                    let (root, space) = rest.split_once('<').map_or((rest, None), |(root, space)| (root, Some(space)));
                    operation.input_schema = in_namespace(operation.input_schema.with_xml_name(root), space);
                }
                "unwrapped" => operation.output_schema = operation.output_schema.with_xml_unwrapped_output(),
                "host" => operation.host_prefix = Some(rest),
                "at" => operation.variant = rest,
                "checksum" => operation.needs_checksum = true,
                "unsigned" => operation.is_unsigned = true,
                "page" => operation.pages = Some(read_pages(rest)),
                _ => {}
            }
        }
        operation
    }

    fn read_structure(&'static self, line: &'static str) -> Structure {
        let (head, members) = line[1..].split_once(' ').unwrap_or((&line[1..], ""));
        let name = head.trim_end_matches('|');
        let (buckets, members): (Vec<_>, Vec<_>) =
            members.split(' ').filter(|it| !it.is_empty()).partition(|it| it.contains("!B"));
        let members: Vec<_> = members.into_iter().enumerate().map(|(index, it)| read_member(name, index, it)).collect();
        let bucket = buckets.first().and_then(|it| it.split(':').next());
        let is_union = head.ends_with('|');
        let schema = structure_schema(name, is_union, &members);
        Structure { name, is_union, members, schema, bucket }
    }
}

/// The name of the structure without members.
const NOTHING: &str = "-";

impl Structure {
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|it| it.name == name)
    }

    /// Whether something of it stands in the body of a request or answer, and that body is not one member alone.
    pub fn has_body_members(&self) -> bool {
        self.members.iter().any(|it| it.is_in_body() && it.schema.http_payload().is_none())
    }

    /// Another schema of the same members, to be dressed for an operation.
    fn schema_anew(&self) -> Schema<'static> {
        let schema = structure_schema(self.name, self.is_union, &self.members);
        if self.has_body_members() { schema } else { schema.with_no_body_members() }
    }
}

fn structure_schema(name: &'static str, is_union: bool, members: &[Member]) -> Schema<'static> {
    let kind = if is_union { ShapeType::Union } else { ShapeType::Structure };
    let schemas: Vec<_> = members.iter().map(|it| it.schema).collect();
    Schema::new_struct(id(name), kind, schemas.leak())
}

/// Codecs want the last part of a shape's id alone, for elements without any other name.
fn id(name: &'static str) -> ShapeId<'static> {
    ShapeId::from_parts(name, "", name)
}

fn in_namespace(schema: Schema<'static>, space: Option<&'static str>) -> Schema<'static> {
    match space.map(|it| it.split_once('|').map_or((it, None), |(prefix, uri)| (uri, Some(prefix)))) {
        Some((uri, prefix)) => schema.with_xml_namespace(uri, prefix),
        None => schema,
    }
}

fn read_pages(text: &'static str) -> Pages {
    let mut parts = text.split(';').map(|it| it.split(',').filter(|it| !it.is_empty()).collect::<Vec<_>>());
    let mut part = || parts.next().unwrap_or_default();
    Pages { inputs: part(), outputs: part(), results: part(), more: part().first().copied() }
}
