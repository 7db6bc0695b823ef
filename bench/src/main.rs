//! `make bench`: everything in one run, one table, and bench/REPORT.md. `docs/BENCH.md` says how to read it.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement that fails should stop")]

mod echo;
mod http;
mod machine;
mod pass;
mod peers;
mod place;
mod run;
mod store;
mod table;

use std::time::Instant;

use pratique_store::testing::Durable;

use place::Engine;
use run::Run;
use table::Line;

const REPORT: &str = "bench/REPORT.md";

fn main() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    if std::env::args().nth(1).as_deref() == Some("echo") {
        return runtime.block_on(echo::serve());
    }
    let (run, started) = (Run::of_environment(), Instant::now());
    std::fs::create_dir_all(&run.folder).expect("a folder");
    let machine = machine::told(&run.folder);
    let lines = measured(&run, &runtime);
    let minutes = started.elapsed().as_secs_f64() / 60.0;
    println!("\n{}\n", table::plain(&lines));
    machine.iter().for_each(|line| println!("{line}"));
    let missed: Vec<&Line> = lines.iter().filter(|line| line.is_met() == Some(false)).collect();
    println!(
        "{} of {} targets met; {minutes:.0} minutes",
        lines.iter().filter(|l| l.is_met() == Some(true)).count(),
        lines.iter().filter(|l| l.is_met().is_some()).count()
    );
    missed.iter().for_each(|line| println!("missed: {}", line.measure));
    if run.only.is_empty() && !run.is_quick {
        std::fs::write(REPORT, report(&run, &machine, &lines, minutes)).expect("the report");
        println!("written: {REPORT}");
    } else {
        println!("{REPORT} is written by a whole run alone");
    }
}

fn measured(run: &Run, runtime: &tokio::runtime::Runtime) -> Vec<Line> {
    let mut lines = Vec::new();
    for engine in Engine::ALL {
        let postgres = (engine == Engine::Postgres).then(|| Durable::in_folder(&run.folder.join("postgres")));
        let postgres = postgres.as_ref();
        if run.wants("store") {
            run.say(&format!("the store on {}", engine.name()));
            lines.extend(runtime.block_on(store::measure(run, engine, postgres)));
            let databases = store::databases(run.started_s);
            postgres
                .into_iter()
                .for_each(|server| databases.iter().for_each(|name| place::drop_database(server, name)));
        }
        if run.wants("http") {
            run.say(&format!("HTTP on {}", engine.name()));
            lines.extend(http::declarations(run, engine, postgres));
        }
        if run.wants("million") {
            run.say(&format!("a million journeys on {}", engine.name()));
            lines.extend(http::million(run, engine, postgres));
        }
    }
    if run.wants("pass") {
        run.say("passes");
        let (passes, rate) = pass::measure(run);
        lines.extend(passes);
        lines.extend(peers::measure(run, rate));
    }
    lines
}

fn report(run: &Run, machine: &[String], lines: &[Line], minutes: f64) -> String {
    let machine: String = machine.iter().map(|line| format!("- {line}\n")).collect();
    format!(
        "# What Pratique costs\n\nWritten by `make bench` on {}, in one run of {minutes:.0} minutes. Load generator, server, database and \
         floor share the cores; each measure and what stands beside it took turns, {} pairs each, and the ratio is the median of \
         theirs (smallest and largest in brackets). Only ratios travel to another machine. [docs/BENCH.md](../docs/BENCH.md) says \
         how to read it.\n\n{machine}\n{}\n",
        run.today,
        run.rounds,
        table::markdown(lines),
    )
}
