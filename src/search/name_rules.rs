//! Names that no list holds, composed of words that lists hold: given names, family names, titles, particles.
//!
//! Each word of a text gets the set of its kinds by one look into a table. Where a rule may begin, all rules
//! run at once over the words that follow, as automata whose states are the items of their patterns; the
//! longest match counts. A match has at most [`WORDS`] tokens, so the work is linear in the text.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::judge::CLITICS;
use crate::dictionary::lexicon::{self, NameRule, NameRules, ANY, LOAN, NISBA};
use crate::error::{with_code_points, Error};
use crate::index::alphabet::Alphabet;
use crate::index::folded::FoldedText;
use crate::index::target::Word;
use crate::index::variants::Spellings;
use crate::index::word_table::{step, Filter};
use crate::script;

/// No match has more tokens.
const WORDS: usize = 8;
/// Shorter words are not taken for names that nobody has listed.
const UNLISTED: usize = 3;
/// Nor shorter ones with the article for a nisba.
const SHORTEST_NISBA: usize = 5;
/// Kinds of words that are in no list, after the bits of those that are.
const ANY_BIT: u64 = 1 << 61;
const NISBA_BIT: u64 = 1 << 62;
const LOAN_BIT: u64 = 1 << 63;
/// Of an unlisted word at the start of a name, clitics are split off if so many letters are left.
const STEM: usize = 4;
/// No more codes than these stand between two words of a match: a dot and a blank.
const FARTHEST: usize = 2;

/// The rules and their words, compiled for one dictionary.
#[derive(Debug)]
pub(crate) struct Composer {
    /// By the first word of each token, the tokens that begin with it.
    whole: Words,
    /// The same where a «ل» in front has swallowed the alef of the article.
    elided: Words,
    rules: Vec<Rule>,
    /// Kinds with which some rule begins.
    first: u64,
    /// The words of both tables with which a match may begin, those that may follow an unlisted word with which
    /// one begins, and the first words of tokens of several: only around them are the words of a text looked for
    /// in the tables. `None` if an unlisted word may begin a match before any word.
    beginnings: Option<Filter>,
    /// Some rule has words that are in no list.
    uses_unlisted: bool,
    yeh: u8,
    /// The letters that clitics are made of.
    letters_of_clitics: Box<[bool; 256]>,
    /// Frequent words: after a clitic they are no name.
    ordinary: HashSet<Box<[u8]>>,
    sounds: Sounds,
}

/// Letters by what they say of an unlisted word.
#[derive(Debug)]
struct Sounds {
    /// The long vowels.
    vowels: [u8; 3],
    /// Those that names from other languages are hardly written with.
    arabic: [u8; 8],
    /// Prefixes of verbs.
    verbal: [u8; 3],
    meem: u8,
    lam: u8,
    heh: u8,
    /// Attached pronouns and the plural of the feminine.
    endings: [Vec<u8>; 4],
    masculine_plural: Vec<u8>,
}

type Words = HashMap<Box<[u8]>, Tokens, BuildHasherDefault<WordHasher>>;

/// Quick for words; only those of the dictionary are kept, so that no text can make them collide.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        for part in bytes.chunks(8) {
            let number = part.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte));
            self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(GOLDEN);
        }
    }
    fn write_usize(&mut self, number: usize) {
        self.0 ^= number as u64;
    }
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// What a first word may be.
#[derive(Debug, Default)]
struct Tokens {
    kinds: u64,
    /// Ordinary words that only folding makes like it, as they are written.
    excluded: Vec<String>,
    /// What follows it in tokens of several words, with their kinds.
    continuations: HashMap<Box<[u8]>, u64, BuildHasherDefault<WordHasher>>,
    /// How long those are, the longest first.
    lengths: Vec<usize>,
}

#[derive(Debug)]
struct Rule {
    items: Vec<Item>,
    /// The kinds with which a match may begin.
    first: u64,
    /// The kinds of each item that can't be left out: a match has one of each.
    required: Vec<u64>,
    /// What it matches is no name.
    is_no_name: bool,
}

#[derive(Debug)]
struct Item {
    /// Kinds of which a word must have one, and kinds of which it must have none.
    alternatives: Vec<(u64, u64)>,
    optional: bool,
    repeats: bool,
    in_span: bool,
}

/// A token in a text; positions are letters of the folded text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where its word starts, with clitics.
    pub(crate) word: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kinds: u64,
}

/// A composed name: letters of the folded text, and its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Composed {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) rule: usize,
    /// Where the clitics before it begin.
    pub(crate) clitics: usize,
}

/// Working memory.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) tokens: Vec<Token>,
    pub(crate) found: Vec<Composed>,
}

/// A way through a pattern: the next item, and the tokens of the span so far.
#[derive(Clone, Copy, Debug)]
struct Path {
    item: usize,
    span: Option<(usize, usize)>,
}

/// The ways to go on, the preferred one first. A pattern has at most 16 items.
#[derive(Default)]
struct Paths {
    list: [Option<Path>; 17],
    len: usize,
    seen: u32,
}

/// What the rules for single words say of a text.
pub(crate) trait Reader {
    /// Returns the letters as they are written.
    fn written(&self, start: usize, end: usize) -> Option<String>;
    /// Returns whether the word may be read as clitics and a word that begins at `stem`.
    fn may_split(&self, word: usize, stem: usize, end: usize, elided: bool) -> bool;
}

impl Composer {
    /// Compiles the rules of a dictionary, if it has any. `ordinary` are words that are not taken for tokens
    /// which only folding makes like them, nor for words that are in no list; `written` is how a word is
    /// compared.
    pub(crate) fn new<'a>(
        given: &NameRules,
        alphabet: &Alphabet,
        spellings: &Spellings,
        ordinary: impl Iterator<Item = &'a str>,
        written: impl Fn(&str) -> String,
    ) -> Result<Option<Self>, Error> {
        if given.rules.is_empty() {
            return Ok(None);
        }
        let rules = given.rules.iter().map(|rule| Rule::new(rule, given)).collect::<Result<Vec<_>, _>>()?;
        let first = rules.iter().fold(0, |kinds, rule| kinds | rule.first);
        let all = rules.iter().flat_map(|rule| &rule.items).fold(0, |kinds, item| kinds | item.kinds());
        let mut composer = Self {
            whole: Words::default(),
            elided: Words::default(),
            first,
            beginnings: None,
            yeh: alphabet.code(script::YEH),
            uses_unlisted: all & (ANY_BIT | NISBA_BIT | LOAN_BIT) != 0,
            ordinary: HashSet::new(),
            sounds: Sounds::new(alphabet),
            letters_of_clitics: Box::new([false; 256]),
            rules,
        };
        for letter in script::CONJUNCTIONS.into_iter().chain(script::PREPOSITIONS) {
            composer.letters_of_clitics[usize::from(alphabet.code(letter))] = true;
        }
        let ordinary: Vec<(Vec<u8>, String)> =
            ordinary.map(|word| (alphabet.spell(word), written(word))).collect();
        composer.ordinary = ordinary.iter().map(|(codes, _)| codes.as_slice().into()).collect();
        // Of a word that folds like an ordinary one: how the lists write it.
        let mut as_listed: HashMap<&[u8], Vec<String>> =
            ordinary.iter().map(|(codes, _)| (codes.as_slice(), Vec::new())).collect();
        let mut folded = FoldedText::default();
        for (at, list) in given.lists.iter().enumerate() {
            for word in &list.words {
                alphabet.fold_str(word.trim(), &mut folded);
                let first = folded.words.first().filter(|first| first.start == 0);
                let Some(first) = first.map(|first| first.end as usize) else {
                    let shown = with_code_points(word);
                    return Err(Error::word_list(format!(
                        "a word of the list '{}' does not begin with a letter: {shown}",
                        list.kind
                    )));
                };
                let codes = Alphabet::trimmed(&folded.codes);
                if let Some(listed) = as_listed.get_mut(codes) {
                    listed.push(written(word));
                }
                composer.add(alphabet, codes, first, 1 << at);
                let mut words = Vec::new();
                for spelling in spellings.of(alphabet, codes) {
                    alphabet.segment(&spelling, &mut words);
                    composer.add(alphabet, &spelling, words[0].end as usize, 1 << at);
                }
            }
        }
        for (codes, word) in &ordinary {
            let unlisted = !as_listed[codes.as_slice()].contains(word);
            if unlisted && (composer.uses_unlisted || composer.whole.contains_key(codes.as_slice())) {
                composer.whole.entry(codes.as_slice().into()).or_default().excluded.push(word.clone());
            }
        }
        for tokens in composer.whole.values_mut().chain(composer.elided.values_mut()) {
            tokens.lengths = tokens.continuations.keys().map(|continuation| continuation.len()).collect();
            tokens.lengths.sort_unstable_by_key(|&length| std::cmp::Reverse(length));
            tokens.lengths.dedup();
        }
        let telling =
            composer.rules.iter().try_fold(first, |kinds, rule| Some(kinds | rule.after_unlisted()?));
        composer.beginnings = telling.map(|telling| {
            let words = composer.whole.iter().chain(&composer.elided);
            let tells = |tokens: &Tokens| tokens.kinds & telling != 0 || !tokens.continuations.is_empty();
            let words = words.filter(|(_, tokens)| tells(tokens));
            Filter::new(words.map(|(word, _)| step(0, word, 0, word.len() as u32)).collect())
        });
        Ok(Some(composer))
    }

    /// Adds a word of a list, whose first word ends at `first`, and what is left of it after «ل».
    fn add(&mut self, alphabet: &Alphabet, codes: &[u8], first: usize, kind: u64) {
        self.whole.entry(codes[..first].into()).or_default().add(&codes[first..], kind);
        if let Some(elided) = alphabet.without_alef(codes) {
            let first = first - (codes.len() - elided.len());
            self.elided.entry(elided[..first].into()).or_default().add(&elided[first..], kind);
        }
    }

    /// Finds the longest composed name that begins at each word, in the order of the text; of several with
    /// one span, that of the first rule.
    pub(crate) fn find(
        &self,
        alphabet: &Alphabet,
        folded: &FoldedText,
        reader: &impl Reader,
        wanted: impl Fn(usize) -> bool,
        scratch: &mut Scratch,
    ) {
        let Scratch { tokens, found } = scratch;
        found.clear();
        self.collect(alphabet, folded, reader, tokens);
        for at in 0..tokens.len() {
            if tokens[at].kinds & self.first != 0 {
                found.extend(self.longest(&folded.codes, &tokens[at..], alphabet, reader, &wanted));
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|composed| (composed.start, composed.end));
    }

    /// Collects the words of a text that rules may use: those with which a match may begin, and those after them.
    fn collect(
        &self,
        alphabet: &Alphabet,
        folded: &FoldedText,
        reader: &impl Reader,
        tokens: &mut Vec<Token>,
    ) {
        tokens.clear();
        let codes = &folded.codes;
        let is_telling = |word: &Word| {
            let Some(beginnings) = &self.beginnings else { return true };
            let (at, end) = (word.start as usize, word.end as usize);
            let is_clitic = |letter: &usize| self.letters_of_clitics[usize::from(codes[*letter])];
            let clitics = (at..end.min(at + CLITICS + 1) - 1).take_while(is_clitic).count() as u32;
            let beginnings = beginnings.view();
            (word.start..=word.start + clitics)
                .any(|start| beginnings.may_hold(step(0, codes, start, word.end)))
        };
        let mut is_next_telling = folded.words.first().is_some_and(is_telling);
        let mut read_to = 0;
        // So many more tokens may belong to a match that has begun.
        let mut wanted = 0;
        for (number, word) in (1..).zip(&folded.words) {
            let is_telling_itself = is_next_telling;
            is_next_telling = folded.words.get(number).is_some_and(is_telling);
            let (at, end) = (word.start as usize, word.end as usize);
            if at < read_to {
                continue;
            }
            if at > read_to + FARTHEST {
                wanted = 0;
            }
            if wanted == 0 && !is_telling_itself && !is_next_telling {
                continue;
            }
            let known = self.whole.get(&codes[at..end]);
            let read = |tokens: &Tokens, start: usize| {
                let excluded =
                    || reader.written(start, end).is_some_and(|word| tokens.excluded.contains(&word));
                tokens
                    .read(codes, end, |end| folded.is_boundary(end))
                    .filter(|&(to, _)| to > end || tokens.excluded.is_empty() || !excluded())
            };
            let mut token = known.and_then(|known| read(known, at)).map(|(end, kinds)| Token {
                word: at,
                start: at,
                end,
                kinds,
            });
            for stem in at + 1..end.min(at + CLITICS + 1) {
                if token.is_some() || !self.letters_of_clitics[codes[stem - 1] as usize] {
                    break;
                }
                let lam = codes[stem - 1] == alphabet.article[1];
                for (table, elided) in [(&self.whole, false), (&self.elided, true)] {
                    let Some(known) = table.get(&codes[stem..end]).filter(|_| lam || !elided) else {
                        continue;
                    };
                    token = token.or_else(|| {
                        let (to, kinds) = read(known, stem)?;
                        let token = Token { word: at, start: stem, end: to, kinds };
                        reader.may_split(at, stem, end, elided).then_some(token)
                    });
                }
            }
            // An ordinary word is known, without a kind.
            if token.is_none() && self.uses_unlisted && known.is_none() {
                let kinds = self.unlisted(alphabet, &codes[at..end]);
                token = (kinds != 0).then_some(Token { word: at, start: at, end, kinds });
            }
            tokens.extend(token);
            wanted = match token {
                Some(token) if token.kinds & self.first != 0 => WORDS - 1,
                Some(_) => wanted.saturating_sub(1),
                None => 0,
            };
            read_to = token.map_or(end, |token| token.end);
        }
    }

    /// Returns the longest match of a rule that begins with the first of these tokens.
    fn longest(
        &self,
        codes: &[u8],
        tokens: &[Token],
        alphabet: &Alphabet,
        reader: &impl Reader,
        wanted: &impl Fn(usize) -> bool,
    ) -> Option<Composed> {
        let joined = |pair: &[Token]| {
            let (Token { start, end, .. }, next) = (pair[0], pair[1]);
            let is_blank = |between: &[u8]| matches!(*between, [code] if Alphabet::is_blank(code));
            let between = &codes[end..next.word];
            // «د. محمد» and «د.محمد».
            let is_dotted = || {
                let after = between.get(1..).is_some_and(|after| after.is_empty() || is_blank(after));
                after
                    && alphabet.count(&codes[start..end]) == 1
                    && reader.written(end, end + 1).as_deref() == Some(".")
            };
            next.word == next.start && (is_blank(between) || is_dotted())
        };
        let more = tokens.windows(2).take(WORDS - 1).take_while(|pair| joined(pair)).count();
        let tokens = &tokens[..=more];
        let mut best: Option<(usize, Composed)> = None;
        let is_wanted = |rule: usize| self.rules[rule].is_no_name || wanted(rule);
        for (rule, compiled) in self.rules.iter().enumerate().filter(|(rule, _)| is_wanted(*rule)) {
            if !compiled.may_begin(tokens) {
                continue;
            }
            if let Some((read, first, last)) = compiled.longest(tokens) {
                if best.is_none_or(|(other, _)| read > other) {
                    let (mut start, end) = (tokens[first].start, tokens[last].end);
                    if first == 0 && last > 0 && tokens[0].kinds & ANY_BIT != 0 {
                        start += self.attached(codes, alphabet, reader, (start, tokens[0].end));
                    }
                    best = Some((read, Composed { start, end, rule, clitics: tokens[first].word }));
                }
            }
        }
        best.map(|(_, composed)| composed).filter(|composed| !self.rules[composed.rule].is_no_name)
    }

    /// Returns how many letters at the start of an unlisted word are clitics: «وخبيب بن الزبير» is and خبيب.
    fn attached(
        &self,
        codes: &[u8],
        alphabet: &Alphabet,
        reader: &impl Reader,
        (word, end): (usize, usize),
    ) -> usize {
        let mut stems = (word + 1..end.min(word + CLITICS + 1)).rev();
        let is_split = |&stem: &usize| {
            codes[word..stem].iter().all(|&code| self.letters_of_clitics[usize::from(code)])
                && alphabet.count(&codes[stem..end]) >= STEM
                && reader.may_split(word, stem, end, false)
        };
        stems.find(is_split).map_or(0, |stem| stem - word)
    }

    /// Returns the kinds of a word that is in no list. One with the article after clitics has none: «للإغاثة» after
    /// «الملك سلمان» is no part of the name.
    fn unlisted(&self, alphabet: &Alphabet, word: &[u8]) -> u64 {
        let [alef, lam] = alphabet.article;
        let after = |word: &[u8], clitics: &[u8]| -> usize {
            usize::from(word.first().is_some_and(|code| clitics.contains(code)))
        };
        let stem = &word[after(word, &alphabet.conjunctions)..];
        let bare = &stem[after(stem, &alphabet.prepositions)..];
        let has_article = bare.len() < word.len() && bare.starts_with(&[alef, lam]);
        let count = alphabet.count(word);
        if count < UNLISTED || has_article || stem.starts_with(&[lam, lam]) || !alphabet.is_arabic_word(word)
        {
            0
        } else if word.starts_with(&[alef, lam]) {
            let is_nisba = count >= SHORTEST_NISBA && word.ends_with(&[self.yeh]);
            ANY_BIT | if is_nisba { NISBA_BIT } else { 0 }
        } else {
            let is_loan = self.sounds.is_loan(alphabet, word) && !self.is_ordinary_after_clitic(word);
            ANY_BIT | if is_loan { LOAN_BIT } else { 0 }
        }
    }

    fn is_ordinary_after_clitic(&self, word: &[u8]) -> bool {
        self.letters_of_clitics[usize::from(word[0])] && self.ordinary.contains(&word[1..])
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let table = |table: &Words| {
            let continuations = |tokens: &Tokens| {
                tokens.continuations.keys().map(|continuation| continuation.len() + 24).sum::<usize>()
            };
            table.iter().map(|(word, tokens)| word.len() + 80 + continuations(tokens)).sum::<usize>()
        };
        table(&self.whole) + table(&self.elided)
    }
}

impl Sounds {
    fn new(alphabet: &Alphabet) -> Self {
        let code = |letter: char| alphabet.code(letter as u32);
        Self {
            vowels: ['ا', 'و', 'ي'].map(code),
            arabic: ['ع', 'ح', 'ص', 'ض', 'ظ', 'ذ', 'ق', 'ء'].map(code),
            verbal: ['ي', 'ت', 'ن'].map(code),
            meem: code('م'),
            lam: code('ل'),
            heh: code('ه'),
            endings: ["ها", "هم", "هن", "ات"].map(|ending| alphabet.spell(ending)),
            masculine_plural: alphabet.spell("ون"),
        }
    }

    /// Returns whether a word without the article looks like a name from another language: it has a long vowel after
    /// its first letter, no letters that such names are hardly written with, no attached pronoun or ending, and neither
    /// the form of a verb (يسجل) nor of a participle in the accusative (متقدما). Before a consonant, «و» and «ل» are clitics.
    fn is_loan(&self, alphabet: &Alphabet, word: &[u8]) -> bool {
        let is_vowel = |code: &u8| self.vowels.contains(code);
        let [alef, waw, yeh] = self.vowels;
        let (first, rest) = (word[0], &word[1..]);
        let has_vowel = rest.iter().any(is_vowel);
        let is_arabic = word.iter().any(|code| self.arabic.contains(code));
        let ends = word.last() == Some(&self.heh) || self.endings.iter().any(|ending| word.ends_with(ending));
        let after_clitic = (first == waw || first == self.lam) && !rest.first().is_some_and(is_vowel);
        let is_participle =
            first == self.meem && word.ends_with(&[alef]) && !rest.first().is_some_and(is_vowel);
        let is_plural = self.verbal.contains(&first)
            && word
                .strip_suffix(self.masculine_plural.as_slice())
                .is_some_and(|stem| !stem[1..].iter().any(is_vowel));
        let is_verb = first == yeh && alphabet.count(word) <= 5 && !rest.first().is_some_and(is_vowel);
        has_vowel && !is_arabic && !ends && !after_clitic && !is_participle && !is_plural && !is_verb
    }
}

impl Tokens {
    fn add(&mut self, continuation: &[u8], kind: u64) {
        if continuation.is_empty() {
            self.kinds |= kind;
        } else {
            *self.continuations.entry(continuation.into()).or_default() |= kind;
        }
    }

    /// Returns the end and the kinds of the longest token whose first word ends at `end`.
    fn read(&self, codes: &[u8], end: usize, is_boundary: impl Fn(usize) -> bool) -> Option<(usize, u64)> {
        let rest = &codes[end..];
        let continuation = self.lengths.iter().find_map(|&length| {
            let kinds = self.continuations.get(rest.get(..length)?)?;
            is_boundary(end + length).then_some((end + length, *kinds))
        });
        continuation.or_else(|| (self.kinds != 0).then_some((end, self.kinds)))
    }
}

impl Rule {
    /// Compiles a rule.
    fn new(given: &NameRule, all: &NameRules) -> Result<Self, Error> {
        let bit = |kind: &str| {
            let unlisted = match kind {
                ANY => Some(ANY_BIT),
                NISBA => Some(NISBA_BIT),
                LOAN => Some(LOAN_BIT),
                _ => None,
            };
            unlisted.or_else(|| all.bit(kind)).ok_or_else(|| {
                let kinds: Vec<&str> = all.lists.iter().map(|list| list.kind.as_str()).collect();
                let kinds = if kinds.is_empty() { "none".into() } else { kinds.join(", ") };
                let message = format!("rule '{}': no word list of the kind '{kind}'", given.id);
                Error::word_list(format!("{message}; kinds: {kinds}"))
            })
        };
        let mut items = Vec::new();
        for item in given.items()? {
            let mut alternatives = Vec::new();
            for (kind, not) in &item.alternatives {
                let not = not.iter().try_fold(0, |bits, kind| Ok::<_, Error>(bits | bit(kind)?))?;
                alternatives.push((bit(kind)?, not));
            }
            let lexicon::Item { optional, repeats, in_span, .. } = item;
            items.push(Item { alternatives, optional, repeats, in_span });
        }
        let optional = items.iter().take_while(|item: &&Item| item.optional).count();
        let first = items.iter().take(optional + 1).fold(0, |kinds, item| kinds | item.kinds());
        let required = items.iter().filter(|item| !item.optional).map(Item::kinds).collect();
        Ok(Self { items, first, required, is_no_name: given.label.is_empty() })
    }

    /// Returns the kinds of which one follows an unlisted word with which a match begins; `None` if none need to.
    fn after_unlisted(&self) -> Option<u64> {
        const UNLISTED_BITS: u64 = ANY_BIT | NISBA_BIT | LOAN_BIT;
        if self.first & UNLISTED_BITS == 0 {
            return Some(0);
        }
        let second = self.items.iter().enumerate().filter(|(_, item)| !item.optional).nth(1)?.0;
        let first = self.items.iter().position(|item| item.kinds() & UNLISTED_BITS != 0)?;
        let next = &self.items[first + usize::from(!self.items[first].repeats)..=second];
        let kinds = next.iter().fold(0, |kinds, item| kinds | item.kinds());
        (kinds & UNLISTED_BITS == 0).then_some(kinds)
    }

    /// Returns whether a match may begin with the first of these tokens; there are no false negatives.
    fn may_begin(&self, tokens: &[Token]) -> bool {
        self.first & tokens[0].kinds != 0
            && self.required.len() <= tokens.len()
            && self.required.iter().all(|kinds| tokens.iter().any(|token| token.kinds & kinds != 0))
    }

    /// Returns how many of these tokens the longest match takes, and the first and the last of its span. Where items
    /// could share tokens otherwise, an earlier item takes as many as it can.
    fn longest(&self, tokens: &[Token]) -> Option<(usize, usize, usize)> {
        let mut paths = Paths::default();
        paths.add(self, Path { item: 0, span: None });
        let mut longest = None;
        for (at, token) in tokens.iter().enumerate() {
            let mut next = Paths::default();
            for path in paths.list[..paths.len].iter().flatten() {
                let Some(item) = self.items.get(path.item).filter(|item| item.takes(token.kinds)) else {
                    continue;
                };
                let span = if item.in_span {
                    Some((path.span.map_or(at, |(first, _)| first), at))
                } else {
                    path.span
                };
                // Behind the first of several words, the item is an optional one.
                if item.repeats {
                    next.push(Path { item: path.item, span });
                }
                next.add(self, Path { item: path.item + 1, span });
            }
            if next.len == 0 {
                break;
            }
            let whole = next.list[..next.len].iter().flatten().find(|path| path.item == self.items.len());
            if let Some((first, last)) = whole.and_then(|path| path.span) {
                longest = Some((at + 1, first, last));
            }
            paths = next;
        }
        longest
    }
}

impl Item {
    /// Returns all kinds that the item may take.
    fn kinds(&self) -> u64 {
        self.alternatives.iter().fold(0, |kinds, (kind, _)| kinds | kind)
    }

    fn takes(&self, kinds: u64) -> bool {
        self.alternatives.iter().any(|(kind, not)| kinds & kind != 0 && kinds & not == 0)
    }
}

impl Paths {
    fn push(&mut self, path: Path) {
        if self.seen & 1 << path.item == 0 {
            self.seen |= 1 << path.item;
            self.list[self.len] = Some(path);
            self.len += 1;
        }
    }

    /// With the ways around optional items.
    fn add(&mut self, rule: &Rule, path: Path) {
        self.push(path);
        if rule.items.get(path.item).is_some_and(|item| item.optional) {
            self.add(rule, Path { item: path.item + 1, ..path });
        }
    }
}
