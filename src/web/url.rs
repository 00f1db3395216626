//! The parts of a URL that sources are made of. What is not looked at stays as it is written.

/// A URL with its query taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// `https://example.com/a.zip`, as it is written.
    pub base: String,
    /// Decoded.
    pub query: Vec<(String, String)>,
}

impl Url {
    pub fn parse(text: &str) -> Self {
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        let decoded =
            |text: &str| urlencoding::decode(&text.replace('+', " ")).map_or_else(|_| text.into(), Into::into);
        let pairs = query.split('&').filter(|it| !it.is_empty());
        let pairs = pairs.map(|it| it.split_once('=').unwrap_or((it, "")));
        Self { base: base.to_owned(), query: pairs.map(|(name, value)| (decoded(name), decoded(value))).collect() }
    }

    /// Takes an argument that is meant for the fetcher rather than for the server.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.query.iter().position(|it| it.0 == name)?;
        Some(self.query.remove(at).1)
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// `https`
    pub fn scheme(&self) -> &str {
        self.base.split_once("://").map_or("", |it| it.0)
    }

    /// What follows the host: `/a.zip`.
    pub fn path(&self) -> &str {
        let rest = self.base.split_once("://").map_or(&*self.base, |it| it.1);
        rest.find('/').map_or("", |at| &rest[at..])
    }

    /// `example.com:443`
    pub fn host(&self) -> &str {
        let rest = self.base.split_once("://").map_or(&*self.base, |it| it.1);
        rest.split('/').next().unwrap_or_default()
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.base)?;
        for (at, (name, value)) in self.query.iter().enumerate() {
            let (name, value) = (urlencoding::encode(name), urlencoding::encode(value));
            write!(formatter, "{}{name}={value}", if at == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

/// Arguments of a query that say what is wanted, and not who wants it.
const OPEN: [&str; 5] = ["archive", "checksum", "depth", "ref", "terraform-get"];

/// A URL as messages show it: without the login before the host, and without what the query says.
pub fn shown(url: &str) -> String {
    let Url { base, query } = Url::parse(url);
    let (scheme, rest) = base.split_once("://").unwrap_or(("", &base));
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let host = host.rsplit_once('@').map_or(host.to_owned(), |it| format!("xxxxx@{}", it.1));
    let hidden = |(name, value): (String, String)| {
        let value = if OPEN.contains(&&*name) { value } else { "xxxxx".into() };
        (name, value)
    };
    let base = if scheme.is_empty() { format!("{host}{path}") } else { format!("{scheme}://{host}{path}") };
    Url { base, query: query.into_iter().map(hidden).collect() }.to_string()
}

/// `reference` as seen from the page at `base`: absolute, from the root of the host, or from the folder of the page.
pub fn resolve(base: &str, reference: &str) -> String {
    if reference.contains("://") || reference.contains("::") {
        return reference.to_owned();
    }
    let url = Url::parse(base);
    let root = format!("{}://{}", url.scheme(), url.host());
    if reference.starts_with('/') {
        return format!("{root}{reference}");
    }
    let (path, rest) = reference.find('?').map_or((reference, ""), |at| reference.split_at(at));
    let folder = url.path().rsplit_once('/').map_or("", |it| it.0);
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    format!("{root}/{}{rest}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_urls_apart() {
        let mut url = Url::parse("https://example.com:8443/a/b.zip?ref=v1%2B2&depth=1");
        assert_eq!((url.scheme(), url.host(), url.path()), ("https", "example.com:8443", "/a/b.zip"));
        assert_eq!(url.take("ref").as_deref(), Some("v1+2"));
        assert_eq!(url.with("a", "b c").to_string(), "https://example.com:8443/a/b.zip?depth=1&a=b%20c");
        assert_eq!(Url::parse("file:///tmp/a").path(), "/tmp/a");
    }

    #[test]
    fn shows_no_secrets() {
        for (url, expected) in [
            ("https://example.com:8443/a/b.zip", "https://example.com:8443/a/b.zip"),
            ("https://a:b@c@example.com/x?ref=v1&sig=s", "https://xxxxx@example.com/x?ref=v1&sig=xxxxx"),
            ("http://token@h?x", "http://xxxxx@h?x=xxxxx"),
            ("no url", "no url"),
        ] {
            assert_eq!(shown(url), expected);
        }
    }

    #[test]
    fn resolves_references() {
        let base = "https://example.com/v1/modules/a/b/c/1.0.0/download";
        let cases = [
            ("https://other.com/x", "https://other.com/x"),
            ("git::ssh://x/y", "git::ssh://x/y"),
            ("/x/y.zip?a=b", "https://example.com/x/y.zip?a=b"),
            ("./y.zip", "https://example.com/v1/modules/a/b/c/1.0.0/y.zip"),
            ("../../y.zip?a=../b", "https://example.com/v1/modules/a/b/y.zip?a=../b"),
            ("y", "https://example.com/v1/modules/a/b/c/1.0.0/y"),
        ];
        for (reference, expected) in cases {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
    }
}
