//! Where somebody wanted to go before they had to sign in. It comes from the address, so it is a stranger's: only a path of this
//! very server is followed (ASVS V3.7.2, open redirects).

/// The longest path that is followed; ours are far shorter.
const CHARS_MAX: usize = 200;

/// The path, if it is one of ours; else `fallback`.
///
/// ```
/// use pratique::channels::staff::next::local;
/// assert_eq!(local("/checkpoint", "/console"), "/checkpoint");
/// assert_eq!(local("//evil.example/", "/console"), "/console");
/// ```
#[must_use]
pub fn local<'a>(next: &'a str, fallback: &'a str) -> &'a str {
    // Browsers read `\` as `/` and drop tabs and line breaks (WHATWG URL, 4.4), so `/\host` and `/<tab>/host` leave the site too:
    // only characters that our own paths have pass.
    let is_plain = next.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_'));
    let is_ours = next.starts_with('/') && !next.contains("//") && next.len() <= CHARS_MAX && is_plain;
    // Leading back to the form itself would ask a signed-in person for their password again.
    if is_ours && next != "/" && !next.starts_with("/sign-") { next } else { fallback }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_foreign_address_is_followed() {
        for foreign in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "/%2f/evil.example",
            "/a?b=//c",
            "",
            "/",
            "/sign-in",
            "/checkpoint//x",
        ] {
            assert_eq!(local(foreign, "/console"), "/console", "{foreign:?}");
        }
        assert_eq!(local("/checkpoint/scans/0198-a", "/console"), "/checkpoint/scans/0198-a");
    }

    proptest! {
        #[test]
        fn whatever_is_asked_for_stays_on_this_host(next in "[/\\\\a-z.:@\t\n?#%]{0,24}") {
            let to = local(&next, "/console");
            prop_assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\t', '\n', ':', '@']));
        }
    }
}
