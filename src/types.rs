//! The nouns that travel between the steps of matching.

/// A hit of the engine: the letters `start..end` of a folded text spell a surface of the dictionary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The number of the surface.
    pub(crate) surface: u32,
    /// The surface stands without the alef of its article, which a «ل» in front has swallowed.
    pub(crate) elided: bool,
}

/// A hit that the rules for words, clitics and guard words accept. Positions are code points of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Where the clitics in front of the span begin; `start` if there are none.
    pub(crate) prefix_start: u32,
    /// Where the pronoun attached to the span ends; `end` if there is none.
    pub(crate) suffix_end: u32,
    /// Letters of clitics in front of the span.
    pub(crate) residue: u32,
    pub(crate) surface: u32,
    pub(crate) entry: u32,
    pub(crate) priority: i32,
}

/// A match: a span of the original text and the entry that it names.
///
/// The unit of the positions is that of the call which gave it: bytes for `&str`, code points for slices of
/// [`CodeUnit`](crate::CodeUnit). Ends are exclusive. Clitics are not part of the span: the text between
/// `prefix_start` and `start` holds those in front, the text between `end` and `suffix_end` those behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where the span starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Where the clitics in front of it begin.
    pub prefix_start: u32,
    /// Where the clitics behind it end.
    pub suffix_end: u32,
    /// The number of the entry in the gazetteer, counted from 0.
    pub entry: u32,
}
