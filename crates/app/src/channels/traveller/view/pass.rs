//! The pass: the picture, the code, who it is for, and what happens next. Travellers see neither a tier nor a colour of
//! warning.

use askama::Template;

use crate::page::Shell;
use crate::page::order_text::OrderText;
use crate::page::when::When;

/// The pass of one person.
#[derive(Debug, Template)]
#[template(path = "traveller/pass.html")]
pub struct PassPage {
    /// The frame.
    pub shell: Shell,
    /// Whether it was made a moment ago: then the page says "received" first.
    pub just_made: bool,
    /// Whether it was confirmed a moment ago.
    pub just_confirmed: bool,
    /// The short code, in groups.
    pub code: String,
    /// Where this page is: `/pass/CODE`.
    pub address: String,
    /// Where the picture is; none once the pass is no longer good.
    pub picture: Option<String>,
    /// The person's name.
    pub name: String,
    /// The last characters of the document's number.
    pub document_tail: Option<String>,
    /// Flight and day: "CA938, 24 November 2026".
    pub flight: String,
    /// The seat; none while it is not known.
    pub seat: Option<String>,
    /// Whether the flight is on the port's schedule.
    pub scheduled: bool,
    /// The state's stable name (`Shown::name`).
    pub state: &'static str,
    /// Where their sample is, and what it says once that is final.
    pub sample: Option<String>,
    /// Messages that were sent to them, by which way and when.
    pub messages: Vec<String>,
    /// What happens next, in the pack's words.
    pub next: Option<String>,
    /// When the flight is to arrive, if that is another day than the one in its name.
    pub moved_to: Option<When>,
    /// From when on it counts.
    pub counts_from: When,
    /// Whether that is still to be said: what counted once goes on counting, however late the flight becomes.
    pub says_from: bool,
    /// Until when it is good.
    pub valid_until: When,
    /// Whether it can be confirmed now, and whether it will have to be.
    pub confirm: bool,
    /// Whether it can still be changed by the traveller.
    pub amend: bool,
    /// Whether it can be withdrawn.
    pub withdraw: bool,
    /// Orders that are in force, in words.
    pub orders: Vec<OrderText>,
    /// Passes of those declared with this person.
    pub companions: Vec<CompanionPass>,
    /// Whom to ask at the port.
    pub help: String,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

/// The pass of a companion, beside the declarer's; there is more on a page of its own.
#[derive(Debug)]
pub struct CompanionPass {
    /// Their name.
    pub name: String,
    /// The last characters of their document's number.
    pub document_tail: Option<String>,
    /// Their code, in groups.
    pub code: String,
    /// Where the picture is; none once the pass is no longer good.
    pub picture: Option<String>,
    /// The state's stable name (`Shown::name`); none where this browser may not see it.
    pub state: Option<&'static str>,
    /// Where their pass is.
    pub address: String,
}

impl PassPage {
    fn state_words(&self, state: &str) -> String {
        self.shell.t(&format!("state-{state}"))
    }

    /// Whether there is anything here to be scanned: the screen is kept lit for it.
    fn has_picture(&self) -> bool {
        self.picture.is_some() || self.companions.iter().any(|companion| companion.picture.is_some())
    }

    fn picture_of(&self, name: &str) -> String {
        self.shell.words.with("pass-picture-of", &[("name", name)])
    }

    fn state_text(&self) -> String {
        self.shell.t(&format!("state-{}-text", self.state))
    }

    /// What happens next: in the pack's words where the pass is ready to be shown, which say more than ours; else in ours.
    fn next_text(&self) -> String {
        self.next.clone().filter(|_| !self.is_early()).unwrap_or_else(|| self.state_text())
    }

    /// What the button says by which the answers are confirmed: of everybody on the page whose pass is at hand.
    fn confirm_words(&self) -> String {
        let along = self.companions.iter().any(|companion| companion.state == Some("early"));
        self.shell.t(if along { "pass-confirm-all" } else { "pass-confirm" })
    }

    /// What is no pass any more is not headed like one.
    fn title(&self) -> String {
        match self.is_void() {
            true => self.shell.t(&format!("pass-title-{}", self.state)),
            false => self.shell.t("pass-title"),
        }
    }

    /// No officer will take it: taken back, replaced, or out of time.
    fn is_void(&self) -> bool {
        matches!(self.state, "withdrawn" | "replaced" | "expired")
    }

    fn is_replaced(&self) -> bool {
        self.state == "replaced"
    }

    /// What is still ahead of the person: an officer who reads the pass.
    fn is_ahead(&self) -> bool {
        matches!(self.state, "early" | "ready")
    }

    fn is_ready(&self) -> bool {
        self.state == "ready"
    }

    fn is_early(&self) -> bool {
        self.state == "early"
    }
}
