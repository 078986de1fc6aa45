//! TLS before an engine that speaks plainly: what a first handshake costs is hidden by a test without one.

use crate::BoxError;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate for this machine, made anew, and who speaks for it.
#[derive(Clone)]
pub struct Tls {
    acceptor: TlsAcceptor,
    /// What a client must believe, in PEM.
    pub root: String,
}

impl Tls {
    /// Makes a certificate.
    ///
    /// # Errors
    /// When none can be made.
    pub fn new() -> Result<Self, BoxError> {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key)?;
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), root: made.cert.pem() })
    }

    /// Stands before the server of a plain address, `http://127.0.0.1:<port>`, for as long as this process lives. Where it is reached.
    ///
    /// # Errors
    /// When it cannot listen, or the address is none.
    pub async fn before(&self, plain: &str) -> Result<String, BoxError> {
        let backend: SocketAddr = plain.trim_start_matches("http://").trim_end_matches('/').parse()?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("https://{}", listener.local_addr()?);
        let acceptor = self.acceptor.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // Whoever goes away is no failure of ours.
                    let _ = join(&acceptor, stream, backend).await;
                });
            }
        });
        Ok(address)
    }
}

async fn join(acceptor: &TlsAcceptor, stream: TcpStream, backend: SocketAddr) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut outside = acceptor.accept(stream).await?;
    let mut inside = TcpStream::connect(backend).await?;
    inside.set_nodelay(true)?;
    tokio::io::copy_bidirectional(&mut outside, &mut inside).await.map(drop)
}
