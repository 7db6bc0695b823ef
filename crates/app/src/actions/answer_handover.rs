//! A department reports back on what it took: the loop's other end.

use pratique_core::access::Act;
use pratique_core::journey::HandoverCommand;
use pratique_core::journey::handover::Report;
use serde::{Deserialize, Serialize};

use super::deed::Deed;
use super::handed::{command, done, find, said};
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};

/// A report as the department sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportRequest {
    /// `completed`, `discharged`, `contacts-reached`, `not-found` or `passed-on`.
    pub report: String,
    /// Words about it; sealed.
    pub note: Option<String>,
}

/// Reports.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::Refused`].
pub async fn answer(
    app: &App,
    who: &Caller,
    name: &str,
    request: &ReportRequest,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let report = Report::parse(&request.report).ok_or_else(|| Failure::field("/report", "not-a-report"))?;
    let note = said(request.note.as_deref(), "/note")?;
    let given = find(app, who, Act::SeeInbox, name).await?;
    let number = given.number;
    let deed = Deed {
        label: "answer-handover",
        act: Act::SeeInbox,
        journey: given.id,
        command: command(app, who, &given.journey.port, HandoverCommand::Answer { number, report })?,
        reason: note.as_deref(),
        detail: format!("{{\"handover\":{number},\"report\":\"{}\"}}", report.name()),
    };
    done(app, who, &deed, Some(number), once).await
}
