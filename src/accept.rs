//! Which hits are words of the text: boundaries, clitics, guard words. Every hit is judged before overlaps
//! are resolved, so that a long hit which fails never hides a short one which holds.

use foldhash::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

use crate::letters::{Folded, Letters};
use crate::matcher_options::{Boundary, Clitics, Guard, MatcherOptions};
use crate::script;
use crate::text::CodeUnit;
use crate::types::{Candidate, Care, Hit, Word};

/// What the rules need to know of a name or alias of the dictionary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surface {
    pub(crate) entry: u32,
    pub(crate) priority: i32,
    /// Letters after folding.
    pub(crate) letters: u32,
    /// It is one word.
    pub(crate) single: bool,
    /// It begins with the article.
    pub(crate) definite: bool,
    /// How strictly its entry wants to be matched.
    pub(crate) care: Care,
}

/// Why a hit was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It starts or ends inside a character that stands for several letters.
    InsideLigature,
    /// A letter follows that is no pronoun we were asked to allow.
    WordGoesOn,
    /// What stands in front of it in the word is no sequence of proclitics.
    NoProclitic,
    /// The alef of the article is missing, and no «ل» in front explains it.
    NoLam,
    /// The word, or the stem, is a function word.
    GuardWord,
    /// The stem is too short to be told from a word that begins with these letters.
    ShortStem,
    /// The word is protected from clitic readings.
    Protected,
    /// The word is an ordinary one by itself, so its first letter is no clitic.
    OrdinaryWord,
    /// The entry allows no clitics.
    Clitic,
    /// The entry wants to be spelled exactly, or with its hamzas or its case, and is not.
    Spelling,
}

/// Words that stand by themselves in the texts, with how often they do: what is more frequent than the name
/// that it would hold behind a clitic is read as a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Background {
    pub(crate) counts: Counts,
}

/// How often each word, by its letters, was seen.
pub(crate) type Counts = HashMap<Box<[u8]>, u32>;

impl Background {
    /// Rarer words prove nothing.
    const AT_LEAST: u32 = 5;

    /// The count of a word that is known to be ordinary, whatever the name.
    pub(crate) const ALWAYS: u32 = u32::MAX;

    fn is_ordinary(&self, word: &[u8], name: &[u8]) -> bool {
        let count = |word: &[u8]| self.counts.get(word).copied().unwrap_or(0);
        match count(word) {
            Self::ALWAYS => true,
            often => often >= Self::AT_LEAST && often / 2 > count(name),
        }
    }
}

/// The rules, compiled for one dictionary.
#[derive(Debug)]
pub(crate) struct Rules {
    word_boundary: bool,
    script_boundary: bool,
    clitics: Clitics,
    article: bool,
    enclitics: Option<HashSet<Vec<u8>>>,
    min_stem: u32,
    guard: HashSet<String>,
    /// What they fold to, if all forms of a guard word fold to that.
    folded_guard: Option<HashSet<Vec<u8>>>,
    /// No guard word has more letters.
    longest_guard: usize,
    /// Frequent words as they are written, by what they fold to.
    frequent: HashMap<Vec<u8>, Vec<&'static str>>,
    protected: HashSet<Vec<u8>>,
    tatweel_counts: bool,
    /// The letters that clitics are made of.
    pub(crate) letters_of_clitics: Box<[bool; 256]>,
    longest_clitics: u32,
}

impl Rules {
    pub(crate) fn new(options: &MatcherOptions, letters: &Letters) -> Self {
        let spell = |word: &str| {
            let mut folded = Folded::default();
            letters.fold_str(word, &mut folded);
            folded.codes
        };
        let guard: HashSet<String> = match &options.guard {
            Guard::Off => HashSet::default(),
            Guard::BuiltIn => script::GUARD_WORDS.iter().map(|w| (*w).to_string()).collect(),
            Guard::Words(words) => words.iter().map(|w| written_form(w.chars())).collect(),
        };
        let folds = options.letters;
        let folds_forms = folds.diacritics && folds.tatweel && folds.presentation_forms;
        let folded_guard = folds_forms.then(|| guard.iter().map(|word| spell(word)).collect());
        let longest_guard = guard.iter().map(|w| w.chars().count()).max().unwrap_or(0);
        let tatweel_counts = !options.letters.tatweel;
        let mut frequent: HashMap<Vec<u8>, Vec<&'static str>> = HashMap::default();
        if options.background {
            script::FREQUENT_WORDS
                .lines()
                .for_each(|word| frequent.entry(spell(word)).or_default().push(word));
        }
        let prepositions = match options.clitics {
            Clitics::Off => 0,
            Clitics::Safe => 2,
            Clitics::All => 3,
        };
        let mut clitics: Vec<u32> = script::PREPOSITIONS[..prepositions].to_vec();
        if prepositions > 0 {
            clitics.extend(script::CONJUNCTIONS);
        }
        if options.article {
            clitics.extend([script::ALEF, script::LAM]);
        }
        let mut letters_of_clitics = Box::new([false; 256]);
        clitics.into_iter().for_each(|letter| letters_of_clitics[letters.code(letter) as usize] = true);
        Self {
            word_boundary: options.boundary == Boundary::Word,
            script_boundary: options.script_boundary,
            clitics: options.clitics,
            article: options.article,
            enclitics: options.enclitics.then(|| script::ENCLITICS.iter().map(|e| spell(e)).collect()),
            min_stem: options.min_stem,
            guard,
            folded_guard,
            longest_guard,
            frequent,
            protected: options.protect.iter().map(|word| spell(word)).collect(),
            tatweel_counts,
            letters_of_clitics,
            longest_clitics: if options.article { 4 } else { 2 },
        }
    }

    /// How many letters at the start of a word may be clitics and not yet the name.
    #[inline]
    pub(crate) fn clitic_letters(&self, codes: &[u8], word: Word) -> u32 {
        let most = self.longest_clitics.min(word.end - word.start - 1);
        let letters = codes[word.start as usize..][..most as usize].iter();
        letters.take_while(|&&code| self.letters_of_clitics[code as usize]).count() as u32
    }

    /// Words that are not taken for a name which folding makes like them.
    pub(crate) fn ordinary_words(&self) -> impl Iterator<Item = &str> {
        self.guard.iter().map(String::as_str).chain(self.frequent.values().flatten().copied())
    }

    fn are_proclitics(&self, letters: &Letters, codes: &[u8]) -> bool {
        match self.clitics {
            Clitics::Off => false,
            Clitics::Safe => letters.are_proclitics(codes, false),
            Clitics::All => letters.are_proclitics(codes, true),
        }
    }
}

/// A text as it is written, but for marks, tatweel, glyph forms and characters without width.
pub(crate) fn written_form(text: impl Iterator<Item = char>) -> String {
    let keeps = |c: &char| !script::clings(*c as u32) && !script::is_transparent(*c as u32);
    text.nfkc().filter(keeps).collect()
}

/// Whether a spelling is close enough to the listed one for an entry that asks for care.
fn is_spelled(here: &str, listed: &str, care: Care) -> bool {
    if care.has(Care::EXACT) {
        return here.nfc().eq(listed.trim().nfc());
    }
    let (here, listed) = (written_form(here.chars()), written_form(listed.trim().chars()));
    let agree = |pair: (char, char)| {
        let hamza = |c: char| matches!(c, 'أ' | 'إ' | 'آ' | 'ؤ' | 'ئ').then_some(c);
        (!care.has(Care::HAMZA) || hamza(pair.0) == hamza(pair.1))
            && (!care.has(Care::CASE) || pair.0.is_uppercase() == pair.1.is_uppercase())
    };
    here.chars().filter(|c| !c.is_whitespace()).zip(listed.chars().filter(|c| !c.is_whitespace())).all(agree)
}

/// One text under judgement.
pub(crate) struct Judge<'a, U> {
    pub(crate) rules: &'a Rules,
    pub(crate) letters: &'a Letters,
    pub(crate) text: &'a [U],
    pub(crate) folded: &'a Folded,
    pub(crate) background: &'a Background,
    /// How the dictionary writes a surface.
    pub(crate) spelling: &'a dyn Fn(u32) -> &'a str,
}

impl<U: CodeUnit> Judge<'_, U> {
    fn is_boundary(&self, at: usize) -> bool {
        self.letters.is_boundary(&self.folded.codes, at)
    }

    fn is_word(&self, at: usize) -> bool {
        at < self.folded.codes.len() && self.letters.is_word(&self.folded.codes, at)
    }

    fn word_start(&self, at: usize) -> usize {
        (0..=at).rev().find(|&at| self.is_boundary(at)).unwrap_or(0)
    }

    /// The end of the word that holds the letter at `at`; `at` itself where that is no letter.
    fn word_end(&self, at: usize) -> usize {
        self.letters.word_end(&self.folded.codes, at)
    }

    /// How the text writes these letters.
    pub(crate) fn written(&self, start: usize, end: usize) -> Option<String> {
        let positions = &self.folded.positions;
        let from = *positions.get(start)? as usize;
        let to = *positions.get(end.checked_sub(1)?)? as usize + 1;
        let units = self.text.get(from..to).unwrap_or_default();
        Some(written_form(units.iter().filter_map(|u| char::from_u32(u.code_point()))))
    }

    /// Judges a hit.
    pub(crate) fn accept(&self, hit: Hit, surface: Surface) -> Result<Candidate, Refusal> {
        let Hit { start, end, .. } = hit;
        let (codes, positions) = (&self.folded.codes, &self.folded.positions);
        if self.is_inside_ligature(start) || self.is_inside_ligature(end) {
            return Err(Refusal::InsideLigature);
        }
        let (clitics_start, pronoun_end) =
            if self.rules.word_boundary { self.as_word(hit, surface)? } else { (start, end) };
        let span_end = self.over_clinging(positions[end - 1] + 1);
        let span_start = positions[start];
        if surface.care != Care::default() {
            if surface.care.has(Care::NO_CLITICS) && clitics_start < start {
                return Err(Refusal::Clitic);
            }
            let units = &self.text[span_start as usize..span_end as usize];
            let here: Option<String> = units.iter().map(|u| char::from_u32(u.code_point())).collect();
            let listed = (self.spelling)(hit.surface);
            if here.is_none_or(|here| !is_spelled(&here, listed, surface.care)) {
                return Err(Refusal::Spelling);
            }
        }
        Ok(Candidate {
            start: span_start,
            end: span_end,
            prefix_start: positions[clitics_start],
            suffix_end: self.over_clinging(positions[pronoun_end - 1] + 1),
            residue: self.letters.count(&codes[clitics_start..start]) as u32,
            surface: hit.surface,
            entry: surface.entry,
            priority: surface.priority,
        })
    }

    fn is_inside_ligature(&self, at: usize) -> bool {
        let positions = &self.folded.positions;
        at > 0 && at < positions.len() && positions[at - 1] == positions[at]
    }

    /// A candidate of these letters behind these clitics, whose words have been judged one by one.
    pub(crate) fn composed(&self, clitics: usize, start: usize, end: usize) -> Option<Candidate> {
        if self.is_inside_ligature(start) || self.is_inside_ligature(end) {
            return None;
        }
        let (codes, positions) = (&self.folded.codes, &self.folded.positions);
        let span_end = self.over_clinging(positions[end - 1] + 1);
        Some(Candidate {
            start: positions[start],
            end: span_end,
            prefix_start: positions[clitics],
            suffix_end: span_end,
            residue: self.letters.count(&codes[clitics..start]) as u32,
            surface: 0,
            entry: 0,
            priority: 0,
        })
    }

    /// Whether the word `word..end` may be read as clitics and a word that begins at `stem`, which is known
    /// to stand without the alef of its article if `elided`.
    pub(crate) fn may_split(&self, word: usize, stem: usize, end: usize, elided: bool) -> bool {
        let (rules, codes) = (self.rules, &self.folded.codes);
        // Of a stem behind «لل», the second «ل» counts.
        let least = if elided { 3 } else { rules.min_stem as usize };
        rules.are_proclitics(self.letters, &codes[word..stem])
            && self.letters.count(&codes[stem..end]) >= least
            && !rules.protected.contains(&codes[word..end])
            && !self.is_ordinary(&codes[word..end], Hit { start: stem, end, surface: 0, elided })
            && !self.written(word, end).is_some_and(|written| rules.guard.contains(&written))
    }

    /// Where the clitics in front of a hit begin and where the pronoun behind it ends, if the hit is a word
    /// of the text with nothing else attached to it.
    fn as_word(&self, hit: Hit, surface: Surface) -> Result<(usize, usize), Refusal> {
        let Hit { start, end, elided, .. } = hit;
        let codes = &self.folded.codes;
        let mut pronoun_end = end;
        if !self.is_boundary(end) {
            pronoun_end = self.word_end(end);
            let pronouns = self.rules.enclitics.as_ref().ok_or(Refusal::WordGoesOn)?;
            if !pronouns.contains(&codes[end..pronoun_end]) {
                return Err(Refusal::WordGoesOn);
            }
        }
        let clitics_start = self.clitics_start(hit, surface)?;
        let clitics = &codes[clitics_start..start];
        if elided && clitics.last() != Some(&self.letters.code(script::LAM)) {
            return Err(Refusal::NoLam);
        }
        if surface.single {
            self.check_guard(hit, clitics_start)?;
        }
        if !clitics.is_empty() && self.letters.is_arabic(codes[start]) {
            // The article in front of a stem makes the split safe, unless only «لل» is left of it.
            let short = if elided { surface.letters < 4 } else { surface.letters < self.rules.min_stem };
            if surface.single && short {
                return Err(Refusal::ShortStem);
            }
            let protected = &self.rules.protected;
            let word = &codes[clitics_start..self.word_end(start)];
            if !protected.is_empty() && protected.contains(word) {
                return Err(Refusal::Protected);
            }
            if surface.single && self.is_ordinary(word, hit) {
                return Err(Refusal::OrdinaryWord);
            }
        }
        Ok((clitics_start, pronoun_end))
    }

    /// Whether a word with clitics is better known as a word by itself.
    fn is_ordinary(&self, word: &[u8], hit: Hit) -> bool {
        let name = &self.folded.codes[hit.start..hit.end];
        if !hit.elided {
            return self.background.is_ordinary(word, name);
        }
        // «ل» has swallowed the alef of the article, or the article before another «ل».
        let article = [self.letters.code(script::ALEF), self.letters.code(script::LAM)];
        let full = |elided: &[u8]| self.background.is_ordinary(word, &[elided, name].concat());
        full(&article[..1]) && full(&article)
    }

    /// The position behind the marks and tatweel at `at`.
    fn over_clinging(&self, at: u32) -> u32 {
        let clings = |u: &&U| script::clings(u.code_point());
        at + self.text[at as usize..].iter().take_while(clings).count() as u32
    }

    /// Where the clitics in front of a hit begin: at the start of its word, if there are any.
    fn clitics_start(&self, hit: Hit, surface: Surface) -> Result<usize, Refusal> {
        let start = hit.start;
        let codes = &self.folded.codes;
        let article = [self.letters.code(script::ALEF), self.letters.code(script::LAM)];
        if self.is_boundary(start) {
            let other_script = self.rules.script_boundary && start > 0 && self.is_word(start - 1);
            if hit.elided || !other_script {
                return Ok(start);
            }
            // A clitic or an article on a name in Latin letters is a word of its own script: الـCIA.
            let word = self.word_start(start - 1);
            let clitics = &codes[word..start];
            let stem = clitics.strip_suffix(&article).unwrap_or(clitics);
            let attached = self.rules.are_proclitics(self.letters, clitics)
                || (stem.len() < clitics.len()
                    && (stem.is_empty() || self.rules.are_proclitics(self.letters, stem)));
            return Ok(if attached { word } else { start });
        }
        let word = self.word_start(start);
        let clitics = &codes[word..start];
        let mut core = clitics;
        if self.rules.article && !surface.definite && !hit.elided {
            let lam = article[1];
            if let Some(rest) = clitics.strip_suffix(&article) {
                core = rest;
            } else if clitics.ends_with(&[lam, lam]) {
                core = &clitics[..clitics.len() - 1];
            }
        }
        if core.is_empty() || self.rules.are_proclitics(self.letters, core) {
            Ok(word)
        } else {
            Err(Refusal::NoProclitic)
        }
    }

    /// Refuses a function word, unless the dictionary lists it just as it is written here.
    fn check_guard(&self, hit: Hit, word_start: usize) -> Result<(), Refusal> {
        let rules = self.rules;
        let word_end = self.word_end(hit.end - 1);
        let as_listed =
            || self.written(hit.start, hit.end) == Some(written_form((self.spelling)(hit.surface).chars()));
        let may_be_guard = |start: usize, end: usize| {
            if let Some(guard) = &rules.folded_guard {
                return guard.contains(&self.folded.codes[start..end]);
            }
            // Marks that are not folded away are no letters of a guard word.
            let letters = || (start..end).filter(|&at| self.is_word(at)).count();
            rules.longest_guard > 0 && (rules.tatweel_counts || letters() <= rules.longest_guard)
        };
        let is_guard = |start: usize, end: usize| {
            may_be_guard(start, end) && self.written(start, end).is_some_and(|w| rules.guard.contains(&w))
        };
        let has_clitics = word_start < hit.start;
        let word = is_guard(word_start, word_end);
        if (word && has_clitics) || ((word || is_guard(hit.start, hit.end)) && !as_listed()) {
            return Err(Refusal::GuardWord);
        }
        // A frequent word that only folding makes like the entry; with clitics, the counts decide.
        if let Some(frequent) = rules.frequent.get(&self.folded.codes[word_start..word_end.max(word_start)]) {
            let written = self.written(word_start, word_end).unwrap_or_default();
            if !has_clitics && frequent.contains(&written.as_str()) && !as_listed() {
                return Err(Refusal::OrdinaryWord);
            }
        }
        Ok(())
    }
}
