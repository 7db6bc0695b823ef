//! Pages to read: help, privacy, who runs this.

use askama::Template;

use crate::page::Shell;

/// The version of the privacy notice as it stands in the texts, kept with each declaration. Change it with the words.
pub const NOTICE_VERSION: &str = "2026-11b";

/// A page of headings and paragraphs: the texts `read-NAME-title`, then `read-NAME-1-title`, `read-NAME-1-text`, ….
#[derive(Debug, Template)]
#[template(path = "traveller/notice.html")]
pub struct Notice {
    shell: Shell,
    title: String,
    parts: Vec<(String, String)>,
    help: Option<String>,
}

impl Notice {
    /// The page called `help`, `privacy` or `about`.
    #[must_use]
    pub fn new(shell: Shell, name: &str) -> Self {
        let words = shell.words;
        let part = |n: usize| {
            let title = words.find(&format!("read-{name}-{n}-title"), &[])?;
            Some((title, words.t(&format!("read-{name}-{n}-text"))))
        };
        let title = words.t(&format!("read-{name}-title"));
        Notice { title, parts: (1..).map_while(part).collect(), help: None, shell }
    }

    /// The same with whom to ask at the port.
    #[must_use]
    pub fn asking(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }
}
