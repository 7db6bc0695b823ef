//! Connections to PostgreSQL: how they are bounded, pipelined and read, what their errors mean.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, Error, Row};

use crate::error::StoreError;
use crate::value::Record;

/// Bounds what an address leaves open, so that a dead host is noticed within seconds.
pub(crate) fn bounded(config: &mut Config) {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(5));
    }
    if config.get_application_name().is_none() {
        config.application_name("pratique");
    }
    config.keepalives_idle(Duration::from_secs(10)).keepalives_interval(Duration::from_secs(3)).keepalives_retries(3);
    // With several hosts in the address, writes go to the one that takes them: after a failover that is another one.
    config.target_session_attrs(tokio_postgres::config::TargetSessionAttrs::ReadWrite);
}

/// Sends every request in its order before waiting for the first answer: one round trip for all of them.
pub(crate) async fn pipeline<F: Future>(requests: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<Pin<Box<F>>> = requests.into_iter().map(Box::pin).collect();
    let mut answers: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    poll_fn(move |context| {
        let mut open = false;
        for (request, answer) in waiting.iter_mut().zip(&mut answers) {
            if answer.is_none() {
                match request.as_mut().poll(context) {
                    Poll::Ready(found) => *answer = Some(found),
                    Poll::Pending => open = true,
                }
            }
        }
        if open { Poll::Pending } else { Poll::Ready(answers.iter_mut().filter_map(Option::take).collect()) }
    })
    .await
}

pub(crate) fn record(row: &Row) -> Result<Record, StoreError> {
    (0..row.len()).map(|at| row.try_get(at).map_err(failure)).collect::<Result<_, _>>().map(Record)
}

/// What to do about a link that TLS kept from being made.
fn cure(why: &str) -> Option<&'static str> {
    [
        (
            "invalid peer certificate",
            "name the file of the authority that signed it, as sslrootcert=FILE in the database's address",
        ),
        (
            "server does not support TLS",
            "set ssl = on there, or ask for none with sslmode=disable in the database's address",
        ),
    ]
    .into_iter()
    .find_map(|(said, cure)| why.contains(said).then_some(cure))
}

/// What PostgreSQL's error means to a caller (its manual, appendix A: error codes).
pub(crate) fn failure(error: Error) -> StoreError {
    let source = std::error::Error::source(&error);
    let why = match error.as_db_error() {
        // The message names tables and constraints; the server's detail would name values, which may be personal.
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}")),
    };
    let Some(code) = error.code() else {
        // Without a code the server did not speak: the link failed, or this program's types do.
        let why = match cure(&why) {
            Some(cure) => format!("{why}: {cure}"),
            None => why,
        };
        return if why.contains("serializ") { StoreError::Bug(why) } else { StoreError::unavailable(why) };
    };
    let class = code.code().get(..2).unwrap_or_default();
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED | SqlState::UNIQUE_VIOLATION => {
            StoreError::Contended(why)
        }
        SqlState::DISK_FULL => StoreError::DiskFull(why),
        SqlState::OUT_OF_MEMORY => StoreError::NoMemory(why),
        SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::unavailable(why),
        _ if matches!(class, "08" | "53" | "57" | "28" | "3D") => StoreError::unavailable(why),
        _ if class == "58" || class == "XX" => StoreError::Io(why),
        _ => StoreError::Bug(why),
    }
}
