//! SQL stands in the store alone.

use crate::finding::Finding;
use crate::tree::Tree;

/// Words that make a text SQL, each with a word that must follow it somewhere (or nothing).
const STATEMENTS: &[(&str, &str)] = &[
    ("SELECT ", " FROM "),
    ("INSERT INTO ", ""),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("CREATE TABLE ", ""),
    ("CREATE INDEX ", ""),
    ("CREATE UNIQUE INDEX ", ""),
    ("ALTER TABLE ", ""),
    ("DROP TABLE ", ""),
    ("BEGIN IMMEDIATE", ""),
    ("PRAGMA ", ""),
];

/// Statements in string literals of crates other than the store, outside test code.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let outside = tree.rust.iter().filter(|source| is_outside(&source.path));
    outside
        .flat_map(|source| {
            let literals = source.literals.iter().filter(|literal| !source.is_test(literal.line));
            literals.filter(|literal| is_sql(&literal.text)).map(|literal| {
                let what = "SQL outside crates/store";
                Finding::at(&source.path, literal.line, what, "ask the store through one of its own functions")
            })
        })
        .collect()
}

fn is_outside(path: &str) -> bool {
    path.starts_with("crates/") && path.contains("/src/") && !path.starts_with("crates/store/")
}

/// Upper case anywhere, or lower case at the very start: "Select a port from the list" is English.
fn is_sql(text: &str) -> bool {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
    STATEMENTS.iter().any(|(verb, then)| {
        let spoken = plain.split_once(verb).is_some_and(|(_, rest)| format!(" {rest}").contains(then));
        let whispered = plain.strip_prefix(&verb.to_lowercase()).map(|rest| format!(" {rest}"));
        spoken || (!then.is_empty() && whispered.is_some_and(|rest| rest.contains(&then.to_lowercase())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_is_told_from_english() {
        for sql in [
            "SELECT id\n FROM journey",
            "select id from journey",
            "WITH x AS (SELECT 1 FROM y) SELECT 2",
            "UPDATE journey SET v = $1",
            "DELETE FROM journey",
            "PRAGMA journal_mode=WAL",
        ] {
            assert!(is_sql(sql), "{sql}");
        }
        for english in ["Select a port from the list", "UPDATE the form", "delete from my phone", "a SELECT element"] {
            assert!(!is_sql(english), "{english}");
        }
    }

    #[test]
    fn the_store_may_and_others_may_not() {
        let text =
            "const Q: &str = \"DELETE FROM journey\";\n#[cfg(test)]\nmod t { const Q: &str = \"DELETE FROM x\"; }\n";
        let tree = Tree::of(&[("crates/app/src/a.rs", text), ("crates/store/src/a.rs", text)]);
        let found: Vec<_> = check(&tree).into_iter().map(|finding| (finding.path, finding.line)).collect();
        assert_eq!(found, [("crates/app/src/a.rs".into(), 1)]);
    }
}
