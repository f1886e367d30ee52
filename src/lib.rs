#![doc = include_str!("../CRATE.md")]
#![warn(missing_docs)]
#![deny(rustdoc::broken_intra_doc_links)]
// What only a saved matcher is made from goes unused without it.
#![cfg_attr(not(feature = "saving"), allow(dead_code))]

#[cfg(feature = "python")]
extern crate self as kayan;

mod array;
mod columns;
mod dictionary;
mod error;
mod fold;
mod index;
mod normalize;
mod options;
#[cfg(feature = "saving")]
mod saved;
mod script;
mod search;
mod text;

pub use columns::{MatchTable, NormalizedPart, NormalizedRow, StringColumn};
pub use dictionary::gazetteer::{Entry, Gazetteer, Strict};
pub use error::Error;
pub use normalize::{Aligned, Alignment, Edit, Normalizer, NormalizerOptions, PropertyCount, TextReport};
pub use options::OptionValue;
pub use search::candidate::{EntryId, Match, Origin, RuleId};
pub use search::options::MatcherOptions;
pub use search::{Decision, LabelSet, Matcher, Scratch, Verdict};
pub use text::{CodeUnit, Text, Units};

/// The version of the Unicode Character Database behind all classes and compositions.
pub const UNICODE_VERSION: &str = script::UNICODE_VERSION;

/// Function words that a matcher never takes for a name which folding or clitics made like them.
pub fn stop_words() -> impl Iterator<Item = &'static str> {
    script::STOP_WORDS.iter().copied()
}

/// Frequent words that a matcher never reads as a clitic and a name, with `common_words` on.
pub fn common_words() -> impl Iterator<Item = &'static str> {
    script::FREQUENT_WORDS.lines()
}

#[cfg(feature = "python")]
mod python;
