//! What this installation serves: its ports and the outbreak packs in force there. Both are data, built into the binary and
//! replaceable by a folder beside it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use pratique_core::notice::Notice;
use pratique_core::pack::Pack;
use pratique_core::port::Port;
use pratique_core::questionnaire::{Choice, Kind, Questionnaire};
use pratique_core::rules::{Unanswered, Vocabulary};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../ports"]
struct Ports;

#[derive(RustEmbed)]
#[folder = "../../packs"]
struct Packs;

#[derive(RustEmbed)]
#[folder = "../../notices"]
struct Notices;

/// A pack with its form read, ready for use.
#[derive(Debug)]
pub struct InForce {
    /// The pack.
    pub pack: Pack,
    /// Its form.
    pub form: Questionnaire,
    /// What the desk asks of whom it looks into, if the pack has such a form.
    pub investigation: Option<Questionnaire>,
    /// What its rules may ask about.
    pub vocabulary: Vocabulary,
}

/// Ports and packs.
#[derive(Debug, Default)]
pub struct House {
    ports: BTreeMap<String, Port>,
    packs: BTreeMap<String, InForce>,
    notices: BTreeMap<String, Notice>,
}

/// A port's file or a pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// A file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file says what cannot be.
    #[error("{path}: {why}")]
    Content {
        /// The file or pack.
        path: String,
        /// All that is wrong with it.
        why: String,
    },
    /// A port names a pack that is not there.
    #[error("port {port} names the pack {pack:?}, which is not among the packs ({known})")]
    NoPack {
        /// The port.
        port: String,
        /// The pack it names.
        pack: String,
        /// Those there are.
        known: String,
    },
    /// A port names a privacy notice that is not there.
    #[error("port {port} shows the privacy notice {notice:?}, which is not among the notices ({known})")]
    NoNotice {
        /// The port.
        port: String,
        /// The version that it names; empty if there are none at all.
        notice: String,
        /// Those there are.
        known: String,
    },
}

/// The question of every pack's form that asks for symptoms; the desk finds by the same codes.
pub const SYMPTOMS: &str = "symptoms";

type Files = BTreeMap<String, Vec<u8>>;

impl House {
    /// What the binary was built with.
    ///
    /// # Errors
    /// [`HouseError`]: a test keeps this from happening.
    pub fn built_in() -> Result<Self, HouseError> {
        House::of(&embedded::<Ports>(), &embedded::<Packs>(), &embedded::<Notices>())
    }

    /// The `ports/`, `packs/` and `notices/` of a folder; what is not there stays as built in.
    ///
    /// # Errors
    /// [`HouseError`], naming the file.
    pub fn of_folder(folder: &Path) -> Result<Self, HouseError> {
        let read = |name: &str, built_in: Files| match folder.join(name) {
            path if path.is_dir() => files_under(&path),
            _ => Ok(built_in),
        };
        let ports = read("ports", embedded::<Ports>())?;
        House::of(&ports, &read("packs", embedded::<Packs>())?, &read("notices", embedded::<Notices>())?)
    }

    fn of(ports: &Files, packs: &Files, notices: &Files) -> Result<Self, HouseError> {
        let mut house = House { notices: self::notices(notices)?, ..House::default() };
        for name in packs.keys().filter_map(|path| path.strip_suffix("/pack.toml")) {
            let prefix = format!("{name}/");
            let own =
                packs.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?.to_owned(), bytes.clone())));
            let in_force =
                InForce::of(&own.collect()).map_err(|why| HouseError::Content { path: name.to_owned(), why })?;
            house.packs.insert(in_force.pack.id.clone(), in_force);
        }
        for (path, bytes) in ports.iter().filter(|(path, _)| path.ends_with(".toml")) {
            let bad = |why: String| HouseError::Content { path: path.clone(), why };
            let text = std::str::from_utf8(bytes).map_err(|e| bad(e.to_string()))?;
            let port = Port::parse(text).map_err(|e| bad(e.to_string()))?;
            if !house.packs.contains_key(&port.pack) {
                let known = house.packs.keys().cloned().collect::<Vec<_>>().join(", ");
                return Err(HouseError::NoPack { port: port.code, pack: port.pack, known });
            }
            if house.notice_of(&port).is_none() {
                let known = house.notices.keys().cloned().collect::<Vec<_>>().join(", ");
                return Err(HouseError::NoNotice { port: port.code, notice: port.notice.unwrap_or_default(), known });
            }
            house.ports.insert(port.code.clone(), port);
        }
        Ok(house)
    }

    /// A port by its UN/LOCODE.
    #[must_use]
    pub fn port(&self, code: &str) -> Option<&Port> {
        self.ports.get(code)
    }

    /// All ports.
    pub fn ports(&self) -> impl Iterator<Item = &Port> {
        self.ports.values()
    }

    /// The pack in force at a port.
    #[must_use]
    pub fn in_force(&self, port: &Port) -> Option<&InForce> {
        self.packs.get(&port.pack)
    }

    /// The privacy notice that a port shows: the one that its file names, else the newest.
    #[must_use]
    pub fn notice_of(&self, port: &Port) -> Option<&Notice> {
        match &port.notice {
            Some(version) => self.notices.get(version),
            None => self.notices.values().max_by_key(|notice| (notice.published, &notice.version)),
        }
    }

    /// The version of the privacy notice that a port shows; empty for a port that is not there.
    #[must_use]
    pub fn notice_version(&self, port: &str) -> &str {
        self.port(port).and_then(|port| self.notice_of(port)).map_or("", |notice| &notice.version)
    }

    /// A privacy notice by its version, also one that is not shown any more.
    #[must_use]
    pub fn notice(&self, version: &str) -> Option<&Notice> {
        self.notices.get(version)
    }

    /// All privacy notices, newest first.
    #[must_use]
    pub fn notices(&self) -> Vec<&Notice> {
        let mut all: Vec<&Notice> = self.notices.values().collect();
        all.sort_by_key(|notice| std::cmp::Reverse((notice.published, &notice.version)));
        all
    }

    /// All packs.
    pub fn packs(&self) -> impl Iterator<Item = &InForce> {
        self.packs.values()
    }

    /// A pack by the `id@version` that a journey remembers, if it is still here.
    #[must_use]
    pub fn pack(&self, id_and_version: &str) -> Option<&InForce> {
        let (id, version) = id_and_version.split_once('@')?;
        self.packs.get(id).filter(|p| p.pack.version == version)
    }
}

impl InForce {
    /// Reads a pack and its form, and checks that the rules ask only what the form can answer.
    ///
    /// # Errors
    /// All faults, a line each.
    pub fn of(files: &Files) -> Result<Self, String> {
        let lines = |faults: Vec<String>| faults.join("\n");
        let pack = Pack::parse(files).map_err(|f| lines(f.iter().map(ToString::to_string).collect()))?;
        let form = Questionnaire::parse(&pack.questionnaire)
            .map_err(|f| lines(f.iter().map(ToString::to_string).collect()))?;
        let parsed = pack.investigation.as_deref().map(Questionnaire::parse).transpose();
        let investigation =
            parsed.map_err(|f| lines(f.iter().map(|f| format!("investigation.json: {f}")).collect()))?;
        let vocabulary = vocabulary(&form);
        let faults = pack.rules.lint(&vocabulary);
        if !faults.is_empty() {
            return Err(lines(faults.iter().map(ToString::to_string).collect()));
        }
        Ok(InForce { pack, form, investigation, vocabulary })
    }

    /// Reads a pack from its folder.
    ///
    /// # Errors
    /// [`HouseError`], with all that is wrong.
    pub fn of_folder(folder: &Path) -> Result<Self, HouseError> {
        let content = |why| HouseError::Content { path: folder.display().to_string(), why };
        // A folder of something else may be large, and nothing in it is ours to read.
        if !folder.join("pack.toml").is_file() {
            let why = "there is no pack here: a pack's folder holds pack.toml, questionnaire.json, rules.toml and areas.csv, \
                       as packs/respiratory does";
            return Err(content(why.to_owned()));
        }
        InForce::of(&files_under(folder)?).map_err(content)
    }

    /// The symptoms that the form knows: codes with their texts.
    #[must_use]
    pub fn symptoms(&self) -> &[Choice] {
        self.form.find(SYMPTOMS).map_or(&[], |item| item.options.as_slice())
    }

    /// `id@version`, as journeys remember it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}@{}", self.pack.id, self.pack.version)
    }

    /// The form's version, as journeys remember it.
    #[must_use]
    pub fn form_version(&self) -> String {
        self.form.version.clone()
    }

    /// Does the sender's name for the form mean this one? Its version, its url, or both joined by `|` as FHIR writes canonicals.
    #[must_use]
    pub fn is_form(&self, named: &str) -> bool {
        let (url, version) = (&self.form.url, &self.form.version);
        named == version || named == url || named == format!("{url}|{version}")
    }
}

/// What the rules may ask about, and how an unanswered question reads.
fn vocabulary(form: &Questionnaire) -> Vocabulary {
    let reads = |item: &pratique_core::questionnaire::Item| match item.kind {
        _ if item.repeats => Unanswered::Empty,
        Kind::Boolean => Unanswered::No,
        _ => Unanswered::Absent,
    };
    let asked = form.each().into_iter().filter(|item| item.is_question() || item.is_rows());
    Vocabulary::new(asked.map(|item| (item.link_id.clone(), reads(item))))
}

fn notices(files: &Files) -> Result<BTreeMap<String, Notice>, HouseError> {
    let mut notices = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let bad = |why: String| HouseError::Content { path: path.clone(), why };
        let text = std::str::from_utf8(bytes).map_err(|e| bad(e.to_string()))?;
        let notice = Notice::parse(text).map_err(bad)?;
        if path.strip_suffix(".toml") != Some(notice.version.as_str()) {
            return Err(bad(format!("its version is {:?}; a notice's file is named by its version", notice.version)));
        }
        notices.insert(notice.version.clone(), notice);
    }
    Ok(notices)
}

fn embedded<E: RustEmbed>() -> Files {
    E::iter().filter_map(|path| Some((path.to_string(), E::get(&path)?.data.into_owned()))).collect()
}

fn files_under(folder: &Path) -> Result<Files, HouseError> {
    let io = |path: &Path, source| HouseError::Io { path: path.display().to_string(), source };
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(&at).map_err(|e| io(&at, e))? {
            let path = entry.map_err(|e| io(&at, e))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(inside) = path.strip_prefix(folder) {
                let name = inside.to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read(&path).map_err(|e| io(&path, e))?);
            }
        }
    }
    Ok(files)
}

/// The age on a day, and everything else that rules may know of a person, is worked out in `actions::person`; the day is the
/// port's.
#[must_use]
pub fn local_date(port: &Port, at: jiff::Timestamp) -> Date {
    at.to_zoned_datetime(port.zone()).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_sound() {
        let house = House::built_in().unwrap();
        let port = house.port("CNPEK").unwrap();
        let in_force = house.in_force(port).unwrap();
        assert!(in_force.is_form(&in_force.form_version()));
        assert!(house.pack(&in_force.name()).is_some());
        let shown = house.notice_of(port).unwrap();
        assert_eq!(shown.version, house.notices()[0].version, "the newest, as the file names none");
        assert!(house.notice("2026-11").is_some(), "the older ones are kept");
    }
}
