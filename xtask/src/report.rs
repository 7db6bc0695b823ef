//! The totals that `tidy` prints last.

use crate::checks::{SOURCES, median};
use crate::rust::Source;
use crate::tree::Tree;

/// One line of figures, and one that says how many findings there are.
pub fn totals(tree: &Tree, findings: usize) -> String {
    let sources = tree.files.iter().filter(|file| SOURCES.contains(&file.extension()));
    let lengths: Vec<usize> = sources.map(|file| file.text.lines().count()).collect();
    let functions: Vec<usize> = tree.rust.iter().flat_map(|s| &s.functions).map(|function| function.lines).collect();
    format!(
        "tidy: {} tracked files; {} sources, {} lines, median {}, longest {}; {} functions, median {}, longest {}; \
         {} % of Rust lines are comments\ntidy: {findings} findings",
        tree.paths.len(),
        lengths.len(),
        lengths.iter().sum::<usize>(),
        median(&lengths),
        lengths.iter().max().unwrap_or(&0),
        functions.len(),
        median(&functions),
        functions.iter().max().unwrap_or(&0),
        comment_percent(&tree.rust),
    )
}

fn comment_percent(rust: &[Source]) -> usize {
    let lines: usize = rust.iter().map(|source| source.lines).sum();
    let comments: usize = rust.iter().map(|source| source.comment_lines).sum();
    (comments * 100).checked_div(lines).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_totals_count_sources_functions_and_comments() {
        let tree = Tree::of(&[("a.rs", "// why\nfn f() {}\n\n\n"), ("b.json", "{}\n")]);
        let said = totals(&tree, 3);
        assert!(said.contains("2 tracked files; 1 sources, 4 lines"), "{said}");
        assert!(said.contains("1 functions, median 1, longest 1; 25 % of"), "{said}");
        assert!(said.ends_with("tidy: 3 findings"), "{said}");
    }

    #[test]
    fn an_empty_tree_has_totals_too() {
        assert!(totals(&Tree::default(), 0).contains("0 sources, 0 lines, median 0"));
    }
}
