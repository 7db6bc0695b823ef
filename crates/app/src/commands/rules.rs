//! `rules`: a pack's own examples, run; and what a draft would have made of days that are past.

use std::path::{Path, PathBuf};

use pratique_core::bulletin::Period;
use pratique_core::rules::{Finding, Moves, Tier};
use serde_json::{Map, Value, json};

use super::CommandFault;
use super::opening::{Absent, Place, port_meant};
use super::output::{Format, Out};
use crate::actions::replay_rules::{Moved, Replayed, replay_rules};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::house::{InForce, local_date};

/// Risk rules.
#[derive(Debug, clap::Subcommand)]
pub enum Rules {
    /// Run the examples of a pack's rules; exit code 1 if one of them fails
    #[command(after_help = "Example:\n  pratique rules test packs/respiratory --format table")]
    Test {
        /// The pack's folder: pack.toml, questionnaire.json, rules.toml, areas.csv
        dir: PathBuf,
        /// How answers are shown
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Say what a draft pack would have made of everybody who came on some days
    ///
    /// The rules in force and the draft judge the same people, whom officers decided on in those days, on the day of their answers:
    /// so every difference is the draft's. Nothing is changed; that it was run stands in the log. Also beside a running server.
    #[command(
        after_help = "Examples:\n  pratique rules replay --from 2026-11-17 --to 2026-11-23 packs/draft --format table\n  \
                            pratique rules replay --from 2026-11-23 --to 2026-11-23 packs/draft --each"
    )]
    Replay(Rehearsal),
}

/// What is to be replayed.
#[derive(Debug, clap::Args)]
pub struct Rehearsal {
    /// The first day, on the port's clock
    #[arg(long, value_name = "DATE")]
    from: String,
    /// The last day
    #[arg(long, value_name = "DATE")]
    to: String,
    /// The draft pack's folder: pack.toml, questionnaire.json, rules.toml, areas.csv
    dir: PathBuf,
    /// Say also who is shown in another colour, and by which rules; each of them is then on record as looked at
    #[arg(long)]
    each: bool,
    /// The port's UN/LOCODE; may be left out where there is only one
    #[arg(long, value_name = "PORT")]
    at: Option<String>,
    /// How answers are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    place: Place,
}

impl Rules {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        match self {
            Rules::Test { dir, format } => test(dir, *format, out),
            Rules::Replay(asked) => asked.run(out).await,
        }
    }
}

fn test(dir: &Path, format: Format, out: &mut Out) -> Result<(), CommandFault> {
    let pack = InForce::of_folder(dir)?;
    let outcomes = pack.pack.rules.run_examples(&pack.pack.areas, &pack.vocabulary);
    let failed = outcomes.iter().filter(|outcome| !outcome.passed).count();
    let total = outcomes.len();
    let mut rows =
        outcomes.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>().map_err(std::io::Error::from)?;
    rows.extend(pack.pack.rules.findings().iter().map(finding));
    out.rows(format, &["passed", "name", "expected_tier", "tier", "missing", "unexpected", "finding"], &rows)?;
    match format {
        Format::Table => out.line(&format!("{} of {total} examples passed ({})", total - failed, pack.name()))?,
        Format::Json => {}
    }
    if failed == 0 { Ok(()) } else { Err(CommandFault::Told) }
}

/// What the examples leave open is worth knowing, and no failure.
fn finding(finding: &Finding) -> Value {
    match finding {
        Finding::NeverHit(rule) => json!({"finding": format!("no example expects the rule {rule}"), "rule": rule}),
        Finding::NeverGreen => json!({"finding": "no example is green: nothing shows that the rules let anybody pass"}),
    }
}

impl Rehearsal {
    async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let draft = InForce::of_folder(&self.dir)?;
        let app = self.place.open(Absent::Refuse).await?;
        let code = port_meant(&app, self.at.as_deref())?;
        let port = app.house.port(&code).ok_or(Failure::NotFound)?;
        let in_force = app.house.in_force(port).ok_or(Failure::NotFound)?;
        let period = Period::read(&self.from, &self.to, &port.zone(), local_date(port, app.now()));
        let period = period.map_err(Failure::Invalid)?;
        let who = Caller::System("command line");
        let told = replay_rules(&app, &who, (port, &period), &draft, self.each).await?;
        let report = Report { port: &code, period: &period, packs: [in_force, &draft], told: &told };
        match self.format {
            Format::Json => report.rows().iter().try_for_each(|row| out.json(row)),
            Format::Table => report.tables(out),
        }
    }
}

/// A replay as it is told.
struct Report<'a> {
    port: &'a str,
    period: &'a Period,
    packs: [&'a InForce; 2],
    told: &'a Replayed,
}

impl Report<'_> {
    /// Rows of a `kind` each: `day`, `rule`, `person`, `note`, and last the `total`.
    fn rows(&self) -> Vec<Value> {
        let replay = &self.told.replay;
        let day = |(day, moves): (_, &Moves)| with(json!({"kind": "day", "day": day}), counts(moves));
        let mut rows: Vec<Value> = replay.days.iter().map(day).collect();
        rows.extend(replay.rules.iter().map(|(rule, hits)| {
            json!({"kind": "rule", "rule": rule, "tier": self.tier(rule), "in_force": hits.in_force, "draft": hits.draft})
        }));
        rows.extend(self.told.moved.iter().map(person));
        rows.extend(self.notes().into_iter().map(|note| json!({"kind": "note", "note": note})));
        let [in_force, draft] = self.packs.map(|pack| json!({"pack": pack.name(), "rules": pack.pack.rules.version}));
        let total = json!({
            "kind": "total", "port": self.port, "from": self.period.from, "to": self.period.to,
            "packs": {"in_force": in_force, "draft": draft}, "judged_by": self.told.judged_by,
            "recorded_otherwise": self.told.recorded_otherwise, "erased": self.told.erased,
        });
        rows.push(with(total, counts(&replay.total)));
        rows
    }

    fn tables(&self, out: &mut Out) -> Result<(), CommandFault> {
        let replay = &self.told.replay;
        let line = |name: String, moves: &Moves| {
            let tier = |tier| format!("{} → {}", moves.in_force(tier), moves.draft(tier));
            let busiest = moves.busiest_hour().map(|(hour, before, after)| format!("{hour:02}:00, {before} → {after}"));
            json!({"day": name, "people": moves.people(), "green": tier(Tier::Green), "amber": tier(Tier::Amber),
                "red": tier(Tier::Red), "raised": moves.raised(), "lowered": moves.lowered(), "most_referred": busiest})
        };
        let mut days: Vec<Value> = replay.days.iter().map(|(day, moves)| line(day.to_string(), moves)).collect();
        days.push(line("all".to_owned(), &replay.total));
        let columns = ["day", "people", "green", "amber", "red", "raised", "lowered", "most_referred"];
        let [in_force, draft] = self.packs.map(|pack| format!("{}, rules {}", pack.name(), pack.pack.rules.version));
        out.line(&format!("{}: in force ({in_force}) → draft ({draft})", self.port))?;
        out.rows(Format::Table, &columns, &days)?;
        out.line("")?;
        let rows = self.rows();
        let of = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).cloned().collect::<Vec<_>>();
        out.rows(Format::Table, &["rule", "tier", "in_force", "draft"], &of("rule"))?;
        if !self.told.moved.is_empty() {
            out.line("")?;
            let columns = ["journey", "at", "flight", "in_force", "draft", "gained", "lost"];
            out.rows(Format::Table, &columns, &of("person"))?;
        }
        self.notes().iter().try_for_each(|note| out.line(&format!("\nNote: {note}")))
    }

    /// What the figures do not show.
    fn notes(&self) -> Vec<String> {
        let [in_force, draft] = self.packs;
        let (people, erased) = (self.told.replay.total.people(), self.told.erased);
        let nobody =
            (people == 0).then(|| "officers decided on nobody on these days, so there is nothing to replay".to_owned());
        // The form in force did not ask it, and nobody answered it.
        let unasked = draft.pack.rules.lint(&in_force.vocabulary).into_iter();
        let unasked = unasked.map(|fault| format!("{fault}: nobody was asked, and the replay takes it as unanswered"));
        let erased = (erased > 0).then(|| format!("{erased} more people came, and were erased since"));
        let other = self.told.recorded_otherwise;
        let other = (other > 0).then(|| {
            format!("{other} people have another tier on record than the rules in force give now: other rules judged them then, or more is known since")
        });
        nobody.into_iter().chain(unasked).chain(erased).chain(other).collect()
    }

    /// The tier that a rule asks for, as the draft has it or, if it has none, the rules in force.
    fn tier(&self, id: &str) -> Option<Tier> {
        let [in_force, draft] = self.packs;
        let mut rules = draft.pack.rules.rules.iter().chain(&in_force.pack.rules.rules);
        rules.find(|rule| rule.id == id).map(|rule| rule.tier)
    }
}

fn counts(moves: &Moves) -> Value {
    let tiers = |count: &dyn Fn(Tier) -> u64| -> Map<String, Value> {
        Tier::ALL.into_iter().map(|tier| (tier.as_str().to_owned(), count(tier).into())).collect()
    };
    let busiest = moves
        .busiest_hour()
        .map(|(hour, in_force, draft)| json!({"from": format!("{hour:02}:00"), "in_force": in_force, "draft": draft}));
    json!({
        "people": moves.people(),
        "in_force": tiers(&|tier| moves.in_force(tier)),
        "draft": tiers(&|tier| moves.draft(tier)),
        "raised": moves.raised(),
        "lowered": moves.lowered(),
        "most_referred": busiest,
    })
}

fn person(moved: &Moved) -> Value {
    json!({"kind": "person", "journey": moved.journey, "at": moved.at, "flight": moved.flight, "in_force": moved.in_force,
        "draft": moved.draft, "gained": moved.gained, "lost": moved.lost})
}

/// One object's members and another's.
fn with(mut one: Value, other: Value) -> Value {
    if let (Some(members), Value::Object(more)) = (one.as_object_mut(), other) {
        members.extend(more);
    }
    one
}
