//! Templates that nothing renders.

use crate::finding::Finding;
use crate::tree::{File, Tree};

pub const FOLDER: &str = "crates/app/templates/";

/// Templates that neither a `path = "…"` in Rust nor a tag in another template names.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let dead = tree.under(FOLDER).filter(|file| !is_named(tree, file));
    dead.map(|file| {
        let what = "no `path = \"…\"` and no extends, include or import names this template";
        Finding::file(&file.path, what, "name it, or remove it")
    })
    .collect()
}

fn is_named(tree: &Tree, file: &File) -> bool {
    let name = &file.path[FOLDER.len()..];
    let rust = tree.rust.iter().filter(|source| source.path.starts_with("crates/app/"));
    let in_rust = rust.flat_map(|source| &source.literals).any(|literal| literal.text == name);
    let others = tree.under(FOLDER).filter(|other| other.path != file.path);
    in_rust || others.into_iter().any(|other| tags(&other.text).any(|tag| quotes(tag, name)))
}

/// What stands between `{%` and `%}`, where it names another template.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let tags = text.split("{%").skip(1).filter_map(|rest| rest.split_once("%}"));
    tags.map(|(tag, _)| tag.trim_matches(['-', '~', '+', ' '])).filter(|tag| {
        ["extends", "include", "import"].into_iter().any(|verb| tag.strip_prefix(verb).is_some_and(starts_apart))
    })
}

fn starts_apart(rest: &str) -> bool {
    rest.starts_with([' ', '\n', '"', '\''])
}

/// Whether a template is a whole page: it fills the blocks of another.
pub fn extends(text: &str) -> bool {
    tags(text).any(|tag| tag.starts_with("extends"))
}

fn quotes(tag: &str, name: &str) -> bool {
    tag.contains(&format!("\"{name}\"")) || tag.contains(&format!("'{name}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_lives_by_being_named() {
        let tree = Tree::of(&[
            ("crates/app/src/page.rs", "#[template(path = \"traveller/pass.html\")]\nstruct Pass;"),
            ("crates/app/templates/traveller/pass.html", "{% extends \"base.html\" %}{%- include 'part.html' -%}"),
            ("crates/app/templates/base.html", "{# gone.html #}"),
            ("crates/app/templates/part.html", ""),
            ("crates/app/templates/gone.html", "{% include \"gone.html\" %} \"gone.html\""),
        ]);
        let dead: Vec<_> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(dead, ["crates/app/templates/gone.html"]);
    }
}
