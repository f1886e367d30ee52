//! What the index and a search say to each other: words of a folded text, and what a hit stands for.

/// A word of a folded text: the codes `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// What a string of codes stands for: a surface, as it is or without the alef of its article.
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
