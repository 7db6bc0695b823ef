//! The server: bound, answering, and stopped so that nobody who was told "received" was told wrong.
//!
//! hyper's own connection loop instead of `axum::serve`, which has no limit on how long a header may take: a few thousand
//! sockets that send a byte a minute would hold a server for good (faults.md F19). HTTP/1.1 alone, over TLS of its own where it has
//! a certificate; a proxy that brings TLS brings HTTP/2.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use pratique_store::StoreError;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutWriter;
use tower::ServiceExt;

use crate::app::App;
use crate::channels::load::held_by;
use crate::sockets::{Seat, Sockets};
use crate::tls::Tls;
use crate::{channels, work};

/// A header, or a handshake, that is not complete by then never will be; also how long an idle connection is kept.
const HEADER_LIMIT: Duration = Duration::from_secs(5);
/// Who takes nothing of an answer for so long has gone away, or wants to hold the connection.
const WRITE_LIMIT: Duration = Duration::from_secs(15);
/// Requests under way at a stop get so long; each has 10 s at most.
const STOP_LIMIT: Duration = Duration::from_secs(12);

/// The same for a server that must not go on.
const FALLEN_LIMIT: Duration = Duration::from_secs(1);

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be had.
    #[error("cannot listen on {listen}: {source}. Is another server running there? --listen takes another address")]
    Bind {
        /// The address.
        listen: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system does not tell of signals.
    #[error("cannot wait for SIGTERM: {0}")]
    Signal(std::io::Error),
    /// The disk did not confirm a write.
    #[error("stopped: {0}")]
    Fallen(StoreError),
    /// The store's writer did not end well.
    #[error("the store did not close: {0}")]
    Close(#[from] StoreError),
}

/// Where the server listens, and whether it speaks TLS there.
#[derive(Clone)]
pub struct Door {
    /// The address.
    pub listen: SocketAddr,
    /// Its certificate; without one it speaks plain HTTP.
    pub tls: Option<Tls>,
}

impl From<SocketAddr> for Door {
    fn from(listen: SocketAddr) -> Self {
        Door { listen, tls: None }
    }
}

/// Says at once that an address is taken, before anything is made or loaded for it.
///
/// # Errors
/// [`ServeError::Bind`].
pub fn is_free(listen: SocketAddr) -> Result<(), ServeError> {
    std::net::TcpListener::bind(listen).map(drop).map_err(|source| ServeError::Bind { listen, source })
}

/// Serves until SIGINT or SIGTERM. `ready` is told the address once connections are taken.
///
/// # Errors
/// [`ServeError`].
pub async fn serve(app: Arc<App>, door: impl Into<Door>, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signal)?;
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    serve_until(app, door, ready, stop).await
}

/// Serves until `stop`: then no connection is taken any more, requests under way end, jobs stop, and the store closes.
///
/// # Errors
/// [`ServeError`].
pub async fn serve_until(
    app: Arc<App>,
    door: impl Into<Door>,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let Door { listen, tls } = door.into();
    let bind = |source| ServeError::Bind { listen, source };
    let listener = TcpListener::bind(listen).await.map_err(bind)?;
    ready(listener.local_addr().map_err(bind)?);
    // Figures count from the first request on.
    channels::operations::recorder();
    let mut jobs = work::start(&app);
    jobs.spawn(renewed(tls.clone()));
    let stop = async {
        tokio::select! {
            () = stop => None,
            fallen = app.store.fallen() => Some(fallen),
        }
    };
    let house = (channels::router(Arc::clone(&app)), Sockets::of(&app));
    let (graceful, fallen) = take(&listener, tls.as_ref(), &house, stop).await;
    drop(house);
    if let Some(fallen) = fallen {
        // Nothing is acknowledged any more: what is under way is answered with that, and quickly.
        tracing::error!(%fallen, "the server stops itself");
        app.stop();
        let _ = tokio::time::timeout(FALLEN_LIMIT, graceful.shutdown()).await;
        return Err(ServeError::Fallen(fallen));
    }
    drop(listener);
    app.stop();
    tracing::info!("stopping: requests under way end first");
    if tokio::time::timeout(STOP_LIMIT, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    jobs.shutdown().await;
    match Arc::into_inner(app) {
        Some(app) => Ok(app.store.close().await?),
        // Somebody else holds the application, and closes its store by letting go of it.
        None => Ok(()),
    }
}

async fn renewed(tls: Option<Tls>) {
    if let Some(tls) = tls {
        tls.renew().await;
    }
}

async fn take(
    listener: &TcpListener,
    tls: Option<&Tls>,
    (router, sockets): &(Router, Arc<Sockets>),
    stop: impl Future<Output = Option<StoreError>>,
) -> (GracefulShutdown, Option<StoreError>) {
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let taken = tokio::select! {
            why = &mut stop => return (graceful, why),
            taken = listener.accept() => taken,
        };
        match taken {
            Ok((stream, peer)) => {
                let Some(seat) = sockets.seat(peer.ip()) else { continue };
                // Answers are written whole; waiting for more to send would only delay them.
                let _ = stream.set_nodelay(true);
                let caller = Caller { peer, seat, router: router.clone(), watcher: graceful.watcher() };
                match tls {
                    None => drop(tokio::spawn(answer(stream, caller))),
                    Some(tls) => drop(tokio::spawn(greeted(tls.clone(), stream, caller))),
                }
            }
            // Out of file descriptors: those in use will come back (accept(2), EMFILE).
            Err(failure) => {
                tracing::error!(%failure, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// One who called.
struct Caller {
    peer: SocketAddr,
    seat: Seat,
    router: Router,
    watcher: Watcher,
}

/// A handshake first. One that fails is the caller's business, as a connection that breaks is.
async fn greeted(tls: Tls, stream: TcpStream, caller: Caller) {
    let handshake = tokio::select! {
        handshake = tokio::time::timeout(HEADER_LIMIT, tls.acceptor().accept(stream)) => handshake,
        () = caller.seat.gives_way() => return,
    };
    if let Ok(Ok(stream)) = handshake {
        answer(stream, caller).await;
    }
}

async fn answer<S>(stream: S, Caller { peer, seat, router, watcher }: Caller)
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let mut stream = Box::pin(TimeoutWriter::new(stream));
    stream.as_mut().set_timeout_pinned(Some(WRITE_LIMIT));
    let seated = seat.clone();
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(seated.clone());
        let (router, answering) = (router.clone(), seated.until_answered());
        async move {
            let answer = router.oneshot(request).await.unwrap_or_else(|never| match never {});
            Ok::<_, Infallible>(answer.map(|body| held_by(body, answering)))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the caller's business: it is not even a line in the log.
    tokio::select! {
        ended = watcher.watch(connection) => drop(ended),
        () = seat.gives_way() => {}
    }
}
