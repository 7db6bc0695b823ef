//! What the numbers were measured on.

use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The machine and the versions, a line each.
pub fn told(folder: &Path) -> Vec<String> {
    let cpu = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".into());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kib = memory.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok()).unwrap_or_default();
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    vec![
        format!("CPU: {cpu}, {cores} cores"),
        format!("memory: {:.0} GiB", kib / 1024.0 / 1024.0),
        format!("system: {}", said("uname", &["-srm"])),
        format!("disk: {:.0} write-and-fdatasync of 4 KiB a second, one thread", syncs_a_second(folder)),
        format!("load when it began: {}", load.split_whitespace().take(3).collect::<Vec<_>>().join(" ")),
        said("rustc", &["--version"]),
        said("postgres", &["--version"]),
        format!("SQLite {}", rusqlite::version()),
    ]
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn said(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    if text.is_empty() { format!("{program}: unknown") } else { text }
}

/// How often a second 4 KiB can be overwritten durably.
fn syncs_a_second(folder: &Path) -> f64 {
    let path = folder.join("sync");
    let mut file = std::fs::File::create(&path).expect("a file");
    file.write_all(&[0; 4096]).expect("written");
    let (started, mut done) = (Instant::now(), 0_u32);
    while started.elapsed() < Duration::from_secs(1) {
        file.write_all_at(&[1; 4096], 0).expect("written");
        file.sync_data().expect("durable");
        done += 1;
    }
    let _ = std::fs::remove_file(path);
    f64::from(done) / started.elapsed().as_secs_f64()
}
