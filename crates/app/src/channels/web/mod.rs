//! What all channels share of HTTP: who calls, in which language, once or again, cookies, the headers that protect pages, and
//! how a failure looks.

pub mod address;
pub mod asked;
pub mod body;
pub mod caller;
pub mod compress;
pub mod cookie;
pub mod csrf;
pub mod device;
pub mod etag;
pub mod headers;
pub mod kiosk_post;
pub mod language;
pub mod mark;
pub mod missing;
pub mod no_such_method;
pub mod once_key;
pub mod pace;
pub mod problem;
pub mod sealed;
pub mod traveller_session;
pub mod visitor;
pub mod wait;
pub mod wechat_session;

pub use address::Address;
pub use asked::{Asked, Named};
pub use body::{Body, Csv};
pub use caller::{Machine, SignedIn};
pub use csrf::OwnSite;
pub use kiosk_post::KioskPost;
pub use language::Language;
pub use once_key::OnceKey;
pub use problem::Problem;
pub use traveller_session::TravellerSession;
pub use visitor::Visitor;
pub use wechat_session::WechatSession;
