//! Where a traveller begins: what this is, what they need, what becomes of what they say, and the port.

use askama::Template;

use crate::page::Shell;
use crate::page::noticed::NoticePart;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "traveller/start.html")]
pub struct Start {
    /// The frame.
    pub shell: Shell,
    /// The ports that one can declare for.
    pub ports: Vec<PortPick>,
    /// The privacy notice, where there is one port; of several, each has its own page.
    pub notice: Vec<NoticePart>,
    /// Whether a draft is there to go on with.
    pub draft: bool,
}

/// One port.
#[derive(Debug)]
pub struct PortPick {
    /// UN/LOCODE.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is the one to propose.
    pub chosen: bool,
}
