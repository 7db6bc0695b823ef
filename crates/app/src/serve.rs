//! The HTTP server.

use std::sync::Arc;

use tokio::net::TcpListener;

use crate::app::App;

/// Serves until `stop` ends, then finishes what was begun.
///
/// # Errors
/// The listener's.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let watched = Arc::clone(&app);
    let watch = tokio::spawn(async move {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            if let Err(why) = watched.refresh().await {
                tracing::warn!(%why, "could not look for changed keys and users");
            }
        }
    });
    let served = axum::serve(listener, crate::channels::router(app)).with_graceful_shutdown(stop).await;
    watch.abort();
    served
}
