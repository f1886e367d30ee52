//! Finding the entries of a gazetteer in a text: one pipeline, from the folded text to the matches.

pub(crate) mod candidate;
mod context;
mod coreference;
mod explain;
mod fuzzy;
mod judge;
mod labels;
mod matcher;
mod name_rules;
mod observer;
pub(crate) mod options;
pub(crate) mod ordinary_words;
mod overlap;
mod spelling;
mod triggers;

pub use explain::{Decision, Verdict};
pub use labels::LabelSet;
pub use matcher::{Matcher, Scratch};
