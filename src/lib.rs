//! Finds the names of a dictionary in Arabic text as people write it, and normalizes Arabic text.
//!
//! A [`Gazetteer`] holds entries: names with aliases, a label, an identifier. A [`Matcher`] compiles it and finds
//! the names where they are vowelled, stretched, spelled with one alef or another, or stand after «و» or «لل».
//! A [`Normalizer`] rewrites text by the same operations, and says where each character came from.
//!
//! ```
//! use kayan::{Clitics, Entry, Gazetteer, Matcher, MatcherOptions, Overlap};
//!
//! let mut gazetteer = Gazetteer::new();
//! gazetteer.add(Entry::new("العراق").label("COUNTRY").id("Q796"))?;
//! gazetteer.add(Entry::new("أبو ظبي").label("CITY").alias("أبوظبي"))?;
//!
//! let options = MatcherOptions::match_profile().overlap(Overlap::Longest).clitics(Clitics::All);
//! let matcher = Matcher::new(&gazetteer, &options)?;
//!
//! let text = "دورٌ للعراق وأبـوظبي";
//! let found = matcher.find(text);
//! assert_eq!(&text[found[0].range()], "لعراق"); // «ل» takes the alef of «ال»
//! assert_eq!(&text[found[0].prefix()], "ل");
//! assert_eq!(matcher.label(found[0].origin), Some("COUNTRY"));
//! assert_eq!(&text[found[1].range()], "أبـوظبي");
//! assert_eq!(matcher.name(found[1].origin), Some("أبو ظبي"));
//! # Ok::<(), kayan::Error>(())
//! ```
//!
//! # Normalizing
//!
//! ```
//! use kayan::{Hamza, Normalizer, NormalizerOptions};
//!
//! let normalizer = Normalizer::new(&NormalizerOptions::search_profile().hamza(Hamza::Drop))?;
//! let text = "مـؤسسة";
//! let aligned = normalizer.align(text);
//! assert_eq!(aligned.text(), "موسسه");
//! let (start, end) = aligned.to_original(0, "مو".len());
//! assert_eq!(&text[start..end], "مـؤ");
//! # Ok::<(), kayan::Error>(())
//! ```
//!
//! # Positions
//!
//! Bytes for a `&str`, so that they slice it; code points for slices of [`CodeUnit`], which the methods with
//! `units` in their names take, and for the columns of [`MatchTable`]. Ends are exclusive.
//!
//! # Options
//!
//! [`MatcherOptions`] and [`NormalizerOptions`] start from a profile and have a typed setter for each option.
//! `profile` and `set` take names, for configurations.
//!
//! # Errors
//!
//! Searching and normalizing never fail. What can be wrong is refused while a matcher or a normalizer is built;
//! [`Error::kind`] tells what it was.
//!
//! # Features
//!
//! - `rayon`, on by default: batches in several threads.
//! - `saving`, on by default: a matcher as bytes, `Matcher::to_bytes`, `from_bytes` and `from_shared`.
//! - `python`: the extension module of the Python package.

#![warn(missing_docs)]
#![deny(rustdoc::broken_intra_doc_links)]
// What only a saved matcher is made from goes unused without it.
#![cfg_attr(not(feature = "saving"), allow(dead_code))]

/// The page of the crate and that of the project: their examples run with those of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../CRATE.md")]
#[doc = include_str!("../README.md")]
struct Pages;

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
pub use error::{Error, ErrorKind};
pub use fold::options::{Dagger, Digits, FormMarks, Hamza, MarkClasses, Runs, Tatweel, Zwnj};
pub use index::variants::NameVariants;
pub use normalize::{
    Aligned, Alignment, Edit, Emoji, Hashtags, Normalizer, NormalizerOptions, PropertyCount, TextReport,
};
pub use options::OptionValue;
#[cfg(feature = "saving")]
#[doc(hidden)]
pub use saved::repair;
pub use search::candidate::{EntryId, Match, Origin, RuleId};
pub use search::options::{
    Boundary, Clitics, Duplicates, EngineChoice, MatcherOptions, Overlap, Whitespace, WordSet,
};
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
