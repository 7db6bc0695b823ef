//! What a source must pass before the parser may see it: length, nesting, number of tokens.
//!
//! To count brackets one must know where strings begin and end. So that this can be known without the whole grammar of CEL,
//! conditions have plain strings only: no backslash, no triple quotes, no comments.

use super::BadCondition;
use super::bounds::{NESTING_MAX, SOURCE_BYTES_MAX, TOKENS_MAX};

/// Checks the source; on `Ok` the parser's recursion is bounded.
pub(super) fn check(source: &str) -> Result<(), BadCondition> {
    if source.len() > SOURCE_BYTES_MAX {
        return Err(BadCondition::TooLong);
    }
    let mut rest = source;
    let (mut tokens, mut depth) = (0, 0usize);
    while let Some(first) = rest.chars().next() {
        let length = token(rest, first)?;
        if !first.is_whitespace() {
            tokens += 1;
        }
        match first {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if tokens > TOKENS_MAX {
            return Err(BadCondition::TooManyTokens);
        }
        if depth > NESTING_MAX {
            return Err(BadCondition::TooNested);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(())
}

/// Bytes of the token that begins here. Each sign counts as one of its own (`&&` as two): more tokens, never fewer.
fn token(rest: &str, first: char) -> Result<usize, BadCondition> {
    if rest.starts_with("//") {
        return Err(BadCondition::Refused("a comment: write it in the TOML, after #".into()));
    }
    match first {
        '"' | '\'' => string(rest, first),
        '\\' => Err(BadCondition::Refused("a backslash: write the character itself".into())),
        c if c.is_ascii_alphanumeric() || c == '_' => {
            Ok(rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len()))
        }
        c => Ok(c.len_utf8()),
    }
}

fn string(rest: &str, quote: char) -> Result<usize, BadCondition> {
    if rest.starts_with("\"\"\"") || rest.starts_with("'''") {
        return Err(BadCondition::Refused("a triple quote: use one \" or '".into()));
    }
    let body = rest.get(1..).unwrap_or_default();
    let end = body
        .find(quote)
        .ok_or_else(|| BadCondition::Syntax(format!("a string that begins with {quote} has no end")))?;
    if body[..end].contains(['\\', '\n', '\r']) {
        return Err(BadCondition::Refused("a backslash or line break in a string: write plain characters".into()));
    }
    Ok(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_a_string_do_not_hide_those_outside() {
        let deep = "(".repeat(NESTING_MAX + 1);
        for source in [deep.clone(), format!("')))' == {deep}"), format!("\"'\" == {deep}")] {
            assert_eq!(check(&source), Err(BadCondition::TooNested), "{source}");
        }
        assert_eq!(check(&format!("'{deep}' == channel")), Ok(()));
    }

    #[test]
    fn flat_chains_are_bounded() {
        for chain in ["!", "-", "1+", "a.", "1?2:"] {
            assert_eq!(check(&chain.repeat(TOKENS_MAX / chain.len())), Ok(()), "{chain}");
            assert_eq!(check(&chain.repeat(TOKENS_MAX / chain.len() + 1)), Err(BadCondition::TooManyTokens), "{chain}");
        }
        assert_eq!(check(&" ".repeat(SOURCE_BYTES_MAX + 1)), Err(BadCondition::TooLong));
    }

    #[test]
    fn what_would_hide_the_end_of_a_string_is_refused() {
        for source in [r#""\"" == "a""#, "'''a'''", "true // '", "\"\"\"a\"\"\"", "'a\nb'"] {
            assert!(matches!(check(source), Err(BadCondition::Refused(_))), "{source}");
        }
        assert!(matches!(check("'a"), Err(BadCondition::Syntax(_))));
    }
}
