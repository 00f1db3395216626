//! Packages on S3: one object, or all objects below a key.

use super::{
    http::{Answer, Client},
    url::Url,
};
use hmac::{Hmac, Mac};
use regex::Regex;
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::Read,
    path::{Component, Path},
};

/// Who asks.
#[derive(Clone)]
pub struct Credentials {
    pub access_key: String,
    pub secret_key: String,
    pub session_token: Option<String>,
}

/// Where something is.
struct Place {
    /// `https://s3.eu-west-1.amazonaws.com`
    endpoint: String,
    region: String,
    bucket: String,
    key: String,
    version: Option<String>,
    credentials: Option<Credentials>,
}

/// The content of one object.
pub fn object(client: &Client, url: Url, credentials: &dyn Fn() -> Option<Credentials>) -> Result<Vec<u8>, String> {
    let place = Place::new(url, credentials)?;
    let version: Vec<_> = place.version.iter().map(|it| ("versionId", it.as_str())).collect();
    content(place.get(client, &place.key, &version)?)
}

/// Writes every object below the key into the folder `target`.
pub fn folder(
    client: &Client,
    url: Url,
    credentials: &dyn Fn() -> Option<Credentials>,
    target: &Path,
) -> Result<(), String> {
    let place = Place::new(url, credentials)?;
    let prefix = format!("{}/", place.key.trim_end_matches('/'));
    let keys = place.list(client, &prefix)?;
    if keys.is_empty() {
        return Err(format!("there is nothing below {prefix:?} in the bucket {:?}", place.bucket));
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
        Ok(Self { endpoint, region, bucket, key, version, credentials: given.or_else(credentials) })
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

    /// A signed request, or an open one where there are no credentials.
    fn get(&self, client: &Client, key: &str, query: &[(&str, &str)]) -> Result<Answer, String> {
        let path = format!("/{}/{}", encoded_path(&self.bucket), encoded_path(key));
        let mut query: Vec<String> = query.iter().map(|(a, b)| format!("{}={}", encoded(a), encoded(b))).collect();
        query.sort();
        let query = query.join("&");
        let separator = if query.is_empty() { "" } else { "?" };
        let now = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let headers =
            self.credentials.iter().flat_map(|it| self.signature(it, &path, &query, &now)).collect::<Vec<_>>();
        let answer = client.get(&format!("{}{path}{separator}{query}", self.endpoint), &headers)?;
        match answer.status {
            200 => Ok(answer),
            status => {
                let said = answer.text().unwrap_or_default();
                let said = Regex::new("(?s)<Message>(.*?)</Message>")
                    .ok()
                    .and_then(|it| Some(unescaped(&it.captures(&said)?[1])));
                Err(format!("S3 answered {status} for {}/{key}: {}", self.bucket, said.unwrap_or_default()))
            }
        }
    }

    /// The headers of AWS Signature Version 4 for a GET of `path`.
    fn signature(&self, credentials: &Credentials, path: &str, query: &str, now: &str) -> Vec<(&'static str, String)> {
        let host = self.endpoint.split_once("://").map_or("", |it| it.1);
        let nothing = hex(&Sha256::digest(b""));
        let mut headers =
            vec![("host", host.to_owned()), ("x-amz-content-sha256", nothing.clone()), ("x-amz-date", now.to_owned())];
        headers.extend(credentials.session_token.iter().map(|it| ("x-amz-security-token", it.clone())));
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let names = headers.iter().map(|it| it.0).collect::<Vec<_>>().join(";");
        let request = format!("GET\n{path}\n{query}\n{lines}\n{names}\n{nothing}");
        let date = &now[..8];
        let scope = format!("{date}/{}/s3/aws4_request", self.region);
        let text = format!("AWS4-HMAC-SHA256\n{now}\n{scope}\n{}", hex(&Sha256::digest(request.as_bytes())));
        let secret = format!("AWS4{}", credentials.secret_key);
        let key =
            [date, &self.region, "s3", "aws4_request"].iter().fold(secret.into_bytes(), |key, part| mac(&key, part));
        let signature = hex(&mac(&key, &text));
        let access = &credentials.access_key;
        let authorization =
            format!("AWS4-HMAC-SHA256 Credential={access}/{scope}, SignedHeaders={names}, Signature={signature}");
        headers.remove(0);
        headers.push(("authorization", authorization));
        headers
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    // A key of any length will do.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|it| it.chain_update(text.as_bytes()).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn encoded(text: &str) -> String {
    urlencoding::encode(text).into_owned()
}

fn encoded_path(path: &str) -> String {
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
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
            let found = (&*place.endpoint, &*place.region, &*place.bucket, &*place.key);
            assert_eq!(found, (endpoint, region, bucket, key), "{url}");
        }
    }

    /// The example "GET Object" of AWS's documentation of Signature Version 4, without its Range header; "GET Bucket"
    /// for the query.
    #[test]
    fn signs_as_the_documentation_of_aws() {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            session_token: None,
        };
        let place = Place {
            endpoint: "https://examplebucket.s3.amazonaws.com".into(),
            region: "us-east-1".into(),
            bucket: String::new(),
            key: String::new(),
            version: None,
            credentials: None,
        };
        let headers = place.signature(&credentials, "/", "max-keys=2&prefix=J", "20130524T000000Z");
        let authorization = &headers.last().unwrap().1;
        let expected = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
        assert!(authorization.ends_with(expected), "{authorization}");
    }
}
