//! `terraform_remote_state` reads states that servers keep: with Terraform's arguments, from servers on loopback.

use std::collections::BTreeMap;

use crate::{
    server::{Page, Server},
    workspace::Workspace,
};

fn state(output: &str) -> String {
    format!(
        r#"{{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "resources": [],
            "outputs": {{"from": {{"value": "{output}", "type": "string"}}}}}}"#
    )
}

fn server() -> Server {
    let signed = "/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=";
    let with_secret = |secret, output: &str| Page { secret: Some(secret), ..Page::of(state(output)) };
    let missing = "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";
    let pages: BTreeMap<String, Page> = [
        ("/open", Page::of(state("open"))),
        ("/login", with_secret("Authorization: Basic bWU6b3Blbi1zZXNhbWU=", "login")),
        ("/forbidden", Page { status: 403, ..Page::default() }),
        ("/broken", Page::of("{")),
        ("/bucket/net/state", with_secret(signed, "bucket")),
        ("/bucket/env%3A/blue/net/state", with_secret(signed, "blue")),
        ("/bucket/spaces/blue/net/state", with_secret("Credential=other/", "prefix")),
        ("/bucket/none", Page { status: 404, ..Page::of(missing) }),
        ("/bucket/denied", Page { status: 403, ..Page::of("<Error><Message>Access Denied</Message></Error>") }),
    ]
    .map(|(path, page)| (path.to_string(), page))
    .into();
    Server::start(pages)
}

/// A data source of these arguments; URL stands for the server.
fn configuration(server: &Server, arguments: &str) -> String {
    let data = format!("data \"terraform_remote_state\" \"other\" {{\n{arguments}\n}}\n");
    data.replace("URL", &server.url)
        + "output \"from\" {\n  value = data.terraform_remote_state.other.outputs.from\n}\n"
}

#[test]
fn outputs_are_read() {
    let server = server();
    let bucket = r#"bucket = "bucket", key = "net/state", region = "eu-west-1", endpoints = { s3 = "URL" }, use_path_style = true"#;
    let cases = [
        (r#"backend = "http", config = { address = "URL/open" }"#.to_string(), "open"),
        (
            r#"backend = "http", config = { address = "URL/login", username = "me", password = "open-sesame" }"#.into(),
            "login",
        ),
        (format!(r#"backend = "s3", config = {{ {bucket} }}"#), "bucket"),
        (format!(r#"backend = "s3", workspace = "blue", config = {{ {bucket} }}"#), "blue"),
        (
            format!(r#"backend = "s3", workspace = "blue", config = {{ {bucket}, workspace_key_prefix = "spaces", profile = "other" }}"#),
            "prefix",
        ),
        (
            r#"backend = "s3", config = { bucket = "bucket", key = "none", region = "x", endpoint = "URL", access_key = "a", secret_key = "b", force_path_style = "true" }, defaults = { from = "default" }"#
                .into(),
            "",
        ),
    ];
    for (arguments, expected) in cases {
        let workspace = Workspace::new(None);
        workspace.write(".home/.aws/credentials", "[other]\naws_access_key_id = other\naws_secret_access_key = x\n");
        let arguments = lines(&arguments);
        workspace.write("main.tf", &configuration(&server, &arguments));
        workspace.rforge(&["validate"]).expect(0, &arguments);
        if expected.is_empty() {
            let said = workspace.rforge(&["plan"]).expect(1, &arguments).stderr;
            assert!(said.contains("Error: Unable to find remote state"), "{said}");
            continue;
        }
        workspace.rforge(&["apply", "-auto-approve"]).expect(0, &arguments);
        assert_eq!(workspace.rforge(&["output", "-raw", "from"]).expect(0, &arguments).stdout, expected);
    }
}

/// One argument a line.
fn lines(arguments: &str) -> String {
    let mut depth = 0;
    let separated = |it: char| {
        match it {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if it == ',' && depth == 0 { '\n' } else { it }
    };
    arguments.chars().map(separated).collect()
}

#[test]
fn what_is_wrong_is_said() {
    let server = server();
    let s3 = r#"bucket = "bucket", region = "x", endpoints = { s3 = "URL" }, use_path_style = true"#;
    let cases = [
        (r#"backend = "http", config = {}"#.to_string(), "address argument is required"),
        (r#"backend = "http", config = { address = "ftp://x" }"#.into(), "address must be HTTP or HTTPS"),
        (
            r#"backend = "http", config = { address = "URL/open", adress = 1 }"#.into(),
            "unexpected attribute \"adress\"",
        ),
        (
            r#"backend = "http", config = { address = "URL/open", skip_cert_verification = true }"#.into(),
            "rforge does not support \"skip_cert_verification\" here yet",
        ),
        (
            r#"backend = "http", workspace = "blue", config = { address = "URL/open" }"#.into(),
            "workspaces not supported",
        ),
        (r#"backend = "http", config = { address = "URL/none" }"#.into(), "No stored state was found"),
        (r#"backend = "http", config = { address = "URL/login" }"#.into(), "HTTP remote state endpoint requires auth"),
        (
            r#"backend = "http", config = { address = "URL/forbidden" }"#.into(),
            "HTTP remote state endpoint invalid auth",
        ),
        (r#"backend = "http", config = { address = "URL/broken" }"#.into(), "could not be parsed as JSON"),
        (r#"backend = "s3", config = { key = "x" }"#.into(), "the \"bucket\" attribute value must not be empty"),
        (
            format!(r#"backend = "s3", config = {{ {s3}, key = "denied" }}"#),
            "S3 answered 403 for bucket/denied: Access Denied",
        ),
        (format!(r#"backend = "s3", config = {{ {s3}, key = "none" }}"#), "No stored state was found"),
        (
            format!(r#"backend = "s3", config = {{ {s3}, key = "k", profile = "nobody" }}"#),
            "the profile \"nobody\" has no keys in the shared credentials file",
        ),
        (
            format!(r#"backend = "s3", config = {{ {s3}, key = "k", assume_role = {{ role_arn = "a" }} }}"#),
            "rforge does not support \"assume_role\" here yet",
        ),
        (
            r#"backend = "gcs""#.into(),
            "rforge reads the states of the backends \"local\", \"http\" and \"s3\", not yet those of \"gcs\".",
        ),
        (r#"backend = "nothing""#.into(), "There is no backend type named \"nothing\"."),
    ];
    for (arguments, expected) in cases {
        let workspace = Workspace::new(None);
        workspace.write("main.tf", &configuration(&server, &lines(&arguments)));
        let said = workspace.rforge(&["plan"]).expect(1, &arguments).stderr;
        let unwrapped = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(expected), "{arguments}: {said}");
    }
}
