//! One connection to the server: kept open, opened again when it is lost, one request at a time.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::uri::Scheme;
use axum::http::{HeaderValue, Request, Uri};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use rustls_platform_verifier::ConfigVerifierExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use super::LoadFault;

/// What takes longer is counted as not answered; the server itself gives up after 10 s.
const ANSWER_LIMIT: Duration = Duration::from_secs(15);
const BODY_MAX: usize = 1 << 20;

/// The server, and who asks.
#[derive(Clone)]
pub struct Target {
    host: String,
    port: u16,
    authority: HeaderValue,
    tls: Option<TlsConnector>,
    bearer: Option<HeaderValue>,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not the token.
        f.debug_struct("Target").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl Target {
    /// A server by its address; the token is an officer's.
    ///
    /// # Errors
    /// [`LoadFault::Address`], [`LoadFault::Tls`].
    pub fn new(address: &str, token: Option<&str>) -> Result<Self, LoadFault> {
        let bad = || LoadFault::Address(address.to_owned());
        let uri: Uri = address.parse().map_err(|_| bad())?;
        let authority = uri.authority().ok_or_else(bad)?;
        let is_secure = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(bad()),
        };
        if uri.path().len() > 1 || uri.query().is_some() {
            return Err(bad());
        }
        let tls = is_secure.then(|| {
            let mut config = ClientConfig::with_platform_verifier().map_err(|why| LoadFault::Tls(why.to_string()))?;
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
            Ok(TlsConnector::from(Arc::new(config)))
        });
        let bearer = token.map(|token| format!("Bearer {}", token.trim()).parse::<HeaderValue>());
        Ok(Target {
            host: authority.host().trim_matches(['[', ']']).to_owned(),
            port: authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 }),
            authority: authority.as_str().parse().map_err(|_| bad())?,
            tls: tls.transpose()?,
            bearer: bearer
                .transpose()
                .map_err(|_| LoadFault::Address("the token holds what no header may".to_owned()))?,
        })
    }

    /// Answers somebody there?
    pub(super) async fn is_there(&self) -> Result<(), LoadFault> {
        let request = Request::get("/readyz").body(Body::empty());
        let asked = match request {
            Ok(request) => Line::to(self).ask(request).await,
            Err(why) => Err(why.to_string()),
        };
        asked.map(drop).map_err(|why| LoadFault::Nobody(format!("{}:{}", self.host, self.port), why))
    }
}

/// An answer.
#[derive(Debug)]
pub struct Heard {
    /// HTTP's number for it.
    pub status: u16,
    /// Its body.
    pub body: Bytes,
}

impl Heard {
    /// Was it done?
    #[must_use]
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What to count it as: the status, and the problem's own code where it has one.
    #[must_use]
    pub fn code(&self) -> String {
        #[derive(serde::Deserialize)]
        struct Coded {
            code: String,
        }
        match serde_json::from_slice::<Coded>(&self.body) {
            Ok(Coded { code }) => format!("{} {code}", self.status),
            Err(_) => self.status.to_string(),
        }
    }
}

/// A connection.
#[derive(Debug)]
pub struct Line<'a> {
    target: &'a Target,
    open: Option<SendRequest<Body>>,
}

impl<'a> Line<'a> {
    /// To a server; opened when it is first used.
    #[must_use]
    pub fn to(target: &'a Target) -> Self {
        Line { target, open: None }
    }

    /// Sends a declaration under a key.
    ///
    /// # Errors
    /// What to count it as, where no answer came.
    pub async fn declare(&mut self, key: &str, body: Bytes) -> Result<Heard, String> {
        self.post("/api/v1/declarations", key, false, body).await
    }

    /// Sends a scan under its own number.
    ///
    /// # Errors
    /// As [`Line::declare`].
    pub async fn scan(&mut self, key: &str, body: Bytes) -> Result<Heard, String> {
        self.post("/api/v1/checkpoint/scans", key, true, body).await
    }

    async fn post(&mut self, path: &str, key: &str, as_staff: bool, body: Bytes) -> Result<Heard, String> {
        let mut request = Request::post(path).header(CONTENT_TYPE, "application/json").header("idempotency-key", key);
        if let Some(bearer) = self.target.bearer.as_ref().filter(|_| as_staff) {
            request = request.header(AUTHORIZATION, bearer);
        }
        self.ask(request.body(Body::from(body)).map_err(|why| why.to_string())?).await
    }

    async fn ask(&mut self, mut request: Request<Body>) -> Result<Heard, String> {
        request.headers_mut().insert(HOST, self.target.authority.clone());
        let heard = tokio::time::timeout(ANSWER_LIMIT, self.heard(request)).await;
        let heard = heard.unwrap_or_else(|_| Err("no answer in time".to_owned()));
        if heard.is_err() {
            self.open = None;
        }
        heard
    }

    async fn heard(&mut self, request: Request<Body>) -> Result<Heard, String> {
        let is_open = match &mut self.open {
            Some(open) => open.ready().await.is_ok(),
            None => false,
        };
        if !is_open {
            self.open = Some(dial(self.target).await.map_err(|why| format!("no connection: {why}"))?);
        }
        let Some(open) = &mut self.open else { return Err("no connection".to_owned()) };
        let answer = open.send_request(request).await.map_err(|why| format!("connection lost: {why}"))?;
        let status = answer.status().as_u16();
        let body = to_bytes(Body::new(answer.into_body()), BODY_MAX).await;
        Ok(Heard { status, body: body.map_err(|why| format!("answer cut off: {why}"))? })
    }
}

async fn dial(target: &Target) -> Result<SendRequest<Body>, String> {
    let said = |why: std::io::Error| why.to_string();
    let stream = TcpStream::connect((target.host.as_str(), target.port)).await.map_err(said)?;
    stream.set_nodelay(true).map_err(said)?;
    match &target.tls {
        None => shaken(TokioIo::new(stream)).await,
        Some(tls) => {
            let name = ServerName::try_from(target.host.clone()).map_err(|why| why.to_string())?;
            shaken(TokioIo::new(tls.connect(name, stream).await.map_err(said)?)).await
        }
    }
}

async fn shaken<S>(stream: S) -> Result<SendRequest<Body>, String>
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let (open, connection) = handshake(stream).await.map_err(|why| why.to_string())?;
    // Whoever waits for an answer on it is told when it breaks.
    tokio::spawn(async move { drop(connection.await) });
    Ok(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_server_and_nothing_in_it() {
        for good in ["http://127.0.0.1:8080", "http://[::1]:8080/", "http://port.example"] {
            assert!(Target::new(good, None).is_ok(), "{good}");
        }
        for bad in ["", "127.0.0.1:8080", "ftp://port.example", "http://port.example/api/v1", "http://a/?b"] {
            assert!(matches!(Target::new(bad, None), Err(LoadFault::Address(_))), "{bad}");
        }
    }

    #[test]
    fn an_error_is_counted_by_status_and_code() {
        let heard = |status, body: &'static str| Heard { status, body: Bytes::from_static(body.as_bytes()) }.code();
        assert_eq!(heard(429, r#"{"code":"too-many-requests","title":"x"}"#), "429 too-many-requests");
        assert_eq!(heard(502, "<html>"), "502");
    }
}
