//! Figures for persons and for scripts.

mod json;
mod text;

pub(super) use text::size;

#[cfg(test)]
mod tests;
