//! Addresses of others that this server sends secrets or personal data to: over TLS, or to this machine itself.

use reqwest::Url;

/// Does this host lead to this machine itself?
#[must_use]
pub fn is_here(host: Option<&str>) -> bool {
    matches!(host, Some("127.0.0.1" | "localhost" | "[::1]"))
}

/// May something confidential be sent there?
#[must_use]
pub fn is_safe(address: &Url) -> bool {
    address.scheme() == "https" || (address.scheme() == "http" && is_here(address.host_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_no_further_than_this_machine() {
        for (address, safe) in [
            ("https://gateway.example/send", true),
            ("http://127.0.0.1:9/send", true),
            ("http://localhost/", true),
            ("http://[::1]:8080/", true),
            ("http://gateway.example/", false),
            ("http://localhost.example/", false),
            ("http://127.0.0.1@gateway.example/", false),
            ("ftp://127.0.0.1/", false),
        ] {
            assert_eq!(is_safe(&address.parse().unwrap()), safe, "{address}");
        }
    }
}
