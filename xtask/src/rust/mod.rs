//! Rust source taken apart just far enough for the checks: comments and literals set aside, tokens, paths, functions.

mod functions;
mod mask;
mod paths;
mod test_code;
mod tokens;

pub use functions::Function;
pub use mask::Literal;
pub use paths::{UsedPath, module_of};
pub use tokens::Token;

use crate::tree::File;
use std::ops::RangeInclusive;

/// One Rust file.
#[derive(Debug)]
pub struct Source {
    /// From the repository's root.
    pub path: String,
    pub lines: usize,
    pub comment_lines: usize,
    pub tokens: Vec<Token>,
    pub literals: Vec<Literal>,
    /// Every function that has a body.
    pub functions: Vec<Function>,
    /// Every path that the code names, `use` trees spelled out, `self` and `super` resolved to `crate::…`.
    pub paths: Vec<UsedPath>,
    test_lines: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Takes a file apart.
    pub fn of(file: &File) -> Self {
        let masked = mask::mask(&file.text);
        let tokens = tokens::tokens(&masked.code);
        Self {
            lines: file.text.lines().count(),
            comment_lines: masked.comment_lines,
            functions: functions::functions(&tokens),
            paths: paths::used_paths(&tokens, &paths::module_of(&file.path)),
            test_lines: test_code::test_lines(&masked.code),
            literals: masked.literals,
            path: file.path.clone(),
            tokens,
        }
    }

    /// Whether a line is test code, which may do what the room's own code may not.
    pub fn is_test(&self, line: usize) -> bool {
        self.test_lines.iter().any(|lines| lines.contains(&line))
    }
}
