//! The names of a gazetteer, compiled to be looked for.

pub(crate) mod alphabet;
mod automaton;
pub(crate) mod folded;
pub(crate) mod near;
pub(crate) mod target;
pub(crate) mod variants;
pub(crate) mod word_table;

use crate::dictionary::gazetteer::Gazetteer;
use crate::error::{with_code_points, Error};
use crate::fold::{Fold, Piece};
use alphabet::Alphabet;
use automaton::Engine;
use folded::FoldedText;
use target::{Target, Word};
use variants::Spellings;
use word_table::{step, Filter, WordTable, WordTableBuilder};

/// How names are looked for.
#[derive(Debug)]
pub(crate) struct IndexOptions {
    /// Names are whole words, but for clitics before them.
    pub(crate) whole_words: bool,
    /// Pronouns may be attached to them.
    pub(crate) enclitics: bool,
    /// The article may have lost its alef after «ل».
    pub(crate) elides: bool,
    /// Everything goes into the automaton.
    pub(crate) automaton_only: bool,
    pub(crate) spellings: Spellings,
}

/// What is looked for: names of whole words in a table, all others, or all, in an automaton.
#[derive(Debug)]
pub(crate) struct NameIndex {
    pub(crate) table: Option<WordTable>,
    pub(crate) automaton: Option<Automaton>,
}

/// An automaton with what its strings stand for.
#[derive(Debug)]
pub(crate) struct Automaton {
    engine: Engine,
    /// The targets of each string: `targets[ends[s - 1]..ends[s]]`.
    targets: Vec<Target>,
    ends: Vec<u32>,
    /// The first words of the strings, to tell in one look that none begins here.
    first_words: Option<Filter>,
}

/// Strings of codes end to end, with their targets.
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

impl NameIndex {
    pub(crate) fn new(
        gazetteer: &Gazetteer,
        alphabet: &Alphabet,
        options: &IndexOptions,
    ) -> Result<Self, Error> {
        if !options.whole_words || options.enclitics || options.automaton_only {
            let mut strings = Strings::default();
            each_string(gazetteer, alphabet, options, |string, _, target| strings.push(string, target))?;
            return Ok(Self { table: None, automaton: Automaton::new(strings, alphabet, options)? });
        }
        for seed in SEEDS {
            let mut table = WordTableBuilder::new(gazetteer.surface_count(), seed);
            let mut rest = Strings::default();
            each_string(gazetteer, alphabet, options, |string, words, target| {
                if spans(words, string) {
                    table.add(string, words, target.number());
                } else {
                    rest.push(string, target);
                }
            })?;
            if let Some(table) = table.build() {
                return Ok(Self { table: Some(table), automaton: Automaton::new(rest, alphabet, options)? });
            }
        }
        Err(Error::too_large("the dictionary is too large".into()))
    }

    /// Returns the index with this table, and an automaton for the targets that are not in it.
    pub(crate) fn of_table(
        table: WordTable,
        rest: &[u32],
        gazetteer: &Gazetteer,
        alphabet: &Alphabet,
        options: &IndexOptions,
    ) -> Result<Self, Error> {
        let mut strings = Strings::default();
        let mut speller = Speller::default();
        let (mut last, nonsense) = (None, || Error::saved("a saved name makes no sense".into()));
        for target in rest.iter().map(|&number| Target::from_number(number)) {
            // A target stands there once for each of its spellings.
            if last.replace(target) == Some(target) {
                continue;
            }
            let before = strings.items.len();
            speller.each(
                gazetteer.surface(target.surface()),
                alphabet,
                options,
                |string, _, words, elided| {
                    if elided == target.elided() && !spans(words, string) {
                        strings.push(string, target);
                    }
                },
            );
            if strings.items.len() == before {
                return Err(nonsense());
            }
        }
        Ok(Self { table: Some(table), automaton: Automaton::new(strings, alphabet, options)? })
    }

    /// Returns the targets that are in the automaton.
    pub(crate) fn in_automaton(&self) -> Vec<Target> {
        let mut targets = self.automaton.as_ref().map_or(Vec::new(), |automaton| automaton.targets.clone());
        targets.sort_unstable();
        targets
    }

    /// Returns whether a name may begin with this word. There are no false negatives.
    pub(crate) fn may_begin(&self, codes: &[u8], word: Word) -> bool {
        self.table.as_ref().is_some_and(|table| table.may_begin(codes, word.start, word.end))
            || self
                .automaton
                .as_ref()
                .is_some_and(|automaton| automaton.may_begin(codes, word.start, word.end))
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.table.as_ref().map_or(0, WordTable::memory_usage)
            + self.automaton.as_ref().map_or(0, Automaton::memory_usage)
    }
}

impl Automaton {
    /// `None` without strings.
    fn new(mut strings: Strings, alphabet: &Alphabet, options: &IndexOptions) -> Result<Option<Self>, Error> {
        let codes = &strings.codes;
        let string = |item: &(u32, u32, Target)| &codes[item.0 as usize..item.1 as usize];
        strings.items.sort_unstable_by(|a, b| string(a).cmp(string(b)).then(a.2.cmp(&b.2)));
        strings.items.dedup_by(|a, b| string(a) == string(b) && a.2 == b.2);
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
        // With a pronoun attached, the word of the text is longer than that of the dictionary.
        let first_words = (!options.enclitics).then(|| {
            let mut words = Vec::new();
            let mut hashes = Vec::with_capacity(keys.len());
            for key in &keys {
                alphabet.segment(key, &mut words);
                if let Some(first) = words.first().filter(|first| first.start == 0) {
                    hashes.push(step(0, key, 0, first.end));
                }
            }
            Filter::new(hashes)
        });
        Ok(Some(Self { engine: Engine::new(&keys)?, targets, ends, first_words }))
    }

    /// Returns the automaton of the surfaces whose codes stand somewhere in this text.
    pub(crate) fn of_text(
        codes: &[u8],
        gazetteer: &Gazetteer,
        alphabet: &Alphabet,
        options: &IndexOptions,
    ) -> Result<Option<Self>, Error> {
        let mut strings = Strings::default();
        let mut pairs = vec![false; 0x1_0000];
        let pair = |pair: &[u8]| usize::from(pair[0]) << 8 | usize::from(pair[1]);
        codes.windows(2).for_each(|two| pairs[pair(two)] = true);
        each_string(gazetteer, alphabet, options, |string, _, target| {
            let may_stand = string.windows(2).all(|two| pairs[pair(two)]);
            if may_stand && codes.windows(string.len()).any(|there| there == string) {
                strings.push(string, target);
            }
        })?;
        Self::new(strings, alphabet, options)
    }

    /// Returns whether a string may begin with the word `start..end`. There are no false negatives.
    pub(crate) fn may_begin(&self, codes: &[u8], start: u32, end: u32) -> bool {
        self.first_words.as_ref().is_none_or(|words| words.view().may_hold(step(0, codes, start, end)))
    }

    /// Calls `found` with the end and a target of each string that begins at `start`.
    pub(crate) fn starting_at(&self, codes: &[u8], start: usize, mut found: impl FnMut(usize, Target)) {
        self.engine.starting_at(codes, start, |end, string| {
            self.targets(string).iter().for_each(|&target| found(end, target));
        });
    }

    /// Calls `found` with the start, the end and a target of each string, wherever it stands.
    pub(crate) fn anywhere(&self, codes: &[u8], mut found: impl FnMut(usize, usize, Target)) {
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

/// Spells names, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Speller {
    folded: FoldedText,
    words: Vec<Word>,
}

impl Speller {
    /// Calls `each` with the codes of each spelling of a name, the same, and their words, and with the codes
    /// without the alef of an article, the whole spelling, their words and `true`. Returns the codes of the name as it is listed, empty if there are none.
    pub(crate) fn each(
        &mut self,
        name: &str,
        alphabet: &Alphabet,
        options: &IndexOptions,
        mut each: impl FnMut(&[u8], &[u8], &[Word], bool),
    ) -> &[u8] {
        let Self { folded, words } = self;
        alphabet.fold_str(name, folded);
        let name = Alphabet::trimmed(&folded.codes);
        if name.is_empty() {
            return name;
        }
        let blanks = folded.codes.iter().take_while(|&&code| Alphabet::is_space(code)).count() as u32;
        folded.words.iter_mut().for_each(|word| {
            word.start -= blanks;
            word.end -= blanks;
        });
        let mut both = |spelling: &[u8], own: &[Word]| {
            each(spelling, spelling, own, false);
            if options.elides && is_definite(spelling, alphabet) {
                let elided = alphabet.without_alef(spelling).unwrap_or_default();
                let cut = (spelling.len() - elided.len()) as u32;
                words.clear();
                words.extend(own.iter().map(|word| Word {
                    start: word.start.saturating_sub(cut),
                    end: word.end.saturating_sub(cut),
                }));
                each(elided, spelling, words, true);
            }
        };
        both(name, &folded.words);
        let mut own = Vec::new();
        for spelling in options.spellings.of(alphabet, name) {
            alphabet.segment(&spelling, &mut own);
            both(&spelling, &own);
        }
        name
    }
}

/// Calls `each` with the codes of each spelling of each surface, and their words.
fn each_string(
    gazetteer: &Gazetteer,
    alphabet: &Alphabet,
    options: &IndexOptions,
    mut each: impl FnMut(&[u8], &[Word], Target),
) -> Result<(), Error> {
    if gazetteer.surface_count() >= Target::MOST {
        return Err(Error::too_large(format!("the dictionary has more than {} names", Target::MOST)));
    }
    let mut speller = Speller::default();
    for (surface, (text, entry)) in (0..).zip(gazetteer.surfaces()) {
        let name = speller.each(text, alphabet, options, |string, _, words, elided| {
            each(string, words, Target::new(surface, elided));
        });
        if name.is_empty() {
            let shown = with_code_points(text);
            return Err(Error::entry(entry as usize, format!("is empty after folding: {shown}")));
        }
    }
    Ok(())
}

/// Returns the folded letters of texts, the most frequent first.
pub(crate) fn letters_of<'a>(fold: &Fold, texts: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut narrow = vec![0_u32; 0x1_0000];
    let mut wide = std::collections::BTreeMap::new();
    let mut count = |cp: u32| match narrow.get_mut(cp as usize) {
        Some(count) => *count = count.saturating_add(1),
        None => *wide.entry(cp).or_insert(0_u32) += 1,
    };
    let (mut units, mut pieces) = (Vec::new(), Vec::<Piece>::new());
    for text in texts {
        units.clear();
        units.extend(text.chars().map(u32::from));
        pieces.clear();
        fold.run(&units, &mut pieces);
        pieces.iter().for_each(|piece| count(piece.cp));
    }
    let narrow = (0..).zip(narrow).filter(|(_, count)| *count > 0);
    let mut letters: Vec<(u32, u32)> = narrow.chain(wide).collect();
    letters.sort_by_key(|&(letter, count)| (std::cmp::Reverse(count), letter));
    letters.into_iter().map(|(letter, _)| letter).collect()
}

/// Returns whether a name begins with the article.
pub(crate) fn is_definite(name: &[u8], alphabet: &Alphabet) -> bool {
    name.starts_with(&alphabet.article)
}

/// Returns whether a string begins with the first and ends with the last of its words.
fn spans(words: &[Word], string: &[u8]) -> bool {
    words.first().is_some_and(|word| word.start == 0)
        && words.last().is_some_and(|word| word.end as usize == string.len())
}
