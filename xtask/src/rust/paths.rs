//! The paths that code names: `use` trees spelled out, and paths in the midst of it.

use super::tokens::{Token, TokenKind};

/// One path in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedPath {
    pub path: String,
    pub line: usize,
}

impl UsedPath {
    /// Whether this is `room` or something in it.
    pub fn is_in(&self, room: &str) -> bool {
        self.path.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

/// The module path of a file: `crates/app/src/actions/declare.rs` is `crate::actions::declare`.
pub fn module_of(file: &str) -> Vec<String> {
    let inside = file.split_once("/src/").map_or(file, |(_, inside)| inside).trim_end_matches(".rs");
    let names = inside.split('/').filter(|name| !matches!(*name, "mod" | "lib" | "main"));
    std::iter::once("crate").chain(names).map(Into::into).collect()
}

/// Every path of a file whose module is `module`.
pub fn used_paths(tokens: &[Token], module: &[String]) -> Vec<UsedPath> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].word() == Some("use") {
            at = use_tree(tokens, at + 1, &[], &mut found);
        } else if tokens[at].word().is_some() && !continues(tokens, at) {
            let (path, next) = path_at(tokens, at);
            if path.len() > 1 {
                found.push((path, tokens[at].line));
            }
            at = next;
        } else {
            at += 1;
        }
    }
    found.into_iter().map(|(path, line)| UsedPath { path: absolute(path, module), line }).collect()
}

type Found = Vec<(Vec<String>, usize)>;

/// Whether the word at `at` is a field, a method, or the later part of a path.
fn continues(tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|index| &tokens[index]);
    match before(1) {
        Some(token) if token.is('.') => true,
        Some(token) if token.kind == TokenKind::Separator => {
            before(2).is_some_and(|token| token.word().is_some() || token.is('>'))
        }
        _ => false,
    }
}

/// The words joined by `::` from `at`, and where they end.
fn path_at(tokens: &[Token], mut at: usize) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    while let Some(word) = tokens.get(at).and_then(Token::word) {
        path.push(word.to_owned());
        let separated = tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Separator);
        let followed = tokens.get(at + 2).is_some_and(|token| token.word().is_some());
        if !(separated && followed) {
            return (path, at + 1);
        }
        at += 2;
    }
    (path, at)
}

/// Spells out one `use` tree that begins at `at`; returns where it ends.
fn use_tree(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Found) -> usize {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            TokenKind::Word(word) if word == "as" => at += 1, // the alias is skipped below
            TokenKind::Word(word) if word == "self" && !path.is_empty() => {}
            TokenKind::Word(word) => path.push(word.clone()),
            TokenKind::Separator | TokenKind::Sign('*') => {}
            TokenKind::Sign('{') => return use_group(tokens, at + 1, &path, found),
            TokenKind::Sign(_) => break,
        }
        at += 1;
    }
    if path.len() > prefix.len() || !prefix.is_empty() {
        found.push((path, tokens.get(at).map_or(0, |token| token.line)));
    }
    at
}

fn use_group(tokens: &[Token], mut at: usize, prefix: &[String], found: &mut Found) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.kind {
            TokenKind::Sign('}') => return at + 1,
            TokenKind::Sign(',') => at += 1,
            TokenKind::Word(_) | TokenKind::Separator | TokenKind::Sign('*' | '{') => {
                at = use_tree(tokens, at, prefix, found);
            }
            TokenKind::Sign(_) => return at,
        }
    }
    at
}

/// Resolves a leading `self` or `super` against the file's module.
fn absolute(path: Vec<String>, module: &[String]) -> String {
    let climbs = path.iter().take_while(|word| *word == "super").count();
    let own = usize::from(path.first().is_some_and(|word| word == "self"));
    if climbs + own == 0 {
        return path.join("::");
    }
    let kept = module.len().saturating_sub(climbs).max(1);
    module.iter().take(kept).chain(path.iter().skip(climbs + own)).cloned().collect::<Vec<_>>().join("::")
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn paths(code: &str) -> Vec<String> {
        let module = module_of("crates/app/src/actions/declare.rs");
        used_paths(&tokens(code), &module).into_iter().map(|used| used.path).collect()
    }

    #[test]
    fn a_use_tree_is_spelled_out() {
        let code = "use std::{fs, net::{self, TcpStream as T}, io::*}; pub use a::b;";
        assert_eq!(paths(code), ["std::fs", "std::net", "std::net::TcpStream", "std::io", "a::b"]);
    }

    #[test]
    fn paths_amid_code_are_found_and_fields_are_not() {
        assert_eq!(
            paths("let x: std::fs::File = a.fs::<u8>(y::z(), ::tokio::spawn);"),
            ["std::fs::File", "y::z", "tokio::spawn"]
        );
    }

    #[test]
    fn self_and_super_lead_to_the_crate() {
        assert_eq!(
            paths("use super::super::channels; use self::a; super::amend::f();"),
            ["crate::channels", "crate::actions::declare::a", "crate::actions::amend::f"]
        );
    }

    #[test]
    fn a_room_is_not_its_namesake() {
        let used = UsedPath { path: "randomly::x".into(), line: 1 };
        assert!(used.is_in("randomly") && !used.is_in("rand"));
    }
}
