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
    /// عز الدين is عزالدين, هبة الله is هبةالله.
    pub(crate) joined: bool,
    /// محمد بن سلمان is محمد سلمان.
    pub(crate) patronymic: bool,
    /// كوفيد 19 is كوفيد19 and كوفيد-19.
    pub(crate) numbers: bool,
}

impl std::ops::BitOr for NameVariants {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self {
            compound: self.compound || other.compound,
            kunya: self.kunya || other.kunya,
            ibn: self.ibn || other.ibn,
            joined: self.joined || other.joined,
            patronymic: self.patronymic || other.patronymic,
            numbers: self.numbers || other.numbers,
        }
    }
}

impl NameVariants {
    /// Each name as it is written.
    pub const NONE: Self =
        Self { compound: false, kunya: false, ibn: false, joined: false, patronymic: false, numbers: false };
    /// عبد الله is عبدالله, أبو ظبي is أبوظبي.
    pub const COMPOUND: Self = Self { compound: true, ..Self::NONE };
    /// أبو is أبي and أبا before a word.
    pub const KUNYA: Self = Self { kunya: true, ..Self::NONE };
    /// ابن is بن between words.
    pub const IBN: Self = Self { ibn: true, ..Self::NONE };
    /// A word and الدين or الله after it are one word or two: عز الدين is عزالدين, هبة الله is هبةالله.
    pub const JOINED: Self = Self { joined: true, ..Self::NONE };
    /// بن, ابن, بنت and ابنة between two words are left out or added: محمد بن سلمان is محمد سلمان. A name of
    /// three words has 25 spellings; the index grows with them.
    pub const PATRONYMIC: Self = Self { patronymic: true, ..Self::NONE };
    /// A number at the start or the end of a name is written together with its word, or after a space or a
    /// hyphen: كوفيد 19 is كوفيد19 and كوفيد-19.
    pub const NUMBERS: Self = Self { numbers: true, ..Self::NONE };
    /// All of them.
    pub const ALL: Self =
        Self { compound: true, kunya: true, ibn: true, joined: true, patronymic: true, numbers: true };

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
    /// What may stand between a name and that of the father, the most frequent first.
    patronymics: [Vec<u8>; 4],
    /// What many write together with the word before it.
    second_parts: [Vec<u8>; 7],
    /// The codes that are digits.
    digits: Box<[bool; 256]>,
    /// What may stand between a word and its number.
    separators: [Vec<u8>; 3],
}

/// A name has at most so many spellings but for those of `patronymic`; those beyond are left out.
const MOST: usize = 64;
/// A name has at most so many spellings; of those of `patronymic` the ones with the fewest changes stay.
const MOST_WITH_PATRONYMICS: usize = 128;
/// A joined word is taken apart where at least so many letters are left.
const SHORTEST_REST: usize = 3;
/// A word before الدين or الله has at least so many letters.
const SHORTEST_FIRST: usize = 2;

impl Spellings {
    pub(crate) fn new(variants: NameVariants, alphabet: &Alphabet) -> Self {
        let mut digits = Box::new([false; 256]);
        for digit in script::digit_zeros().flat_map(|zero| zero..zero + 10) {
            let code = alphabet.code(digit);
            digits[usize::from(code)] = alphabet.kind_of(code) != 0;
        }
        Self {
            variants,
            particles: script::NAME_PARTICLES.iter().map(|word| alphabet.spell(word)).collect(),
            kunyas: ["ابو", "ابي", "ابا"].map(|word| alphabet.spell(word)),
            sons: ["بن", "ابن"].map(|word| alphabet.spell(word)),
            patronymics: ["بن", "ابن", "بنت", "ابنة"].map(|word| alphabet.spell(word)),
            second_parts: ["الدين", "الدین", "ٱلدين", "الله", "اللہ", "اللە", "ٱلله"]
                .map(|word| alphabet.spell(word)),
            digits,
            separators: [Vec::new(), vec![SPACE], alphabet.spell("-")],
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
        if self.variants.patronymic {
            self.add_patronymics(alphabet, &mut spellings);
        }
        spellings.remove(0);
        spellings
    }

    /// Adds the spellings with a patronymic more or less in any of the gaps between words: first those with
    /// «بن» everywhere, then all, each time those with the fewest changes first.
    fn add_patronymics(&self, alphabet: &Alphabet, spellings: &mut Vec<Vec<u8>>) {
        let listed = spellings.len();
        for added in [&self.patronymics[..1], &self.patronymics[..]] {
            // A spelling, and where the gaps begin that are not decided yet.
            let mut level: Vec<(Vec<u8>, usize)> =
                spellings[..listed].iter().map(|name| (name.clone(), 0)).collect();
            while !level.is_empty() {
                let mut next = Vec::new();
                for (name, from) in &level {
                    for (other, decided) in self.with_one_patronymic(alphabet, name, *from, added) {
                        if !spellings.contains(&other) {
                            if spellings.len() == MOST_WITH_PATRONYMICS {
                                return;
                            }
                            spellings.push(other.clone());
                        }
                        next.push((other, decided));
                    }
                }
                level = next;
            }
        }
    }

    /// Returns a name with one patronymic more or less after a word that begins at `from` or later, each with the
    /// place after it.
    fn with_one_patronymic(
        &self,
        alphabet: &Alphabet,
        name: &[u8],
        from: usize,
        added: &[Vec<u8>],
    ) -> Vec<(Vec<u8>, usize)> {
        let mut words = Vec::new();
        alphabet.segment(name, &mut words);
        let written = |word: &Word| &name[word.start as usize..word.end as usize];
        let is_patronymic = |word: &Word| self.patronymics.iter().any(|one| one == written(word));
        let goes_on = |word: &Word, next: &Word| {
            name.get(word.end as usize) == Some(&SPACE) && next.start == word.end + 1
        };
        // A word of the name itself, not of what stands between two.
        let is_own = |word: &Word| alphabet.is_arabic_word(written(word)) && !is_patronymic(word);
        let mut others = Vec::new();
        for (at, pair) in words.windows(2).enumerate() {
            let [left, right] = [pair[0], pair[1]];
            let is_particle = self.particles.iter().any(|particle| particle == written(&left));
            if (left.start as usize) < from || !goes_on(&left, &right) || !is_own(&left) || is_particle {
                continue;
            }
            let behind = left.end as usize + 1;
            if is_patronymic(&right) {
                let third = words.get(at + 2).filter(|third| goes_on(&right, third) && is_own(third));
                if let Some(third) = third {
                    others.push(([&name[..behind], &name[third.start as usize..]].concat(), behind));
                }
            } else if is_own(&right) && !self.second_parts.iter().any(|part| part == written(&right)) {
                others.extend(added.iter().map(|one| {
                    ([&name[..behind], one, &[SPACE], &name[behind..]].concat(), behind + one.len() + 1)
                }));
            }
        }
        others
    }

    /// Returns the name with its last and its first number written in each way.
    fn number_rewritings(&self, alphabet: &Alphabet, name: &[u8]) -> Vec<Vec<u8>> {
        let is_digit = |code: &u8| self.digits[usize::from(*code)];
        let is_letter = |code: Option<&u8>| {
            code.is_some_and(|code| alphabet.kind_of(*code) != 0 && !self.digits[usize::from(*code)])
        };
        let separators = || self.separators.iter().rev().filter(|one| !one.is_empty());
        let mut others = Vec::new();
        let (before, number) =
            name.split_at(name.iter().rposition(|code| !is_digit(code)).map_or(0, |at| at + 1));
        let word = separators().find_map(|one| before.strip_suffix(&one[..])).unwrap_or(before);
        if !number.is_empty() && is_letter(word.iter().rev().find(|&&code| !alphabet.is_trail(code))) {
            others.extend(self.separators.iter().map(|one| [word, one, number].concat()));
        }
        let (number, after) = name.split_at(name.iter().take_while(|code| is_digit(code)).count());
        let word = separators().find_map(|one| after.strip_prefix(&one[..])).unwrap_or(after);
        if !number.is_empty() && is_letter(word.first()) {
            others.extend(self.separators.iter().map(|one| [number, one, word].concat()));
        }
        others
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
            if self.variants.joined {
                let is_first = |codes: &[u8]| {
                    alphabet.count(codes) >= SHORTEST_FIRST && !alphabet.are_proclitics(codes, true)
                };
                if goes_on && is_first(written) {
                    let next = &name[end + 1..words[at + 1].end as usize];
                    if self.second_parts.iter().any(|part| part == next) {
                        others.push([&name[..end], &name[end + 1..]].concat());
                    }
                }
                let part = self.second_parts.iter().find(|part| written.ends_with(part));
                if let Some(first) = part.and_then(|part| written.strip_suffix(&part[..])) {
                    if is_first(first) {
                        let cut = start + first.len();
                        others.push([&name[..cut], &[SPACE], &name[cut..]].concat());
                    }
                }
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
        if self.variants.numbers {
            others.extend(self.number_rewritings(alphabet, name));
        }
        others
    }
}
