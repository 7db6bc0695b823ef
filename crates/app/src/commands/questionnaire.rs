//! `questionnaire check`: may this form be put in force?

use std::path::{Path, PathBuf};

use pratique_core::questionnaire::{self, Questionnaire as Form};
use serde_json::{Value, json};

use super::CommandFault;
use super::output::{Format, Out};
use crate::house::House;

/// Forms.
#[derive(Debug, clap::Subcommand)]
pub enum Questionnaire {
    /// Is this form sound, complete in every language, and compatible with the last version? Exit code 1 if not
    #[command(
        after_help = "Example:\n  pratique questionnaire check packs/respiratory/questionnaire.json --format table"
    )]
    Check {
        /// The form, FHIR R4 Questionnaire JSON
        file: PathBuf,
        /// The version that it replaces; left out, the built-in form of the same url
        #[arg(long, value_name = "FILE")]
        previous: Option<PathBuf>,
        /// How answers are shown
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

impl Questionnaire {
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let Questionnaire::Check { file, previous, format } = self;
        let columns = ["kind", "link_id", "pointer", "message"];
        let form = match read(file)? {
            Ok(form) => form,
            Err(faults) => {
                out.rows(*format, &columns, &faults)?;
                return Err(CommandFault::Told);
            }
        };
        let previous = match previous {
            Some(path) => Some(read(path)?.map_err(|_| {
                CommandFault::file(path, "the previous version is itself no form; check it alone first")
            })?),
            None => built_in(&form)?,
        };
        let findings = questionnaire::lint(&form, previous.as_ref());
        let mut rows =
            findings.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>().map_err(std::io::Error::from)?;
        if rows.is_empty() {
            rows.push(json!({
                "kind": "sound",
                "message": format!("{} {} may be put in force", form.url, form.version),
                "languages": form.languages(),
                "compared_with": previous.as_ref().map(|p| p.version.clone()),
            }));
        }
        out.rows(*format, &columns, &rows)?;
        if findings.is_empty() { Ok(()) } else { Err(CommandFault::Told) }
    }
}

/// A form, or its faults as rows.
fn read(path: &Path) -> Result<Result<Form, Vec<Value>>, CommandFault> {
    let bytes = std::fs::read(path);
    let bytes =
        bytes.map_err(|e| CommandFault::unread(path, &e, "a form, which is a FHIR R4 Questionnaire in JSON"))?;
    let row = |fault: &questionnaire::Fault| json!({"kind": "fault", "link_id": fault.link_id, "pointer": fault.pointer, "message": fault.message});
    Ok(Form::parse(&bytes).map_err(|faults| faults.iter().map(row).collect()))
}

fn built_in(form: &Form) -> Result<Option<Form>, CommandFault> {
    let house = House::built_in()?;
    let forms = house.packs().flat_map(|pack| std::iter::once(&pack.form).chain(&pack.investigation));
    Ok(forms.into_iter().find(|known| known.url == form.url).cloned())
}
