//! The one binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    pratique::commands::run()
}
