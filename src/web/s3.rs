//! Reading from S3, or from what speaks like it, with AWS Signature Version 4: the one place that signs requests without
//! an SDK, so that builds without AWS can read too.

use super::{Answer, Client};
use hmac::{Hmac, Mac};
use regex::Regex;
use sha2::{Digest, Sha256};

/// Who asks.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub access_key: String,
    pub secret_key: String,
    pub session_token: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Bucket {
    /// `https://s3.eu-west-1.amazonaws.com`
    pub endpoint: String,
    pub region: String,
    pub name: String,
    /// Whether the name of the bucket goes before the host, and not into the path.
    pub in_host: bool,
    /// Without any, requests are open ones.
    pub credentials: Option<Credentials>,
}

impl Bucket {
    /// Asks for an object, or for the bucket itself with an empty key. Any status is an answer.
    pub fn get(&self, client: &Client, key: &str, query: &[(&str, &str)]) -> Result<Answer, String> {
        let (endpoint, path) = if self.in_host {
            let (scheme, host) = self.endpoint.split_once("://").unwrap_or(("https", &self.endpoint));
            (format!("{scheme}://{}.{host}", self.name), format!("/{}", encoded_path(key)))
        } else {
            (self.endpoint.clone(), format!("/{}/{}", encoded_path(&self.name), encoded_path(key)))
        };
        let mut query: Vec<String> = query.iter().map(|(a, b)| format!("{}={}", encoded(a), encoded(b))).collect();
        query.sort();
        let query = query.join("&");
        let separator = if query.is_empty() { "" } else { "?" };
        let now = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let host = endpoint.split_once("://").map_or("", |it| it.1);
        let headers = self.credentials.iter().flat_map(|it| self.signature(it, host, &path, &query, &now));
        client.get(&format!("{endpoint}{path}{separator}{query}"), &headers.collect::<Vec<_>>())
    }

    /// The headers of AWS Signature Version 4 for a GET of `path`.
    fn signature(
        &self,
        credentials: &Credentials,
        host: &str,
        path: &str,
        query: &str,
        now: &str,
    ) -> Vec<(&'static str, String)> {
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

/// What an answer says is wrong.
pub fn message(answer: Answer) -> String {
    let said = answer.text().unwrap_or_default();
    let message = Regex::new("(?s)<Message>(.*?)</Message>").ok();
    message.and_then(|it| Some(unescaped(&it.captures(&said)?[1]))).unwrap_or_default()
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

/// The text of an XML element.
pub fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example "GET Object" of AWS's documentation of Signature Version 4, without its Range header; "GET Bucket"
    /// for the query.
    #[test]
    fn signs_as_the_documentation_of_aws() {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            session_token: None,
        };
        let bucket = Bucket {
            endpoint: "https://s3.amazonaws.com".into(),
            region: "us-east-1".into(),
            name: "examplebucket".into(),
            in_host: true,
            credentials: None,
        };
        let host = "examplebucket.s3.amazonaws.com";
        let headers = bucket.signature(&credentials, host, "/", "max-keys=2&prefix=J", "20130524T000000Z");
        let authorization = &headers.last().unwrap().1;
        let expected = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
        assert!(authorization.ends_with(expected), "{authorization}");
    }
}
