//! The line with which a plugin says where it can be reached.

use super::Protocol;
use base64::Engine;
use std::{net::SocketAddr, path::PathBuf};

/// Where a plugin listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A socket in the file system.
    Unix(PathBuf),
    /// A port, usually of this machine.
    Tcp(SocketAddr),
}

impl Address {
    /// As the handshake and `TF_REATTACH_PROVIDERS` have it. An error says what is wrong.
    pub(super) fn parse(network: &str, address: &str) -> Result<Self, String> {
        match network {
            "unix" if address.is_empty() || address.contains('\0') => Err(format!("{address:?} is not a path")),
            "unix" => Ok(Self::Unix(address.into())),
            "tcp" => {
                // Plugins say numbers: nobody is asked for a name.
                let numbers = address.replacen("localhost:", "127.0.0.1:", 1);
                numbers.parse().map(Self::Tcp).map_err(|_| format!("{address:?} is not an address"))
            }
            _ => Err(format!("{network:?} is not a kind of network that plugins use")),
        }
    }
}

/// What the line says.
#[derive(Debug, PartialEq)]
pub(super) struct Handshake {
    pub protocol: Protocol,
    pub address: Address,
    /// What the plugin shows when it is connected to.
    pub certificate: Vec<u8>,
}

impl Handshake {
    /// `1|6|unix|/tmp/plugin123|grpc|MIIC…`. An error says what is wrong with it.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let parts: Vec<&str> = line.trim().split('|').collect();
        let [core, protocol, network, address, rest @ ..] = &*parts else {
            let shown: String = line.trim().chars().take(200).collect();
            return Err(format!("Instead of saying where it can be reached, it printed {shown:?}."));
        };
        if *core != "1" {
            return Err(format!("It speaks version {core:?} of what all kinds of plugins speak, and only 1 is known."));
        }
        let protocol = match *protocol {
            "5" => Protocol::V5,
            "6" => Protocol::V6,
            other => {
                return Err(format!(
                    "It speaks version {other:?} of the protocol of providers, and only 5 and 6 are known."
                ));
            }
        };
        let address = Address::parse(network, address).map_err(|it| format!("It cannot be reached: {it}."))?;
        if rest.first() != Some(&"grpc") {
            return Err("It does not speak gRPC, as all providers for Terraform 0.12 and later do.".into());
        }
        let certificate = rest.get(1).map_or("", |it| it.trim_end_matches('='));
        let certificate = base64::engine::general_purpose::STANDARD_NO_PAD.decode(certificate);
        match certificate {
            Ok(certificate) if !certificate.is_empty() => Ok(Self { protocol, address, certificate }),
            _ => {
                Err("It does not say what certificate it has, so that it could not be told from another program."
                    .into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood() {
        let unix = Address::Unix("/tmp/p".into());
        let tcp = Address::Tcp("127.0.0.1:1234".parse().unwrap());
        for (line, protocol, address) in [
            ("1|6|unix|/tmp/p|grpc|AQID\n", Protocol::V6, unix.clone()),
            ("1|5|tcp|127.0.0.1:1234|grpc|AQID|true", Protocol::V5, tcp.clone()),
            ("1|5|tcp|localhost:1234|grpc|AQID", Protocol::V5, tcp),
            ("  1|5|unix|/tmp/p|grpc|AQID", Protocol::V5, unix),
        ] {
            let expected = Handshake { protocol, address, certificate: vec![1, 2, 3] };
            assert_eq!(Handshake::parse(line), Ok(expected), "{line}");
        }
        for (line, said) in [
            ("", "printed \"\""),
            ("Hello|World", "printed \"Hello|World\""),
            ("2|6|unix|/tmp/p|grpc|AQID", "version \"2\" of what all"),
            ("1|4|unix|/tmp/p|grpc|AQID", "version \"4\" of the protocol"),
            ("1|6|udp|x|grpc|AQID", "\"udp\" is not a kind"),
            ("1|6|unix||grpc|AQID", "\"\" is not a path"),
            ("1|6|tcp|127.0.0.1|grpc|AQID", "\"127.0.0.1\" is not an address"),
            ("1|6|tcp|example.com:80|grpc|AQID", "\"example.com:80\" is not an address"),
            ("1|6|unix|/tmp/p", "gRPC"),
            ("1|6|unix|/tmp/p|netrpc|AQID", "gRPC"),
            ("1|6|unix|/tmp/p|grpc|", "certificate"),
            ("1|6|unix|/tmp/p|grpc|$$", "certificate"),
        ] {
            let why = Handshake::parse(line).unwrap_err();
            assert!(why.contains(said), "{line}: {why}");
        }
    }
}
