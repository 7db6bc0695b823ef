//! Bodies without an end (faults.md F20): refused long before they are read, and never held.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Bytes, HttpBody};
use hyper::body::Frame;
use reqwest::{Body, Client};

use crate::ALONE;
use crate::flood::APART;
use crate::port::Port;

const MIB: usize = 1024 * 1024;
const GIB: usize = 1024 * MIB;

/// Resident memory of the server, KiB.
fn resident_kib(port: &Port) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", port.server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

/// So many bytes in chunks, for as long as somebody takes them.
struct Endless {
    left: usize,
}

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        static CHUNK: [u8; 64 * 1024] = [b'['; 64 * 1024];
        let next = CHUNK.len().min(self.left);
        self.left -= next;
        Poll::Ready((next > 0).then(|| Ok(Frame::data(Bytes::from_static(&CHUNK[..next])))))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f20_ten_gibibytes_in_chunks_are_refused_at_once_and_held_nowhere() {
    let _alone = ALONE.lock().await;
    let port = Port::open(&APART).await;
    let client = Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
    let kinds =
        ["application/json", "application/x-www-form-urlencoded", "text/csv", "multipart/form-data; boundary=a"];
    let pages = ["/api/v1/declarations", "/find", "/declare", "/sign-in", "/api/v1/flights/schedule", "/nowhere"];
    let send = async |path: &str, kind: &str, bytes: usize| {
        let call = client
            .post(format!("{}{path}", port.server.address))
            .header("content-type", kind)
            .body(Body::wrap(Endless { left: bytes }));
        // The server answers and closes; whoever still writes may hear of the closing first.
        call.send().await.map(|answer| answer.status().as_u16())
    };
    // The allocator takes room for every thread once, for bodies of any size that is refused.
    for path in pages {
        for kind in kinds {
            let _ = send(path, kind, MIB).await;
        }
    }
    let before = resident_kib(&port);
    for path in pages {
        for kind in kinds {
            let from = Instant::now();
            if let Ok(status) = send(path, kind, 10 * GIB).await {
                assert!((300..500).contains(&status), "{path} {kind}: {status}");
            }
            assert!(from.elapsed() < Duration::from_secs(3), "{path} {kind}: {:?}", from.elapsed());
        }
    }
    let risen = resident_kib(&port).saturating_sub(before);
    println!("{before} KiB, and {risen} KiB more after {} bodies of 10 GiB", pages.len() * kinds.len());
    assert!(risen <= 8 * 1024, "{risen} KiB more");
}
