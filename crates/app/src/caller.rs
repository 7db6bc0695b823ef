//! Who asks. Every action and lookup is told, and writes it down.

use pratique_core::access::{Act, Denied, Grant, Role};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// A traveller, through this channel; they prove themself where it matters.
    Traveller,
    /// A signed-in user or a machine with a token.
    Staff(Staff),
    /// The program itself: a job, the demo, the command line.
    System(&'static str),
}

/// A signed-in user or machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The user's name.
    pub name: String,
    /// What they were given.
    pub grant: Grant,
}

impl Caller {
    /// How the audit names them.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Caller::Traveller => "traveller".to_owned(),
            Caller::Staff(staff) => staff.name.clone(),
            Caller::System(who) => format!("system:{who}"),
        }
    }

    /// The one gate: may they do this at that port?
    ///
    /// # Errors
    /// [`Denied`].
    pub fn may(&self, act: Act, port: &str) -> Result<(), Denied> {
        match self {
            Caller::Staff(staff) => staff.grant.allows(act, port),
            Caller::System(_) => Ok(()),
            Caller::Traveller => Err(Denied::Role),
        }
    }

    /// The same for one carrier's flight.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn may_for(&self, act: Act, port: &str, carrier: &str) -> Result<(), Denied> {
        match self {
            Caller::Staff(staff) => staff.grant.allows_for(act, port, carrier),
            other => other.may(act, port),
        }
    }

    /// The same for what one department was given.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn may_of(&self, act: Act, port: &str, department: &str) -> Result<(), Denied> {
        match self {
            Caller::Staff(staff) => staff.grant.allows_of(act, port, department),
            other => other.may(act, port),
        }
    }

    /// The department that they act for: nobody else has an inbox.
    ///
    /// # Errors
    /// [`Denied`].
    pub fn department(&self) -> Result<&str, Denied> {
        match self {
            Caller::Staff(staff) if staff.grant.role == Role::Department => {
                staff.grant.organisation.as_deref().ok_or(Denied::Organisation)
            }
            _ => Err(Denied::Role),
        }
    }
}
