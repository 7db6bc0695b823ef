//! Comments and literals blanked out, so that braces and words in them mislead no check.

/// A string literal, by the line that it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    /// As written between the quotes, escapes and all.
    pub text: String,
}

/// The code with spaces in the place of comments and literals; lines stay where they were.
#[derive(Debug, Default)]
pub struct Masked {
    pub code: String,
    pub literals: Vec<Literal>,
    /// Lines that hold a comment, or part of one.
    pub comment_lines: usize,
}

/// Masks one file.
pub fn mask(text: &str) -> Masked {
    let mut masker = Masker { input: text.chars().collect(), at: 0, line: 1, commented: 0, out: Masked::default() };
    while masker.at < masker.input.len() {
        masker.step();
    }
    masker.out
}

struct Masker {
    input: Vec<char>,
    at: usize,
    line: usize,
    /// The last line counted as a comment.
    commented: usize,
    out: Masked,
}

impl Masker {
    fn peek(&self, ahead: usize) -> char {
        self.input.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn after_word(&self) -> bool {
        self.at > 0 && is_word(self.input[self.at - 1])
    }

    fn step(&mut self) {
        if let Some(length) = self.raw_string_start() {
            return self.raw_string(length);
        }
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.line_comment(),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(),
            ('\'', next) if next == '\\' || self.peek(2) == '\'' => self.character(),
            _ => self.keep(),
        }
    }

    fn keep(&mut self) {
        let here = self.peek(0);
        self.emit(here);
    }

    fn blank(&mut self) {
        let here = if self.peek(0) == '\n' { '\n' } else { ' ' };
        self.emit(here);
    }

    fn emit(&mut self, shown: char) {
        self.line += usize::from(shown == '\n');
        self.at += 1;
        self.out.code.push(shown);
    }

    fn count_comment(&mut self) {
        if self.commented != self.line {
            self.commented = self.line;
            self.out.comment_lines += 1;
        }
    }

    fn line_comment(&mut self) {
        self.count_comment();
        while self.at < self.input.len() && self.peek(0) != '\n' {
            self.blank();
        }
    }

    /// Block comments nest in Rust.
    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.input.len() {
            self.count_comment();
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let (line, start) = (self.line, self.at + 1);
        self.keep();
        while self.at < self.input.len() && self.peek(0) != '"' {
            if self.peek(0) == '\\' {
                self.blank();
            }
            self.blank();
        }
        self.close_literal(line, start);
        self.keep();
    }

    /// Length of `r"`, `r##"`, `br"` and the like, if one begins here.
    fn raw_string_start(&self) -> Option<usize> {
        if self.after_word() {
            return None;
        }
        let prefix = match (self.peek(0), self.peek(1)) {
            ('r', _) => 1,
            ('b' | 'c', 'r') => 2,
            _ => return None,
        };
        let hashes = (prefix..).take_while(|&ahead| self.peek(ahead) == '#').count();
        (self.peek(prefix + hashes) == '"').then_some(prefix + hashes + 1)
    }

    fn raw_string(&mut self, length: usize) {
        let line = self.line;
        let opening: Vec<char> = self.input[self.at..self.at + length].to_vec();
        let hashes = opening.iter().filter(|&&c| c == '#').count();
        for _ in 0..length - 1 {
            self.blank();
        }
        self.keep();
        let start = self.at;
        while self.at < self.input.len() && !self.closes_raw(hashes) {
            self.blank();
        }
        self.close_literal(line, start);
        self.keep();
        for _ in 0..hashes {
            self.blank();
        }
    }

    fn closes_raw(&self, hashes: usize) -> bool {
        self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#')
    }

    fn close_literal(&mut self, line: usize, start: usize) {
        let end = self.at.min(self.input.len());
        let text = self.input[start.min(end)..end].iter().collect();
        self.out.literals.push(Literal { line, text });
    }

    fn character(&mut self) {
        self.blank();
        while self.at < self.input.len() && self.peek(0) != '\'' {
            if self.peek(0) == '\\' {
                self.blank();
            }
            self.blank();
        }
        self.blank();
    }
}

/// Whether a character may stand in an identifier.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_lines_kept() {
        let masked = mask("let a = \"{ // no\"; // }\n/* { /* nested */ } */ let b = '{';\n");
        assert!(!masked.code.contains(['{', '}', '/']), "{:?}", masked.code);
        assert_eq!(masked.code.lines().count(), 2);
        assert!(masked.code.contains("let b"));
        assert_eq!(masked.comment_lines, 2);
    }

    #[test]
    fn literals_are_kept_aside_with_their_lines() {
        let masked = mask("f(\"a\\\"b\");\nf(r#\"raw \"q\" \"#, b\"bytes\");");
        let texts: Vec<_> = masked.literals.iter().map(|literal| (literal.line, literal.text.as_str())).collect();
        assert_eq!(texts, [(1, "a\\\"b"), (2, "raw \"q\" "), (2, "bytes")]);
    }

    #[test]
    fn lifetimes_and_raw_identifiers_are_code() {
        let masked = mask("fn f<'a>(r#type: &'a str) -> char { '\\'' }");
        assert!(masked.code.contains("<'a>") && masked.code.contains("r#type"), "{}", masked.code);
        assert!(masked.literals.is_empty());
        assert!(masked.code.ends_with('}'));
    }

    #[test]
    fn an_unclosed_literal_ends_with_the_file() {
        assert_eq!(mask("\"abc").literals[0].text, "abc");
        assert_eq!(mask("r#\"abc\"").literals[0].text, "abc\"");
        assert_eq!(mask("'\\").literals, []);
    }
}
