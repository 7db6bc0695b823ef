//! The document's own sentences. They are Markdown (OpenAPI 3.1, "Rich Text Formatting"); all that ours use of it is code
//! between backticks.

use askama::Template;

/// A sentence, shown with its code as code.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "api/prose.html")]
pub struct Prose(pub String);

impl askama::filters::HtmlSafe for Prose {}

impl Prose {
    /// Its parts in order, each with whether it is code. A backtick without its pair stays what it is.
    fn spans(&self) -> Vec<(bool, &str)> {
        let mut spans = Vec::new();
        let mut rest = self.0.as_str();
        while let Some((before, code, after)) = first_code(rest) {
            spans.extend([(false, before), (true, code)]);
            rest = after;
        }
        spans.push((false, rest));
        spans
    }
}

fn first_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_shown_as_code_and_everything_is_escaped() {
        let shown = |text: &str| Prose(text.to_owned()).render().unwrap();
        assert_eq!(shown("`a<b>` or `c`."), "<code>a&#60;b&#62;</code> or <code>c</code>.");
        assert_eq!(shown("one ` alone & no more"), "one ` alone &#38; no more");
        assert_eq!(shown(""), "");
    }
}
