//! Folding text into letters of one byte each: the alphabet of a dictionary.
//!
//! Every letter that occurs in the dictionary has a code of its own; all other characters share a few codes
//! that say only whether they belong to words and to which script. A dictionary with more different letters
//! than there are codes spells the rarer ones with four bytes, a lead and three trails, so that no match can
//! start or end inside one.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use foldhash::HashMap;
use unicode_normalization::UnicodeNormalization;

use crate::matcher_options::LetterFolds;
use crate::script;
use crate::text::CodeUnit;
use crate::types::Word;

/// A text as letters, with the position in the original, in code points, that each letter came from.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    pub(crate) codes: Vec<u8>,
    pub(crate) positions: Vec<u32>,
    /// Its words, in its order.
    pub(crate) words: Vec<Word>,
    /// The code points of a string that is being folded.
    units: Vec<u32>,
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

    /// Makes each run of white space one code; a line break in it shows. Tells whether there were such runs.
    fn collapse_spaces(&mut self) -> bool {
        let next = self.codes.iter().skip(1);
        let pairs = self.codes.iter().zip(next).map(|(&a, &b)| a.max(b) <= LINE);
        // Without an early exit, so that many pairs are compared at once.
        if !pairs.fold(false, |any, run| any | run) {
            return false;
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
        true
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

/// What a character becomes: a code, and what the loop over a text needs to know of it.
type Rule = u16;
/// It is dropped.
const DROP: Rule = 1 << 8;
const DROP_BIT: u32 = 8;
/// It belongs to a word.
const IN_WORD: Rule = 1 << 9;
const IN_WORD_BIT: u32 = 9;
/// Where words end must be looked at again: a Latin letter.
const LOOK_AGAIN: Rule = 1 << 10;
/// It is not one code.
const STOP: Rule = 1 << 15;
const COMPOSING: Rule = STOP;
const SEVERAL: Rule = STOP | 1;

/// The rule of a character that becomes this code.
fn plain(code: u8, class: u8) -> Rule {
    let word = if class & WORD != 0 { IN_WORD } else { 0 };
    let look_again = if class & LATIN != 0 { LOOK_AGAIN } else { 0 };
    Rule::from(code) | word | look_again
}

/// Letters that every alphabet has: the rules for clitics, articles and names speak of them, and a letter
/// that composes with a hamza or madda mark must have a code for each of its forms.
const ALWAYS: &str = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچڤکگھۀہۂۃیےۓە0123456789";

/// A character's letters, before the white space is collapsed.
type Letter = u32;

pub(crate) struct Letters {
    folds: LetterFolds,
    /// Whether a word ends where Arabic and Latin letters meet.
    script_boundary: bool,
    /// What each character of the Basic Multilingual Plane becomes.
    rules: Box<[Rule; 0x1_0000]>,
    classes: [u8; 256],
    singles: HashMap<Letter, u8>,
    spelled: HashMap<Letter, u32>,
}

impl Letters {
    /// The alphabet of texts of these characters.
    pub(crate) fn new(
        folds: LetterFolds,
        script_boundary: bool,
        characters: impl Iterator<Item = char>,
    ) -> Self {
        let characters: BTreeSet<char> = characters.collect();
        let mut letters = Self {
            folds,
            script_boundary,
            rules: unfolded().clone(),
            classes: [0; 256],
            singles: HashMap::default(),
            spelled: HashMap::default(),
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

    fn rule(&self, cp: u32) -> Rule {
        if script::is_composing_mark(cp) {
            return COMPOSING;
        }
        let mut letters = self.letters_of(cp);
        match (letters.next(), letters.next()) {
            (None, _) => DROP,
            (Some(letter), None) if script::is_space(letter) => {
                plain(if self.breaks_line(letter) { LINE } else { SPACE }, 0)
            }
            (Some(letter), None) => match self.singles.get(&letter) {
                Some(code) => plain(*code, self.classes[*code as usize]),
                None if self.spelled.contains_key(&letter) => SEVERAL,
                None => plain(other_code(letter), class_of(letter)),
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

    /// As [`fold`](Self::fold).
    pub(crate) fn fold_str(&self, text: &str, out: &mut Folded) {
        let mut units = std::mem::take(&mut out.units);
        units.clear();
        units.extend(text.chars().map(u32::from));
        self.fold(&units, out);
        out.units = units;
    }

    /// Whether a string folds to these codes, by its UTF-8; `None` if only folding it can tell.
    ///
    /// Bytes that are no UTF-8 fold to something or other.
    #[inline]
    pub(crate) fn folds_to(&self, text: &[u8], codes: &[u8]) -> Option<bool> {
        if self.varies_names() {
            return None;
        }
        let (mut rest, mut codes) = (text, codes.iter());
        let mut space = true;
        while let Some((cp, behind)) = decoded(rest) {
            rest = behind;
            let rule = self.rules[cp as usize & 0xFFFF];
            // A run of white space, or white space at an end, is more than the comparison knows of.
            let is_space = rule == plain(SPACE, 0) || rule == plain(LINE, 0);
            if cp > 0xFFFF || rule & STOP != 0 || (is_space && (space || codes.len() == 0)) {
                return None;
            }
            if rule & DROP == 0 {
                space = is_space;
                if codes.next() != Some(&(rule as u8)) {
                    return Some(false);
                }
            }
        }
        Some(codes.len() == 0)
    }

    /// Folds a text into `out`, whose content is replaced. Linear in the text.
    pub(crate) fn fold<U: CodeUnit>(&self, text: &[U], out: &mut Folded) {
        let mut step = Step { codes: [0; STEP], sources: [0; STEP], edges: [0; STEP] };
        out.truncate(0);
        let mut edges = std::mem::take(&mut out.units);
        edges.clear();
        let (mut at, mut in_word, mut seen) = (0, 0, 0);
        while at < text.len() {
            let units = &text[at..text.len().min(at + STEP)];
            let run = step.run(self, units, in_word);
            let (first, before) = (at as u32, out.codes.len() as u32);
            out.codes.extend_from_slice(&step.codes[..run.kept]);
            out.positions.extend(step.sources[..run.kept].iter().map(|&source| first + u32::from(source)));
            edges.extend(step.edges[..run.turned].iter().map(|&edge| before + u32::from(edge)));
            at += run.read;
            in_word = run.in_word;
            seen |= run.seen;
            if run.read < units.len() {
                seen |= LOOK_AGAIN;
                let cp = text[at].code_point();
                if self.rule_of(cp) == COMPOSING {
                    at = self.compose(text, at, out);
                } else {
                    self.push_letters(cp, at as u32, out);
                    at += 1;
                }
            }
        }
        let collapsed = out.collapse_spaces();
        let vary = self.varies_names();
        if vary {
            self.vary_names(out);
        }
        if collapsed || vary || seen & LOOK_AGAIN != 0 {
            let mut words = std::mem::take(&mut out.words);
            self.words(&out.codes, &mut words);
            out.words = words;
        } else {
            edges.push(out.codes.len() as u32);
            out.words.clear();
            out.words.extend(edges.as_chunks().0.iter().map(|&[start, end]| Word { start, end }));
        }
        out.units = edges;
    }

    #[inline]
    fn rule_of(&self, cp: u32) -> Rule {
        if cp <= 0xFFFF {
            self.rules[cp as usize & 0xFFFF]
        } else {
            self.wide_rule(cp)
        }
    }

    #[cold]
    fn wide_rule(&self, cp: u32) -> Rule {
        // Emoji, the most frequent of these by far, fold to nothing else.
        let known = || self.singles.contains_key(&cp) || self.spelled.contains_key(&cp);
        if matches!(cp, 0x1F300..=0x1FAFF) && !known() {
            return plain(OTHER, 0);
        }
        self.rule(cp)
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

    fn varies_names(&self) -> bool {
        self.folds.compound || self.folds.kunya || self.folds.ibn
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
        self.fold_str(words.trim(), &mut folded);
        Self::trimmed(&folded.codes).to_vec()
    }

    /// The codes without white space around them.
    pub(crate) fn trimmed(codes: &[u8]) -> &[u8] {
        let start = codes.iter().take_while(|&&code| Self::is_space(code)).count();
        let end = codes.iter().rposition(|&code| !Self::is_space(code)).map_or(start, |last| last + 1);
        &codes[start..end]
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
    pub(crate) fn word_end(&self, codes: &[u8], at: usize) -> usize {
        let mut before = self.class(codes, at);
        if before & WORD == 0 {
            return at;
        }
        let mut end = at + 1;
        while let Some(&code) = codes.get(end) {
            let class = self.classes[code as usize];
            if class != before && class & TRAIL == 0 {
                if class & WORD == 0 || (self.script_boundary && is_script_change(before, class)) {
                    break;
                }
                before = class;
            }
            end += 1;
        }
        end
    }

    /// The words of a folded text, in its order; `out` is replaced. Linear.
    fn words(&self, codes: &[u8], out: &mut Vec<Word>) {
        out.clear();
        let len = codes.len() as u32;
        let mut word_before = 0;
        for (base, block) in (0..).step_by(64).zip(codes.chunks(64)) {
            let (mut word, mut classes) = (0_u64, 0);
            for (at, &code) in block.iter().enumerate() {
                let class = self.classes[code as usize];
                word |= u64::from(class & WORD) << at;
                classes |= class;
            }
            if classes & TRAIL != 0 {
                self.words_with_trails(codes, out);
                return;
            }
            let before = word << 1 | word_before;
            word_before = word >> 63;
            // Where an Arabic letter meets a Latin one.
            let mut meets = 0;
            if self.script_boundary && classes & LATIN != 0 {
                let from = (base as usize).max(1);
                for (at, pair) in (from..).zip(codes[from - 1..base as usize + block.len()].windows(2)) {
                    let [before, after] = [pair[0], pair[1]].map(|code| self.classes[code as usize]);
                    meets |= u64::from(is_script_change(before, after)) << (at - base as usize);
                }
            } else if self.script_boundary && base > 0 {
                let [before, after] =
                    [codes[base as usize - 1], block[0]].map(|code| self.classes[code as usize]);
                meets = u64::from(is_script_change(before, after));
            }
            let (starts, ends) = (word & (!before | meets), before & (!word | meets));
            let mut edges = starts | ends;
            while edges != 0 {
                let bit = edges.trailing_zeros();
                let at = base + bit;
                if ends >> bit & 1 != 0 {
                    if let Some(last) = out.last_mut() {
                        last.end = at;
                    }
                }
                if starts >> bit & 1 != 0 {
                    out.push(Word { start: at, end: len });
                }
                edges &= edges - 1;
            }
        }
    }

    /// As [`words`](Self::words), where letters are spelled with several codes.
    fn words_with_trails(&self, codes: &[u8], out: &mut Vec<Word>) {
        out.clear();
        let mut start = 0;
        while start < codes.len() {
            let end = self.word_end(codes, start);
            if end > start {
                out.push(Word { start: start as u32, end: end as u32 });
            }
            start = end.max(start + 1);
        }
    }

    /// Whether these codes spell Arabic letters only.
    pub(crate) fn is_arabic_word(&self, codes: &[u8]) -> bool {
        codes.iter().all(|&code| self.classes[code as usize] & (ARABIC | TRAIL) != 0)
    }

    pub(crate) fn is_arabic(&self, code: u8) -> bool {
        self.classes[code as usize] & ARABIC != 0
    }

    /// Whether a word ends or begins between `at - 1` and `at`.
    pub(crate) fn is_boundary(&self, codes: &[u8], at: usize) -> bool {
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
        self.script_boundary && is_script_change(before, here)
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.rules.len() * 2 + (self.singles.len() + self.spelled.len()) * 16
    }
}

/// As many characters are folded at a time, in arrays whose size the compiler knows.
const STEP: usize = 256;

struct Step {
    codes: [u8; STEP],
    /// The character, of those of the step, that each code came from.
    sources: [u8; STEP],
    /// The codes, of those of the step, at which a word begins or ends.
    edges: [u8; STEP],
}

/// How far a step got, and what it knows.
struct Progress {
    read: usize,
    kept: usize,
    turned: usize,
    in_word: Rule,
    /// All rules that were met.
    seen: Rule,
}

impl Step {
    /// Folds characters until one is not one code. A loop by itself, so that all it works with stays in registers.
    #[inline(never)]
    fn run<U: CodeUnit>(&mut self, letters: &Letters, units: &[U], in_word: Rule) -> Progress {
        let (mut read, mut kept, mut turned, mut in_word, mut seen) = (0, 0, 0, in_word, 0);
        for unit in units {
            let rule = letters.rule_of(unit.code_point());
            if rule & STOP != 0 {
                break;
            }
            // Written in any case, and counted where it stays: no branches.
            self.codes[kept % STEP] = rule as u8;
            self.sources[kept % STEP] = read as u8;
            self.edges[turned % STEP] = kept as u8;
            let stays = !rule >> DROP_BIT & 1;
            let turns = (rule >> IN_WORD_BIT ^ in_word) & stays;
            in_word ^= turns;
            kept += usize::from(stays);
            turned += usize::from(turns);
            seen |= rule;
            read += 1;
        }
        Progress { read, kept, turned, in_word, seen }
    }
}

/// The first code point of UTF-8, and the bytes behind it.
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
fn unfolded() -> &'static Box<[Rule; 0x1_0000]> {
    static UNFOLDED: OnceLock<Box<[Rule; 0x1_0000]>> = OnceLock::new();
    UNFOLDED.get_or_init(|| {
        let rules: Box<[Rule]> = (0..=0xFFFF).map(|cp| plain(other_code(cp), class_of(cp))).collect();
        rules.try_into().unwrap_or_else(|_| unreachable!("there are 0x10000 of them"))
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
