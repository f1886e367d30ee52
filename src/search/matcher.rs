//! The pipeline: from a text, folded, to its matches.

use super::candidate::{Candidate, Hit, Match, Origin, PossibleHit};
use super::context::{self, Context};
use super::fuzzy::Fuzzy;
use super::judge::{common_words, words_of, Judge, NameFacts, Rules};
use super::labels::LabelSet;
use super::observer::Observer;
use super::options::{Boundary, Clitics, Duplicates, EngineChoice, MatcherOptions};
use super::ordinary_words::{CommonWords, Counts};
use super::overlap::{keep_shortest_clitics, resolve};
use super::spelling::written_form;
use crate::array::Array;
use crate::dictionary::gazetteer::Gazetteer;
use crate::error::Error;
use crate::fold::piece::Piece;
use crate::fold::run::{is_elongated, shorten_runs};
use crate::index::alphabet::Alphabet;
use crate::index::folded::FoldedText;
use crate::index::target::Target;
use crate::index::variants::Spellings;
use crate::index::word_table::WordTable;
use crate::index::{is_definite, letters_of, IndexOptions, NameIndex, Speller};
use crate::script;
use crate::text::{decode, encode, CodeUnit, Decoded};

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
/// assert_eq!(&text[found.range()], "لقاهرة");
/// assert_eq!(&text[found.prefix()], "ل");
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Debug)]
pub struct Matcher {
    options: MatcherOptions,
    pub(super) alphabet: Alphabet,
    index: NameIndex,
    pub(super) index_options: IndexOptions,
    rules: Rules,
    common_words: CommonWords,
    /// Common words were learned from texts, too.
    has_learned: bool,
    context: Context,
    fuzzy: Option<Fuzzy>,
    pub(super) gazetteer: Gazetteer,
}

/// Working memory of a search, kept from one text to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) folded: FoldedText,
    pub(super) hits: Vec<PossibleHit>,
    speller: Speller,
    candidates: Vec<Candidate>,
    context: context::Scratch,
}

impl Matcher {
    /// Compiles a gazetteer. Takes a few microseconds for each entry.
    ///
    /// # Errors
    /// If a name is empty after folding, options contradict each other, or the dictionary is too large.
    pub fn new(gazetteer: &Gazetteer, options: &MatcherOptions) -> Result<Self, Error> {
        options.check()?;
        let alphabet = alphabet_of(options, |fold| {
            let own = options.never_split.iter().map(String::as_str);
            let stop_words = words_of(&options.stop_words, Vec::new).into_iter();
            let common = words_of(&options.common_words, Vec::new).into_iter();
            letters_of(fold, gazetteer.texts().chain(own).chain(stop_words).chain(common))
        });
        let index_options = index_options(options, &alphabet);
        let index = NameIndex::new(gazetteer, &alphabet, &index_options)?;
        Self::of_parts(options, alphabet, index, index_options, gazetteer.clone())
    }

    /// Returns the matcher of what was compiled before: the letters with codes, the table of words, and the
    /// targets that are not in it.
    pub(crate) fn assemble(
        options: &MatcherOptions,
        gazetteer: Gazetteer,
        letters: Vec<u32>,
        table: Option<(WordTable, Array<u32>)>,
    ) -> Result<Self, Error> {
        let alphabet = alphabet_of(options, |_| letters);
        let index_options = index_options(options, &alphabet);
        let index = match table {
            Some((table, rest)) => NameIndex::of_table(table, &rest, &gazetteer, &alphabet, &index_options)?,
            None => NameIndex::new(&gazetteer, &alphabet, &index_options)?,
        };
        Self::of_parts(options, alphabet, index, index_options, gazetteer)
    }

    fn of_parts(
        options: &MatcherOptions,
        alphabet: Alphabet,
        index: NameIndex,
        index_options: IndexOptions,
        gazetteer: Gazetteer,
    ) -> Result<Self, Error> {
        let rules = Rules::new(options, &alphabet);
        let context = Context::new(&gazetteer, options, &alphabet, &index_options.spellings, &rules)?;
        let fuzzy = Fuzzy::new(&gazetteer, options, &alphabet);
        let mut matcher = Self {
            options: options.clone(),
            alphabet,
            index,
            index_options,
            rules,
            common_words: CommonWords::default(),
            has_learned: false,
            context,
            fuzzy,
            gazetteer,
        };
        matcher.use_listed_words();
        Ok(matcher)
    }

    /// Returns the options.
    pub fn options(&self) -> &MatcherOptions {
        &self.options
    }

    /// Returns how many entries the gazetteer had.
    pub fn len(&self) -> usize {
        self.gazetteer.len()
    }

    /// Returns whether the gazetteer was empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the text as it is compared with names: folded, with runs of white space as one.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Gazetteer, Matcher, MatcherOptions};
    /// let matcher = Matcher::new(&Gazetteer::new(), &MatcherOptions::profile("match")?)?;
    /// assert_eq!(matcher.fold("إِلـى  Dubai"), "الي dubai");
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn fold(&self, text: &str) -> String {
        let units: Vec<u32> = text.chars().map(u32::from).collect();
        encode(&self.fold_units(&units))
    }

    /// As [`fold`](Self::fold), for a text given as code points.
    pub fn fold_units<U: CodeUnit>(&self, text: &[U]) -> Vec<u32> {
        let mut pieces: Vec<Piece> = Vec::new();
        self.alphabet.fold.run(text, &mut pieces);
        let mut folded: Vec<u32> = pieces.iter().map(|piece| piece.cp).collect();
        if let Some(runs) = self.options.fold.elongation {
            shorten_runs(&mut folded, runs, is_elongated, |_| {});
        }
        let mut out = Vec::with_capacity(folded.len());
        for run in folded.chunk_by(|&a, &b| script::is_space(a) == script::is_space(b)) {
            if !script::is_space(run[0]) {
                out.extend_from_slice(run);
            } else if !self.options.any_whitespace && run.iter().any(|&cp| script::is_line_break(cp)) {
                out.push('\n' as u32);
            } else {
                out.push(' ' as u32);
            }
        }
        out
    }

    /// Returns the canonical name of an entry; `None` for what a rule composed, which is named as it is written.
    pub fn name(&self, origin: Origin) -> Option<&str> {
        origin.entry().map(|entry| self.gazetteer.name(entry.0))
    }

    /// Returns the label of an entry, or of the matches of a rule.
    pub fn label(&self, origin: Origin) -> Option<&str> {
        self.context.label(&self.gazetteer, origin)
    }

    /// Returns the identifier of an entry; `None` for what a rule composed, whose identifier is in
    /// [`composed_name`](Self::composed_name).
    pub fn id(&self, origin: Origin) -> Option<&str> {
        origin.entry().and_then(|entry| self.gazetteer.id(entry.0))
    }

    /// Returns the rule that found a match: that which composed its name, `coreference` for a later mention of a full
    /// name, `None` for an entry where it is listed.
    pub fn rule(&self, origin: Origin, is_later: bool) -> Option<&str> {
        match origin.rule() {
            _ if is_later => Some("coreference"),
            Some(rule) => self.context.rule(rule).map(|(id, _)| id),
            None => None,
        }
    }

    /// Returns the name and the identifier of what a rule composed in a text given as code points: as it is written,
    /// without marks and tatweel, with one blank between words; and `name:` with the folded name, in which أبي is أبو,
    /// ابن is بن, and compounds are one word. `None` for an entry.
    pub fn composed_name<U: CodeUnit>(&self, text: &[U], found: &Match) -> Option<(String, String)> {
        found.origin.rule()?;
        let (start, end) = found.antecedent.unwrap_or((found.start, found.end));
        let units = text.get(start as usize..end as usize)?;
        let written = written_form(units.iter().filter_map(|unit| char::from_u32(unit.code_point())));
        let blank = |c: char| c == '_' || script::is_space(c as u32);
        let name = written.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let id = format!("name:{}", joined(&self.fold(&name)));
        Some((name, id))
    }

    /// Returns all labels, in the order of their first entry, then those of the rules.
    pub fn known_labels(&self) -> &[String] {
        self.context.labels()
    }

    /// Returns the number of the label of an entry or a rule in [`known_labels`](Self::known_labels).
    pub fn label_number(&self, origin: Origin) -> Option<u32> {
        self.context.label_number(&self.gazetteer, origin)
    }

    /// Returns how many entries each label has, `None` standing for entries without one; in the order of their first
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

    /// Returns the canonical name of each entry, in the order in which they were added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|entry| self.gazetteer.name(entry))
    }

    /// Returns the id of each entry that has one, in the order in which they were added.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).filter_map(|entry| self.gazetteer.id(entry))
    }

    /// Selects labels, for a search in a part of the dictionary.
    ///
    /// # Errors
    /// If no entry has one of them.
    pub fn label_set<S: AsRef<str>>(&self, names: &[S]) -> Result<LabelSet, Error> {
        let known: Vec<&str> = self.known_labels().iter().map(String::as_str).collect();
        let mut set = vec![false; known.len()];
        for name in names {
            let name = name.as_ref();
            let at = known.iter().position(|k| *k == name);
            set[at.ok_or_else(|| Error::unknown("label", name, &known))?] = true;
        }
        Ok(LabelSet(set))
    }

    /// Memory of the compiled dictionary, names and identifiers included, in bytes.
    pub fn memory_usage(&self) -> usize {
        self.alphabet.memory_usage()
            + self.index.memory_usage()
            + self.context.memory_usage()
            + self.fuzzy.as_ref().map_or(0, Fuzzy::memory_usage)
            + self.gazetteer.memory_usage()
    }

    /// Returns all matches in a text, in its order; positions are bytes.
    pub fn find(&self, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        let mut scratch = Scratch::default();
        match decode(text) {
            Decoded::Narrow(units) => self.find_units(&units, None, &mut scratch, &mut found),
            Decoded::Wide(units) => self.find_units(&units, None, &mut scratch, &mut found),
        }
        in_bytes(text, found.iter_mut());
        found
    }

    /// All matches in a text given as code points, in its order; `found` is replaced. Positions are code
    /// points. With `labels`, those that have one of them; overlaps are resolved among these.
    pub fn find_units<U: CodeUnit>(
        &self,
        text: &[U],
        labels: Option<&LabelSet>,
        scratch: &mut Scratch,
        found: &mut Vec<Match>,
    ) {
        found.clear();
        let Scratch { folded, hits, .. } = scratch;
        self.alphabet.fold(text, folded);
        hits.clear();
        folded.pad();
        self.scan(folded, |start, end, target| hits.push(PossibleHit { start, end, target, first: 0 }));
        folded.unpad();
        self.touch_names(hits);
        let folded = std::mem::take(folded);
        self.choose(text, labels, &folded, scratch, &mut ());
        scratch.folded = folded;
        found.extend(scratch.candidates.iter().map(Candidate::as_match));
    }

    /// Touches every name before comparing any, so that they come from memory side by side.
    fn touch_names(&self, hits: &mut [PossibleHit]) {
        for hit in hits {
            hit.first = self.gazetteer.surface_bytes(hit.target.surface()).first().copied().unwrap_or(0);
        }
    }

    /// Judges the possible hits of a folded text, applies context and leaves the chosen candidates.
    #[inline]
    pub(super) fn choose<U: CodeUnit>(
        &self,
        text: &[U],
        labels: Option<&LabelSet>,
        folded: &FoldedText,
        scratch: &mut Scratch,
        observer: &mut impl Observer,
    ) {
        let Scratch { hits, speller, candidates, context, .. } = scratch;
        candidates.clear();
        let spelling = |surface| self.gazetteer.surface(surface);
        let judge = Judge {
            rules: &self.rules,
            alphabet: &self.alphabet,
            text,
            folded,
            common_words: &self.common_words,
            spelling: &spelling,
        };
        // Entries of other labels may decide how a word is read.
        let early = if self.context.needs_all_labels() { None } else { labels };
        for hit in &*hits {
            let Some((hit, facts)) = self.verify(&folded.codes, hit, early, speller) else { continue };
            match judge.accept(hit, facts) {
                Ok(candidate) => candidates.push(candidate),
                Err(refusal) => observer.refused(hit, facts, refusal),
            }
        }
        // Context is applied last.
        self.context.apply(&self.gazetteer, &judge, labels, context, candidates, observer);
        self.resolve(candidates, observer);
        if let Some(fuzzy) = &self.fuzzy {
            fuzzy.add(&self.gazetteer, &judge, labels, candidates, observer);
        }
        self.context.add_later_mentions(&self.gazetteer, &judge, context, candidates, observer);
    }

    fn resolve<O: Observer>(&self, candidates: &mut Vec<Candidate>, observer: &mut O) {
        let all = if O::WATCHES { candidates.clone() } else { Vec::new() };
        keep_shortest_clitics(candidates);
        let readings = if O::WATCHES { candidates.clone() } else { Vec::new() };
        resolve(candidates, self.options.overlap, self.options.duplicates == Duplicates::First);
        observer.resolved(&all, &readings, candidates);
    }

    /// Takes the listed common words for what is known of the texts.
    fn use_listed_words(&mut self) {
        for word in common_words(&self.options) {
            self.common_words.counts.insert(self.alphabet.spell(word).into(), CommonWords::ALWAYS);
        }
    }

    /// Takes word counts for what is known of the texts: see [`fit_common_words`](Self::fit_common_words).
    pub(crate) fn set_learned_words(&mut self, counts: Counts) {
        self.common_words = CommonWords { counts };
        self.has_learned = true;
        self.use_listed_words();
    }

    /// Returns the word counts that were learned from texts, if any were.
    pub(crate) fn learned_words(&self) -> Option<&Counts> {
        self.has_learned.then_some(&self.common_words.counts)
    }

    /// Returns the letters that have codes, in the order of those.
    pub(crate) fn letters(&self) -> Vec<u32> {
        self.alphabet.letters()
    }

    pub(crate) fn word_table(&self) -> Option<&WordTable> {
        self.index.table.as_ref()
    }

    /// Returns the targets that are not in the table of words.
    pub(crate) fn outside_table(&self) -> Vec<u32> {
        self.index.in_automaton().iter().map(|target| target.number()).collect()
    }

    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Counts the words of a text that clitic readings turn on: those that begin with the letter of a
    /// clitic, and those that may be names.
    pub(crate) fn count_words<U: CodeUnit>(&self, text: &[U], scratch: &mut Scratch, counts: &mut Counts) {
        let Scratch { folded, .. } = scratch;
        self.alphabet.fold(text, folded);
        for &word in &folded.words {
            let codes = &folded.codes[word.start as usize..word.end as usize];
            let telling = self.fuzzy.is_some()
                || self.rules.letters_of_clitics[usize::from(codes[0])]
                || self.index.may_begin(&folded.codes, word);
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

    /// Calls `found` with the start, the end and a target for each place where a name may stand.
    fn scan(&self, folded: &FoldedText, mut found: impl FnMut(usize, usize, Target)) {
        let FoldedText { codes, words, .. } = folded;
        let NameIndex { table, automaton } = &self.index;
        if self.options.boundary == Boundary::None {
            automaton.iter().for_each(|automaton| automaton.anywhere(codes, &mut found));
            return;
        }
        // A whole word starts at a boundary, or after the clitics that start there.
        let clitics = |word| self.rules.clitic_letters(codes, word);
        if let Some(table) = table {
            table.scan(codes, words, clitics, |start, end, target| {
                found(start, end, Target::from_number(target));
            });
        }
        let Some(automaton) = automaton else { return };
        let mut starting_at =
            |start: usize| automaton.starting_at(codes, start, |end, target| found(start, end, target));
        let mut read_to = 0;
        for &word in words {
            (read_to..word.start).for_each(|start| starting_at(start as usize));
            for start in word.start..=word.start + clitics(word) {
                if automaton.may_begin(codes, start, word.end) {
                    starting_at(start as usize);
                }
            }
            read_to = word.end;
        }
        (read_to as usize..codes.len()).for_each(starting_at);
    }

    /// Returns a possible hit with the facts of its name, if its codes stand there and its label is among
    /// these.
    fn verify(
        &self,
        codes: &[u8],
        hit: &PossibleHit,
        labels: Option<&LabelSet>,
        speller: &mut Speller,
    ) -> Option<(Hit, NameFacts)> {
        let PossibleHit { start, end, target, .. } = *hit;
        let (surface, elided) = (target.surface(), target.elided());
        let entry = self.gazetteer.entry_of(surface);
        if labels.is_some_and(|set| !set.contains(self.gazetteer.label_number(entry))) {
            return None;
        }
        let hit = Hit { start, end, surface, elided };
        let facts = NameFacts {
            entry,
            priority: self.gazetteer.priority(entry),
            letters: 0,
            single: false,
            definite: false,
            strict: self.gazetteer.strict(entry),
        };
        if self.options.boundary == Boundary::None {
            // Automaton hits are exact, and no word rule applies here.
            return Some((hit, facts));
        }
        let facts_of = |own: &[u8]| NameFacts {
            letters: self.alphabet.count(own) as u32,
            single: !own.iter().any(|&code| Alphabet::is_space(code)),
            definite: is_definite(own, &self.alphabet),
            ..facts
        };
        let there = &codes[start..end];
        // Elided names and names with extra white space must be folded again.
        let as_listed =
            if elided { None } else { self.alphabet.folds_to(self.gazetteer.surface_bytes(surface), there) };
        match as_listed {
            Some(true) => return Some((hit, facts_of(there))),
            Some(false) if self.options.name_variants.is_empty() => return None,
            _ => {}
        }
        let name = self.gazetteer.surface(surface);
        let mut found = None;
        speller.each(name, &self.alphabet, &self.index_options, |string, whole, _, is_elided| {
            if is_elided == elided && string == there && found.is_none() {
                found = Some((hit, facts_of(whole)));
            }
        });
        found
    }
}

/// Returns a folded name in the spelling that its variants share.
fn joined(name: &str) -> String {
    const KUNYAS: [&str; 3] = ["ابو", "ابي", "ابا"];
    let mut words: Vec<String> = Vec::new();
    let mut goes_on = false;
    for word in name.split(' ').filter(|word| !word.is_empty()) {
        let word = match word {
            "ابن" => "بن",
            _ if KUNYAS.contains(&word) => KUNYAS[0],
            _ => word,
        };
        let ends_compound = matches!(word, "الله" | "الدين" | "الاسلام");
        match words.last_mut() {
            Some(last) if goes_on || ends_compound => last.push_str(word),
            _ => words.push(word.to_string()),
        }
        goes_on = script::NAME_PARTICLES.contains(&word);
    }
    words.join(" ")
}

/// Turns positions from code points into bytes.
pub(super) fn in_bytes<'a>(text: &str, found: impl Iterator<Item = &'a mut Match>) {
    let mut found = found.peekable();
    if found.peek().is_none() {
        return;
    }
    let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
    bytes.push(text.len() as u32);
    for m in found {
        let (from, to) = m.antecedent.as_mut().map(|(from, to)| (from, to)).unzip();
        let own = [&mut m.start, &mut m.end, &mut m.prefix_start, &mut m.suffix_end];
        for at in own.into_iter().chain(from).chain(to) {
            *at = bytes[*at as usize];
        }
    }
}

fn alphabet_of(options: &MatcherOptions, letters: impl FnOnce(&crate::fold::Fold) -> Vec<u32>) -> Alphabet {
    Alphabet::new(&options.fold, options.script_boundary, options.any_whitespace, letters)
}

fn index_options(options: &MatcherOptions, alphabet: &Alphabet) -> IndexOptions {
    IndexOptions {
        whole_words: options.boundary == Boundary::Word,
        enclitics: options.enclitics,
        elides: options.clitics != Clitics::Off,
        automaton_only: options.engine == EngineChoice::AhoCorasick,
        spellings: Spellings::new(options.name_variants, alphabet),
    }
}
