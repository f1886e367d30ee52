//! Which hits are words of the text: boundaries, clitics, stop words. Every hit is judged before overlaps are
//! resolved, so that a long hit which fails never hides a short one which holds.

use foldhash::{HashMap, HashSet};

use crate::dictionary::gazetteer::Strict;
use crate::index::alphabet::Alphabet;
use crate::index::folded::FoldedText;
use crate::index::target::Word;
use crate::script;
use crate::search::candidate::{Candidate, EntryId, Hit, Origin};
use crate::search::options::{Boundary, Clitics, MatcherOptions, WordSet};
use crate::search::ordinary_words::CommonWords;
use crate::search::spelling::{is_spelled, written_form};
use crate::text::{is_cluster_boundary, CodeUnit};

/// A word has at most so many letters of proclitics, without an article.
pub(crate) const CLITICS: usize = 2;

/// What the rules have to know of a name or alias of the dictionary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameFacts {
    pub(crate) entry: u32,
    pub(crate) priority: i32,
    /// Letters after folding.
    pub(crate) letters: u32,
    /// It is one word.
    pub(crate) single: bool,
    /// It begins with the article.
    pub(crate) definite: bool,
    /// How strictly its entry is matched.
    pub(crate) strict: Strict,
}

/// Why a hit was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It starts or ends inside a character that stands for several letters.
    InsideLigature,
    /// It starts or ends inside of what a reader sees as one character.
    InsideCluster,
    /// A letter follows that is not a pronoun which is allowed.
    WordGoesOn,
    /// What stands before it in the word is not a sequence of proclitics.
    NoProclitic,
    /// The alef of the article is missing, and no «ل» before it explains that.
    NoLam,
    /// The word, or the stem, is a stop word.
    StopWord,
    /// The stem is too short to be told from a word that begins with these letters.
    ShortStem,
    /// The word is never split.
    NeverSplit,
    /// The word is an ordinary one by itself, so its first letter is not a clitic.
    CommonWord,
    /// The entry allows no clitics.
    Clitic,
    /// The entry wants to be spelled exactly, or with its hamzas or its case, and is not.
    Spelling,
}

/// The rules, compiled for one dictionary.
#[derive(Debug)]
pub(crate) struct Rules {
    word_boundary: bool,
    script_boundary: bool,
    clitics: Clitics,
    article: bool,
    enclitics: Option<HashSet<Vec<u8>>>,
    pub(crate) min_stem: u32,
    stop_words: HashSet<String>,
    /// What they fold to, if all written forms of a stop word fold to that.
    folded_stop_words: Option<HashSet<Vec<u8>>>,
    /// No stop word has more letters.
    longest_stop_word: usize,
    /// Listed common words as they are written, by what they fold to.
    common: HashMap<Vec<u8>, Vec<String>>,
    pub(crate) never_split: HashSet<Vec<u8>>,
    tatweel_counts: bool,
    /// The letters that clitics are made of.
    pub(crate) letters_of_clitics: Box<[bool; 256]>,
    conjunctions: [u8; 2],
    longest_clitics: u32,
}

/// Returns the words of a set.
pub(crate) fn words_of(set: &WordSet, built_in: impl Fn() -> Vec<&'static str>) -> Vec<&str> {
    match set {
        WordSet::Off => Vec::new(),
        WordSet::BuiltIn => built_in(),
        WordSet::Words(words) => words.iter().map(String::as_str).collect(),
    }
}

/// Returns the common words of these options.
pub(crate) fn common_words(options: &MatcherOptions) -> Vec<&str> {
    words_of(&options.common_words, || script::FREQUENT_WORDS.lines().collect())
}

impl Rules {
    pub(crate) fn new(options: &MatcherOptions, alphabet: &Alphabet) -> Self {
        let spell = |word: &str| alphabet.spell(word);
        let stop_words: HashSet<String> = words_of(&options.stop_words, || script::STOP_WORDS.to_vec())
            .into_iter()
            .map(|word| written_form(word.chars()))
            .collect();
        let folded_stop_words =
            options.folds_written_forms().then(|| stop_words.iter().map(|word| spell(word)).collect());
        let longest_stop_word = stop_words.iter().map(|w| w.chars().count()).max().unwrap_or(0);
        let mut common: HashMap<Vec<u8>, Vec<String>> = HashMap::default();
        for word in common_words(options) {
            common.entry(spell(word)).or_default().push(written_form(word.chars()));
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
        clitics.into_iter().for_each(|letter| letters_of_clitics[usize::from(alphabet.code(letter))] = true);
        Self {
            word_boundary: options.boundary == Boundary::Word,
            script_boundary: options.script_boundary,
            clitics: options.clitics,
            article: options.article,
            enclitics: options.enclitics.then(|| script::ENCLITICS.iter().map(|e| spell(e)).collect()),
            min_stem: options.min_stem,
            stop_words,
            folded_stop_words,
            longest_stop_word,
            common,
            never_split: options.never_split.iter().map(|word| spell(word)).collect(),
            tatweel_counts: options.fold.tatweel.is_none(),
            letters_of_clitics,
            conjunctions: script::CONJUNCTIONS.map(|letter| alphabet.code(letter)),
            longest_clitics: CLITICS as u32 + if options.article { 2 } else { 0 },
        }
    }

    /// Returns how many letters at the start of a word may be clitics and not yet the name.
    #[inline]
    pub(crate) fn clitic_letters(&self, codes: &[u8], word: Word) -> u32 {
        let most = self.longest_clitics.min(word.end - word.start - 1);
        let is_clitic = |code: &u8| self.letters_of_clitics[usize::from(*code)];
        let rest = &codes[word.start as usize..];
        let letters = match rest.first_chunk::<4>() {
            // Without a branch, since a letter says little of the next.
            Some(letters) => {
                let mut run = 1;
                let counted = letters.iter().map(|code| {
                    run &= u32::from(is_clitic(code));
                    run
                });
                counted.sum()
            }
            None => rest.iter().take_while(|code| is_clitic(code)).count() as u32,
        };
        letters.min(most)
    }

    /// Returns the words that are not taken for a name which folding makes like them.
    pub(crate) fn ordinary_words(&self) -> impl Iterator<Item = &str> {
        self.stop_words.iter().chain(self.common.values().flatten()).map(String::as_str)
    }

    pub(crate) fn are_proclitics(&self, alphabet: &Alphabet, codes: &[u8]) -> bool {
        match self.clitics {
            Clitics::Off => false,
            Clitics::Safe => alphabet.are_proclitics(codes, false),
            Clitics::All => alphabet.are_proclitics(codes, true),
        }
    }
}

/// One text under judgement.
pub(crate) struct Judge<'a, U> {
    pub(crate) rules: &'a Rules,
    pub(crate) alphabet: &'a Alphabet,
    pub(crate) text: &'a [U],
    pub(crate) folded: &'a FoldedText,
    pub(crate) common_words: &'a CommonWords,
    /// Returns how the dictionary writes a surface.
    pub(crate) spelling: &'a dyn Fn(u32) -> &'a str,
}

impl<U: CodeUnit> Judge<'_, U> {
    /// Returns how the text writes these codes, without marks, tatweel and glyph forms.
    pub(crate) fn written(&self, start: usize, end: usize) -> Option<String> {
        let from = *self.folded.positions.get(start)? as usize;
        let to = self.folded.end(end.checked_sub(1)?) as usize;
        let units = self.text.get(from..to).unwrap_or_default();
        Some(written_form(units.iter().filter_map(|u| char::from_u32(u.code_point()))))
    }

    /// Judges a hit.
    pub(crate) fn accept(&self, hit: Hit, facts: NameFacts) -> Result<Candidate, Refusal> {
        let Hit { start, end, .. } = hit;
        let (codes, positions) = (&self.folded.codes, &self.folded.positions);
        if self.is_inside_ligature(start) || self.is_inside_ligature(end) {
            return Err(Refusal::InsideLigature);
        }
        let (clitics_start, pronoun_end) =
            if self.rules.word_boundary { self.as_word(hit, facts)? } else { (start, end) };
        let (span_start, span_end) = self.span(start, end).ok_or(Refusal::InsideCluster)?;
        if facts.strict != Strict::default() {
            if facts.strict.has(Strict::NO_CLITICS) && clitics_start < start {
                return Err(Refusal::Clitic);
            }
            let units = &self.text[span_start as usize..span_end as usize];
            let here: Option<String> = units.iter().map(|u| char::from_u32(u.code_point())).collect();
            let listed = (self.spelling)(hit.surface);
            if here.is_none_or(|here| !is_spelled(&here, listed, facts.strict)) {
                return Err(Refusal::Spelling);
            }
        }
        Ok(Candidate {
            start: span_start,
            end: span_end,
            prefix_start: if clitics_start < start { positions[clitics_start] } else { span_start },
            suffix_end: if pronoun_end > end { self.span_end(pronoun_end) } else { span_end },
            clitic_letters: self.alphabet.count(&codes[clitics_start..start]) as u32,
            surface: hit.surface,
            origin: Origin::Entry(EntryId(facts.entry)),
            priority: facts.priority,
            antecedent: None,
            edits: 0,
            compared: 0,
        })
    }

    fn is_inside_ligature(&self, at: usize) -> bool {
        let positions = &self.folded.positions;
        at > 0 && at < positions.len() && positions[at - 1] == positions[at]
    }

    /// Returns a candidate of these codes after these clitics, whose words have been judged one by one.
    pub(crate) fn composed(
        &self,
        clitics: usize,
        start: usize,
        end: usize,
        origin: Origin,
    ) -> Option<Candidate> {
        if self.is_inside_ligature(start) || self.is_inside_ligature(end) {
            return None;
        }
        let (codes, positions) = (&self.folded.codes, &self.folded.positions);
        let (span_start, span_end) = self.span(start, end)?;
        Some(Candidate {
            start: span_start,
            end: span_end,
            prefix_start: if clitics < start { positions[clitics] } else { span_start },
            suffix_end: span_end,
            clitic_letters: self.alphabet.count(&codes[clitics..start]) as u32,
            surface: 0,
            origin,
            priority: 0,
            antecedent: None,
            edits: 0,
            compared: 0,
        })
    }

    /// Returns the span of the text that these codes came from: with what belongs to the last letter, and
    /// `None` where it would start or end inside of what a reader sees as one character.
    fn span(&self, start: usize, end: usize) -> Option<(u32, u32)> {
        let mut span_start = self.folded.positions[start];
        if !is_cluster_boundary(self.text, span_start as usize) {
            // What the fold has removed may stand before the name in one cluster with it.
            let mut before = start.checked_sub(1).map_or(0, |before| self.folded.end(before));
            // A run of white space is one code, whose end is not kept.
            while start > 0
                && Alphabet::is_space(self.folded.codes[start - 1])
                && script::is_space(self.text[before as usize].code_point())
            {
                before += 1;
            }
            let is_boundary = |at: &u32| is_cluster_boundary(self.text, *at as usize);
            span_start = (before..span_start).rev().find(is_boundary)?;
        }
        let span_end = self.span_end(end);
        is_cluster_boundary(self.text, span_end as usize).then_some((span_start, span_end))
    }

    /// Returns where the span of the codes before `end` ends: after the marks, tatweel and joiners that follow
    /// their last letter, and after the letters there that the fold has removed.
    fn span_end(&self, end: usize) -> u32 {
        let (folded, alphabet) = (self.folded, self.alphabet);
        let mut last = end - 1;
        let mut at = folded.end(last);
        // Marks may have changed places.
        while last > 0 && (alphabet.is_mark(folded.codes[last]) || alphabet.is_trail(folded.codes[last])) {
            last -= 1;
            at = at.max(folded.end(last));
        }
        let mut next = end;
        while let Some(&code) = folded.codes.get(next) {
            let goes_on = next > end && alphabet.is_trail(code);
            if !goes_on && !alphabet.is_looked_over(code) {
                break;
            }
            at = at.max(folded.end(next));
            next += 1;
        }
        let limit = folded.positions.get(next).map_or(self.text.len(), |&position| position as usize);
        let rest = self.text.get(at as usize..limit).unwrap_or_default();
        let belongs =
            |cp: u32| script::is_mark_or_tatweel(cp) || script::extends_letter(cp) || script::is_word(cp);
        at + rest.iter().take_while(|u| belongs(u.code_point())).count() as u32
    }

    /// Returns whether a word is a stop word as it is written.
    pub(crate) fn is_stop_word(&self, start: usize, end: usize) -> bool {
        let rules = self.rules;
        // Most words need not be written: what they fold to, or their length, tells.
        let may_be = if let Some(stop_words) = &rules.folded_stop_words {
            stop_words.contains(&self.folded.codes[start..end])
        } else {
            // Marks that are not folded away are not letters of a stop word.
            let codes = self.folded.codes.get(start..end).unwrap_or_default();
            let letters = codes.iter().filter(|&&code| self.alphabet.kind_of(code) != 0).count();
            rules.longest_stop_word > 0 && (rules.tatweel_counts || letters <= rules.longest_stop_word)
        };
        may_be && self.written(start, end).is_some_and(|word| rules.stop_words.contains(&word))
    }

    /// Returns whether the word `word..end` may be read as clitics and a word that begins at `stem`, which is
    /// known to stand without the alef of its article if `elided`.
    pub(crate) fn may_split(&self, word: usize, stem: usize, end: usize, elided: bool) -> bool {
        let (rules, codes) = (self.rules, &self.folded.codes);
        // Of a stem after «لل», the second «ل» counts.
        let least = if elided { 3 } else { rules.min_stem as usize };
        rules.are_proclitics(self.alphabet, &codes[word..stem])
            && self.alphabet.count(&codes[stem..end]) >= least
            && !rules.never_split.contains(&codes[word..end])
            && !self.is_ordinary(word, end, Hit { start: stem, end, surface: 0, elided })
            && !self.is_stop_word(word, end)
    }

    /// Returns whether the letters before `stem` in the word `word..end` may be clitics of a name of several words, the
    /// first of which begins there.
    pub(crate) fn may_precede(&self, word: usize, stem: usize, end: usize) -> bool {
        let codes = &self.folded.codes;
        self.rules.are_proclitics(self.alphabet, &codes[word..stem])
            && !self.rules.never_split.contains(&codes[word..end])
    }

    /// Returns where the clitics before a hit begin and where the pronoun after it ends, if the hit is a word
    /// of the text with nothing else attached to it.
    fn as_word(&self, hit: Hit, facts: NameFacts) -> Result<(usize, usize), Refusal> {
        let Hit { start, end, elided, .. } = hit;
        let codes = &self.folded.codes;
        let mut pronoun_end = end;
        if !self.folded.is_boundary(end) {
            pronoun_end = self.folded.word_end(end);
            let pronouns = self.rules.enclitics.as_ref().ok_or(Refusal::WordGoesOn)?;
            if !pronouns.contains(&codes[end..pronoun_end]) {
                return Err(Refusal::WordGoesOn);
            }
        }
        let clitics_start = self.clitics_start(hit, facts)?;
        let clitics = &codes[clitics_start..start];
        if elided && clitics.last() != Some(&self.alphabet.article[1]) {
            return Err(Refusal::NoLam);
        }
        if facts.single {
            self.check_stop_words(hit, clitics_start)?;
        }
        if !clitics.is_empty() && self.alphabet.is_arabic(codes[start]) {
            // The article before a stem makes the split safe, unless only «لل» is left of it.
            let short = if elided { facts.letters < 4 } else { facts.letters < self.rules.min_stem };
            if facts.single && short {
                return Err(Refusal::ShortStem);
            }
            let word_end = self.folded.word_end(start);
            if self.rules.never_split.contains(&codes[clitics_start..word_end]) {
                return Err(Refusal::NeverSplit);
            }
            if facts.single && self.is_ordinary(clitics_start, word_end, hit) {
                return Err(Refusal::CommonWord);
            }
        }
        Ok((clitics_start, pronoun_end))
    }

    /// Returns whether a word is likelier an ordinary word than clitics and a name; after a conjunction it is
    /// no less so.
    fn is_ordinary(&self, start: usize, end: usize, hit: Hit) -> bool {
        let codes = &self.folded.codes;
        let bare = start + usize::from(self.rules.conjunctions.contains(&codes[start]));
        self.is_ordinary_word(&codes[start..end], hit)
            || (start < bare && bare < hit.start && self.is_ordinary_word(&codes[bare..end], hit))
    }

    fn is_ordinary_word(&self, word: &[u8], hit: Hit) -> bool {
        let name = &self.folded.codes[hit.start..hit.end];
        if !hit.elided {
            return self.common_words.is_ordinary(word, name);
        }
        // «ل» has swallowed the alef of the article, or the article before another «ل».
        let article = self.alphabet.article;
        let full = |elided: &[u8]| self.common_words.is_ordinary(word, &[elided, name].concat());
        full(&article[..1]) && full(&article)
    }

    /// Returns where the clitics before a hit begin: at the start of its word, if there are any.
    fn clitics_start(&self, hit: Hit, facts: NameFacts) -> Result<usize, Refusal> {
        let start = hit.start;
        let codes = &self.folded.codes;
        let article = self.alphabet.article;
        if self.folded.is_boundary(start) {
            let touched = start.checked_sub(1).and_then(|before| self.folded.word_of(before));
            let Some(other) = touched.filter(|word| self.rules.script_boundary && word.end as usize == start)
            else {
                return Ok(start);
            };
            if hit.elided {
                return Ok(start);
            }
            // A clitic or an article on a name in Latin letters is a word of its own script: الـCIA.
            let word = other.start as usize;
            let clitics = &codes[word..start];
            let stem = clitics.strip_suffix(&article).unwrap_or(clitics);
            let attached = self.rules.are_proclitics(self.alphabet, clitics)
                || (stem.len() < clitics.len()
                    && (stem.is_empty() || self.rules.are_proclitics(self.alphabet, stem)));
            return Ok(if attached { word } else { start });
        }
        let word = self.folded.word_start(start);
        let clitics = &codes[word..start];
        let mut core = clitics;
        if self.rules.article && !facts.definite && !hit.elided {
            let lam = article[1];
            if let Some(rest) = clitics.strip_suffix(&article) {
                core = rest;
            } else if clitics.ends_with(&[lam, lam]) {
                core = &clitics[..clitics.len() - 1];
            }
        }
        if core.is_empty() || self.rules.are_proclitics(self.alphabet, core) {
            Ok(word)
        } else {
            Err(Refusal::NoProclitic)
        }
    }

    /// Refuses a stop word, unless the dictionary lists it just as it is written here.
    fn check_stop_words(&self, hit: Hit, word_start: usize) -> Result<(), Refusal> {
        let rules = self.rules;
        let word_end = self.folded.word_end(hit.end - 1);
        let as_listed =
            || self.written(hit.start, hit.end) == Some(written_form((self.spelling)(hit.surface).chars()));
        let has_clitics = word_start < hit.start;
        let word = self.is_stop_word(word_start, word_end);
        if (word && has_clitics) || ((word || self.is_stop_word(hit.start, hit.end)) && !as_listed()) {
            return Err(Refusal::StopWord);
        }
        // A common word that only folding makes like the entry; with clitics, the counts decide.
        if let Some(common) = rules.common.get(&self.folded.codes[word_start..word_end.max(word_start)]) {
            let written = self.written(word_start, word_end).unwrap_or_default();
            if !has_clitics && common.contains(&written) && !as_listed() {
                return Err(Refusal::CommonWord);
            }
        }
        Ok(())
    }
}
