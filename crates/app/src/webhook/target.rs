//! Where webhooks may go. The address is a department's to choose and so, to this server, a stranger's: it must not make the
//! server reach into its own network (server-side request forgery; OWASP ASVS 5.0 V1.3.6). Public hosts over TLS alone, but for
//! those that whoever runs the server has named; what a name leads to is judged again at each delivery, where it is resolved.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The longest address that is taken.
const CHARS_MAX: usize = 500;
/// A receiver that has not answered by then is tried again.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The address, if webhooks may go there.
#[must_use]
pub fn allowed(address: &str, hosts: &[String]) -> Option<Url> {
    let url = Url::parse(address).ok().filter(|_| address.len() <= CHARS_MAX)?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return None;
    }
    let host = url.host_str()?.to_owned();
    if is_named(&host, hosts) {
        return matches!(url.scheme(), "https" | "http").then_some(url);
    }
    let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
    let public = literal.is_none_or(is_public);
    (url.scheme() == "https" && public).then_some(url)
}

fn is_named(host: &str, hosts: &[String]) -> bool {
    hosts.iter().any(|named| named.eq_ignore_ascii_case(host))
}

/// The client that delivers: no redirect is followed, no proxy of the environment is used.
///
/// # Errors
/// If this machine has no roots of trust, or no memory.
pub fn client(hosts: &[String]) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(TIMEOUT)
        .no_proxy()
        .user_agent("Pratique")
        .dns_resolver(Arc::new(Guard(hosts.to_vec())))
        .build()
}

/// Resolves names, and leaves out what is not public.
#[derive(Debug)]
struct Guard(Vec<String>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let named = is_named(name.as_str(), &self.0);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let fit: Vec<SocketAddr> = found.filter(|address| named || is_public(address.ip())).collect();
            if fit.is_empty() {
                return Err("the host's name leads to no public address".into());
            }
            Ok(Box::new(fit.into_iter()) as Addrs)
        })
    }
}

/// Is this an address of the public internet (IANA's special-purpose registries, RFC 6890)?
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let special = ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified();
    let other = ip.is_documentation() || ip.is_broadcast() || ip.is_multicast();
    let rest = match ip.octets() {
        // "This network", carriers' own (RFC 6598), IETF's (RFC 6890), benchmarks (RFC 2544), reserved.
        [0, ..] | [192, 0, 0, _] | [198, 18..=19, ..] | [240..=255, ..] => true,
        [100, second, ..] => (64..128).contains(&second),
        _ => false,
    };
    !special && !other && !rest
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // Global unicast is 2000::/3; of it, documentation, Teredo and 6to4 lead elsewhere. So does NAT64, outside it.
    let [first, second, ..] = ip.segments();
    first & 0xe000 == 0x2000 && first != 0x2002 && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_hosts_over_tls_and_those_named_are_reached() {
        let hosts = ["receiver.port.example".to_owned(), "10.0.0.7".to_owned()];
        for good in [
            "https://cdc.example.cn/hooks?tenant=4",
            "https://203.0.114.9:8443/h",
            "https://[2606:4700::1111]/",
            "http://receiver.port.example/h",
            "https://Receiver.Port.example/h",
            "http://10.0.0.7:9000/h",
        ] {
            assert!(allowed(good, &hosts).is_some(), "{good}");
        }
        for bad in [
            "http://cdc.example.cn/hooks",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.8/",
            "https://192.168.1.1/",
            "https://172.16.0.1/",
            "https://100.64.0.1/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://user:pass@cdc.example.cn/",
            "https://cdc.example.cn/#x",
            "ftp://cdc.example.cn/",
            "file:///etc/passwd",
            "nonsense",
            "",
        ] {
            assert!(allowed(bad, &hosts).is_none(), "{bad}");
        }
        assert!(allowed(&format!("https://a.example/{}", "x".repeat(500)), &hosts).is_none());
    }

    #[tokio::test]
    async fn a_name_that_leads_into_our_own_network_is_not_followed() {
        let client = client(&[]).unwrap();
        let refused = client.post("https://localhost:9/").body("x").send().await.unwrap_err();
        assert!(format!("{refused:?}").contains("no public address"), "{refused:?}");
    }
}
