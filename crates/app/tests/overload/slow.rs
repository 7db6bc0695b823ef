//! Callers who are slow on purpose (faults.md F19): sockets that say nothing, a byte of a header or of a form each second, answers that
//! nobody takes. They cost others nothing, and are cut off.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

use crate::ALONE;
use crate::port::{Ask, Port, may_hold};

/// How somebody is slow.
#[derive(Debug, Clone, Copy)]
enum Slow {
    /// Says nothing.
    Silent,
    /// A byte of a header each second.
    Header,
    /// A byte of a form each second.
    Form,
    /// Asks once, and then keeps the connection.
    Idle,
    /// Asks for much and reads none of it.
    Reading,
}

/// Of some hundred kilobytes each: more than the buffers on the way hold.
const ANSWERS: usize = 40;

const KINDS: [Slow; 5] = [Slow::Silent, Slow::Header, Slow::Form, Slow::Idle, Slow::Reading];

/// Another of this machine's own addresses: 127.0.0.0/8 is all loopback.
async fn connected(from: &str, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    // What nobody reads fills it, and then the server's own.
    socket.set_recv_buffer_size(4096)?;
    socket.bind(SocketAddr::new(from.parse().unwrap(), 0))?;
    socket.connect(to).await
}

impl Slow {
    async fn begin(self, stream: &mut TcpStream) -> std::io::Result<()> {
        let text = match self {
            Slow::Silent => String::new(),
            Slow::Header => "GET / HTTP/1.1\r\nHost: a\r\nX: ".to_owned(),
            Slow::Form => "POST /find HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                           Content-Length: 9000\r\n\r\ncode="
                .to_owned(),
            Slow::Idle => "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
            Slow::Reading => "GET /api/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(ANSWERS),
        };
        stream.write_all(text.as_bytes()).await
    }

    /// Goes on until the server has enough of it.
    async fn go_on(self, stream: &mut TcpStream, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            let mut byte = [0; 512];
            let closed = match self {
                Slow::Header | Slow::Form => stream.write_all(b"a").await.is_err(),
                Slow::Silent | Slow::Idle => matches!(stream.try_read(&mut byte), Ok(0)),
                Slow::Reading => stream.write_all(b"").await.is_err(),
            };
            if closed {
                return;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

/// So many slow sockets from this address, each opened anew a second after it was closed.
fn attack(port: &Port, from: &'static str, count: usize, stop: &Arc<AtomicBool>) -> JoinSet<()> {
    let to: SocketAddr = port.server.address.strip_prefix("http://").unwrap().parse().unwrap();
    let mut attackers = JoinSet::new();
    for n in 0..count {
        let (kind, stop) = (KINDS[n % KINDS.len()], Arc::clone(stop));
        attackers.spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                if let Ok(mut stream) = connected(from, to).await
                    && kind.begin(&mut stream).await.is_ok()
                {
                    kind.go_on(&mut stream, &stop).await;
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
    }
    attackers
}

/// How long honest people wait, the middle of so many, and that all are served.
async fn honest(port: &Port, count: usize) -> Duration {
    let mut took = Vec::new();
    for n in 0..count {
        let from = Instant::now();
        let answer = port.ask([Ask::Edit, Ask::Declare, Ask::Scan][n % 3]).send().await;
        let answer = answer.unwrap_or_else(|failure| panic!("an honest caller is not served: {failure}"));
        assert!(answer.status().is_success(), "{}: {}", answer.status(), answer.text().await.unwrap());
        took.push(from.elapsed());
    }
    took.sort_unstable();
    took[count / 2]
}

fn descriptors(port: &Port) -> usize {
    std::fs::read_dir(format!("/proc/{}/fd", port.server.id())).unwrap().count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f19_two_thousand_slow_sockets_change_nothing_for_anybody_else() {
    let _alone = ALONE.lock().await;
    if !may_hold(8_192) {
        // The test harness keeps what a passing test prints; what is written to the handle is seen.
        let _ = std::io::stderr().write_all(b"skipped: this process may not hold enough connections\n");
        return;
    }
    // They come from a network set apart, so that all places can be taken; and from one that is not.
    let mut port = Port::open(&["--network-apart", "127.0.0.2/32", "--sockets", "1500"]).await;
    // A connection of its own for each request, as people come.
    port.client = Client::builder().timeout(Duration::from_secs(20)).pool_max_idle_per_host(0).build().unwrap();
    let before = honest(&port, 60).await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut attackers = attack(&port, "127.0.0.2", 1_100, &stop);
    let others = attack(&port, "127.0.0.3", 900, &stop);
    // Longer than any of them is borne.
    let (began, mut during, mut most, mut all) = (Instant::now(), Vec::new(), 0, 0.0_f64);
    while began.elapsed() < Duration::from_secs(13) {
        during.push(honest(&port, 15).await);
        most = most.max(descriptors(&port));
        all = all.max(port.figure("pratique_sockets ").await);
    }
    let refused = port.figure("pratique_sockets_closed_total{why=\"address\"}").await;
    let alive = attackers.len();
    stop.store(true, Ordering::Relaxed);
    attackers.abort_all();
    drop((attackers, others));
    during.sort_unstable();
    let middle = during[during.len() / 2];
    println!(
        "{before:?} before, {middle:?} under attack of {alive} and 900; {all} sockets, {most} descriptors, {refused} over an address's limit"
    );
    assert!(middle < before * 3 + Duration::from_millis(50), "{middle:?} instead of {before:?}");
    assert!(all > 1_000.0, "or it was no attack: {all} sockets");
    assert!(all <= 1_500.0 && most < 1_500 + 256, "{all} sockets, {most} descriptors");
    assert!(refused > 0.0, "an address holds 500: {refused}");
    let after = honest(&port, 30).await;
    assert!(after < before * 3 + Duration::from_millis(50), "{after:?} instead of {before:?}");
}

/// After how long the server closes such a connection, and what it says.
async fn borne(port: &Port, slow: Slow) -> (Duration, String) {
    let to: SocketAddr = port.server.address.strip_prefix("http://").unwrap().parse().unwrap();
    let mut stream = connected("127.0.0.1", to).await.unwrap();
    slow.begin(&mut stream).await.unwrap();
    let from = Instant::now();
    let (mut reader, mut writer) = stream.into_split();
    let drips = matches!(slow, Slow::Header | Slow::Form);
    let dripping = tokio::spawn(async move {
        while drips && writer.write_all(b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        // Dropped, it would say that nothing more comes.
        std::future::pending::<()>().await;
        drop(writer);
    });
    let mut said = Vec::new();
    // A reset is an end as well.
    let _ = tokio::time::timeout(Duration::from_secs(30), reader.read_to_end(&mut said)).await;
    dripping.abort();
    (from.elapsed(), String::from_utf8_lossy(&said).into_owned())
}

/// How many answers of so many come to somebody who begins to read only after that time.
async fn left(port: &Port, after: Duration) -> usize {
    let to: SocketAddr = port.server.address.strip_prefix("http://").unwrap().parse().unwrap();
    let mut stream = connected("127.0.0.1", to).await.unwrap();
    Slow::Reading.begin(&mut stream).await.unwrap();
    tokio::time::sleep(after).await;
    let mut said = Vec::new();
    // What is left of them ends in a reset; a connection that is kept goes on to the last answer, and is then idle.
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut said)).await;
    String::from_utf8_lossy(&said).matches("HTTP/1.1 200").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f19_a_header_has_five_seconds_a_form_ten_and_an_answer_that_nobody_takes_fifteen() {
    let _alone = ALONE.lock().await;
    let port = Port::open(&[]).await;
    let kinds = [Slow::Silent, Slow::Header, Slow::Form, Slow::Idle].map(|slow| borne(&port, slow));
    let (borne, soon, late) = tokio::join!(
        futures_util::future::join_all(kinds),
        left(&port, Duration::from_secs(2)),
        left(&port, Duration::from_secs(22)),
    );
    assert_eq!(soon, ANSWERS, "whoever is a little slow gets everything");
    assert!(late < ANSWERS, "nobody took {late} answers for 22 seconds, and they were kept");
    let [silent, header, form, idle] = borne.try_into().unwrap();
    for (what, (took, _)) in [("silent", &silent), ("header", &header), ("idle", &idle)] {
        assert!(*took < Duration::from_secs(8), "{what}: {took:?}");
    }
    assert!(idle.1.starts_with("HTTP/1.1 200"), "{}", idle.1);
    assert!(form.0 < Duration::from_secs(18), "{:?}", form.0);
    assert!(form.1.starts_with("HTTP/1.1 503") && form.1.contains("timed-out"), "{}", form.1);
    assert_eq!(port.figure("pratique_in_flight ").await, 0.0, "what did not come held no room");
}
