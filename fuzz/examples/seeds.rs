//! Writes each target's seeds into a folder of its own below the one named: real fuzzing starts from good inputs, too.
//!
//! `cargo run -p pratique-fuzz --example seeds -- target/corpus`

use std::io;
use std::path::PathBuf;

use pratique_fuzz::TARGETS;

fn main() -> io::Result<()> {
    let Some(below) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "name the folder to write the seeds below"));
    };
    for target in TARGETS {
        let folder = below.join(target.name);
        std::fs::create_dir_all(&folder)?;
        for (nth, seed) in (target.seeds)().into_iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{nth}")), seed)?;
        }
    }
    Ok(())
}
