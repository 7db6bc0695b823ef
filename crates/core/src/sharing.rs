//! What a department may know, on one page: purpose by field, deny by default (security.md 2.5, "fields in the sharing
//! agreement, per loop"; PIPL art. 6 and IHR art. 45: no more than the purpose needs). And of whom: only of people who were
//! handed over to it, while the handover is open, and for a while after it was answered.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::department::Purpose;
use crate::journey::Handover;
use crate::journey::handover::State;

/// One thing that can be known of a person or their entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The name.
    Name,
    /// The whole document number and its issuer.
    Document,
    /// The end of the document number: enough to compare with the document shown.
    DocumentTail,
    /// The birth date.
    BirthDate,
    /// Ten years of age.
    AgeBand,
    /// Sex as in the document.
    Sex,
    /// Nationality.
    Nationality,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// Address for the next 14 days.
    Address,
    /// The flight.
    Flight,
    /// The seat.
    Seat,
    /// Who was declared together with them, by their entries and not by name.
    Companions,
    /// The tier.
    Tier,
    /// Why the rules said so.
    Reasons,
    /// What the desk found, in the doctor's words.
    Findings,
    /// Where they were and whom they met.
    Investigation,
    /// Where their samples are.
    Samples,
    /// Released results.
    Results,
    /// Orders: isolation, observation, rest.
    Orders,
    /// The cases that they are a contact of.
    Contacts,
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 21] = [
        Field::Name,
        Field::Document,
        Field::DocumentTail,
        Field::BirthDate,
        Field::AgeBand,
        Field::Sex,
        Field::Nationality,
        Field::Phone,
        Field::Email,
        Field::Address,
        Field::Flight,
        Field::Seat,
        Field::Companions,
        Field::Tier,
        Field::Reasons,
        Field::Findings,
        Field::Investigation,
        Field::Samples,
        Field::Results,
        Field::Orders,
        Field::Contacts,
    ];

    /// The purposes that need it. What is not named is denied.
    fn purposes(self) -> &'static [Purpose] {
        use Purpose::{Isolation, JointPrevention, Tracing, Treatment};
        match self {
            // Everybody who takes a person on must know that it is this one.
            Field::Name | Field::Phone => &[Isolation, Tracing, JointPrevention, Treatment],
            // A hospital opens a record, a district registers; the others compare with the document in front of them.
            Field::Document | Field::BirthDate | Field::Nationality => &[JointPrevention, Treatment],
            Field::DocumentTail => &[Isolation, Tracing],
            Field::AgeBand => &[Isolation, Tracing],
            Field::Sex => &[Isolation, JointPrevention, Treatment],
            // A district looks where they will live; contacts are found there.
            Field::Address => &[Tracing, JointPrevention],
            Field::Email => &[Tracing],
            Field::Flight => &[Isolation, Tracing, JointPrevention],
            Field::Seat => &[Tracing],
            // Families are housed together.
            Field::Companions => &[Isolation, Tracing, JointPrevention],
            Field::Tier => &[Isolation, Treatment],
            Field::Reasons | Field::Findings => &[Treatment],
            Field::Investigation => &[Tracing, Treatment],
            Field::Samples => &[Treatment],
            Field::Results => &[Isolation, Tracing, JointPrevention, Treatment],
            Field::Orders => &[Isolation, JointPrevention, Treatment],
            Field::Contacts => &[Tracing, JointPrevention],
        }
    }

    /// May it be known for this purpose?
    #[must_use]
    pub fn is_for(self, purpose: Purpose) -> bool {
        self.purposes().contains(&purpose)
    }
}

/// Days after its answer for which a handover can still be read: a report is looked up again, a result may still change.
pub const AFTER_ANSWER_DAYS: i64 = 14;

/// When a handover stops being readable; `None` while it is open.
#[must_use]
pub fn ends_at(handover: &Handover) -> Option<Timestamp> {
    match handover.state {
        State::Offered | State::Accepted { .. } => None,
        State::Answered { at, .. } => Some(at + SignedDuration::from_hours(24 * AFTER_ANSWER_DAYS)),
        State::Declined { at, .. } | State::Withdrawn { at, .. } => Some(at),
    }
}

/// May the department that it was given to still read it?
#[must_use]
pub fn is_readable(handover: &Handover, now: Timestamp) -> bool {
    ends_at(handover).is_none_or(|end| now < end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journey::handover::Report;

    /// The whole matrix, written out a second time as the agreements say it: any change must be made in both places.
    const AGREED: [(Purpose, &[Field]); 4] = [
        (
            Purpose::Isolation,
            &[
                Field::Name,
                Field::DocumentTail,
                Field::AgeBand,
                Field::Sex,
                Field::Phone,
                Field::Flight,
                Field::Companions,
                Field::Tier,
                Field::Results,
                Field::Orders,
            ],
        ),
        (
            Purpose::Tracing,
            &[
                Field::Name,
                Field::DocumentTail,
                Field::AgeBand,
                Field::Phone,
                Field::Email,
                Field::Address,
                Field::Flight,
                Field::Seat,
                Field::Companions,
                Field::Investigation,
                Field::Results,
                Field::Contacts,
            ],
        ),
        (
            Purpose::JointPrevention,
            &[
                Field::Name,
                Field::Document,
                Field::BirthDate,
                Field::Sex,
                Field::Nationality,
                Field::Phone,
                Field::Address,
                Field::Flight,
                Field::Companions,
                Field::Results,
                Field::Orders,
                Field::Contacts,
            ],
        ),
        (
            Purpose::Treatment,
            &[
                Field::Name,
                Field::Document,
                Field::BirthDate,
                Field::Sex,
                Field::Nationality,
                Field::Phone,
                Field::Tier,
                Field::Reasons,
                Field::Findings,
                Field::Investigation,
                Field::Samples,
                Field::Results,
                Field::Orders,
            ],
        ),
    ];

    #[test]
    fn every_cell_of_the_sharing_agreement_is_as_agreed() {
        for (purpose, agreed) in AGREED {
            for field in Field::ALL {
                assert_eq!(field.is_for(purpose), agreed.contains(&field), "{purpose:?} {field:?}");
            }
        }
    }

    #[test]
    fn a_handover_is_read_while_it_is_open_and_fourteen_days_after_its_answer() {
        let at: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        let (day, by) = (SignedDuration::from_hours(24), || "x".to_owned());
        let given = |state| Handover { number: 1, to: "hospital".into(), by: by(), at, state };
        let later = at + day * 400;
        assert!(is_readable(&given(State::Offered), later));
        assert!(is_readable(&given(State::Accepted { by: by(), at }), later));
        let answered = given(State::Answered { by: by(), at, report: Report::Completed });
        assert!(is_readable(&answered, at + day * 13) && !is_readable(&answered, at + day * 14));
        assert!(!is_readable(&given(State::Declined { by: by(), at }), at));
        assert!(!is_readable(&given(State::Withdrawn { by: by(), at }), at));
    }
}
