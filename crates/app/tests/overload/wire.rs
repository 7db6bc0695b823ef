//! A caller that costs next to nothing: load comes from the machine that bears it, and what the callers take is not the server's.

use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use reqwest::RequestBuilder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// As long as a person waits.
const LIMIT: Duration = Duration::from_secs(20);

/// One answer.
#[derive(Debug, Clone)]
pub struct Told {
    pub status: u16,
    pub retry_s: Option<u64>,
    pub body: String,
}

/// Connections to one server, used again where they can be.
#[derive(Debug)]
pub struct Wire {
    to: SocketAddr,
    idle: Mutex<Vec<TcpStream>>,
}

impl Wire {
    pub fn to(address: &str) -> Self {
        Wire { to: address.strip_prefix("http://").unwrap().parse().unwrap(), idle: Mutex::default() }
    }

    /// Asks, and waits for the whole answer.
    pub async fn send(&self, request: RequestBuilder) -> Result<Told, Error> {
        let bytes = written(request);
        let asked = tokio::time::timeout(LIMIT, self.asked(&bytes));
        asked.await.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
    }

    async fn asked(&self, bytes: &[u8]) -> Result<Told, Error> {
        let used = self.idle.lock().unwrap().pop();
        if let Some(stream) = used
            && let Ok(told) = self.over(stream, bytes).await
        {
            return Ok(told);
        }
        // A connection that was closed meanwhile is opened anew, as browsers do it.
        self.over(TcpStream::connect(self.to).await?, bytes).await
    }

    async fn over(&self, mut stream: TcpStream, bytes: &[u8]) -> Result<Told, Error> {
        stream.write_all(bytes).await?;
        let mut read = Vec::with_capacity(2048);
        let head = loop {
            if stream.read_buf(&mut read).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = String::from_utf8_lossy(&read[..head]).to_ascii_lowercase();
        let header = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
        let length = header("content-length:").unwrap_or(0) as usize;
        while read.len() < head + length {
            if stream.read_buf(&mut read).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(ErrorKind::InvalidData)?;
        let told =
            Told { status, retry_s: header("retry-after:"), body: String::from_utf8_lossy(&read[head..]).into() };
        self.idle.lock().unwrap().push(stream);
        Ok(told)
    }
}

fn written(request: RequestBuilder) -> Vec<u8> {
    let request = request.build().unwrap();
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let mut bytes = format!("{} {} HTTP/1.1\r\nhost: port\r\n", request.method(), request.url().path()).into_bytes();
    for (name, value) in request.headers() {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    bytes.extend(format!("content-length: {}\r\n\r\n", body.len()).into_bytes());
    bytes.extend(body);
    bytes
}
