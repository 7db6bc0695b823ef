//! The ways to a person: e-mail through the port's own mail server, short messages through its gateway. What a message says
//! follows from its matter alone, in the person's language; no name, no result, no pass is in it (journey.md I7).

pub mod email;
pub mod letter;
pub mod sms;

use std::path::{Path, PathBuf};

use pratique_core::declaration::Contact;
use pratique_core::journey::{Undelivered, Way};
use reqwest::Url;
use zeroize::Zeroizing;

use self::email::Mailer;
use self::letter::Letter;
use self::sms::Gateway;
use crate::endpoint;
use crate::secret_file::{self, To};
use crate::unread;

/// The ways that this port has.
#[derive(Debug)]
pub struct Messenger {
    /// Where travellers read: the address of this server's pages.
    pub site: Url,
    /// E-mail.
    pub email: Option<Mailer>,
    /// Short messages.
    pub sms: Option<Gateway>,
}

/// Why a way cannot be used as it was set.
#[derive(Debug, thiserror::Error)]
pub enum MessengerFault {
    /// The site.
    #[error("--site needs the address at which travellers read, such as https://health.port.example/")]
    Site,
    /// The mail server.
    #[error(
        "--smtp needs smtp://HOST:PORT (with STARTTLS) or smtps://HOST:PORT (TLS); without TLS it speaks to this machine alone"
    )]
    Smtp,
    /// The sender.
    #[error("--mail-from needs an e-mail address, such as \"Port Health <health@port.example>\"")]
    From,
    /// The gateway.
    #[error(
        "--sms-gateway needs an address that begins with https://, since telephone numbers are sent there; http:// will do for this machine itself"
    )]
    Gateway,
    /// A secret's file.
    #[error("{}: {}; name the file with {what}", file.display(), unread::why(why))]
    Read {
        /// Which secret.
        what: &'static str,
        /// Its file.
        file: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// Others can read it.
    #[error("{}, the file with {what}, can be read by others; run chmod 400 on it", file.display())]
    Open {
        /// Which secret.
        what: &'static str,
        /// Its file.
        file: PathBuf,
    },
    /// It is empty.
    #[error("{}, the file with {what}, is empty", file.display())]
    Empty {
        /// Which secret.
        what: &'static str,
        /// Its file.
        file: PathBuf,
    },
    /// No TLS for mail.
    #[error("the connection to the mail server cannot be prepared: {0}")]
    Mail(#[from] lettre::transport::smtp::Error),
    /// No TLS for the gateway.
    #[error("the connection to the gateway cannot be prepared: {0}")]
    Client(#[from] reqwest::Error),
}

/// Why a message was not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSent {
    /// The address will never do.
    Refused,
    /// Another time, perhaps.
    Later,
}

/// A secret from a file that its owner alone may read.
///
/// # Errors
/// [`MessengerFault`].
pub fn secret_in(file: &Path, what: &'static str) -> Result<Zeroizing<String>, MessengerFault> {
    let read = |why| MessengerFault::Read { what, file: file.to_owned(), why };
    if secret_file::is_open(file, To::GroupAndOthers).map_err(read)? {
        return Err(MessengerFault::Open { what, file: file.to_owned() });
    }
    let text = Zeroizing::new(std::fs::read_to_string(file).map_err(read)?);
    match text.trim() {
        "" => Err(MessengerFault::Empty { what, file: file.to_owned() }),
        secret => Ok(Zeroizing::new(secret.to_owned())),
    }
}

/// The site's address: a folder, so that pages stand below it.
///
/// # Errors
/// [`MessengerFault::Site`].
pub fn site(address: &str) -> Result<Url, MessengerFault> {
    let url: Url = address.parse().map_err(|_| MessengerFault::Site)?;
    let fits = endpoint::is_safe(&url);
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if !fits || !plain || url.fragment().is_some() {
        return Err(MessengerFault::Site);
    }
    Ok(url)
}

impl Messenger {
    /// The ways that lead to somebody, with the address on each.
    #[must_use]
    pub fn ways_to<'a>(&self, contact: &'a Contact) -> Vec<(Way, &'a str)> {
        let email = contact.email.as_deref().filter(|_| self.email.is_some()).map(|to| (Way::Email, to));
        let sms = contact.phone.as_deref().filter(|_| self.sms.is_some()).map(|to| (Way::Sms, to));
        email.into_iter().chain(sms).collect()
    }

    /// Sends a letter by one way.
    ///
    /// # Errors
    /// [`NotSent`]. Neither the address nor what the other side says of it is in any log.
    pub async fn send(&self, way: Way, to: &str, letter: &Letter) -> Result<(), NotSent> {
        match way {
            Way::Email => self.email.as_ref().ok_or(NotSent::Refused)?.send(to, letter).await,
            Way::Sms => self.sms.as_ref().ok_or(NotSent::Refused)?.send(to, letter).await,
        }
    }
}

impl NotSent {
    /// What is kept of it, where no try is left.
    #[must_use]
    pub fn for_good(self) -> Undelivered {
        match self {
            NotSent::Refused => Undelivered::Refused,
            NotSent::Later => Undelivered::NoAnswer,
        }
    }
}
