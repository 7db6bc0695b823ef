//! The language of a request, as an argument of handlers, and its being remembered.

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::words::Words;

/// The cookie that holds the language chosen.
const COOKIE: &str = "lang";

impl<S: Sync> FromRequestParts<S> for Words {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(asked(&parts.uri, &parts.headers))
    }
}

/// The texts in the language that a request asks for.
#[must_use]
pub fn asked(uri: &Uri, headers: &HeaderMap) -> Words {
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Words::negotiated(in_query(uri), in_cookies(headers), accept)
}

/// Remembers a language that the address names (`?lang=`) for a year. The cookie says nothing of the person, and scripts, of
/// which there are none, could not read it either.
pub async fn remember(request: Request, next: Next) -> Response {
    let named = in_query(request.uri()).map(|tag| Words::of(tag).language());
    let mut response = next.run(request).await;
    if let Some(language) = named
        && let Ok(cookie) =
            HeaderValue::from_str(&format!("{COOKIE}={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"))
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn in_query(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("lang="))
}

fn in_cookies(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix("lang="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_its_language_in_three_ways() {
        let mut headers = HeaderMap::new();
        let address = |text: &'static str| Uri::from_static(text);
        assert_eq!(asked(&address("/declare"), &headers).language(), "en");
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("zh-CN,zh;q=0.9"));
        assert_eq!(asked(&address("/declare"), &headers).language(), "zh-Hans");
        headers.insert(header::COOKIE, HeaderValue::from_static("session=1; lang=en"));
        assert_eq!(asked(&address("/declare"), &headers).language(), "en");
        assert_eq!(asked(&address("/declare?x=1&lang=zh-Hans"), &headers).language(), "zh-Hans");
    }
}
