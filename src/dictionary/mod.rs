//! Entries and word lists, as they were given.

pub(crate) mod gazetteer;
pub(crate) mod lexicon;
