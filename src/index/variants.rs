//! Names as they are written in more than one way: every spelling of a name is put into the index.

use super::alphabet::{Alphabet, SPACE};
use super::target::Word;
use crate::script;

/// Which spellings of a name count as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NameVariants {
    /// عبد الله is عبدالله, أبو ظبي is أبوظبي.
    pub(crate) compound: bool,
    /// أبو is أبي and أبا before a word.
    pub(crate) kunya: bool,
    /// ابن is بن between words.
    pub(crate) ibn: bool,
}

impl NameVariants {
    /// Returns whether there are any.
    pub(crate) fn is_empty(self) -> bool {
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

impl Spellings {
    pub(crate) fn new(variants: NameVariants, alphabet: &Alphabet) -> Self {
        Self {
            variants,
            particles: script::NAME_PARTICLES.iter().map(|word| alphabet.spell(word)).collect(),
            kunyas: ["ابو", "ابي", "ابا"].map(|word| alphabet.spell(word)),
            sons: ["بن", "ابن"].map(|word| alphabet.spell(word)),
        }
    }

    /// Returns the other spellings of a name whose words are these.
    pub(crate) fn of(&self, alphabet: &Alphabet, name: &[u8], words: &[Word]) -> Vec<Vec<u8>> {
        if self.variants.is_empty() {
            return Vec::new();
        }
        let mut spellings: Vec<Vec<u8>> = vec![Vec::new()];
        let mut read = 0;
        for (at, word) in words.iter().enumerate() {
            let (start, end) = (word.start as usize, word.end as usize);
            let goes_on =
                name.get(end) == Some(&SPACE) && words.get(at + 1).is_some_and(|w| w.start == word.end + 1);
            // With the blank after it, which a spelling may leave out.
            let part = start..end + usize::from(goes_on);
            let ways = self.ways(alphabet, &name[part.clone()], goes_on, at == 0);
            let mut longer = Vec::with_capacity(spellings.len() * ways.len());
            for spelling in &spellings {
                for way in ways.iter().take(MOST / spellings.len().max(1)) {
                    longer.push([spelling, &name[read..start], way].concat());
                }
            }
            spellings = longer;
            read = part.end;
        }
        spellings.iter_mut().for_each(|spelling| spelling.extend_from_slice(&name[read..]));
        spellings.retain(|spelling| spelling != name);
        spellings
    }

    /// Returns the ways to write a word with the blank after it, the given one first.
    fn ways(&self, alphabet: &Alphabet, part: &[u8], goes_on: bool, is_first: bool) -> Vec<Vec<u8>> {
        let mut ways = vec![part.to_vec()];
        let word = &part[..part.len() - usize::from(goes_on)];
        let blank = &part[word.len()..];
        if self.variants.ibn && goes_on && !is_first && self.sons.iter().any(|son| son == word) {
            ways.extend(self.sons.iter().filter(|son| *son != word).map(|son| [son, blank].concat()));
        }
        for cut in 0..=2.min(word.len()) {
            let (clitics, stem) = word.split_at(cut);
            if cut > 0 && !alphabet.are_proclitics(clitics, true) {
                continue;
            }
            let is_kunya = |word: &[u8]| self.kunyas.iter().any(|kunya| kunya == word);
            if goes_on {
                if self.variants.kunya && is_kunya(stem) {
                    let others = self.kunyas.iter().filter(|kunya| *kunya != stem);
                    ways.extend(others.map(|kunya| [clitics, kunya, blank].concat()));
                }
                if self.variants.compound && self.particles.iter().any(|particle| particle == stem) {
                    let kunya = self.variants.kunya && is_kunya(stem);
                    ways.push([clitics, if kunya { &self.kunyas[0] } else { stem }].concat());
                }
            }
            if !self.variants.compound {
                continue;
            }
            for particle in &self.particles {
                let Some(rest) = stem.strip_prefix(particle.as_slice()).filter(|rest| !rest.is_empty())
                else {
                    continue;
                };
                let forms = match (self.variants.kunya, self.kunyas.iter().position(|k| k == particle)) {
                    (true, Some(0)) => &self.kunyas[..],
                    // Apart it would be another name.
                    (true, Some(_)) => continue,
                    _ => std::slice::from_ref(particle),
                };
                ways.extend(forms.iter().map(|form| [clitics, form, &[SPACE], rest, blank].concat()));
            }
        }
        ways.sort_unstable();
        ways.dedup();
        ways
    }
}
