//! What is never right.

use pratique::rng::Rng;
use serde_json::{Value, json};

/// In every text that is made up here, so that the log can be searched for it.
pub const PLANTED: &str = "Quibblethorn-88";

/// Draws.
pub struct Dice(Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(Rng::repeatable(seed))
    }

    /// A number below `bound`.
    pub fn below(&self, bound: usize) -> usize {
        usize::try_from(u64::from_le_bytes(self.0.bytes()) % bound as u64).unwrap()
    }

    pub fn of<'a, T>(&self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    pub fn bytes(&self, most: usize) -> Vec<u8> {
        (0..self.below(most) + 1).map(|_| self.0.bytes::<1>()[0]).collect()
    }
}

/// Texts that break careless programs: controls, directions, markup, quotes, paths, other encodings, too much of one thing.
pub fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\u{0}",
        "\u{7}\u{1b}[31m",
        "\u{202e}gnp.exe",
        "\u{2066}\u{2069}",
        "\u{feff}",
        "\u{fffe}",
        "a\u{300}\u{301}\u{302}",
        "𝕴𝖉",
        "İıſK",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE entries; --",
        "../../../../etc/passwd",
        "%00%0a%0d",
        "${jndi:ldap://x/}",
        "{{7*7}}",
        "=cmd|' /C calc'!A0",
        "\r\nSet-Cookie: a=b",
        "NaN",
        "Infinity",
        "-0",
        "1e999",
        "0x10",
        "９９９",
        "١٢٣",
        "9999-99-99",
        "0000-00-00",
        "2026-02-30",
        "2026-11-24T25:00:00Z",
        "2026-11-24T00:00:00+99:99",
        "-1",
        "18446744073709551616",
        "\\u0000",
        "\\",
    ]
    .iter()
    .map(|text| format!("{text}{PLANTED}"))
    .collect();
    texts.push(format!("{PLANTED}{}", "x".repeat(5_000)));
    texts.push(format!("{PLANTED}{}", "\u{301}".repeat(800)));
    texts
}

/// A value of another kind than the schema wants.
pub fn of_another_kind(schema: &Value, dice: &Dice) -> Value {
    let planted = || json!(PLANTED);
    let deep = || (0..60).fold(planted(), |inner, _| json!([inner]));
    match schema["type"].as_str() {
        Some("string") => dice.of(&[json!([PLANTED]), json!({PLANTED: 1}), json!(7), json!(true), deep()]).clone(),
        Some("array") => dice.of(&[planted(), json!({PLANTED: []}), json!(7), json!(true)]).clone(),
        Some("object") => dice.of(&[planted(), json!([PLANTED]), json!(7), json!(false)]).clone(),
        Some("boolean") => dice.of(&[planted(), json!([PLANTED]), json!({PLANTED: 1}), json!(2)]).clone(),
        _ => dice.of(&[planted(), json!([PLANTED]), json!({PLANTED: 1}), deep()]).clone(),
    }
}

/// Bodies that are no JSON, or more of it than anybody needs.
pub fn no_json(dice: &Dice) -> Vec<u8> {
    let nested = |open: &str, count: usize| format!("{}{PLANTED}", open.repeat(count)).into_bytes();
    match dice.below(9) {
        0 => dice.bytes(400),
        1 => nested("[", 5_000),
        2 => nested("{\"a\":", 5_000),
        3 => format!("{{\"port\":\"CNPEK\",\"name\":\"{PLANTED}").into_bytes(),
        4 => format!("{{\"a\":\"{PLANTED}\\ud800\"}}").into_bytes(),
        5 => [b"{\"a\":\"", PLANTED.as_bytes(), &[0xff, 0xfe, 0x80], b"\"}"].concat(),
        6 => format!("[{}1]", "1,".repeat(3_000)).into_bytes(),
        7 => format!("{{\"{PLANTED}\":NaN}}").into_bytes(),
        _ => Vec::new(),
    }
}
