//! How a failure looks to a program: RFC 9457, with a stable code, in the caller's language. The one mapping from [`Failure`] to
//! HTTP; pages use the same status and the same words.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pratique_core::field::FieldError;
use pratique_core::journey::Refusal;
use serde_json::{Map, Value, json};

use crate::failure::{Broken, Failure};
use crate::keys::SealError;
use crate::lookups::reasons;
use crate::verdict::UsedAnswer;
use crate::words::Words;

/// A failure with the words for it.
#[derive(Debug)]
pub struct Problem {
    /// What went wrong.
    pub failure: Failure,
    /// The caller's language.
    pub words: Words,
}

impl Problem {
    /// A failure in a language.
    #[must_use]
    pub fn new(failure: Failure, words: Words) -> Self {
        Problem { failure, words }
    }

    /// HTTP's status for it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match &self.failure {
            Failure::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Failure::Malformed { .. } | Failure::TooComplex => StatusCode::BAD_REQUEST,
            Failure::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Failure::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Failure::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Failure::Refused(Refusal::NotDeclared | Refusal::NoSuchObligation | Refusal::NoSuchOrder)
            | Failure::NotFound
            | Failure::Sealed(SealError::Erased)
            | Failure::Missing(_) => StatusCode::NOT_FOUND,
            Failure::Refused(_) | Failure::Plate(_) | Failure::KeyReused => StatusCode::CONFLICT,
            Failure::SignedOut => StatusCode::UNAUTHORIZED,
            Failure::Denied(_) => StatusCode::FORBIDDEN,
            Failure::Slow(_) => StatusCode::TOO_MANY_REQUESTS,
            full if full.is_disk_full() => StatusCode::INSUFFICIENT_STORAGE,
            keyless if keyless.is_keyless() => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Overloaded(_)
            | Failure::Busy
            | Failure::TimedOut
            | Failure::ClockInDoubt
            | Failure::NoAnswer(_)
            | Failure::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Key(_) | Failure::Sealed(_) | Failure::Bug(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code: the last part of the problem's `type`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.failure {
            Failure::Invalid(_) => "invalid",
            Failure::Refused(refusal) => refusal.code(),
            Failure::Plate(refusal) => refusal.code(),
            Failure::SignedOut => "signed-out",
            Failure::Denied(_) => "denied",
            Failure::NotFound | Failure::Missing(_) | Failure::Sealed(SealError::Erased) => "not-found",
            Failure::KeyReused => "key-reused",
            Failure::Slow(_) => "too-many-tries",
            Failure::Overloaded(_) => "overloaded",
            full if full.is_disk_full() => "disk-full",
            Failure::Malformed { .. } => "malformed",
            Failure::TooComplex => "too-complex",
            Failure::TooLarge(_) => "too-large",
            Failure::Unsupported(_) => "unsupported",
            Failure::NoSuchMethod => "no-such-method",
            Failure::TimedOut => "timed-out",
            Failure::ClockInDoubt => "clock-in-doubt",
            keyless if keyless.is_keyless() => "no-pass-key",
            Failure::NoAnswer(_) => "no-answer",
            Failure::Busy | Failure::Store(_) => "unavailable",
            Failure::Key(_) | Failure::Sealed(_) | Failure::Bug(_) => "internal",
        }
    }

    /// The sentence for it.
    #[must_use]
    pub fn detail(&self) -> String {
        match &self.failure {
            Failure::Refused(refusal) => reasons::refusal(refusal, self.words),
            Failure::Malformed { why, line, column } => {
                let (line, column) = (line.to_string(), column.to_string());
                let key = match why {
                    Broken::Syntax => "problem-malformed",
                    Broken::Encoding => "problem-malformed-encoding",
                    Broken::Number => "problem-malformed-number",
                };
                self.words.with(key, &[("line", &line), ("column", &column)])
            }
            Failure::Missing(what) => self.words.t(&format!("problem-no-{what}")),
            Failure::TooLarge(bytes_max) => {
                self.words.with("problem-too-large", &[("kib", &(bytes_max / 1024).to_string())])
            }
            Failure::NoAnswer(who) => self.words.with("problem-no-answer", &[("who", who)]),
            Failure::Unsupported(expected) => self.words.with("problem-unsupported", &[("expected", expected)]),
            _ => self.words.t(&format!("problem-{}", self.code())),
        }
    }

    /// The wrong fields with their sentences.
    #[must_use]
    pub fn errors(&self) -> Vec<Value> {
        let Failure::Invalid(fields) = &self.failure else { return Vec::new() };
        let error = |f: &FieldError| {
            let message = self.words.error(&f.code, &f.params);
            let mut error = json!({ "pointer": f.pointer, "code": f.code, "message": message });
            if let Some(options) = f.options() {
                error["options"] = json!(options);
            }
            error
        };
        fields.iter().map(error).collect()
    }

    fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("type".into(), format!("/problems/{}", self.code()).into());
        body.insert("title".into(), self.words.t(&format!("problem-title-{}", self.status().as_u16())).into());
        body.insert("status".into(), self.status().as_u16().into());
        body.insert("code".into(), self.code().into());
        body.insert("detail".into(), self.detail().into());
        match &self.failure {
            Failure::Invalid(_) => drop(body.insert("errors".into(), self.errors().into())),
            Failure::Malformed { line, column, .. } => {
                body.insert("line".into(), json!(line));
                body.insert("column".into(), json!(column));
            }
            Failure::Refused(Refusal::UsedUp(used)) => drop(body.insert("used".into(), json!(UsedAnswer::from(used)))),
            Failure::Refused(Refusal::TooEarly { counts_from }) => {
                body.insert("counts_from".into(), json!(counts_from));
            }
            Failure::Refused(Refusal::StillOwed { numbers }) => drop(body.insert("obligations".into(), json!(numbers))),
            _ => {}
        }
        body.into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // A failure of ours is a line in the log; a refusal or a wrong field is daily business and holds personal data.
        // Whom there was no room for is counted (`channels/load/told`): a line for each would be work, when there is too much.
        if self.status().is_server_error() && !matches!(self.failure, Failure::Overloaded(_)) {
            tracing::error!(code = self.code(), failure = %self.failure, "request failed");
        }
        let mut response = (self.status(), self.body().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(s) = self.failure.retry_after_s() {
            headers.insert(header::RETRY_AFTER, s.into());
        }
        if matches!(self.failure, Failure::SignedOut) {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::ring::RingError;
    use pratique_core::field::CODES;
    use pratique_core::journey::advice::NOTICES;
    use pratique_core::laboratory::PlateRefusal;

    fn failures() -> Vec<Failure> {
        vec![
            Failure::Invalid(Vec::new()),
            PlateRefusal::Empty.into(),
            PlateRefusal::TooMany.into(),
            PlateRefusal::Twice("#7GQ2M4XK9".into()).into(),
            PlateRefusal::NotBuilt.into(),
            PlateRefusal::Released.into(),
            PlateRefusal::NotAccepted.into(),
            Failure::SignedOut,
            pratique_core::access::Denied::Role.into(),
            Failure::NotFound,
            Failure::KeyReused,
            Failure::Busy,
            Failure::TimedOut,
            Failure::ClockInDoubt,
            Failure::Key(RingError::NoKey("CNPEK".into())),
            Failure::NoAnswer("WeChat"),
            Failure::Slow(1),
            Failure::Overloaded(1),
            Failure::Malformed { why: Broken::Syntax, line: 1, column: 1 },
            Failure::Malformed { why: Broken::Encoding, line: 1, column: 1 },
            Failure::Malformed { why: Broken::Number, line: 1, column: 1 },
            Failure::Missing("flight"),
            Failure::Missing("declaration"),
            Failure::Missing("scan"),
            Failure::Missing("obligation"),
            Failure::Missing("port"),
            Failure::Missing("address"),
            Failure::TooComplex,
            Failure::TooLarge(1024),
            Failure::Unsupported("text/csv"),
            Failure::NoSuchMethod,
            Failure::bug("x"),
        ]
    }

    /// Codes that the API's own reading gives; those of declarations and flights are in the core's list.
    const OWN: &[&str] = &[
        "nothing-found",
        "not-a-measure",
        "not-an-end",
        "order-too-long",
        "not-an-ending",
        "not-a-class",
        "not-a-disposition",
        "not-a-reading",
        "scan-not-here",
        "scan-not-good",
        "scan-other-document",
        "scan-too-old",
        "not-this-station",
        "other-consent",
        "unknown-notice",
        "not-a-label",
        "unknown-label",
        "not-a-specimen",
        "not-a-why",
        "too-many-tubes",
        "not-an-assay",
        "not-queued",
        "not-a-format",
        "run-row",
        "run-of-another-plate",
        "not-a-result",
        "same-result",
        "not-a-webhook-url",
        "not-a-webhook-secret",
        "too-many-subscriptions",
        "not-on-board",
        "not-a-journey",
        "not-an-inbox",
        "not-a-report",
        "not-a-carrier",
        "not-a-department",
        "of-no-organisation",
        "not-a-user-name",
        "wrong-value",
        "not-a-wechat-code",
        "not-a-cursor",
        "not-a-query",
        "not-a-flight-id",
        "not-a-schedule",
        "column-missing",
        "not-a-line",
        "flight-twice",
        "not-your-flight",
        "too-many-lines",
        "other-flight",
        "not-an-hour",
        "twice-differs",
    ];

    #[test]
    fn every_code_has_words_in_every_language() {
        for (tag, _) in Words::languages() {
            let words = Words::of(tag);
            // A full disk is the store's to say, which channels do not know.
            let mut said = vec![words.t("problem-disk-full"), words.t("problem-title-507")];
            for failure in failures() {
                let problem = Problem::new(failure, words);
                said.extend([problem.detail(), problem.body().to_string()]);
            }
            let figures = [
                "max", "min", "days", "date", "value", "version", "known", "expected", "message", "hours", "when", "by",
            ]
            .map(|name| (name.to_owned(), "3".to_owned()));
            said.extend(CODES.iter().chain(OWN).map(|code| words.error(code, &figures.clone().into())));
            said.push(words.error("not-an-option", &FieldError::not_an_option("/a", ["b", "c"]).params));
            said.extend(NOTICES.iter().filter(|code| **code != "tier").map(|code| words.t(&format!("notice-{code}"))));
            for text in said {
                assert!(!text.contains('\u{27e6}'), "{tag}: {text}");
            }
        }
    }
}
