//! One check a file; each takes the tree and returns what it found.

mod crates;
mod endings;
mod links;
mod locales;
mod modules;
mod names;
mod samples;
mod sizes;
mod sql;
mod templates;
mod walls;
mod words;

use crate::finding::Finding;
use crate::tree::Tree;

pub use sizes::{SOURCES, median};

/// Every finding of every check, in the order of files and lines.
pub fn all(tree: &Tree) -> Vec<Finding> {
    let checks = [
        walls::check,
        sql::check,
        crates::check,
        sizes::check,
        modules::check,
        templates::check,
        samples::check,
        locales::check,
        names::check,
        words::check,
        links::check,
        endings::check,
    ];
    let mut findings: Vec<Finding> = checks.iter().flat_map(|check| check(tree)).collect();
    findings.sort();
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_come_in_the_order_of_files_and_lines() {
        let tree = Tree::of(&[("b/utils.md", "x\ny"), ("a.md", "text\n[x](gone.md)\n[y](gone.md)\n")]);
        let places: Vec<_> = all(&tree).into_iter().map(|finding| (finding.path, finding.line)).collect();
        assert_eq!(
            places,
            [("a.md".into(), 2), ("a.md".into(), 3), ("b/utils.md".into(), 0), ("b/utils.md".into(), 2)]
        );
    }
}
