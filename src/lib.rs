#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![deny(rustdoc::broken_intra_doc_links)]

#[cfg(feature = "python")]
extern crate self as kayan;

mod accept;
mod array;
mod batch;
mod compose;
mod engine;
mod error;
mod evidence;
mod gazetteer;
mod letters;
mod lexicon;
mod mapped;
mod matcher;
mod matcher_options;
mod normalize;
mod overlap;
mod parallel;
mod saved;
mod script;
mod text;
mod types;
mod value;
mod words;

pub use batch::{MatchTable, NormalizedPart, NormalizedRow, StringColumn, Text};
pub use error::Error;
pub use gazetteer::{Entry, Gazetteer};
pub use matcher::{Considered, LabelSet, Matcher, Scratch, Verdict};
pub use matcher_options::MatcherOptions;
pub use normalize::{Aligned, Alignment, Edit, Normalizer, NormalizerOptions, PropertyCount, TextReport};
pub use text::CodeUnit;
pub use types::{Care, Found};
pub use value::OptionValue;

/// The version of the Unicode Character Database behind all classes and compositions.
pub const UNICODE_VERSION: &str = script::UNICODE_VERSION;

/// Function words that a matcher never takes for a name which folding or clitics made like them.
pub fn guard_words() -> impl Iterator<Item = &'static str> {
    script::GUARD_WORDS.iter().copied()
}

/// Frequent words that a matcher never reads as a clitic and a name, with `background` on.
pub fn frequent_words() -> impl Iterator<Item = &'static str> {
    script::FREQUENT_WORDS.lines()
}

#[cfg(feature = "python")]
mod python;
