//! Who may do what: one table, role by act, deny by default. Ports and purposes are checked here too and nowhere else
//! (security.md 2.5; OWASP ASVS 8.2).

use serde::{Deserialize, Serialize};

/// A role of staff or of a machine (contract.md, `user add`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Checkpoint officer.
    Officer,
    /// Medical officer at the desk.
    Medical,
    /// Sampler at a booth.
    Sampler,
    /// Laboratory technician.
    Technician,
    /// Second person who releases results.
    Releaser,
    /// Liaison of a department.
    Department,
    /// Supervisor.
    Supervisor,
    /// Planner.
    Planner,
    /// Airline.
    Airline,
    /// Administrator.
    Administrator,
    /// Auditor.
    Auditor,
    /// A self-service kiosk.
    Kiosk,
    /// A laboratory instrument.
    Instrument,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 13] = [
        Role::Officer,
        Role::Medical,
        Role::Sampler,
        Role::Technician,
        Role::Releaser,
        Role::Department,
        Role::Supervisor,
        Role::Planner,
        Role::Airline,
        Role::Administrator,
        Role::Auditor,
        Role::Kiosk,
        Role::Instrument,
    ];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::Medical => "medical",
            Role::Sampler => "sampler",
            Role::Technician => "technician",
            Role::Releaser => "releaser",
            Role::Department => "department",
            Role::Supervisor => "supervisor",
            Role::Planner => "planner",
            Role::Airline => "airline",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
            Role::Kiosk => "kiosk",
            Role::Instrument => "instrument",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == text.trim())
    }
}

/// What somebody may want to do or see. Every action and lookup that staff can reach names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Be a kiosk: declare for whoever stands before it.
    StandAsKiosk,
    /// Print numbered paper forms.
    PrintForms,
    /// Key in what stands on a paper form, with the paper's own time.
    KeyPaper,
    /// Scan a pass, a code or a document, and see the verdict.
    Scan,
    /// Decide on a scan: clear, refer, hold.
    Decide,
    /// See the last scans of one's own station.
    SeeScans,
    /// See open obligations of the port.
    SeeObligations,
    /// Acknowledge or answer an obligation.
    AnswerObligation,
    /// Make or move a flight, import a schedule.
    MoveFlight,
    /// See the schedule.
    SeeFlights,
    /// Play the arrival hall as a model.
    SeeHall,
    /// See the name and birth date of the person behind an obligation.
    SeeName,
    /// See the whole document number of the person behind an obligation; everybody else sees how it ends.
    SeeDocument,
    /// Hand in a flight's manifest.
    HandInManifest,
    /// See who of a manifest has not declared: seats and counts.
    SeeReadiness,
    /// See the names of a manifest, and say whether two records are one person.
    JudgeMatch,
    /// Say that somebody on a manifest did not fly.
    MarkNoShow,
    /// Ask whether the holder of a document has declared, before boarding.
    AskBoarding,
    /// Record a flight's health part: ill people, inspection on board, disinfection.
    InspectFlight,
    /// Open a declaration's answers and what the rules made of them, for a case in hand.
    SeeAnswers,
    /// Examine a referred person, and inquire where they were and whom they met.
    Examine,
    /// Order a sample.
    OrderSample,
    /// Give, change or end an order: isolation, observation, rest.
    GiveOrder,
    /// Tell a person of an order.
    ServeOrder,
    /// Say that somebody flies on, or is crew.
    Classify,
    /// End an entry with evidence: departed, diverted, no show, deceased, void.
    EndEntry,
    /// Label and take a sample, and hand it to the courier.
    Collect,
    /// See where samples are, without whose they are.
    SeeSamples,
    /// Take a sample in at the laboratory, reject it, give it up.
    Receive,
    /// Lay out a plate, and read a test.
    Read,
    /// Make a result final, and amend one.
    Release,
    /// Hand something over to a department, and take it back.
    HandOver,
    /// See what was handed over to one's department; accept, decline, answer it.
    SeeInbox,
    /// See a case's contacts, and reach them.
    Trace,
    /// See the figures of the port, and the bulletin.
    Supervise,
    /// Add or disable users and keys over HTTP.
    Administer,
    /// Erase a person whom the law does not keep any more: destroys, and shows nobody.
    Erase,
    /// Read the audit log's proofs.
    Audit,
}

impl Act {
    /// All acts.
    pub const ALL: &'static [Act] = &[
        Act::StandAsKiosk,
        Act::PrintForms,
        Act::KeyPaper,
        Act::Scan,
        Act::Decide,
        Act::SeeScans,
        Act::SeeObligations,
        Act::AnswerObligation,
        Act::MoveFlight,
        Act::SeeFlights,
        Act::SeeHall,
        Act::SeeName,
        Act::SeeDocument,
        Act::HandInManifest,
        Act::SeeReadiness,
        Act::JudgeMatch,
        Act::MarkNoShow,
        Act::AskBoarding,
        Act::InspectFlight,
        Act::SeeAnswers,
        Act::Examine,
        Act::OrderSample,
        Act::GiveOrder,
        Act::ServeOrder,
        Act::Classify,
        Act::EndEntry,
        Act::Collect,
        Act::SeeSamples,
        Act::Receive,
        Act::Read,
        Act::Release,
        Act::HandOver,
        Act::SeeInbox,
        Act::Trace,
        Act::Supervise,
        Act::Administer,
        Act::Erase,
        Act::Audit,
    ];

    /// The roles that may. Everything not named here is denied.
    fn roles(self) -> &'static [Role] {
        match self {
            Act::StandAsKiosk => &[Role::Kiosk],
            Act::PrintForms => &[Role::Officer, Role::Medical, Role::Supervisor],
            // Whoever keys in reads a name and answers off the paper: those who may see them anyway, or took the paper.
            Act::KeyPaper => &[Role::Officer, Role::Medical],
            Act::Scan | Act::SeeScans => &[Role::Officer, Role::Medical],
            Act::Decide => &[Role::Officer, Role::Medical],
            Act::SeeObligations => &[Role::Officer, Role::Medical, Role::Supervisor],
            Act::AnswerObligation => &[Role::Officer, Role::Medical, Role::Department],
            Act::MoveFlight => &[Role::Supervisor, Role::Planner, Role::Airline],
            Act::SeeFlights => &[Role::Officer, Role::Medical, Role::Supervisor, Role::Planner, Role::Airline],
            Act::SeeHall => &[Role::Supervisor, Role::Planner],
            Act::SeeName => &[Role::Officer, Role::Medical],
            Act::SeeDocument => &[Role::Medical],
            Act::HandInManifest => &[Role::Supervisor, Role::Planner, Role::Airline],
            Act::SeeReadiness => &[Role::Officer, Role::Medical, Role::Supervisor, Role::Planner, Role::Airline],
            Act::JudgeMatch => &[Role::Officer, Role::Supervisor],
            Act::MarkNoShow => &[Role::Supervisor, Role::Airline],
            Act::AskBoarding => &[Role::Airline],
            Act::InspectFlight => &[Role::Officer, Role::Medical],
            Act::SeeAnswers => &[Role::Medical],
            Act::Examine => &[Role::Medical],
            Act::OrderSample => &[Role::Officer, Role::Medical],
            Act::GiveOrder => &[Role::Medical],
            Act::ServeOrder => &[Role::Officer, Role::Medical],
            Act::Classify => &[Role::Officer, Role::Medical],
            Act::EndEntry => &[Role::Supervisor],
            Act::Collect => &[Role::Sampler],
            Act::SeeSamples => &[Role::Sampler, Role::Technician, Role::Releaser, Role::Supervisor],
            Act::Receive => &[Role::Technician],
            Act::Read => &[Role::Technician, Role::Instrument],
            Act::Release => &[Role::Releaser],
            Act::HandOver => &[Role::Officer, Role::Medical],
            Act::SeeInbox => &[Role::Department],
            Act::Trace => &[Role::Department],
            Act::Supervise => &[Role::Supervisor, Role::Planner],
            Act::Administer | Act::Erase => &[Role::Administrator],
            Act::Audit => &[Role::Auditor],
        }
    }
}

/// What one user or machine has been given: a role at a port, for an organisation where that narrows it (an airline, a
/// department).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The port's UN/LOCODE.
    pub port: String,
    /// Carrier code or department id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
}

/// Why an act is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The role may not do this anywhere.
    #[error("this role may not do that")]
    Role,
    /// The role may, but at another port.
    #[error("this account belongs to another port")]
    Port,
    /// An airline may touch only its own flights, a department only what was handed over to it.
    #[error("this account may act for its own organisation alone")]
    Organisation,
}

impl Grant {
    /// May its holder do this at that port?
    ///
    /// # Errors
    /// [`Denied`], and so the answer wherever nothing allows it.
    pub fn allows(&self, act: Act, port: &str) -> Result<(), Denied> {
        if !act.roles().contains(&self.role) {
            Err(Denied::Role)
        } else if self.port == port {
            Ok(())
        } else {
            Err(Denied::Port)
        }
    }

    /// The same for an act on one carrier's flight: an airline may touch its own only.
    ///
    /// # Errors
    /// As [`Grant::allows`], and [`Denied::Organisation`].
    pub fn allows_for(&self, act: Act, port: &str, carrier: &str) -> Result<(), Denied> {
        self.allows(act, port)?;
        if self.role == Role::Airline && self.organisation.as_deref() != Some(carrier) {
            return Err(Denied::Organisation);
        }
        Ok(())
    }

    /// The same for an act on what one department was given: a department may touch its own only.
    ///
    /// # Errors
    /// As [`Grant::allows`], and [`Denied::Organisation`].
    pub fn allows_of(&self, act: Act, port: &str, department: &str) -> Result<(), Denied> {
        self.allows(act, port)?;
        if self.role == Role::Department && self.organisation.as_deref() != Some(department) {
            return Err(Denied::Organisation);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole matrix, written out a second time as a strict reader would: any change must be made in both places.
    const ALLOWED: &[(&str, &[Act])] = &[
        (
            "officer",
            &[
                Act::PrintForms,
                Act::KeyPaper,
                Act::Scan,
                Act::Decide,
                Act::SeeScans,
                Act::SeeObligations,
                Act::AnswerObligation,
                Act::SeeFlights,
                Act::SeeName,
                Act::SeeReadiness,
                Act::JudgeMatch,
                Act::InspectFlight,
                Act::OrderSample,
                Act::ServeOrder,
                Act::Classify,
                Act::HandOver,
            ],
        ),
        (
            "medical",
            &[
                Act::PrintForms,
                Act::KeyPaper,
                Act::Scan,
                Act::Decide,
                Act::SeeScans,
                Act::SeeObligations,
                Act::AnswerObligation,
                Act::SeeFlights,
                Act::SeeName,
                Act::SeeDocument,
                Act::SeeReadiness,
                Act::InspectFlight,
                Act::SeeAnswers,
                Act::Examine,
                Act::OrderSample,
                Act::GiveOrder,
                Act::ServeOrder,
                Act::Classify,
                Act::HandOver,
            ],
        ),
        ("sampler", &[Act::Collect, Act::SeeSamples]),
        ("technician", &[Act::SeeSamples, Act::Receive, Act::Read]),
        ("releaser", &[Act::SeeSamples, Act::Release]),
        ("department", &[Act::AnswerObligation, Act::SeeInbox, Act::Trace]),
        (
            "supervisor",
            &[
                Act::PrintForms,
                Act::SeeObligations,
                Act::MoveFlight,
                Act::SeeFlights,
                Act::HandInManifest,
                Act::SeeReadiness,
                Act::JudgeMatch,
                Act::MarkNoShow,
                Act::SeeHall,
                Act::EndEntry,
                Act::SeeSamples,
                Act::Supervise,
            ],
        ),
        (
            "planner",
            &[Act::MoveFlight, Act::SeeFlights, Act::HandInManifest, Act::SeeReadiness, Act::SeeHall, Act::Supervise],
        ),
        (
            "airline",
            &[
                Act::MoveFlight,
                Act::SeeFlights,
                Act::HandInManifest,
                Act::SeeReadiness,
                Act::MarkNoShow,
                Act::AskBoarding,
            ],
        ),
        ("kiosk", &[Act::StandAsKiosk]),
        ("instrument", &[Act::Read]),
        ("administrator", &[Act::Administer, Act::Erase]),
        ("auditor", &[Act::Audit]),
    ];

    #[test]
    fn every_cell_of_the_matrix_is_as_agreed() {
        for role in Role::ALL {
            let agreed = ALLOWED.iter().find(|(name, _)| *name == role.name()).map_or(&[][..], |(_, acts)| acts);
            let grant = Grant { role, port: "CNPEK".into(), organisation: None };
            for &act in Act::ALL {
                assert_eq!(grant.allows(act, "CNPEK").is_ok(), agreed.contains(&act), "{role:?} {act:?}");
                assert!(grant.allows(act, "CNPVG").is_err(), "{role:?} {act:?} at another port");
            }
        }
    }

    #[test]
    fn an_airline_moves_its_own_flights_alone() {
        let airline = Grant { role: Role::Airline, port: "CNPEK".into(), organisation: Some("CA".into()) };
        assert_eq!(airline.allows_for(Act::MoveFlight, "CNPEK", "CA"), Ok(()));
        assert_eq!(airline.allows_for(Act::MoveFlight, "CNPEK", "MU"), Err(Denied::Organisation));
    }

    #[test]
    fn a_department_touches_what_it_was_given_alone() {
        let hospital = Grant { role: Role::Department, port: "CNPEK".into(), organisation: Some("hospital".into()) };
        assert_eq!(hospital.allows_of(Act::SeeInbox, "CNPEK", "hospital"), Ok(()));
        assert_eq!(hospital.allows_of(Act::SeeInbox, "CNPEK", "contact-tracing"), Err(Denied::Organisation));
        assert_eq!(hospital.allows_of(Act::SeeInbox, "CNPVG", "hospital"), Err(Denied::Port));
        let nobody = Grant { organisation: None, ..hospital };
        assert_eq!(nobody.allows_of(Act::SeeInbox, "CNPEK", "hospital"), Err(Denied::Organisation));
    }
}
