//! Which forms a person's page has, as things stand: what cannot be done is not offered.

use pratique_core::access::Act;
use pratique_core::journey::obligation::ObligationKind;
use pratique_core::journey::order::Ending;
use pratique_core::journey::{Class, Journey, Measure, Obligation, Outcome};
use pratique_core::port::{Port, StationKind};

use super::form::{DeskForm, Maker, Typed};
use crate::channels::obligations::one::{once, outcomes};
use crate::channels::staff::Console;
use crate::findings::{Device, Site};
use crate::house::InForce;
use crate::lookups::journey::is_living;
use crate::words::Words;

/// Readings that the form has room for: the camera's, and one by a thermometer after a rest.
pub const READINGS: usize = 2;

/// What the forms are made of.
pub struct Desk<'a> {
    /// Who asks.
    pub console: &'a Console,
    /// The port.
    pub port: &'a Port,
    /// Its pack.
    pub in_force: &'a InForce,
    /// The person's journey.
    pub journey: &'a Journey,
    /// A form that was sent and did not go.
    pub typed: &'a Typed,
}

impl std::fmt::Debug for Desk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Desk({})", self.port.code)
    }
}

impl Desk<'_> {
    /// All forms, in the order of the work.
    #[must_use]
    pub fn all(&self) -> Vec<DeskForm> {
        let lives = is_living(self.journey);
        let owed: Vec<&Obligation> = self.journey.open().filter(|o| self.is_answered_here(o)).collect();
        let mut forms = Vec::new();
        if lives {
            forms.push(self.examine());
        }
        if lives && self.journey.open().all(|o| o.kind != ObligationKind::CollectSample) {
            forms.push(self.sample());
        }
        forms.extend(owed.into_iter().map(|o| self.answer(o)));
        match self.journey.orders.iter().find(|order| order.until().is_some()) {
            Some(order) => forms.extend([self.change(order.number), self.end(order.number)]),
            None if lives => forms.push(self.order()),
            None => {}
        }
        if lives && self.journey.disposition.is_none() {
            forms.push(self.class());
        }
        forms
    }

    fn words(&self) -> Words {
        self.console.words
    }

    fn maker<'m>(&'m self, form: &'m str) -> Maker<'m> {
        Maker { words: self.words(), form, typed: self.typed }
    }

    /// An obligation that is answered by hand, by whoever looks.
    fn is_answered_here(&self, owed: &Obligation) -> bool {
        owed.kind.owner() == self.console.signed.staff.grant.role && !outcomes(self.words(), owed, "").is_empty()
    }

    // shows: desk-form-{examine,sample,order,change-order,end-order,class} desk-do-{examine,sample,answer,order,change-order,end-order,class}
    fn form(&self, name: &str, kind: &str, title: String, open: bool, elements: Vec<crate::page::Element>) -> DeskForm {
        DeskForm {
            name: name.to_owned(),
            title,
            intro: self.words().find(&format!("desk-form-{kind}-text"), &[]).into_iter().collect(),
            elements,
            button: self.words().t(&format!("desk-do-{kind}")),
            open: open || self.typed.is(name),
            once: once(self.console),
        }
    }

    fn titled(&self, name: &str, open: bool, elements: Vec<crate::page::Element>) -> DeskForm {
        let title = self.words().t(&format!("desk-form-{name}"));
        self.form(name, name, title, open, elements)
    }

    fn examine(&self) -> DeskForm {
        let (maker, words) = (self.maker("examine"), self.words());
        let desks = self.port.stations.iter().filter(|s| s.kind == StationKind::Desk);
        let desks: Vec<_> = desks.map(|s| (s.code.clone(), s.code.clone())).collect();
        let here = self.console.station_cookie().filter(|code| desks.iter().any(|(desk, _)| desk == code));
        let here = here.or_else(|| desks.first().filter(|_| desks.len() == 1).map(|(code, _)| code.clone()));
        let mut elements = vec![maker.select_one("/station", "desk-station", desks, &here.unwrap_or_default())];
        // shows: device-{camera,infrared,contact} site-{forehead,ear,armpit,mouth,wrist}
        let named = |prefix: &str, name: &str| (name.to_owned(), words.t(&format!("{prefix}-{name}")));
        for at in 0..READINGS {
            let pointer = format!("/temperature_c/{at}");
            let label = if at == 0 { "desk-temperature" } else { "desk-temperature-again" };
            elements.push(maker.line(&pointer, label, true, Some("decimal"), ""));
            let devices = Device::ALL.map(|d| named("device", d.name())).to_vec();
            elements.push(maker.select(&format!("{pointer}/device"), "desk-device", devices, ""));
            let sites = Site::ALL.map(|s| named("site", s.name())).to_vec();
            elements.push(maker.select(&format!("{pointer}/site"), "desk-site", sites, ""));
        }
        let language = words.language();
        let symptoms = self.in_force.symptoms().iter().map(|s| (s.code.clone(), s.text(language).to_owned())).collect();
        elements.push(maker.checks("/symptoms", "desk-symptoms", symptoms));
        elements.push(maker.lines("/note", "desk-note"));
        let open = self.journey.open().any(|o| o.kind == ObligationKind::Examine);
        self.titled("examine", open, elements)
    }

    fn sample(&self) -> DeskForm {
        let open = self.journey.open().any(|o| o.kind == ObligationKind::Examine);
        self.titled("sample", open, Vec::new())
    }

    fn answer(&self, owed: &Obligation) -> DeskForm {
        let name = format!("answer-{}", owed.number);
        let maker = self.maker(&name);
        // A sample that nobody ordered is not waited for.
        let no_sample = self.journey.samples.is_empty();
        let fitting = outcomes(self.words(), owed, "").into_iter();
        let fitting = fitting.filter(|(value, ..)| !(no_sample && *value == Outcome::Sampled.name()));
        let fitting = fitting.map(|(value, text, _)| (value.to_owned(), text)).collect();
        let elements =
            vec![maker.radios("/outcome", "owed-outcome", fitting, ""), maker.lines("/reason", "owed-words")];
        let title = self.words().t(&format!("obligation-{}", owed.kind.name()));
        self.form(&name, "answer", title, true, elements)
    }

    fn order(&self) -> DeskForm {
        let (maker, words) = (self.maker("order"), self.words());
        let proposals = self.in_force.pack.proposals(self.journey);
        let measures = Measure::ALL.iter().map(|m| (m.name().to_owned(), words.t(&format!("measure-{}", m.name()))));
        let elements = vec![
            maker.radios("/measure", "desk-measure", measures.collect(), ""),
            maker.line("/days", "desk-days", true, Some("numeric"), ""),
            maker.line("/until", "desk-until", true, None, ""),
            maker.lines("/reason", "desk-reason"),
        ];
        let mut form = self.titled("order", !proposals.is_empty(), elements);
        form.intro.extend(proposals.into_iter().map(|proposal| {
            let measure = words.t(&format!("measure-{}", proposal.measure.name()));
            let (days, reason) = (proposal.days.to_string(), proposal.reason.get(words.language()));
            words.with("desk-proposal", &[("measure", &measure), ("days", &days), ("reason", reason)])
        }));
        form
    }

    fn change(&self, number: u32) -> DeskForm {
        let name = format!("change-order-{number}");
        let maker = self.maker(&name);
        let elements = vec![
            maker.line("/days", "desk-days", true, Some("numeric"), ""),
            maker.line("/until", "desk-until", true, None, ""),
            maker.lines("/reason", "desk-reason"),
        ];
        self.form(&name, "change-order", self.words().t("desk-form-change-order"), false, elements)
    }

    fn end(&self, number: u32) -> DeskForm {
        let name = format!("end-order-{number}");
        let (maker, words) = (self.maker(&name), self.words());
        let endings = Ending::ALL.iter().map(|e| (e.name().to_owned(), words.t(&format!("ending-{}", e.name()))));
        let elements =
            vec![maker.radios("/ending", "desk-ending", endings.collect(), ""), maker.lines("/reason", "desk-reason")];
        let over = self.journey.open().any(|o| o.kind == ObligationKind::EndOrder);
        let over = over && self.console.may(Act::GiveOrder).is_ok();
        self.form(&name, "end-order", words.t("desk-form-end-order"), over, elements)
    }

    fn class(&self) -> DeskForm {
        let (maker, words) = (self.maker("class"), self.words());
        let classes = Class::ALL.iter().map(|c| (c.name().to_owned(), words.t(&format!("class-{}", c.name()))));
        let elements = vec![
            maker.radios("/class", "desk-class", classes.collect(), self.journey.class.name()),
            maker.line("/departs", "desk-departs", true, None, ""),
        ];
        self.titled("class", false, elements)
    }
}
