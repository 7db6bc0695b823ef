//! The size budgets of files and functions.

use crate::finding::Finding;
use crate::tree::{File, Tree};

/// No file is longer.
const FILE_LINES_MAX: usize = 600;
/// At most one file in twenty is longer.
const FILE_LINES_USUAL: usize = 350;
const FILE_LINES_MEDIAN: usize = 120;
/// No function is longer; clippy's `too_many_lines` counts code alone, this counts all.
const FUNCTION_LINES_MAX: usize = 70;
const FUNCTION_LINES_MEDIAN: usize = 10;

/// Extensions of what people write and read as code; data, texts and lock files have no budget.
pub const SOURCES: &[&str] = &["rs", "js", "mjs", "ts", "wxml", "wxss", "css", "html", "sh", "sql"];

/// Files and functions over their limits, and shares and medians over theirs.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let files: Vec<(&File, usize)> = tree
        .files
        .iter()
        .filter(|file| SOURCES.contains(&file.extension()))
        .map(|file| (file, file.text.lines().count()))
        .collect();
    let lengths: Vec<usize> = files.iter().map(|(_, lines)| *lines).collect();
    let mut findings = too_long(&files);
    findings.extend(too_many_long(&files));
    findings.extend(median_over(&lengths, FILE_LINES_MEDIAN, "file"));
    findings.extend(functions(tree));
    findings
}

fn too_long(files: &[(&File, usize)]) -> Vec<Finding> {
    let over = files.iter().filter(|(_, lines)| *lines > FILE_LINES_MAX);
    over.map(|(file, lines)| {
        let what = format!("{lines} lines, and {FILE_LINES_MAX} is the most");
        Finding::file(&file.path, what, "one concept a file: split it")
    })
    .collect()
}

fn too_many_long(files: &[(&File, usize)]) -> Vec<Finding> {
    let long: Vec<_> = files.iter().filter(|(_, lines)| *lines > FILE_LINES_USUAL).collect();
    if long.len() * 20 <= files.len() {
        return Vec::new();
    }
    let share = format!("more than one file in twenty has over {FILE_LINES_USUAL}");
    long.iter()
        .map(|(file, lines)| Finding::file(&file.path, format!("{lines} lines, and {share}"), "split some of them"))
        .collect()
}

fn functions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut lengths = Vec::new();
    for source in &tree.rust {
        for function in &source.functions {
            lengths.push(function.lines);
            if function.lines > FUNCTION_LINES_MAX {
                let what = format!("`{}` has {} lines, of {FUNCTION_LINES_MAX}", function.name, function.lines);
                findings.push(Finding::at(&source.path, function.line, what, "name its steps and split them off"));
            }
        }
    }
    findings.extend(median_over(&lengths, FUNCTION_LINES_MEDIAN, "function"));
    findings
}

fn median_over(lengths: &[usize], most: usize, kind: &str) -> Option<Finding> {
    let median = median(lengths);
    let what = format!("the median {kind} has {median} lines, of {most}");
    (median > most).then(|| Finding::file(".", what, "split the long ones; one concept each"))
}

/// The middle of some lengths, the upper one of two; 0 of none.
pub fn median(lengths: &[usize]) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, String)]) -> Vec<String> {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        check(&Tree::of(&files)).into_iter().map(|finding| finding.to_string()).collect()
    }

    fn small(count: usize) -> Vec<(&'static str, String)> {
        vec![("a.rs", "x\n".repeat(10)); count]
    }

    #[test]
    fn a_file_over_the_limit_is_named() {
        let mut files = small(40);
        files.push(("long.rs", "x\n".repeat(601)));
        assert!(found(&files)[0].starts_with("long.rs: 601 lines"));
        files[40].1 = "x\n".repeat(600);
        assert_eq!(found(&files), Vec::<String>::new());
    }

    #[test]
    fn one_file_in_twenty_may_be_long_and_no_more() {
        let mut files = small(19);
        files.push(("long.rs", "x\n".repeat(351)));
        assert_eq!(found(&files).len(), 0);
        files.remove(0);
        assert_eq!(found(&files).len(), 1);
    }

    #[test]
    fn the_median_file_has_a_budget() {
        let long = ("a.rs", "x\n".repeat(121));
        assert!(found(&[long.clone(), long])[0].contains("median file has 121"));
    }

    #[test]
    fn a_function_over_the_limit_is_named_with_its_line() {
        let text = format!("\nfn long() {{\n{}}}\n{}", "a();\n".repeat(69), "fn s() {}\n".repeat(3));
        let found = found(&[("a.rs", text)]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("a.rs:2: `long` has 71 lines"), "{found:?}");
    }

    #[test]
    fn the_median_function_has_a_budget() {
        let text = format!("fn f() {{\n{}}}\n", "a();\n".repeat(9));
        assert!(found(&[("a.rs", text)])[0].contains("median function has 11"));
    }

    #[test]
    fn data_has_no_budget() {
        assert_eq!(found(&[("questionnaire.json", "x\n".repeat(5000))]).len(), 0);
    }
}
