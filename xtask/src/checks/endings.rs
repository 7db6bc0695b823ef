//! How files end.

use crate::finding::Finding;
use crate::tree::Tree;

/// Text files that do not end in a newline.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let open = tree.files.iter().filter(|file| !file.text.is_empty() && !file.text.ends_with('\n'));
    open.map(|file| {
        let last = file.text.lines().count();
        Finding::at(&file.path, last, "no newline at the end", "end the last line")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_end_is_found_at_its_line() {
        let tree = Tree::of(&[("a.md", "one\ntwo"), ("b.md", "one\n"), ("c.md", "")]);
        let found: Vec<_> = check(&tree).into_iter().map(|finding| (finding.path, finding.line)).collect();
        assert_eq!(found, [("a.md".into(), 2)]);
    }
}
