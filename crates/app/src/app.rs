//! What the whole application shares: built once, passed everywhere.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use ipnet::IpNet;
use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_store::{Change, Location, Opening, Order, Outcome, Store};

use crate::actions::ask_boarding::Askers;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::house::House;
use crate::keys::{Decoy, Indexes, KeyRecord, KeyRing, PersonKey, Root};
use crate::ledger;
use crate::messenger::Messenger;
use crate::once::{self, Once, Reply};
use crate::proofs::Proofs;
use crate::reasons::ReasonKey;
use crate::rng::Rng;
use crate::wechat::Wechat;

/// How often an action reads and decides again when others were faster. Of those who want the same row at once, each round
/// one wins: this is how many lanes may scan one pass at the same moment.
const TRIES_MAX: usize = 128;

/// A network of a port's own may do so many times what another address may: a hall's travellers stand behind one.
pub const OWN_NETWORKS_FACTOR: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// What strangers may do, and who is believed about where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traffic {
    /// How often a minute one address may declare, and as often prove; `None` is no limit.
    pub per_address_min: Option<NonZeroU32>,
    /// Proxies whose `X-Forwarded-For` or `Forwarded` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Traffic {
    /// An airport's travellers share few addresses: security.md 2.4.
    pub const PER_ADDRESS_MIN: NonZeroU32 = NonZeroU32::new(60).unwrap();

    /// No limit by address, for a demonstration and for tests, whose travellers all sit at one machine.
    #[must_use]
    pub fn unlimited() -> Self {
        Traffic { per_address_min: None, trusted_proxies: Vec::new() }
    }
}

impl Default for Traffic {
    fn default() -> Self {
        Traffic { per_address_min: Some(Self::PER_ADDRESS_MIN), trusted_proxies: Vec::new() }
    }
}

/// How much this server takes on at once (faults.md F17 to F19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// How many requests are worked on at once at most; as many as answer in time, if those are fewer.
    pub in_flight: NonZeroU32,
    /// By when half of the answers are to be there; while they are not, fewer requests are worked on at once.
    pub in_time: Duration,
    /// How many connections one address may hold: an IPv4, or the /64 of an IPv6.
    pub sockets_per_address: NonZeroU32,
    /// How many connections there are at most; as many as the system gives descriptors for, if those are fewer.
    pub sockets: NonZeroU32,
    /// Networks whose addresses may hold as many as there are, beside trusted proxies and a port's own networks.
    pub apart: Vec<IpNet>,
}

impl Load {
    /// Thirty-two for each of two cores.
    pub const IN_FLIGHT: NonZeroU32 = NonZeroU32::new(64).unwrap();
    /// An officer's answer is to be there in half a second, and waits a while for room before.
    pub const IN_TIME: Duration = Duration::from_millis(200);
    /// A household or an office holds a tenth of it.
    pub const SOCKETS_PER_ADDRESS: NonZeroU32 = NonZeroU32::new(500).unwrap();
    /// A few kilobytes each.
    pub const SOCKETS: NonZeroU32 = NonZeroU32::new(10_000).unwrap();

    /// More than any test asks, and a slow machine takes nothing of it.
    #[must_use]
    pub fn unlimited() -> Self {
        Load { in_flight: NonZeroU32::MAX, in_time: Duration::MAX, ..Load::default() }
    }
}

impl Default for Load {
    fn default() -> Self {
        Load {
            in_flight: Self::IN_FLIGHT,
            in_time: Self::IN_TIME,
            sockets_per_address: Self::SOCKETS_PER_ADDRESS,
            sockets: Self::SOCKETS,
            apart: Vec::new(),
        }
    }
}

/// What the command line or a test chose.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the store lives.
    pub database: Location,
    /// The folder of the root key and of the embedded store.
    pub data: PathBuf,
    /// The server is reached over TLS (its own or a proxy's), so cookies are `__Host-` and HSTS is sent.
    pub secure: bool,
    /// Hosts that webhooks may reach although they are not public, and without TLS: a receiver in the port's own network.
    pub webhook_hosts: Vec<String>,
    /// Limits by address.
    pub traffic: Traffic,
    /// Limits of the whole server.
    pub load: Load,
    /// Who opens the store: `server`, `command line`, for the audit.
    pub opened_by: String,
}

/// The application.
#[derive(Debug)]
pub struct App {
    /// The store.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// The random generator.
    pub rng: Rng,
    /// Ports and packs.
    pub house: House,
    /// The root key.
    pub root: Root,
    /// Blind indexes.
    pub indexes: Indexes,
    /// Makes and reads the tokens that stand for rules.
    pub reason_key: ReasonKey,
    /// Seals stored answers that name nobody.
    pub answer_key: [u8; 32],
    /// Seals cookies.
    pub cookie_key: [u8; 32],
    /// Whom a proof is held against where there is nobody.
    pub decoy: Decoy,
    /// What was chosen at the start.
    pub config: Config,
    /// Wrong proofs of travellers.
    pub proofs: Proofs,
    /// How fast airlines ask whom they may board.
    pub askers: Askers,
    /// The WeChat mini-program, where there is one; who starts the server sets it, once.
    pub wechat: OnceLock<Wechat>,
    /// The ways to persons, where the port has any; set likewise.
    pub messenger: OnceLock<Messenger>,
    ring: RwLock<Arc<KeyRing>>,
    generation: std::sync::atomic::AtomicI64,
    stopping: std::sync::atomic::AtomicBool,
}

impl App {
    /// Opens everything. The store must be migrated.
    ///
    /// # Errors
    /// What is missing or does not fit, with what to do.
    pub async fn open(config: Config, clock: Clock, rng: Rng, root: Root, house: House) -> Result<Arc<Self>, Failure> {
        let opening = Opening { writer: rng.id(clock.now()), opened_by: config.opened_by.clone() };
        let store = Store::open(&config.database, opening).await?;
        let generation = store.generation().await?;
        let ring = KeyRing::of(&read_keys(&store).await?, &root, clock.now())?;
        let (answer_key, cookie_key) = (root.derive("answers"), root.derive("cookies"));
        let (indexes, reason_key) = (Indexes::of(&root), ReasonKey::of(&root));
        let decoy = Decoy::new(rng.id(clock.now()), &root, &rng)?;
        Ok(Arc::new(App {
            store,
            clock,
            rng,
            house,
            indexes,
            reason_key,
            answer_key,
            cookie_key,
            decoy,
            config,
            proofs: Proofs::default(),
            askers: Askers::default(),
            wechat: OnceLock::new(),
            messenger: OnceLock::new(),
            ring: RwLock::new(Arc::new(ring)),
            generation: generation.into(),
            stopping: false.into(),
            root,
        }))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The keys.
    #[must_use]
    pub fn ring(&self) -> Arc<KeyRing> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// All key records, oldest first.
    ///
    /// # Errors
    /// The store's.
    pub async fn keys(&self) -> Result<Vec<KeyRecord>, Failure> {
        read_keys(&self.store).await
    }

    /// Reads keys anew if another process, or this one, changed them. Answers whether anything changed, so that whoever caches
    /// users drops them too.
    ///
    /// # Errors
    /// The store's, or a key that does not open; the old ring stays then.
    pub async fn refresh(&self) -> Result<bool, Failure> {
        use std::sync::atomic::Ordering;
        let found = self.store.generation().await?;
        if self.generation.load(Ordering::Acquire) == found {
            return Ok(false);
        }
        let ring = KeyRing::of(&self.keys().await?, &self.root, self.now())?;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
        self.generation.store(found, Ordering::Release);
        Ok(true)
    }

    /// Which generation of keys and users this server knows.
    #[must_use]
    pub fn generation(&self) -> i64 {
        self.generation.load(std::sync::atomic::Ordering::Acquire)
    }

    /// The server stops: answers that go on by themselves end.
    pub fn stop(&self) {
        self.stopping.store(true, std::sync::atomic::Ordering::Release);
    }

    /// Does the server stop?
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(std::sync::atomic::Ordering::Acquire)
    }

    /// A person's data key.
    ///
    /// # Errors
    /// `Sealed(Erased)` for an erased person.
    pub async fn person_key(&self, person: Id) -> Result<PersonKey, Failure> {
        let wrapped = self.store.person_key(person).await?;
        Ok(PersonKey::unwrap(person, wrapped.as_deref(), &self.root)?)
    }

    /// Runs an action to its end: what it prepares is written, and prepared again from fresh reads if others were faster.
    ///
    /// # Errors
    /// What `prepare` says; [`Failure::Busy`] after too many tries; the store's.
    pub async fn settle<F, P>(&self, once: Option<Once>, prepare: F) -> Result<Reply, Failure>
    where
        F: FnMut() -> P + Send,
        // Not `AsyncFnMut`: of its future nobody can say that it may change threads, which a handler's must.
        P: Future<Output = Result<Prepared, Failure>> + Send,
    {
        match once::answered(self, once).await? {
            Some(first) => Ok(first),
            None => self.settle_new(once, prepare).await,
        }
    }

    /// The same for an action that is nearly always new and whose `prepare` does nothing but read: the write finds a repeat by
    /// itself, so that the first answer is looked for only where `prepare` refuses (what was used up since must not turn a repeat
    /// into a refusal). One read less of every declaration and scan.
    ///
    /// # Errors
    /// As [`App::settle`].
    pub async fn settle_reading<F, P>(&self, once: Option<Once>, prepare: F) -> Result<Reply, Failure>
    where
        F: FnMut() -> P + Send,
        P: Future<Output = Result<Prepared, Failure>> + Send,
    {
        match self.settle_new(once, prepare).await {
            Ok(reply) => Ok(reply),
            Err(refused) => once::answered(self, once).await?.ok_or(refused),
        }
    }

    async fn settle_new<F, P>(&self, once: Option<Once>, mut prepare: F) -> Result<Reply, Failure>
    where
        F: FnMut() -> P + Send,
        P: Future<Output = Result<Prepared, Failure>> + Send,
    {
        for _ in 0..TRIES_MAX {
            // On the heap: a declaration holds more than all that leads to it, and where one task plays a whole day (`demo`) it
            // fills a thread's stack in a build without optimisation.
            let prepared = Box::pin(prepare()).await?;
            let label = prepared.change.label;
            match self.store.apply(prepared.change).await? {
                Outcome::Applied => return Ok(prepared.reply),
                Outcome::Repeat { status, bytes, person } => {
                    let once = once.ok_or_else(|| Failure::bug("a repeat without a key"))?;
                    return once::opened(self, once, status, &bytes, person).await;
                }
                Outcome::KeyReused => return Err(Failure::KeyReused),
                Outcome::Conflict { .. } | Outcome::Taken { .. } => {
                    metrics::counter!("pratique_conflicts_total", "action" => label).increment(1);
                }
            }
        }
        Err(Failure::Busy)
    }
}

/// What an action wants written, and what it answers once that is durable.
#[derive(Debug)]
pub struct Prepared {
    /// The change, with the stored answer in it.
    pub change: Change,
    /// The answer.
    pub reply: Reply,
}

async fn read_keys(store: &Store) -> Result<Vec<KeyRecord>, Failure> {
    let listed = store.entries(ledger::KEYS, i64::MIN..i64::MAX, None, 10_000, Order::Ascending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let rows = store.rows(&ids).await?;
    rows.into_iter().flatten().map(|row| Ok(serde_json::from_str(&row.state)?)).collect()
}
