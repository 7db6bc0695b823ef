//! A browser without scripts, as far as these tests need one: it keeps cookies and sends a page's hidden fields back.

use std::collections::BTreeMap;

use reqwest::Client;
use reqwest::redirect::Policy;

/// One browser.
pub struct Browser {
    client: Client,
    address: String,
    cookies: BTreeMap<String, String>,
}

/// What it shows.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub retry_after: Option<String>,
    pub leads: String,
    pub text: String,
}

impl Page {
    /// The hidden fields of its forms, each name once: all forms of a page carry the same token.
    fn hidden(&self) -> Vec<(String, String)> {
        let inputs = self.text.split("<input type=\"hidden\" name=\"").skip(1);
        let pairs = inputs.filter_map(|rest| {
            let (name, rest) = rest.split_once('"')?;
            Some((name.to_owned(), rest.strip_prefix(" value=\"")?.split('"').next()?.to_owned()))
        });
        let mut once: Vec<(String, String)> = Vec::new();
        for (name, value) in pairs {
            if !once.iter().any(|(known, _)| *known == name) {
                once.push((name, value));
            }
        }
        once
    }
}

impl Browser {
    pub fn new(address: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Browser { client, address: address.to_owned(), cookies: BTreeMap::new() }
    }

    pub async fn ask(&mut self, path: &str, form: Option<&[(String, String)]>) -> Page {
        let url = format!("{}{path}", self.address);
        let mut request = match form {
            Some(fields) => {
                let body: Vec<String> = fields.iter().map(|(n, v)| format!("{}={}", escaped(n), escaped(v))).collect();
                let kind = "application/x-www-form-urlencoded";
                self.client.post(url).header("content-type", kind).body(body.join("&"))
            }
            None => self.client.get(url),
        };
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header("cookie", cookies.join("; ")).header("accept-language", "en");
        let answer = request.send().await.unwrap();
        for line in answer.headers().get_all("set-cookie") {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, retry_after) = (answer.status().as_u16(), header("retry-after"));
        let leads = header("location").unwrap_or_default();
        Page { status, retry_after, leads, text: answer.text().await.unwrap() }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.ask(path, None).await
    }

    /// Fills in the page at this address; what is typed comes after what is hidden.
    pub async fn fill(&mut self, path: &str, typed: &[(&str, &str)]) -> Page {
        let page = self.get(path).await;
        self.send(&page, path, typed).await
    }

    /// Sends a page that is open, to an address.
    pub async fn send(&mut self, page: &Page, path: &str, typed: &[(&str, &str)]) -> Page {
        let own = |name: &str| !typed.iter().any(|(typed, _)| *typed == name);
        let mut fields: Vec<_> = page.hidden().into_iter().filter(|(name, _)| own(name)).collect();
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.ask(path, Some(&fields)).await
    }

    /// Begins a declaration.
    pub async fn begin(address: &str) -> Self {
        let mut browser = Browser::new(address);
        let begun = browser.ask("/declare", Some(&[("port".to_owned(), "CNPEK".to_owned())])).await;
        assert_eq!(begun.status, 303, "{begun:?}");
        browser
    }

    /// Somebody of staff signs in.
    pub async fn signed_in(address: &str, name: &str, password: &str) -> Self {
        let mut browser = Browser::new(address);
        let page = browser.fill("/sign-in", &[("name", name), ("password", password)]).await;
        assert_eq!(page.status, 303, "{page:?}");
        browser
    }

    /// Sends the page of telephone and e-mail.
    pub async fn contact(&mut self, phone: &str) -> Page {
        self.fill("/declare/contact", &[("/contact/phone", phone), ("/contact/email", "")]).await
    }

    /// Fills in everything for somebody in good health, up to the last page.
    pub async fn filled(&mut self, (flight, date): &(String, String), number: &str) {
        let trip = [("/trip/flight", flight.as_str()), ("/trip/date", date), ("/trip/seat", "31C")];
        let you = [
            ("/traveller/document/type", "passport"),
            ("/traveller/document/number", number),
            ("/traveller/document/issuer", "NGA"),
            ("/traveller/name/primary", "Okafor"),
            ("/traveller/name/secondary", "Ada"),
            ("/traveller/birth_date", "1981-02-03"),
            ("/traveller/sex", "F"),
            ("/traveller/nationality", "NGA"),
        ];
        let travel = [
            ("/answers/travel/visited/0/visited_country", "GBR"),
            ("/answers/travel/visited/0/visited_place", "London"),
        ];
        let exposure = ["contact_case", "contact_ill", "community_cases", "cluster"]
            .map(|name| (format!("/answers/exposure/{name}"), "false"));
        let exposure: Vec<_> = exposure.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let health = [("/answers/health/unwell", "false"), ("/answers/health/medicine", "false")];
        let pages: [(&str, &[(&str, &str)]); 8] = [
            ("trip", &trip),
            ("you", &you),
            ("contact", &[("/contact/phone", "+2348030000000")]),
            ("answers/about", &[("/answers/about/occupation", "")]),
            ("answers/travel", &travel),
            ("answers/exposure", &exposure),
            ("answers/health", &health),
            ("answers/test", &[("/answers/test/tested", "false")]),
        ];
        for (name, typed) in pages {
            let page = self.fill(&format!("/declare/{name}"), typed).await;
            assert_eq!(page.status, 303, "{name}: {}", page.text);
        }
        assert_eq!(self.fill("/declare/companions", &[]).await.leads, "/declare/check");
    }
}

fn escaped(text: &str) -> String {
    let byte = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(byte).collect()
}
