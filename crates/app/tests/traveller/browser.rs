//! A browser without scripts: it keeps cookies, follows "see other", and sends a form's hidden fields with what is typed.

use std::collections::BTreeMap;

use reqwest::redirect::Policy;

use crate::support::Place;

/// One browser.
pub struct Browser<'a> {
    place: &'a Place,
    client: reqwest::Client,
    pub cookies: BTreeMap<String, String>,
    /// Sent with every request.
    pub headers: Vec<(&'static str, &'static str)>,
}

/// What it shows.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    /// Where it ended, or (of an answer that leads on) where that leads.
    pub address: String,
    pub html: String,
    pub headers: reqwest::header::HeaderMap,
}

impl Page {
    /// Every hidden field of the page's forms; what the fields of a question hide is blank and comes with the question.
    fn hidden(&self) -> Vec<(String, String)> {
        let inputs = self.html.split("<input type=\"hidden\" name=\"").skip(1);
        let pairs = inputs.filter_map(|rest| {
            let (name, rest) = rest.split_once('"')?;
            let value = rest.strip_prefix(" value=\"")?.split('"').next()?;
            Some((name.to_owned(), value.to_owned()))
        });
        pairs.filter(|(name, _)| !name.starts_with('/')).collect()
    }

    /// The text between two marks.
    pub fn between(&self, from: &str, to: &str) -> &str {
        let rest = self.html.split_once(from).unwrap_or_else(|| panic!("no {from:?} in {}", self.html)).1;
        rest.split_once(to).unwrap().0
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The code on a pass.
    pub fn code(&self) -> String {
        self.address.trim_start_matches("/pass/").split(['?', '/']).next().unwrap().to_owned()
    }
}

impl<'a> Browser<'a> {
    pub fn new(place: &'a Place) -> Self {
        let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        Browser { place, client, cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// Another window of the same browser.
    pub fn window(&self) -> Self {
        Browser {
            place: self.place,
            client: self.client.clone(),
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
        }
    }

    /// Opens an address and goes where it leads.
    pub async fn get(&mut self, address: &str) -> Page {
        let mut page = self.ask(address, None).await;
        for _ in 0..5 {
            if page.status != 303 {
                return page;
            }
            page = self.ask(&page.address.clone(), None).await;
        }
        panic!("{address} leads in circles")
    }

    /// Sends a form and stays there: the answer itself.
    pub async fn post(&mut self, address: &str, pairs: &[(&str, &str)]) -> Page {
        let body: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        self.ask(address, Some(body.join("&"))).await
    }

    /// Fills in the page at this address, sends it, and goes where that leads.
    pub async fn fill(&mut self, address: &str, typed: &[(&str, &str)]) -> Page {
        let page = self.get(address).await;
        self.fill_page(&page, address, typed).await
    }

    /// The same with a page that is open already.
    pub async fn fill_page(&mut self, page: &Page, action: &str, typed: &[(&str, &str)]) -> Page {
        let hidden = page.hidden();
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<_> = hidden.chain(typed.iter().copied()).collect();
        let answer = self.post(action, &pairs).await;
        if answer.status == 303 { self.get(&answer.address).await } else { answer }
    }

    async fn ask(&mut self, address: &str, form: Option<String>) -> Page {
        let url = format!("http://{}{}", self.place.address, address.split('#').next().unwrap());
        let mut request = match form {
            Some(body) => self.client.post(url).header("content-type", "application/x-www-form-urlencoded").body(body),
            None => self.client.get(url),
        };
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header("cookie", cookies.join("; ")).header("accept", "text/html");
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        for line in answer.headers().get_all("set-cookie") {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let leads = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let address = leads.unwrap_or_else(|| address.to_owned());
        let html = answer.text().await.unwrap();
        crate::support::secrecy::hold(&html, &headers);
        Page { status, address, headers, html }
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
