//! Who flies in on the day of the story, and how they are on the airlines' lists.

use serde_json::{Value, json};

use crate::support::people::Person;

/// Their flight, seat and channel.
#[derive(Clone, Copy)]
pub struct Coming {
    pub who: Person,
    pub flight: &'static str,
    pub seat: &'static str,
    pub channel: &'static str,
}

const fn person(primary: &'static str, secondary: &'static str, number: &'static str, issuer: &'static str) -> Person {
    Person { primary, secondary, number, issuer, born: "1985-06-07", sex: "F" }
}

const fn by(flight: &'static str, who: Person, seat: &'static str, channel: &'static str) -> Coming {
    Coming { who, flight, seat, channel }
}

pub const LONDON: &str = "CA938";
pub const HONG_KONG: &str = "CX334";
pub const FREIGHTER: &str = "CK262";

pub const MOTHER: Coming = by(LONDON, person("Li", "Na", "E12345678", "CHN"), "31A", "web");
pub const CHILD: Person =
    Person { primary: "Li", secondary: "Tong", number: "E87654321", issuer: "CHN", born: "2019-07-21", sex: "M" };
pub const CASE: Coming = by(LONDON, person("Okafor", "Ngozi", "A01234567", "NGA"), "32C", "web");
pub const LATE: Coming = by(LONDON, person("Garcia", "Maria", "PAB123456", "ESP"), "40A", "kiosk");
pub const STRANGER: Coming = by(LONDON, person("Smith", "Joan", "500000001", "GBR"), "50C", "web");
pub const LOST: Coming = by(LONDON, person("Dupont", "Anne", "12AB34567", "FRA"), "12A", "web");
pub const UNCLEAR: Coming = by(LONDON, person("Tanaka", "Yuki", "TR1234567", "JPN"), "12D", "wechat");
pub const UNWILLING: Coming = by(LONDON, person("Novak", "Petra", "39012345", "CZE"), "14F", "web");
pub const TRANSIT: Coming = by(LONDON, person("Kim", "Sora", "M12345678", "KOR"), "20D", "web");
pub const WECHAT: Coming = by(LONDON, person("Zhao", "Min", "E55555555", "CHN"), "22K", "wechat");
pub const UNLISTED: Coming = by(LONDON, person("Rossi", "Carla", "YA1234567", "ITA"), "61B", "web");
pub const PURSER: Coming = by(LONDON, person("Wang", "Wei", "E99999999", "CHN"), "", "web");
/// On the list of CA938, and never on board.
pub const ABSENT: Person = person("Brown", "Ada", "500000077", "GBR");
pub const NEIGHBOUR: Coming = by(HONG_KONG, person("Chan", "Siu Ming", "H12345678", "CHN"), "11A", "web");
pub const CAPTAIN: Coming = by(FREIGHTER, person("Hansen", "Ole", "23456789", "NOR"), "", "web");
pub const ENGINEER: Coming = by(FREIGHTER, person("Silva", "Ana", "FN123456", "BRA"), "", "web");

/// Everybody who declares for themself.
pub const ALL: [Coming; 14] = [
    MOTHER, CASE, LATE, STRANGER, LOST, UNCLEAR, UNWILLING, TRANSIT, WECHAT, UNLISTED, PURSER, NEIGHBOUR, CAPTAIN,
    ENGINEER,
];

impl Coming {
    pub fn declaration(&self) -> Value {
        let mut body = self.who.declaration();
        body["channel"] = json!(self.channel);
        body["trip"] = json!({"flight": self.flight, "date": "2026-11-24"});
        if !self.seat.is_empty() {
            body["trip"]["seat"] = json!(self.seat);
        }
        body
    }

    fn is_crew(&self) -> bool {
        self.seat.is_empty()
    }
}

/// The list of CA938 as a departure control system sends it (UN/EDIFACT PAXLST).
pub fn paxlst() -> String {
    let listed = ALL.iter().filter(|c| c.flight == LONDON && c.who.number != UNLISTED.who.number);
    let mut people: Vec<(Person, &str, bool)> = listed.map(|c| (c.who, c.seat, c.is_crew())).collect();
    people.extend([(CHILD, "31B", false), (ABSENT, "3K", false)]);
    let mut text = String::from(
        "UNB+UNOA:4+CA+PEK+261123:2000+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+CA938+++CA'LOC+125+LHR'\
         DTM+189:2611231600:201'LOC+87+PEK'DTM+232:2611241400:201'",
    );
    for (person, seat, is_crew) in people {
        let born = person.born.replace('-', "");
        let (role, name) = (if is_crew { "FM" } else { "FL" }, person.primary.to_uppercase());
        text.push_str(&format!("NAD+{role}+++{name}:{}'DTM+329:{}'", person.secondary.to_uppercase(), &born[2..]));
        if !seat.is_empty() {
            text.push_str(&format!("RFF+SEA:{seat}'"));
        }
        text.push_str(&format!("DOC+P+{}'LOC+91+{}'", person.number, person.issuer));
    }
    text + "UNT+99+1'UNZ+1+1'"
}

/// The list of another flight, in CSV.
pub fn csv(flight: &str) -> String {
    let mut text = String::from("role,surname,given_names,date_of_birth,passport_number,issuing_state,seat\n");
    for one in ALL.iter().filter(|c| c.flight == flight) {
        let role = if one.is_crew() { "crew" } else { "passenger" };
        let Person { primary, secondary, born, number, issuer, .. } = one.who;
        text.push_str(&format!("{role},{primary},{secondary},{born},{number},{issuer},{}\n", one.seat));
    }
    text
}
