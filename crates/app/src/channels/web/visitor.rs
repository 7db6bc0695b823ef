//! Who does something that has a limit: from which address, by which device, and whether they waited their turn.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Address;
use super::caller::bearer;
use super::device::Device;
use super::wait::Turn;
use crate::app::App;
use crate::channels::Web;
use crate::wechat;

/// A visitor without an account.
#[derive(Debug)]
pub struct Visitor {
    /// The address.
    pub address: Address,
    /// What their device is counted by, if it is known: by its cookie, or as the person of a mini-program's session.
    pub device: Option<[u8; 16]>,
    /// The turn that they waited for.
    pub turn: Option<Turn>,
}

impl Visitor {
    /// Of a request.
    #[must_use]
    pub fn of(parts: &Parts, app: &App) -> Self {
        let token = bearer(&parts.headers);
        let session = token.filter(|token| wechat::is_token(token)).and_then(|token| wechat::open(app, token).ok());
        let device = Device::of(&parts.headers, app).map(|device| device.id());
        Visitor {
            address: Address::of(parts, app),
            device: device.or(session.map(|session| session.person)),
            turn: Turn::of(&parts.headers, app),
        }
    }
}

impl FromRequestParts<Arc<Web>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Infallible> {
        Ok(Visitor::of(parts, &web.app))
    }
}
