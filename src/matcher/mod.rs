//! The pipeline for one text: fold, scan, accept, resolve.

mod context;
mod explain;

use std::collections::HashMap;

use crate::accept::{Background, Judge, Rules, Surface};
use crate::engine::{Engine, FirstWords};
use crate::error::{unknown, with_code_points, Error};
use crate::gazetteer::{Gazetteer, NO_LABEL};
use crate::letters::{Folded, Letters};
use crate::matcher_options::{Boundary, Clitics, MatcherOptions};
use crate::overlap::{keep_shortest_clitics, resolve};
use crate::script;
use crate::text::{decode, CodeUnit, Decoded};
use crate::types::{Candidate, Found, Hit};
use context::Context;
pub use explain::{Considered, Verdict};

/// Finds the entries of a gazetteer in text.
///
/// # Examples
/// ```
/// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions};
/// let mut gazetteer = Gazetteer::new();
/// gazetteer.add(Entry::new("القاهرة").label("CITY"))?;
/// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
/// let text = "سافر للقاهرة";
/// let found = matcher.find(text)[0];
/// assert_eq!(&text[found.start as usize..found.end as usize], "لقاهرة");
/// assert_eq!(&text[found.prefix_start as usize..found.start as usize], "ل");
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Debug)]
pub struct Matcher {
    options: MatcherOptions,
    letters: Letters,
    engine: Engine,
    first_words: FirstWords,
    rules: Rules,
    surfaces: Vec<Surface>,
    /// The surfaces that each string of the engine stands for: `targets[ends[s - 1]..ends[s]]`.
    targets: Vec<Target>,
    target_ends: Vec<u32>,
    background: Background,
    /// The background comes from texts, not from the built-in list.
    has_learned: bool,
    context: Context,
    gazetteer: Gazetteer,
}

#[derive(Clone, Copy, Debug)]
struct Target {
    surface: u32,
    elided: bool,
}

/// Working memory of a search, kept from one text to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: Folded,
    candidates: Vec<Candidate>,
    context: context::Scratch,
}

/// A selection of labels; see [`Matcher::labels`].
#[derive(Clone, Debug)]
pub struct LabelSet(Vec<bool>);

impl LabelSet {
    fn contains(&self, label: u32) -> bool {
        label != NO_LABEL && self.0[label as usize]
    }
}

impl Matcher {
    /// Compiles a gazetteer. Takes a few microseconds for each entry.
    ///
    /// # Errors
    /// If a name is empty after folding, or the dictionary is too large.
    pub fn new(gazetteer: &Gazetteer, options: &MatcherOptions) -> Result<Self, Error> {
        let protected = options.protect.iter().map(String::as_str);
        let words = gazetteer.evidence.words().chain(gazetteer.composition.words()).chain(protected);
        let letters = Letters::new(options.letters, gazetteer.surfaces().map(|(text, _)| text).chain(words));
        let article = [letters.code(script::ALEF), letters.code(script::LAM)];
        let mut surfaces = Vec::new();
        let mut strings: HashMap<Box<[u8]>, Vec<Target>> = HashMap::new();
        let mut folded = Folded::default();
        for (text, entry) in gazetteer.surfaces() {
            letters.fold(&text.chars().map(u32::from).collect::<Vec<u32>>(), &mut folded);
            let name = trim(&folded.codes);
            if name.is_empty() {
                let shown = with_code_points(text);
                return Err(Error::entry(entry as usize, format!("is empty after folding: {shown}")));
            }
            let definite = name.starts_with(&article);
            let surface = surfaces.len() as u32;
            surfaces.push(Surface {
                entry,
                priority: gazetteer.priority(entry),
                letters: letters.count(name) as u32,
                single: !name.iter().any(|&code| Letters::is_space(code)),
                definite,
                care: gazetteer.care(entry),
            });
            strings.entry(name.into()).or_default().push(Target { surface, elided: false });
            if definite && options.clitics != Clitics::Off {
                // ل + ال is written لل, and ل + الل too.
                let doubled = name.get(2) == Some(&article[1]);
                let elided = &name[if doubled { 2 } else { 1 }..];
                strings.entry(elided.into()).or_default().push(Target { surface, elided: true });
            }
        }
        let mut strings: Vec<(Box<[u8]>, Vec<Target>)> = strings.into_iter().collect();
        strings.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut targets = Vec::with_capacity(surfaces.len());
        let mut target_ends = Vec::with_capacity(strings.len());
        let mut keys = Vec::with_capacity(strings.len());
        for (key, own) in strings {
            targets.extend(own);
            target_ends.push(targets.len() as u32);
            keys.push(key);
        }
        let engine = Engine::new(&keys)?;
        let first_word = |key: &[u8]| letters.word_end(key, 0, options.script_boundary);
        // With a pronoun attached, the word of the text is longer than that of the dictionary.
        let first_words = if options.enclitics {
            FirstWords::any()
        } else {
            FirstWords::new(keys.iter().map(|key| &key[..first_word(key)]))
        };
        let rules = Rules::new(options, &letters);
        let context = Context::new(gazetteer, options, &letters, &rules)?;
        let options = options.clone();
        let mut matcher = Self {
            options,
            letters,
            engine,
            first_words,
            rules,
            surfaces,
            targets,
            target_ends,
            background: Background::default(),
            has_learned: false,
            context,
            gazetteer: gazetteer.clone(),
        };
        if matcher.options.background {
            matcher.use_frequent_words();
        }
        Ok(matcher)
    }

    /// The options.
    pub fn options(&self) -> &MatcherOptions {
        &self.options
    }

    /// How many entries the gazetteer had.
    pub fn len(&self) -> usize {
        self.gazetteer.len()
    }

    /// Whether the gazetteer was empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The canonical name of an entry; `None` for what a rule composed, which is named as it is written.
    pub fn name(&self, entry: u32) -> Option<&str> {
        self.rule_of(entry).is_none().then(|| self.gazetteer.name(entry))
    }

    /// The label of an entry, or of the rule whose matches have this number.
    pub fn label(&self, entry: u32) -> Option<&str> {
        self.label_number(entry).map(|number| self.known_labels()[number as usize].as_str())
    }

    /// The identifier of an entry; of what a rule composed, `rule:` and the rule's.
    pub fn id(&self, entry: u32) -> Option<&str> {
        match self.rule_of(entry) {
            Some(rule) => Some(self.context.rule(rule).0),
            None => self.gazetteer.id(entry),
        }
    }

    /// All labels, in the order of their first entry, then those of the rules.
    pub fn known_labels(&self) -> &[String] {
        self.context.labels()
    }

    /// The number of the label of an entry or a rule in [`known_labels`](Self::known_labels).
    pub fn label_number(&self, entry: u32) -> Option<u32> {
        match self.rule_of(entry) {
            Some(rule) => Some(self.context.rule(rule).1),
            None => Some(self.gazetteer.label_number(entry)).filter(|&number| number != NO_LABEL),
        }
    }

    /// Selects labels, for a search in a part of the dictionary.
    ///
    /// # Errors
    /// If no entry has one of them.
    pub fn labels<S: AsRef<str>>(&self, names: &[S]) -> Result<LabelSet, Error> {
        let known: Vec<&str> = self.known_labels().iter().map(String::as_str).collect();
        let mut set = vec![false; known.len()];
        for name in names {
            let name = name.as_ref();
            let at = known.iter().position(|k| *k == name);
            set[at.ok_or_else(|| Error::option(unknown("label", name, &known)))?] = true;
        }
        Ok(LabelSet(set))
    }

    /// Memory of the compiled dictionary, names and identifiers included, in bytes.
    pub fn memory_usage(&self) -> usize {
        self.letters.memory_usage()
            + self.engine.memory_usage()
            + self.first_words.memory_usage()
            + self.surfaces.len() * size_of::<Surface>()
            + self.targets.len() * size_of::<Target>()
            + self.target_ends.len() * 4
            + self.context.memory_usage()
            + self.gazetteer.memory_usage()
    }

    /// All matches in a text, in its order; positions are bytes.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut scratch = Scratch::default();
        match decode(text) {
            Decoded::Narrow(units) => self.find_units(&units, None, &mut scratch, &mut found),
            Decoded::Wide(units) => self.find_units(&units, None, &mut scratch, &mut found),
        }
        if !found.is_empty() {
            let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
            bytes.push(text.len() as u32);
            for f in &mut found {
                for at in [&mut f.start, &mut f.end, &mut f.prefix_start, &mut f.suffix_end] {
                    *at = bytes[*at as usize];
                }
            }
        }
        found
    }

    /// All matches in a text given as code points, in its order; `found` is replaced. Positions are code
    /// points. With `labels`, the search is as in a dictionary of the entries with these labels.
    pub fn find_units<U: CodeUnit>(
        &self,
        text: &[U],
        labels: Option<&LabelSet>,
        scratch: &mut Scratch,
        found: &mut Vec<Found>,
    ) {
        found.clear();
        let Scratch { folded, candidates, context } = scratch;
        candidates.clear();
        self.letters.fold(text, folded);
        let spelling = |surface| self.gazetteer.surface(surface);
        let judge = self.judge(text, folded, &spelling);
        self.scan(&folded.codes, labels, |hit| {
            if let Ok(candidate) = judge.accept(hit, self.surfaces[hit.surface as usize]) {
                candidates.push(candidate);
            }
        });
        self.weigh(&judge, labels, context, candidates);
        keep_shortest_clitics(candidates);
        resolve(candidates, self.options.overlap, self.options.first_of_duplicates);
        found.extend(candidates.iter().map(Candidate::found));
    }

    /// Takes the built-in list of frequent words for what is known of the texts.
    fn use_frequent_words(&mut self) {
        let mut folded = Folded::default();
        for word in script::FREQUENT_WORDS.lines() {
            self.letters.fold(&word.chars().map(u32::from).collect::<Vec<u32>>(), &mut folded);
            self.background.counts.insert(folded.codes.as_slice().into(), Background::ALWAYS);
        }
    }

    /// Takes word counts for what is known of the texts: see [`fit_background`](Self::fit_background).
    pub(crate) fn set_background(&mut self, counts: HashMap<Box<[u8]>, u32>) {
        self.background = Background { counts };
        self.has_learned = true;
        if self.options.background {
            self.use_frequent_words();
        }
    }

    /// The word counts that were learned from texts, if any were.
    pub(crate) fn learned_background(&self) -> Option<&HashMap<Box<[u8]>, u32>> {
        self.has_learned.then_some(&self.background.counts)
    }

    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Counts the words of a text that clitic readings turn on: those that begin with the letter of a
    /// clitic, and those that may be names.
    pub(crate) fn count_words<U: CodeUnit>(
        &self,
        text: &[U],
        scratch: &mut Scratch,
        counts: &mut HashMap<Box<[u8]>, u32>,
    ) {
        self.letters.fold(text, &mut scratch.folded);
        let codes = &scratch.folded.codes;
        let mut at = 0;
        while at < codes.len() {
            let end = self.letters.word_end(codes, at, self.options.script_boundary);
            let telling = end > at
                && (self.rules.letters_of_clitics[codes[at] as usize]
                    || self.first_words.may_hold(codes, at, end));
            if telling {
                match counts.get_mut(&codes[at..end]) {
                    Some(count) => *count = count.saturating_add(1),
                    None => {
                        counts.insert(codes[at..end].into(), 1);
                    }
                }
            }
            at = end.max(at + 1);
        }
    }

    fn judge<'a, U>(
        &'a self,
        text: &'a [U],
        folded: &'a Folded,
        spelling: &'a dyn Fn(u32) -> &'a str,
    ) -> Judge<'a, U> {
        Judge {
            rules: &self.rules,
            letters: &self.letters,
            text,
            folded,
            background: &self.background,
            spelling,
        }
    }

    /// Calls `found` for each place where letters of the text spell a surface and a match may be.
    fn scan(&self, codes: &[u8], labels: Option<&LabelSet>, mut found: impl FnMut(Hit)) {
        let mut string_at = |start, end, string| self.targets(start, end, string, labels, &mut found);
        if self.options.boundary == Boundary::None {
            self.engine.anywhere(codes, string_at);
            return;
        }
        // A whole word starts at a boundary, or behind the clitics that start there.
        let mut at = 0;
        while at < codes.len() {
            let end = self.letters.word_end(codes, at, self.options.script_boundary);
            if end == at {
                self.engine.starting_at(codes, at, |end, string| string_at(at, end, string));
                at += 1;
                continue;
            }
            let mut start = at;
            loop {
                if self.first_words.may_hold(codes, start, end) {
                    self.engine.starting_at(codes, start, |end, string| string_at(start, end, string));
                }
                start += 1;
                let in_clitics = start <= at + self.rules.longest_clitics && start < end;
                if !in_clitics || !self.rules.letters_of_clitics[codes[start - 1] as usize] {
                    break;
                }
            }
            at = end;
        }
    }
}

impl Matcher {
    /// Calls `found` for each surface that a string of the engine stands for.
    fn targets(
        &self,
        start: usize,
        end: usize,
        string: u32,
        labels: Option<&LabelSet>,
        mut found: impl FnMut(Hit),
    ) {
        let string = string as usize;
        let first = string.checked_sub(1).map_or(0, |before| self.target_ends[before] as usize);
        for target in &self.targets[first..self.target_ends[string] as usize] {
            let entry = self.surfaces[target.surface as usize].entry;
            if labels.is_none_or(|set| set.contains(self.gazetteer.label_number(entry))) {
                found(Hit { start, end, surface: target.surface, elided: target.elided });
            }
        }
    }
}

fn trim(codes: &[u8]) -> &[u8] {
    let start = codes.iter().position(|&c| !Letters::is_space(c)).unwrap_or(codes.len());
    let end = codes.iter().rposition(|&c| !Letters::is_space(c)).map_or(start, |last| last + 1);
    &codes[start..end]
}
