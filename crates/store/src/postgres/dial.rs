//! How the database is reached: its address taken apart, and TLS as that address asks for it, in libpq's words (`sslmode`,
//! `sslrootcert`; the manual of PostgreSQL, 34.1.2 and 34.19).

use std::path::PathBuf;
use std::sync::Arc;

use tokio_postgres::config::{Host, SslMode, SslNegotiation};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{self, CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{self, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use super::{connection, failure};
use crate::error::StoreError;

/// An address taken apart.
#[derive(Clone)]
pub(crate) struct Dial {
    pub(crate) config: Config,
    pub(crate) tls: MakeRustlsConnect,
}

/// The configuration may hold a password.
impl std::fmt::Debug for Dial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dial")
    }
}

type Made = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// Whom the server's certificate must come from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trust {
    /// Anybody, as with libpq's `prefer`: who listens reads nothing, but who stands in between can.
    Anybody,
    /// An authority of the system's store.
    System,
    /// An authority of this file.
    File(PathBuf),
}

/// What an address says of TLS that `tokio_postgres` does not know.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    /// `sslrootcert`.
    root: Option<String>,
    /// `sslmode` is `require` or `verify-full`.
    verified: bool,
}

impl Dial {
    /// Takes an address apart and reads the file of authorities that it names.
    pub(crate) fn of(url: &str) -> Result<Self, StoreError> {
        let (url, asked) = asked(url)?;
        let mut config: Config =
            url.parse().map_err(|e: tokio_postgres::Error| StoreError::BadLocation(e.to_string()))?;
        connection::bounded(&mut config);
        // The kernel carries it, and PostgreSQL speaks no TLS there.
        if !config.get_hosts().is_empty() && config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_))) {
            config.ssl_mode(SslMode::Disable);
        }
        let trust = match asked.root {
            _ if config.get_ssl_mode() == SslMode::Disable => Trust::Anybody,
            Some(root) if root != "system" => Trust::File(root.into()),
            None if !asked.verified => Trust::Anybody,
            _ => Trust::System,
        };
        let mut tls = client(&trust)?;
        if config.get_ssl_negotiation() == SslNegotiation::Direct {
            tls.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(Dial { config, tls: MakeRustlsConnect::new(tls) })
    }

    /// One connection of its own.
    pub(crate) async fn connect(&self) -> Result<(Client, Made), StoreError> {
        self.config.connect(self.tls.clone()).await.map_err(failure)
    }
}

/// Takes out of an address what `tokio_postgres` would not know.
fn asked(url: &str) -> Result<(String, Asked), StoreError> {
    let mut asked = Asked::default();
    let Some((base, query)) = url.rsplit_once('?') else { return Ok((url.to_owned(), asked)) };
    let mut kept = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslrootcert", file)) => {
                let file = percent_encoding::percent_decode_str(file).decode_utf8();
                asked.root = Some(file.map_err(|_| bad("sslrootcert is not UTF-8"))?.into_owned());
            }
            Some(("sslmode", "require" | "verify-full")) => {
                asked.verified = true;
                kept.push("sslmode=require");
            }
            Some(("sslmode", "verify-ca" | "allow")) => {
                return Err(bad("sslmode is one of disable, prefer, require and verify-full"));
            }
            _ => kept.push(pair),
        }
    }
    Ok((format!("{base}?{}", kept.join("&")), asked))
}

fn bad(why: &str) -> StoreError {
    StoreError::BadLocation(why.to_owned())
}

fn client(trust: &Trust) -> Result<ClientConfig, StoreError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let tls = |why: rustls::Error| bad(&format!("TLS to the database: {why}"));
    let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.map_err(tls)?;
    Ok(match trust {
        Trust::File(file) => builder.with_root_certificates(authorities(file)?).with_no_client_auth(),
        Trust::System => {
            let system = rustls_platform_verifier::Verifier::new(provider).map_err(tls)?;
            builder.dangerous().with_custom_certificate_verifier(Arc::new(system)).with_no_client_auth()
        }
        Trust::Anybody => {
            let any = Arc::new(AnyCertificate(provider));
            builder.dangerous().with_custom_certificate_verifier(any).with_no_client_auth()
        }
    })
}

fn authorities(file: &PathBuf) -> Result<RootCertStore, StoreError> {
    let fault = |why: String| bad(&format!("sslrootcert={}: {why}", file.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|why| fault(why.to_string()))? {
        let certificate = certificate.map_err(|why| fault(why.to_string()))?;
        roots.add(certificate).map_err(|why| fault(why.to_string()))?;
    }
    if roots.is_empty() {
        return Err(fault("no certificate in PEM is in it".to_owned()));
    }
    Ok(roots)
}

/// Takes any certificate, but only from whoever holds its key: the password's proof is bound to it where the server offers that
/// (RFC 5929, `tls-server-end-point`).
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        crypto::verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        crypto::verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::Postgres;
    use crate::store::Store;
    use crate::testing::{Durable, Folder, id, opening};
    use crate::{AuditEntry, Change, Kind, Location, RowWrite};

    const MADE: &str = "a certificate";

    /// A certificate for an address, signed by an authority of its own: the authority, the certificate and its key, in PEM.
    fn certificate(address: &str) -> (String, String, String) {
        let authority = rcgen::KeyPair::generate().expect(MADE);
        let mut of_authority = rcgen::CertificateParams::default();
        of_authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let issuer = rcgen::Issuer::new(of_authority.clone(), &authority);
        let key = rcgen::KeyPair::generate().expect(MADE);
        let own = rcgen::CertificateParams::new(vec![address.to_owned()]).expect(MADE);
        let own = own.signed_by(&key, &issuer).expect(MADE);
        (of_authority.self_signed(&authority).expect(MADE).pem(), own.pem(), key.serialize_pem())
    }

    /// A loopback address of this test's own, so that the usual port is free.
    fn address(nth: u8) -> String {
        let [.., b, c, d] = std::process::id().to_be_bytes();
        format!("127.{}.{c}.{}", 100 + 50 * nth + b % 50, d.clamp(2, 250))
    }

    /// Whether each of the connections is encrypted that `whose` picks.
    async fn encrypted(url: &str, whose: &str) -> Vec<bool> {
        let sql = format!("SELECT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE {whose}");
        let (client, connection) = Dial::of(url).unwrap().connect().await.unwrap();
        tokio::spawn(connection);
        client.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
    }

    const THIS_ONE: &str = "pid = pg_backend_pid()";
    const THE_STORE_S: &str = "a.application_name = 'pratique'";

    async fn refused(url: &str) -> String {
        Dial::of(url).unwrap().connect().await.map(drop).unwrap_err().to_string()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_database_is_reached_over_tls_as_its_address_asks() {
        let (folder, address) = (Folder::new(), address(0));
        let (authority, own, key) = certificate(&address);
        let (ours, another) = (folder.path("authority.pem"), folder.path("another.pem"));
        std::fs::write(&ours, authority).unwrap();
        std::fs::write(&another, certificate(&address).0).unwrap();
        let server = Durable::over_tls(&folder.path("pg"), &address, (&own, &key));
        let Location::Postgres(by_socket) = server.database("tls") else { unreachable!() };
        let at = |query: &str| format!("postgres://pratique@{address}/tls{query}");
        let verified = at(&format!("?sslmode=verify-full&sslrootcert={}", ours.display()));

        // Readers and the writer alike.
        let location = Location::Postgres(verified.clone());
        Store::migrate(&location, 0).await.unwrap();
        let store = Store::open(&location, opening(1)).await.unwrap();
        let row = RowWrite { kind: Kind(1), id: id(1), expected: 0, state: "{}".into() };
        let (actor, action) = ("test".into(), "test".into());
        let entry = AuditEntry { at_ms: 0, actor, action, subject: Some(id(1)), detail: String::new() };
        store.apply(Change { label: "test", rows: vec![row], audit: vec![entry], ..Change::default() }).await.unwrap();
        assert!(store.row(id(1)).await.unwrap().is_some());
        let seen = encrypted(&verified, THE_STORE_S).await;
        assert!(seen.len() >= 3 && seen.iter().all(|ssl| *ssl), "{seen:?}");
        drop(store);

        assert_eq!(encrypted(&at(""), THIS_ONE).await, [true], "it is preferred");
        assert_eq!(encrypted(&at("?sslmode=disable"), THIS_ONE).await, [false]);
        assert_eq!(encrypted(&format!("{by_socket}?sslmode=require"), THIS_ONE).await, [false], "a socket needs none");
        for query in ["?sslmode=require".to_owned(), format!("?sslrootcert={}", another.display())] {
            let why = refused(&at(&query)).await;
            assert!(why.contains("invalid peer certificate") && why.contains("sslrootcert=FILE"), "{why}");
        }
        let other_name =
            verified.replace("verify-full", &format!("require&hostaddr={address}")).replacen(&address, "db.example", 1);
        let why = refused(&other_name).await;
        assert!(why.contains("invalid peer certificate"), "{why}");
    }

    #[tokio::test]
    async fn a_server_without_tls_is_refused_where_it_is_required() {
        let folder = Folder::new();
        let address = address(1);
        let server = Durable::over_tcp(&folder.path("pg"), &address);
        let Location::Postgres(_) = server.database("plain") else { unreachable!() };
        let url = format!("postgres://pratique@{address}/plain");
        assert_eq!(encrypted(&url, THIS_ONE).await, [false]);
        let why = refused(&format!("{url}?sslmode=require")).await;
        assert!(why.contains("server does not support TLS") && why.contains("ssl = on"), "{why}");
    }

    #[test]
    fn an_address_that_asks_for_what_cannot_be_is_refused_at_once() {
        let why =
            |query: &str| Postgres::at(&format!("postgres://me@host/db?{query}")).map(drop).unwrap_err().to_string();
        assert!(why("sslmode=verify-ca").contains("verify-full"));
        assert!(why("sslmode=require&sslrootcert=/no/such/file").contains("/no/such/file"));
        let (url, found) = asked("postgres://me:a?b@host/db?sslrootcert=%2Fa%20b&connect_timeout=3").unwrap();
        assert_eq!(url, "postgres://me:a?b@host/db?connect_timeout=3");
        assert_eq!(found, Asked { root: Some("/a b".into()), verified: false });
    }
}
