//! Links in Markdown to files that are not there.

use super::modules::normal;
use crate::finding::Finding;
use crate::tree::{File, Tree};

/// Every broken link to a local file, by line. Links to other hosts and to headings are not followed.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let pages = tree.files.iter().filter(|file| file.extension() == "md");
    pages.flat_map(|page| broken(tree, page)).collect()
}

fn broken(tree: &Tree, page: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut in_code = false;
    for (index, line) in page.text.lines().enumerate() {
        in_code ^= line.trim_start().starts_with("```");
        let lost = targets(line).filter(|_| !in_code).filter(|target| !is_there(tree, page, target));
        findings.extend(lost.map(|target| {
            Finding::at(&page.path, index + 1, format!("link to `{target}`, which is not there"), "mend the link")
        }));
    }
    findings
}

/// Targets of `[…](target)`, `[…]: target`, `src="target"` and `href="target"` in a line.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let defined = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target);
    let prose = line.split('`').step_by(2); // what stands between backticks is no link
    let linked =
        prose.flat_map(|text| ["](", "src=\"", "href=\""].into_iter().flat_map(|sign| text.split(sign).skip(1)));
    linked.chain(defined).map(|rest| rest.split([')', '"', ' ']).next().unwrap_or(rest))
}

fn is_there(tree: &Tree, page: &File, target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or(target).trim_matches(['<', '>']);
    let elsewhere = path.is_empty() || path.contains(':') || path.starts_with("//");
    let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let from = if path.starts_with('/') { "" } else { folder };
    elsewhere || tree.has(&normal(&format!("{from}/{path}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        let tree = Tree::of(&[("docs/page.md", text), ("docs/other.md", ""), ("README.md", ""), ("a/pic.png", "")]);
        check(&tree).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn local_links_are_followed_from_their_page() {
        assert_eq!(lines("[a](other.md) [b](../README.md#top) [c](../a) ![d](../a/pic.png \"title\")\n"), []);
        assert_eq!(lines("[a](gone.md)\n[b](README.md)\n<img src=\"../a/gone.png\">\n[x]: gone.md\n"), [1, 2, 3, 4]);
    }

    #[test]
    fn other_hosts_headings_and_code_are_left_alone() {
        assert_eq!(lines("[a](https://example.org/x) [b](#here) [c](mailto:a@example.org)\n"), []);
        assert_eq!(lines("`[a](gone.md)`\n```\n[a](gone.md)\n```\n"), []);
    }
}
