//! A manifest in CSV (RFC 4180): a header line in one of a few spellings, a person a line. A cell that cannot be read is parked
//! with its line and column, and the rest of its line is taken; a line without a name is parked whole.

use jiff::civil::{Date, DateTime};
use pratique_core::country;
use pratique_core::flight::Designator;
use pratique_core::flight::manifest::{Leg, Listed, ListedDocument, Manifest, Parked, Part, Places, Route};
use pratique_core::identity::document::normal_number;
use pratique_core::identity::name::clean_name;
use pratique_core::identity::{BirthDate, Name, Sex};

use crate::lines::Lines;

/// Why there is no list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestCsvError {
    /// No column holds the name.
    #[error("no column holds the name: the first line must have `surname` (or `family_name`, `primary`), or `name`")]
    NoName,
    /// Not a text of UTF-8.
    #[error("not UTF-8 at line {0}: save the file as CSV UTF-8")]
    NotUtf8(u64),
    /// The file ends before it begins.
    #[error("the file is empty: a header line and a line a person are expected")]
    Empty,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Role,
    Name,
    Surname,
    Given,
    Native,
    Birth,
    Sex,
    Nationality,
    Seat,
    DocumentType,
    DocumentNumber,
    DocumentIssuer,
    DocumentExpires,
    Flight,
    Carrier,
    Number,
    From,
    To,
    Departure,
    Arrival,
}

/// The spellings known, in lower case without spaces, underscores, hyphens and dots.
const SPELLINGS: &[(Column, &[&str])] = &[
    (Column::Role, &["role", "type", "category", "paxtype", "passengertype", "类别"]),
    (Column::Name, &["name", "fullname", "passengername", "paxname", "姓名"]),
    (Column::Surname, &["surname", "lastname", "familyname", "primary", "primaryidentifier", "last", "姓"]),
    (
        Column::Given,
        &[
            "givennames",
            "givenname",
            "given",
            "firstname",
            "firstnames",
            "forename",
            "forenames",
            "secondary",
            "secondaryidentifier",
            "first",
            "名",
        ],
    ),
    (Column::Native, &["nativename", "native", "chinesename", "中文姓名"]),
    (Column::Birth, &["birthdate", "dateofbirth", "dob", "birth", "born", "birthday", "出生日期"]),
    (Column::Sex, &["sex", "gender", "性别"]),
    (Column::Nationality, &["nationality", "citizenship", "nat", "国籍"]),
    (Column::Seat, &["seat", "seatnumber", "seatno", "座位", "座位号"]),
    (Column::DocumentType, &["documenttype", "doctype", "证件类型"]),
    (
        Column::DocumentNumber,
        &[
            "documentnumber",
            "documentno",
            "document",
            "docnumber",
            "docno",
            "passport",
            "passportnumber",
            "passportno",
            "证件号码",
            "证件号",
            "护照号",
        ],
    ),
    (
        Column::DocumentIssuer,
        &[
            "documentissuer",
            "issuer",
            "issuingstate",
            "issuingcountry",
            "countryofissue",
            "docissuer",
            "docissuecountry",
            "documentcountry",
            "签发国",
        ],
    ),
    (
        Column::DocumentExpires,
        &[
            "documentexpires",
            "expires",
            "expiry",
            "expirydate",
            "dateofexpiry",
            "docexpiry",
            "documentexpiry",
            "有效期",
        ],
    ),
    (Column::Flight, &["flight", "flightnumber", "flightno", "航班", "航班号"]),
    (Column::Carrier, &["carrier", "airline"]),
    (Column::Number, &["number"]),
    (Column::From, &["from", "origin", "departureairport", "departureport"]),
    (Column::To, &["to", "destination", "arrivalairport", "arrivalport"]),
    (Column::Departure, &["departure", "departuretime", "std"]),
    (Column::Arrival, &["arrival", "arrivaltime", "sta"]),
];

fn column(header: &str) -> Option<Column> {
    let bare: String = header.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.' | '\u{feff}')).collect();
    let bare = bare.to_lowercase();
    SPELLINGS.iter().find(|(_, known)| known.contains(&bare.as_str())).map(|(column, _)| *column)
}

/// Reads a file. Columns that we do not know are left aside. `today` bounds birth dates.
///
/// # Errors
/// [`ManifestCsvError`], for a file that is no list at all.
pub fn read(bytes: &[u8], today: Date) -> Result<Manifest, ManifestCsvError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(ManifestCsvError::Empty);
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|h| h.trim().to_owned()).collect(),
        Err(_) => return Err(ManifestCsvError::NotUtf8(1)),
    };
    let columns: Vec<Option<Column>> = headers.iter().map(|h| column(h)).collect();
    if !columns.iter().flatten().any(|c| matches!(c, Column::Name | Column::Surname)) {
        return Err(ManifestCsvError::NoName);
    }
    let mut manifest = Manifest::default();
    let (mut record, mut lines) = (csv::ByteRecord::new(), Lines::of(bytes));
    loop {
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            // The reader is flexible and reads bytes: nothing else can be wrong with memory, but it says so.
            Err(_) => {
                manifest.park(Parked::new("", line, None, "not-a-line"));
                break;
            }
        }
        let line = record.position().map_or(line, |at| lines.number(at));
        let cells: Vec<String> = record.iter().map(|c| String::from_utf8_lossy(c).trim().to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let is_text = record.iter().all(|c| std::str::from_utf8(c).is_ok());
        Row { line, headers: &headers, columns: &columns, cells: &cells, today }.take(&mut manifest, is_text);
    }
    Ok(manifest)
}

/// Comma, semicolon or tab, whichever the header has most of: spreadsheets of half of Europe write semicolons.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |d: u8| header.iter().filter(|b| **b == d).count();
    [b';', b'\t'].into_iter().fold(b',', |best, d| if count(d) > count(best) { d } else { best })
}

struct Row<'a> {
    line: u64,
    headers: &'a [String],
    columns: &'a [Option<Column>],
    cells: &'a [String],
    today: Date,
}

impl Row<'_> {
    fn cell(&self, wanted: Column) -> Option<(&str, &str)> {
        let at = self.columns.iter().position(|c| *c == Some(wanted))?;
        let cell = self.cells.get(at).map(String::as_str).filter(|text| !text.is_empty())?;
        Some((self.headers.get(at).map_or("", String::as_str), cell))
    }

    fn text(&self, wanted: Column) -> Option<String> {
        self.cell(wanted).map(|(_, cell)| cell.to_owned())
    }

    /// A cell read, or parked.
    fn read<T>(
        &self,
        manifest: &mut Manifest,
        wanted: Column,
        reason: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (header, cell) = self.cell(wanted)?;
        let value = read(cell);
        if value.is_none() {
            manifest.park(Parked::new(cell, self.line, Some(header), reason));
        }
        value
    }

    fn take(&self, manifest: &mut Manifest, is_text: bool) {
        let whole = || self.cells.join(",");
        if !is_text {
            return manifest.park(Parked::new(&whole(), self.line, None, "not-utf-8"));
        }
        if self.cells.len() > self.headers.len() {
            // A name with an unquoted comma would shift everything behind it.
            return manifest.park(Parked::new(&whole(), self.line, None, "too-many-cells"));
        }
        let Some(name) = self.name() else {
            return manifest.park(Parked::new(&whole(), self.line, None, "no-name"));
        };
        self.flight(manifest);
        let role = self.read(manifest, Column::Role, "not-a-role", part).unwrap_or_default();
        let birth_date = self.read(manifest, Column::Birth, "not-a-date", |text| birth(text, self.today));
        let sex = self.read(manifest, Column::Sex, "not-a-sex", sex);
        let nationality = self.read(manifest, Column::Nationality, "not-a-country", state);
        let seat = self.text(Column::Seat).map(|seat| seat.to_ascii_uppercase());
        let documents = self.document(manifest).into_iter().collect();
        let (transit, places) = (false, Places::default());
        manifest.people.push(Listed { role, transit, name, birth_date, sex, nationality, seat, documents, places });
    }

    fn name(&self) -> Option<Name> {
        let clean = |column| self.cell(column).and_then(|(_, cell)| clean_name(cell).ok());
        let native = clean(Column::Native);
        if let Some(primary) = clean(Column::Surname) {
            return Some(Name { primary, secondary: clean(Column::Given), native });
        }
        let (_, whole) = self.cell(Column::Name)?;
        let (primary, given) = whole.split_once(['/', ',']).unwrap_or((whole, ""));
        Some(Name { primary: clean_name(primary).ok()?, secondary: clean_name(given).ok(), native })
    }

    fn document(&self, manifest: &mut Manifest) -> Option<ListedDocument> {
        let number = self.read(manifest, Column::DocumentNumber, "not-a-document-number", normal_number)?;
        Some(ListedDocument {
            kind: self.text(Column::DocumentType),
            number,
            issuer: self.read(manifest, Column::DocumentIssuer, "not-a-country", state),
            expires: self.read(manifest, Column::DocumentExpires, "not-a-date", |text| text.parse().ok()),
        })
    }

    /// The first line that names the flight names it for the file.
    fn flight(&self, manifest: &mut Manifest) {
        if manifest.flight != Route::default() {
            return;
        }
        let named = self.read(manifest, Column::Flight, "not-a-flight", |text| text.parse::<Designator>().ok());
        let carrier = named.as_ref().map(|d| d.carrier().to_owned()).or_else(|| self.text(Column::Carrier));
        let number = named.as_ref().map(|d| d.number().to_owned()).or_else(|| self.text(Column::Number));
        let time = |text: &str| text.parse::<DateTime>().ok();
        let leg = Leg {
            flight: None,
            from: self.text(Column::From),
            to: self.text(Column::To),
            departure: self.read(manifest, Column::Departure, "not-a-time", time),
            arrival: self.read(manifest, Column::Arrival, "not-a-time", time),
        };
        let legs = if leg == Leg::default() { Vec::new() } else { vec![leg] };
        manifest.flight = Route { carrier, number, legs };
    }
}

fn part(text: &str) -> Option<Part> {
    match text.to_lowercase().as_str() {
        "passenger" | "pax" | "p" | "fl" | "adult" | "child" | "infant" | "旅客" => Some(Part::Passenger),
        "crew" | "c" | "fm" | "机组" => Some(Part::Crew),
        _ => None,
    }
}

fn sex(text: &str) -> Option<Sex> {
    match text.to_lowercase().as_str() {
        "male" | "男" => Some(Sex::M),
        "female" | "女" => Some(Sex::F),
        "u" | "unspecified" => Some(Sex::X),
        other => Sex::parse(other),
    }
}

fn state(text: &str) -> Option<String> {
    country::canonical(text).map(str::to_owned)
}

/// Years first, or eight digits: `03/04/1980` could be two days, and a wrong one would tie two people together.
fn birth(text: &str, today: Date) -> Option<BirthDate> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let dashed = match digits {
        true => format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?),
        false => text.replace(['/', '.'], "-"),
    };
    dashed.parse::<BirthDate>().ok().filter(|born| born.earliest() <= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 24);

    #[test]
    fn a_file_is_read_whatever_its_spreadsheet_calls_the_columns() {
        let comma = "surname,given_names,date_of_birth,sex,nationality,seat,passport_number,issuing_state,flight\n\
                     LI,NA,1988-03-02,F,CHN,31a,E12345678,CN,CA938\n";
        let semicolon = "\u{feff}Last Name;First Name;DOB;Gender;Nationality;Seat No.;Passport No.;Country of issue;Flight\r\n\
                         LI;NA;19880302;female;cn;31A;E1234 5678;CHN;CA 938\r\n";
        let one = read(comma.as_bytes(), TODAY).unwrap();
        assert_eq!(read(semicolon.as_bytes(), TODAY).unwrap(), one);
        let person = &one.people[0];
        assert_eq!((person.name.primary.as_str(), person.seat.as_deref()), ("LI", Some("31A")));
        assert_eq!(person.documents[0].issuer.as_deref(), Some("CHN"));
        assert_eq!((one.flight.carrier.as_deref(), one.flight.number.as_deref()), (Some("CA"), Some("938")));
    }

    #[test]
    fn what_cannot_be_read_is_parked_by_line_and_column() {
        let file = "name,birth_date,sex,nationality,document\nLI/NA,03/04/1988,Q,Narnia,E1\n\n,1990-01-01,F,CHN,E2\n\"O'NEIL, ANNE\",1990-01-01,F,IRL,E3\nLI,NA,1990-01-01,F,CHN,E4\n";
        let list = read(file.as_bytes(), TODAY).unwrap();
        assert_eq!(list.people.len(), 2);
        assert_eq!(list.people[1].name.secondary.as_deref(), Some("ANNE"));
        let parked: Vec<_> = list.parked.iter().map(|p| (p.position, p.column.as_deref(), p.reason.as_str())).collect();
        assert_eq!(
            parked,
            [
                (2, Some("birth_date"), "not-a-date"),
                (2, Some("sex"), "not-a-sex"),
                (2, Some("nationality"), "not-a-country"),
                (4, None, "no-name"),
                (6, None, "too-many-cells"),
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_list_says_what_is_missing() {
        assert_eq!(read(b"", TODAY), Err(ManifestCsvError::Empty));
        assert_eq!(read(b"seat,sex\n1A,F\n", TODAY), Err(ManifestCsvError::NoName));
    }
}
