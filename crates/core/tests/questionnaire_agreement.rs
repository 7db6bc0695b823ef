//! The mini-program walks a form by code of its own (`wechat/src/lib/form`), since it must ask the next question without a
//! connection. The cases of `wechat/test/agreement.json` hold the two together: here they are what this engine says, and
//! `wechat/test/agreement.test.ts` finds that the other says the same.
//!
//! After a change of the engine, `AGREEMENT=write cargo test -p pratique-core --test questionnaire_agreement` writes them anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use pratique_core::questionnaire::{Item, Kind, Questionnaire, Visible, check, route};
use serde_json::{Map, Value, json};

const TODAY: Date = date(2026, 11, 24);
/// Cases of each form.
const CASES: usize = 80;

/// Name and place of each form, from the repository's root.
const FORMS: [(&str, &str); 3] = [
    ("respiratory", "packs/respiratory/questionnaire.json"),
    ("every-kind", "crates/app/tests/traveller_pages/every_kind.json"),
    ("conditions", "wechat/test/conditions.json"),
];

fn root(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Numbers that follow from a seed alone (Knuth's MMIX constants), so that the cases are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }
}

/// Something that a person, or a program that means ill, could give here.
fn value(dice: &mut Dice, item: &Item) -> Value {
    if dice.one_in(8) {
        let odd = [
            json!(null),
            json!(" "),
            json!([]),
            json!(7),
            json!("x\u{202e}y"),
            json!({"a": 1}),
            json!(["1", "2"]),
            json!(true),
        ];
        return odd[dice.below(odd.len())].clone();
    }
    if item.repeats {
        return Value::Array((0..dice.below(4)).map(|_| one(dice, item)).collect());
    }
    one(dice, item)
}

fn one(dice: &mut Dice, item: &Item) -> Value {
    let long = json!("字".repeat(256));
    let pool: Vec<Value> = match item.kind {
        Kind::Boolean => vec![json!(true), json!(false), json!(true), json!("true")],
        Kind::Date => {
            ["2026-11-05", "2026-11-24", "2026-12-30", "2026-02-30", "1899-01-01", " 2026-11-20 ", "20261120"]
                .map(Value::from)
                .to_vec()
        }
        Kind::Integer => {
            vec![json!(0), json!(3), json!(14), json!(-1), json!(2_147_483_648_i64), json!(1.5), json!("3")]
        }
        Kind::Decimal => {
            vec![json!(36.6), json!(10), json!(39.25), json!(37.123), json!(99), json!(0.000_000_1), json!("37")]
        }
        Kind::Country => ["CHN", "fr", "D", "XXA", "ZZZ", " GBR "].map(Value::from).to_vec(),
        Kind::Choice | Kind::OpenChoice => {
            let mut codes: Vec<Value> = item.options.iter().map(|option| json!(option.code)).collect();
            codes.extend([json!("own words"), json!(" Zu\u{308}rich "), long]);
            codes
        }
        Kind::String => vec![
            json!("abc"),
            json!("ab"),
            json!("Zu\u{308}rich"),
            json!("a\nb"),
            json!("\u{1f600}\u{1f600}\u{1f600}"),
            long,
        ],
        Kind::Text => vec![json!("one\r\ntwo"), json!("\u{85}x"), json!("tab\there"), json!("a\u{7}b")],
        Kind::Group | Kind::Display => vec![json!("read"), json!("")],
    };
    pool[dice.below(pool.len())].clone()
}

/// Answers to some of the items, each in its group or beside it.
fn answers(dice: &mut Dice, items: &[Item]) -> Map<String, Value> {
    let mut given = Map::new();
    for item in items {
        if dice.one_in(5) {
            continue;
        }
        let value = match item.kind {
            Kind::Display if !dice.one_in(10) => continue,
            Kind::Group if item.repeats && !dice.one_in(10) => (0..dice.below(4))
                .map(|_| if dice.one_in(4) { json!({}) } else { Value::Object(answers(dice, &item.children)) })
                .collect(),
            Kind::Group if !item.repeats && !dice.one_in(10) => {
                let inner = answers(dice, &item.children);
                if dice.one_in(5) {
                    given.extend(inner);
                    continue;
                }
                Value::Object(inner)
            }
            _ => value(dice, item),
        };
        given.insert(item.link_id.clone(), value);
    }
    if dice.one_in(10) {
        given.insert("a/stranger~".to_owned(), json!("?"));
    }
    given
}

/// The same answers with what is wrong taken out or said anew, until all of it is accepted.
fn mended(dice: &mut Dice, form: &Questionnaire, mut given: Map<String, Value>) -> Map<String, Value> {
    while let Err(errors) = check(form, &given, TODAY) {
        let (link_id, pointer) = (errors[0].link_id.clone(), errors[0].pointer.clone());
        let keys: Vec<String> =
            pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
        let upto = keys.iter().rposition(|key| *key == link_id).unwrap();
        let holder = holder(&mut given, &keys[..upto]);
        holder.remove(&link_id);
        match form.find(&link_id) {
            Some(item) if item.is_rows() => drop(holder.insert(link_id, json!([answers(dice, &item.children)]))),
            Some(item) if item.is_question() => drop(holder.insert(link_id, value(dice, item))),
            Some(item) => holder.extend(answers(dice, &item.children)),
            None => {}
        }
    }
    given
}

/// The innermost object on this way that is there. A group of which nothing was said is not: its questions may stand beside it.
fn holder<'g>(here: &'g mut Map<String, Value>, keys: &[String]) -> &'g mut Map<String, Value> {
    let is_there = |value: Option<&Value>| value.is_some_and(Value::is_object);
    match keys {
        [name, rest @ ..] if is_there(here.get(name)) => holder(here[name].as_object_mut().unwrap(), rest),
        [name, row, rest @ ..] if is_there(here.get(name).and_then(|rows| rows.get(row.parse::<usize>().ok()?))) => {
            holder(here[name][row.parse::<usize>().unwrap()].as_object_mut().unwrap(), rest)
        }
        _ => here,
    }
}

fn pointers(shown: &[Visible<'_>], into: &mut Vec<String>) {
    for one in shown {
        into.push(one.pointer.clone());
        one.rows.iter().for_each(|row| pointers(row, into));
    }
}

fn case(form: &Questionnaire, given: &Map<String, Value>) -> Value {
    let mut visible = Vec::new();
    pointers(&route(form, given, TODAY).sections, &mut visible);
    match check(form, given, TODAY) {
        Ok(accepted) => json!({"answers": given, "visible": visible, "accepted": accepted.as_map()}),
        Err(errors) => {
            let errors: Vec<Value> = errors.iter().map(|e| json!([e.pointer, e.code, e.params])).collect();
            json!({"answers": given, "visible": visible, "errors": errors})
        }
    }
}

#[test]
fn the_cases_that_the_mini_program_is_held_to_are_what_this_engine_says() {
    let mut forms = Map::new();
    for (seed, (name, path)) in FORMS.into_iter().enumerate() {
        let form = Questionnaire::parse(&std::fs::read(root(path)).unwrap()).unwrap();
        let mut dice = Dice(u64::try_from(seed).unwrap() + 1);
        let mut cases = vec![case(&form, &Map::new())];
        for n in 0..CASES {
            let given = answers(&mut dice, form.items());
            let given = if n % 2 == 0 { mended(&mut dice, &form, given) } else { given };
            cases.push(case(&form, &given));
        }
        forms.insert(name.to_owned(), json!({"form": path, "cases": cases}));
    }
    let said = json!({"today": TODAY, "forms": forms});
    let file = root("wechat/test/agreement.json");
    if std::env::var_os("AGREEMENT").is_some_and(|word| word == "write") {
        // One case a line: a change shows where it is.
        let text =
            said.to_string().replace("{\"accepted\"", "\n{\"accepted\"").replace("{\"answers\"", "\n{\"answers\"");
        std::fs::write(&file, format!("{text}\n")).unwrap();
    }
    let kept: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert!(
        kept == said,
        "wechat/test/agreement.json is not what the engine says; the head of this test tells how to write it"
    );
}
