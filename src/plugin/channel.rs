//! Calls over a connection to a plugin.

use super::{Address, tls};
use prost::{
    Message,
    bytes::{Buf, BufMut, Bytes},
};
use rustls::{ClientConfig, pki_types::ServerName};
use std::{io, sync::Arc};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, UnixStream},
};
use tokio_rustls::TlsConnector;
use tonic::{
    Request, Status, Streaming,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    transport::{Channel, Endpoint, Error},
};

/// No more than Terraform takes.
const LARGEST_MESSAGE: usize = 256 << 20;
/// Schemas have megabytes.
const WINDOW: u32 = 16 << 20;

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Connects to a plugin, in private if it was started by us.
pub(super) async fn connect(address: Address, tls: Option<ClientConfig>) -> Result<Channel, Error> {
    let tls = tls.map(|it| TlsConnector::from(Arc::new(it)));
    let connect = move |_| {
        let (address, tls) = (address.clone(), tls.clone());
        async move { open(&address, tls).await.map(hyper_util::rt::TokioIo::new) }
    };
    let endpoint = Endpoint::from_static("http://localhost");
    let endpoint = endpoint.initial_stream_window_size(WINDOW).initial_connection_window_size(WINDOW);
    endpoint.connect_with_connector(tower::service_fn(connect)).await
}

async fn open(address: &Address, tls: Option<TlsConnector>) -> io::Result<Box<dyn Stream>> {
    let stream: Box<dyn Stream> = match address {
        Address::Unix(path) => Box::new(UnixStream::connect(path).await?),
        Address::Tcp(address) => {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Box::new(stream)
        }
    };
    let Some(tls) = tls else { return Ok(stream) };
    let name = ServerName::try_from(tls::NAME).map_err(io::Error::other)?;
    Ok(Box::new(tls.connect(name, stream).await?))
}

/// The answer to one request, undecoded.
pub(super) async fn call(channel: &Channel, path: &'static str, request: &impl Message) -> Result<Bytes, Status> {
    let mut client = client(channel).await?;
    let path = http::uri::PathAndQuery::from_static(path);
    let answer = client.unary(Request::new(request.encode_to_vec()), path, Undecoded).await?;
    Ok(answer.into_inner())
}

/// The answers to one request, as they come.
pub(super) async fn stream(
    channel: &Channel,
    path: &'static str,
    request: &impl Message,
) -> Result<Streaming<Bytes>, Status> {
    let mut client = client(channel).await?;
    let path = http::uri::PathAndQuery::from_static(path);
    let answer = client.server_streaming(Request::new(request.encode_to_vec()), path, Undecoded).await?;
    Ok(answer.into_inner())
}

async fn client(channel: &Channel) -> Result<Grpc<Channel>, Status> {
    let mut client = Grpc::new(channel.clone()).max_decoding_message_size(LARGEST_MESSAGE);
    client.ready().await.map_err(|it| Status::from_error(it.into()))?;
    Ok(client)
}

/// Messages as bytes: which type an answer has may depend on the version, and a schema is kept as it came.
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
