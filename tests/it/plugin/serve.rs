//! How a provider is served, as go-plugin does it: the handshake, the socket, the certificates, the calls that end it.

use super::provider::{Provider, Says};
use base64::Engine;
use p521::{
    ecdsa::{Signature, SigningKey as P521Key, signature::Signer as _},
    pkcs8::DecodePrivateKey,
};
use prost::{
    Message,
    bytes::{Buf, BufMut, Bytes},
};
use rforge::plugin::message::StdioData;
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, ServerConfig, SignatureAlgorithm,
    SignatureScheme,
    client::danger::HandshakeSignatureValid,
    crypto::{WebPkiSupportedAlgorithms, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    server::{
        ClientHello, ResolvesServerCert,
        danger::{ClientCertVerified, ClientCertVerifier},
    },
    sign::{CertifiedKey, Signer, SigningKey},
};
use std::{convert::Infallible, io::Write, sync::Arc};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener},
};
use tokio_rustls::TlsAcceptor;
use tonic::{
    Status,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
};

/// Made with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-521 -sha512 -nodes`, the curve that go-plugin uses.
const CERTIFICATE: &[u8] = include_bytes!("certificate.pem");
const KEY: &str = include_str!("key.pem");

/// The variable that has the test binary be a provider, and says how it is to behave from the start.
pub(super) const VARIABLE: &str = "RFORGE_TEST_PLUGIN";

/// Not a test, but the provider: started by the tests with the variable set.
#[test]
fn serve() {
    let Ok(behaviour) = std::env::var(VARIABLE) else { return };
    // Whoever started it reads only what is meant for it: the test runner's own words go elsewhere.
    let mut said = std::fs::OpenOptions::new().write(true).open("/dev/fd/3").unwrap();
    let (protocol, behaviour) = behaviour.split_once(' ').unwrap_or((&behaviour, ""));
    let cookie = std::env::var("TF_PLUGIN_MAGIC_COOKIE").unwrap_or_default();
    if cookie.len() != 64 || behaviour == "cookie" {
        eprintln!("This binary is a plugin, and there was no cookie.");
        std::process::exit(1);
    }
    // Terraform says them in any order.
    let versions = std::env::var("PLUGIN_PROTOCOL_VERSIONS").unwrap();
    assert!(["5,6", "6,5"].contains(&&*versions), "{versions}");
    match behaviour {
        "dies" => std::process::exit(3),
        "rubbish" => {
            said.write_all(b"Segmentation fault\n").unwrap();
            std::process::exit(0);
        }
        "endless" => while said.write_all(&[b'x'; 4096]).is_ok() {},
        "silent" => std::thread::sleep(std::time::Duration::from_secs(3600)),
        "crash" => crash(),
        "starts slowly" => std::thread::sleep(std::time::Duration::from_millis(1200)),
        _ => {}
    }
    note("started");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(listen(protocol, behaviour, said));
}

/// Where it writes down what it is asked, if somebody wants to know.
pub(super) const LOG: &str = "RFORGE_TEST_PLUGIN_LOG";

/// Writes a line of the log, at once and as a whole, since there may be several of us.
pub(super) fn note(line: &str) {
    let Some(path) = std::env::var_os(LOG) else { return };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    file.write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// As a program in Go goes down.
pub(super) fn crash() -> ! {
    eprintln!(
        "panic: assignment to entry in nil map\n\ngoroutine 7 [running]:\nmain.apply(0x1)\n\t/src/main.go:7 +0x1d"
    );
    std::process::exit(2);
}

async fn listen(protocol: &str, behaviour: &str, mut said: std::fs::File) {
    let (listener, place) = Listener::bind(behaviour).await;
    let own = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let told = match behaviour {
        // Not the one that it has.
        "impostor" => [&own[..], b"x"].concat(),
        _ => own.to_vec(),
    };
    let told = base64::engine::general_purpose::STANDARD_NO_PAD.encode(told);
    eprintln!(r#"{{"@level":"info","@message":"serving","@module":"test","place":"{place}"}}"#);
    writeln!(said, "1|{protocol}|{place}|grpc|{told}").unwrap();
    let client = std::env::var("PLUGIN_CLIENT_CERT").unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls(own, CertificateDer::from_pem_slice(client.as_bytes()).unwrap())));
    let provider = Arc::new(Provider::new(protocol == "5", behaviour));
    loop {
        let stream = listener.accept().await;
        let (acceptor, provider) = (acceptor.clone(), provider.clone());
        tokio::spawn(async move {
            // Who does not show the certificate that it was told is none of its business.
            let Ok(stream) = acceptor.accept(stream).await else { return };
            talk(hyper_util::rt::TokioIo::new(stream), provider).await;
        });
    }
}

/// Where it can be reached.
enum Listener {
    Unix(UnixListener),
    Tcp(TcpListener),
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Listener {
    /// And that as the handshake says it.
    async fn bind(behaviour: &str) -> (Self, String) {
        if behaviour == "tcp" {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let place = format!("tcp|{}", listener.local_addr().unwrap());
            return (Self::Tcp(listener), place);
        }
        // Terraform leaves the place to the plugin.
        let folder = std::env::var_os("PLUGIN_UNIX_SOCKET_DIR").map_or_else(std::env::temp_dir, Into::into);
        let path = folder.join(format!("plugin-{}", std::process::id()));
        // One that was killed leaves it.
        drop(std::fs::remove_file(&path));
        (Self::Unix(UnixListener::bind(&path).unwrap()), format!("unix|{}", path.display()))
    }

    async fn accept(&self) -> Box<dyn Stream> {
        match self {
            Self::Unix(it) => Box::new(it.accept().await.unwrap().0),
            Self::Tcp(it) => Box::new(it.accept().await.unwrap().0),
        }
    }
}

/// Serves one connection.
pub(super) async fn talk<S>(stream: S, provider: Arc<Provider>)
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin + 'static,
{
    let service = hyper::service::service_fn(move |request: http::Request<hyper::body::Incoming>| {
        let provider = provider.clone();
        async move {
            let path = request.uri().path().to_owned();
            if path == "/plugin.GRPCStdio/StreamStdio" {
                let output = |_| async {
                    let line = StdioData { channel: 1, data: b"printed while it works\n".to_vec() };
                    let lines = futures::stream::iter([Ok::<_, Status>(line.encode_to_vec())]);
                    Ok::<_, Status>(tonic::Response::new(lines))
                };
                let mut server = tonic::server::Grpc::new(Undecoded);
                return Ok::<_, Infallible>(server.server_streaming(tower::service_fn(output), request).await);
            }
            let answer = move |request: tonic::Request<Bytes>| {
                let (provider, path) = (provider.clone(), path.clone());
                async move {
                    match provider.answer(&path, request.into_inner()).await {
                        Says::Answer(bytes) => Ok(tonic::Response::new(bytes)),
                        Says::Status(status) => Err(status),
                        Says::End => std::process::exit(0),
                    }
                }
            };
            Ok(tonic::server::Grpc::new(Undecoded).unary(tower::service_fn(answer), request).await)
        }
    });
    let executor = hyper_util::rt::TokioExecutor::new();
    drop(hyper::server::conn::http2::Builder::new(executor).serve_connection(stream, service).await);
}

fn tls(own: CertificateDer<'static>, client: CertificateDer<'static>) -> ServerConfig {
    let secret = p521::SecretKey::from_pkcs8_pem(KEY).unwrap();
    let key = Key(Arc::new(P521Key::from_slice(&secret.to_bytes()).unwrap()));
    let certified = CertifiedKey::new(vec![own], Arc::new(key));
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(Arc::new(OnlyThis(client)))
        .with_cert_resolver(Arc::new(One(Arc::new(certified))));
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

#[derive(Debug)]
struct One(Arc<CertifiedKey>);

impl ResolvesServerCert for One {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

/// Signs as go-plugin's keys do.
#[derive(Clone)]
struct Key(Arc<P521Key>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered.contains(&self.scheme()).then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: Signature = self.0.sign(message);
        Ok(signature.to_der().as_bytes().to_vec())
    }
    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP521_SHA512
    }
}

/// Takes the client whose certificate it was told, as go-plugin does.
#[derive(Debug)]
struct OnlyThis(CertificateDer<'static>);

fn algorithms() -> WebPkiSupportedAlgorithms {
    ring::default_provider().signature_verification_algorithms
}

impl ClientCertVerifier for OnlyThis {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }
    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        match *end_entity == self.0 {
            true => Ok(ClientCertVerified::assertion()),
            false => Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)),
        }
    }
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &algorithms())
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // Terraform's keys are on the curve that ring cannot verify; whether it has the key is not what is tried here.
        if signed.scheme == SignatureScheme::ECDSA_NISTP521_SHA512 {
            return Ok(HandshakeSignatureValid::assertion());
        }
        verify_tls13_signature(message, certificate, signed, &algorithms())
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        [algorithms().supported_schemes(), vec![SignatureScheme::ECDSA_NISTP521_SHA512]].concat()
    }
}

#[derive(Clone)]
struct Undecoded;

impl Codec for Undecoded {
    type Encode = Vec<u8>;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;
    fn encoder(&mut self) -> Self {
        Self
    }
    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Undecoded {
    type Item = Vec<u8>;
    type Error = Status;
    fn encode(&mut self, message: Vec<u8>, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        into.put_slice(&message);
        Ok(())
    }
}

impl Decoder for Undecoded {
    type Item = Bytes;
    type Error = Status;
    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}
