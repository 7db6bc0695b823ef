//! Words that must not stand in the repository: places of one machine, hosts of registries, promises to do it later.

use crate::finding::Finding;
use crate::tree::{File, Tree};

/// A word, and what to do about it. They are put together from parts, so that this file does not name them.
const BANNED: &[(&str, &str)] = &[
    (concat!("/wo", "rk/"), "name no folder of one machine: write the path from the repository's root"),
    (concat!("crates", ".io"), "name no registry's host: give the package's name"),
    (concat!("pypi", ".org"), "name no registry's host: give the package's name"),
    (concat!("registry.npmjs", ".org"), "name no registry's host: set omit-lockfile-registry-resolved"),
    (concat!("deb.debian", ".org"), "name no registry's host: give the package's name"),
];

/// Promises, in what is source and nowhere else.
const PROMISES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Lock files name where each package came from, and are written by tools.
const LOCKS: &[&str] = &["Cargo.lock", "package-lock.json"];

/// Every banned word, by line.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().filter(|file| !LOCKS.contains(&file.name())).flat_map(in_file).collect()
}

fn in_file(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let banned = BANNED.iter().filter(|(word, _)| stands_alone(line, word));
        findings.extend(banned.map(|(word, cure)| Finding::at(&file.path, index + 1, format!("`{word}`"), *cure)));
        if super::SOURCES.contains(&file.extension()) && PROMISES.iter().any(|word| stands_alone(line, word)) {
            let cure = "finish it, or open an issue and say why it can wait";
            findings.push(Finding::at(&file.path, index + 1, "a promise to do it later", cure));
        }
    }
    findings
}

/// Whether a word stands in a line. A folder counts only where a path begins: `app/src/work/` is a room of ours.
fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let begins = line[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || "_-/.}$*>".contains(c)));
        begins || !word.starts_with('/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_machine_s_folder_is_found_and_a_room_of_ours_is_not() {
        let folder = BANNED[0].0;
        assert_eq!(lines("a.md", &format!("see\n`{folder}x`\n")), [2]);
        assert_eq!(lines("a.md", &format!("crates/app/src{folder}outbox.rs\n$HOME{folder}x\n")), []);
    }

    #[test]
    fn a_registry_s_host_is_found_except_in_lock_files() {
        for (host, _) in &BANNED[1..] {
            let text = format!("from (https://{host}/x)\n").replace("https://", "");
            assert_eq!(lines("a.toml", &text), [1], "{host}");
            assert_eq!(lines("package-lock.json", &text), []);
        }
    }

    #[test]
    fn a_host_in_an_address_is_found_too() {
        assert_eq!(lines("a.md", &format!("https://{}/x\n", BANNED[1].0)), [1]);
    }

    #[test]
    fn promises_are_found_in_source_alone() {
        let text = format!("// {}: later\n", PROMISES[0]);
        assert_eq!(lines("a.rs", &text), [1]);
        assert_eq!(lines("a.md", &text), []);
    }
}
