//! `docs/API.md`: every command in it is run, and what it says is answered is answered.

use std::io::Write as _;
use std::process::Command;

use pratique_core::access::Role;
use serde_json::Value;

use crate::support::people::LI;
use crate::support::{On, Place};

const GUIDE: &str = include_str!("../../../../docs/API.md");

/// The guide's blocks in their order: kind and text.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let fenced = GUIDE.split("\n```").skip(1).step_by(2);
    fenced.filter_map(|block| block.split_once('\n')).collect()
}

/// One script of all commands, with a line between the blocks.
fn script() -> String {
    let commands = blocks().into_iter().map(|(kind, text)| match kind {
        "sh" => format!("{text}\necho; echo ----\n"),
        "json" => String::new(),
        other => panic!("the guide has a block of {other:?}"),
    });
    format!("set -eu\n{}", commands.collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_of_the_guide_works_and_answers_as_it_says() {
    if ["curl", "jq"].iter().any(|tool| Command::new(tool).arg("--version").output().is_err()) {
        // The test harness keeps what a passing test prints; what is written to the handle is seen.
        let _ = std::io::stderr().write_all(b"skipped: the guide needs curl and jq\n");
        return;
    }
    assert!(GUIDE.contains(&LI.mrz().replace('\n', "\\n")), "the zone's check digits fit: {}", LI.mrz());
    let place = Place::open(On::File).await;
    let mut shell = tokio::process::Command::new("sh");
    shell.arg("-c").arg(script()).current_dir(place.folder.root());
    shell.env("HOST", format!("http://{}", place.address));
    for (name, role) in [("OFFICER", Role::Officer), ("MEDICAL", Role::Medical), ("PLANNER", Role::Planner)] {
        shell.env(name, place.token(name, role).await);
    }
    shell.env("HOSPITAL", place.token_for("HOSPITAL", Role::Department, Some("hospital")).await);
    let output = shell.output().await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));

    // A block of JSON is what the block of commands before it answers.
    let mut answers = said.split("\n----\n");
    let mut answered = "";
    for (kind, text) in blocks() {
        match kind {
            "sh" => answered = answers.next().unwrap(),
            _ => {
                let (told, real): (Value, Value) =
                    (serde_json::from_str(text).unwrap(), serde_json::from_str(answered.trim()).unwrap());
                assert_eq!(told, real);
            }
        }
    }
}
