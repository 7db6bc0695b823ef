//! Which lines are compiled for tests alone.

use std::ops::RangeInclusive;

/// Lines of every item under `#[cfg(test)]` or `#[cfg(all(test, …))]`, in masked code.
pub fn test_lines(code: &str) -> Vec<RangeInclusive<usize>> {
    ["#[cfg(test)]", "#[cfg(all(test"]
        .into_iter()
        .flat_map(|gate| code.match_indices(gate))
        .map(|(start, _)| line_at(code, start)..=line_at(code, item_end(code, start)))
        .collect()
}

fn line_at(code: &str, position: usize) -> usize {
    code[..position].matches('\n').count() + 1
}

/// Where the item that begins at `start` ends: at its `;`, or at the brace that closes its body.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0_i32;
    for (offset, sign) in code[start..].char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return start + offset,
            _ => continue,
        }
        if depth <= 0 && sign == '}' {
            return start + offset;
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_module_is_set_apart_and_what_follows_is_not() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\nfn c() {}\n";
        assert_eq!(test_lines(code), [2..=5]);
    }

    #[test]
    fn a_gated_import_ends_at_its_semicolon() {
        assert_eq!(test_lines("#[cfg(test)]\nuse a::b;\nfn c() {}\n"), [1..=2]);
    }
}
