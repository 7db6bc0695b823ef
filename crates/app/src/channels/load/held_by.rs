//! An answer's body that holds something until it is sent or given up.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};

/// The same body; `held` is let go of with its end.
pub fn held_by<H: Send + 'static>(body: Body, held: H) -> Body {
    Body::new(Holding { body, held: Some(held) })
}

struct Holding<H> {
    body: Body,
    held: Option<H>,
}

// Nothing in it is pinned: axum's body is a box.
impl<H> Unpin for Holding<H> {}

impl<H: Send + 'static> HttpBody for Holding<H> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if matches!(frame, Poll::Ready(None | Some(Err(_)))) {
            self.held = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
