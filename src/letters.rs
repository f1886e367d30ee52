//! Folding text into letters of one byte each: the alphabet of a dictionary.
//!
//! Every letter that occurs in the dictionary has a code of its own; all other characters share a few codes
//! that say only whether they belong to words and to which script. A dictionary with more different letters
//! than there are codes spells the rarer ones with four bytes, a lead and three trails, so that no match can
//! start or end inside one.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use crate::matcher_options::LetterFolds;
use crate::script;
use crate::text::CodeUnit;

/// A text as letters, with the position in the original, in code points, that each letter came from.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    pub(crate) codes: Vec<u8>,
    pub(crate) positions: Vec<u32>,
}

impl Folded {
    fn push(&mut self, code: u8, position: u32) {
        self.codes.push(code);
        self.positions.push(position);
    }

    fn truncate(&mut self, len: usize) {
        self.codes.truncate(len);
        self.positions.truncate(len);
    }

    /// Makes each run of white space one code; a line break in it shows.
    fn collapse_spaces(&mut self) {
        let next = self.codes.iter().skip(1);
        let pairs = self.codes.iter().zip(next).map(|(&a, &b)| a.max(b) <= LINE);
        // Without an early exit, so that many pairs are compared at once.
        if !pairs.fold(false, |any, run| any | run) {
            return;
        }
        let mut kept = 0;
        for at in 0..self.codes.len() {
            let code = self.codes[at];
            if kept > 0 && Letters::is_space(code) && Letters::is_space(self.codes[kept - 1]) {
                self.codes[kept - 1] = code.max(self.codes[kept - 1]);
            } else {
                self.codes[kept] = code;
                self.positions[kept] = self.positions[at];
                kept += 1;
            }
        }
        self.truncate(kept);
    }
}

/// Code 0 is never a letter: engines may use it as a terminator.
const SPACE: u8 = 1;
const LINE: u8 = 2;
/// Characters that are not in the dictionary: by class.
const OTHER_ARABIC: u8 = 3;
const OTHER_LATIN: u8 = 4;
const OTHER_WORD: u8 = 5;
const OTHER: u8 = 6;
/// Leads of the letters that are spelled with four bytes, in the order of the classes above.
const LEADS: [u8; 4] = [7, 8, 9, 10];
const FIRST_TRAIL: u8 = 11;
const TRAILS: u8 = 64;
const FIRST_LETTER: u8 = FIRST_TRAIL + TRAILS;

const WORD: u8 = 1;
const ARABIC: u8 = 2;
const LATIN: u8 = 4;
const TRAIL: u8 = 8;

/// What a character becomes: a code below 256, or one of these.
const DROP: u16 = 0x100;
const COMPOSING: u16 = 0x101;
const SEVERAL: u16 = 0x102;

/// Letters that every alphabet has: the rules for clitics, articles and names speak of them, and a letter
/// that composes with a hamza or madda mark must have a code for each of its forms.
const ALWAYS: &str = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچڤکگھۀہۂۃیےۓە0123456789";

/// A character's letters, before the white space is collapsed.
type Letter = u32;

pub(crate) struct Letters {
    folds: LetterFolds,
    /// What each character of the Basic Multilingual Plane becomes.
    rules: Box<[u16; 0x1_0000]>,
    classes: [u8; 256],
    singles: HashMap<Letter, u8>,
    spelled: HashMap<Letter, u32>,
}

impl Letters {
    /// The alphabet of these texts.
    pub(crate) fn new<'a>(folds: LetterFolds, dictionary: impl Iterator<Item = &'a str>) -> Self {
        let characters: BTreeSet<char> = dictionary.flat_map(str::chars).collect();
        let mut letters = Self {
            folds,
            rules: unfolded().clone(),
            classes: [0; 256],
            singles: HashMap::new(),
            spelled: HashMap::new(),
        };
        letters.classes[OTHER_ARABIC as usize] = WORD | ARABIC;
        letters.classes[OTHER_LATIN as usize] = WORD | LATIN;
        letters.classes[OTHER_WORD as usize] = WORD;
        for (lead, class) in LEADS.into_iter().zip([WORD | ARABIC, WORD | LATIN, WORD, 0]) {
            letters.classes[lead as usize] = class;
        }
        for trail in FIRST_TRAIL..FIRST_LETTER {
            letters.classes[trail as usize] = TRAIL;
        }
        // U+0640 ARABIC TATWEEL
        let always = ALWAYS.chars().chain(std::iter::once('\u{640}'));
        for c in always.chain(characters) {
            for letter in letters.letters_of(c as u32) {
                letters.admit(letter);
            }
        }
        let admitted = letters.singles.keys().chain(letters.spelled.keys());
        let own: Vec<u16> = admitted.filter_map(|&letter| u16::try_from(letter).ok()).collect();
        for cp in foldable().iter().copied().chain(own) {
            letters.rules[cp as usize] = letters.rule(u32::from(cp));
        }
        letters
    }

    fn admit(&mut self, letter: Letter) {
        let known = self.singles.contains_key(&letter) || self.spelled.contains_key(&letter);
        if known || script::is_space(letter) {
            return;
        }
        if let Ok(code) = u8::try_from(usize::from(FIRST_LETTER) + self.singles.len()) {
            self.classes[code as usize] = class_of(letter);
            self.singles.insert(letter, code);
        } else {
            self.spelled.insert(letter, self.spelled.len() as u32);
        }
    }

    fn rule(&self, cp: u32) -> u16 {
        if script::is_composing_mark(cp) {
            return COMPOSING;
        }
        let mut letters = self.letters_of(cp);
        match (letters.next(), letters.next()) {
            (None, _) => DROP,
            (Some(letter), None) if script::is_space(letter) => {
                u16::from(if self.breaks_line(letter) { LINE } else { SPACE })
            }
            (Some(letter), None) => match self.singles.get(&letter) {
                Some(code) => u16::from(*code),
                None if self.spelled.contains_key(&letter) => SEVERAL,
                None => u16::from(other_code(letter)),
            },
            _ => SEVERAL,
        }
    }

    fn breaks_line(&self, letter: Letter) -> bool {
        !self.folds.any_whitespace && script::is_line_break(letter)
    }

    /// The letters that a character folds to, white space as it is.
    fn letters_of(&self, cp: u32) -> std::vec::IntoIter<Letter> {
        let folds = &self.folds;
        let mut letters = Vec::new();
        if cp == script::ZERO_WIDTH_NON_JOINER && folds.zwnj_is_space {
            letters.push(' ' as u32);
        } else if script::is_transparent(cp) {
            // Looked through.
        } else if folds.presentation_forms
            && (script::is_presentation_form(cp) || matches!(cp, 0xFF00..=0xFFEF))
        {
            char::from_u32(cp).into_iter().nfkc().for_each(|c| self.fold_letter(c as u32, &mut letters));
        } else {
            self.fold_letter(cp, &mut letters);
        }
        letters.into_iter()
    }

    fn fold_letter(&self, cp: u32, out: &mut Vec<Letter>) {
        let folds = &self.folds;
        if (folds.diacritics && script::is_arabic_script(cp) && script::is_mark(cp))
            || (folds.tatweel && cp == script::TATWEEL)
        {
            return;
        }
        let letter = match char::from_u32(cp) {
            Some('أ' | 'إ' | 'آ' | 'ٱ') if folds.alef => 'ا',
            Some('ى') if folds.alef_maqsura => 'ي',
            Some('ة') if folds.ta_marbuta => 'ه',
            Some('ؤ') if folds.hamza => 'و',
            Some('ئ') if folds.hamza => 'ي',
            Some('ک') if folds.lookalikes => 'ك',
            Some('ی') if folds.lookalikes => 'ي',
            Some('ہ' | 'ھ' | 'ە') if folds.lookalikes => 'ه',
            Some('_') if folds.underscore_is_space => ' ',
            Some(c) => c,
            None => {
                out.push(cp);
                return;
            }
        };
        let letter = match script::decimal_digit(letter as u32) {
            Some(value) if folds.digits => '0' as u32 + value,
            _ => letter as u32,
        };
        if folds.case {
            script::fold_case(letter, |folded| out.push(folded));
        } else {
            out.push(letter);
        }
    }

    /// Folds a text into `out`, whose content is replaced. Linear in the text.
    pub(crate) fn fold<U: CodeUnit>(&self, text: &[U], out: &mut Folded) {
        /// As many characters are folded at a time, in arrays whose size the compiler knows.
        const STEP: usize = 256;
        let mut codes = [0; STEP];
        let mut positions = [0; STEP];
        out.truncate(0);
        let mut at = 0;
        while at < text.len() {
            let step = &text[at..text.len().min(at + STEP)];
            let (mut kept, mut read) = (0, 0);
            for unit in step {
                let rule = self.rule_of(unit.code_point());
                if rule > DROP {
                    break;
                }
                codes[kept % STEP] = rule as u8;
                positions[kept % STEP] = (at + read) as u32;
                kept += usize::from(rule < DROP);
                read += 1;
            }
            out.codes.extend_from_slice(&codes[..kept]);
            out.positions.extend_from_slice(&positions[..kept]);
            at += read;
            if read < step.len() {
                let cp = text[at].code_point();
                if self.rule_of(cp) == COMPOSING {
                    at = self.compose(text, at, out);
                } else {
                    self.push_letters(cp, at as u32, out);
                    at += 1;
                }
            }
        }
        out.collapse_spaces();
        if self.folds.compound || self.folds.kunya || self.folds.ibn {
            self.vary_names(out);
        }
    }

    #[inline]
    fn rule_of(&self, cp: u32) -> u16 {
        if cp <= 0xFFFF {
            self.rules[cp as usize & 0xFFFF]
        } else {
            self.rule(cp)
        }
    }

    fn push_letters(&self, cp: u32, position: u32, out: &mut Folded) {
        for letter in self.letters_of(cp) {
            if script::is_space(letter) {
                out.push(if self.breaks_line(letter) { LINE } else { SPACE }, position);
            } else if let Some(code) = self.singles.get(&letter) {
                out.push(*code, position);
            } else if let Some(number) = self.spelled.get(&letter) {
                out.push(LEADS[usize::from(other_code(letter) - OTHER_ARABIC)], position);
                for shift in [12, 6, 0] {
                    out.push(FIRST_TRAIL + (number >> shift & u32::from(TRAILS - 1)) as u8, position);
                }
            } else {
                out.push(other_code(letter), position);
            }
        }
    }

    /// Folds the run of marks that begins with the composing mark at `at`; gives the end of the run.
    ///
    /// A hamza or madda mark belongs to the letter before it, over other marks, tatweel and characters
    /// without width: so composed and decomposed text fold alike.
    fn compose<U: CodeUnit>(&self, text: &[U], at: usize, out: &mut Folded) -> usize {
        let hangs_on = |cp: u32| script::clings(cp) || script::is_transparent(cp);
        let base_at = text[..at].iter().rposition(|u| !hangs_on(u.code_point()));
        let mut base = base_at.and_then(|b| char::from_u32(text[b].code_point()));
        let mut at = at;
        while let Some(cp) = text.get(at).map(|u| u.code_point()).filter(|&cp| hangs_on(cp)) {
            let composed = base.filter(|_| script::is_composing_mark(cp)).and_then(|base| {
                let base = match base {
                    'ى' if self.folds.alef_maqsura => 'ي',
                    'ی' if self.folds.lookalikes => 'ي',
                    other => other,
                };
                unicode_normalization::char::compose(base, char::from_u32(cp)?)
            });
            if let (Some(letter), Some(base_at)) = (composed, base_at) {
                base = Some(letter);
                let written = out.positions.iter().rposition(|&p| p <= base_at as u32);
                let code = self.letters_of(letter as u32).next().and_then(|l| self.singles.get(&l));
                if let (Some(written), Some(code)) = (written, code) {
                    out.codes[written] = *code;
                }
            } else {
                self.push_letters(cp, at as u32, out);
            }
            at += 1;
        }
        at
    }

    /// Writes variants of compound names in one way: عبد الله as عبدالله, أبي and أبا before a name as أبو,
    /// ابن between names as بن.
    fn vary_names(&self, text: &mut Folded) {
        let code = |letter: u32| self.singles.get(&letter).copied().unwrap_or(OTHER);
        let spell = |word: &str| word.chars().map(|c| code(c as u32)).collect::<Vec<u8>>();
        let particles: Vec<Vec<u8>> = script::NAME_PARTICLES.iter().map(|w| spell(w)).collect();
        let (ibn, abi, aba, abu) = (spell("ابن"), spell("ابي"), spell("ابا"), spell("ابو"));
        let mut dropped = Vec::new();
        let mut start = 0;
        let mut first = true;
        while start < text.codes.len() {
            let word = |at: usize| self.class(&text.codes, at) & WORD != 0;
            if !word(start) {
                start += 1;
                continue;
            }
            let end = (start..text.codes.len()).find(|&at| !word(at)).unwrap_or(text.codes.len());
            let name_follows =
                text.codes.get(end) == Some(&SPACE) && end + 1 < text.codes.len() && word(end + 1);
            if name_follows {
                let token = text.codes[start..end].to_vec();
                if self.folds.ibn && token == ibn && !first {
                    dropped.push(start);
                }
                for cut in 0..=2.min(token.len()) {
                    let (clitics, mut stem) = (&token[..cut], &token[cut..]);
                    if cut > 0 && !self.are_proclitics(clitics, true) {
                        continue;
                    }
                    if self.folds.kunya && (stem == abi || stem == aba) {
                        text.codes[end - 1] = code(script::WAW);
                        stem = &abu;
                    }
                    if self.folds.compound && particles.iter().any(|p| p == stem) {
                        dropped.push(end);
                    }
                }
            }
            first = false;
            start = end;
        }
        dropped.dedup();
        let mut dropped = dropped.into_iter().peekable();
        let mut kept = 0;
        for at in 0..text.codes.len() {
            if dropped.next_if_eq(&at).is_none() {
                text.codes[kept] = text.codes[at];
                text.positions[kept] = text.positions[at];
                kept += 1;
            }
        }
        text.codes.truncate(kept);
        text.positions.truncate(kept);
    }

    /// Whether these letters are a conjunction, a preposition or both, in this order.
    pub(crate) fn are_proclitics(&self, codes: &[u8], with_kaf: bool) -> bool {
        let one_of = |code: u8, letters: &[u32]| letters.iter().any(|l| self.singles.get(l) == Some(&code));
        let prepositions = if with_kaf { &script::PREPOSITIONS[..] } else { &script::PREPOSITIONS[..2] };
        match codes {
            [one] => one_of(*one, &script::CONJUNCTIONS) || one_of(*one, prepositions),
            [first, second] => one_of(*first, &script::CONJUNCTIONS) && one_of(*second, prepositions),
            _ => false,
        }
    }

    /// The code of a letter that every alphabet has.
    pub(crate) fn code(&self, letter: u32) -> u8 {
        self.singles.get(&letter).copied().unwrap_or(OTHER)
    }

    /// How many letters these codes spell.
    pub(crate) fn count(&self, codes: &[u8]) -> usize {
        codes.iter().filter(|&&code| self.classes[code as usize] & TRAIL == 0).count()
    }

    pub(crate) fn is_space(code: u8) -> bool {
        code <= LINE
    }

    /// White space that a name may go on behind.
    pub(crate) fn is_blank(code: u8) -> bool {
        code == SPACE
    }

    /// The codes of a word or several, without white space around them.
    pub(crate) fn spell(&self, words: &str) -> Vec<u8> {
        let mut folded = Folded::default();
        self.fold(&words.trim().chars().map(u32::from).collect::<Vec<u32>>(), &mut folded);
        let mut codes = folded.codes;
        codes.truncate(codes.iter().rposition(|&code| !Self::is_space(code)).map_or(0, |last| last + 1));
        codes.drain(..codes.iter().position(|&code| !Self::is_space(code)).unwrap_or(0));
        codes
    }

    /// What is left behind a «ل» of a word with the article: ل + ال is written لل, and ل + الل too.
    pub(crate) fn without_alef<'a>(&self, word: &'a [u8]) -> Option<&'a [u8]> {
        let lam = self.code(script::LAM);
        let rest = word.strip_prefix(&[self.code(script::ALEF)]).filter(|rest| rest.first() == Some(&lam))?;
        Some(if rest.get(1) == Some(&lam) { &rest[1..] } else { rest })
    }

    /// The class of the letter that the code at `at` belongs to.
    fn class(&self, codes: &[u8], at: usize) -> u8 {
        let class = self.classes[codes[at] as usize];
        if class & TRAIL == 0 {
            return class;
        }
        let lead = codes[..at].iter().rposition(|&code| self.classes[code as usize] & TRAIL == 0);
        lead.map_or(0, |lead| self.classes[codes[lead] as usize])
    }

    /// Whether the code at `at` belongs to a letter or digit.
    pub(crate) fn is_word(&self, codes: &[u8], at: usize) -> bool {
        self.class(codes, at) & WORD != 0
    }

    /// The end of the word that holds the code at `at`; `at` itself where that is no letter.
    #[inline]
    pub(crate) fn word_end(&self, codes: &[u8], at: usize, script_boundary: bool) -> usize {
        let mut before = self.class(codes, at);
        if before & WORD == 0 {
            return at;
        }
        let mut end = at + 1;
        while let Some(&code) = codes.get(end) {
            let class = self.classes[code as usize];
            if class != before && class & TRAIL == 0 {
                if class & WORD == 0 || (script_boundary && is_script_change(before, class)) {
                    break;
                }
                before = class;
            }
            end += 1;
        }
        end
    }

    /// Whether these codes spell Arabic letters only.
    pub(crate) fn is_arabic_word(&self, codes: &[u8]) -> bool {
        codes.iter().all(|&code| self.classes[code as usize] & (ARABIC | TRAIL) != 0)
    }

    pub(crate) fn is_arabic(&self, code: u8) -> bool {
        self.classes[code as usize] & ARABIC != 0
    }

    /// Whether a word ends or begins between `at - 1` and `at`.
    pub(crate) fn is_boundary(&self, codes: &[u8], at: usize, script_boundary: bool) -> bool {
        if at == 0 || at >= codes.len() {
            return true;
        }
        let here = self.classes[codes[at] as usize];
        if here & TRAIL != 0 {
            return false;
        }
        let before = self.class(codes, at - 1);
        if here & before & WORD == 0 {
            return true;
        }
        script_boundary && is_script_change(before, here)
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.rules.len() * 2 + (self.singles.len() + self.spelled.len()) * 16
    }
}

/// Between an Arabic and a Latin letter.
fn is_script_change(before: u8, after: u8) -> bool {
    (before | after) & (ARABIC | LATIN) == ARABIC | LATIN
}

fn class_of(letter: Letter) -> u8 {
    let word = if script::is_word(letter) { WORD } else { 0 };
    if script::is_arabic_script(letter) {
        word | ARABIC
    } else if script::is_latin_letter(letter) {
        word | LATIN
    } else {
        word
    }
}

fn other_code(letter: Letter) -> u8 {
    match class_of(letter) {
        class if class & WORD == 0 => OTHER,
        class if class & ARABIC != 0 => OTHER_ARABIC,
        class if class & LATIN != 0 => OTHER_LATIN,
        _ => OTHER_WORD,
    }
}

/// For each character of the Basic Multilingual Plane, the code that its class shares.
#[expect(clippy::borrowed_box, reason = "cloning the box never puts the array on the stack")]
fn unfolded() -> &'static Box<[u16; 0x1_0000]> {
    static UNFOLDED: OnceLock<Box<[u16; 0x1_0000]>> = OnceLock::new();
    UNFOLDED.get_or_init(|| {
        let codes: Box<[u16]> = (0..=0xFFFF).map(|cp| u16::from(other_code(cp))).collect();
        codes.try_into().unwrap_or_else(|_| unreachable!("there are 0x10000 of them"))
    })
}

/// The characters of the Basic Multilingual Plane that a fold may change, or that every alphabet has.
fn foldable() -> &'static [u16] {
    static FOLDABLE: OnceLock<Vec<u16>> = OnceLock::new();
    FOLDABLE.get_or_init(|| {
        let changes_case = |cp: u32| {
            let mut folded = Vec::new();
            script::fold_case(cp, |c| folded.push(c));
            folded != [cp]
        };
        let foldable = |cp: u32| {
            script::is_arabic_script(cp)
                || script::is_transparent(cp)
                || script::is_space(cp)
                || script::is_presentation_form(cp)
                || script::decimal_digit(cp).is_some()
                || matches!(cp, 0xFF00..=0xFFEF)
                || cp == '_' as u32
                || changes_case(cp)
        };
        (0..=u16::MAX).filter(|&cp| foldable(u32::from(cp))).collect()
    })
}

impl std::fmt::Debug for Letters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letters = self.singles.len() + self.spelled.len();
        f.debug_struct("Letters").field("letters", &letters).finish_non_exhaustive()
    }
}
