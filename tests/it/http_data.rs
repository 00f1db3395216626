//! `data "http"` asks servers on loopback, as the published provider does.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
};

use flate2::{Compression, write::GzEncoder};

use crate::{
    server::{Page, Server},
    workspace::Workspace,
};

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn redirect(status: u16, to: &str) -> Page {
    Page { status, headers: vec![("Location", to.to_string())], ..Page::default() }
}

fn server() -> Server {
    let with_secret = |secret| Page { secret: Some(secret), ..Page::of("let in") };
    let zipped = |body| Page { headers: vec![("Content-Encoding", "gzip".into())], ..Page::of(body) };
    let pages: BTreeMap<String, Page> = [
        ("/plain", Page { headers: vec![("x-one-TWO", "a".into()), ("X-One-Two", "b".into())], ..Page::of("text") }),
        ("/missing", Page { status: 404, ..Page::of("no such page") }),
        ("/binary", Page::of(b"a\xff\xfeb".to_vec())),
        ("/login", with_secret("Authorization: Basic bWU6b3BlbiBzZXNhbWU=")),
        ("/header", with_secret("X-Token: deep-secret")),
        ("/host", with_secret("Host: other.example.com")),
        ("/post", with_secret("a=b&c=d")),
        ("/head", with_secret("HEAD /head HTTP/1.1")),
        ("/space%20in%20it", Page::of("found")),
        ("/moved", redirect(301, "/plain")),
        ("/moved-post", redirect(302, "/got")),
        ("/kept-post", redirect(307, "post")),
        ("/got", with_secret("GET /got HTTP/1.1")),
        ("/circle", redirect(302, "/circle")),
        ("/packed", zipped(packed("unpacked"))),
        ("/bomb", zipped(packed(&"x".repeat(30 << 20)))),
        ("/broken", Page { status: 500, ..Page::of("oops") }),
        ("/busy", Page { status: 429, ..Page::default() }),
    ]
    .map(|(path, page)| (path.to_string(), page))
    .into();
    Server::start(pages)
}

/// One argument a line; URL stands for the server.
fn configuration(server: &Server, arguments: &str) -> String {
    let arguments = arguments.replace("URL", &server.url).replace("; ", "\n");
    format!(
        "variable \"token\" {{\n  default = \"deep-secret\"\n  sensitive = true\n}}\n\
         data \"http\" \"it\" {{\n{arguments}\n}}\n\
         output \"it\" {{\n  value = jsonencode(data.http.it)\n  sensitive = true\n}}\n"
    )
}

#[test]
fn answers_are_read() {
    let server = server();
    let cases = [
        (r#"url = "URL/plain""#, r#"{"status_code": 200, "response_body": "text", "body": "text", "method": null}"#),
        (r#"url = "URL/plain""#, r#"{"response_body_base64": "dGV4dA=="}"#),
        (r#"url = "URL/missing""#, r#"{"status_code": 404, "response_body": "no such page"}"#),
        (r#"url = "URL/header"; request_headers = { X-Token = "deep-secret" }"#, r#"{"response_body": "let in"}"#),
        (r#"url = "URL/header""#, r#"{"status_code": 401}"#),
        (r#"url = "URL/host"; request_headers = { Host = "other.example.com" }"#, r#"{"status_code": 200}"#),
        (r#"url = "URL/post"; method = "POST"; request_body = "a=b&c=d""#, r#"{"status_code": 200}"#),
        (r#"url = "URL/post"; request_body = "a=b&c=d""#, r#"{"status_code": 200}"#),
        (r#"url = "URL/head"; method = "HEAD""#, r#"{"status_code": 200, "response_body": ""}"#),
        (r#"url = "URL/space in it?a b""#, r#"{"response_body": "found"}"#),
        (r#"url = "URL/moved""#, r#"{"response_body": "text"}"#),
        (r#"url = "URL/moved-post"; method = "POST"; request_body = "x""#, r#"{"response_body": "let in"}"#),
        (r#"url = "URL/kept-post"; method = "POST"; request_body = "a=b&c=d""#, r#"{"response_body": "let in"}"#),
        (r#"url = "URL/packed""#, r#"{"response_body": "unpacked"}"#),
        (r#"url = "URL/plain"; request_timeout_ms = 60000; insecure = true"#, r#"{"response_body": "text"}"#),
        (
            "url = \"URL/plain\"; retry {; attempts = 1; min_delay_ms = 1; max_delay_ms = 1; }",
            r#"{"status_code": 200}"#,
        ),
    ];
    for (arguments, expected) in cases {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &configuration(&server, arguments));
        workspace.rforge(&["apply", "-auto-approve"]).expect(0, arguments);
        let printed = workspace.rforge(&["output", "-raw", "it"]).expect(0, arguments).stdout;
        let answer: serde_json::Value = serde_json::from_str(&printed).unwrap();
        let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(answer[name], *value, "{arguments} {name}: {printed}");
        }
        if arguments.ends_with("/plain\"") {
            assert_eq!(answer["id"], format!("{}/plain", server.url));
            assert_eq!(answer["response_headers"]["X-One-Two"], "a, b");
        }
        workspace.rforge(&["plan", "-detailed-exitcode"]).expect(0, arguments);
    }
    // A login is for the server alone.
    let workspace = Workspace::new(None);
    let url = server.url.replace("http://", "http://me:open%20sesame@");
    workspace.write("main.tf", &configuration(&server, &format!("url = \"{url}/login\"")));
    workspace.rforge(&["apply", "-auto-approve"]).expect(0, "login");
    assert!(workspace.rforge(&["output", "-raw", "it"]).stdout.contains("let in"));
}

#[test]
fn what_is_wrong_is_said() {
    let server = server();
    let closed = "http://127.0.0.1:1";
    let gave_up = "Error making request: GET URL/PAGE giving up after 1 attempt(s)";
    let cases = [
        (
            r#"url = "URL/plain"; method = "PUT""#.to_string(),
            r#"Attribute method value must be one of: ["GET" "POST" "HEAD"], got: "PUT""#.to_string(),
        ),
        (
            r#"url = "URL/plain"; method = lower(var.token)"#.into(),
            r#"must be one of: ["GET" "POST" "HEAD"], got: (sensitive value)"#.into(),
        ),
        (
            r#"url = "URL/plain"; request_timeout_ms = 0"#.into(),
            "Attribute request_timeout_ms value must be at least 1, got: 0".into(),
        ),
        (
            r#"url = "URL/plain"; ca_cert_pem = "x"; insecure = false"#.into(),
            r#"Attribute "insecure" cannot be specified when "ca_cert_pem" is specified"#.into(),
        ),
        (
            r#"url = "URL/plain"; client_cert_pem = "x""#.into(),
            r#"Attribute "client_key_pem" must be specified when "client_cert_pem" is specified"#.into(),
        ),
        (
            r#"url = "URL/plain"; ca_cert_pem = "x""#.into(),
            "Error tls: Can't add the CA certificate to certificate pool. Only PEM encoded certificates are supported."
                .into(),
        ),
        (
            r#"url = "URL/plain"; client_cert_pem = "x"; client_key_pem = "y""#.into(),
            "error creating x509 key pair from provided pem blocks".into(),
        ),
        (
            "url = \"URL/plain\"; retry {; attempts = -1; }".into(),
            "Attribute retry.attempts value must be at least 0, got: -1".into(),
        ),
        (r#"url = "URL/broken""#.into(), gave_up.replace("PAGE", "broken")),
        (r#"url = "URL/busy""#.into(), gave_up.replace("PAGE", "busy")),
        (
            "url = \"URL/broken\"; retry {; attempts = 2; min_delay_ms = 1; }".into(),
            "giving up after 3 attempt(s)".into(),
        ),
        (
            format!(r#"url = "{closed}""#),
            format!(
                "Error making request: GET {closed} giving up after 1 attempt(s): Get \"{closed}\": dial tcp 127.0.0.1:1: connect: connection refused"
            ),
        ),
        (r#"url = "http://me:deep-secret@127.0.0.1:1/""#.into(), "GET http://xxxxx@127.0.0.1:1/ giving up".into()),
        (r#"url = "ftp://127.0.0.1/""#.into(), r#"Get "ftp://127.0.0.1/": unsupported protocol scheme "ftp""#.into()),
        (r#"url = "plain""#.into(), r#"Get "plain": unsupported protocol scheme """#.into()),
        (r#"url = "http://""#.into(), "http: no Host in request URL".into()),
        (r#"url = "URL/circle""#.into(), "stopped after 10 redirects".into()),
        (r#"url = "URL/bomb""#.into(), "Error reading response body: it is longer than 20 MiB".into()),
        (
            r#"url = "http://127.0.0.1:1/${var.token}"; request_headers = { a = var.token }"#.into(),
            "giving up after 1 attempt(s)".into(),
        ),
    ];
    for (arguments, expected) in cases {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &configuration(&server, &arguments));
        let said = workspace.rforge(&["plan"]).expect(1, &arguments).stderr;
        let unwrapped = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(&expected.replace("URL/", &format!("{}/", server.url))), "{arguments}: {said}");
        assert!(!unwrapped.contains("deep-secret"), "{arguments}: {said}");
    }
    server.requests();
    let workspace = Workspace::new(None);
    let retrying = "url = \"URL/broken\"; retry {; attempts = 2; min_delay_ms = 1; }";
    workspace.write("main.tf", &configuration(&server, retrying));
    workspace.rforge(&["plan"]).expect(1, retrying);
    assert_eq!(server.requests(), ["/broken"; 3]);
}

/// Bytes that are no text come with a warning, whether they are read by a plan or by applying it.
#[test]
fn bytes_are_warned_of() {
    let server = server();
    let later = "resource \"terraform_data\" \"page\" {\n  input = \"binary\"\n}\n";
    for arguments in [r#"url = "URL/binary""#, r#"url = "URL/${terraform_data.page.output}""#] {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &(configuration(&server, arguments) + later));
        let said = workspace.rforge(&["apply", "-auto-approve"]).expect(0, arguments).stdout;
        assert!(said.contains("Warning: Response body is not recognized as UTF-8"), "{arguments}: {said}");
        let printed = workspace.rforge(&["output", "-raw", "it"]).expect(0, arguments).stdout;
        let answer: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(answer["response_body"], "a\u{fffd}\u{fffd}b");
        assert_eq!(answer["response_body_base64"], "Yf/+Yg==");
    }
}

/// A server that takes connections and says nothing.
#[test]
fn silence_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let workspace = Workspace::new(None);
    workspace.write("main.tf", &format!("data \"http\" \"it\" {{\n  url = \"{url}\"\n  request_timeout_ms = 50\n}}\n"));
    let said = workspace.rforge(&["plan"]).expect(1, "silence").stderr;
    let unwrapped = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = format!(
        "request exceeded the specified timeout: 50ms, err: GET {url} giving up after 1 attempt(s): Get \"{url}\": \
         context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
    );
    assert!(unwrapped.contains(&expected), "{said}");
}

/// A proxy of the environment is asked instead of a host that is not on this machine, and gets no request for one that is.
#[test]
fn proxies_are_asked() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let server = server();
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = proxy.accept().unwrap();
        let mut line = String::new();
        BufReader::new(&mut stream).read_line(&mut line).unwrap();
        line
    });
    for (url, code) in [(format!("{}/plain", server.url), 0), ("http://example.invalid/".into(), 1)] {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &format!("data \"http\" \"it\" {{\n  url = \"{url}\"\n}}\n"));
        let mut command = workspace.command(crate::workspace::rforge());
        command.arg("plan").env("HTTP_PROXY", &address);
        crate::process::Outcome::of(&mut command).expect(code, &url);
    }
    let heard = heard.join().unwrap();
    assert!(heard.starts_with("CONNECT example.invalid:80 "), "{heard}");
}
