//! An instrument's file comes to its plate: first what it would do, row by row, then the import.

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;

use super::plate::{build_page, control_said};
use crate::actions::import_run::{self, RunAnswer, RunRequest};
use crate::channels::staff::Console;
use crate::channels::staff::refused::refused;
use crate::failure::Failure;
use crate::page;

/// What was sent.
#[derive(Debug, Default)]
struct Sent {
    csrf: String,
    text: String,
    file: Vec<u8>,
    import: bool,
}

async fn read(mut form: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "csrf" => sent.csrf = part.text().await?,
            "text" => sent.text = part.text().await?,
            "file" => sent.file = part.bytes().await?.to_vec(),
            "act" => sent.import = part.text().await? == "import",
            _ => {}
        }
    }
    Ok(sent)
}

/// `POST /laboratory/plates/{id}/run`.
pub async fn take(console: Console, Path(id): Path<String>, form: Multipart) -> Result<Response, Response> {
    console.may(Act::Read)?;
    let sent = match read(form).await {
        Ok(sent) => sent,
        Err(error) => {
            let problem = console.words.t("import-unreadable");
            return shown(&console, &id, error.status(), |page| page.problem = Some(problem)).await;
        }
    };
    console.own_form(&sent.csrf)?;
    let bytes = if sent.file.is_empty() { sent.text.as_bytes() } else { &sent.file };
    // A file that was only looked at is pasted into the page, so that the import needs no second choice of it.
    let text = String::from_utf8_lossy(bytes).into_owned();
    let request = RunRequest { plate: id.clone(), format: None, dry_run: !sent.import };
    let (who, words) = (console.caller(), console.words);
    let done = import_run::import_run(console.app(), &who, console.port_code(), (&request, bytes), words, None).await;
    match done.and_then(|reply| reply.read::<RunAnswer>()) {
        Ok(answer) if answer.applied => Ok(page::see(&format!("/laboratory/plates/{id}"))),
        Ok(mut answer) => {
            for fault in &mut answer.controls {
                fault.why = control_said(&console, &fault.control, &fault.channel, &fault.why);
            }
            shown(&console, &id, StatusCode::OK, |page| {
                page.dry = Some(answer);
                page.text = text;
            })
            .await
        }
        Err(failure) => {
            let problem = refused(&console, failure)?;
            shown(&console, &id, StatusCode::UNPROCESSABLE_ENTITY, |page| {
                page.problem = Some(problem);
                page.text = text;
            })
            .await
        }
    }
}

async fn shown(
    console: &Console,
    id: &str,
    status: StatusCode,
    fill: impl FnOnce(&mut super::plate::PlatePage) + Send,
) -> Result<Response, Response> {
    let mut page = build_page(console, id).await.map_err(|f: Failure| console.trouble(f))?;
    fill(&mut page);
    Ok(page::shown(status, &page))
}
