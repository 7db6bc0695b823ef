//! What is held about a person, in words. Travellers see neither a tier nor which rule hit (look.md), nor an officer's own name.

use askama::Template;
use pratique_core::flight::manifest::Listed;
use pratique_core::journey::{Event, Journey, ObligationKind};
use pratique_core::port::Port;

use super::super::draft;
use super::check::{CheckSection, check_sections};
use crate::app::App;
use crate::failure::Failure;
use crate::findings::Findings;
use crate::house::local_date;
use crate::lookups::declaration::Opened;
use crate::lookups::held::{Held, Look, Who};
use crate::page::Shell;
use crate::page::when::{When, day};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "traveller/held.html")]
pub struct HeldPage {
    /// The frame.
    pub shell: Shell,
    /// The pass, to which it goes back.
    pub back: String,
    /// For what it is kept, in words.
    pub purpose: String,
    /// Until when, in words; or why not yet.
    pub until: String,
    /// From when on the law lets it go, in words.
    pub may_go: String,
    /// The version of the privacy notice that was shown.
    pub notice: Option<String>,
    /// What was declared.
    pub said: Vec<CheckSection>,
    /// How many earlier answers are kept beside it.
    pub earlier: usize,
    /// What was recorded: when, and what.
    pub recorded: Vec<(String, String)>,
    /// What the airline handed in.
    pub airline: Vec<String>,
    /// Who looked or did something: when, who, where, what for.
    pub looks: Vec<LookLine>,
    /// How often the person looked themself.
    pub own_looks: usize,
    /// What they asked for, and when.
    pub asked: Vec<(String, String)>,
    /// Whether the form can still change the answers.
    pub amend: bool,
    /// What was typed and did not go.
    pub typed: String,
    /// Why it did not.
    pub error: Option<String>,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

/// One line of the log.
#[derive(Debug, Clone)]
pub struct LookLine {
    /// When, on the port's clock.
    pub at: String,
    /// Who.
    pub who: String,
    /// Where.
    pub place: String,
    /// What for.
    pub what: String,
}

impl HeldPage {
    /// Of everything that is held.
    ///
    /// # Errors
    /// A declaration that cannot be written as JSON, which all can.
    pub fn of(app: &App, shell: Shell, opened: &Opened<'_>, held: &Held) -> Result<Self, Failure> {
        let (words, port) = (shell.words, opened.port);
        let content = &opened.dossier.content;
        let when = |at| When::of(words, at, &port.zone()).local;
        let body = draft::of_content(content, &opened.journey.port, &opened.dossier.code, "")?;
        let today = local_date(port, app.now());
        let form = app.house.in_force(port).map(|in_force| &in_force.form);
        let day_of = |at: jiff::Timestamp| day(words, at.to_zoned_datetime(port.zone()).date());
        let until = match held.kept.until {
            Some(at) => words.with("held-until", &[("day", &day_of(at))]),
            None => words.t("held-until-owed"),
        };
        // shows: kept-for-{unused, entry, sampled, contact, case}
        let purpose = words.t(&format!("kept-for-{}", held.kept.purpose.name()));
        Ok(HeldPage {
            back: format!("/pass/{}", opened.dossier.code),
            purpose,
            until,
            may_go: words.with("held-may-go", &[("day", &day_of(held.kept.may_go_from))]),
            notice: content.notice.clone(),
            said: form.map(|form| check_sections(words, &body, form, today)).unwrap_or_default(),
            earlier: held.said.len().saturating_sub(1),
            recorded: recorded(app, words, opened, held),
            airline: held.listed.iter().map(|listed| airline(words, listed)).collect(),
            looks: held.looks.iter().filter(|look| look.who != Who::Own).map(|look| line(words, port, look)).collect(),
            own_looks: held.looks.iter().filter(|look| look.who == Who::Own && look.did == "look").count(),
            asked: held.asked.iter().map(|(at, text)| (when(*at), text.clone())).collect(),
            amend: opened.journey.declaration.living().is_ok(),
            typed: String::new(),
            error: None,
            csrf: String::new(),
            shell,
        })
    }

    /// The same with the form for a wish.
    #[must_use]
    pub fn asking(mut self, csrf: String, typed: &str, error: Option<String>) -> Self {
        (self.csrf, self.typed, self.error) = (csrf, typed.to_owned(), error);
        self
    }
}

/// What officers, the laboratory and departments recorded, oldest first.
fn recorded(app: &App, words: Words, opened: &Opened<'_>, held: &Held) -> Vec<(String, String)> {
    let port = opened.port;
    let when = |at| When::of(words, at, &port.zone()).local;
    let happened = held.events.iter().filter_map(|event| happened(words, port, &opened.journey, event));
    let found = held.examinations.iter().map(|one| (one.at, found(app, words, port, &one.findings)));
    let inquired = held.investigations.iter().map(|one| {
        let count = one.inquiry.answers.len();
        (one.at, words.count("held-inquired", count))
    });
    let mut all: Vec<_> = happened.chain(found).chain(inquired).collect();
    all.sort_by_key(|(at, _)| *at);
    let mut lines: Vec<(String, String)> = all.into_iter().map(|(at, text)| (when(at), text)).collect();
    if held.notes > 0 {
        lines.push((String::new(), words.count("held-notes", held.notes)));
    }
    lines
}

/// An event in words; nothing of those that say what the declaration or the log says already.
fn happened(words: Words, port: &Port, journey: &Journey, event: &Event) -> Option<(jiff::Timestamp, String)> {
    Some(match event {
        Event::Declared { at, .. } => (*at, words.t("held-declared")),
        Event::Amended { at, .. } | Event::Corrected { at, .. } => (*at, words.t("held-changed")),
        Event::Scanned { at, station, .. } => (*at, words.with("held-scanned", &[("station", station)])),
        // shows: held-decided-{clear, refer, hold}
        Event::Decided { at, decision, .. } => (*at, words.t(&format!("held-decided-{}", decision.name()))),
        Event::DecisionUndone { at, .. } => (*at, words.t("held-decision-undone")),
        Event::SampleOrdered { at, .. } => (*at, words.t("held-sample-ordered")),
        Event::SampleCollected { taken, .. } => (
            taken.at,
            words.with("held-sample-taken", &[("label", &taken.tube.label), ("consent", &taken.tube.consent)]),
        ),
        // shows: own-result-{positive, negative, inconclusive, invalid}
        Event::ResultReleased { at, reading, .. } => (*at, words.t(&format!("own-result-{}", reading.result.name()))),
        Event::OrderServed { at, number, .. } => {
            let order = journey.orders.iter().find(|order| order.number == *number)?;
            // shows: measure-{home-observation, central-isolation, hospital, crew-rest}
            let measure = words.t(&format!("measure-{}", order.measure.name()));
            (*at, words.with("held-order", &[("measure", &measure)]))
        }
        Event::HandoverOffered { at, to, .. } => {
            let name = port.department(to).map_or(to.as_str(), |department| department.name.get(words.language()));
            (*at, words.with("held-given", &[("department", name)]))
        }
        Event::ObligationOpened { at, kind: ObligationKind::CorrectRecord, .. } => (*at, words.t("held-asked")),
        Event::Closed { at } => (*at, words.t("held-closed")),
        _ => return None,
    })
}

fn found(app: &App, words: Words, port: &Port, findings: &Findings) -> String {
    let known = app.house.in_force(port).map(|in_force| in_force.symptoms()).unwrap_or_default();
    let name = |code: &String| {
        let choice = known.iter().find(|choice| choice.code == *code);
        choice.map_or(code.clone(), |choice| choice.text(words.language()).to_owned())
    };
    let temperature = findings.temperature_c().map_or_else(|| "–".to_owned(), |c| format!("{c:.1} °C"));
    let symptoms = match findings.symptoms.is_empty() {
        true => words.t("held-symptoms-none"),
        false => findings.symptoms.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    words.with("held-examined", &[("temperature", &temperature), ("symptoms", &symptoms)])
}

fn airline(words: Words, listed: &Listed) -> String {
    let numbers = listed.documents.iter().map(|document| document.number.clone()).collect::<Vec<_>>().join(", ");
    let born = listed.birth_date.map(|born| born.to_string()).unwrap_or_default();
    let parts = [listed.identity().name.line(), born, numbers, listed.seat.clone().unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    words.with("held-airline-line", &[("what", &parts.join(" · "))])
}

fn line(words: Words, port: &Port, look: &Look) -> LookLine {
    // shows: role-{officer, medical, sampler, technician, releaser, department, supervisor, planner, airline, administrator, auditor}
    let who = match &look.who {
        Who::Own => words.t("held-who-you"),
        Who::System => words.t("held-who-system"),
        Who::Staff(None) => words.t("held-who-unknown"),
        Who::Staff(Some(grant)) => {
            let department = grant.organisation.as_deref().and_then(|code| port.department(code));
            let organisation = department.map(|d| d.name.get(words.language()).to_owned());
            organisation.unwrap_or_else(|| words.t(&format!("role-{}", grant.role.name())))
        }
    };
    LookLine {
        at: When::of(words, look.at, &port.zone()).local,
        who,
        place: look.station.clone().unwrap_or_default(),
        what: what(words, look),
    }
}

/// What for: the purpose of a look, or the act. One that has no words of its own is told as an act of the entry.
fn what(words: Words, look: &Look) -> String {
    let slug = |text: &str| text.to_lowercase().replace(' ', "-");
    let told = match &look.why {
        Some(why) => words.find(&format!("held-why-{}", slug(why)), &[]),
        None => words.find(&format!("held-did-{}", slug(&look.did)), &[]),
    };
    told.unwrap_or_else(|| words.t("held-did-other"))
}
