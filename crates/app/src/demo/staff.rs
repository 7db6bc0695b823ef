//! The demo's staff: one for each role that has pages, with passwords that everybody may know.

use pratique_core::access::{Grant, Role};

use crate::actions::staff;
use crate::app::App;
use crate::caller::{Caller, Staff};
use crate::failure::Failure;

/// Somebody who can sign in.
#[derive(Debug, Clone, Copy)]
pub struct Somebody {
    /// The name.
    pub name: &'static str,
    /// The role.
    pub role: Role,
    /// The airline, or the department.
    pub organisation: Option<&'static str>,
    /// The password, for the demo alone.
    pub password: &'static str,
    /// Where they begin.
    pub page: &'static str,
}

const fn somebody(
    name: &'static str,
    role: Role,
    organisation: Option<&'static str>,
    password: &'static str,
    page: &'static str,
) -> Somebody {
    Somebody { name, role, organisation, password, page }
}

/// All of them.
pub const STAFF: [Somebody; 14] = [
    somebody("li.na", Role::Officer, None, "demo-officer-li-na", "/checkpoint"),
    somebody("zhang.wei", Role::Officer, None, "demo-officer-zhang-wei", "/checkpoint"),
    somebody("dr.chen", Role::Medical, None, "demo-medical-dr-chen", "/desk"),
    somebody("wang.fang", Role::Supervisor, None, "demo-supervisor-wang", "/supervision"),
    somebody("zhao.lei", Role::Planner, None, "demo-planner-zhao-lei", "/flights"),
    somebody("ca.ops", Role::Airline, Some("CA"), "demo-airline-ca-ops", "/flights"),
    somebody("sun.li", Role::Sampler, None, "demo-sampler-sun-li", "/booth"),
    somebody("tian.yu", Role::Technician, None, "demo-technician-tian", "/laboratory"),
    somebody("ren.jie", Role::Releaser, None, "demo-releaser-ren-jie", "/laboratory"),
    somebody("gao.yan", Role::Releaser, None, "demo-releaser-gao-yan", "/laboratory"),
    somebody("tracing", Role::Department, Some("contact-tracing"), "demo-department-tracing", "/inbox"),
    somebody("quarantine", Role::Department, Some("on-site-quarantine"), "demo-department-quarantine", "/inbox"),
    somebody("district", Role::Department, Some("joint-prevention"), "demo-department-district", "/inbox"),
    somebody("hospital", Role::Department, Some("hospital"), "demo-department-hospital", "/inbox"),
];

impl Somebody {
    fn grant(&self, port: &str) -> Grant {
        Grant { role: self.role, port: port.to_owned(), organisation: self.organisation.map(str::to_owned) }
    }

    /// As a caller of actions.
    #[must_use]
    pub fn caller(&self, port: &str) -> Caller {
        Caller::Staff(Staff { name: self.name.to_owned(), grant: self.grant(port) })
    }
}

/// The officer of a lane: two share them.
#[must_use]
pub fn officer(lane: usize, port: &str) -> Caller {
    STAFF[lane % 2].caller(port)
}

/// The medical officer.
#[must_use]
pub fn medical(port: &str) -> Caller {
    STAFF[2].caller(port)
}

/// The one with this role; the first of several.
#[must_use]
pub fn of(role: Role, port: &str) -> Caller {
    STAFF.iter().find(|somebody| somebody.role == role).unwrap_or(&STAFF[0]).caller(port)
}

/// Whoever answers for a department.
#[must_use]
pub fn department(code: &str, port: &str) -> Option<Caller> {
    let whose = |s: &&Somebody| s.role == Role::Department && s.organisation == Some(code);
    STAFF.iter().find(whose).map(|s| s.caller(port))
}

/// Adds everybody.
///
/// # Errors
/// The store's.
pub async fn add(app: &App, port: &str) -> Result<(), Failure> {
    for somebody in STAFF {
        staff::add(app, &Caller::System("demo"), somebody.name, somebody.grant(port), somebody.password).await?;
    }
    Ok(())
}

/// Adds the demo's kiosk: answers the token with which a browser becomes it.
///
/// # Errors
/// The store's.
pub async fn add_kiosk(app: &App, port: &str) -> Result<String, Failure> {
    let grant = Grant { role: Role::Kiosk, port: port.to_owned(), organisation: None };
    staff::add_with_token(app, &Caller::System("demo"), "demo-kiosk", grant).await
}

/// Adds the demo's program, which may read what a supervisor may: answers its token, new each time and good while the demo runs.
///
/// # Errors
/// The store's.
pub async fn add_program(app: &App, port: &str) -> Result<String, Failure> {
    let grant = Grant { role: Role::Supervisor, port: port.to_owned(), organisation: None };
    staff::add_with_token(app, &Caller::System("demo"), "demo-program", grant).await
}
