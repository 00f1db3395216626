//! The providers that write files, or text made of parts.

use super::*;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use std::{fs, io::Read, os::unix::fs::PermissionsExt};

/// What a data source says of these arguments, or what is wrong with them.
async fn read(type_name: &str, arguments: &Json) -> Result<Json, String> {
    let provider =
        builtin(super::render).into_iter().map(|it| it.1).find(|it| it.schemas().data.contains_key(type_name)).unwrap();
    let schema = provider.schemas().data[type_name].clone();
    let config = value(&schema, arguments);
    if let Some(problem) = provider.validate(ResourceMode::Data, type_name, &config).first() {
        return Err(problem.to_string());
    }
    let read = configured(&*provider).read_data(type_name, &[config]).await.remove(0);
    read.map(|it| json_of(&schema, &it)).map_err(|it| it.to_string())
}

/// The form is that of the examples which hashicorp/cloudinit tests itself with.
#[tokio::test]
async fn renders_cloud_init() {
    let plain = |parts: Json| json!({ "gzip": false, "base64_encode": false, "part": parts });
    let start = "Content-Type: multipart/mixed; boundary=\"MIMEBOUNDARY\"\nMIME-Version: 1.0\r\n\r\n--MIMEBOUNDARY\r\n";
    let part = "Content-Transfer-Encoding: 7bit\r\nContent-Type: text/x-shellscript\r\nMime-Version: 1.0\r\n\r\nbaz";
    let named = "Content-Disposition: attachment; filename=\"foobar.sh\"\r\nContent-Transfer-Encoding: 7bit\r\n\
                 Content-Type: text/plain\r\nMime-Version: 1.0\r\nX-Merge-Type: list(append)\r\n\r\nfoo";
    let cases = [
        (
            json!([{ "content_type": "text/x-shellscript", "content": "baz" }]),
            format!("{start}{part}\r\n--MIMEBOUNDARY--\r\n"),
        ),
        (
            json!([
                { "content_type": "text/x-shellscript", "content": "baz" },
                { "content": "foo", "filename": "foobar.sh", "merge_type": "list(append)" },
            ]),
            format!("{start}{part}\r\n--MIMEBOUNDARY\r\n{named}\r\n--MIMEBOUNDARY--\r\n"),
        ),
    ];
    for (parts, expected) in cases {
        assert_eq!(read("cloudinit_config", &plain(parts.clone())).await.unwrap()["rendered"], expected, "{parts}");
        // The default: compressed, then encoded.
        let compressed = read("cloudinit_config", &json!({ "part": parts })).await.unwrap();
        assert_eq!((&compressed["gzip"], &compressed["boundary"]), (&json!(true), &json!("MIMEBOUNDARY")));
        let bytes = BASE64.decode(compressed["rendered"].as_str().unwrap()).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text).unwrap();
        assert_eq!(text, expected);
    }
    let wrong = read("cloudinit_config", &json!({ "base64_encode": false, "part": [{ "content": "x" }] })).await;
    assert_eq!(
        wrong.unwrap_err(),
        "Invalid Attribute Configuration: Expected base64_encode to be set to true when gzip is true"
    );
}

#[tokio::test]
async fn packs_archives() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::create_dir_all(path("code/lib")).unwrap();
    for (name, content) in
        [("code/main.py", "main"), ("code/lib/a.py", "a"), ("code/lib/a.pyc", "c"), ("code/.env", "e")]
    {
        fs::write(path(name), content).unwrap();
    }
    let main = ("main.py", "main");
    let cases = [
        (json!({ "source_file": path("code/main.py") }), vec![main]),
        (json!({ "source_dir": path("code") }), vec![(".env", "e"), ("lib/a.py", "a"), ("lib/a.pyc", "c"), main]),
        (json!({ "source_dir": path("code"), "excludes": ["**/*.pyc", ".env"] }), vec![("lib/a.py", "a"), main]),
        (json!({ "source_dir": path("code"), "excludes": ["lib"] }), vec![(".env", "e"), main]),
        (json!({ "source_content": "x", "source_content_filename": "x.txt" }), vec![("x.txt", "x")]),
        (
            json!({ "source": [{ "filename": "b", "content": "2" }, { "filename": "a", "content": "1" }] }),
            vec![("a", "1"), ("b", "2")],
        ),
    ];
    for (mut arguments, expected) in cases {
        let output = path("out/archive.zip");
        arguments["type"] = json!("zip");
        arguments["output_path"] = json!(output);
        let first = read("archive_file", &arguments).await.unwrap();
        let bytes = fs::read(&output).unwrap();
        assert_eq!(first["output_size"].to_string(), bytes.len().to_string(), "{arguments}");
        assert_eq!(first["id"], first["output_sha"]);
        assert_eq!(read("archive_file", &arguments).await.unwrap(), first, "the same files give the same bytes");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let entries = (0..archive.len()).map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().to_owned(), text)
        });
        let entries: Vec<_> = entries.collect();
        assert_eq!(entries.iter().map(|(a, b)| (&**a, &**b)).collect::<Vec<_>>(), expected, "{arguments}");
    }
    // The digests that the published provider is tested with.
    fs::create_dir(path("three")).unwrap();
    fs::write(path("test-file.txt"), "This is test content").unwrap();
    for at in 1..=3 {
        fs::write(path(&format!("three/file{at}.txt")), format!("This is file {at}")).unwrap();
    }
    for (mut arguments, md5) in [
        (
            json!({ "source_content": "This is some content", "source_content_filename": "content.txt" }),
            "ea35f0444ea9a3d5641d8760bc2815cc",
        ),
        (
            json!({ "source_file": path("test-file.txt"), "output_file_mode": "0666" }),
            "59fbc9e62af3cbc2f588f97498240dae",
        ),
        (json!({ "source_dir": path("three"), "output_file_mode": "0666" }), "b73f64a383716070aa4a29563b8b14d4"),
    ] {
        arguments["type"] = json!("zip");
        arguments["output_path"] = json!(path("a.zip"));
        assert_eq!(read("archive_file", &arguments).await.unwrap()["output_md5"], md5, "{arguments}");
    }
    let tar = json!({ "type": "tar.gz", "output_path": path("a.tar.gz"), "source_dir": path("code"), "output_file_mode": "0640" });
    read("archive_file", &tar).await.unwrap();
    let file = flate2::read::GzDecoder::new(fs::File::open(path("a.tar.gz")).unwrap());
    let mut archive = tar::Archive::new(file);
    let entries = archive.entries().unwrap().map(|it| it.unwrap());
    let entries: Vec<_> =
        entries.map(|it| (it.path().unwrap().display().to_string(), it.header().mode().unwrap())).collect();
    let expected = [".env", "lib/a.py", "lib/a.pyc", "main.py"].map(|it| (it.to_owned(), 0o640));
    assert_eq!(entries, expected);
    for (arguments, expected) in [
        (json!({}), "At least one of these attributes must be configured"),
        (json!({ "source_file": "a", "source_dir": "b" }), "Only one of these attributes can be configured"),
        (json!({ "source_content": "a", "source_file": "b" }), "\"source_content_filename\" must be specified"),
        (json!({ "source_file": path("none") }), "error creating archive"),
    ] {
        let mut arguments = arguments;
        arguments["type"] = json!("zip");
        arguments["output_path"] = json!(path("none.zip"));
        let wrong = read("archive_file", &arguments).await.unwrap_err();
        assert!(wrong.contains(expected), "{arguments}: {wrong}");
    }
}

#[tokio::test]
async fn writes_local_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/down/file.txt");
    for (type_name, arguments, mode) in [
        ("local_file", json!({ "content": "hello", "file_permission": "0644" }), 0o644),
        ("local_file", json!({ "content_base64": "aGVsbG8=", "file_permission": "600" }), 0o600),
        ("local_sensitive_file", json!({ "content": "hello" }), 0o700),
    ] {
        let mut arguments = arguments;
        arguments["filename"] = json!(path);
        let (provider, schema) = find(type_name);
        let config = value(&schema, &arguments);
        assert_eq!(provider.validate(ResourceMode::Managed, type_name, &config), []);
        let provider = configured(&*provider);
        let planned = propose(&*provider, type_name, &schema, Value::null(schema.block.implied_type()), config.clone());
        let creation = Creation { planned: planned.planned, config, token: String::new() };
        let created = provider.create(type_name, &creation).await.unwrap();
        let object = json_of(&schema, &created.attributes);
        assert_eq!(object["id"], "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "{type_name}");
        assert_eq!(object["content_md5"], "5d41402abc4b2a76b9719d911017c592");
        assert_eq!(object["content_base64sha256"], "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode, "{arguments}");

        let read = read("local_file", &json!({ "filename": path })).await.unwrap();
        assert_eq!((&read["content"], &read["content_sha1"]), (&json!("hello"), &object["id"]));

        let known = Known { id: created.id, attributes: created.attributes };
        let found = || provider.read(type_name, std::slice::from_ref(&known));
        assert!(matches!(found().await[0], Ok(Found::Live(_))));
        fs::write(&path, "changed by hand").unwrap();
        assert_eq!(found().await[0], Ok(Found::Gone), "another content is another file");
        provider.delete(type_name, &known).await.unwrap();
        assert!(!path.exists());
        provider.delete(type_name, &known).await.unwrap();
    }
    let (provider, schema) = find("local_file");
    for (arguments, at) in [
        (json!({ "filename": "a" }), "content"),
        (json!({ "filename": "a", "content": "b", "source": "c" }), "source"),
        (json!({ "filename": "a", "content": "b", "file_permission": "0999" }), "file_permission"),
    ] {
        let problems = provider.validate(ResourceMode::Managed, "local_file", &value(&schema, &arguments));
        let places: Vec<_> = problems.into_iter().map(|it| it.attribute.unwrap()).collect();
        assert_eq!(places, [Path::attribute(at)], "{arguments}");
    }
}
