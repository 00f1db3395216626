//! Addresses from Terraform's notation, as state files, journals and the command line hold them.

use super::{
    InstanceAddress, InstanceKey, ModuleAddress, ModulePath, Name, ProviderAddress, ProviderSource, ResourceAddress,
    ResourceMode, ResourcePath, Target,
};
use std::str::FromStr;

/// Why a text is not an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseError(pub String);

type Result<T> = std::result::Result<T, ParseError>;

fn error<T>(message: impl Into<String>) -> Result<T> {
    Err(ParseError(message.into()))
}

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    fn eat(&mut self, symbol: char) -> bool {
        let rest = self.rest.strip_prefix(symbol);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, symbol: char) -> Result<()> {
        if self.eat(symbol) { Ok(()) } else { error(format!("expected {symbol:?} before {:?}", self.rest)) }
    }

    fn name(&mut self) -> Result<&'t str> {
        let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '-';
        let end = self.rest.find(|it| !is_part(it)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        match name.chars().next() {
            Some(first) if first.is_alphabetic() || first == '_' => {
                self.rest = rest;
                Ok(name)
            }
            _ => error(format!("expected a name before {:?}", self.rest)),
        }
    }

    /// `[0]` or `["key"]`, if it comes next.
    fn key(&mut self) -> Result<Option<InstanceKey>> {
        if !self.eat('[') {
            return Ok(None);
        }
        let key = if self.rest.starts_with('"') {
            InstanceKey::Key(self.string()?.into())
        } else {
            let end = self.rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(self.rest.len());
            let (digits, rest) = self.rest.split_at(end);
            self.rest = rest;
            let index =
                digits.parse().map_err(|_| ParseError("an instance key is a whole number or a quoted string".into()));
            InstanceKey::Index(index?)
        };
        self.expect(']')?;
        Ok(Some(key))
    }

    /// A quoted string with the escapes that [`super::quoted`] writes, and those of HCL besides.
    fn string(&mut self) -> Result<String> {
        self.expect('"')?;
        let mut text = String::new();
        let mut chars = self.rest.chars();
        while let Some(it) = chars.next() {
            match it {
                '"' => {
                    self.rest = chars.as_str();
                    return Ok(text);
                }
                '\\' => text.push(match chars.next() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some('u') => escaped(&mut chars, 4)?,
                    Some('U') => escaped(&mut chars, 8)?,
                    Some(it @ ('"' | '\\')) => it,
                    _ => return error("a quoted key has an escape that is not one"),
                }),
                '$' | '%' if chars.as_str().starts_with([it]) && chars.as_str()[1..].starts_with('{') => {
                    chars.next();
                    text.push(it);
                }
                '$' | '%' if chars.as_str().starts_with('{') => return error("a quoted key cannot hold a template"),
                it => text.push(it),
            }
        }
        error("a quoted key has no end")
    }

    fn end<T>(self, value: T) -> Result<T> {
        if self.rest.is_empty() { Ok(value) } else { error(format!("{:?} is left over at its end", self.rest)) }
    }

    /// The module part, with the `.` after it if more follows.
    fn module(&mut self) -> Result<ModuleAddress> {
        let mut steps = Vec::new();
        while let Some(rest) = self.rest.strip_prefix("module.") {
            self.rest = rest;
            steps.push((Name::from(self.name()?), self.key()?));
            if !self.rest.is_empty() {
                self.expect('.')?;
                if self.rest.is_empty() {
                    return error("it ends in a dot");
                }
            }
        }
        Ok(ModuleAddress(steps.into()))
    }

    fn module_path(&mut self) -> Result<ModulePath> {
        let module = self.module()?;
        if module.0.iter().any(|(_, key)| key.is_some()) {
            return error("an instance key is not allowed here");
        }
        Ok(module.path())
    }

    fn resource(&mut self) -> Result<ResourceAddress> {
        let module = self.module()?;
        let prefixed =
            ResourceMode::ALL.into_iter().find(|it| !it.prefix().is_empty() && self.rest.starts_with(it.prefix()));
        let mode = prefixed.unwrap_or(ResourceMode::Managed);
        self.rest = &self.rest[mode.prefix().len()..];
        if self.rest.is_empty() && !module.is_root() {
            return error("The module path must be followed by a resource.");
        }
        let type_name = self.name()?.into();
        if self.rest.is_empty() {
            return error("Resource specification must include a resource type and name.");
        }
        self.expect('.')?;
        let name = self.name()?.into();
        Ok(ResourceAddress { module, mode, type_name, name })
    }
}

fn escaped(chars: &mut std::str::Chars<'_>, length: usize) -> Result<char> {
    let digits = chars.as_str().get(..length).unwrap_or_default();
    let it = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let it = it.ok_or_else(|| ParseError("a quoted key has an escape that is not one".into()))?;
    *chars = chars.as_str()[length..].chars();
    Ok(it)
}

impl FromStr for ModuleAddress {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        let mut parser = Parser { rest: text };
        let module = parser.module()?;
        parser.end(module)
    }
}

impl FromStr for ModulePath {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        let mut parser = Parser { rest: text };
        let module = parser.module_path()?;
        parser.end(module)
    }
}

impl FromStr for ResourceAddress {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        let mut parser = Parser { rest: text };
        let resource = parser.resource()?;
        parser.end(resource)
    }
}

impl FromStr for ResourcePath {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        let resource: ResourceAddress = text.parse()?;
        if resource.module.0.iter().any(|(_, key)| key.is_some()) {
            return error("an instance key is not allowed here");
        }
        Ok(resource.path())
    }
}

impl FromStr for InstanceAddress {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        let mut parser = Parser { rest: text };
        let resource = parser.resource()?;
        let key = parser.key()?;
        parser.end(Self { resource, key })
    }
}

impl FromStr for Target {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        if let Ok(module) = text.parse::<ModuleAddress>()
            && !module.is_root()
        {
            return Ok(Self::Module(module));
        }
        let InstanceAddress { resource, key } = text.parse()?;
        Ok(match key {
            None => Self::Resource(resource),
            key => Self::Instance(InstanceAddress { resource, key }),
        })
    }
}

impl FromStr for ProviderSource {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<&str> = text.split('/').collect();
        if parts.iter().any(|it| it.is_empty()) {
            return error("a provider source has no empty part");
        }
        let source = |host: &str, namespace: &str, name: &str| Self {
            host: host.to_lowercase().into(),
            namespace: namespace.to_lowercase().into(),
            name: name.to_lowercase().into(),
        };
        match parts[..] {
            [name] => Ok(source("registry.terraform.io", "hashicorp", name)),
            [namespace, name] => Ok(source("registry.terraform.io", namespace, name)),
            [host, namespace, name] => Ok(source(host, namespace, name)),
            _ => error("a provider source has at most three parts: host, namespace and name"),
        }
    }
}

impl FromStr for ProviderAddress {
    type Err = ParseError;
    fn from_str(text: &str) -> Result<Self> {
        let mut parser = Parser { rest: text };
        let module = parser.module_path()?;
        match parser.rest.strip_prefix("provider[") {
            Some(rest) => parser.rest = rest,
            None => return error("expected provider[\"…\"]"),
        }
        let source = parser.string()?.parse()?;
        parser.expect(']')?;
        let alias = if parser.eat('.') { Some(parser.name()?.into()) } else { None };
        let key = if alias.is_some() && parser.eat('[') {
            let key = parser.string()?;
            parser.expect(']')?;
            Some(key.as_str().into())
        } else {
            None
        };
        parser.end(Self { module, source, alias, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Display;

    /// What prints as it was parsed; an error is given by its text.
    fn check<T: FromStr<Err = ParseError> + Display>(cases: &[&str], wrong: &[(&str, &str)]) {
        for text in cases {
            match text.parse::<T>() {
                Ok(value) => assert_eq!(value.to_string(), *text),
                Err(error) => panic!("{text}: {error}"),
            }
        }
        for (text, message) in wrong {
            assert_eq!(text.parse::<T>().err().map(|it| it.0).as_deref(), Some(*message), "{text}");
        }
    }

    #[test]
    fn addresses() {
        check::<InstanceAddress>(
            &[
                "aws_vpc.main",
                "data.aws_ami.x[0]",
                "module.a.aws_vpc.main[\"x\"]",
                "module.a[0].module.b[\"k.[\\\"]\\n\\t\\\\\"].data.aws_ami.x-y_z[\"$${a}%%{b}$$\"]",
                "aws_vpc.main[\"é$\"]",
            ],
            &[
                ("aws_vpc", "Resource specification must include a resource type and name."),
                ("aws_vpc.", "expected a name before \"\""),
                ("aws_vpc.a[]", "an instance key is a whole number or a quoted string"),
                ("aws_vpc.a[0", "expected ']' before \"\""),
                ("aws_vpc.a[\"0]", "a quoted key has no end"),
                ("aws_vpc.a[\"${x}\"]", "a quoted key cannot hold a template"),
                ("aws_vpc.a.b", "\".b\" is left over at its end"),
                ("module.a", "The module path must be followed by a resource."),
                ("", "expected a name before \"\""),
            ],
        );
        check::<ModuleAddress>(&["", "module.a", "module.a[1].module.b"], &[("module.a.", "it ends in a dot")]);
        check::<ResourcePath>(
            &["module.a.data.x_y.z", "x_y.z"],
            &[("module.a[0].x_y.z", "an instance key is not allowed here")],
        );
        check::<ProviderAddress>(
            &[
                "provider[\"registry.terraform.io/hashicorp/aws\"]",
                "module.a.module.b.provider[\"terraform.io/builtin/terraform\"].west",
                "provider[\"registry.terraform.io/hashicorp/aws\"].by_region[\"eu-west-1\"]",
            ],
            &[
                ("provider.aws", "expected provider[\"…\"]"),
                ("provider[\"a//b\"]", "a provider source has no empty part"),
                ("provider[\"aws\"][\"eu\"]", "\"[\\\"eu\\\"]\" is left over at its end"),
            ],
        );
        check::<Target>(&["module.a", "module.a[0].x_y.z", "x_y.z[\"k\"]", "data.x_y.z"], &[]);
    }
}
