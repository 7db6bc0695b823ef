//! What the post is for a test: a mail server that speaks enough SMTP (RFC 5321), and a gateway for short messages. Both are real
//! servers on this machine that answer as they are told to, and keep what they took.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use pratique::messenger::email::Mailer;
use pratique::messenger::sms::Gateway;
use pratique::messenger::{Messenger, site};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::Place;

pub const SECRET: &str = "planted-gateway-secret-41";

/// A message that the mail server took.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub raw: String,
}

impl Mail {
    /// A header, its folded lines joined (RFC 5322, 2.2.3).
    pub fn header(&self, name: &str) -> String {
        let unfolded = self.raw.replace("\r\n ", " ");
        let found = unfolded.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        found.unwrap_or_else(|| panic!("no {name} in {unfolded}")).to_owned()
    }

    /// The text, whichever way it was encoded.
    pub fn text(&self) -> String {
        let body = self.raw.split_once("\r\n\r\n").unwrap().1;
        match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => {
                let joined: String = body.split_whitespace().collect();
                String::from_utf8(BASE64_STANDARD.decode(joined).unwrap()).unwrap()
            }
            "quoted-printable" => body.replace("=\r\n", "").replace("=3D", "="),
            _ => body.to_owned(),
        }
    }
}

/// What both answer, and what they took.
#[derive(Clone, Default)]
pub struct Post {
    mails: Arc<Mutex<Vec<Mail>>>,
    texts: Arc<Mutex<Vec<Value>>>,
    /// What the mail server says to each recipient, instead of 250.
    pub recipient: Arc<Mutex<Option<&'static str>>>,
    /// What the gateway answers, instead of 202.
    pub gateway: Arc<Mutex<Option<u16>>>,
    /// How long the mail server thinks about a message that it has.
    pub late: Arc<Mutex<Duration>>,
}

/// Which ways a place has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ways {
    Email,
    Sms,
    Both,
}

impl Post {
    /// Opens both, and lets the place's server know of these ways.
    pub async fn of(place: &Place, ways: Ways) -> Self {
        let own = Post::default();
        let mail = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let smtp = format!("smtp://{}", mail.local_addr().unwrap());
        let server = own.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = mail.accept().await {
                tokio::spawn(server.clone().speak(stream));
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/messages", listener.local_addr().unwrap());
        let router =
            Router::new().route("/messages", post(take).get(StatusCode::METHOD_NOT_ALLOWED)).with_state(own.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mailer = Mailer::new(&smtp, "Port Health <health@port.example>", None).unwrap();
        let gateway = Gateway::new(&address, SECRET.to_owned().into()).unwrap();
        let messenger = Messenger {
            site: site("https://health.port.example").unwrap(),
            email: (ways != Ways::Sms).then_some(mailer),
            sms: (ways != Ways::Email).then_some(gateway),
        };
        place.app.messenger.set(messenger).unwrap();
        own
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    pub fn texts(&self) -> Vec<Value> {
        self.texts.lock().unwrap().clone()
    }

    async fn speak(self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut to = String::new();
        write.write_all(b"220 test ESMTP\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match line.split([' ', ':']).next().unwrap().to_ascii_uppercase().as_str() {
                "EHLO" => "250-test\r\n250 8BITMIME".to_owned(),
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap().to_owned();
                    self.recipient.lock().unwrap().unwrap_or("250 ok").to_owned()
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.unwrap();
                    let mut raw = String::new();
                    while let Some(line) = lines.next_line().await.unwrap().filter(|line| line != ".") {
                        raw.push_str(&line);
                        raw.push_str("\r\n");
                    }
                    self.mails.lock().unwrap().push(Mail { to: to.clone(), raw });
                    let late = *self.late.lock().unwrap();
                    tokio::time::sleep(late).await;
                    "250 taken".to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                _ => "250 ok".to_owned(),
            };
            if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

async fn take(State(own): State<Post>, headers: HeaderMap, Json(message): Json<Value>) -> StatusCode {
    if headers.get("authorization").is_none_or(|given| given != &format!("Bearer {SECRET}")) {
        return StatusCode::UNAUTHORIZED;
    }
    own.texts.lock().unwrap().push(message);
    StatusCode::from_u16(own.gateway.lock().unwrap().unwrap_or(202)).unwrap()
}
