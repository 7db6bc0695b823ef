//! Short messages, through a gateway of the port's choosing that speaks a small protocol of ours (docs/OPERATE.md): a POST of
//! `{"to", "text", "id"}` with a bearer secret. A provider's own protocol is a few lines of theirs between the two.

use std::fmt;
use std::time::Duration;

use reqwest::{StatusCode, Url};
use serde_json::json;
use zeroize::Zeroizing;

use super::letter::Letter;
use super::{MessengerFault, NotSent};
use crate::endpoint;

/// A gateway that has not answered by then is asked again, under the same id.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);
/// Answers by which a gateway says that it will never take this number.
const NEVER: [StatusCode; 4] =
    [StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND, StatusCode::GONE, StatusCode::UNPROCESSABLE_ENTITY];

/// The gateway.
pub struct Gateway {
    address: Url,
    secret: Zeroizing<String>,
    client: reqwest::Client,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gateway({})", self.server())
    }
}

impl Gateway {
    /// The gateway at this address.
    ///
    /// # Errors
    /// [`MessengerFault`].
    pub fn new(address: &str, secret: Zeroizing<String>) -> Result<Self, MessengerFault> {
        let address: Url = address.parse().map_err(|_| MessengerFault::Gateway)?;
        if !endpoint::is_safe(&address) || !address.username().is_empty() || address.password().is_some() {
            return Err(MessengerFault::Gateway);
        }
        // A redirect would carry number and secret to wherever it points.
        let client = reqwest::Client::builder()
            .timeout(ANSWER_LIMIT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("Pratique")
            .build()?;
        Ok(Gateway { address, secret, client })
    }

    /// The gateway's host, without any secret.
    #[must_use]
    pub fn server(&self) -> String {
        self.address.origin().ascii_serialization()
    }

    /// Does it answer at all, and know the secret? A question without a message, which no gateway sends on.
    pub async fn answers(&self) -> bool {
        let asked = self.client.get(self.address.clone()).bearer_auth(self.secret.as_str()).send().await;
        asked.is_ok_and(|answer| {
            !answer.status().is_server_error()
                && !matches!(answer.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
        })
    }

    /// Hands a letter over.
    ///
    /// # Errors
    /// [`NotSent`].
    pub async fn send(&self, to: &str, letter: &Letter) -> Result<(), NotSent> {
        let body = json!({ "to": to, "text": letter.text, "id": letter.id });
        let asked = self.client.post(self.address.clone()).bearer_auth(self.secret.as_str()).json(&body);
        // An address may hold a password, and reqwest names it in its errors: only what kind of failure it was is said.
        let status = asked.send().await.map(|answer| answer.status()).ok();
        match status {
            Some(status) if status.is_success() => return Ok(()),
            _ => tracing::warn!(
                gateway = %self.server(),
                status = status.map(|s| s.as_u16()).unwrap_or_default(),
                "the gateway did not take a message"
            ),
        }
        match status {
            Some(status) if NEVER.contains(&status) => Err(NotSent::Refused),
            _ => Err(NotSent::Later),
        }
    }
}
