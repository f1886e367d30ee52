//! The alphabet of a dictionary: a code of one byte for each letter that its names are made of.
//!
//! All other characters share a few codes that say only whether they belong to words and to which script. A
//! dictionary with more different letters than there are codes spells the rarer ones with four bytes, a lead
//! and three trails, so that no match can start or end inside one.

use std::sync::Arc;

use foldhash::HashMap;

use crate::fold::{Fold, FoldOptions, PLANE};
use crate::script;

/// Code 0 is never a letter: short words are padded with it.
pub(crate) const SPACE: u8 = 1;
/// White space with a line break, where that is not a blank.
pub(crate) const LINE: u8 = 2;
/// White space with an empty line.
pub(crate) const PARAGRAPH: u8 = 3;
/// Characters that are not in the dictionary, by class.
const OTHER_ARABIC: u8 = 4;
/// A Latin letter, or a digit of any script.
const OTHER_LATIN: u8 = 5;
const OTHER_WORD: u8 = 6;
const OTHER: u8 = 7;
const OTHER_ARABIC_MARK: u8 = 8;
const OTHER_MARK: u8 = 9;
/// Leads of the letters that are spelled with four bytes, in the order of the classes above.
const LEADS: [u8; 6] = [10, 11, 12, 13, 14, 15];
const FIRST_TRAIL: u8 = 16;
const TRAILS: u8 = 64;
const FIRST_LETTER: u8 = FIRST_TRAIL + TRAILS;

/// What kind of word a code belongs to, in the low bits of its class: none if 0. A word ends between two
/// kinds without a bit in common: between Arabic and Latin letters, and between Arabic letters and digits.
pub(crate) const ARABIC: u8 = 1;
pub(crate) const LATIN: u8 = 2;
pub(crate) const ANY_WORD: u8 = 3;
/// The code is not the first of its letter.
const TRAIL: u8 = 4;
/// A mark, which belongs to the letter before it.
const MARK: u8 = 8;
/// A mark that does not count at the end of a name.
const LOOKED_OVER: u8 = 16;

/// What a character becomes: a code, and what the loop over a text has to know of it.
pub(crate) type Cell = u16;
/// Two bits: the kind of word that the code belongs to, [`ARABIC`] and [`LATIN`].
pub(crate) const KIND_BIT: u32 = 8;
pub(crate) const KEPT_BIT: u32 = 10;
pub(crate) const KEPT: Cell = 1 << KEPT_BIT;
/// The cell of a character that goes.
const DROPPED: Cell = 0;
/// White space that ends a line.
pub(crate) const BREAKS: Cell = 1 << 11;
/// A mark, or not the first code of a letter: where its word ends takes a look around.
pub(crate) const CLINGS: Cell = 1 << 12;
/// White space.
pub(crate) const BLANK: Cell = 1 << 13;
/// A mark that only other marks of its letter can move; it comes with [`STOP`].
pub(crate) const ALONE: Cell = 1 << 14;
/// The character is not one code by itself.
pub(crate) const STOP: Cell = 1 << 15;

/// Letters that every alphabet has: the rules for clitics, articles and names are written in them.
const ALWAYS: &str = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچڤکگھۀہۂۃیےۓە0123456789-\"";

/// A folded character.
type Letter = u32;

/// The codes of the letters of one dictionary, composed with the fold of its names.
pub(crate) struct Alphabet {
    pub(crate) fold: Arc<Fold>,
    /// Whether a word ends where Arabic letters meet Latin ones or digits.
    script_boundary: bool,
    /// Whether a line break in a name is a blank like any other.
    pub(crate) any_whitespace: bool,
    /// What each character of the Basic Multilingual Plane becomes.
    pub(crate) cells: Box<[Cell; PLANE]>,
    classes: [u8; 256],
    singles: HashMap<Letter, u8>,
    spelled: HashMap<Letter, u32>,
    pub(crate) conjunctions: [u8; 2],
    pub(crate) prepositions: [u8; 3],
    /// «ا» and «ل».
    pub(crate) article: [u8; 2],
}

impl Alphabet {
    /// Makes the alphabet of names that consist of these letters, folded, the most frequent first. What names
    /// of more letters than there are codes are made of last takes four codes a letter.
    pub(crate) fn new(
        options: &FoldOptions,
        script_boundary: bool,
        any_whitespace: bool,
        letters: impl FnOnce(&Fold) -> Vec<Letter>,
    ) -> Self {
        let fold = Fold::shared(options);
        let letters = letters(&fold);
        let mut alphabet = Self {
            fold,
            script_boundary,
            any_whitespace,
            cells: vec![0; PLANE].try_into().unwrap_or_else(|_| unreachable!("it has this length")),
            classes: [0; 256],
            singles: HashMap::default(),
            spelled: HashMap::default(),
            conjunctions: [0; 2],
            prepositions: [0; 3],
            article: [0; 2],
        };
        let others = [
            ARABIC,
            LATIN,
            ANY_WORD,
            0,
            MARK,
            if alphabet.looks_over_marks() { MARK | LOOKED_OVER } else { MARK },
        ];
        for (other, class) in (OTHER_ARABIC..).zip(others) {
            alphabet.classes[usize::from(other)] = class;
            alphabet.classes[usize::from(LEADS[usize::from(other - OTHER_ARABIC)])] = class;
        }
        alphabet.classes[usize::from(FIRST_TRAIL)..usize::from(FIRST_LETTER)].fill(TRAIL);
        // U+0640 ARABIC TATWEEL
        for c in ALWAYS.chars().chain(['\u{640}']) {
            let mut folded = Vec::new();
            alphabet.fold.alone(c as u32, |letter| folded.push(letter));
            folded.into_iter().for_each(|letter| alphabet.admit(letter));
        }
        letters.into_iter().for_each(|letter| alphabet.admit(letter));
        alphabet.conjunctions = script::CONJUNCTIONS.map(|letter| alphabet.code(letter));
        alphabet.prepositions = script::PREPOSITIONS.map(|letter| alphabet.code(letter));
        alphabet.article = [script::ALEF, script::LAM].map(|letter| alphabet.code(letter));
        alphabet.fill_cells();
        alphabet
    }

    /// Returns the letters that have codes, in the order of those.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        let mut letters: Vec<(u32, Letter)> =
            self.singles.iter().map(|(&letter, &code)| (u32::from(code), letter)).collect();
        letters.extend(self.spelled.iter().map(|(&letter, &number)| (256 + number, letter)));
        letters.sort_unstable();
        letters.into_iter().map(|(_, letter)| letter).collect()
    }

    fn admit(&mut self, letter: Letter) {
        let known = self.singles.contains_key(&letter) || self.spelled.contains_key(&letter);
        if known || script::is_space(letter) {
            return;
        }
        if let Ok(code) = u8::try_from(usize::from(FIRST_LETTER) + self.singles.len()) {
            self.classes[usize::from(code)] = self.class_of(letter);
            self.singles.insert(letter, code);
        } else {
            self.spelled.insert(letter, self.spelled.len() as u32);
        }
    }

    /// Composes the fold with the codes.
    fn fill_cells(&mut self) {
        let mut by_letter = vec![self.cell_of(OTHER); PLANE];
        let mut fill = |ranges: &[(u32, u32)], code: u8| {
            for &(start, end) in ranges.iter().filter(|(start, _)| *start < PLANE as u32) {
                by_letter[start as usize..=(end as usize).min(PLANE - 1)].fill(self.cell_of(code));
            }
        };
        fill(script::WORDS, OTHER_WORD);
        fill(script::LATIN_LETTERS, OTHER_LATIN);
        fill(script::MARKS, OTHER_MARK);
        for cp in (0x600..0x900).chain(script::digit_zeros().flat_map(|zero| zero..zero + 10)) {
            if let Some(cell) = by_letter.get_mut(cp as usize) {
                *cell = self.cell_of(self.other_code(cp));
            }
        }
        for joiner in [script::ZERO_WIDTH_NON_JOINER, script::ZERO_WIDTH_JOINER] {
            by_letter[joiner as usize] = self.cell_of(self.other_code(joiner));
        }
        for (&letter, &code) in self.singles.iter().filter(|(letter, _)| **letter < PLANE as u32) {
            by_letter[letter as usize] = self.cell_of(code);
        }
        for &letter in self.spelled.keys().filter(|letter| **letter < PLANE as u32) {
            by_letter[letter as usize] = STOP;
        }
        for space in (0..PLANE as u32).filter(|&cp| script::is_space(cp)) {
            by_letter[space as usize] = self.cell_of(Self::space(space));
        }
        for (cp, cell) in (0_u32..).zip(self.cells.iter_mut()) {
            let rule = self.fold.plain(cp);
            *cell = match (rule.is_plain(), rule.keeps()) {
                (false, _) if rule.reorders_only() => by_letter[cp as usize] | ALONE | STOP,
                (false, _) => STOP,
                (true, false) => DROPPED,
                (true, true) => by_letter[usize::from(rule.result())],
            };
        }
    }

    fn space(letter: Letter) -> u8 {
        if script::is_line_break(letter) {
            LINE
        } else {
            SPACE
        }
    }

    /// Returns the cell of a code.
    pub(crate) fn cell_of(&self, code: u8) -> Cell {
        let class = self.classes[usize::from(code)];
        let clings = if class & (MARK | TRAIL) != 0 { CLINGS } else { 0 };
        let blank = match code {
            SPACE => BLANK,
            LINE | PARAGRAPH => BLANK | BREAKS,
            _ => 0,
        };
        Cell::from(code) | KEPT | blank | clings | Cell::from(self.kind(class)) << KIND_BIT
    }

    /// Returns the cell of a character.
    #[inline]
    pub(crate) fn cell_at(&self, cp: u32) -> Cell {
        if cp <= 0xFFFF {
            self.cells[cp as usize & (PLANE - 1)]
        } else {
            self.wide_cell(cp)
        }
    }

    /// Returns the cell of a character beyond the Basic Multilingual Plane.
    #[cold]
    pub(crate) fn wide_cell(&self, cp: u32) -> Cell {
        // Emoji, the most frequent of these by far, fold to nothing else.
        let is_own = || self.singles.contains_key(&cp) || self.spelled.contains_key(&cp);
        let is_plain = matches!(cp, 0x1_F300..=0x1_FAFF) && self.fold.astral_is_plain(cp) && !is_own();
        if is_plain {
            self.cell_of(OTHER)
        } else {
            STOP
        }
    }

    /// Calls `push` with the codes of a letter.
    pub(crate) fn codes_of(&self, letter: Letter, mut push: impl FnMut(u8)) {
        if script::is_space(letter) {
            push(Self::space(letter));
        } else if let Some(code) = self.singles.get(&letter) {
            push(*code);
        } else if let Some(number) = self.spelled.get(&letter) {
            push(LEADS[usize::from(self.other_code(letter) - OTHER_ARABIC)]);
            for shift in [12, 6, 0] {
                push(FIRST_TRAIL + (number >> shift & u32::from(TRAILS - 1)) as u8);
            }
        } else {
            push(self.other_code(letter));
        }
    }

    /// Returns the kind of word that a class belongs to, as far as its borders go.
    fn kind(&self, class: u8) -> u8 {
        match class & ANY_WORD {
            0 => 0,
            kind if self.script_boundary => kind,
            _ => ANY_WORD,
        }
    }

    /// Returns whether a mark that stays does not count at the end of a name. Where marks are folded, those
    /// of other scripts don't; a joiner never does.
    fn looks_over(&self, mark: Letter) -> bool {
        matches!(mark, script::ZERO_WIDTH_NON_JOINER | script::ZERO_WIDTH_JOINER)
            || (self.looks_over_marks() && !script::is_arabic_mark(mark))
    }

    fn looks_over_marks(&self) -> bool {
        !self.fold.options().diacritics.is_empty()
    }

    fn class_of(&self, letter: Letter) -> u8 {
        if script::extends_letter(letter) {
            return if self.looks_over(letter) { MARK | LOOKED_OVER } else { MARK };
        }
        if !script::is_word(letter) {
            return 0;
        }
        if script::is_latin_letter(letter) || script::decimal_digit(letter).is_some() {
            LATIN
        } else if script::is_arabic_script(letter) {
            ARABIC
        } else {
            ANY_WORD
        }
    }

    fn other_code(&self, letter: Letter) -> u8 {
        match self.class_of(letter) {
            MARK => OTHER_ARABIC_MARK,
            class if class & MARK != 0 => OTHER_MARK,
            ARABIC => OTHER_ARABIC,
            LATIN => OTHER_LATIN,
            ANY_WORD => OTHER_WORD,
            _ => OTHER,
        }
    }

    /// Returns the code of a letter that every alphabet has.
    pub(crate) fn code(&self, letter: Letter) -> u8 {
        self.singles.get(&letter).copied().unwrap_or(OTHER)
    }

    /// Returns whether a code stands for any of several characters.
    pub(crate) fn is_shared(code: u8) -> bool {
        (OTHER_ARABIC..FIRST_TRAIL).contains(&code)
    }

    /// Returns whether a code is that of a mark.
    pub(crate) fn is_mark(&self, code: u8) -> bool {
        self.classes[usize::from(code)] & MARK != 0
    }

    /// Returns whether a code is that of a mark which does not count at the end of a name.
    pub(crate) fn is_looked_over(&self, code: u8) -> bool {
        self.classes[usize::from(code)] & LOOKED_OVER != 0
    }

    /// Returns whether a code is not the first of its letter.
    pub(crate) fn is_trail(&self, code: u8) -> bool {
        self.classes[usize::from(code)] & TRAIL != 0
    }

    /// Returns the kind of word that a code belongs to; two kinds without a bit in common are two words.
    pub(crate) fn kind_of(&self, code: u8) -> u8 {
        self.kind(self.classes[usize::from(code)])
    }

    /// Returns whether these letters are a conjunction, a preposition or both, in this order.
    pub(crate) fn are_proclitics(&self, codes: &[u8], with_kaf: bool) -> bool {
        let prepositions = if with_kaf { &self.prepositions[..] } else { &self.prepositions[..2] };
        match codes {
            [one] => self.conjunctions.contains(one) || prepositions.contains(one),
            [first, second] => self.conjunctions.contains(first) && prepositions.contains(second),
            _ => false,
        }
    }

    /// Returns how many letters these codes spell.
    pub(crate) fn count(&self, codes: &[u8]) -> usize {
        codes.iter().filter(|&&code| !self.is_trail(code)).count()
    }

    /// Returns whether a code stands for several characters, none of which a name of the dictionary has.
    pub(crate) fn is_unlisted(code: u8) -> bool {
        (OTHER_ARABIC..=OTHER_MARK).contains(&code) && code != OTHER
    }

    /// Returns whether a code is white space.
    pub(crate) fn is_space(code: u8) -> bool {
        code <= PARAGRAPH
    }

    /// Returns whether a code is white space that a name may go on after.
    pub(crate) fn is_blank(code: u8) -> bool {
        code == SPACE
    }

    /// Returns the codes without white space around them.
    pub(crate) fn trimmed(codes: &[u8]) -> &[u8] {
        let start = codes.iter().take_while(|&&code| Self::is_space(code)).count();
        let end = codes.iter().rposition(|&code| !Self::is_space(code)).map_or(start, |last| last + 1);
        &codes[start..end]
    }

    /// Returns what is left after a «ل» of a word with the article: ل + ال is written لل, and ل + الل too.
    pub(crate) fn without_alef<'a>(&self, word: &'a [u8]) -> Option<&'a [u8]> {
        let [alef, lam] = self.article;
        let rest = word.strip_prefix(&[alef]).filter(|rest| rest.first() == Some(&lam))?;
        Some(if rest.get(1) == Some(&lam) { &rest[1..] } else { rest })
    }

    /// Returns whether these codes spell Arabic letters only.
    pub(crate) fn is_arabic_word(&self, codes: &[u8]) -> bool {
        let is_arabic = |class: u8| class & TRAIL != 0 || class & ANY_WORD == ARABIC;
        codes.iter().all(|&code| is_arabic(self.classes[usize::from(code)]))
    }

    /// Returns whether a code is that of an Arabic letter.
    pub(crate) fn is_arabic(&self, code: u8) -> bool {
        self.classes[usize::from(code)] & ANY_WORD == ARABIC
    }

    /// Returns whether a run of this code may be shortened.
    pub(crate) fn is_elongated(&self) -> Box<[bool; 256]> {
        let mut codes = Box::new([false; 256]);
        for letter in (0x621..=0x64A).filter(|&letter| crate::fold::run::is_elongated(letter)) {
            if let Some(&code) = self.singles.get(&letter) {
                codes[usize::from(code)] = true;
            }
        }
        codes
    }

    /// Returns whether a string folds to these codes, by its UTF-8; `None` if only folding it can tell.
    ///
    /// Bytes that are not UTF-8 fold to something or other.
    #[inline]
    pub(crate) fn folds_to(&self, text: &[u8], codes: &[u8]) -> Option<bool> {
        if self.fold.options().elongation.is_some() {
            return None;
        }
        let (mut rest, mut codes) = (text, codes.iter());
        let mut space = true;
        while let Some((cp, after)) = decoded(rest) {
            rest = after;
            let cell = self.cells[cp as usize & (PLANE - 1)];
            // A run of white space, or white space at an end, is not comparable here.
            let is_space = cell & BLANK != 0;
            if cp > 0xFFFF || cell & STOP != 0 || (is_space && (space || codes.len() == 0)) {
                return None;
            }
            if cell & KEPT != 0 {
                space = is_space;
                let code = if is_space && self.any_whitespace { SPACE } else { cell as u8 };
                if codes.next() != Some(&code) {
                    // A mark that follows may change the letter.
                    return self.is_simple(rest).then_some(false);
                }
            }
        }
        Some(codes.len() == 0)
    }

    /// Returns whether each character of this UTF-8 is one code or none by itself.
    fn is_simple(&self, text: &[u8]) -> bool {
        let mut rest = text;
        while let Some((cp, after)) = decoded(rest) {
            if cp > 0xFFFF || self.cells[cp as usize & (PLANE - 1)] & STOP != 0 {
                return false;
            }
            rest = after;
        }
        true
    }

    /// Returns the memory of the tables, in bytes.
    pub(crate) fn memory_usage(&self) -> usize {
        self.cells.len() * 2 + self.fold.memory_usage() + (self.singles.len() + self.spelled.len()) * 16
    }
}

/// Returns the first code point of UTF-8, and the bytes after it.
#[inline]
fn decoded(text: &[u8]) -> Option<(u32, &[u8])> {
    let trail = |byte: u8| u32::from(byte & 0x3F);
    Some(match *text {
        [a, ref rest @ ..] if a < 0x80 => (u32::from(a), rest),
        [a, b, ref rest @ ..] if a < 0xE0 => (u32::from(a & 0x1F) << 6 | trail(b), rest),
        [a, b, c, ref rest @ ..] if a < 0xF0 => (u32::from(a & 0xF) << 12 | trail(b) << 6 | trail(c), rest),
        [_, _, _, _, ref rest @ ..] => (0x1_0000, rest),
        _ => return None,
    })
}

impl std::fmt::Debug for Alphabet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letters = self.singles.len() + self.spelled.len();
        f.debug_struct("Alphabet").field("letters", &letters).finish_non_exhaustive()
    }
}
