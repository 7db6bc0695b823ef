//! A port of entry as its file in `ports/` describes it: time zone, control areas, stations, deadlines.

use ipnet::IpNet;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::department::{self, Department, Purpose};
use crate::language::Text;
use crate::retention::Retention;

/// What kind of work is done at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StationKind {
    /// Self-service kiosk.
    Kiosk,
    /// Checkpoint lane.
    Lane,
    /// Medical desk.
    Desk,
    /// Sampling booth.
    Booth,
    /// Laboratory.
    Laboratory,
}

/// A place where staff or a machine works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Station {
    /// Its code, e.g. `T3D-L01`.
    pub code: String,
    /// What is done there.
    pub kind: StationKind,
    /// The control area it lies in.
    pub area: String,
    /// The stage that a clearance here uses up; a lane without one uses the port's first stage.
    #[serde(default)]
    pub stage: Option<String>,
}

/// A control area, e.g. T3D.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Text,
}

/// Minutes within which somebody owes something. What a port's file leaves out is as in journey.md 6.1 and 6.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Deadlines {
    /// A referred person is examined.
    pub examine_min: i64,
    /// A held person is resolved by a supervisor.
    pub resolve_hold_min: i64,
    /// A correction made after the first scan is looked at.
    pub review_correction_min: i64,
    /// What a person asked for that the form cannot change is seen to.
    pub correct_record_min: i64,
    /// A sample is taken after it was ordered.
    pub collect_min: i64,
    /// A sample is taken again after the one before was rejected or lost.
    pub recollect_min: i64,
    /// A collected sample is in the laboratory.
    pub deliver_min: i64,
    /// A result is released, from the swab.
    pub report_min: i64,
    /// The doctor concludes, from the result.
    pub conclude_min: i64,
    /// A person is told of a positive result.
    pub tell_min: i64,
    /// Contacts are found, and reached.
    pub trace_min: i64,
    /// An order is served.
    pub serve_min: i64,
    /// A department takes what it is offered.
    pub accept_min: i64,
    /// A department reports back, where no order says when.
    pub feedback_min: i64,
}

impl Default for Deadlines {
    fn default() -> Self {
        Deadlines {
            examine_min: 30,
            resolve_hold_min: 30,
            review_correction_min: 60,
            correct_record_min: 14 * 24 * 60,
            collect_min: 60,
            recollect_min: 120,
            deliver_min: 120,
            report_min: 6 * 60,
            conclude_min: 30,
            tell_min: 15,
            trace_min: 24 * 60,
            serve_min: 60,
            accept_min: 60,
            feedback_min: 14 * 24 * 60,
        }
    }
}

impl Deadlines {
    fn all(&self) -> [i64; 14] {
        [
            self.examine_min,
            self.resolve_hold_min,
            self.review_correction_min,
            self.correct_record_min,
            self.collect_min,
            self.recollect_min,
            self.deliver_min,
            self.report_min,
            self.conclude_min,
            self.tell_min,
            self.trace_min,
            self.serve_min,
            self.accept_min,
            self.feedback_min,
        ]
    }
}

/// How the lanes work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lanes {
    /// Seconds within which an officer can take a decision back; 0 for never.
    pub undo_s: i64,
    /// Milliseconds after which a console goes on by itself with a clean pass whose document fits; 0 for never.
    pub clear_after_ms: i64,
}

impl Default for Lanes {
    /// As experience.md 3.4 has it: time enough to see a face, and to press a key.
    fn default() -> Self {
        Lanes { undo_s: 30, clear_after_ms: 1500 }
    }
}

/// A port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    /// UN/LOCODE, e.g. `CNPEK`.
    pub code: String,
    /// IATA code, e.g. `PEK`.
    pub iata: String,
    /// Its name.
    pub name: Text,
    /// IANA time zone, e.g. `Asia/Shanghai`.
    pub time_zone: String,
    /// The outbreak pack in force.
    pub pack: String,
    /// Whom a traveller can ask: shown on the pass page.
    pub help: Text,
    /// The stages at which a pass is used up once, in order.
    pub stages: Vec<String>,
    /// Networks of the port's own, e.g. `203.0.113.0/24`: many people stand behind one address there.
    #[serde(default)]
    pub own_networks: Vec<IpNet>,
    /// Control areas.
    #[serde(rename = "area")]
    pub areas: Vec<Area>,
    /// Stations.
    #[serde(rename = "station")]
    pub stations: Vec<Station>,
    /// The departments that people are handed over to.
    #[serde(rename = "department", default)]
    pub departments: Vec<Department>,
    /// Deadlines.
    #[serde(default)]
    pub deadlines: Deadlines,
    /// How the lanes work.
    #[serde(default)]
    pub lanes: Lanes,
    /// Hours after it was filled in for which a paper form is keyed in.
    #[serde(default = "paper_h_usual")]
    pub paper_h_max: i64,
    /// The version of the privacy notice that is shown here; the newest there is, if the file names none.
    #[serde(default)]
    pub notice: Option<String>,
    /// How long what is known of a person is kept.
    #[serde(default)]
    pub retention: Retention,
}

/// A long weekend without power or network.
fn paper_h_usual() -> i64 {
    72
}

/// What is wrong with a port's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPort {
    /// Not TOML, or a field missing.
    #[error("the port's file cannot be read: {0}")]
    Syntax(String),
    /// A value that cannot be.
    #[error("{field}: {why}")]
    Value {
        /// Which field.
        field: &'static str,
        /// Why, and what to do.
        why: String,
    },
}

impl Port {
    /// Reads a port's file (TOML).
    ///
    /// # Errors
    /// [`BadPort`], naming the field.
    pub fn parse(text: &str) -> Result<Self, BadPort> {
        let port: Port = toml::from_str(text).map_err(|e| BadPort::Syntax(e.to_string()))?;
        port.check()?;
        Ok(port)
    }

    fn check(&self) -> Result<(), BadPort> {
        let bad = |field, why: String| Err(BadPort::Value { field, why });
        if self.code.len() != 5 || !self.code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
            return bad("code", format!("{:?} is not a UN/LOCODE of five characters, as in CNPEK", self.code));
        }
        if let Err(e) = TimeZone::get(&self.time_zone) {
            return bad("time_zone", format!("{:?} is not in the time zone database: {e}", self.time_zone));
        }
        if self.stages.is_empty() {
            return bad("stages", "name at least one stage at which a pass is used up".to_owned());
        }
        for station in &self.stations {
            if !self.areas.iter().any(|a| a.code == station.area) {
                return bad("station", format!("{} lies in {}, which is no [[area]]", station.code, station.area));
            }
            if station.stage.as_ref().is_some_and(|s| !self.stages.contains(s)) {
                return bad("station", format!("{} names a stage that is not among `stages`", station.code));
            }
        }
        for (at, one) in self.departments.iter().enumerate() {
            if !department::is_code(&one.code) {
                let why =
                    format!("{:?} is no code: small letters, digits and hyphens, as in contact-tracing", one.code);
                return bad("department", why);
            }
            if self.departments.iter().take(at).any(|other| other.code == one.code) {
                return bad("department", format!("{} stands twice; each code names one department", one.code));
            }
        }
        if self.deadlines.all().iter().any(|&minutes| minutes < 1) {
            return bad("deadlines", "every deadline is at least one minute".to_owned());
        }
        if !(0..=300).contains(&self.lanes.undo_s) {
            return bad("lanes", "undo_s: between 0 and 300 seconds".to_owned());
        }
        if self.lanes.clear_after_ms != 0 && !(500..=10_000).contains(&self.lanes.clear_after_ms) {
            return bad("lanes", "clear_after_ms: 0 for never, or between 500 and 10000 milliseconds".to_owned());
        }
        if !(1..=30 * 24).contains(&self.paper_h_max) {
            return bad("paper_h_max", "between 1 and 720 hours".to_owned());
        }
        self.retention.fault().map_or(Ok(()), |why| bad("retention", why))
    }

    /// The time zone; the check has shown that the database has it.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// A station by its code.
    #[must_use]
    pub fn station(&self, code: &str) -> Option<&Station> {
        self.stations.iter().find(|s| s.code == code)
    }

    /// A department by its code.
    #[must_use]
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.departments.iter().find(|d| d.code == code)
    }

    /// The department that is there for a purpose: the first that the file names.
    #[must_use]
    pub fn department_for(&self, purpose: Purpose) -> Option<&Department> {
        self.departments.iter().find(|d| d.purpose == purpose)
    }

    /// The stage that a clearance at this station uses up.
    #[must_use]
    pub fn stage_of(&self, station: &Station) -> String {
        station.stage.clone().or_else(|| self.stages.first().cloned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
code = "CNPEK"
iata = "PEK"
name = { en = "Beijing Capital" }
time_zone = "Asia/Shanghai"
pack = "respiratory"
help = { en = "Ask at the desk." }
stages = ["entry"]
[[area]]
code = "T3D"
name = { en = "T3D" }
[[station]]
code = "T3D-L01"
kind = "lane"
area = "T3D"
[[department]]
code = "contact-tracing"
name = { en = "Contact tracing" }
purpose = "tracing"
[deadlines]
examine_min = 30
resolve_hold_min = 30
review_correction_min = 60
"#;

    #[test]
    fn a_department_is_found_by_its_code_and_stands_once_for_a_purpose_that_is_known() {
        let port = Port::parse(GOOD).unwrap();
        assert_eq!(port.department("contact-tracing").unwrap().purpose, crate::department::Purpose::Tracing);
        assert!(port.department("Contact tracing").is_none());
        let second =
            "[[department]]\ncode = \"contact-tracing\"\nname = { en = \"T\" }\npurpose = \"treatment\"\n[deadlines]";
        let twice = Port::parse(&GOOD.replace("[deadlines]", second)).unwrap_err().to_string();
        assert!(twice.contains("department") && twice.contains("stands twice"), "{twice}");
        let other = Port::parse(&GOOD.replace("\"tracing\"", "\"spying\"")).unwrap_err().to_string();
        for known in ["spying", "isolation", "tracing", "joint-prevention", "treatment"] {
            assert!(other.contains(known), "{other}");
        }
        let none = GOOD.split("[[department]]").next().unwrap().to_owned()
            + "[deadlines]"
            + GOOD.split("[deadlines]").nth(1).unwrap();
        assert!(Port::parse(&none).unwrap().departments.is_empty(), "a port may have none");
    }

    #[test]
    fn a_port_is_read_and_a_lane_without_a_stage_uses_the_first() {
        let port = Port::parse(GOOD).unwrap();
        assert_eq!(port.stage_of(port.station("T3D-L01").unwrap()), "entry");
    }

    #[test]
    fn a_port_knows_its_own_networks() {
        let port =
            Port::parse(&GOOD.replace("stages =", "own_networks = [\"203.0.113.0/24\", \"2001:db8::/32\"]\nstages ="))
                .unwrap();
        let owns = |network: &str| {
            let asked: IpNet = network.parse().unwrap();
            port.own_networks.iter().any(|own| own.contains(&asked))
        };
        assert!(
            owns("203.0.113.77/32") && owns("2001:db8:1::1/128") && !owns("203.0.114.1/32") && !owns("2001:db9::1/128")
        );
        let bad = Port::parse(&GOOD.replace("stages =", "own_networks = [\"203.0.113.0/99\"]\nstages ="));
        assert!(matches!(bad, Err(BadPort::Syntax(why)) if why.contains("own_networks")));
    }

    #[test]
    fn what_cannot_be_is_named() {
        for (from, to, field) in [
            ("CNPEK", "PEK", "code"),
            ("Asia/Shanghai", "Asia/Peking", "time_zone"),
            ("[\"entry\"]", "[]", "stages"),
            ("area = \"T3D\"", "area = \"T9\"", "station"),
            ("\"contact-tracing\"", "\"Contact Tracing\"", "department"),
            ("examine_min = 30", "examine_min = 0", "deadlines"),
            ("stages =", "paper_h_max = 0\nstages =", "paper_h_max"),
            ("[deadlines]", "[lanes]\nundo_s = 3600\n[deadlines]", "lanes"),
            ("[deadlines]", "[lanes]\nclear_after_ms = 1\n[deadlines]", "lanes"),
            ("[deadlines]", "[retention]\nmanifest_days = 0\n[deadlines]", "retention"),
        ] {
            match Port::parse(&GOOD.replace(from, to)) {
                Err(BadPort::Value { field: named, .. }) => assert_eq!(named, field),
                other => panic!("{from} -> {to}: {other:?}"),
            }
        }
    }
}
