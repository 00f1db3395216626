//! Getting a token from a host and giving it up again, with a server on loopback in the place of the host. What is said, the exit
//! codes and the file are Terraform 1.11.4's, as it answered on the same servers. It waits on where the server refuses, asks for a
//! token before it looks whether it can be kept, and reads nothing of a pipe behind the first answer.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    process::Stdio,
};

use crate::{
    process::Outcome,
    server::{Page, Server},
    workspace::{Workspace, rforge},
};

const TOKEN: &str = "tok-0123456789";
const FILE: &str = ".home/.terraform.d/credentials.tfrc.json";

/// A workspace whose settings lead to the server for hosts that offer one thing each, with no browser.
fn workspace(server: &Server) -> Workspace {
    let workspace = Workspace::new(None);
    let oauth = |grant: &str| {
        let url = &server.url;
        format!(
            "\"login.v1\" = {{ client = \"c1\", grant_types = [\"{grant}\"], authz = \"{url}/authz\", token = \"{url}/token\" }}"
        )
    };
    let api = format!("\"tfe.v2\" = \"{}/api/\"", server.url);
    let services = [
        ("code.test", oauth("authz_code")),
        ("password.test", oauth("password")),
        ("app.terraform.io", oauth("password")),
        ("api.test", api.clone()),
        ("odd.test", "\"login.v1\" = \"x\"".to_owned()),
        ("none.test", String::new()),
    ];
    let blocks = services
        .iter()
        .map(|(host, it)| format!("host \"{host}\" {{\n  services = {{ {it} }}\n}}\n"))
        .collect::<String>();
    let mine = "credentials \"mine.test\" {\n  token = \"mine\"\n}\nhost \"mine.test\" {\n  services = {}\n}\n";
    workspace.write(".home/.terraformrc", &(blocks + mine));
    workspace.write(".bin/empty", "");
    workspace
}

/// What the server answers where a code or a password is to become a token.
fn server(status: u16, body: &str) -> Server {
    let page = Page { status, body: body.into(), ..Page::default() };
    let details = r#"{"data": {"attributes": {"username": "joe"}}}"#;
    let details = Page { secret: Some("authorization: bearer tok-0123456789"), ..Page::of(details) };
    Server::start(BTreeMap::from([("/token".into(), page), ("/api/account/details".into(), details)]))
}

fn good() -> Server {
    server(200, &format!("{{\"access_token\": \"{TOKEN}\", \"token_type\": \"bearer\"}}"))
}

/// Brings an answer to the port that waits for it; its first line.
fn visit(url: &str) -> String {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host.replace("localhost", "127.0.0.1")).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    said.lines().next().unwrap_or_default().to_owned()
}

/// Logs in, with these lines typed; the browser comes back with each of the answers, in which STATE is what it was given.
fn login(workspace: &Workspace, host: &str, typed: &str, answers: &[(&str, &str)]) -> Outcome {
    let mut command = workspace.command(rforge());
    command.args(["login", host]).env("PATH", workspace.path().join(".bin"));
    command.env("RFORGE_LOG", "trace").env("TF_LOG_PATH", workspace.path().join("log"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who needs no answer may have ended before it is given.
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap_or(());
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let (mut stdout, mut url) = (String::new(), None);
    while reader.read_line(&mut stdout).unwrap() > 0 {
        let line = stdout.lines().last().unwrap();
        url = url.or_else(|| line.trim().split_once("/authz?").map(|it| it.1.to_owned()));
        if line.contains("will now wait") {
            let query = url.take().unwrap();
            let of = |name: &str| {
                let found = query.split('&').find_map(|it| it.strip_prefix(&format!("{name}=")));
                urlencoding::decode(found.unwrap_or_default()).unwrap().into_owned()
            };
            assert_eq!((&*of("client_id"), &*of("response_type")), ("c1", "code"));
            assert_eq!((&*of("code_challenge_method"), of("code_challenge").len()), ("S256", 43));
            for (answer, expected) in answers {
                let said = visit(&format!("{}{}", of("redirect_uri"), answer.replace("STATE", &of("state"))));
                assert!(said.contains(expected), "{answer}: {said}");
            }
        }
    }
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    let code = child.wait().unwrap().code();
    let log = fs::read_to_string(workspace.path().join("log")).unwrap_or_default();
    for secret in [TOKEN, "hunter2", "CODE1"] {
        assert!(![&stdout, &stderr, &log].iter().any(|it| it.contains(secret)), "{secret}: {stdout}{stderr}{log}");
    }
    Outcome { code, stdout, stderr }
}

fn words(outcome: &Outcome) -> String {
    let text = format!("{}{}", outcome.stdout, outcome.stderr);
    text.split(|it: char| it.is_whitespace() || "│╷╵".contains(it))
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

const KEPT: &str = "{\n  \"credentials\": {\n    \"HOST\": {\n      \"token\": \"tok-0123456789\"\n    }\n  }\n}";
const RIGHT: &[(&str, &str)] = &[("?code=CODE1&state=STATE", "200")];

#[test]
fn tokens_are_got_kept_and_given_up() {
    let server = good();
    for (host, typed, answers, success) in [
        ("code.test", "yes\n", RIGHT, "Success! rforge has obtained and saved an API token."),
        (
            "code.test",
            "yes\n",
            // What is not the answer is refused, and ends nothing.
            &[
                ("?code=CODE2&state=wrong", "400"),
                ("?code=CODE2", "400"),
                ("?state=STATE", "400"),
                ("/favicon.ico", "404"),
                ("?code=CODE1&state=STATE", "200"),
            ],
            "authenticated requests to code.test.",
        ),
        ("app.terraform.io", "yes\njoe\nhunter2\n", &[], "Success! Logged in to HCP Terraform"),
        ("api.test", "yes\ntok-0123456789\n", &[], "Success! Logged in to Terraform Enterprise (api.test)"),
        ("API.test:443", "yes\n tok-0123456789 \n", &[], "Retrieved token for user joe"),
    ] {
        let workspace = workspace(&server);
        let outcome = login(&workspace, host, typed, answers).expect(0, host);
        assert!(words(&outcome).contains(success), "{}", outcome.stdout);
        assert!(outcome.stdout.contains("Only 'yes' will be accepted to confirm."), "{}", outcome.stdout);
        let name = host.trim_end_matches(":443").to_lowercase();
        assert_eq!(workspace.read(FILE), KEPT.replace("HOST", &name));
        let mode = fs::metadata(workspace.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        // Again, with a token already there, which is replaced.
        workspace.write(FILE, &workspace.read(FILE).replace(TOKEN, "old"));
        login(&workspace, host, typed, answers).expect(0, host);
        assert_eq!(workspace.read(FILE), KEPT.replace("HOST", &name));
        let out = workspace.rforge(&["logout", host]).expect(0, "logout");
        assert!(
            out.stdout.starts_with(&format!("Removing the stored credentials for {name} from the following file:\n"))
        );
        assert!(out.stdout.contains("Success! rforge has removed the stored API token for"), "{}", out.stdout);
        assert_eq!(workspace.read(FILE), "{\n  \"credentials\": {}\n}");
        let out = workspace.rforge(&["logout", host]).expect(0, "logout");
        assert_eq!(out.stdout, format!("No credentials for {name} are stored.\n\n"));
    }
    // The challenge and what is shown of it later belong together.
    assert!(server.requests().iter().any(|it| it == "/token"));
}

#[test]
fn logins_fail_with_a_reason_and_keep_nothing() {
    let odd = "does not support rforge login The given hostname \"odd.test\" cannot support \"rforge login\": Service login.v1 \
               must be declared with an object value";
    let refused = &[("?state=STATE&error=access_denied&error_description=go%20away", "200")][..];
    let assigned = "Error: Failed to obtain auth token The remote server did not assign an auth token: ";
    let code = |why: &str| format!("{assigned}{why}");
    let (yes, hand) = ("yes\n", "yes\njoe\nhunter2\n");
    let plain = "oauth2: server response missing access_token";
    let cases: &[(&str, &str, &[(&str, &str)], (u16, &str), &str)] = &[
        ("code.test", "", &[], (200, ""), "Error: Login cancelled"),
        ("code.test", "no\n", &[], (200, ""), "Error: Login cancelled"),
        ("code.test", yes, refused, (200, ""), &code("access_denied: go away.")),
        ("code.test", yes, RIGHT, (500, "oh CODE1"), &code("oauth2: cannot fetch token: 500.")),
        (
            "code.test",
            yes,
            RIGHT,
            (400, r#"{"error": "invalid_grant", "error_description": "not CODE1"}"#),
            &code("oauth2: \"invalid_grant\" \"not (sensitive value)\"."),
        ),
        ("code.test", yes, RIGHT, (200, "<html>"), &code("cannot parse the answer of the server")),
        ("code.test", yes, RIGHT, (200, "{}"), &code(plain)),
        (
            "code.test",
            yes,
            RIGHT,
            (200, r#"{"access_token": "tok-0123456789\n"}"#),
            &code("what the server gave cannot be sent"),
        ),
        (
            "app.terraform.io",
            hand,
            &[],
            (401, r#"{"error": "invalid_grant"}"#),
            "Error: Failed to retrieve API token The remote host did not issue an API token: oauth2: \"invalid_grant\".",
        ),
        ("app.terraform.io", yes, &[], (200, ""), "Error: Failed to request username: EOF"),
        (
            "password.test",
            yes,
            &[],
            (200, ""),
            "does not allow any OAuth grant types that are supported by this version of rforge.",
        ),
        ("api.test", "yes\nwrong\n", &[], (200, ""), "Error: Token is invalid: unauthorized"),
        ("api.test", "yes\n\n", &[], (200, ""), "Error: Failed to create API client: missing API token"),
        ("api.test", yes, &[], (200, ""), "Error: Failed to request token: EOF"),
        ("odd.test", yes, &[], (200, ""), odd),
        (
            "none.test",
            yes,
            &[],
            (200, ""),
            "Error: Host does not support rforge tokens API The given hostname \"none.test\" does not \
            support creating rforge authorization tokens.",
        ),
        ("mine.test", yes, &[], (200, ""), "Error: Credentials for mine.test are manually configured"),
        (
            "bad host!",
            yes,
            &[],
            (200, ""),
            "Error: Invalid hostname The given hostname \"bad host!\" is not valid: idna: disallowed",
        ),
        ("", yes, &[], (200, ""), "is not valid: empty string is not a valid hostname."),
    ];
    for (host, typed, answers, (status, body), expected) in cases {
        let workspace = workspace(&server(*status, body));
        let outcome = login(&workspace, host, typed, answers).expect(1, host);
        assert!(words(&outcome).contains(expected), "{host}: {}\nnot {expected}", words(&outcome));
        assert!(!workspace.path().join(FILE).exists(), "{host}");
    }
    let workspace = workspace(&good());
    let outcome = workspace.rforge(&["login", "-input=false", "code.test"]).expect(1, "-input=false");
    assert!(words(&outcome).contains("Error: Login is an interactive command"));
    let outcome = workspace.rforge(&["logout", "mine.test"]).expect(1, "mine");
    assert!(words(&outcome).contains("The \"rforge logout\" command cannot log out because"), "{}", outcome.stderr);
}

#[test]
fn a_file_that_is_not_understood_is_not_written() {
    let server = good();
    for (text, why) in [
        ("{\"credentials\": {", "cannot read"),
        ("", "cannot read"),
        ("[1]", "cannot read"),
        ("{\"credentials\": [1]}", "has invalid value for \"credentials\" property: must be a JSON object"),
        ("{\"credentials\": null}", "has invalid value for \"credentials\" property: must be a JSON object"),
    ] {
        let workspace = workspace(&server);
        workspace.write(FILE, text);
        let outcome = login(&workspace, "code.test", "yes\n", RIGHT).expect(1, text);
        assert!(words(&outcome).contains("Error: Unable to save API token") && words(&outcome).contains(why), "{text}");
        let outcome = workspace.rforge(&["logout", "code.test"]).expect(1, text);
        assert!(words(&outcome).contains("Error: Failed to remove credentials"), "{text}");
        assert_eq!(workspace.read(FILE), text);
    }
    assert_eq!(server.requests(), Vec::<String>::new(), "no token is asked for that could not be kept");
    // A folder that nothing can be written to.
    let other = workspace(&server);
    other.write(".home/.terraform.d", "a file");
    let outcome = login(&other, "code.test", "yes\n", RIGHT).expect(1, "folder");
    assert!(words(&outcome).contains("API token"), "{}", outcome.stderr);
    assert_eq!(other.read(".home/.terraform.d"), "a file");
}

#[test]
fn what_else_the_file_says_stays() {
    let workspace = workspace(&good());
    workspace.write(
        FILE,
        "{\"zzz\": 1, \"credentials\": {\"Other.test\": {\"token\": \"o\", \"more\": [1]}, \"Code.test\": {\"token\": \"old\"}}}",
    );
    fs::rename(workspace.path().join(FILE), workspace.path().join("real.json")).unwrap();
    std::os::unix::fs::symlink(workspace.path().join("real.json"), workspace.path().join(FILE)).unwrap();
    login(&workspace, "code.test", "yes\n", RIGHT).expect(0, "login");
    let document: serde_json::Value = serde_json::from_str(&workspace.read("real.json")).unwrap();
    let expected = serde_json::json!({
        "zzz": 1,
        "credentials": { "Other.test": { "token": "o", "more": [1] }, "code.test": { "token": TOKEN } },
    });
    assert_eq!(document, expected);
    workspace.rforge(&["logout", "other.test"]).expect(0, "logout");
    let document: serde_json::Value = serde_json::from_str(&workspace.read(FILE)).unwrap();
    assert_eq!(document, serde_json::json!({ "zzz": 1, "credentials": { "code.test": { "token": TOKEN } } }));
}

#[test]
fn helpers_keep_tokens_in_place_of_the_file() {
    let workspace = workspace(&good());
    let settings = workspace.read(".home/.terraformrc") + "credentials_helper \"x\" {\n  args = [\"a\"]\n}\n";
    workspace.write(".home/.terraformrc", &settings);
    let helper = ".home/.terraform.d/plugins/terraform-credentials-x";
    let script = |more: &str| {
        let text = format!(
            "#!/bin/sh\necho \"$*\" >> calls\n[ \"$2\" = store ] && while read -r line || [ -n \"$line\" ]; do echo \"$line\" >> calls; [ -n \"{more}\" ] && echo \"no $line\" >&2; break; done\n{more}\n[ \"$2\" = get ] && echo '{{}}'\nexit 0\n"
        );
        workspace.write(helper, &text);
        fs::set_permissions(workspace.path().join(helper), fs::Permissions::from_mode(0o755)).unwrap();
    };
    script("");
    let outcome = login(&workspace, "code.test", "yes\n", RIGHT).expect(0, "login");
    let kept = "rforge will store the token in the configured \"x\" credentials helper for use by subsequent commands.";
    assert!(words(&outcome).contains(kept), "{}", outcome.stdout);
    assert_eq!(workspace.read("calls"), format!("a store code.test\n{{\"token\":\"{TOKEN}\"}}\n"));
    let outcome = workspace.rforge(&["logout", "code.test"]).expect(0, "logout");
    assert!(
        words(&outcome).contains("for code.test from the configured \"x\" credentials helper."),
        "{}",
        outcome.stdout
    );
    assert!(workspace.read("calls").ends_with("a forget code.test\n"));
    assert!(!workspace.path().join(FILE).exists());
    script("exit 3");
    let outcome = login(&workspace, "code.test", "yes\n", RIGHT).expect(1, "helper fails");
    let why = words(&outcome);
    assert!(why.contains("Failed to save API token") && why.contains("no {\"token\":\"(sensitive value)\"}"), "{why}");
}

#[test]
fn a_browser_is_opened_where_there_is_one() {
    if cfg!(target_os = "macos") {
        return;
    }
    let workspace = workspace(&good());
    // Whoever reads waits until it is written.
    assert!(workspace.command("mkfifo").arg("opened").status().unwrap().success());
    workspace.write(".bin/xdg-open", "#!/bin/sh\necho \"$@\" > opened\n");
    fs::set_permissions(workspace.path().join(".bin/xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
    let outcome = login(&workspace, "code.test", "yes\n", RIGHT).expect(0, "login");
    assert!(outcome.stdout.contains("rforge must now open a web browser to the login page for code.test."));
    assert!(
        outcome.stdout.contains("If a browser does not open this automatically, open the following URL to proceed:")
    );
    let opened = workspace.read("opened");
    assert!(outcome.stdout.contains(opened.trim()) && opened.contains("/authz?client_id=c1&"), "{opened}");
}

#[test]
fn one_interrupt_ends_the_wait_for_a_browser() {
    let workspace = workspace(&good());
    let mut command = workspace.command(rforge());
    command.args(["login", "code.test"]).env("PATH", workspace.path().join(".bin"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"yes\n").unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|it| it.contains("will now wait")));
    let id = child.id().to_string();
    assert!(workspace.command("kill").args(["-INT", &id]).status().unwrap().success());
    lines.for_each(drop);
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.code() == Some(1) && said.contains("operation canceled"), "{said}");
}
