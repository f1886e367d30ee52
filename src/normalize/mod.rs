//! Normalizing: text in, text out, and where each character came from.

mod align;
mod explain;
mod html_emoji;
mod masks;
mod normalizer;
mod options;
mod report;
mod top_level;
mod trace;
mod utf8;
mod whitespace;

pub use align::{Aligned, Alignment};
pub use explain::Edit;
pub use normalizer::Normalizer;
pub use options::{Emoji, Hashtags, NormalizerOptions};
pub use report::{PropertyCount, TextReport};
pub(crate) use utf8::Outcome;
