//! What a message says: what its matter has it say, where to read more, and the first letters of the code, by which a family
//! knows which of its passes it is about.

use pratique_core::id::Id;
use pratique_core::port::Port;
use pratique_core::telling::Matter;
use reqwest::Url;

use crate::words::Words;

/// So many first characters of the code are told: a third of it opens nothing.
const CODE_CHARS: usize = 3;

/// A message, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same at each try, so that a receiver can drop a repeat.
    pub id: Id,
    /// The subject, where the way has one.
    pub subject: String,
    /// The text.
    pub text: String,
    /// What is added below it in an e-mail.
    pub footer: String,
    /// The language's tag.
    pub language: &'static str,
}

impl Letter {
    /// About this, to somebody who declared at this port in this language.
    #[must_use]
    pub fn of(id: Id, matter: Matter, (port, site): (&Port, &Url), language: &str, code: &str) -> Self {
        let words = Words::of(language);
        let name = port.name.get(words.language());
        let find = format!("{}/find", site.as_str().trim_end_matches('/'));
        let begins: String = code.chars().filter(char::is_ascii_alphanumeric).take(CODE_CHARS).collect();
        let help = port.help.get(words.language());
        let figures = [("port", name), ("address", find.as_str()), ("code", begins.as_str()), ("help", help)];
        // shows: message-{there, call, changed}
        Letter {
            id,
            subject: words.with("message-subject", &[("port", name)]),
            text: words.with(&format!("message-{}", matter.name()), &figures),
            footer: words.t("message-footer"),
            language: words.language(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::House;

    #[test]
    fn no_letter_holds_more_than_the_port_the_page_and_a_third_of_the_code() {
        let house = House::built_in().unwrap();
        let port = house.port("CNPEK").unwrap();
        let site = crate::messenger::site("https://health.example").unwrap();
        for (language, _) in Words::languages() {
            let letters = Matter::ALL.map(|m| Letter::of(Id([1; 16]), m, (port, &site), language, "7GQ2-M4XK-9TA"));
            for letter in &letters {
                let all = format!("{} {} {}", letter.subject, letter.text, letter.footer);
                assert!(!all.contains('⟦') && !all.contains("7GQ2") && !all.contains("M4XK"), "{all}");
                for word in ["positive", "negative", "virus", "infect", "quarantine", "阳性", "阴性", "隔离", "感染"]
                {
                    assert!(!all.contains(word), "{word} in {all}");
                }
            }
            for letter in [&letters[0], &letters[2]] {
                assert!(
                    letter.text.contains("https://health.example/find") && letter.text.contains("7GQ"),
                    "{letter:?}"
                );
            }
        }
    }
}
