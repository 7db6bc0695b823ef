//! A request's body is read before there is room for it, so that whoever sends a byte a second holds a socket and nothing that
//! others wait for (faults.md F19). What is longer than a form is read by its handler, which refuses it or reads a file.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};

use crate::channels::web::body::JSON_BYTES_MAX;

/// A form that is not here by then never will be: at the 1 KiB a second of faults.md F19 nothing but a full one takes longer.
const LIMIT: Duration = Duration::from_secs(10);
/// All bodies that are read and not worked on yet.
const TOGETHER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// How much has come and is not worked on.
#[derive(Debug, Default)]
pub struct Arrivals(Arc<AtomicUsize>);

/// Why a body did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// It took too long.
    Slow,
    /// So many come that no more can be held.
    Full,
}

/// A body of which the whole form is here.
#[derive(Debug)]
pub struct Arrived {
    body: Body,
    form: Option<Bytes>,
    held: Held,
}

impl Arrived {
    /// The form's bytes, where it is whole.
    #[must_use]
    pub fn form(self) -> Option<Bytes> {
        self.form
    }

    /// To be worked on: whoever reads it finds it there.
    pub fn begun(self) -> Body {
        drop(self.held);
        self.body
    }
}

#[derive(Debug)]
struct Held(Arc<AtomicUsize>, usize);

impl Held {
    fn more(&mut self, bytes: usize) -> Result<(), Lost> {
        self.1 += bytes;
        let all = self.0.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if all > TOGETHER_BYTES_MAX { Err(Lost::Full) } else { Ok(()) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.fetch_sub(self.1, Ordering::Relaxed);
    }
}

impl Arrivals {
    /// Waits until a form is here, or more of it than any form has.
    ///
    /// # Errors
    /// [`Lost`].
    pub async fn whole(&self, body: Body) -> Result<Arrived, Lost> {
        let mut held = Held(Arc::clone(&self.0), 0);
        let read = tokio::time::timeout(LIMIT, read(body, &mut held)).await;
        let (body, form) = read.map_err(|_| Lost::Slow)??;
        Ok(Arrived { body, form, held })
    }
}

async fn read(body: Body, held: &mut Held) -> Result<(Body, Option<Bytes>), Lost> {
    let (mut chunks, mut read) = (body.into_data_stream(), Vec::new());
    while read.len() <= JSON_BYTES_MAX {
        match chunks.next().await {
            None => {
                let form = Bytes::from(read);
                return Ok((Body::from(form.clone()), Some(form)));
            }
            Some(Ok(chunk)) => {
                held.more(chunk.len())?;
                read.extend_from_slice(&chunk);
            }
            // Its handler is told the same.
            Some(Err(broken)) => {
                let rest = stream::iter([Ok(Bytes::from(read)), Err(broken)]);
                return Ok((Body::from_stream(rest), None));
            }
        }
    }
    Ok((Body::from_stream(stream::iter([Ok(Bytes::from(read))]).chain(chunks)), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use std::convert::Infallible;

    async fn through(chunks: usize) -> (usize, bool) {
        let sent = stream::iter((0..chunks).map(|_| Ok::<_, Infallible>(Bytes::from(vec![7; 1024]))));
        let arrivals = Arrivals::default();
        let arrived = arrivals.whole(Body::from_stream(sent)).await.unwrap();
        let is_whole = arrived.form.is_some();
        assert!(arrivals.0.load(Ordering::Relaxed) <= JSON_BYTES_MAX + 1024);
        let length = to_bytes(arrived.begun(), usize::MAX).await.unwrap().len();
        assert_eq!(arrivals.0.load(Ordering::Relaxed), 0);
        (length, is_whole)
    }

    #[tokio::test]
    async fn whatever_is_sent_comes_through_and_only_a_form_is_read_before() {
        assert_eq!(through(0).await, (0, true));
        assert_eq!(through(64).await, (64 * 1024, true));
        assert_eq!(through(65).await, (65 * 1024, false));
        assert_eq!(through(5_000).await, (5_000 * 1024, false));
    }

    #[tokio::test]
    async fn all_forms_together_hold_so_much_and_no_more() {
        let arrivals = Arrivals::default();
        let form = || Body::from(vec![7; JSON_BYTES_MAX]);
        let mut held = Vec::new();
        for _ in 0..TOGETHER_BYTES_MAX / JSON_BYTES_MAX {
            held.push(arrivals.whole(form()).await.unwrap());
        }
        assert!(matches!(arrivals.whole(form()).await, Err(Lost::Full)));
        assert!(arrivals.whole(Body::empty()).await.is_ok());
        held.pop();
        assert!(arrivals.whole(form()).await.is_ok());
    }
}
