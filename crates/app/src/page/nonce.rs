//! The number that says which scripts of a page are ours: drawn anew for each request, told to the browser in the content
//! security policy, and written on every `<script>` of the page (CSP 3, 2.3.1). It goes along with the request as a task's own
//! value, so that no handler on the way can forget to hand it on.

tokio::task_local! {
    static NONCE: String;
}

/// Runs what answers one request under its number.
pub async fn under<F: Future>(nonce: String, answering: F) -> F::Output {
    NONCE.scope(nonce, answering).await
}

/// The number of the request being answered; nothing outside of one, where a page is rendered for nobody.
#[must_use]
pub fn of_this_request() -> String {
    NONCE.try_with(Clone::clone).unwrap_or_default()
}
