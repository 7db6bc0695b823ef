//! A failure, as RFC 9457 has it.

use utoipa::ToSchema;

/// What went wrong, and what to do.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"type": "/problems/invalid", "title": "Some fields cannot be taken", "status": 422, "code": "invalid", "detail": "Look at the fields named below.", "errors": [{"pointer": "/trip/date", "code": "not-a-date", "message": "Write the date as 2026-11-24."}]}))]
pub struct Problem {
    /// Names the kind of problem.
    pub r#type: String,
    /// The kind in words.
    pub title: String,
    /// HTTP's number.
    pub status: u16,
    /// The stable code: the last part of `type`. Programs decide by it.
    pub code: String,
    /// This very problem in words, in the caller's language (`Accept-Language`).
    pub detail: String,
    /// The fields concerned.
    pub errors: Option<Vec<FieldProblem>>,
    /// Where JSON broke off.
    pub line: Option<usize>,
    /// Where JSON broke off.
    pub column: Option<usize>,
    /// `already-used`: where and when, and by whom.
    pub used: Option<super::checkpoint::Used>,
    /// `too-early`: from when on a declaration can be confirmed.
    #[schema(format = DateTime)]
    pub counts_from: Option<String>,
    /// `still-owed`: the numbers of what must be answered first.
    pub obligations: Option<Vec<u32>>,
}

/// One wrong field.
#[derive(Debug, ToSchema)]
pub struct FieldProblem {
    /// Where: a JSON pointer into the body (RFC 6901), or the name of a parameter or column.
    pub pointer: String,
    /// The stable code.
    pub code: String,
    /// In words, in the caller's language.
    pub message: String,
    /// `not-an-option`: what there is to choose from, where that is a short fixed list.
    pub options: Option<Vec<String>>,
}
