//! Words and signs of masked code.

use super::mask::is_word;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// An identifier, a keyword or a number.
    Word(String),
    /// `::`
    Separator,
    /// Any other single character.
    Sign(char),
}

/// One token and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub line: usize,
}

impl Token {
    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }
}

/// Cuts masked code into tokens.
pub fn tokens(code: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            let (kind, length) = first(rest);
            tokens.push(Token { kind, line: number + 1 });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// The token at the head of a text that is not empty, and its length in bytes.
fn first(text: &str) -> (TokenKind, usize) {
    let word = text.find(|c| !is_word(c)).unwrap_or(text.len());
    if word > 0 {
        return (TokenKind::Word(text[..word].into()), word);
    }
    if text.starts_with("::") {
        return (TokenKind::Separator, 2);
    }
    let sign = text.chars().next().unwrap_or(' ');
    (TokenKind::Sign(sign), sign.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_separators_and_signs_carry_their_lines() {
        let found = tokens("a::b\n{ c");
        let kinds: Vec<_> = found.iter().map(|token| (token.line, token.kind.clone())).collect();
        let word = |text: &str| TokenKind::Word(text.into());
        assert_eq!(
            kinds,
            [(1, word("a")), (1, TokenKind::Separator), (1, word("b")), (2, TokenKind::Sign('{')), (2, word("c"))]
        );
    }
}
