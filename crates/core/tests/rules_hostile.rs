//! Rule texts from strangers: whatever the bytes, an answer comes, and the stack holds (also unoptimised, on 2 MiB).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a panic is the finding")]

use std::io::Write as _;
use std::path::PathBuf;

use pratique_core::rules::{Areas, BadCondition, Condition, Facts, RuleSet, assess, bounds};
use proptest::prelude::*;

/// A data file of the project's test data, or `None` where the machine has none.
fn data(path: &str) -> Option<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("PRATIQUE_TEST_DATA").map_or_else(beside, PathBuf::from);
    let text = std::fs::read(folder.join(path)).ok();
    if text.is_none() {
        // The test harness keeps what a passing test prints; what is written to the handle is seen.
        let _ = std::io::stderr()
            .write_all(format!("skipped: no test data at {}\n", folder.join(path).display()).as_bytes());
    }
    text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Compiles and, if that is allowed, assesses.
fn try_out(source: &str) -> Result<(), BadCondition> {
    let condition = Condition::compile(source)?;
    assert!(condition.steps() <= bounds::CONDITION_STEPS_MAX);
    let quoted = toml::Value::String(source.to_owned());
    let toml = format!("version = \"1\"\n[[rule]]\nid = \"x\"\ntier = \"red\"\nwhen = {quoted}\nreason.en = \"x\"\n");
    let rules = RuleSet::parse(&toml).expect("what compiles is a rule");
    let _ = assess(&Facts::default(), &rules, &Areas::default(), "2026-11-24".parse().unwrap());
    Ok(())
}

#[test]
fn naughty_strings_are_refused_or_judged() {
    let Some(strings) = data("hostile/strings/blns_part.txt") else { return };
    for line in strings.lines().filter(|line| !line.is_empty()) {
        for source in [line.to_owned(), format!("channel == '{line}'"), format!("channel == \"{line}\" || true")] {
            let _ = try_out(&source);
            let _ = RuleSet::parse(&source);
            let _ = Areas::parse(&source, 14);
        }
    }
}

#[test]
fn the_conformance_expressions_of_cel_are_refused_or_judged() {
    let files =
        ["basic", "comparisons", "integer_math", "lists", "logic", "macros", "parse", "plumbing", "string", "fields"];
    let (mut tried, mut taken) = (0, 0);
    for file in files {
        let Some(text) = data(&format!("rules/cel/{file}.textproto")) else { return };
        // `expr: "…"` on a line of its own, with the escapes of the protobuf text format.
        for expression in text.lines().filter_map(|line| line.trim().strip_prefix("expr: ")) {
            let inner = expression.trim_matches(['"', '\'']);
            let unescaped = inner.replace("\\\"", "\"").replace("\\'", "'").replace("\\\\", "\\");
            tried += 1;
            taken += usize::from(try_out(&unescaped).is_ok());
        }
    }
    println!("{tried} expressions, {taken} within what rules may use");
    assert!(tried > 500 && taken > 20, "{tried} {taken}");
}

#[test]
fn chains_and_nests_of_every_kind_are_answered() {
    let (open, chain) = (
        ["(", "[", "{", "!(", "size(", "[1].all(x, ", "a[", "stays.exists(s, "],
        ["!", "-", "1+", "a.", "true ? 1 : ", "a||", "a&&", "1 in ", "'' + ", ".", "?", ","],
    );
    for count in [1, 10, 24, 25, 60, 100, 128, 250, 400, 1000, 5000, 100_000] {
        for part in open.iter().chain(&chain) {
            let _ = try_out(&part.repeat(count));
            let _ = try_out(&format!("{}true", part.repeat(count)));
            let _ = try_out(&format!("{}true{}", part.repeat(count), ")".repeat(count)));
        }
    }
}

#[test]
fn a_third_list_inside_another_is_refused() {
    let two = "stays.exists(a, ['Lyon', 'Lodi'].exists(b, a.place.contains(b)))";
    assert_eq!(try_out(two), Ok(()));
    let three = format!("['x'].exists(c, {two})");
    assert!(
        matches!(Condition::compile(&three), Err(BadCondition::Refused(words)) if words.contains("inside one another"))
    );
}

#[test]
fn the_longest_lists_inside_one_another_are_refused() {
    let source = "stays.exists(a, stays.exists(b, a.country == b.country))";
    assert!(matches!(Condition::compile(source), Err(BadCondition::TooCostly(_))));
}

#[test]
fn only_what_rules_need_is_taken() {
    let refused = [
        "matches",
        "channel.matches('a+')",
        "timestamp('2026-11-24T00:00:00Z') == timestamp('x')",
        "type(channel) == string",
        "{'a': 1}['a'] == 1",
        "name == 'x'",
        "answers == answers",
        "flight.captain == 'x'",
        "channel.x == 1",
        "3u == 3u",
        "b'a' == b'a'",
        "stays.exists(answers, true)",
        "string(1) == '1'",
        "dyn(1) == 1",
        "stays.map(i, s, true) == []",
    ];
    for source in refused {
        assert!(Condition::compile(source).is_err(), "{source}");
    }
    for source in [
        "size(stays)",
        "stays.map(s, s.place)",
        "1",
        "'true'",
        "age_y",
        "sex",
        "answers.a ? 1 : 2",
        "1 && true",
        "null",
    ] {
        assert!(matches!(Condition::compile(source), Err(BadCondition::NotYesNo(_))), "{source}");
    }
}

#[test]
fn whole_numbers_and_decimals_compare_and_divide() {
    let facts = Facts { age_y: Some(41), temperature_c: Some(40.5), ..Facts::default() };
    for source in [
        "age_y / 2 == 20",
        "age_y > 40.5",
        "temperature_c < 41",
        "age_y - 1 >= temperature_c - 0.5",
        "today > '2026-11-23'",
    ] {
        let toml = format!(
            "version = \"1\"\n[[rule]]\nid = \"x\"\ntier = \"red\"\nwhen = \"{source}\"\nreason.en = \"hit\"\n"
        );
        let assessment =
            assess(&facts, &RuleSet::parse(&toml).unwrap(), &Areas::default(), "2026-11-24".parse().unwrap());
        assert_eq!(assessment.reasons[0].text.get("en"), "hit", "{source}");
    }
}

#[test]
fn rules_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<RuleSet>();
    shared::<Areas>();
}

#[test]
fn a_term_must_stand_above_its_use_and_be_a_condition() {
    let rule = "[[rule]]\nid = \"x\"\ntier = \"red\"\nwhen = \"term.b\"\nreason.en = \"x\"\n";
    let set = |terms: &str| RuleSet::parse(&format!("version = \"1\"\n{terms}{rule}"));
    let (a, b) =
        ("[[term]]\nid = \"a\"\nmeans = \"flight.on_schedule\"\n", "[[term]]\nid = \"b\"\nmeans = \"!term.a\"\n");
    let areas = Areas::default();
    let assessment =
        assess(&Facts::default(), &set(&format!("{a}{b}")).unwrap(), &areas, "2026-11-24".parse().unwrap());
    assert_eq!(assessment.reasons[0].rule, "x");
    for (terms, words) in [
        (format!("{b}{a}"), "rules.toml, term b: `term.a` is not defined by a [[term]] above it"),
        (b.replace("term.a", "term.b"), "term b: `term.b` is not defined"),
        (format!("{a}{b}{b}"), "two terms have this id"),
        (b.replace("!term.a", "size(stays)"), "term b: the condition must be true or false"),
        (b.replace("\nmeans", "\ntier = \"red\"\nmeans"), "a term has an id of a-z and _"),
    ] {
        let faults: String = set(&terms).unwrap_err().iter().map(|fault| format!("{fault}\n")).collect();
        assert!(faults.contains(words), "{faults}");
    }
}

#[test]
fn a_rule_whose_term_cannot_be_judged_is_amber() {
    let toml = "version = \"1\"\n[[term]]\nid = \"old\"\nmeans = \"age_y > 65\"\n[[rule]]\nid = \"x\"\ntier = \"red\"\nwhen = \"term.old\"\nreason.en = \"x\"\n";
    let assessment =
        assess(&Facts::default(), &RuleSet::parse(toml).unwrap(), &Areas::default(), "2026-11-24".parse().unwrap());
    assert_eq!(assessment.tier, pratique_core::rules::Tier::Amber);
    assert_eq!(
        assessment.reasons[0].text.get("en"),
        "The rule x could not be judged (`old` is not known). Please read the declaration."
    );
}

#[test]
fn a_rule_out_of_force_says_nothing() {
    let toml = "version = \"1\"\n[[rule]]\nid = \"x\"\ntier = \"red\"\nwhen = \"true\"\nreason.en = \"x\"\nvalid_from = 2026-11-02\nvalid_to = \"2026-11-03\"\n";
    let rules = RuleSet::parse(toml).unwrap();
    let hits = |day: &str| assess(&Facts::default(), &rules, &Areas::default(), day.parse().unwrap()).reasons.len();
    assert_eq!(["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"].map(hits), [0, 1, 1, 0]);
}

#[test]
fn a_rule_without_a_condition_is_a_fault_and_not_forgotten() {
    let toml = "version = \"1\"\n[[rule]]\nid = \"x\"\ntier = \"red\"\nreason.en = \"x\"\n";
    assert!(RuleSet::parse(toml).unwrap_err()[0].words.contains("`when` is missing"));
}

/// Pieces of conditions, so that random texts get past the first character.
fn pieces() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "stays",
        "answers",
        ".",
        "a",
        "s",
        "(",
        ")",
        "[",
        "]",
        "exists(",
        "map(",
        "filter(",
        "all(s, ",
        "has(",
        "size(",
        ", ",
        " && ",
        " || ",
        "!",
        "-",
        " == ",
        " in ",
        " < ",
        "1",
        "1.5",
        "'x'",
        "true",
        "null",
        " ? ",
        " : ",
        "+",
        "*",
        "/",
        "%",
        "9223372036854775807",
        "\"",
        "`",
        "\\",
        "{",
        "}",
        "level",
        "today",
        "@result",
        "é",
        "\u{0}",
    ]);
    proptest::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    // A failure is fixed at once and kept as a test of its own, not as a seed file.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics(text in any::<String>(), made in pieces()) {
        let _ = try_out(&text);
        let _ = try_out(&made);
        let _ = RuleSet::parse(&text);
    }

    #[test]
    fn no_areas_panic(text in ".{0,200}", rows in "([A-Z]{3},[a-z]{0,3},(high|low),2026-1[0-3]-[0-3][0-9],,x\n){0,4}") {
        let _ = Areas::parse(&text, 14);
        let _ = Areas::parse(&format!("country,place,level,from,to,source\n{rows}"), 14);
    }
}
