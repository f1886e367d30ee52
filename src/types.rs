//! The nouns that travel between the steps of matching.

/// A word of a folded text: the letters `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// What a string of letters stands for: a surface, as it is or without the alef of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target(u32);

impl Target {
    /// There are fewer surfaces than that.
    pub(crate) const MOST: usize = 1 << 28;

    pub(crate) fn new(surface: u32, elided: bool) -> Self {
        Self(surface << 1 | u32::from(elided))
    }
    pub(crate) fn from_number(number: u32) -> Self {
        Self(number)
    }
    pub(crate) fn number(self) -> u32 {
        self.0
    }
    pub(crate) fn surface(self) -> u32 {
        self.0 >> 1
    }
    pub(crate) fn elided(self) -> bool {
        self.0 & 1 != 0
    }
}

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

impl Candidate {
    pub(crate) fn found(&self) -> Found {
        let Self { start, end, prefix_start, suffix_end, entry, .. } = *self;
        Found { start, end, prefix_start, suffix_end, entry }
    }
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
    /// The number of the entry in the gazetteer, counted from 0; those of what rules composed follow.
    pub entry: u32,
}

/// How an entry wants to be matched more strictly than the matcher's options say: any of the constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Care(u8);

impl Care {
    /// Only as it is written: nothing is folded but canonically equivalent spellings.
    pub const EXACT: Self = Self(1);
    /// With the hamzas of its letters: أمل is not امل.
    pub const HAMZA: Self = Self(2);
    /// With the case of its letters.
    pub const CASE: Self = Self(4);
    /// Without clitics in front of it.
    pub const NO_CLITICS: Self = Self(8);

    /// From the sum of the constants; `None` if there are others in it.
    pub fn from_bits(bits: u8) -> Option<Self> {
        (bits < 16).then_some(Self(bits))
    }

    /// The sum of the constants.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether all of `other` is asked for.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Care {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
