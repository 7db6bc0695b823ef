//! Every command that reads lines or a whole file: one answer for each, and no panic.

use serde_json::{Value, json};

use crate::process::Place;
use crate::values::{Dice, no_json, texts};

/// Of the 10,000, so many lines go to each of the four filters.
const COUNT: usize = 500;

const ZONE: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

/// A zone, or a pass, with some of its characters changed.
fn bent(text: &str, dice: &Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.below(3) {
        let at = dice.below(chars.len());
        match dice.below(4) {
            0 => chars.truncate(at + 1),
            1 => chars.insert(at, *dice.of(&['\u{0}', '<', '９', '\u{202e}', 'Ж', ':', '%'])),
            2 => chars[at] = *dice.of(&['<', 'O', '0', 'Ü', '\n', '\u{7f}']),
            _ => chars.swap(0, at),
        }
    }
    chars.into_iter().collect()
}

/// One line for a filter that reads these members.
fn line(members: &[&str], good: &str, dice: &Dice) -> Vec<u8> {
    let hostile = texts();
    let text = match dice.below(3) {
        0 => dice.of::<String>(&hostile).clone(),
        _ => bent(good, dice),
    };
    let value: Value = match dice.below(4) {
        0 => return no_json(dice).into_iter().filter(|byte| *byte != b'\n').collect(),
        1 => json!({*dice.of::<&str>(members): [text]}),
        2 => json!([text]),
        _ => members.iter().map(|name| ((*name).to_owned(), json!(text))).collect::<serde_json::Map<_, _>>().into(),
    };
    value.to_string().into_bytes()
}

#[test]
fn f23_every_bad_line_is_answered_in_its_place() {
    let (place, dice) = (Place::new(), Dice::new(2323));
    let trust = place.path("trust.json");
    assert_eq!(place.serve(&["serve", "--listen", "127.0.0.1:0"]).stop("-TERM"), 0);
    std::fs::write(&trust, place.run(&["keys", "export"]).worked().out).unwrap();
    let pass = "PQ1:NCFOXN%TSMAHN-HOVKGVGC8 SMABM7";
    let filters: [(&[&str], &[&str], &str); 4] = [
        (&["mrz"], &["mrz"], ZONE),
        (&["match"], &["a", "b"], "Okafor"),
        (&["pass", "verify", "--trust", &trust], &["pass", "mrz", "at"], pass),
        (&["pass", "verify", "--trust", &trust], &["pass"], pass),
    ];
    for (command, members, good) in filters {
        let lines: Vec<Vec<u8>> =
            (0..COUNT).map(|_| line(members, good, &dice)).filter(|line| !line.is_empty()).collect();
        let answer = place.feed(command, &lines.join(&b'\n')).worked();
        assert_eq!(answer.err, "", "{command:?}");
        let answers = answer.lines();
        assert_eq!(answers.len(), lines.len(), "{command:?}");
        for (line, answer) in lines.iter().zip(answers) {
            let shown = String::from_utf8_lossy(line);
            let refused = answer["error"]["code"].is_string();
            // What could be read at all says for each check that it does not hold; a pass has its verdict.
            let judged =
                answer["valid"].is_boolean() || answer["verdict"].as_str().is_some_and(|verdict| verdict != "valid");
            assert!(refused || judged, "{command:?}: {shown} gave {answer}");
        }
    }
}

#[test]
fn f23_no_file_brings_a_command_down() {
    let (place, dice) = (Place::new(), Dice::new(232));
    let good = "surname,given,dob,number\nLI,NA,1988-03-02,E12345678\n";
    for turn in 0..40 {
        let file = match turn % 4 {
            0 => dice.bytes(4_000),
            1 => no_json(&dice),
            2 => bent(good, &dice).into_bytes(),
            _ => texts().join(",").into_bytes(),
        };
        for format in ["csv", "edifact"] {
            let answer = place.feed(&["manifest", "--as", format], &file).worked();
            let read = answer.line();
            assert!(read["error"]["code"].is_string() || read["people"].is_array(), "{read}");
        }
        std::fs::write(place.path("file"), &file).unwrap();
        for command in [["questionnaire", "check"], ["rules", "test"]] {
            let answer = place.run(&[command[0], command[1], &place.path("file")]);
            assert!(!answer.err.contains("panicked") && answer.code != 101, "{answer:?}");
            assert_ne!(answer.code, 0, "{answer:?}");
        }
    }
}
