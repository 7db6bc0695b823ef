//! E-mail, through the port's own mail server (RFC 5321): with TLS from the start, with STARTTLS, or in the clear to this machine
//! alone. lettre speaks it; a server's answer is never logged beyond its number, since servers repeat addresses in it.

use std::fmt;
use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use reqwest::Url;
use zeroize::Zeroizing;

use super::letter::Letter;
use super::{MessengerFault, NotSent};
use crate::endpoint::is_here;

/// A mail server may take its time with the last answer, and a message that it has taken must not be sent again.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);
/// Refused for want of a sign-in, or of a good one (RFC 4954, 6): that is ours to mend, and says nothing of the address.
const SIGN_IN: [u16; 5] = [530, 534, 535, 538, 454];

/// The mail server.
pub struct Mailer {
    server: String,
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mailer({} at {})", self.from, self.server)
    }
}

/// That a program sends it: nobody's holiday notice answers (RFC 3834, 5).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Mailer {
    /// The server at this address, from this sender, signed in as this user with this password.
    ///
    /// # Errors
    /// [`MessengerFault`].
    pub fn new(server: &str, from: &str, sign_in: Option<(String, Zeroizing<String>)>) -> Result<Self, MessengerFault> {
        let url: Url = server.parse().map_err(|_| MessengerFault::Smtp)?;
        let host = url.host_str().ok_or(MessengerFault::Smtp)?.to_owned();
        if !url.username().is_empty() || url.password().is_some() {
            return Err(MessengerFault::Smtp);
        }
        let from: Mailbox = from.parse().map_err(|_| MessengerFault::From)?;
        // 465 and 587 are the ports of submission (RFC 8314, 3.3; RFC 6409, 3.1); 25 is a machine's own.
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Wrapper(TlsParameters::new(host.clone())?), 465),
            "smtp" if is_here(Some(&host)) => (Tls::None, 25),
            "smtp" => (Tls::Required(TlsParameters::new(host.clone())?), 587),
            _ => return Err(MessengerFault::Smtp),
        };
        let port = url.port().unwrap_or(port);
        let domain = from.email.domain().to_owned();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host)
            .port(port)
            .tls(tls)
            .hello_name(ClientId::Domain(domain))
            .timeout(Some(ANSWER_LIMIT));
        if let Some((user, password)) = sign_in {
            builder = builder.credentials(Credentials::new(user, password.to_string()));
        }
        Ok(Mailer { server: format!("{}://{host}:{port}", url.scheme()), from, transport: builder.build() })
    }

    /// The server, without any secret.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The sender.
    #[must_use]
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// Does the server answer, and take the sign-in?
    pub async fn answers(&self) -> bool {
        let asked = tokio::time::timeout(Duration::from_secs(10), self.transport.test_connection());
        matches!(asked.await, Ok(Ok(true)))
    }

    /// Hands a letter over.
    ///
    /// # Errors
    /// [`NotSent`].
    pub async fn send(&self, to: &str, letter: &Letter) -> Result<(), NotSent> {
        let to: Address = to.parse().map_err(|_| NotSent::Refused)?;
        let message = self.message(to, letter).map_err(|_| NotSent::Refused)?;
        let sent = tokio::time::timeout(ANSWER_LIMIT, self.transport.send(message)).await;
        let failure = match sent {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(failure)) => failure,
            Err(_) => {
                tracing::warn!(server = %self.server, "the mail server does not answer");
                return Err(NotSent::Later);
            }
        };
        let status = failure.status().map(u16::from).unwrap_or_default();
        tracing::warn!(server = %self.server, status, tls = failure.is_tls(), "the mail server did not take a message");
        match failure.is_permanent() && !SIGN_IN.contains(&status) {
            true => Err(NotSent::Refused),
            false => Err(NotSent::Later),
        }
    }

    fn message(&self, to: Address, letter: &Letter) -> Result<Message, lettre::error::Error> {
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .subject(letter.subject.as_str())
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(format!("{}\n\n{}\n", letter.text, letter.footer))
    }
}
