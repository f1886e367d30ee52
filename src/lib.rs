#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![deny(rustdoc::broken_intra_doc_links)]

mod error;
mod normalize;
mod script;
mod text;

pub use error::Error;
pub use normalize::{Aligned, Alignment, Normalizer, NormalizerOptions, OptionValue};
pub use text::CodeUnit;

/// The version of the Unicode Character Database behind all classes and compositions.
pub const UNICODE_VERSION: &str = script::UNICODE_VERSION;
