//! Requests of this machine's own, outside of any SDK: over HTTP, and signed for S3.

mod http;
mod netrc;
mod proxy;
pub mod request;
pub mod s3;
mod url;

pub use http::{Answer, Client, basic, failed};
pub use netrc::Netrc;
pub use url::{Url, resolve, shown};
