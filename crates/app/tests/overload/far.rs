//! A database that is far away: every word to it takes its time. So what the server can do hangs on the way there, and not on how
//! many others use this machine.

use std::time::Duration;

use pratique_store::Location;
use pratique_store::testing::fresh_postgres;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::mpsc;
use tokio::time::Instant;

/// The address of a fresh database, each way to which takes so long.
pub async fn database(way: Duration) -> String {
    let Location::Postgres(near) = fresh_postgres().await else { panic!("not PostgreSQL") };
    let (user, rest) = near.strip_prefix("postgres://").and_then(|rest| rest.split_once('@')).unwrap();
    let (folder, name) = rest.split_once('/').unwrap();
    let socket = format!("{}/.s.PGSQL.5432", folder.replace("%2F", "/"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let far = format!("postgres://{user}@{}/{name}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            near.set_nodelay(true).unwrap();
            let Ok(far) = UnixStream::connect(&socket).await else { continue };
            let ((from_near, to_near), (from_far, to_far)) = (near.into_split(), far.into_split());
            tokio::spawn(carry(from_near, to_far, way));
            tokio::spawn(carry(from_far, to_near, way));
        }
    });
    far
}

/// Every byte arrives so much later, in its order.
async fn carry(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin + Send + 'static, way: Duration) {
    let (send, mut under_way) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((due, bytes)) = under_way.recv().await {
            tokio::time::sleep_until(due).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
        drop(to.shutdown().await);
    });
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if send.send((Instant::now() + way, buffer[..read].to_vec())).is_err() {
            return;
        }
    }
}
