//! File names that say nothing.

use crate::finding::Finding;
use crate::tree::Tree;

const EMPTY: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "stuff"];

/// Files and folders whose names stand for a drawer rather than a concept.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let drawers = tree.paths.iter().filter(|path| path.split('/').any(says_nothing));
    drawers
        .map(|path| Finding::file(path, "the name says nothing of what is inside", "name the one concept it owns"))
        .collect()
}

fn says_nothing(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part);
    EMPTY.contains(&stem.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawers_are_found_by_file_and_by_folder() {
        let tree = Tree::of(&[("a/utils.rs", ""), ("helpers/x.mjs", ""), ("a/commonwealth.rs", ""), ("a/b.rs", "")]);
        let found: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["a/utils.rs", "helpers/x.mjs"]);
    }
}
