//! `serve`: the server.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use ipnet::IpNet;

use super::CommandFault;
use super::messages::Messages;
use super::opening::{Absent, Place, migrate};
use super::output::Out;
use crate::actions::turn_key;
use crate::app::{Config, Load, Traffic};
use crate::caller::Caller;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::serve::{Door, is_free};
use crate::tls::{Files, Tls};
use crate::wechat::{self, Wechat};

/// Serve pages, API and checkpoint.
///
/// An empty store is made, an older one brought up to this version, and keys are made for ports that have none. The log goes
/// to standard error as JSON; PRATIQUE_LOG sets what is in it (`info`, `pratique=debug`).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pratique serve --data /var/lib/pratique --listen 127.0.0.1:8080\n  \
                        pratique serve --listen 0.0.0.0:443 --tls-certificate chain.pem --tls-key key.pem\n  \
                        pratique serve --database postgres://pratique@localhost/pratique --secure --trusted-proxy 127.0.0.1")]
pub struct Serve {
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", env = "PRATIQUE_LISTEN")]
    listen: SocketAddr,
    /// Speak TLS with this certificate: a PEM file with the whole chain, read again when it changes; implies --secure
    #[arg(long, value_name = "FILE", requires = "tls_key", env = "PRATIQUE_TLS_CERTIFICATE")]
    tls_certificate: Option<PathBuf>,
    /// The certificate's private key, a PEM file that others may not read
    #[arg(long, value_name = "FILE", requires = "tls_certificate", env = "PRATIQUE_TLS_KEY")]
    tls_key: Option<PathBuf>,
    /// It is reached over TLS (a proxy's): cookies are `__Host-` and HSTS is sent
    #[arg(long)]
    secure: bool,
    /// A host in the port's own network that webhooks may reach, also without TLS; may be given several times
    #[arg(long = "webhook-host", value_name = "HOST")]
    webhook_hosts: Vec<String>,
    /// A proxy before this server: its address, whose X-Forwarded-For or Forwarded header is believed; may be given more than once
    #[arg(long, value_name = "ADDR", env = "PRATIQUE_TRUSTED_PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<IpAddr>,
    /// How often a minute one address may declare, and as often prove that a declaration is its own; 0 is no limit
    #[arg(long, value_name = "N", default_value_t = Traffic::PER_ADDRESS_MIN.get(), env = "PRATIQUE_PER_ADDRESS")]
    per_address: u32,
    /// How much of the disk is kept beside a SQLite store, so that scans and decisions go on when it is full; 0 keeps none
    #[arg(long, value_name = "MIB", default_value_t = RESERVE_MIB, env = "PRATIQUE_RESERVE_MIB")]
    reserve_mib: u64,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    mini_program: MiniProgram,
    #[command(flatten)]
    messages: Messages,
    #[command(flatten)]
    place: Place,
}

/// Ten minutes of scans and decisions, and more (faults.md F5).
const RESERVE_MIB: u64 = 64;
/// How much the server takes on at once.
#[derive(Debug, clap::Args)]
struct Limits {
    /// How many requests are worked on at once at most; as many as answer in time, if those are fewer
    #[arg(long, value_name = "N", default_value_t = Load::IN_FLIGHT, env = "PRATIQUE_IN_FLIGHT")]
    in_flight: NonZeroU32,
    /// How many connections there are at most; as many as the system gives descriptors for, if those are fewer
    #[arg(long, value_name = "N", default_value_t = Load::SOCKETS, env = "PRATIQUE_SOCKETS")]
    sockets: NonZeroU32,
    /// How many connections one address may hold
    #[arg(long, value_name = "N", default_value_t = Load::SOCKETS_PER_ADDRESS, env = "PRATIQUE_SOCKETS_PER_ADDRESS")]
    sockets_per_address: NonZeroU32,
    /// A network whose addresses may hold as many as there are, as 10.0.0.0/8; trusted proxies and a port's own networks may anyway
    #[arg(long, value_name = "NET", env = "PRATIQUE_NETWORK_APART", value_delimiter = ',')]
    network_apart: Vec<IpNet>,
}

impl Limits {
    fn load(&self) -> Load {
        Load {
            in_flight: self.in_flight,
            in_time: Load::IN_TIME,
            sockets_per_address: self.sockets_per_address,
            sockets: self.sockets,
            apart: self.network_apart.clone(),
        }
    }
}

/// The WeChat mini-program, where the port has one (docs/WECHAT.md).
#[derive(Debug, clap::Args)]
struct MiniProgram {
    /// The id of the port's WeChat mini-program
    #[arg(long, value_name = "ID", requires = "wechat_secret", env = "PRATIQUE_WECHAT_APP")]
    wechat_app: Option<String>,
    /// The file with the mini-program's secret, which its owner alone may read
    #[arg(long, value_name = "FILE", requires = "wechat_app", env = "PRATIQUE_WECHAT_SECRET")]
    wechat_secret: Option<PathBuf>,
    /// Where one-time codes are exchanged
    #[arg(long, value_name = "URL", default_value = wechat::ENDPOINT, env = "PRATIQUE_WECHAT_ENDPOINT")]
    wechat_endpoint: String,
}

impl MiniProgram {
    fn open(&self) -> Result<Option<Wechat>, CommandFault> {
        match (&self.wechat_app, &self.wechat_secret) {
            (Some(app), Some(secret)) => Ok(Some(Wechat::with_secret_in(app, secret, &self.wechat_endpoint)?)),
            _ => Ok(None),
        }
    }
}

impl Serve {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        // tokio_postgres tells every notice of the database, such as that a table is there already.
        log("info,tokio_postgres=warn");
        // All that can be wrong with how it was called is found before the store is touched.
        let (tls, wechat, messenger) = (self.tls()?, self.mini_program.open()?, self.messages.open()?);
        let house = self.place.house()?;
        is_free(self.listen)?;
        let database = self.place.there(Absent::Make)?;
        let (from, to) = migrate(&database, Clock::System.now()).await?;
        if from != to {
            tracing::info!(from, to, database = %database, "brought the store's schema up to date");
        }
        let config = Config {
            database,
            data: self.place.data.clone(),
            secure: self.secure || tls.is_some(),
            traffic: Traffic {
                per_address_min: NonZeroU32::new(self.per_address),
                trusted_proxies: self.trusted_proxy.iter().map(IpAddr::to_canonical).collect(),
            },
            load: self.limits.load(),
            webhook_hosts: self.webhook_hosts.clone(),
            opened_by: "server".to_owned(),
        };
        let app = self.place.app(config, house, Absent::Make).await?;
        if self.reserve_mib > 0 {
            app.store.reserve(self.reserve_mib << 20).await.map_err(Failure::from)?;
        }
        if let Some(wechat) = wechat {
            // A new application has none yet.
            let _ = app.wechat.set(wechat);
        }
        if let Some(messenger) = messenger {
            let _ = app.messenger.set(messenger);
        }
        turn_key::provide(&app, &Caller::System("server")).await?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let ready = |address| {
            // A server whose reader went away serves on.
            let _ = out.line(&format!("Listening on {scheme}://{address}")).and_then(|()| out.flush());
        };
        crate::serve::serve(app, Door { listen: self.listen, tls }, ready).await?;
        tracing::info!("stopped");
        Ok(())
    }

    fn tls(&self) -> Result<Option<Tls>, CommandFault> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => {
                Ok(Some(Tls::read(Files { certificate: certificate.clone(), key: key.clone() })?))
            }
            _ => Ok(None),
        }
    }
}

/// JSON lines on standard error, this much of them where PRATIQUE_LOG says nothing else.
pub(super) fn log(level: &str) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("PRATIQUE_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    // Only a test sets a subscriber of its own before.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
