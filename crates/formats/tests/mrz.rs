//! The machine-readable zone, from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

use jiff::civil::{Date, date};
use pratique_formats::mrz::{Document, EncodeError, Fields, Kind, MrzError, Name, Sex, check_digit, encode, read};
use pratique_formats::pass;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);
const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const CARD: &str = "I<UTOD231458907ABC<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<1\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

#[test]
fn the_answer_has_the_shape_of_the_contract() {
    let json = serde_json::to_value(read(PASSPORT, TODAY).unwrap()).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "kind": "TD3",
            "document": {"type": "P", "number": "L898902C3", "issuer": "UTO", "expires": "2012-04-15"},
            "name": {"primary": "ERIKSSON", "secondary": "ANNA MARIA"},
            "birth_date": "1974-08-12",
            "sex": "F",
            "nationality": "UTO",
            "optional": ["ZE184226B"],
            "name_truncated": false,
            "checks": {"number": true, "birth_date": true, "expires": true, "optional": true, "composite": true},
            "valid": true
        })
    );
}

#[test]
fn a_layout_without_a_check_digit_says_nothing_of_it() {
    let card = serde_json::to_value(read(CARD, TODAY).unwrap()).unwrap();
    assert_eq!(card["checks"].get("optional"), None);
    let visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<";
    let visa = read(visa, TODAY).unwrap();
    assert_eq!((visa.kind, visa.checks.composite, visa.valid), (Kind::MrvB, None, true));
}

#[test]
fn a_failed_check_digit_is_told_by_field_and_the_rest_is_read() {
    for (cell, number, birth_date, expires, optional) in [
        (46, false, true, true, true),
        (58, true, false, true, true),
        (66, true, true, false, true),
        (73, true, true, true, false),
    ] {
        let mut zone = PASSPORT.as_bytes().to_vec();
        zone[cell] = if zone[cell] == b'1' { b'2' } else { b'1' };
        let read = read(std::str::from_utf8(&zone).unwrap(), TODAY).unwrap();
        let checks = read.checks;
        assert_eq!(
            (checks.number, checks.birth_date, checks.expires, checks.optional, checks.composite),
            (number, birth_date, expires, Some(optional), Some(false)),
            "cell {cell}"
        );
        assert!(!read.valid);
        assert_eq!(read.fields.name.primary, "ERIKSSON");
    }
}

#[test]
fn a_zone_is_taken_as_scanners_and_people_give_it() {
    let wanted = read(PASSPORT, TODAY).unwrap();
    for given in [
        PASSPORT.to_lowercase(),
        PASSPORT.replace('\n', "\r\n"),
        PASSPORT.replace('\n', "\r"),
        format!("\n  {} \n\n", PASSPORT.replace('\n', "  \n\t")),
        PASSPORT.replace('\n', ""),
    ] {
        assert_eq!(read(&given, TODAY).as_ref(), Ok(&wanted), "{given:?}");
    }
    assert_eq!(read(&CARD.replace('\n', ""), TODAY), read(CARD, TODAY));
    let visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<";
    assert_eq!(read(&visa.replace('\n', ""), TODAY), read(visa, TODAY));
}

#[test]
fn what_has_not_the_shape_of_a_zone_is_refused_with_a_code_and_advice() {
    let refused = |text: &str| {
        let error = read(text, TODAY).unwrap_err();
        (error.code(), error.to_string())
    };
    assert_eq!(refused(" \r\n").0, "mrz-empty");
    assert_eq!(refused(&"<".repeat(401)).0, "mrz-too-long");
    assert_eq!(refused(&PASSPORT[1..]).0, "mrz-shape");
    assert!(refused(&PASSPORT[1..]).1.contains("this has 2 of 43, 44"));
    assert_eq!(refused(&PASSPORT.replacen('P', "1", 1)).0, "mrz-type");
    let strange = PASSPORT.replacen("ANNA", "ÅNNA", 1);
    assert_eq!(read(&strange, TODAY), Err(MrzError::Character { line: 1, column: 16 }));
    assert_eq!(refused(&PASSPORT.replacen("<<<<", "<  <", 1)).0, "mrz-character");
}

#[test]
fn unknown_parts_of_a_birth_date_stay_unknown() {
    for (said, printed) in [(Some("1974"), "74<<<<"), (Some("1974-07"), "7407<<"), (None, "<<<<<<")] {
        let fields = Fields { birth_date: said.map(str::to_owned), ..ada() };
        let zone = encode(Kind::Td3, &fields).unwrap();
        assert!(zone.contains(printed));
        let read = read(&zone, TODAY).unwrap();
        assert_eq!((read.fields.birth_date.as_deref(), read.valid), (said, true));
    }
}

#[test]
fn a_date_that_does_not_exist_is_not_valid_though_its_check_digit_fits() {
    let zone = encode(Kind::Td2, &Fields { birth_date: Some("1974-02-03".into()), ..ada() }).unwrap();
    let mut zone =
        zone.replace(&format!("740203{}", check_digit("740203")), &format!("740231{}", check_digit("740231")));
    let composite = check_digit(&format!("{}{}{}", &zone[37..47], &zone[50..57], &zone[58..72]));
    zone.replace_range(72.., &composite.to_string());
    let read = read(&zone, TODAY).unwrap();
    assert_eq!((read.checks.all(), read.fields.birth_date, read.valid), (true, None, false));
}

#[test]
fn an_age_is_never_negative_and_follows_the_day_asked_for() {
    let zone = encode(Kind::Td3, &Fields { birth_date: Some("2026-11-24".into()), ..ada() }).unwrap();
    let born = |at| read(&zone, at).unwrap().fields.birth_date.unwrap();
    assert_eq!(born(date(2026, 11, 24)), "2026-11-24");
    assert_eq!(born(date(2026, 11, 23)), "1926-11-24");
}

#[test]
fn a_long_number_is_read_whole_in_both_ways_of_reckoning_its_check_digit() {
    for digit in [check_digit("600001795015"), check_digit("600001795<015")] {
        let line = format!("IDBEL600001795<015{digit}<<<XY<<<<<<");
        let second = "1301014F2311207BEL13010198739";
        let composite = check_digit(&format!("{}{}{}{}", &line[5..30], &second[..7], &second[8..15], &second[18..29]));
        let read = read(&format!("{line}\n{second}{composite}\nSPECIMEN<<SPECIMEN<<<<<<<<<<<<"), TODAY).unwrap();
        assert_eq!(read.fields.document.number, "600001795015");
        assert_eq!(read.fields.optional, ["<<XY", "13010198739"]);
        assert!(read.valid);
    }
}

#[test]
fn sex_is_m_f_or_x() {
    for (sex, cell) in [(Sex::M, "M"), (Sex::F, "F"), (Sex::X, "<")] {
        let zone = encode(Kind::Td3, &Fields { sex, ..ada() }).unwrap();
        assert_eq!(&zone[65..66], cell);
        assert_eq!(read(&zone, TODAY).unwrap().fields.sex, sex);
    }
    let mut zone = encode(Kind::Td3, &ada()).unwrap();
    zone.replace_range(65..66, "8");
    let read = read(&zone, TODAY).unwrap();
    assert_eq!((read.fields.sex, read.checks.all(), read.valid), (Sex::X, true, false));
}

#[test]
fn fields_that_do_not_fit_are_refused_by_name() {
    let long = Fields { document: Document { number: "1".repeat(10), ..ada().document }, ..ada() };
    assert_eq!(encode(Kind::Td3, &long), Err(EncodeError::Field { field: "the document number", length: 9 }));
    assert!(encode(Kind::Td1, &long).is_ok());
    assert!(matches!(encode(Kind::Td3, &Fields { nationality: "中".into(), ..ada() }), Err(EncodeError::Field { .. })));
    assert!(matches!(
        encode(Kind::Td3, &Fields { birth_date: Some("1.2.3".into()), ..ada() }),
        Err(EncodeError::Date(_))
    ));
    let han = Name { primary: "王".into(), secondary: String::new() };
    assert!(encode(Kind::Td3, &Fields { name: han, ..ada() }).unwrap_err().to_string().contains("Latin letters"));
}

#[test]
fn a_zone_names_the_document_that_a_pass_is_bound_to() {
    let typed = pass::Document { number: "l898902c3".into(), state: "UTO".into(), birth_date: "1974-08-12".into() };
    let shown = pass::Document::from(&read(PASSPORT, TODAY).unwrap());
    assert_eq!(pass::document_tag(&[1; 32], &typed), pass::document_tag(&[1; 32], &shown));
}

fn ada() -> Fields {
    Fields {
        document: Document {
            type_: "P".into(),
            number: "E1234567".into(),
            issuer: "GBR".into(),
            expires: Some("2030-01-31".into()),
        },
        name: Name { primary: "LOVELACE".into(), secondary: "ADA".into() },
        birth_date: Some("1974-08-12".into()),
        sex: Sex::F,
        nationality: "GBR".into(),
        optional: vec![],
    }
}

const KINDS: [Kind; 5] = [Kind::Td1, Kind::Td2, Kind::Td3, Kind::MrvA, Kind::MrvB];

prop_compose! {
    fn any_fields()(
        kind in 0usize..5,
        number in "[A-Z0-9]{1,14}",
        issuer in "[A-Z]{3}|D",
        born in 0i32..36_500,
        expires in -10_000i32..10_000,
        primary in "[A-Z]{1,12}( [A-Z]{1,4})?",
        secondary in "([A-Z]{1,8})?",
        sex in 0usize..3,
        optional in "([A-Z0-9]{1,6})?",
    ) -> (Kind, Fields) {
        let kind = KINDS[kind];
        let day = |days: i32| TODAY.checked_add(jiff::Span::new().days(days)).unwrap().to_string();
        let length = match kind { Kind::Td1 => 14, Kind::Td2 => 14, _ => 9 };
        let number = number[..number.len().min(length)].to_owned();
        // A long number leaves a TD2 no room for anything else.
        let first = if kind == Kind::Td2 && number.len() > 9 { String::new() } else { optional };
        let optional = if kind == Kind::Td1 { vec![first.clone(), first] } else { vec![first] };
        let type_ = if matches!(kind, Kind::MrvA | Kind::MrvB) { "V" } else { "P" };
        let fields = Fields {
            document: Document { type_: type_.into(), number, issuer: issuer.clone(), expires: Some(day(expires)) },
            name: Name { primary, secondary },
            birth_date: Some(day(-born)),
            sex: [Sex::M, Sex::F, Sex::X][sex],
            nationality: issuer,
            optional,
        };
        (kind, fields)
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_and_valid((kind, fields) in any_fields()) {
        let zone = encode(kind, &fields).unwrap();
        let read = read(&zone, TODAY).unwrap();
        prop_assert_eq!((read.kind, &read.fields), (kind, &fields));
        prop_assert!(read.valid, "{}", zone);
    }

    #[test]
    fn a_changed_character_under_a_check_digit_is_seen((_, fields) in any_fields(), at in 0usize..9, step in 1u32..10) {
        let zone = encode(Kind::Td3, &Fields {
            document: Document { type_: "P".into(), number: "123456789".into(), ..fields.document.clone() },
            optional: vec![],
            ..fields
        }).unwrap();
        let mut cells = zone.into_bytes();
        // A step of ten leaves any weighted sum alike modulo 10: letters ten apart are beyond a check digit.
        let digit = u32::from(cells[45 + at] - b'0');
        cells[45 + at] = b'0' + u8::try_from((digit + step) % 10).unwrap();
        let read = read(std::str::from_utf8(&cells).unwrap(), TODAY).unwrap();
        prop_assert!(!read.checks.number && !read.valid);
    }

    #[test]
    fn a_name_of_any_length_fits(primary in "[A-Z ]{1,80}", secondary in "[A-Z ]{0,80}") {
        for kind in KINDS {
            let fields = Fields { name: Name { primary: primary.clone(), secondary: secondary.clone() }, ..ada() };
            let zone = encode(kind, &fields).unwrap();
            prop_assert!(read(&zone, TODAY).is_ok(), "{}", zone);
        }
    }

    #[test]
    fn no_text_panics(text in "[A-Z0-9<\\n ]{0,100}", any in ".{0,100}", cells in "V?[A-Z0-9<]{88}") {
        for text in [text, any, cells] {
            let _ = read(&text, TODAY);
        }
    }
}
