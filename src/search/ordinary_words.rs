//! Words of the texts that are not read as a clitic and a name.

use foldhash::HashMap;

/// Words that stand by themselves in the texts, with how often they do: one that is more frequent than the name
/// that it would hold after a clitic is read as a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct CommonWords {
    pub(crate) counts: Counts,
}

/// How often each word, by its letters, was seen.
pub(crate) type Counts = HashMap<Box<[u8]>, u32>;

impl CommonWords {
    /// Minimum count for a word to count as ordinary.
    const AT_LEAST: u32 = 5;

    /// The count of a word that is known to be ordinary, whatever the name.
    pub(crate) const ALWAYS: u32 = u32::MAX;

    /// Returns whether a word is one of the listed common words, or was seen often.
    pub(crate) fn is_frequent(&self, word: &[u8]) -> bool {
        self.counts.get(word).is_some_and(|&count| count >= Self::AT_LEAST)
    }

    /// Returns whether a word is likelier an ordinary word than a clitic and a name.
    pub(crate) fn is_ordinary(&self, word: &[u8], name: &[u8]) -> bool {
        let count = |word: &[u8]| self.counts.get(word).copied().unwrap_or(0);
        match count(word) {
            Self::ALWAYS => true,
            often => often >= Self::AT_LEAST && u64::from(often) > 2 * u64::from(count(name)),
        }
    }
}
