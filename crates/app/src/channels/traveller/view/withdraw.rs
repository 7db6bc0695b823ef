//! Taking a declaration back: asked once more, since it cannot be undone.

use askama::Template;

use crate::page::Shell;

/// The page that asks whether it is meant.
#[derive(Debug, Template)]
#[template(path = "traveller/withdraw.html")]
pub struct Withdraw {
    /// The frame.
    pub shell: Shell,
    /// The code, in groups.
    pub code: String,
    /// Where the pass is.
    pub back: String,
    /// Where the answer is sent.
    pub action: String,
    /// Companions whose declarations are their own and stay.
    pub others: bool,
    /// The token that proves that the form is ours.
    pub csrf: String,
}
