//! How people are told that a result is there: the options that `serve`, `config show` and `doctor` share.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::messenger::email::Mailer;
use crate::messenger::sms::Gateway;
use crate::messenger::{Messenger, MessengerFault, secret_in, site};

/// The ways to persons, where the port has any (docs/OPERATE.md).
#[derive(Debug, clap::Args)]
pub struct Messages {
    /// The address at which travellers read, told in messages
    #[arg(long, value_name = "URL", env = "PRATIQUE_SITE")]
    site: Option<String>,
    /// The mail server: smtp://HOST:PORT with STARTTLS, smtps://HOST:PORT; without TLS on this machine alone
    #[arg(long, value_name = "URL", requires_all = ["site", "mail_from"], env = "PRATIQUE_SMTP")]
    smtp: Option<String>,
    /// Who e-mails come from: "Port Health <health@port.example>"
    #[arg(long, value_name = "ADDRESS", requires = "smtp", env = "PRATIQUE_MAIL_FROM")]
    mail_from: Option<String>,
    /// The user to sign in as at the mail server
    #[arg(long, value_name = "USER", requires_all = ["smtp", "smtp_password"], env = "PRATIQUE_SMTP_USER")]
    smtp_user: Option<String>,
    /// The file with that user's password, which its owner alone may read
    #[arg(long, value_name = "FILE", requires = "smtp_user", env = "PRATIQUE_SMTP_PASSWORD")]
    smtp_password: Option<PathBuf>,
    /// The gateway for short messages
    #[arg(long, value_name = "URL", requires_all = ["site", "sms_secret"], env = "PRATIQUE_SMS_GATEWAY")]
    sms_gateway: Option<String>,
    /// The file with the gateway's bearer secret, which its owner alone may read
    #[arg(long, value_name = "FILE", requires = "sms_gateway", env = "PRATIQUE_SMS_SECRET")]
    sms_secret: Option<PathBuf>,
}

impl Messages {
    /// The ways as they are set; none where no way is.
    ///
    /// # Errors
    /// What does not fit, with what to do.
    pub fn open(&self) -> Result<Option<Messenger>, MessengerFault> {
        let Some(address) = &self.site else { return Ok(None) };
        let messenger = Messenger { site: site(address)?, email: self.mailer()?, sms: self.gateway()? };
        Ok((messenger.email.is_some() || messenger.sms.is_some()).then_some(messenger))
    }

    fn mailer(&self) -> Result<Option<Mailer>, MessengerFault> {
        let (Some(server), Some(from)) = (&self.smtp, &self.mail_from) else { return Ok(None) };
        let sign_in = match (&self.smtp_user, &self.smtp_password) {
            (Some(user), Some(file)) => Some((user.clone(), secret_in(file, "the mail server's password")?)),
            _ => None,
        };
        Mailer::new(server, from, sign_in).map(Some)
    }

    fn gateway(&self) -> Result<Option<Gateway>, MessengerFault> {
        let (Some(address), Some(file)) = (&self.sms_gateway, &self.sms_secret) else { return Ok(None) };
        Gateway::new(address, secret_in(file, "the gateway's secret")?).map(Some)
    }

    /// As `config show` has it, without secrets.
    pub fn view(&self) -> Result<Value, MessengerFault> {
        let Some(messenger) = self.open()? else { return Ok(Value::Null) };
        Ok(json!({
            "site": messenger.site.as_str(),
            "email": messenger.email.as_ref().map(|m| json!({"server": m.server(), "from": m.from(), "user": self.smtp_user})),
            "sms": messenger.sms.as_ref().map(|gateway| json!({"gateway": gateway.server()})),
        }))
    }
}
