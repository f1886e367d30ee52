//! The names of a gazetteer, compiled to be looked for.

use crate::engine::Engine;
use crate::error::{with_code_points, Error};
use crate::gazetteer::Gazetteer;
use crate::letters::{Folded, Letters};
use crate::matcher_options::{Boundary, Clitics, EngineChoice, MatcherOptions};
use crate::script;
use crate::types::{Target, Word};
use crate::words::{step, Filter, WordTable, WordTableBuilder};

/// What is looked for: names of whole words in a table, all others, or all, in an automaton.
#[derive(Debug)]
pub(super) struct Dictionary {
    pub(super) words: Option<WordTable>,
    pub(super) letters: Option<Automaton>,
}

/// An automaton with what its strings stand for.
#[derive(Debug)]
pub(super) struct Automaton {
    pub(super) engine: Engine,
    /// The targets of each string: `targets[ends[s - 1]..ends[s]]`.
    targets: Vec<Target>,
    ends: Vec<u32>,
    /// The first words of the strings, to tell in one look that none begins here.
    first_words: Option<Filter>,
}

/// Strings of letters end to end, with their targets.
#[derive(Debug, Default)]
struct Strings {
    codes: Vec<u8>,
    items: Vec<(u32, u32, Target)>,
}

impl Strings {
    fn push(&mut self, string: &[u8], target: Target) {
        let start = self.codes.len() as u32;
        self.codes.extend_from_slice(string);
        self.items.push((start, self.codes.len() as u32, target));
    }
}

/// A table is built anew with the next of these where two names can't be told apart.
const SEEDS: std::ops::Range<u64> = 1..64;

impl Dictionary {
    pub(super) fn new(
        gazetteer: &Gazetteer,
        letters: &Letters,
        options: &MatcherOptions,
    ) -> Result<Self, Error> {
        let whole_words = options.boundary == Boundary::Word && !options.enclitics;
        if !whole_words || options.engine == EngineChoice::AhoCorasick {
            let mut strings = Strings::default();
            each_string(gazetteer, letters, options, |string, _, target| strings.push(string, target))?;
            return Ok(Self { words: None, letters: Automaton::new(strings, letters, options)? });
        }
        for seed in SEEDS {
            let mut table = WordTableBuilder::new(gazetteer.surface_count(), seed);
            let mut rest = Strings::default();
            each_string(gazetteer, letters, options, |string, words, target| {
                if spans(words, string) {
                    table.add(string, words, target.number());
                } else {
                    rest.push(string, target);
                }
            })?;
            if let Some(table) = table.build() {
                return Ok(Self { words: Some(table), letters: Automaton::new(rest, letters, options)? });
            }
        }
        Err(Error::option("the dictionary is too large".into()))
    }

    /// The table, with the automaton for the surfaces that are not in it.
    pub(super) fn of_table(
        table: WordTable,
        rest: &[u32],
        gazetteer: &Gazetteer,
        letters: &Letters,
        options: &MatcherOptions,
    ) -> Result<Self, Error> {
        let mut strings = Strings::default();
        let mut folded = Folded::default();
        for target in rest.iter().map(|&number| Target::from_number(number)) {
            letters.fold_str(gazetteer.surface(target.surface()), &mut folded);
            let string = string_of(name_of(&folded), target, letters);
            if string.is_empty() {
                return Err(Error::option("a saved name makes no sense".into()));
            }
            strings.push(string, target);
        }
        Ok(Self { words: Some(table), letters: Automaton::new(strings, letters, options)? })
    }

    /// The surfaces that are in the automaton.
    pub(super) fn in_automaton(&self) -> &[Target] {
        self.letters.as_ref().map_or(&[], |automaton| &automaton.targets)
    }

    /// Whether a name may begin with this word; `false` is certain.
    pub(super) fn may_begin(&self, codes: &[u8], word: Word) -> bool {
        self.words.as_ref().is_some_and(|table| table.may_begin(codes, word.start, word.end))
            || self.letters.as_ref().is_some_and(|automaton| automaton.may_begin(codes, word.start, word.end))
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.words.as_ref().map_or(0, WordTable::memory_usage)
            + self.letters.as_ref().map_or(0, Automaton::memory_usage)
    }
}

impl Automaton {
    /// `None` without strings.
    fn new(mut strings: Strings, letters: &Letters, options: &MatcherOptions) -> Result<Option<Self>, Error> {
        let codes = &strings.codes;
        let string = |item: &(u32, u32, Target)| &codes[item.0 as usize..item.1 as usize];
        strings.items.sort_unstable_by(|a, b| string(a).cmp(string(b)).then(a.2.cmp(&b.2)));
        let mut keys: Vec<&[u8]> = Vec::new();
        let (mut targets, mut ends) = (Vec::new(), Vec::new());
        for same in strings.items.chunk_by(|a, b| string(a) == string(b)) {
            keys.push(string(&same[0]));
            targets.extend(same.iter().map(|item| item.2));
            ends.push(targets.len() as u32);
        }
        if keys.is_empty() {
            return Ok(None);
        }
        let first_word = |key: &[u8]| letters.word_end(key, 0);
        // With a pronoun attached, the word of the text is longer than that of the dictionary.
        let first_words = (!options.enclitics).then(|| {
            let words = keys.iter().map(|key| &key[..first_word(key)]).filter(|word| !word.is_empty());
            let hashes: Vec<u64> = words.map(|word| step(0, word, 0, word.len() as u32)).collect();
            Filter::new(hashes.iter().copied(), hashes.len())
        });
        Ok(Some(Self { engine: Engine::new(&keys)?, targets, ends, first_words }))
    }

    /// The surfaces whose letters stand somewhere in this text.
    pub(super) fn of_text(
        codes: &[u8],
        gazetteer: &Gazetteer,
        letters: &Letters,
        options: &MatcherOptions,
    ) -> Result<Option<Self>, Error> {
        let mut strings = Strings::default();
        let mut pairs = vec![false; 0x1_0000];
        let pair = |pair: &[u8]| usize::from(pair[0]) << 8 | usize::from(pair[1]);
        codes.windows(2).for_each(|two| pairs[pair(two)] = true);
        each_string(gazetteer, letters, options, |string, _, target| {
            let may_stand = string.windows(2).all(|two| pairs[pair(two)]);
            if may_stand && codes.windows(string.len()).any(|there| there == string) {
                strings.push(string, target);
            }
        })?;
        Self::new(strings, letters, options)
    }

    /// Whether a string may begin with the word `start..end`; `false` is certain.
    pub(super) fn may_begin(&self, codes: &[u8], start: u32, end: u32) -> bool {
        self.first_words.as_ref().is_none_or(|words| words.view().may_hold(step(0, codes, start, end)))
    }

    /// Calls `found` with the end and a target of each string that begins at `start`.
    pub(super) fn starting_at(&self, codes: &[u8], start: usize, mut found: impl FnMut(usize, Target)) {
        self.engine.starting_at(codes, start, |end, string| {
            self.targets(string).iter().for_each(|&target| found(end, target));
        });
    }

    /// Calls `found` with the start, the end and a target of each string, wherever it stands.
    pub(super) fn anywhere(&self, codes: &[u8], mut found: impl FnMut(usize, usize, Target)) {
        self.engine.anywhere(codes, |start, end, string| {
            self.targets(string).iter().for_each(|&target| found(start, end, target));
        });
    }

    fn targets(&self, string: u32) -> &[Target] {
        let string = string as usize;
        let first = string.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.targets[first..self.ends[string] as usize]
    }

    fn memory_usage(&self) -> usize {
        self.engine.memory_usage() + (self.targets.len() + self.ends.len()) * 4
    }
}

/// Calls `each` with the letters of each surface and their words, and of each without the alef of its article.
fn each_string(
    gazetteer: &Gazetteer,
    letters: &Letters,
    options: &MatcherOptions,
    mut each: impl FnMut(&[u8], &[Word], Target),
) -> Result<(), Error> {
    if gazetteer.surface_count() >= Target::MOST {
        return Err(Error::option(format!("the dictionary has more than {} names", Target::MOST)));
    }
    let mut folded = Folded::default();
    let mut words = Vec::new();
    for (surface, (text, entry)) in (0..).zip(gazetteer.surfaces()) {
        letters.fold_str(text, &mut folded);
        let name = name_of(&folded);
        if name.is_empty() {
            let shown = with_code_points(text);
            return Err(Error::entry(entry as usize, format!("is empty after folding: {shown}")));
        }
        let mut each = |target| {
            let string = string_of(name, target, letters);
            // The name may begin behind white space, and the string behind the first letters of the name.
            let blanks = folded.codes.iter().take_while(|&&code| Letters::is_space(code)).count();
            let start = (blanks + name.len() - string.len()) as u32;
            words.clear();
            words.extend(folded.words.iter().map(|word| Word {
                start: word.start.saturating_sub(start),
                end: word.end.saturating_sub(start),
            }));
            each(string, &words, target);
        };
        each(Target::new(surface, false));
        if is_definite(name, letters) && options.clitics != Clitics::Off {
            each(Target::new(surface, true));
        }
    }
    Ok(())
}

/// The letters of a folded name.
pub(super) fn name_of(folded: &Folded) -> &[u8] {
    Letters::trimmed(&folded.codes)
}

pub(super) fn is_definite(name: &[u8], letters: &Letters) -> bool {
    name.starts_with(&[letters.code(script::ALEF), letters.code(script::LAM)])
}

/// The letters that are looked for to find a target with this name.
pub(super) fn string_of<'a>(name: &'a [u8], target: Target, letters: &Letters) -> &'a [u8] {
    if target.elided() {
        letters.without_alef(name).unwrap_or_default()
    } else {
        name
    }
}

/// Whether a string begins with the first and ends with the last of its words.
fn spans(words: &[Word], string: &[u8]) -> bool {
    words.first().is_some_and(|word| word.start == 0)
        && words.last().is_some_and(|word| word.end as usize == string.len())
}
