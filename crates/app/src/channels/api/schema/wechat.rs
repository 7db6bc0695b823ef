//! The mini-program's sign-in.

use utoipa::ToSchema;

/// What `wx.login` gave.
#[derive(Debug, ToSchema)]
pub struct WechatSignIn {
    /// The one-time code.
    pub code: String,
}

/// A session.
#[derive(Debug, ToSchema)]
pub struct WechatSession {
    /// For `Authorization: Bearer TOKEN`.
    pub token: String,
    /// Until when it is good.
    #[schema(format = DateTime)]
    pub expires: String,
}
