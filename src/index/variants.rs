//! Names as they are written in more than one way: every spelling of a name is put into the index.

use super::alphabet::{Alphabet, SPACE};
use super::target::Word;
use crate::script;

/// Which spellings of a name count as one: any of the constants, joined by `|`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameVariants {
    /// عبد الله is عبدالله, أبو ظبي is أبوظبي.
    pub(crate) compound: bool,
    /// أبو is أبي and أبا before a word.
    pub(crate) kunya: bool,
    /// ابن is بن between words.
    pub(crate) ibn: bool,
}

impl std::ops::BitOr for NameVariants {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self {
            compound: self.compound || other.compound,
            kunya: self.kunya || other.kunya,
            ibn: self.ibn || other.ibn,
        }
    }
}

impl NameVariants {
    /// Each name as it is written.
    pub const NONE: Self = Self { compound: false, kunya: false, ibn: false };
    /// عبد الله is عبدالله, أبو ظبي is أبوظبي.
    pub const COMPOUND: Self = Self { compound: true, ..Self::NONE };
    /// أبو is أبي and أبا before a word.
    pub const KUNYA: Self = Self { kunya: true, ..Self::NONE };
    /// ابن is بن between words.
    pub const IBN: Self = Self { ibn: true, ..Self::NONE };
    /// All of them.
    pub const ALL: Self = Self { compound: true, kunya: true, ibn: true };

    /// Returns whether there are none.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// The words that variants turn on, in the codes of a dictionary.
#[derive(Debug)]
pub(crate) struct Spellings {
    variants: NameVariants,
    particles: Vec<Vec<u8>>,
    /// أبو, then its other forms.
    kunyas: [Vec<u8>; 3],
    /// بن and ابن.
    sons: [Vec<u8>; 2],
}

/// A name has at most so many spellings; those beyond are left out.
const MOST: usize = 64;
/// A joined word is taken apart where at least so many letters are left.
const SHORTEST_REST: usize = 3;

impl Spellings {
    pub(crate) fn new(variants: NameVariants, alphabet: &Alphabet) -> Self {
        Self {
            variants,
            particles: script::NAME_PARTICLES.iter().map(|word| alphabet.spell(word)).collect(),
            kunyas: ["ابو", "ابي", "ابا"].map(|word| alphabet.spell(word)),
            sons: ["بن", "ابن"].map(|word| alphabet.spell(word)),
        }
    }

    /// Returns the other spellings of a name: all that changes, one after the other, make of it.
    pub(crate) fn of(&self, alphabet: &Alphabet, name: &[u8]) -> Vec<Vec<u8>> {
        if self.variants.is_empty() {
            return Vec::new();
        }
        let mut spellings = vec![name.to_vec()];
        let mut words = Vec::new();
        let mut at = 0;
        while at < spellings.len() {
            alphabet.segment(&spellings[at], &mut words);
            for other in self.rewritings(alphabet, &spellings[at], &words) {
                if spellings.len() < MOST && !spellings.contains(&other) {
                    spellings.push(other);
                }
            }
            at += 1;
        }
        spellings.remove(0);
        spellings
    }

    /// Returns what one change makes of a name.
    fn rewritings(&self, alphabet: &Alphabet, name: &[u8], words: &[Word]) -> Vec<Vec<u8>> {
        let mut others = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let (start, end) = (word.start as usize, word.end as usize);
            let goes_on =
                name.get(end) == Some(&SPACE) && words.get(at + 1).is_some_and(|w| w.start == word.end + 1);
            let written = &name[start..end];
            if self.variants.ibn && goes_on && at > 0 && self.sons.iter().any(|son| son == written) {
                others.extend(self.sons.iter().map(|son| [&name[..start], son, &name[end..]].concat()));
            }
            for cut in 0..=2.min(written.len().saturating_sub(1)) {
                let (clitics, stem) = written.split_at(cut);
                if cut > 0 && !alphabet.are_proclitics(clitics, true) {
                    continue;
                }
                let from = start + cut;
                if self.variants.kunya && goes_on && self.kunyas.iter().any(|kunya| kunya == stem) {
                    let kunyas = self.kunyas.iter();
                    others.extend(kunyas.map(|kunya| [&name[..from], kunya, &name[end..]].concat()));
                }
                if !self.variants.compound {
                    continue;
                }
                if goes_on && self.particles.iter().any(|particle| particle == stem) {
                    others.push([&name[..end], &name[end + 1..]].concat());
                }
                for particle in self.particles.iter().filter(|particle| stem.starts_with(particle)) {
                    let rest = from + particle.len();
                    if alphabet.count(&name[rest..end]) >= SHORTEST_REST {
                        others.push([&name[..rest], &[SPACE], &name[rest..]].concat());
                    }
                }
            }
        }
        others
    }
}
