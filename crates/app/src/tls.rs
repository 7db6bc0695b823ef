//! TLS of the server's own (rustls), for a port without a proxy: browsers give cameras and `__Host-` cookies to pages over TLS
//! alone. The certificate is read again when its file changes, so that a renewal needs no restart.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};

use crate::secret_file::{self, To};
use crate::unread;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(5);

/// Why a certificate cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum TlsFault {
    /// A file cannot be read.
    #[error("{}: {}; name a PEM file", file.display(), unread::why(why))]
    Read {
        /// Which.
        file: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// The key can be read by others.
    #[error("{0} holds the private key and can be read by others; run chmod 400 on it")]
    Open(PathBuf),
    /// Not PEM, or without what is looked for.
    #[error("{file}: {why}. PEM is expected: the certificate's file with the whole chain, the server's own first")]
    Pem {
        /// Which.
        file: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The two do not belong together, or are of a kind that is not spoken.
    #[error("certificate and key do not serve: {0}")]
    Pair(#[from] rustls::Error),
}

/// The files that `serve` was given.
#[derive(Debug, Clone)]
pub struct Files {
    /// The certificate with its chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What handshakes are answered with.
#[derive(Clone)]
pub struct Tls {
    config: Arc<ServerConfig>,
    newest: Arc<Newest>,
}

/// The newest certificate that could be read.
#[derive(Debug)]
struct Newest {
    files: Files,
    provider: Arc<CryptoProvider>,
    held: RwLock<Arc<CertifiedKey>>,
}

impl ResolvesServerCert for Newest {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Tls {
    /// Reads the certificate and its key.
    ///
    /// # Errors
    /// [`TlsFault`].
    pub fn read(files: Files) -> Result<Self, TlsFault> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let held = RwLock::new(Arc::new(pair(&files, &provider)?));
        let newest = Arc::new(Newest { files, provider: Arc::clone(&provider), held });
        // TLS 1.2 and 1.3, as rustls has them; HTTP/1.1 is all that the server speaks (`serve`).
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let resolver = Arc::clone(&newest) as Arc<dyn ResolvesServerCert>;
        let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Tls { config: Arc::new(config), newest })
    }

    /// Answers handshakes.
    #[must_use]
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }

    /// Looks at the files for as long as it is polled. A file that cannot be served leaves the old certificate in force: whoever
    /// renews writes two files, and not at one moment.
    pub async fn renew(self) {
        let mut seen = self.newest.files.changed();
        loop {
            tokio::time::sleep(LOOK).await;
            let now = self.newest.files.changed();
            if now == seen {
                continue;
            }
            match pair(&self.newest.files, &self.newest.provider) {
                Ok(pair) => {
                    *self.newest.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(pair);
                    seen = now;
                    tracing::info!("the new certificate is served");
                }
                Err(fault) => tracing::warn!(%fault, "a changed certificate is not served; the old one stays"),
            }
        }
    }
}

impl Files {
    /// When they were last written.
    fn changed(&self) -> [Option<SystemTime>; 2] {
        [&self.certificate, &self.key].map(|file| std::fs::metadata(file).and_then(|m| m.modified()).ok())
    }
}

fn pair(files: &Files, provider: &CryptoProvider) -> Result<CertifiedKey, TlsFault> {
    let pem = |file: &Path, why: &dyn std::fmt::Display| TlsFault::Pem { file: file.to_owned(), why: why.to_string() };
    let file = &files.certificate;
    let certificates = CertificateDer::pem_slice_iter(&bytes(file)?).collect::<Result<Vec<_>, _>>();
    let certificates = certificates.map_err(|why| pem(file, &why))?;
    if certificates.is_empty() {
        return Err(pem(file, &"it holds no certificate"));
    }
    own_alone(&files.key)?;
    let key = PrivateKeyDer::from_pem_slice(&bytes(&files.key)?).map_err(|why| pem(&files.key, &why))?;
    Ok(CertifiedKey::from_der(certificates, key, provider)?)
}

fn bytes(file: &Path) -> Result<Vec<u8>, TlsFault> {
    std::fs::read(file).map_err(|why| TlsFault::Read { file: file.to_owned(), why })
}

/// A group may read it, as tools that renew certificates set it up; others may not.
fn own_alone(file: &Path) -> Result<(), TlsFault> {
    match secret_file::is_open(file, To::Others).map_err(|why| TlsFault::Read { file: file.to_owned(), why })? {
        true => Err(TlsFault::Open(file.to_owned())),
        false => Ok(()),
    }
}
