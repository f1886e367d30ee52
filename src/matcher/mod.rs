//! The pipeline for one text: fold, scan, accept, resolve.

mod context;
mod dictionary;
mod explain;

use crate::accept::{Background, Counts, Judge, Rules, Surface};
use crate::array::Array;
use crate::error::{unknown, Error};
use crate::gazetteer::{Gazetteer, NO_LABEL};
use crate::letters::{Folded, Letters};
use crate::matcher_options::{Boundary, MatcherOptions};
use crate::overlap::{keep_shortest_clitics, resolve};
use crate::script;
use crate::text::{decode, CodeUnit, Decoded};
use crate::types::{Candidate, Found, Hit, Target};
use crate::words::WordTable;
use context::Context;
use dictionary::{is_definite, name_of, string_of, Dictionary};
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
    dictionary: Dictionary,
    rules: Rules,
    background: Background,
    /// The background comes from texts, not from the built-in list.
    has_learned: bool,
    context: Context,
    gazetteer: Gazetteer,
}

/// Working memory of a search, kept from one text to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: Folded,
    places: Vec<Place>,
    /// A name of the dictionary.
    name: Folded,
    candidates: Vec<Candidate>,
    context: context::Scratch,
}

/// Where a name may stand.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    target: Target,
    /// The first byte of the name.
    first: u8,
}

/// A selection of labels; see [`Matcher::labels`].
#[derive(Clone, Debug)]
pub struct LabelSet(Vec<bool>);

impl LabelSet {
    fn contains(&self, label: u32) -> bool {
        label != NO_LABEL && self.0.get(label as usize).copied().unwrap_or_default()
    }
}

impl Matcher {
    /// Compiles a gazetteer. Takes a few microseconds for each entry.
    ///
    /// # Errors
    /// If a name is empty after folding, or the dictionary is too large.
    pub fn new(gazetteer: &Gazetteer, options: &MatcherOptions) -> Result<Self, Error> {
        let characters = gazetteer.characters();
        let letters = Letters::new(options.letters, options.script_boundary, alphabet(&characters, options));
        let dictionary = Dictionary::new(gazetteer, &letters, options)?;
        Self::of_parts(options, letters, dictionary, gazetteer.clone())
    }

    /// A matcher of what was compiled before: the table of words, and the targets that are not in it.
    pub(crate) fn assemble(
        options: &MatcherOptions,
        gazetteer: Gazetteer,
        characters: &str,
        table: Option<(WordTable, Array<u32>)>,
    ) -> Result<Self, Error> {
        let letters = Letters::new(options.letters, options.script_boundary, alphabet(characters, options));
        let dictionary = match table {
            Some((table, rest)) => Dictionary::of_table(table, &rest, &gazetteer, &letters, options)?,
            None => Dictionary::new(&gazetteer, &letters, options)?,
        };
        Self::of_parts(options, letters, dictionary, gazetteer)
    }

    fn of_parts(
        options: &MatcherOptions,
        letters: Letters,
        dictionary: Dictionary,
        gazetteer: Gazetteer,
    ) -> Result<Self, Error> {
        let rules = Rules::new(options, &letters);
        let context = Context::new(&gazetteer, options, &letters, &rules)?;
        let options = options.clone();
        let background = Background::default();
        let mut matcher =
            Self { options, letters, dictionary, rules, background, has_learned: false, context, gazetteer };
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
        self.label_number(entry)
            .and_then(|number| self.known_labels().get(number as usize))
            .map(String::as_str)
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

    /// How many entries each label has, `None` standing for entries without one; in the order of their first
    /// entry.
    pub fn label_counts(&self) -> Vec<(Option<&str>, usize)> {
        let known = self.gazetteer.known_labels();
        let mut counts = vec![0; known.len() + 1];
        (0..self.len() as u32).for_each(|entry| {
            let number = self.gazetteer.label_number(entry) as usize;
            counts[number.min(known.len())] += 1;
        });
        let labels = known.iter().map(|label| Some(label.as_str())).chain([None]);
        labels.zip(counts).filter(|(_, count)| *count > 0).collect()
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
            + self.dictionary.memory_usage()
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
        let Scratch { folded, places, name, candidates, context } = scratch;
        candidates.clear();
        self.letters.fold(text, folded);
        let spelling = |surface| self.gazetteer.surface(surface);
        let judge = self.judge(text, folded, &spelling);
        places.clear();
        self.scan(folded, |start, end, target| places.push(Place { start, end, target, first: 0 }));
        // Names lie anywhere in memory: asked for one after the other, they come side by side.
        for place in &mut *places {
            place.first = self.gazetteer.surface_bytes(place.target.surface()).first().copied().unwrap_or(0);
        }
        for &Place { start, end, target, .. } in &*places {
            let hit = self.hit(&folded.codes, start, end, target, labels, name);
            if let Some(Ok(candidate)) = hit.map(|(hit, surface)| judge.accept(hit, surface)) {
                candidates.push(candidate);
            }
        }
        self.weigh(&judge, labels, context, candidates);
        keep_shortest_clitics(candidates);
        resolve(candidates, self.options.overlap, self.options.first_of_duplicates);
        found.extend(candidates.iter().map(Candidate::found));
    }

    /// Takes the built-in list of frequent words for what is known of the texts.
    fn use_frequent_words(&mut self) {
        let mut folded = Folded::default();
        for word in script::FREQUENT_WORDS.lines() {
            self.letters.fold_str(word, &mut folded);
            self.background.counts.insert(folded.codes.as_slice().into(), Background::ALWAYS);
        }
    }

    /// Takes word counts for what is known of the texts: see [`fit_background`](Self::fit_background).
    pub(crate) fn set_background(&mut self, counts: Counts) {
        self.background = Background { counts };
        self.has_learned = true;
        if self.options.background {
            self.use_frequent_words();
        }
    }

    /// The word counts that were learned from texts, if any were.
    pub(crate) fn learned_background(&self) -> Option<&Counts> {
        self.has_learned.then_some(&self.background.counts)
    }

    pub(crate) fn word_table(&self) -> Option<&WordTable> {
        self.dictionary.words.as_ref()
    }

    /// The targets that are not in the table of words.
    pub(crate) fn outside_table(&self) -> Vec<u32> {
        self.dictionary.in_automaton().iter().map(|target| target.number()).collect()
    }

    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Counts the words of a text that clitic readings turn on: those that begin with the letter of a
    /// clitic, and those that may be names.
    pub(crate) fn count_words<U: CodeUnit>(&self, text: &[U], scratch: &mut Scratch, counts: &mut Counts) {
        let Scratch { folded, .. } = scratch;
        self.letters.fold(text, folded);
        for &word in &folded.words {
            let codes = &folded.codes[word.start as usize..word.end as usize];
            let telling = self.rules.letters_of_clitics[codes[0] as usize]
                || self.dictionary.may_begin(&folded.codes, word);
            if telling {
                match counts.get_mut(codes) {
                    Some(count) => *count = count.saturating_add(1),
                    None => {
                        counts.insert(codes.into(), 1);
                    }
                }
            }
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

    /// Calls `found` with the start, the end and a target for each place where a name may stand.
    fn scan(&self, folded: &Folded, mut found: impl FnMut(usize, usize, Target)) {
        let Folded { codes, words, .. } = folded;
        let Dictionary { words: table, letters: automaton } = &self.dictionary;
        if self.options.boundary == Boundary::None {
            automaton.iter().for_each(|automaton| automaton.anywhere(codes, &mut found));
            return;
        }
        // A whole word starts at a boundary, or behind the clitics that start there.
        let clitics = |word| self.rules.clitic_letters(codes, word);
        if let Some(table) = table {
            table.scan(codes, words, clitics, |start, end, target| {
                found(start, end, Target::from_number(target));
            });
        }
        let Some(automaton) = automaton else { return };
        let mut starting_at =
            |start: usize| automaton.starting_at(codes, start, |end, target| found(start, end, target));
        let mut behind = 0;
        for &word in words {
            (behind..word.start).for_each(|start| starting_at(start as usize));
            for start in word.start..=word.start + clitics(word) {
                if automaton.may_begin(codes, start, word.end) {
                    starting_at(start as usize);
                }
            }
            behind = word.end;
        }
        (behind as usize..codes.len()).for_each(starting_at);
    }

    /// The hit of a target, if its letters stand there and its label is among these.
    fn hit(
        &self,
        codes: &[u8],
        start: usize,
        end: usize,
        target: Target,
        labels: Option<&LabelSet>,
        name: &mut Folded,
    ) -> Option<(Hit, Surface)> {
        let (number, elided) = (target.surface(), target.elided());
        let entry = self.gazetteer.entry_of(number);
        if labels.is_some_and(|set| !set.contains(self.gazetteer.label_number(entry))) {
            return None;
        }
        let priority = self.gazetteer.priority(entry);
        let care = self.gazetteer.care(entry);
        if self.options.boundary == Boundary::None {
            // The automaton doesn't deceive, and there are no rules for words to know the name for.
            let surface = Surface { entry, priority, letters: 0, single: false, definite: false, care };
            return Some((Hit { start, end, surface: number, elided }, surface));
        }
        let there = &codes[start..end];
        // Elided, or with spaces to spare: what is compared is not the name as it is listed.
        let as_listed =
            if elided { None } else { self.letters.folds_to(self.gazetteer.surface_bytes(number), there) };
        let own = match as_listed {
            Some(false) => return None,
            Some(true) => there,
            None => {
                self.letters.fold_str(self.gazetteer.surface(number), name);
                let own = name_of(name);
                if string_of(own, target, &self.letters) != there {
                    return None;
                }
                own
            }
        };
        let surface = Surface {
            entry,
            priority,
            letters: self.letters.count(own) as u32,
            single: !own.iter().any(|&code| Letters::is_space(code)),
            definite: is_definite(own, &self.letters),
            care,
        };
        Some((Hit { start, end, surface: number, elided }, surface))
    }
}

/// The characters of a dictionary and of what else a matcher must be able to spell.
fn alphabet<'a>(dictionary: &'a str, options: &'a MatcherOptions) -> impl Iterator<Item = char> + 'a {
    dictionary.chars().chain(options.protect.iter().flat_map(|word| word.chars()))
}
