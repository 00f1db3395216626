//! A small HTTP server on loopback that answers what it was told to.

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
};

/// What a path answers.
#[derive(Clone, Default)]
pub(crate) struct Page {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// What a request must say, in its first line, a header or its body, to get more than 401.
    pub secret: Option<&'static str>,
    /// After how many bytes of a body the connection breaks.
    pub breaks_after: Option<usize>,
    /// Whether a part of the body may be asked for.
    pub in_parts: bool,
}

impl Page {
    pub(crate) fn of(body: impl Into<Vec<u8>>) -> Page {
        Page { status: 200, body: body.into(), ..Page::default() }
    }

    /// An answer without a body that says where the module is.
    pub(crate) fn referring(to: &str) -> Page {
        Page { status: 204, headers: vec![("X-Terraform-Get", to.to_string())], ..Page::default() }
    }
}

/// Ends with the process: it owns nothing but a port.
pub(crate) struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// The certificate that [`Server::start_secure`] shows is signed by this authority.
pub(crate) const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packages/authority.pem");

impl Server {
    /// Serves pages by path; the query does not count.
    pub(crate) fn start(pages: BTreeMap<String, Page>) -> Server {
        Server::serve(pages, None)
    }

    /// The same over TLS.
    pub(crate) fn start_secure(pages: BTreeMap<String, Page>) -> Server {
        let read = |name: &str| crate::workspace::repository().join("tests/packages").join(name);
        let certificate = CertificateDer::from_pem_file(read("server.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(read("server.key")).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
        Server::serve(pages, Some(Arc::new(config)))
    }

    fn serve(pages: BTreeMap<String, Page>, secure: Option<Arc<ServerConfig>>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let scheme = if secure.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                match &secure {
                    None => answer(&mut stream, &pages, &log),
                    Some(config) => {
                        let connection = ServerConnection::new(config.clone()).unwrap();
                        let mut stream = StreamOwned::new(connection, stream);
                        answer(&mut stream, &pages, &log);
                        stream.conn.send_close_notify();
                        drop(stream.flush());
                    }
                }
            }
        });
        Server { url, requests }
    }

    /// The paths that were asked for since the last call.
    pub(crate) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

fn answer(stream: &mut (impl Read + Write), pages: &BTreeMap<String, Page>, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(&mut *stream);
    let mut lines = reader.by_ref().lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let mut said: Vec<String> = lines.take_while(|it| !it.is_empty()).collect();
    let length = said.iter().find_map(|it| it.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    drop(reader.read_exact(&mut body));
    said.extend([first.clone(), String::from_utf8_lossy(&body).into_owned()]);
    let target = first.split(' ').nth(1).unwrap_or_default().to_string();
    log.lock().unwrap().push(target.clone());
    let path = target.split('?').next().unwrap_or_default();
    let page = pages.get(path).cloned().unwrap_or(Page { status: 404, ..Page::default() });
    let has = |secret: &str| said.iter().any(|it| it.to_lowercase().contains(&secret.to_lowercase()));
    let page = match page.secret {
        Some(secret) if !has(secret) => Page { status: 401, ..Page::default() },
        _ => page,
    };
    let wanted =
        said.iter().find_map(|it| it.to_lowercase().strip_prefix("range: bytes=")?.strip_suffix('-')?.parse().ok());
    let page = match wanted {
        Some(from) if page.in_parts => part(page, from),
        _ => page,
    };
    let mut answer = format!("HTTP/1.1 {} Said\r\nConnection: close\r\n", page.status).into_bytes();
    for (name, value) in &page.headers {
        answer.extend(format!("{name}: {value}\r\n").bytes());
    }
    // Whoever says another length breaks off before it.
    if !page.headers.iter().any(|it| it.0 == "Content-Length") {
        answer.extend(format!("Content-Length: {}\r\n", page.body.len()).bytes());
    }
    answer.extend(b"\r\n");
    answer.extend(page.body.iter().take(page.breaks_after.unwrap_or(usize::MAX)));
    drop(stream.write_all(&answer));
}

/// What is left of a page from there on.
fn part(mut page: Page, from: usize) -> Page {
    let all = page.body.len();
    if from >= all {
        return Page { status: 416, ..Page::default() };
    }
    page.headers.push(("Content-Range", format!("bytes {from}-{}/{all}", all - 1)));
    Page { status: 206, body: page.body.split_off(from), ..page }
}
