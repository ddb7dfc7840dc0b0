//! What a person's screen asks and hears: one [`Desk`] for the window and the browser, over the same questions,
//! answers and news. It knows neither Tauri nor the listener: what it needs of the program is [`Host`], of the
//! place where the screen is [`Window`].

mod again;
mod answers;
mod ask;
pub mod evidence;
mod exports;
mod host;
pub mod http;
mod news;
pub mod protocol;
mod views;

pub use again::Resend;
pub use answers::actions;
pub use ask::Desk;
pub use host::{FileKind, Host, Later, Window};
