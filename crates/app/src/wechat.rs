//! WeChat's sign-in: a one-time code from the mini-program is exchanged for WeChat's name for the person (the openid), and what
//! leaves this house is our own sealed token. The openid is kept nowhere: the token holds a keyed hash of it, and WeChat's
//! session key is not even read.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::app::App;
use crate::endpoint;
use crate::failure::Failure;
use crate::keys::{BlindIndex, seal};
use crate::secret_file::{self, To};
use crate::unread;

/// Where WeChat exchanges codes (developers.weixin.qq.com, `code2Session`).
pub const ENDPOINT: &str = "https://api.weixin.qq.com/sns/jscode2session";
/// A person waits at the other end.
const ANSWER_LIMIT: Duration = Duration::from_secs(3);
/// WeChat's answer has three short members; more than this is not it.
const ANSWER_BYTES_MAX: usize = 16 * 1024;
/// A one-time code has 32 characters today.
const CODE_CHARS_MAX: usize = 256;
/// Hours of a session: a declaration is filled in and sent within minutes, and a new sign-in costs no tap.
const SESSION_H: i64 = 12;
/// Begins every token, so that a header is known to hold one before anything is opened.
const PREFIX: &str = "wx1.";
/// WeChat asks for a pause of a minute (its code 45011).
const PAUSE_S: u64 = 60;

/// The mini-program that this server exchanges codes for.
pub struct Wechat {
    app: String,
    secret: Zeroizing<String>,
    endpoint: Url,
    client: reqwest::Client,
}

impl std::fmt::Debug for Wechat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wechat({} at {})", self.app, self.endpoint)
    }
}

/// Why WeChat cannot be used as it was set.
#[derive(Debug, thiserror::Error)]
pub enum WechatFault {
    /// The address.
    #[error(
        "--wechat-endpoint needs an address that begins with https://, since the mini-program's secret is sent there; http:// will do for this machine itself"
    )]
    Endpoint,
    /// The secret's file.
    #[error("{}: {}; name the file with the mini-program's secret", file.display(), unread::why(why))]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// Others can read it.
    #[error("{}, the file with the mini-program's secret, can be read by others; run chmod 400 on it", .0.display())]
    Open(PathBuf),
    /// It is empty.
    #[error("the file with the mini-program's secret is empty")]
    Empty,
    /// No client for TLS.
    #[error("the connection to WeChat cannot be prepared: {0}")]
    Client(#[from] reqwest::Error),
}

/// A person's session, as it travels in the mini-program's requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who, by a keyed hash.
    pub person: BlindIndex,
    /// Until when it is good.
    pub expires: Timestamp,
}

/// What is sealed into a token.
#[derive(Serialize, Deserialize)]
struct Claims {
    person: BlindIndex,
    expires_s: i64,
}

/// What is read of WeChat's answer.
#[derive(Deserialize)]
struct Exchanged {
    openid: Option<String>,
    errcode: Option<i64>,
}

impl Wechat {
    /// The mini-program `app`, with the secret that its owner has of WeChat.
    ///
    /// # Errors
    /// [`WechatFault`].
    pub fn new(app: &str, secret: &str, endpoint: &str) -> Result<Self, WechatFault> {
        let endpoint: Url = endpoint.parse().map_err(|_| WechatFault::Endpoint)?;
        if !endpoint::is_safe(&endpoint) {
            return Err(WechatFault::Endpoint);
        }
        if secret.trim().is_empty() {
            return Err(WechatFault::Empty);
        }
        // A redirect would carry the secret to wherever it points.
        let client =
            reqwest::Client::builder().timeout(ANSWER_LIMIT).redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Wechat { app: app.to_owned(), secret: Zeroizing::new(secret.trim().to_owned()), endpoint, client })
    }

    /// The same with the secret from a file that only its owner reads.
    ///
    /// # Errors
    /// [`WechatFault`].
    pub fn with_secret_in(app: &str, file: &Path, endpoint: &str) -> Result<Self, WechatFault> {
        let read = |why| WechatFault::Read { file: file.to_owned(), why };
        if secret_file::is_open(file, To::GroupAndOthers).map_err(read)? {
            return Err(WechatFault::Open(file.to_owned()));
        }
        let secret = Zeroizing::new(std::fs::read_to_string(file).map_err(read)?);
        Wechat::new(app, &secret, endpoint)
    }

    /// Asks WeChat whose code this is. A code is good once and for five minutes.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for a code that WeChat does not take, [`Failure::Slow`] where it asks for a pause,
    /// [`Failure::NoAnswer`] where it does not answer in three seconds, or with something else.
    pub async fn openid(&self, code: &str) -> Result<Zeroizing<String>, Failure> {
        if code.is_empty() || code.len() > CODE_CHARS_MAX {
            return Err(refused());
        }
        // The address holds secret and code: it is in no error and no log.
        let answer = self.ask(code).await.map_err(|failure| {
            tracing::warn!(failure = %failure.without_url(), "WeChat does not answer");
            Failure::NoAnswer("WeChat")
        })?;
        let exchanged = serde_json::from_slice::<Exchanged>(&answer).map_err(|_| {
            tracing::warn!(bytes = answer.len(), "WeChat answered something that is no session");
            Failure::NoAnswer("WeChat")
        })?;
        match (exchanged.openid, exchanged.errcode.unwrap_or(0)) {
            (Some(openid), 0) if !openid.is_empty() => Ok(Zeroizing::new(openid)),
            // Invalid, used already, or WeChat thinks the person a risk.
            (_, 40029 | 40163 | 40226) => Err(refused()),
            (_, 45011) => Err(Failure::Slow(PAUSE_S)),
            (_, errcode) => {
                tracing::warn!(errcode, "WeChat refuses this server; 40013 is a wrong app id, 40125 a wrong secret");
                Err(Failure::NoAnswer("WeChat"))
            }
        }
    }

    async fn ask(&self, code: &str) -> Result<Zeroizing<Vec<u8>>, reqwest::Error> {
        let mut address = self.endpoint.clone();
        let asked = [
            ("appid", self.app.as_str()),
            ("secret", self.secret.as_str()),
            ("js_code", code),
            ("grant_type", "authorization_code"),
        ];
        address.query_pairs_mut().extend_pairs(asked);
        let mut answer = self.client.get(address).send().await?.error_for_status()?;
        let mut bytes = Zeroizing::new(Vec::new());
        while let Some(chunk) = answer.chunk().await? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > ANSWER_BYTES_MAX {
                break;
            }
        }
        Ok(bytes)
    }

    /// A session for this person of WeChat's, and the token that proves it.
    ///
    /// # Errors
    /// [`Failure::Sealed`] if the library has no memory.
    pub fn session(&self, app: &App, openid: &str) -> Result<(String, Session), Failure> {
        let person = app.indexes.wechat(&self.app, openid);
        let session = Session { person, expires: app.now() + SignedDuration::from_hours(SESSION_H) };
        let claims = Claims { person, expires_s: session.expires.as_second() };
        let sealed = seal::seal(&key(app), PREFIX.as_bytes(), &serde_json::to_vec(&claims)?, &app.rng)?;
        Ok((format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(sealed)), session))
    }
}

/// Whether this is one of our tokens at all.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.starts_with(PREFIX)
}

/// The session of a token.
///
/// # Errors
/// [`Failure::SignedOut`] for one that is over, was altered, or is another server's.
pub fn open(app: &App, token: &str) -> Result<Session, Failure> {
    let read = || {
        let sealed = BASE64_URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
        let claims: Claims = serde_json::from_slice(&seal::open(&key(app), PREFIX.as_bytes(), &sealed).ok()?).ok()?;
        Some(Session { person: claims.person, expires: Timestamp::from_second(claims.expires_s).ok()? })
    };
    read().filter(|session| session.expires > app.now()).ok_or(Failure::SignedOut)
}

fn key(app: &App) -> [u8; 32] {
    app.root.derive("wechat sessions")
}

fn refused() -> Failure {
    Failure::field("/code", "not-a-wechat-code")
}
