//! EC2's query form, which AWS's codecs do not write: lists without an element around their items, names with a capital.

use super::{
    model::{Kind, Operation, Service, Structure},
    value::{Map, Value},
};
use aws_smithy_http::query::fmt_string;
use aws_smithy_runtime_api::{client::orchestrator::HttpRequest, http::Headers};
use aws_smithy_types::{DateTime, body::SdkBody, date_time::Format};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The request for `operation` with `value` in its form.
pub(super) fn request(service: &'static Service, operation: &Operation, value: &Map) -> Result<HttpRequest, String> {
    let mut form = Form { service, text: format!("Action={}&Version={}", operation.name, service.version) };
    form.structure(operation.input, "", value)?;
    let mut request = HttpRequest::new(SdkBody::from(form.text.clone()));
    request.set_method("POST").map_err(|it| it.to_string())?;
    request.set_uri("/").map_err(|it| it.to_string())?;
    let mut headers = Headers::new();
    headers.insert("content-type", "application/x-www-form-urlencoded");
    headers.insert("content-length", form.text.len().to_string());
    *request.headers_mut() = headers;
    Ok(request)
}

struct Form {
    service: &'static Service,
    text: String,
}

impl Form {
    fn structure(&mut self, shape: &'static Structure, prefix: &str, value: &Map) -> Result<(), String> {
        for member in &shape.members {
            let Some(value) = value.get(member.name).filter(|it| !it.is_null()) else { continue };
            let dot = if prefix.is_empty() { "" } else { "." };
            self.value(&member.kind, &format!("{prefix}{dot}{}", member.form_name), value)
                .map_err(|it| format!("{}: {it}", member.name))?;
        }
        Ok(())
    }

    fn value(&mut self, kind: &Kind, name: &str, value: &Value) -> Result<(), String> {
        match (kind, value) {
            (Kind::Structure(shape), Value::Map(map)) => {
                return self.structure(self.service.structure(shape), name, map);
            }
            (Kind::List(item), Value::List(list)) => {
                let mut numbered = list.iter().enumerate();
                return numbered.try_for_each(|(at, it)| self.value(&item.kind, &format!("{name}.{}", at + 1), it));
            }
            (_, Value::String(it)) => self.add(name, it),
            (_, Value::Bool(it)) => self.add(name, if *it { "true" } else { "false" }),
            (_, Value::Int(it)) => self.add(name, &it.to_string()),
            (_, Value::Float(it)) => self.add(name, &format!("{it:?}")),
            (_, Value::Bytes(it)) => self.add(name, &STANDARD.encode(it)),
            (_, Value::Time(it)) => self.add(name, &time(it)?),
            (kind, value) => return Err(format!("takes {}, not {}", kind.noun(), value.noun())),
        }
        Ok(())
    }

    fn add(&mut self, name: &str, value: &str) {
        self.text.push('&');
        self.text.push_str(&fmt_string(name));
        self.text.push('=');
        self.text.push_str(&fmt_string(value));
    }
}

fn time(it: &DateTime) -> Result<String, String> {
    it.fmt(Format::DateTime).map_err(|_| "is no time that can be written".to_owned())
}

/// The part of a refusal that REST's XML has, too: `<Error>` of `<Response><Errors><Error>`.
pub(super) fn error_of(body: &[u8]) -> Option<&str> {
    let (_, rest) = std::str::from_utf8(body).ok()?.split_once("<Errors>")?;
    rest.split_once("</Errors>").map(|(error, _)| error.trim())
}
