//! What stands around every page: the mark, the port, the languages, the links at the foot.

use pratique_core::port::Port;

use super::nonce;
use crate::assets;
use crate::words::Words;

/// The frame of one page in one language.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The texts.
    pub words: Words,
    /// The page's own address without its query: where a change of language leads.
    pub path: String,
    /// What of the query stays when the language changes, as `date=2026-11-24`. Never what came, but what was understood of it:
    /// text of a stranger's that a page with somebody's data repeats would tell that data by the size of the packed answer.
    pub query: String,
    /// The port's name, once one is chosen.
    pub port: Option<String>,
    /// Whether this is a screen of staff: denser, and wide.
    pub staff: bool,
    /// What a kiosk's screen adds.
    pub kiosk: Option<AtKiosk>,
    /// What a page adds that an officer fills in at a lane.
    pub lane: Option<AtLane>,
}

/// A traveller's page on an officer's screen: the way back to the lane, and the lock that its own pages have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtLane {
    /// The token of the officer's forms, by which the screen is locked.
    pub csrf: String,
    /// Seconds without a key after which it locks; none for a session that has no such end.
    pub lock_s: Option<i64>,
}

/// A page at a kiosk: large, without ways out, and never left standing with somebody's answers on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtKiosk {
    /// Seconds until it asks whether anybody is still there, where no script can see touches and keys; none on the page that
    /// asks.
    pub unseen_s: Option<u32>,
}

impl AtKiosk {
    /// Seconds without a touch or a key after which it asks (experience.md 3.3).
    pub const IDLE_S: u32 = 30;
    /// Seconds that it then waits before everything is wiped.
    pub const WARNED_S: u32 = 20;
    /// Without a script a page cannot tell reading and typing from nobody: it gives longer, so that nobody is interrupted in the
    /// middle of a question.
    pub const TYPING_S: u32 = 120;
}

/// One language to change to.
#[derive(Debug)]
pub struct LanguageLink {
    /// Its tag.
    pub tag: &'static str,
    /// Its own name.
    pub name: String,
    /// This page in it.
    pub address: String,
    /// Whether the page is in it already.
    pub current: bool,
}

impl Shell {
    /// The frame of the page at this address.
    #[must_use]
    pub fn new(words: Words, path: impl Into<String>) -> Self {
        Shell { words, path: path.into(), query: String::new(), port: None, staff: false, kiosk: None, lane: None }
    }

    /// The same with the port's name in the header.
    #[must_use]
    pub fn at(mut self, port: &Port) -> Self {
        self.port = Some(port.name.get(self.words.language()).to_owned());
        self
    }

    /// The same, keeping this of its query when the language changes.
    #[must_use]
    pub fn keeping(mut self, query: impl Into<String>) -> Self {
        self.query = query.into();
        self
    }

    /// The same as a screen of staff.
    #[must_use]
    pub fn for_staff(mut self) -> Self {
        self.staff = true;
        self
    }

    /// The same as a kiosk's screen.
    #[must_use]
    pub fn at_kiosk(mut self, unseen_s: Option<u32>) -> Self {
        self.kiosk = Some(AtKiosk { unseen_s });
        self
    }

    /// The same on an officer's screen at a lane.
    #[must_use]
    pub fn at_lane(mut self, lane: AtLane) -> Self {
        self.lane = Some(lane);
        self
    }

    /// The address of what locks a screen that nobody is at.
    #[must_use]
    pub fn presence_script(&self) -> String {
        assets::address("presence.js")
    }

    /// The addresses of what hears a scanner where nobody is signed in, and says so.
    #[must_use]
    pub fn locked_scripts(&self) -> [String; 2] {
        ["wedge.js", "locked.js"].map(assets::address)
    }

    /// Where a page that cannot go on leads: to the start, and at a kiosk, where that would wipe everything, to what is missing.
    #[must_use]
    pub fn start(&self) -> &'static str {
        match () {
            () if self.kiosk.is_some() => "/declare",
            () if self.lane.is_some() => "/checkpoint",
            () => "/",
        }
    }

    /// The page before the first page of questions.
    #[must_use]
    pub fn before_first(&self) -> &'static str {
        match () {
            () if self.kiosk.is_some() => "/kiosk/read",
            () if self.lane.is_some() => "/checkpoint",
            () => "/",
        }
    }

    /// Where a kiosk's page asks whether anybody is still there, and how it finds back.
    #[must_use]
    pub fn idle(&self) -> String {
        format!("/kiosk/idle?back={}", self.path)
    }

    /// Seconds without a touch after which a kiosk asks.
    #[must_use]
    pub fn idle_s(&self) -> u32 {
        AtKiosk::IDLE_S
    }

    /// Seconds that it then waits.
    #[must_use]
    pub fn warned_s(&self) -> u32 {
        AtKiosk::WARNED_S
    }

    /// The address of what a kiosk adds to the style.
    #[must_use]
    pub fn kiosk_style(&self) -> String {
        assets::address("kiosk.css")
    }

    /// The address of what a kiosk adds where scripts run.
    #[must_use]
    pub fn kiosk_script(&self) -> String {
        assets::address("kiosk.js")
    }

    /// What a script of this page must carry to be run.
    #[must_use]
    pub fn nonce(&self) -> String {
        nonce::of_this_request()
    }

    /// The address of what shows one question at a time.
    #[must_use]
    pub fn declare_script(&self) -> String {
        assets::address("declare.js")
    }

    /// The address of what keeps the screen of a pass awake.
    #[must_use]
    pub fn pass_script(&self) -> String {
        assets::address("pass.js")
    }

    /// The address of what finds an answer in a long list by typing a part of it.
    #[must_use]
    pub fn choose_script(&self) -> String {
        assets::address("choose.js")
    }

    /// A text.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// The style's address.
    #[must_use]
    pub fn style(&self) -> String {
        assets::address("pratique.css")
    }

    /// The address of what screens of staff add to the style.
    #[must_use]
    pub fn staff_style(&self) -> String {
        assets::address("staff.css")
    }

    /// The mark's address.
    #[must_use]
    pub fn mark(&self) -> String {
        assets::address("flag.svg")
    }

    /// Every language, by its own name.
    #[must_use]
    pub fn languages(&self) -> Vec<LanguageLink> {
        let kept = if self.query.is_empty() { String::new() } else { format!("{}&", self.query) };
        let link = |(tag, name)| LanguageLink {
            tag,
            name,
            address: format!("{}?{kept}lang={tag}", self.path),
            current: tag == self.words.language(),
        };
        Words::languages().into_iter().map(link).collect()
    }
}
