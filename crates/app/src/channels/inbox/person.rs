//! What is shared of a person, as question and answers of a page.

use pratique_core::country;
use pratique_core::port::Port;

use crate::channels::desk::told;
use crate::house::{House, local_date};
use crate::lookups::reasons;
use crate::lookups::shared::Shared;
use crate::page::when::{When, day_of};
use crate::words::Words;

/// One line: a heading, and what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The heading.
    pub heading: String,
    /// What is known; none where nothing is.
    pub values: Vec<String>,
}

/// All lines, in the order in which a person is met: who, how to reach them, how they came, what was found.
#[must_use]
pub fn rows(house: &House, words: Words, port: &Port, shared: &Shared) -> Vec<Row> {
    let mut rows = who(words, shared);
    rows.extend(entry(words, port, shared));
    rows.extend(at_the_desk(house, words, port, shared));
    rows
}

/// What the desk measured, saw and asked.
fn at_the_desk(house: &House, words: Words, port: &Port, shared: &Shared) -> Vec<Row> {
    let headed = |key: &str, at, values| {
        let at = When::of(words, at, &port.zone()).local;
        Row { heading: words.with(key, &[("at", &at)]), values }
    };
    let examined = shared.examinations.iter().flatten().map(|one| {
        let mut values = told::readings(words, &one.findings);
        values.extend(told::symptoms(house, words, port, &one.findings));
        headed("shared-examined", one.at, values)
    });
    let asked = shared.investigations.iter().flatten().map(|one| {
        let sections = told::asked(house, words, &one.inquiry, local_date(port, one.at));
        let line = |(question, answers): (String, Vec<String>)| {
            let answers = answers.join(&words.t("shared-between"));
            words.with("shared-answered", &[("question", &question), ("answers", &answers)])
        };
        let answered = sections.into_iter().flat_map(|section| section.rows).filter(|(_, answers)| !answers.is_empty());
        headed("shared-asked", one.at, answered.map(line).collect())
    });
    examined.chain(asked).collect()
}

fn row(words: Words, key: &str, values: Vec<String>) -> Row {
    Row { heading: words.t(key), values }
}

fn who(words: Words, shared: &Shared) -> Vec<Row> {
    let state = |code: &String| country::name(code, words.language()).map_or_else(|| code.clone(), str::to_owned);
    let document = shared.document.as_ref().map(|d| format!("{} ({})", d.number, d.issuer));
    let tail = shared.document_tail.as_ref().map(|tail| words.with("shared-document-tail", &[("tail", tail)]));
    let one = [
        ("pass-name", shared.name.clone()),
        ("pass-document", document.or(tail)),
        ("field-birth-date", shared.birth_date.as_ref().map(|day| day_of(words, day))),
        ("shared-age", shared.age_band.clone()),
        ("field-sex", shared.sex.map(|sex| words.t(&format!("sex-{}", sex.to_lowercase())))),
        ("field-nationality", shared.nationality.as_ref().map(state)),
        ("field-phone", shared.phone.clone()),
        ("field-email", shared.email.clone()),
        ("field-address", shared.address.clone()),
        ("pass-flight", shared.flight.clone()),
        ("field-seat", shared.seat.clone()),
    ];
    one.into_iter().filter_map(|(key, value)| Some(row(words, key, vec![value?]))).collect()
}

fn entry(words: Words, port: &Port, shared: &Shared) -> Vec<Row> {
    let at = |at: &jiff::Timestamp| When::of(words, *at, &port.zone()).local;
    let mut rows = Vec::new();
    let mut add = |key: &str, values: Option<Vec<String>>| rows.extend(values.map(|values| row(words, key, values)));
    add(
        "shared-companions",
        shared.companions.as_ref().map(|ids| vec![words.count("shared-companions-count", ids.len())]),
    );
    add("shared-tier", shared.tier.map(|tier| vec![words.t(&format!("shared-tier-{tier}"))]));
    add("owed-reasons", shared.reasons.clone());
    add("verdict-rules", shared.judged_by.as_ref().map(|by| vec![reasons::judged(by, words)]));
    let found = |f: &crate::lookups::shared::Found| format!("{}: {}", at(&f.at), f.text);
    add("shared-findings", shared.findings.as_ref().map(|all| all.iter().map(found).collect()));
    let sample = |s: &crate::lookups::shared::SampleLine| {
        let state = words.t(&format!("shared-sample-{}", s.state));
        words.with("shared-numbered", &[("number", &s.sample.to_string()), ("text", &state)])
    };
    add("shared-samples", shared.samples.as_ref().map(|all| all.iter().map(sample).collect()));
    let result = |r: &crate::lookups::shared::ResultLine| {
        let text = words.t(&format!("shared-result-{}", r.result));
        let key = if r.version > 1 { "shared-result-corrected" } else { "shared-result" };
        words.with(key, &[("number", &r.sample.to_string()), ("text", &text), ("at", &at(&r.at))])
    };
    add("shared-results", shared.results.as_ref().map(|all| all.iter().map(result).collect()));
    let order = |o: &crate::lookups::shared::OrderLine| {
        let (measure, state) =
            (words.t(&format!("outcome-{}", o.measure)), words.t(&format!("shared-order-{}", o.state)));
        match &o.until {
            Some(until) => {
                words.with("shared-order-until", &[("measure", &measure), ("state", &state), ("until", &at(until))])
            }
            None => words.with("shared-order", &[("measure", &measure), ("state", &state)]),
        }
    };
    add("shared-orders", shared.orders.as_ref().map(|all| all.iter().map(order).collect()));
    let contact = |c: &crate::lookups::shared::ContactLine| rule(words, &c.rule, c.rows);
    add("shared-contacts", shared.contacts.as_ref().map(|all| all.iter().map(contact).collect()));
    rows
}

/// Why somebody counts as a contact, in words.
#[must_use]
pub fn rule(words: Words, rule: &str, rows: Option<u32>) -> String {
    match rows {
        Some(0) => words.t("contact-rule-same-row"),
        Some(rows) => words.count("contact-rule-rows", usize::try_from(rows).unwrap_or_default()),
        // shows: contact-rule-{same-party, crew, asked, examined-together}
        None => words.t(&format!("contact-rule-{rule}")),
    }
}
