//! What travellers read, a child of ten can read: short words, short sentences, no word of a doctor's that is not explained.
//!
//! English is measured by the grade of Kincaid and others (1975): 0.39 words a sentence + 11.8 syllables a word − 15.59; a child of
//! ten is in the fifth grade. Chinese has no such measure that counts without a dictionary, so sentences are kept short.

use pratique_core::questionnaire::{Item, Questionnaire};

/// The parts of the files of texts that travellers see. A new part of theirs belongs here.
const PARTS: [&str; 16] = [
    "Around every page",
    "Answers",
    "The first page",
    "The pages of a declaration",
    "Companions",
    "Check and send",
    "The pass",
    "Find it again",
    "Go on later",
    "Withdraw",
    "Pages to read",
    "What is held about a person",
    "When a page cannot be shown",
    "What is wrong with a field",
    "What happens next",
    "A person’s own sample",
];
/// A text of fewer words says too little to be measured.
const WORDS_MIN: usize = 8;
const GRADE_MAX: f64 = 8.0;
const GRADE_MEAN_MAX: f64 = 5.0;
const GRADE_NOTICE_MAX: f64 = 10.0;
/// Chinese characters from one full stop to the next; commas divide longer sentences on the way.
const CHARACTERS_MAX: usize = 30;

/// Words of doctors and officers, by their stems.
const HARD: [&str; 20] = [
    "quarantin",
    "isolat",
    "epidemi",
    "specimen",
    "symptom",
    "pathogen",
    "respirator",
    "incubat",
    "disinfect",
    "exposure",
    "contagi",
    "antigen",
    "prophyla",
    "dyspn",
    "febrile",
    "nausea",
    "inhal",
    "comorbid",
    "immun",
    "diagnos",
];
/// Hard words that may stand, each with one of the words that explain it.
const EXPLAINED: [(&str, &[&str]); 4] = [
    ("swab", &["nose"]),
    ("fever", &["temperature", "hot", "cough", "medicine", "paracetamol"]),
    ("diarrhoea", &["loose"]),
    ("vomiting", &["throwing up"]),
];

/// Every text of travellers, by its key, without what the program fills in.
fn texts(file: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut part = "";
    for line in file.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            part = heading;
        } else if line.starts_with(' ') {
            if let Some((_, text)) = found.last_mut() {
                text.push(' ');
                text.push_str(line);
            }
        } else if let Some((key, text)) = line.split_once(" = ") {
            found.push((format!("{part}/{key}"), text.to_owned()));
        }
    }
    found.into_iter().map(|(key, text)| (key, filled(&text))).collect()
}

/// Placeables as one short word each; the marks of plural forms go.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => {
                inside = true;
                out.push_str(" ten ");
            }
            // A form of a plural begins: its words are read.
            '}' | '>' | ']' => inside = false,
            '[' => inside = true,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn of_travellers(file: &str, english: &[(String, String)]) -> Vec<(String, String)> {
    let keys: Vec<&str> = english
        .iter()
        .filter_map(|(key, _)| key.split_once('/'))
        .filter(|(part, _)| PARTS.contains(part))
        .map(|(_, key)| key)
        .collect();
    let all = texts(file).into_iter().filter_map(|(key, text)| Some((key.split_once('/')?.1.to_owned(), text)));
    all.filter(|(key, _)| keys.contains(&key.as_str())).collect()
}

fn read(language: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../locales/{language}.ftl"));
    std::fs::read_to_string(path).unwrap()
}

/// The questions of the pack, in a language.
fn asked(language: &str) -> Vec<(String, String)> {
    let form = Questionnaire::parse(include_bytes!("../../../../packs/respiratory/questionnaire.json")).unwrap();
    let mut found = Vec::new();
    form.items().iter().for_each(|item| gather(item, language, &mut found));
    found
}

fn gather(item: &Item, language: &str, into: &mut Vec<(String, String)>) {
    into.push((item.link_id.clone(), item.text(language).to_owned()));
    into.extend(item.help(language).map(|help| (format!("{}_help", item.link_id), help.to_owned())));
    into.extend(item.options.iter().map(|option| (option.code.clone(), option.text(language).to_owned())));
    item.children.iter().for_each(|child| gather(child, language, into));
}

fn english() -> Vec<(String, String)> {
    let file = read("en");
    let own = of_travellers(&file, &texts(&file));
    assert!(own.len() > 350, "the parts of travellers were not found: {}", own.len());
    own.into_iter().chain(asked("en")).collect()
}

fn words(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| !(c.is_alphabetic() || c == '’' || c == '-'));
    parts.filter(|word| word.contains(|c: char| c.is_alphabetic())).collect()
}

fn sentences(text: &str) -> usize {
    let ends = text.split(['.', '!', '?', ':', ';']).filter(|part| part.contains(|c: char| c.is_alphabetic()));
    ends.count().max(1)
}

/// Groups of vowels, without the silent e of an ending. Names of medicines are read off a box.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    if matches!(word.as_str(), "paracetamol" | "ibuprofen") {
        return 2;
    }
    let is_vowel = |c: char| "aeiouy".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in word.chars() {
        count += usize::from(is_vowel(c) && !before);
        before = is_vowel(c);
    }
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"));
    (count - usize::from(silent && count > 1)).max(1)
}

fn grade(text: &str) -> f64 {
    let words = words(text);
    let count = |number: usize| f64::from(u32::try_from(number).unwrap());
    let long = count(words.iter().map(|word| syllables(word)).sum());
    0.39 * count(words.len()) / count(sentences(text)) + 11.8 * long / count(words.len()) - 15.59
}

#[test]
fn a_child_of_ten_reads_what_travellers_are_told() {
    let measured: Vec<_> = english().into_iter().filter(|(_, text)| words(text).len() >= WORDS_MIN).collect();
    let hard: Vec<_> = measured.iter().filter(|(_, text)| grade(text) > GRADE_MAX).collect();
    assert!(hard.is_empty(), "say it in shorter words and sentences: {hard:#?}");
    let sum: f64 = measured.iter().map(|(_, text)| grade(text)).sum();
    let mean = sum / f64::from(u32::try_from(measured.len()).unwrap());
    assert!(mean <= GRADE_MEAN_MAX, "grade {mean:.1}");
}

/// The notice names laws and offices, which keep their names; its sentences are short all the same.
#[test]
fn the_privacy_notice_is_hardly_harder_than_the_rest() {
    let parts = crate::samples::notice("en");
    let paragraphs: Vec<&String> = parts.iter().flat_map(|part| &part.paragraphs).collect();
    assert!(paragraphs.len() >= 6);
    let hard: Vec<_> = paragraphs.into_iter().filter(|text| grade(text) > GRADE_NOTICE_MAX).collect();
    assert!(hard.is_empty(), "{hard:#?}");
}

#[test]
fn no_word_of_doctors_stands_alone() {
    let mut wrong = Vec::new();
    for (key, text) in english() {
        let lower = text.to_lowercase();
        wrong.extend(HARD.iter().filter(|word| lower.contains(**word)).map(|word| format!("{key}: {word}")));
        let unexplained =
            EXPLAINED.iter().filter(|(word, by)| lower.contains(word) && !by.iter().any(|by| lower.contains(by)));
        wrong.extend(unexplained.map(|(word, _)| format!("{key}: {word} is not explained")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn chinese_sentences_are_short() {
    let english = texts(&read("en"));
    let own = of_travellers(&read("zh-Hans"), &english);
    assert!(own.len() > 350, "{}", own.len());
    let long: Vec<_> = own
        .into_iter()
        .chain(asked("zh-Hans"))
        .flat_map(|(key, text)| {
            text.split(['。', '！', '？', '；']).map(|part| (key.clone(), part.to_owned())).collect::<Vec<_>>()
        })
        .filter(|(_, part)| part.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() > CHARACTERS_MAX)
        .collect();
    assert!(long.is_empty(), "divide these: {long:#?}");
}

#[test]
fn the_measure_tells_easy_from_hard() {
    assert!(grade("Show this code at the health desk. An officer reads it.") < 3.0);
    assert!(
        grade("Quarantine administration necessitates comprehensive epidemiological investigation of all individuals.")
            > 15.0
    );
    assert_eq!(filled("{ $count -> [one] one day *[other] { $count } days }").matches("days").count(), 1);
}
