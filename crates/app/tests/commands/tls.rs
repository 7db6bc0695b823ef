//! The server speaking TLS itself.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::process::Place;

/// A certificate for this machine, in two files of the place: the certificate, to be trusted.
fn certified(place: &Place, mode: u32) -> reqwest::Certificate {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    std::fs::write(place.path("key.pem"), made.signing_key.serialize_pem()).unwrap();
    std::fs::set_permissions(place.path("key.pem"), std::fs::Permissions::from_mode(mode)).unwrap();
    std::fs::write(place.path("chain.pem"), made.cert.pem()).unwrap();
    reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap()
}

fn trusting(certificate: reqwest::Certificate) -> reqwest::Client {
    reqwest::Client::builder().tls_certs_only([certificate]).build().unwrap()
}

fn listen(place: &Place) -> Vec<String> {
    let (chain, key) = (place.path("chain.pem"), place.path("key.pem"));
    let args = ["serve", "--listen", "127.0.0.1:0", "--tls-certificate", &chain, "--tls-key", &key];
    args.map(str::to_owned).to_vec()
}

#[tokio::test]
async fn a_server_with_a_certificate_speaks_tls_alone_and_takes_a_new_one_while_it_runs() {
    let place = Place::new();
    let first = trusting(certified(&place, 0o400));
    let args = listen(&place);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let server = place.serve(&args);
    assert!(server.address.starts_with("https://"), "{}", server.address);
    let answer = first.get(format!("{}/sign-in", server.address)).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    assert!(answer.headers().contains_key("strict-transport-security"));
    let cookie = answer.headers().get("set-cookie").map(|value| value.to_str().unwrap().to_owned());
    assert!(cookie.is_none_or(|text| text.starts_with("__Host-") && text.contains("Secure")));
    let plain = server.address.replacen("https", "http", 1);
    assert!(reqwest::get(format!("{plain}/livez")).await.is_err(), "plain HTTP is not answered");

    // Renewed: the key is written first, and for a moment the two files do not belong together.
    let _ = std::fs::remove_file(place.path("key.pem"));
    let second = certified(&place, 0o440);
    let url = format!("{}/livez", server.address);
    for _ in 0..60 {
        // A client of its own each time: a kept connection would go on with the old certificate.
        if trusting(second.clone()).get(&url).send().await.is_ok() {
            assert_eq!(server.stop("-TERM"), 0);
            return;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("the new certificate is not served after a quarter of a minute");
}

/// As for a header (faults.md F19): whoever does not greet within five seconds is sent away.
#[tokio::test]
async fn a_caller_who_never_greets_is_not_borne() {
    let place = Place::new();
    let trusted = trusting(certified(&place, 0o400));
    let args = listen(&place);
    let server = place.serve(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let to = server.address.strip_prefix("https://").unwrap().to_owned();
    let callers = ["", "\u{16}\u{3}\u{1}"].map(|begun| {
        let to = to.clone();
        async move {
            let mut stream = tokio::net::TcpStream::connect(&to).await.unwrap();
            stream.write_all(begun.as_bytes()).await.unwrap();
            let mut said = Vec::new();
            // A reset is an end as well; the limit is the test's, longer than any machine is slow.
            tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut said)).await.is_ok()
        }
    });
    assert_eq!(futures_util::future::join_all(callers).await, [true, true]);
    let answer = trusted.get(format!("{}/livez", server.address)).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
}

#[test]
fn a_certificate_that_cannot_be_served_is_refused_with_what_to_do() {
    let place = Place::new();
    let run = || {
        let args = listen(&place);
        place.run(&args.iter().map(String::as_str).collect::<Vec<_>>())
    };
    run().refused(&["chain.pem", "no such file", "PEM"]);
    certified(&place, 0o644);
    run().refused(&["key.pem", "chmod 400"]);
    certified(&place, 0o600);
    let key = std::fs::read(place.path("key.pem")).unwrap();
    certified(&place, 0o600);
    std::fs::write(place.path("key.pem"), &key).unwrap();
    run().refused(&["do not serve"]);
    std::fs::write(place.path("chain.pem"), "nothing").unwrap();
    run().refused(&["chain.pem", "no certificate"]);
    let alone = place.run(&["serve", "--tls-key", &place.path("key.pem")]);
    assert!(alone.code != 0 && alone.err.contains("--tls-certificate"), "{alone:?}");
}
