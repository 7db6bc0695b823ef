//! Pages to read: help, who runs this, and the privacy notice.

use askama::Template;

use crate::page::Shell;
use crate::page::noticed::NoticePart;

/// A page of headings and paragraphs: the texts `read-NAME-title`, then `read-NAME-1-title`, `read-NAME-1-text`, ….
#[derive(Debug, Template)]
#[template(path = "traveller/notice.html")]
pub struct Notice {
    shell: Shell,
    title: String,
    parts: Vec<(String, String)>,
    help: Option<String>,
    licences: Option<String>,
}

impl Notice {
    /// The page called `help` or `about`.
    #[must_use]
    pub fn new(shell: Shell, name: &str) -> Self {
        let words = shell.words;
        let part = |n: usize| {
            let title = words.find(&format!("read-{name}-{n}-title"), &[])?;
            Some((title, words.t(&format!("read-{name}-{n}-text"))))
        };
        let title = words.t(&format!("read-{name}-title"));
        Notice { title, parts: (1..).map_while(part).collect(), help: None, licences: None, shell }
    }

    /// The same with whom to ask at the port.
    #[must_use]
    pub fn asking(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }

    /// Whether it is shown at a kiosk.
    #[must_use]
    pub fn is_at_kiosk(&self) -> bool {
        self.shell.kiosk.is_some()
    }

    /// The same with where to read the licences of what others wrote.
    #[must_use]
    pub fn crediting(mut self, licences: Option<String>) -> Self {
        self.licences = licences;
        self
    }
}

/// A privacy notice, the one in force or an older one.
#[derive(Debug, Template)]
#[template(path = "traveller/privacy.html")]
pub struct Privacy {
    /// The frame.
    pub shell: Shell,
    /// Its version.
    pub version: String,
    /// The day from which it was shown.
    pub published: String,
    /// Whether it is the one that is shown now.
    pub in_force: bool,
    /// What it says.
    pub parts: Vec<NoticePart>,
    /// The other versions.
    pub others: Vec<String>,
}
