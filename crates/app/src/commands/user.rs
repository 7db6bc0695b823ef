//! `user`: people and machines, without a browser.

use std::io::BufRead;
use std::sync::Arc;

use pratique_core::access::{Grant, Role};
use serde_json::{Value, json};

use super::CommandFault;
use super::opening::{Absent, Place, known_port};
use super::output::{Format, Out};
use crate::actions::staff;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;

/// Who acts, in the audit.
const SELF: Caller = Caller::System("command line");

/// People and machines that may sign in.
#[derive(Debug, clap::Subcommand)]
pub enum User {
    /// Add a person, or with --token a machine; the secret is shown this once
    #[command(after_help = "Examples:\n  pratique user add li.na --role officer --at CNPEK\n  \
                            pratique user add ca-ops --role airline --for CA --at CNPEK --token\n  \
                            pratique user add wu.gang --role department --for contact-tracing --at CNPEK")]
    Add(Add),
    /// List everybody who was ever added
    #[command(after_help = "Example:\n  pratique user list --format table")]
    List {
        /// How answers are shown
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        place: Place,
    },
    /// Disable somebody: their sessions and tokens stop within a second, on every server
    #[command(after_help = "Example:\n  pratique user disable li.na")]
    Disable {
        /// The name that they sign in with
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Somebody to add.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The name to sign in with
    name: String,
    /// What they do
    #[arg(long, value_parser = role())]
    role: Role,
    /// The port's UN/LOCODE
    #[arg(long, value_name = "PORT")]
    at: String,
    /// The airline (its code, CA) or department (its code in the port's file, contact-tracing) that they belong to
    #[arg(
        long = "for",
        value_name = "ORGANISATION",
        required_if_eq("role", "airline"),
        required_if_eq("role", "department")
    )]
    organisation: Option<String>,
    /// Make a bearer token instead of a password
    #[arg(long, conflicts_with = "password_stdin")]
    token: bool,
    /// Read the password from the first line of standard input instead of making one
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    place: Place,
}

fn role() -> impl clap::builder::TypedValueParser<Value = Role> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Role::ALL.map(Role::name))
        .try_map(|name| Role::parse(&name).ok_or_else(|| format!("{name} is no role")))
}

impl User {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        match self {
            User::Add(add) => add.run(out).await,
            User::List { format, place } => {
                let app = place.open(Absent::Refuse).await?;
                let rows: Vec<Value> = staff::all(&app).await?.iter().map(row).collect();
                out.rows(
                    *format,
                    &["name", "role", "port", "organisation", "sign_in", "added_at", "disabled_at"],
                    &rows,
                )
            }
            User::Disable { name, place } => {
                let app = place.open(Absent::Refuse).await?;
                match staff::disable(&app, &SELF, name).await {
                    Err(Failure::NotFound) => Err(CommandFault::Nothing(format!(
                        "there is no user {name:?}; `pratique user list` shows them all"
                    ))),
                    other => other.map_err(CommandFault::from),
                }?;
                out.json(&json!({"name": name, "disabled": true}))
            }
        }
    }
}

impl Add {
    async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let given = if self.password_stdin { Some(first_line()?) } else { None };
        let app = self.place.open(Absent::Make).await?;
        let port = known_port(&app, &self.at)?;
        let organisation = self.organisation();
        let grant = Grant { role: self.role, port, organisation };
        let answer = if self.token {
            json!({"token": staff::add_with_token(&app, &SELF, &self.name, grant).await?})
        } else {
            self.with_password(&app, grant, given).await?
        };
        out.json(&answer)
    }

    /// As the port's file and the flights have it: `ca` is `CA`.
    fn organisation(&self) -> Option<String> {
        let named = self.organisation.as_deref().map(str::trim).filter(|name| !name.is_empty())?;
        Some(match self.role {
            Role::Airline => named.to_ascii_uppercase(),
            _ => named.to_owned(),
        })
    }

    async fn with_password(&self, app: &Arc<App>, grant: Grant, given: Option<String>) -> Result<Value, CommandFault> {
        let password = given.clone().unwrap_or_else(|| staff::new_password(app));
        staff::add(app, &SELF, &self.name, grant, &password).await?;
        Ok(match given {
            // Whoever brought it knows it: it is not printed again.
            Some(_) => json!({"name": self.name}),
            None => json!({"name": self.name, "password": password}),
        })
    }
}

fn first_line() -> Result<String, CommandFault> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn row(user: &staff::User) -> Value {
    json!({
        "name": user.name,
        "role": user.grant.role.name(),
        "port": user.grant.port,
        "organisation": user.grant.organisation,
        "sign_in": if user.password.is_some() { "password" } else { "token" },
        "added_at": user.added_at,
        "disabled_at": user.disabled_at,
    })
}
