//! The worst time that an allowed condition, and an allowed rule set, can take: the evaluator cannot be interrupted, so the
//! bounds of `rules::bounds` must keep it short beforehand. Run with `--release`; it prints the ten worst, then the answer.
//!
//! Each pattern of a family of nasty conditions is made as large as the bounds let it be, then run over the largest facts,
//! alone and as often as a rule set may hold it.

#![allow(clippy::expect_used, reason = "the conditions are this file's own")]

use std::hint::black_box;

use pratique_core::rules::{Answers, Areas, Condition, Facts, RuleSet, Stay, Vocabulary, assess, bounds};
use serde_json::{Value, json};

/// Bodies for the innermost place; `A` and `B` are the entries of the outer and inner list.
const BODIES: [&str; 30] = [
    "A == B",
    "A != A",
    "A == B && B == A",
    "A in [A, B]",
    "[A, B] == [B, A]",
    "size([A, B, A, B]) == 3",
    "size([A] + [B]) == 3",
    "(1 < 2 ? A : B) == A",
    "A.level == B.level",
    "A.place == B.place",
    "A.place.contains(B.place)",
    "A.place.endsWith(B.place)",
    "A.place + B.place == B.place + A.place",
    "has(A.place) && has(B.place) && has(A.nothing)",
    "A.nothing == B.nothing",
    "answers.nothing == 1",
    "A < B",
    "A.place < 1",
    "answers.groups < answers.groups",
    "answers.groups - 1 == 2",
    "B in answers.groups",
    "answers.groups.contains('x')",
    "answers.groups['x'] == 1",
    "size(answers.groups) > 99",
    "!answers.groups",
    "-A == 1",
    "A - 1 == 2",
    "A + 1 == 2",
    "answers.groups && answers.texts",
    "answers.groups == answers.groups",
];
/// Frames around a body; none of them may stop early, so a body is met in both senses.
const FRAMES: [&str; 12] = [
    "BODY",
    "L.all(a, BODY)",
    "L.exists(a, BODY)",
    "L.exists_one(a, BODY)",
    "size(L.filter(a, BODY)) == 3",
    "size(L.map(a, BODY)) == 3",
    "L.all(a, M.all(b, BODY))",
    "L.exists(a, M.exists(b, BODY))",
    "size(L.filter(a, M.exists(b, BODY))) == 3",
    "size(L.map(a, M.filter(b, BODY))) == 3",
    "size(L.map(a, M.map(b, [a, b]))) == 3 || BODY",
    "L.filter(a, true).map(b, [b]).exists(a, BODY)",
];
const LISTS: [&str; 4] = ["stays", "answers.groups", "answers.texts", "(stays + answers.groups)"];

fn facts() -> Facts {
    let text = |n: usize, max: usize| format!("{}{n:04}", "a".repeat(max - 4));
    let field = |n: usize, f: usize| (format!("field{f:02}"), Value::String(text(n, bounds::TEXT_BYTES_MAX)));
    let group = |n: usize| {
        let mut fields: serde_json::Map<String, Value> = (2..bounds::GROUP_MAX).map(|f| field(n, f)).collect();
        fields.insert("place".into(), text(n, bounds::TEXT_BYTES_MAX).into());
        fields.insert("level".into(), "high".into());
        Value::Object(fields)
    };
    let answers = json!({
        "groups": (0..bounds::LIST_MAX).map(group).collect::<Vec<_>>(),
        "texts": (0..bounds::LIST_MAX).map(|n| text(n, bounds::TEXT_BYTES_MAX)).collect::<Vec<_>>(),
    });
    let place = |n| Stay { country: "UTO".into(), place: text(n, bounds::TEXT_BYTES_MAX), ..Stay::default() };
    Facts {
        answers: Answers::read(answers.as_object().expect("an object"), &Vocabulary::default()),
        stays: (0..bounds::LIST_MAX).map(place).collect(),
        ..Facts::default()
    }
}

/// The pattern with its body, negated or not, repeated as often as a condition may hold it.
fn largest(frame: &str, body: &str, lists: (&str, &str), negated: bool) -> Option<Condition> {
    let two = frame.contains('M') || frame.starts_with("L.filter");
    let body = body.replace('A', "a").replace('B', if two && frame.contains('M') { "b" } else { "a" });
    let body = if frame == "BODY" { body.replace('a', "stays") } else { body };
    let body = if negated { format!("!({body})") } else { format!("({body})") };
    let joint = if frame.contains("all") { " && " } else { " || " };
    let source = |count: usize, outer: usize| {
        let inside =
            frame.replace("BODY", &vec![body.as_str(); count].join(joint)).replace('L', lists.0).replace('M', lists.1);
        vec![inside.as_str(); outer].join(" || ")
    };
    let grown = |count, outer| Condition::compile(&source(count, outer)).ok();
    let inner = most(|count| grown(count, 1).is_some())?;
    let outer = most(|outer| grown(inner, outer).is_some())?;
    grown(inner, outer)
}

/// The largest count that is allowed, if 1 is: more of the same only adds to a condition's size and steps.
fn most(allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let (mut low, mut high) = (1, 128);
    if !allowed(low) {
        return None;
    }
    while high - low > 1 {
        let middle = usize::midpoint(low, high);
        if allowed(middle) { low = middle } else { high = middle }
    }
    Some(low)
}

fn rule_set(source: &str, copies: u64) -> RuleSet {
    let rule = |n| {
        format!("[[rule]]\nid = \"r{n}\"\ntier = \"red\"\nwhen = \"\"\"{source}\"\"\"\nreason = {{ en = \"x\" }}\n")
    };
    let rules: String = (0..copies).map(rule).collect();
    RuleSet::parse(&format!("version = \"1\"\n{rules}")).expect("a rule set within the bounds")
}

/// The best of some runs, in microseconds: the machine's other work is not the evaluator's.
#[expect(clippy::disallowed_methods, reason = "a measurement reads a clock")]
fn time_us(runs: usize, mut run: impl FnMut()) -> f64 {
    let once = |run: &mut dyn FnMut()| {
        let start = std::time::Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..runs).map(|_| once(&mut run)).fold(f64::MAX, f64::min)
}

fn main() {
    let (facts, areas, today) = (facts(), Areas::default(), "2026-11-24".parse().expect("a date"));
    let assess_us =
        |runs, rules: &RuleSet| time_us(runs, || drop(black_box(assess(black_box(&facts), rules, &areas, today))));
    let empty_us = assess_us(50, &rule_set("channel == 'x'", 1));
    let mut found = Vec::new();
    let mut compile_us = (0.0, String::new());
    for (frame, body) in FRAMES.iter().flat_map(|frame| BODIES.iter().map(move |body| (frame, body))) {
        for lists in LISTS.iter().flat_map(|l| LISTS[..2].iter().map(move |m| (*l, *m))) {
            let needless =
                (!frame.contains('M') && lists.1 != LISTS[0]) || (!frame.contains('L') && lists.0 != LISTS[0]);
            for negated in [false, true].into_iter().filter(|_| !needless) {
                let Some(condition) = largest(frame, body, lists, negated) else { continue };
                let compiled_us = time_us(3, || drop(black_box(Condition::compile(condition.source()))));
                if compiled_us > compile_us.0 {
                    compile_us = (compiled_us, condition.source().to_owned());
                }
                let one_us = assess_us(5, &rule_set(condition.source(), 1)) - empty_us;
                found.push((one_us, one_us * 1e3 / condition.steps() as f64, condition));
            }
        }
    }
    // A set of a hundred takes long to compile, so only the most promising are run as sets.
    let copies = |steps: u64| (bounds::RULE_SET_STEPS_MAX / steps.max(1)).clamp(1, bounds::RULES_MAX as u64);
    let in_a_set_us = |row: &(f64, f64, Condition)| row.0 * copies(row.2.steps()) as f64;
    found.sort_by(|a, b| in_a_set_us(b).total_cmp(&in_a_set_us(a)));
    let mut set_us_max = 0f64;
    for (one_us, step_ns, condition) in found.iter().take(20) {
        let copies = copies(condition.steps());
        let set_us = assess_us(50, &rule_set(condition.source(), copies));
        set_us_max = set_us_max.max(set_us);
        let (steps, source) = (condition.steps(), condition.source().chars().take(100).collect::<String>());
        println!(
            "{set_us:6.0} µs a set of {copies:3}, {one_us:6.0} µs one, {step_ns:4.0} ns a step of {steps:5}: {source}"
        );
    }
    let one_us = found.iter().map(|row| row.0).fold(0.0, f64::max);
    let step_ns = found.iter().map(|row| row.1).fold(0.0, f64::max);
    println!("{} conditions at their bounds; binding the largest facts alone takes {empty_us:.0} µs", found.len());
    println!("compile, worst: {:.0} µs for {} bytes", compile_us.0, compile_us.1.len());
    println!("step, worst: {step_ns:.0} ns");
    println!("one condition, worst: {one_us:.0} µs");
    println!("one assessment, worst: {set_us_max:.0} µs");
}
