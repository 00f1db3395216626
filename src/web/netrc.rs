//! Logins from `.netrc`, as curl and git have them, for sources over HTTP.

use std::{collections::HashMap, env, fs, path::PathBuf};

#[derive(Debug, Default)]
pub struct Netrc {
    /// Login and password by machine.
    machines: HashMap<String, (String, String)>,
}

impl Netrc {
    /// The file that `NETRC` names, or the one in the home folder. Nothing if there is none.
    pub fn read() -> Self {
        let named = env::var_os("NETRC").filter(|it| !it.is_empty()).map(PathBuf::from);
        let path = named.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".netrc")));
        let text = path.and_then(|it| fs::read_to_string(it).ok());
        Self::parse(&text.unwrap_or_default())
    }

    fn parse(text: &str) -> Self {
        let mut machines: HashMap<String, (String, String)> = HashMap::new();
        let mut current: Option<String> = None;
        let mut words = text.lines().filter(|it| !it.trim_start().starts_with('#')).flat_map(str::split_whitespace);
        while let Some(word) = words.next() {
            match word {
                "machine" => current = words.next().map(str::to_owned),
                // The login of every other machine is for no package server.
                "default" => current = None,
                // What follows is a macro up to the end of the file or an empty line; Terraform has no use for it.
                "macdef" => break,
                "login" | "password" | "account" => {
                    let value = words.next().unwrap_or_default().to_owned();
                    let Some(machine) = &current else { continue };
                    let entry = machines.entry(machine.clone()).or_default();
                    match word {
                        "login" => entry.0 = value,
                        "password" => entry.1 = value,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Self { machines }
    }

    /// Login and password for a host, whatever the port.
    pub fn login(&self, host: &str) -> Option<&(String, String)> {
        self.machines.get(host.split(':').next().unwrap_or(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_by_machine() {
        let netrc = Netrc::parse(
            "# mine\nmachine a.test login me password secret\n\nmachine b.test\n  login you\n  account x\n  \
             password pass\ndefault login any password thing\nmacdef init\nmachine c.test login no\n",
        );
        let login = |host| netrc.login(host).map(|(login, password)| format!("{login} {password}"));
        assert_eq!(login("a.test:8080").as_deref(), Some("me secret"));
        assert_eq!(login("b.test").as_deref(), Some("you pass"));
        assert_eq!(login("c.test"), None);
        assert_eq!(login("d.test"), None);
    }
}
