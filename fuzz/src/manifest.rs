//! Manifests, as any carrier's system may send them: nothing stops the reader, and nobody is listed without a name.

use jiff::civil::date;
use pratique_core::flight::Manifest;
use pratique_core::flight::manifest::PARKED_MAX;
use pratique_formats::{manifest_csv as csv, paxlst as edifact};

const LIST: &str = "UNA:+.? 'UNB+UNOA:4+AIR+PORT+261124:0100+1'UNG+PAXLST+AIR+PORT+261124:0100+1+UN+D:05B'\
UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:1'NAD+MS+++DESK'COM+1:TE'TDT+20+CA938+++CA'LOC+125+LHR'DTM+189:2611231600:201'\
LOC+87+PEK'DTM+232:2611241400:201'NAD+FL+++LI:NA'ATT+2++F'DTM+329:880302'MEA+CT++:2'LOC+178+LHR'LOC+179+PEK'NAT+2+CHN'\
RFF+SEA:31A'DOC+P:110:111+E12345678'DTM+36:310131'LOC+91+CHN'NAD+FM+++O?'NEIL:ANNE'CNT+42:1'UNT+25+1'UNE+1+1'UNZ+1+1'";

const FILE: &str = "surname,given_names,date_of_birth,sex,nationality,seat,passport_number,issuer,expires,role,flight\n\
LI,NA,1988-03-02,F,CHN,31A,E12345678,CHN,2031-01-31,pax,CA938\n\"O'NEIL, JR\",ANNE,19790101,female,IE,,X1,IRL,,crew,\n";

pub(crate) fn paxlst_seeds() -> Vec<Vec<u8>> {
    vec![LIST.into(), LIST.replace(['+', '\''], "*").replace("UNA:*.? *", "UNA:*.? $").into()]
}

pub(crate) fn csv_seeds() -> Vec<Vec<u8>> {
    vec![FILE.into(), FILE.replace(',', ";").into()]
}

fn holds(list: &Manifest) {
    assert!(list.people.iter().all(|p| p.name.primary.chars().any(char::is_alphabetic)));
    assert!(list.parked.len() <= PARKED_MAX);
    let json = serde_json::to_string(list);
    assert!(json.is_ok_and(|json| serde_json::from_str::<Manifest>(&json).is_ok_and(|again| again == *list)));
}

/// PAXLST.
pub fn paxlst(data: &[u8]) {
    if let Ok(list) = edifact::read(data, date(2026, 11, 24)) {
        holds(&list);
    }
}

/// CSV.
pub fn manifest_csv(data: &[u8]) {
    if let Ok(list) = csv::read(data, date(2026, 11, 24)) {
        holds(&list);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeds_are_sound() {
        let list = edifact::read(LIST.as_bytes(), date(2026, 11, 24)).unwrap();
        assert_eq!((list.people.len(), list.parked.len(), list.warnings.len()), (2, 0, 0));
        assert_eq!(csv::read(FILE.as_bytes(), date(2026, 11, 24)).unwrap().people.len(), 2);
    }
}
