//! The project's own tasks. `cargo run -p xtask -- tidy [ROOT]` checks what no compiler does: the walls between the
//! rooms, the size budgets, dead files, and what must not stand in the repository.

mod checks;
mod finding;
mod report;
mod rust;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: xtask tidy [ROOT]   (ROOT: the repository; the present folder if left out)";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("tidy") => tidy(&PathBuf::from(arguments.next().unwrap_or_else(|| ".".into()))),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Runs every check, prints each finding and the totals; fails if there is a finding.
fn tidy(root: &std::path::Path) -> ExitCode {
    let tree = match tree::Tree::read(root) {
        Ok(tree) => tree,
        Err(error) => {
            eprintln!("tidy: {error}");
            return ExitCode::from(2);
        }
    };
    let findings = checks::all(&tree);
    for finding in &findings {
        println!("{finding}");
    }
    println!("{}", report::totals(&tree, findings.len()));
    if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
