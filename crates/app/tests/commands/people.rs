//! Users, keys and passes without a browser.

use serde_json::json;

use super::process::Place;

#[test]
fn a_user_gets_a_password_once_and_a_machine_a_token_once() {
    let place = Place::new();
    let person = place.run(&["user", "add", "li.na", "--role", "officer", "--at", "cnpek"]).worked().line();
    assert_eq!(person["name"], "li.na");
    assert!(person["password"].as_str().unwrap().len() >= 15);
    let machine = place.run(&["user", "add", "ops", "--role", "airline", "--for", "CA", "--at", "CNPEK", "--token"]);
    let token = machine.worked().line()["token"].as_str().unwrap().to_owned();
    assert!(token.len() >= 40);
    let own = ["user", "add", "own", "--role", "medical", "--at", "CNPEK", "--password-stdin"];
    assert_eq!(place.feed(&own, b"correct horse battery\n").worked().line(), json!({"name": "own"}));

    let listed = place.run(&["user", "list"]).worked();
    assert!(!listed.out.contains(&token) && !listed.out.contains("argon2"), "secrets are shown once alone");
    let rows: Vec<_> =
        listed.lines().iter().map(|r| (r["name"].clone(), r["role"].clone(), r["sign_in"].clone())).collect();
    let row = |name: &str, role: &str, by: &str| (json!(name), json!(role), json!(by));
    assert_eq!(
        rows,
        [row("li.na", "officer", "password"), row("ops", "airline", "token"), row("own", "medical", "password")]
    );
}

#[test]
fn what_is_wrong_with_a_user_is_said_in_a_line() {
    let place = Place::new();
    place.run(&["user", "list"]).refused(&["no store here", "pratique serve"]);
    place.run(&["user", "add", "a", "--role", "officer", "--at", "CNPEK"]).worked();
    place.run(&["user", "add", "a", "--role", "officer", "--at", "CNPEK"]).refused(&["name"]);
    for no_name in ["", " ", "😀", ". ."] {
        place.run(&["user", "add", no_name, "--role", "officer", "--at", "CNPEK"]).refused(&["name to sign in with"]);
    }
    for elsewhere in [
        &["user", "add", "b", "--role", "officer", "--at", "XXXXX"][..],
        &["keys", "list", "--at", "XXXXX"],
        &["keys", "rotate", "--at", "XXXXX"],
        &["keys", "revoke", "AAAAAA", "--at", "XXXXX"],
    ] {
        place.run(elsewhere).refused(&["no port", "XXXXX", "CNPEK"]);
    }
    let short = ["user", "add", "c", "--role", "officer", "--at", "CNPEK", "--password-stdin"];
    place.feed(&short, b"short\n").refused(&["password"]);
    place.run(&["user", "disable", "nobody"]).refused(&["nobody", "user list"]);
    // Usage is clap's, and ends with 2.
    for wrong in [
        &["user", "add", "d", "--role", "king", "--at", "CNPEK"][..],
        &["user", "add", "d", "--role", "airline", "--at", "CNPEK"],
        &["user"],
        &["serve", "--listen", "nowhere"],
    ] {
        assert_eq!(place.run(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn whom_somebody_belongs_to_is_held_against_the_ports_file() {
    let place = Place::new();
    let add = |name: &str, role: &str, organisation: &str| {
        place.run(&["user", "add", name, "--role", role, "--for", organisation, "--at", "CNPEK", "--token"])
    };
    let known = ["on-site-quarantine", "contact-tracing", "joint-prevention", "hospital"];
    add("a", "department", "unknown").refused(&known);
    add("a", "department", "Contact-Tracing").refused(&known);
    for code in known {
        add(code, "department", code).worked();
    }
    for carrier in ["C", "99", "AIRC", "C-", "AB1", "国航"] {
        add("b", "airline", carrier).refused(&["as in CA"]);
    }
    for carrier in ["ca", "3U", "CCA"] {
        add(carrier, "airline", carrier).worked();
    }
    // Taken silently it would look as if it narrowed what somebody sees.
    for role in ["officer", "medical", "administrator", "kiosk"] {
        add("c", role, "CA").refused(&["--for", "airline, department"]);
    }
    let listed = place.run(&["user", "list"]).worked().lines();
    let organisations: Vec<_> = listed.iter().map(|user| user["organisation"].as_str().unwrap()).collect();
    assert_eq!(organisations, [&known[..], &["CA", "3U", "CCA"]].concat());
    let ports = &place.run(&["config", "show"]).worked().line()["ports"][0];
    assert_eq!(ports["departments"][0], json!({"code": "on-site-quarantine", "purpose": "isolation"}));
}

#[test]
fn keys_are_rotated_revoked_and_exported_without_their_secrets() {
    let place = Place::new();
    place.run(&["migrate"]).worked();
    let first = place.run(&["keys", "rotate", "--at", "CNPEK"]).worked().lines();
    let second = place.run(&["keys", "rotate", "--at", "CNPEK", "--algorithm", "eddsa"]).worked().lines();
    assert_eq!((&first[0]["algorithm"], &second[0]["algorithm"]), (&json!("ES256"), &json!("EdDSA")));
    let kid = first[0]["name"].as_str().unwrap();
    let from = "2026-11-24T08:00:00Z";
    let revoked = place.run(&["keys", "revoke", kid, "--at", "CNPEK", "--from", from]).worked().line();
    assert_eq!(revoked["revoked_from"], from);
    place.run(&["keys", "revoke", "AAAAAA", "--at", "CNPEK"]).refused(&["AAAAAA", "keys list"]);
    assert_eq!(place.run(&["keys", "list", "--at", "CNPEK"]).worked().lines().len(), 4);

    let public = place.run(&["keys", "export"]).worked();
    let file = public.line();
    assert_eq!(file["keys"].as_array().unwrap().len(), 2);
    assert_eq!(file["revoked"], json!([{"kid": kid, "iss": "CNPEK", "from": from}]));
    assert!(file.get("opening").is_none() && !public.out.contains("secret"), "{public:?}");
    let opening = place.run(&["keys", "export", "--checkpoint"]).worked().line();
    assert_eq!(opening["opening"].as_array().unwrap().len(), 2);
}

#[test]
fn a_trust_file_that_is_none_is_named() {
    let place = Place::new();
    let path = place.path("trust.json");
    place.run(&["pass", "verify", "--trust", &path]).refused(&["trust.json"]);
    place.run(&["migrate"]).worked();
    place.run(&["keys", "rotate", "--at", "CNPEK"]).worked();
    let mut good = place.run(&["keys", "export"]).worked().line();
    let broken = serde_json::to_string_pretty(&good).unwrap();
    good["keys"].as_array_mut().unwrap().push(
        json!({"kid": "AAAAAA", "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "alg": "ES256", "iss": "CNPEK"}),
    );
    let wrong_key = serde_json::to_string_pretty(&good).unwrap();
    let at = wrong_key.lines().position(|line| line.contains("AAAAAA")).unwrap();
    // serde_json sorts members, so the entry begins a little before its kid.
    let begins =
        wrong_key.lines().take(at).collect::<Vec<_>>().iter().rposition(|line| line.trim() == "{").unwrap() + 1;
    for (text, line, expected) in [
        ("[]", 1, "a JSON object is expected, with issued_at, keys"),
        ("", 1, "a JSON object is expected"),
        ("{\n}", 2, "missing field `issued_at`"),
        (
            &broken.replace("\"keys\": [", "\"keys\": [\n3,"),
            1 + broken.lines().position(|l| l.contains("\"keys\"")).unwrap() + 1,
            "expected struct Jwk",
        ),
        (&wrong_key, begins, "keys[1]"),
    ] {
        std::fs::write(&path, text).unwrap();
        let line = format!("line {line}: ");
        place.run(&["pass", "verify", "--trust", &path]).refused(&["trust.json", &line, expected, "keys export"]);
    }
}

#[test]
fn config_show_tells_ports_and_packs_and_no_password() {
    let place = Place::on("postgres://pratique:verysecret@localhost/pratique");
    let shown = place.run(&["config", "show"]).worked();
    assert!(!shown.out.contains("verysecret"), "{shown:?}");
    assert_eq!(shown.line()["ports"][0]["code"], "CNPEK");
    let told = place.run(&["config", "show", "--format", "table"]).worked().out;
    for part in
        ["setting   value\n", "database  postgres://…@localhost/pratique", "CNPEK", "Asia/Shanghai", "respiratory@"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains('{') && !told.contains('['), "{told}");
}

#[test]
fn the_ways_to_persons_are_shown_without_secrets_and_asked_whether_they_answer() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.run(&["migrate"]).worked();
    place.run(&["keys", "rotate", "--at", "CNPEK"]).worked();
    let secret = place.path("gateway.secret");
    std::fs::write(&secret, "verysecret\n").unwrap();
    // Nobody listens at port 9 of this machine.
    let ways = ["--site", "https://health.example", "--sms-gateway", "http://127.0.0.1:9/", "--sms-secret", &secret];
    let asked = |what: &[&'static str]| place.run(&[what, &ways[..]].concat());
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o644)).unwrap();
    asked(&["config", "show"]).refused(&["chmod 400"]);
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o400)).unwrap();
    let shown = asked(&["config", "show"]).worked();
    assert_eq!(shown.line()["messages"]["sms"]["gateway"], "http://127.0.0.1:9");
    assert!(!shown.out.contains("verysecret"), "{shown:?}");
    let told = asked(&["doctor"]).worked();
    let way = told.lines().into_iter().find(|line| line["check"] == "messages").unwrap();
    assert!(way["health"] == "warn" && way["found"].as_str().unwrap().contains("does not answer"), "{way}");
    let plain = ["config", "show", "--site", "https://health.example", "--mail-from", "a@b.example", "--smtp"];
    for server in ["http://mail.example", "mail.example", "smtp://user:pass@mail.example"] {
        place.run(&[&plain[..], &[server]].concat()).refused(&["--smtp"]);
    }
    let shown = place.run(&[&plain[..], &["smtp://mail.example"]].concat()).worked();
    assert_eq!(shown.line()["messages"]["email"]["server"], "smtp://mail.example:587");
}
