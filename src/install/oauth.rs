//! Tokens by OAuth 2: a code that the user's browser brings to a port of this machine, with PKCE, or a password.

use super::{login::send, services::LoginService};
use crate::{product::PRODUCT, web::Url};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use rand::{Rng, RngCore, rngs::OsRng};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

/// A login that a browser is to permit.
pub struct Authorization {
    /// What the browser is to open.
    pub url: String,
    redirect: String,
    verifier: String,
    codes: Receiver<Result<String, String>>,
}

impl Authorization {
    /// Listens for the answer; none if no port is free.
    pub fn begin(service: &LoginService) -> Option<Self> {
        let (listener, port) = listen(service.ports)?;
        let redirect = format!("http://localhost:{port}/login");
        let (state, verifier) = (random(), random());
        let challenge = BASE64.encode(Sha256::digest(&verifier));
        let scopes = service.scopes.join(" ");
        let mut parameters = vec![
            ("client_id", &*service.client),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("redirect_uri", &redirect),
            ("response_type", "code"),
            ("state", &state),
        ];
        if !scopes.is_empty() {
            parameters.push(("scope", &scopes));
        }
        let authorization = service.authorization.as_deref().unwrap_or_default();
        let joint = if authorization.contains('?') { '&' } else { '?' };
        let url = format!("{authorization}{joint}{}", form(&parameters));
        let (sender, codes) = channel();
        thread::spawn(move || {
            // Browsers open connections ahead, and say nothing on them: none keeps another one waiting.
            for stream in listener.incoming().flatten() {
                let (state, sender) = (state.clone(), sender.clone());
                thread::spawn(move || answer(&stream, &state, &sender));
            }
        });
        Some(Self { url, redirect, verifier, codes })
    }

    /// Waits for the browser; then asks for the token.
    pub fn token(self, service: &LoginService) -> Result<String, String> {
        let code = self.codes.recv().map_err(|error| error.to_string())??;
        let parameters = [
            ("client_id", &*service.client),
            ("code", &code),
            ("code_verifier", &self.verifier),
            ("grant_type", "authorization_code"),
            ("redirect_uri", &self.redirect),
        ];
        ask(service, &parameters, &[&code, &self.verifier])
    }
}

/// The token that a name and a password are good for.
pub fn by_password(service: &LoginService, name: &str, password: &str) -> Result<String, String> {
    let scopes = service.scopes.join(" ");
    let mut parameters =
        vec![("client_id", &*service.client), ("grant_type", "password"), ("password", password), ("username", name)];
    if !scopes.is_empty() {
        parameters.push(("scope", &scopes));
    }
    ask(service, &parameters, &[password])
}

/// A free one of these ports, any of them first.
fn listen((first, last): (u16, u16)) -> Option<(TcpListener, u16)> {
    let count = u32::from(last - first) + 1;
    let start = rand::thread_rng().gen_range(0..count);
    let ports = (0..count).map(|it| first + ((start + it) % count) as u16);
    ports.into_iter().find_map(|port| Some((TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?, port)))
}

/// 256 bits that nobody can guess.
fn random() -> String {
    let mut bytes = [0; 32];
    OsRng.fill_bytes(&mut bytes);
    BASE64.encode(bytes)
}

fn form(parameters: &[(&str, &str)]) -> String {
    let pairs = parameters.iter().map(|(name, value)| format!("{name}={}", urlencoding::encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The longest line and the longest answer that are read.
const LONGEST: u64 = 64 << 10;

/// Answers a browser. What does not know the state comes from somebody else and ends nothing.
fn answer(stream: &TcpStream, state: &str, codes: &Sender<Result<String, String>>) {
    let patience = Some(Duration::from_secs(10));
    drop(stream.set_read_timeout(patience).and_then(|()| stream.set_write_timeout(patience)));
    let mut lines = BufReader::new(stream.take(LONGEST)).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    // All of it is read, or the connection is reset before the answer is.
    lines.take_while(|it| !it.is_empty()).for_each(drop);
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut url = Url::parse(target);
    let reply = |status: &str, text: &str| {
        let page = format!("<!doctype html><title>{PRODUCT}</title><p>{text}</p>\n");
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
            page.len()
        );
        let mut out = stream;
        drop(out.write_all((head + &page).as_bytes()).and_then(|()| out.flush()));
    };
    if url.base != "/login" || method != "GET" {
        return reply("404 Not Found", "There is nothing here.");
    }
    if url.take("state").is_none_or(|it| it != state) {
        return reply("400 Bad Request", &format!("This is not the answer that {PRODUCT} waits for."));
    }
    if let Some(error) = url.take("error") {
        reply("200 OK", "The login was refused. Close this page and return to the terminal.");
        let why = url.take("error_description").map_or(error.clone(), |it| format!("{error}: {it}"));
        return drop(codes.send(Err(short(&why))));
    }
    match url.take("code").filter(|it| !it.is_empty()) {
        Some(code) => {
            reply("200 OK", &format!("{PRODUCT} has what it needs. Close this page and return to the terminal."));
            drop(codes.send(Ok(code)));
        }
        None => reply("400 Bad Request", "There is no code in this answer."),
    }
}

/// Asks for a token; `secrets` are in no error.
fn ask(service: &LoginService, parameters: &[(&str, &str)], secrets: &[&str]) -> Result<String, String> {
    let headers =
        [("Content-Type", "application/x-www-form-urlencoded".to_owned()), ("Accept", "application/json".to_owned())];
    let conceal = |text: String| {
        let secrets = secrets.iter().filter(|it| !it.is_empty());
        short(&secrets.fold(text, |text, secret| text.replace(secret, "(sensitive value)")))
    };
    let (status, body) = send("POST", &service.token, &headers, Some(form(parameters))).map_err(conceal)?;
    let document: Json = match serde_json::from_slice(&body) {
        Ok(document) => document,
        Err(_) if !(200..300).contains(&status) => Json::Null,
        // Older servers answer with a form.
        Err(error) => match String::from_utf8(body).ok().filter(|it| it.contains("access_token=")) {
            Some(text) => {
                Url::parse(&format!("?{}", text.trim())).query.into_iter().map(|(k, v)| (k, Json::from(v))).collect()
            }
            None => return Err(conceal(format!("cannot parse the answer of the server: {error}"))),
        },
    };
    if let Some(error) = document["error"].as_str() {
        let more = document["error_description"].as_str().map_or_else(String::new, |it| format!(" {it:?}"));
        return Err(conceal(format!("oauth2: {error:?}{more}")));
    }
    if !(200..300).contains(&status) {
        return Err(conceal(format!("oauth2: cannot fetch token: {status}")));
    }
    match document["access_token"].as_str() {
        Some(token) if is_token(token) => Ok(token.to_owned()),
        Some("") | None => Err(conceal("oauth2: server response missing access_token".into())),
        Some(_) => Err(conceal("what the server gave cannot be sent in a header".into())),
    }
}

/// Whether it can be sent in a header.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_graphic())
}

/// What a stranger says, at a length that fits an error.
fn short(text: &str) -> String {
    text.chars()
        .take(500)
        .flat_map(|it| if it.is_control() { it.escape_default().collect() } else { vec![it] })
        .collect()
}
