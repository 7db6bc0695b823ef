//! How long each function is.

use super::tokens::Token;

/// A function with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    /// The line of the word `fn`.
    pub line: usize,
    /// From there to the closing brace, both counted.
    pub lines: usize,
}

/// Every function with a body, nested ones too.
pub fn functions(tokens: &[Token]) -> Vec<Function> {
    let named = tokens.windows(2).enumerate().filter(|(_, pair)| pair[0].word() == Some("fn"));
    named
        .filter_map(|(at, pair)| {
            let name = pair[1].word()?.to_owned();
            let line = pair[0].line;
            let end = body_end(&tokens[at..])?;
            Some(Function { name, line, lines: end - line + 1 })
        })
        .collect()
}

/// The line of the brace that closes the first body, or nothing if a `;` comes first, as in a trait.
fn body_end(tokens: &[Token]) -> Option<usize> {
    let mut brackets = 0_i32;
    let mut braces = 0_i32;
    for token in tokens {
        match token {
            _ if token.is('(') || token.is('[') => brackets += 1,
            _ if token.is(')') || token.is(']') => brackets -= 1,
            _ if token.is(';') && brackets == 0 && braces == 0 => return None,
            _ if token.is('{') => braces += 1,
            _ if token.is('}') => {
                braces -= 1;
                if braces == 0 {
                    return Some(token.line);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{mask::mask, tokens::tokens};
    use super::*;

    fn lengths(text: &str) -> Vec<(String, usize, usize)> {
        let found = functions(&tokens(&mask(text).code));
        found.into_iter().map(|function| (function.name, function.line, function.lines)).collect()
    }

    #[test]
    fn a_function_is_as_long_as_its_braces_say() {
        let text = "fn one() {}\n\nfn two(a: [u8; 4]) {\n  if a { \"}\"; }\n}\n";
        assert_eq!(lengths(text), [("one".into(), 1, 1), ("two".into(), 3, 3)]);
    }

    #[test]
    fn signatures_and_function_types_are_not_functions() {
        assert_eq!(lengths("trait T { fn a(&self); }\ntype F = fn(u8) -> u8;"), []);
    }
}
