//! The command line (contract.md, Command line): one file a command. Every command writes through the same [`Out`], so that a
//! closed pipe is a quiet end, and every failure is one line that says what, where and what to do.

mod audit;
mod backup;
mod bulletin;
mod clock;
mod config;
mod demo;
mod doctor;
mod erase;
mod fault;
mod hall;
mod keys;
mod lines;
mod load;
mod manifest;
mod matching;
mod messages;
mod migrate;
mod mrz;
mod openapi;
mod opening;
mod output;
mod pass;
mod questionnaire;
mod restore;
mod rules;
mod serve;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use fault::CommandFault;
use output::Out;

/// Health declarations for ports of entry: declare, pass, scan, decide.
#[derive(Debug, Parser)]
#[command(name = "pratique", version, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(Box<serve::Serve>),
    Demo(demo::Demo),
    Migrate(migrate::Migrate),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Doctor(doctor::Doctor),
    Erase(erase::Erase),
    /// People and machines that may sign in.
    #[command(subcommand)]
    User(user::User),
    /// Signing and sealing keys.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// The machine's clock.
    #[command(subcommand)]
    Clock(clock::Clock),
    /// What this installation is set to.
    #[command(subcommand)]
    Config(config::Config),
    /// The tamper-evident log.
    #[command(subcommand)]
    Audit(audit::Audit),
    Mrz(mrz::Mrz),
    Manifest(manifest::Manifest),
    Match(matching::Match),
    /// Passes, without a store or a network.
    #[command(subcommand)]
    Pass(pass::Pass),
    /// Risk rules.
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Forms.
    #[command(subcommand)]
    Questionnaire(questionnaire::Questionnaire),
    Openapi(openapi::Openapi),
    Bulletin(bulletin::Bulletin),
    /// The arrival hall: queues, waits, use of each station, and what keeps a promise.
    #[command(subcommand)]
    Hall(hall::Hall),
    Load(load::Load),
}

/// Runs the command line to its end. A fault of usage ends with 2, as clap has it; every other one with 1.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let mut out = Out::stdout();
    let ended = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandFault::Output)
        .and_then(|runtime| runtime.block_on(dispatch(cli.command, &mut out)))
        .and_then(|()| out.flush());
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) if fault.is_closed_pipe() => ExitCode::SUCCESS,
        Err(fault) => {
            let _ = out.flush();
            fault.say();
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(command: Command, out: &mut Out) -> Result<(), CommandFault> {
    match command {
        Command::Serve(serve) => serve.run(out).await,
        Command::Demo(demo) => demo.run(out).await,
        Command::Migrate(migrate) => migrate.run(out).await,
        Command::Backup(backup) => backup.run(out).await,
        Command::Restore(restore) => restore.run(out).await,
        Command::Doctor(doctor) => doctor.run(out).await,
        Command::Erase(erase) => erase.run(out).await,
        Command::User(user) => user.run(out).await,
        Command::Keys(keys) => keys.run(out).await,
        Command::Clock(clock) => clock.run(out).await,
        Command::Config(config) => config.run(out),
        Command::Audit(audit) => audit.run(out).await,
        Command::Mrz(mrz) => mrz.run(out),
        Command::Manifest(manifest) => manifest.run(out),
        Command::Match(matching) => matching.run(out),
        Command::Pass(pass) => pass.run(out),
        Command::Rules(rules) => rules.run(out).await,
        Command::Questionnaire(questionnaire) => questionnaire.run(out),
        Command::Openapi(openapi) => openapi.run(out),
        Command::Bulletin(bulletin) => bulletin.run(out).await,
        Command::Hall(hall) => hall.run(out),
        Command::Load(load) => load.run(out).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        fn leaves(command: &clap::Command, at: &str, missing: &mut Vec<String>) {
            if command.get_subcommands().next().is_none() {
                let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                if !help.contains("Example") {
                    missing.push(at.to_owned());
                }
            }
            for sub in command.get_subcommands() {
                leaves(sub, &format!("{at} {}", sub.get_name()), missing);
            }
        }
        let mut missing = Vec::new();
        leaves(&Cli::command(), "pratique", &mut missing);
        assert!(missing.is_empty(), "without an example: {missing:?}");
    }
}
