use super::*;

/// What `terraform get` 1.11.4 writes to modules.json for these, where it gets that far.
#[test]
fn normalises_as_terraform_does() {
    let cases = [
        ("./a", "./a"),
        ("./a/../b/", "./b"),
        ("./../a", "../a"),
        ("../..//a", "../../a"),
        (".\\a\\b", "./a/b"),
        ("hashicorp/consul/aws", "registry.terraform.io/hashicorp/consul/aws"),
        ("hashicorp/consul/aws//modules/a", "registry.terraform.io/hashicorp/consul/aws//modules/a"),
        ("App.Example.com/a/b/c", "app.example.com/a/b/c"),
        ("example.com:8443/a/b/c", "example.com:8443/a/b/c"),
        ("github.com/a/b", "git::https://github.com/a/b.git"),
        ("github.com/a/b.git?ref=v1", "git::https://github.com/a/b.git?ref=v1"),
        ("github.com/a/b//c/d?ref=v1", "git::https://github.com/a/b.git//c/d?ref=v1"),
        ("github.com/a/b/c", "git::https://github.com/a/b.git//c"),
        ("bitbucket.org/a/b", "git::https://bitbucket.org/a/b.git"),
        ("git@github.com:a/b.git", "git::ssh://git@github.com/a/b.git"),
        ("git@github.com:a/b.git//c?ref=v1", "git::ssh://git@github.com/a/b.git//c?ref=v1"),
        ("git::https://example.com/a.git//b?ref=v1&depth=1", "git::https://example.com/a.git//b?ref=v1&depth=1"),
        ("git::ssh://git@example.com/a.git", "git::ssh://git@example.com/a.git"),
        ("git::git@example.com:a/b.git", "git::ssh://git@example.com/a/b.git"),
        ("https://example.com/a.zip//b?checksum=md5:x", "https://example.com/a.zip//b?checksum=md5:x"),
        ("s3::https://s3.amazonaws.com/bucket/a.zip", "s3::https://s3.amazonaws.com/bucket/a.zip"),
        ("s3.amazonaws.com/bucket/a.zip", "s3::https://s3.amazonaws.com/bucket/a.zip"),
        ("bucket.s3.eu-west-1.amazonaws.com/a.zip", "s3::https://s3.eu-west-1.amazonaws.com/bucket/a.zip"),
        ("/opt/modules//a", "file:///opt/modules//a"),
    ];
    for (text, expected) in cases {
        let parsed = ModuleSource::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(parsed.to_string(), expected, "{text}");
        assert_eq!(ModuleSource::parse(expected).as_ref(), Ok(&parsed), "{expected} means the same");
    }
}

#[test]
fn says_why_an_address_is_malformed() {
    let cases = [
        ("foo/bar", "invalid source address: foo/bar"),
        (".", "invalid source address: ."),
        ("", "invalid source address: "),
        ("github.com/foo", "GitHub URLs should be github.com/username/repo"),
        ("git::file:///a//../x", "subdirectory path \"../x\" leads outside of the module package"),
    ];
    for (text, expected) in cases {
        assert_eq!(ModuleSource::parse(text).unwrap_err().to_string(), expected, "{text}");
    }
    let versioned = [
        ("./x", "can't use local directory \"./x\" as a module registry address"),
        (
            "https://example.com/a/b",
            "a module registry source address must have either three or four slash-separated components",
        ),
        ("localhost/a/b/c", "invalid module registry hostname: must contain at least one dot"),
        (
            "github.com/a/b/c",
            "can't use \"github.com\" as a module registry host, because it's reserved for installing directly from \
             version control repositories",
        ),
    ];
    for (text, expected) in versioned {
        assert_eq!(ModuleSource::parse_versioned(text).unwrap_err().to_string(), expected, "{text}");
    }
}
