//! Pages that no sample renders: the tests that look at every page in every language see those alone.

use crate::checks::templates::{FOLDER, extends};
use crate::finding::Finding;
use crate::rust::{Source, module_of};
use crate::tree::Tree;

/// Pages that a test renders otherwise, and where.
const ELSEWHERE: &[(&str, &str)] = &[("api/reader.html", "crates/app/tests/api/document.rs")];

/// A type that renders a page.
struct Page<'a> {
    name: &'a str,
    /// `pratique::channels::desk::person`.
    module: String,
}

/// Every type whose template extends another, and that no `*samples.rs` of the app's tests names.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let samples: Vec<&Source> = tree.rust.iter().filter(|source| is_samples(&source.path)).collect();
    let mut findings = Vec::new();
    for file in tree.under(FOLDER).filter(|file| extends(&file.text)) {
        let template = &file.path[FOLDER.len()..];
        let is_shown = |page: &Page| samples.iter().any(|sample| names(sample, page));
        let elsewhere = ELSEWHERE.iter().any(|(known, test)| *known == template && tree.has(test));
        for (source, line, page) in pages(tree, template).filter(|(_, _, page)| !elsewhere && !is_shown(page)) {
            let what = format!("no sample renders `{}` ({template})", page.name);
            let cure = "render it in a `*samples.rs` under crates/app/tests, in every state that looks different";
            findings.push(Finding::at(&source.path, line, what, cure));
        }
    }
    findings
}

fn is_samples(path: &str) -> bool {
    path.starts_with("crates/app/tests/") && path.ends_with("samples.rs")
}

/// The types that name this template, with where they do.
fn pages<'a>(tree: &'a Tree, template: &'a str) -> impl Iterator<Item = (&'a Source, usize, Page<'a>)> {
    let own = tree.rust.iter().filter(|source| source.path.starts_with("crates/app/src/"));
    own.flat_map(move |source| {
        let literals = source.literals.iter().filter(move |literal| literal.text == template);
        literals.filter_map(move |literal| Some((source, literal.line, page(source, literal.line)?)))
    })
}

/// The type that the attribute on this line stands before.
fn page(source: &Source, line: usize) -> Option<Page<'_>> {
    let mut after = source.tokens.iter().skip_while(|token| token.line < line);
    after.find(|token| matches!(token.word(), Some("struct" | "enum")))?;
    let name = after.next()?.word()?;
    let module = module_of(&source.path).join("::").replacen("crate", "pratique", 1);
    Some(Page { name, module })
}

/// Whether a sample names the type: where it stands, where a module above exports it, or after a `*` over either.
fn names(sample: &Source, page: &Page) -> bool {
    let above = page.module.rsplit_once("::").map_or("", |(above, _)| above);
    let is_home = |path: &str| path == page.module || path == above;
    sample.paths.iter().any(|used| match used.path.rsplit_once("::") {
        Some((home, name)) if name == page.name => is_home(home),
        _ => is_home(&used.path) && sample.tokens.iter().any(|token| token.word() == Some(page.name)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: (&str, &str) = (
        "crates/app/src/channels/desk/one.rs",
        "#[derive(Template)]\n#[template(path = \"desk/one.html\")]\nstruct OnePage;",
    );
    const TEMPLATE: (&str, &str) = ("crates/app/templates/desk/one.html", "{% extends \"frame.html\" %}");

    fn missing(sample: (&str, &str)) -> usize {
        let found = check(&Tree::of(&[PAGE, TEMPLATE, sample]));
        assert!(found.iter().all(|finding| finding.path == PAGE.0 && finding.line == 2));
        found.len()
    }

    #[test]
    fn a_page_that_no_sample_renders_is_found() {
        let path = "crates/app/tests/console/desk_samples.rs";
        assert_eq!(missing(("README.md", "")), 1);
        assert_eq!(missing((path, "use pratique::channels::flights::one::OnePage;")), 1, "of the same name");
        assert_eq!(missing(("crates/app/tests/console/desk.rs", "use pratique::channels::desk::one::OnePage;")), 1);
        assert_eq!(missing((path, "use pratique::channels::desk::*; fn other() {}")), 1);
        assert_eq!(missing((path, "use pratique::channels::desk::one::{Line, OnePage as One};")), 0);
        assert_eq!(missing((path, "use pratique::channels::desk::OnePage;")), 0);
        assert_eq!(missing((path, "use pratique::channels::desk::*; fn one() -> OnePage {}")), 0);
    }

    #[test]
    fn a_part_of_a_page_needs_no_sample_of_its_own() {
        let part = ("crates/app/templates/desk/one.html", "<p>{{ line }}</p>");
        assert!(check(&Tree::of(&[PAGE, part])).is_empty());
    }
}
