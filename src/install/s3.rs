//! Packages on S3: one object, or all objects below a key.

use crate::web::{
    Answer, Client, Url,
    s3::{Bucket, Credentials, message, unescaped},
};
use regex::Regex;
use std::{
    fs,
    io::Read,
    path::{Component, Path},
};

/// Where something is.
struct Place {
    bucket: Bucket,
    key: String,
    version: Option<String>,
}

/// The content of one object.
pub(super) fn object(
    client: &Client,
    url: Url,
    credentials: &dyn Fn() -> Option<Credentials>,
) -> Result<Vec<u8>, String> {
    let place = Place::new(url, credentials)?;
    let version: Vec<_> = place.version.iter().map(|it| ("versionId", it.as_str())).collect();
    content(place.get(client, &place.key, &version)?)
}

/// Writes every object below the key into the folder `target`.
pub(super) fn folder(
    client: &Client,
    url: Url,
    credentials: &dyn Fn() -> Option<Credentials>,
    target: &Path,
) -> Result<(), String> {
    let place = Place::new(url, credentials)?;
    let prefix = format!("{}/", place.key.trim_end_matches('/'));
    let keys = place.list(client, &prefix)?;
    if keys.is_empty() {
        return Err(format!("there is nothing below {prefix:?} in the bucket {:?}", place.bucket.name));
    }
    for key in keys.iter().filter(|it| !it.ends_with('/')) {
        let name = Path::new(key.strip_prefix(&prefix).unwrap_or(key));
        if !name.components().all(|it| matches!(it, Component::Normal(_))) {
            return Err(format!("the key {key:?} leads outside of the module"));
        }
        let content = content(place.get(client, key, &[])?)?;
        let path = target.join(name);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, content));
        written.map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn content(answer: Answer) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    answer.reader().read_to_end(&mut content).map_err(|error| error.to_string())?;
    Ok(content)
}

impl Place {
    fn new(mut url: Url, credentials: &dyn Fn() -> Option<Credentials>) -> Result<Self, String> {
        let host = url.host().to_owned();
        let labels: Vec<&str> = host.split('.').collect();
        let region_of = |label: &str| label.strip_prefix("s3-").unwrap_or("us-east-1").to_owned();
        let path = url.path().trim_start_matches('/').to_owned();
        let in_path = || path.split_once('/').map(|(bucket, key)| (bucket.to_owned(), key.to_owned()));
        let (region, place) = match (host.ends_with(".amazonaws.com"), &labels[..]) {
            (true, [service, _, _]) => (region_of(service), in_path()),
            (true, ["s3", region, _, _]) => ((*region).to_owned(), in_path()),
            (true, [bucket, service, _, _]) => (region_of(service), Some(((*bucket).to_owned(), path.clone()))),
            (true, [bucket, "s3", region, _, _]) => ((*region).to_owned(), Some(((*bucket).to_owned(), path.clone()))),
            (true, _) => return Err("URL is not a valid S3 URL".into()),
            // A service that speaks like S3.
            (false, _) => (url.take("region").unwrap_or_else(|| "us-east-1".into()), in_path()),
        };
        let (bucket, key) = place.ok_or("URL is not a valid S3 URL")?;
        let given = url.take("aws_access_key_id").zip(url.take("aws_access_key_secret"));
        let session_token = url.take("aws_access_token");
        let given = given.map(|(access_key, secret_key)| Credentials { access_key, secret_key, session_token });
        let endpoint = match host.ends_with(".amazonaws.com") {
            true => format!("https://s3.{region}.amazonaws.com"),
            false => format!("{}://{host}", url.scheme()),
        };
        let version = url.take("version");
        let credentials = given.or_else(credentials);
        Ok(Self { bucket: Bucket { endpoint, region, name: bucket, in_host: false, credentials }, key, version })
    }

    fn list(&self, client: &Client, prefix: &str) -> Result<Vec<String>, String> {
        let find = |name: &str| Regex::new(&format!("(?s)<{name}>(.*?)</{name}>")).map_err(|error| error.to_string());
        let (key, next) = (find("Key")?, find("NextContinuationToken")?);
        let (mut keys, mut token) = (Vec::new(), None::<String>);
        loop {
            let mut query = vec![("list-type", "2"), ("prefix", prefix)];
            query.extend(token.iter().map(|it| ("continuation-token", it.as_str())));
            let page = self.get(client, "", &query)?.text()?;
            keys.extend(key.captures_iter(&page).map(|it| unescaped(&it[1])));
            token = next.captures(&page).map(|it| unescaped(&it[1]));
            if token.is_none() {
                return Ok(keys);
            }
        }
    }

    fn get(&self, client: &Client, key: &str, query: &[(&str, &str)]) -> Result<Answer, String> {
        let answer = self.bucket.get(client, key, query)?;
        match answer.status {
            200 => Ok(answer),
            status => Err(format!("S3 answered {status} for {}/{key}: {}", self.bucket.name, message(answer))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_bucket_and_region() {
        let cases = [
            ("https://s3.amazonaws.com/b/k/x.zip", "https://s3.us-east-1.amazonaws.com", "us-east-1", "b", "k/x.zip"),
            (
                "https://s3-eu-west-1.amazonaws.com/b/k.zip",
                "https://s3.eu-west-1.amazonaws.com",
                "eu-west-1",
                "b",
                "k.zip",
            ),
            (
                "https://s3.eu-west-1.amazonaws.com/b/k.zip",
                "https://s3.eu-west-1.amazonaws.com",
                "eu-west-1",
                "b",
                "k.zip",
            ),
            (
                "https://b.s3.eu-west-1.amazonaws.com/k.zip",
                "https://s3.eu-west-1.amazonaws.com",
                "eu-west-1",
                "b",
                "k.zip",
            ),
            (
                "https://b.s3-eu-west-1.amazonaws.com/k.zip",
                "https://s3.eu-west-1.amazonaws.com",
                "eu-west-1",
                "b",
                "k.zip",
            ),
            ("http://127.0.0.1:9000/b/k.zip?region=x", "http://127.0.0.1:9000", "x", "b", "k.zip"),
        ];
        for (url, endpoint, region, bucket, key) in cases {
            let place = Place::new(Url::parse(url), &|| None).unwrap();
            let found = (&*place.bucket.endpoint, &*place.bucket.region, &*place.bucket.name, &*place.key);
            assert_eq!(found, (endpoint, region, bucket, key), "{url}");
        }
    }
}
