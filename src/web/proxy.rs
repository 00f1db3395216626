//! The proxy that the environment has for a URL, by Go's rules: each scheme has its variable, what is on this machine is
//! never asked for through one, and `NO_PROXY` lists what else is not.

use ipnet::IpNet;
use std::net::IpAddr;

/// The address of the proxy, if there is one. `host` is `example.com:8443`, with or without the port.
pub(super) fn proxy_for(scheme: &str, host: &str, variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let set = |name: &str| variable(name).filter(|it| !it.is_empty());
    let either = |upper: &str, lower: &str| set(upper).or_else(|| set(lower));
    let proxy = match scheme {
        "https" => either("HTTPS_PROXY", "https_proxy"),
        // Where a web server runs this, it would be whoever asks that says `Proxy:`.
        _ if set("REQUEST_METHOD").is_some() => None,
        _ => either("HTTP_PROXY", "http_proxy"),
    }?;
    let (name, port) = split(host);
    let port = port.unwrap_or(if scheme == "https" { "443" } else { "80" });
    let address: Option<IpAddr> = name.parse().ok();
    if name == "localhost" || address.is_some_and(|it| it.is_loopback()) {
        return None;
    }
    let listed = either("NO_PROXY", "no_proxy").unwrap_or_default();
    let excluded = listed.split(',').map(str::trim).filter(|it| !it.is_empty());
    let excluded = excluded.into_iter().any(|entry| excludes(entry, name, address, port));
    (!excluded).then_some(proxy)
}

fn excludes(entry: &str, name: &str, address: Option<IpAddr>, port: &str) -> bool {
    if entry == "*" {
        return true;
    }
    if let (Ok(network), Some(address)) = (entry.parse::<IpNet>(), address) {
        return network.contains(&address);
    }
    let (listed, of_port) = split(entry);
    if of_port.is_some_and(|it| it != port) {
        return false;
    }
    if let Ok(listed) = listed.parse::<IpAddr>() {
        return address == Some(listed);
    }
    // `.example.com` and `*.example.com` leave out the domain itself.
    let listed = listed.to_lowercase();
    let domain = listed.strip_prefix('*').unwrap_or(&listed);
    match domain.strip_prefix('.') {
        Some(_) => name.ends_with(domain),
        None => name == domain || name.strip_suffix(domain).is_some_and(|it| it.ends_with('.')),
    }
}

/// Host and port; an address of version 6 stands in brackets where it has a port.
pub(super) fn split(host: &str) -> (&str, Option<&str>) {
    if let Some((name, rest)) = host.strip_prefix('[').and_then(|it| it.split_once(']')) {
        return (name, rest.strip_prefix(':'));
    }
    match host.split_once(':') {
        Some((name, port)) if !port.contains(':') => (name, Some(port)),
        _ => (host, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_which_proxy() {
        let none = "";
        let all = "localhost,example.com,.inner.net,*.star.net,10.0.0.0/8,192.0.2.7,ported.net:8080";
        let cases = [
            ("http", "far.org", none, Some("http://plain")),
            ("https", "far.org:8443", none, Some("http://secure")),
            ("http", "localhost:8080", none, None),
            ("http", "127.0.0.9", none, None),
            ("http", "[::1]:80", none, None),
            ("http", "far.org", "*", None),
            ("http", "example.com", all, None),
            ("http", "a.example.com:81", all, None),
            ("http", "anexample.com", all, Some("http://plain")),
            ("http", "inner.net", all, Some("http://plain")),
            ("http", "a.inner.net", all, None),
            ("http", "a.star.net", all, None),
            ("https", "10.1.2.3", all, None),
            ("https", "11.1.2.3", all, Some("http://secure")),
            ("https", "192.0.2.7:444", all, None),
            ("http", "ported.net:8080", all, None),
            ("http", "ported.net", all, Some("http://plain")),
        ];
        for (scheme, host, excluded, expected) in cases {
            let variable = |name: &str| match name {
                "HTTP_PROXY" => Some("http://plain".into()),
                "https_proxy" => Some("http://secure".into()),
                "NO_PROXY" => Some(excluded.into()),
                _ => None,
            };
            assert_eq!(proxy_for(scheme, host, &variable).as_deref(), expected, "{scheme} {host} {excluded}");
        }
        let in_a_server = |name: &str| Some(name.to_owned()).filter(|it| it == "HTTP_PROXY" || it == "REQUEST_METHOD");
        assert_eq!(proxy_for("http", "far.org", &in_a_server), None);
    }
}
