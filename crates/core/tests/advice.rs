//! The one verdict, case by case: each leads to its own notice, and whatever is in doubt is never clear.

use pratique_core::journey::advice::{OnList, PassVerdict, Seen, advise};
use pratique_core::journey::{Advice, DocumentCheck};

fn seen() -> Seen<'static> {
    Seen {
        verdict: PassVerdict::Valid,
        document: DocumentCheck::Match,
        damaged_mrz: false,
        journey: None,
        astray: false,
        other_port: false,
        on_list: None,
        flight: None,
        elsewhere: None,
        contested: false,
        stage: "entry",
    }
}

fn codes(seen: &Seen<'_>) -> (Advice, Vec<&'static str>) {
    let (advice, notices) = advise(seen);
    (advice, notices.into_iter().map(|n| n.code).collect())
}

#[test]
fn a_pass_for_another_port_is_told_as_that_and_as_nothing_else() {
    let other = Seen { astray: true, other_port: true, verdict: PassVerdict::UnknownIssuer, ..seen() };
    assert_eq!(codes(&other), (Advice::Refer, vec!["other-port"]));
    let nobody = Seen { astray: true, verdict: PassVerdict::UnknownIssuer, ..seen() };
    assert_eq!(codes(&nobody), (Advice::Refer, vec!["not-declared"]));
}

#[test]
fn where_nobody_is_found_there_is_nothing_to_compare_a_document_with() {
    let nobody = Seen { document: DocumentCheck::Unchecked, ..seen() };
    assert_eq!(codes(&nobody), (Advice::Refer, vec!["not-declared"]));
    // Why nobody was found, perhaps.
    let damaged = Seen { damaged_mrz: true, ..nobody };
    assert_eq!(codes(&damaged), (Advice::Refer, vec!["document-damaged", "not-declared"]));
    assert_eq!(codes(&Seen { verdict: PassVerdict::Forged, ..nobody }).1, ["pass-forged", "not-declared"]);
}

#[test]
fn a_document_under_two_birth_dates_is_looked_at_and_accuses_nobody() {
    let contested = Seen { contested: true, document: DocumentCheck::Unchecked, ..seen() };
    assert_eq!(codes(&contested).0, Advice::Refer);
    assert!(codes(&contested).1.contains(&"another-birth-date"));
    assert!(!codes(&Seen { contested: false, ..contested }).1.contains(&"another-birth-date"));
}

#[test]
fn every_fault_of_a_pass_has_its_own_words() {
    for (verdict, code, advice) in [
        (PassVerdict::Expired, "pass-expired", Advice::Refer),
        (PassVerdict::NotYet, "pass-not-yet", Advice::Refer),
        (PassVerdict::Revoked, "pass-revoked", Advice::Hold),
        (PassVerdict::Forged, "pass-forged", Advice::Hold),
        (PassVerdict::UnknownIssuer, "pass-unknown-issuer", Advice::Hold),
        (PassVerdict::Malformed, "pass-malformed", Advice::Hold),
    ] {
        let (found, codes) = codes(&Seen { verdict, ..seen() });
        assert_eq!((found, codes[0]), (advice, code));
    }
    assert_eq!(codes(&Seen { document: DocumentCheck::Mismatch, ..seen() }).0, Advice::Hold);
}

#[test]
fn the_standings_that_answers_name_are_read() {
    let of = |standing| OnList::of(standing);
    assert_eq!((of("matched"), of("review")), (Some(OnList::Yes), Some(OnList::Nearly)));
    assert_eq!((of("absent"), of("unknown")), (Some(OnList::No), None));
}
