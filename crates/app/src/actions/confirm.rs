//! An early declaration is confirmed within the 24 hours: the same answers, the rules run again, a new pass.

use super::amend::{Kind, Right, reissue};
use super::sender::Sender;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::once::{Once, Reply};
use crate::setting::Setting;
use pratique_core::declaration::Channel;

/// Confirms a declaration. One that counts already stays as it is.
///
/// # Errors
/// `Refused(TooEarly)` with the time from which it can be confirmed.
pub async fn confirm(
    app: &App,
    who: &Caller,
    right: &Right,
    channel: Channel,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    app.settle(once, || async move {
        let opened = right.open(app).await?;
        let setting = Setting::of(app, &opened.journey.port, opened.journey.flight.clone(), app.now()).await?;
        let content = opened.dossier.content.clone();
        reissue(app, Sender::of(who), &setting, opened, content, (Kind::Confirm, channel), once).await
    })
    .await
}
