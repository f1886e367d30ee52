//! A matcher as bytes that are searched as they lie: a file may be mapped into memory.
//!
//! Layout, numbers in little-endian order: magic (8 bytes), version of the format (u32), length of what follows
//! the header (u64), its checksum (u64), the length of each section (u64 each), then the sections, each from a
//! multiple of 64 bytes on. The first section is what is small, by serde; the others are the columns of the
//! gazetteer and the arrays of the table of words, ready to use. What the automaton has is compiled again.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::array::{Aligned, Array, Shared};
use crate::dictionary::gazetteer::{Gazetteer, COLUMNS};
use crate::dictionary::lexicon::{Ambiguity, LaterMentions, NameRule, NameRules, Triggers, WordList};
use crate::error::Error;
use crate::index::word_table::{Filter, FirstWords, WordTable};
use crate::options::OptionValue;
use crate::search::options::MatcherOptions;
use crate::search::Matcher;

/// The first byte is no text, and a transfer that changes line ends shows.
const MAGIC: &[u8; 8] = b"\x89KAYAN\r\n";
const VERSION: u32 = 4;
/// Magic, version, unused, length, checksum.
const HEADER: usize = 32;
/// What is small, the caller's bytes, the gazetteer, the table of words, the targets that are not in it.
const SECTIONS: usize = 2 + COLUMNS + 4 + 1;
const ALIGNMENT: usize = 64;

/// Everything that is no array.
#[derive(Serialize, Deserialize)]
struct Facts {
    normalizer_id: String,
    options_digest: u64,
    profile: String,
    options: Vec<(String, Value)>,
    /// The letters that have codes, in the order of those.
    letters: Vec<u32>,
    entries: u32,
    labels: Vec<String>,
    table: Option<TableFacts>,
    /// Word counts that were learned from texts, by folded word.
    learned_words: Option<Vec<(Vec<u8>, u32)>>,
    ambiguity: Ambiguity,
    name_rules: NameRules,
    coreferences: Vec<LaterMentions>,
}

#[derive(Serialize, Deserialize)]
struct TableFacts {
    width: u64,
    longest_gap: u32,
    seed: u64,
}

#[derive(Serialize, Deserialize)]
enum Value {
    Bool(bool),
    Int(i64),
    Str(String),
    List(Vec<String>),
}

impl From<OptionValue> for Value {
    fn from(value: OptionValue) -> Self {
        match value {
            OptionValue::Bool(on) => Self::Bool(on),
            OptionValue::Int(count) => Self::Int(count),
            OptionValue::Str(text) => Self::Str(text),
            OptionValue::List(names) => Self::List(names),
        }
    }
}

impl From<Value> for OptionValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Bool(on) => Self::Bool(on),
            Value::Int(count) => Self::Int(count),
            Value::Str(text) => Self::Str(text),
            Value::List(names) => Self::List(names),
        }
    }
}

impl Matcher {
    /// Returns the matcher as bytes, with `extra` bytes of the caller's.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add(Entry::new("القاهرة").label("CITY"))?;
    /// let bytes = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?.to_bytes(b"note");
    /// let (matcher, extra) = Matcher::from_bytes(&bytes)?;
    /// assert_eq!((matcher.find("في القاهرة").len(), &extra[..]), (1, &b"note"[..]));
    /// assert!(Matcher::from_bytes(&bytes[..50]).is_err());
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn to_bytes(&self, extra: &[u8]) -> Vec<u8> {
        let (options, gazetteer, table) = (self.options(), self.gazetteer(), self.word_table());
        let facts = Facts {
            normalizer_id: options.normalizer_id(),
            options_digest: digest(options),
            profile: options.profile_name().into(),
            options: named_values(options).map(|(name, value)| (name.into(), value.into())).collect(),
            letters: self.letters(),
            entries: gazetteer.len() as u32,
            labels: gazetteer.known_labels().to_vec(),
            table: table.map(|table| TableFacts {
                width: table.width,
                longest_gap: table.longest_gap,
                seed: table.seed,
            }),
            learned_words: self.learned_words().map(|counts| {
                let mut counts: Vec<_> = counts.iter().map(|(word, count)| (word.to_vec(), *count)).collect();
                counts.sort_unstable();
                counts
            }),
            ambiguity: gazetteer.ambiguity.clone(),
            name_rules: gazetteer.name_rules.clone(),
            coreferences: gazetteer.coreferences.clone(),
        };
        let facts = postcard::to_allocvec(&facts).unwrap_or_default();
        let rest = Array::from(self.outside_table());
        let mut sections: Vec<&[u8]> = vec![&facts, extra];
        sections.extend(gazetteer.columns());
        match table {
            Some(table) => {
                let filters = [&table.first_words.bits, &table.first_pairs.bits];
                sections.push(table.slots.as_bytes());
                sections.extend(filters.map(Array::as_bytes));
                sections.extend([&table.lists, &rest].map(Array::as_bytes));
            }
            None => sections.extend([&[][..]; 5]),
        }
        let mut body = Vec::new();
        sections.iter().for_each(|section| body.extend((section.len() as u64).to_le_bytes()));
        for section in sections {
            body.resize(aligned(HEADER + body.len()) - HEADER, 0);
            body.extend(section);
        }
        let mut out = Vec::with_capacity(HEADER + body.len());
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend([0; 4]);
        out.extend((body.len() as u64).to_le_bytes());
        out.extend(checksum(&body).to_le_bytes());
        out.extend(body);
        out
    }

    /// Returns the matcher that [`to_bytes`](Self::to_bytes) wrote, and the caller's bytes.
    ///
    /// # Errors
    /// If the bytes are not a saved matcher, are truncated or altered, or were written by a version that
    /// folds text otherwise.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Self, Vec<u8>), Error> {
        Self::in_shared(&Aligned::copy(bytes))
    }

    /// As [`from_bytes`](Self::from_bytes), for bytes that are used where they lie, without a copy: those of a
    /// file that the caller has mapped into memory, or that it has read. Bytes that don't begin at a multiple of
    /// eight are copied.
    ///
    /// # Errors
    /// As [`from_bytes`](Self::from_bytes).
    pub fn from_shared(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<(Self, Vec<u8>), Error> {
        if bytes.as_ref().as_ptr().align_offset(align_of::<u64>()) != 0 {
            return Self::from_bytes(bytes.as_ref());
        }
        let shared: Shared = std::sync::Arc::new(bytes);
        Self::in_shared(&shared)
    }

    fn in_shared(shared: &Shared) -> Result<(Self, Vec<u8>), Error> {
        let bytes = (**shared).as_ref();
        let (facts, ranges) = checked(bytes)?;
        let nonsense = || broken("its content makes no sense");
        let mut options = MatcherOptions::profile(&facts.profile)?;
        for (name, value) in facts.options {
            options.set(&name, &value.into())?;
        }
        let id_here = options.normalizer_id();
        if id_here != facts.normalizer_id {
            let id = facts.normalizer_id;
            return Err(broken(&format!("it folds text as {id}, this version of kayan as {id_here}")));
        }
        if digest(&options) != facts.options_digest {
            return Err(broken("its options mean something else in this version of kayan"));
        }
        let [_, extra, columns @ .., slots, words, pairs, lists, rest] = &ranges;
        let mut gazetteer =
            Gazetteer::from_columns(facts.entries, facts.labels, shared, columns).ok_or_else(nonsense)?;
        // As if they were added anew, which refuses what is wrong with them.
        for Triggers { words, labels } in facts.ambiguity.triggers {
            gazetteer.add_triggers(&words, labels.as_deref())?;
        }
        for WordList { kind, words } in facts.name_rules.lists {
            gazetteer.add_word_list(&kind, &words)?;
        }
        for NameRule { id, pattern, label, priority } in facts.name_rules.rules {
            gazetteer.add_rule(&id, &pattern, &label, priority)?;
        }
        let (surfaces, ambiguous) = (gazetteer.surface_count() as u32, facts.ambiguity.ambiguous);
        if !ambiguous.is_sorted_by(|a, b| a < b) || ambiguous.last().is_some_and(|&last| last >= surfaces) {
            return Err(nonsense());
        }
        gazetteer.ambiguity.ambiguous = ambiguous;
        if facts.letters.iter().any(|&letter| char::from_u32(letter).is_none()) {
            return Err(nonsense());
        }
        gazetteer.coreferences = facts.coreferences;
        let array = |range: &Range<usize>| Array::<u32>::part(shared, range.clone()).ok_or_else(nonsense);
        let wide = |range: &Range<usize>| Array::<u64>::part(shared, range.clone()).ok_or_else(nonsense);
        let table = match facts.table {
            Some(TableFacts { width, longest_gap, seed }) => {
                let table = WordTable {
                    slots: wide(slots)?,
                    width,
                    lists: array(lists)?,
                    first_words: FirstWords { bits: wide(words)? },
                    first_pairs: Filter { bits: wide(pairs)? },
                    longest_gap,
                    seed,
                };
                let targets = surfaces.checked_mul(2).ok_or_else(nonsense)?;
                let rest = array(rest)?;
                if !table.is_sound(targets) || rest.iter().any(|&target| target >= targets) {
                    return Err(nonsense());
                }
                Some((table, rest))
            }
            None => None,
        };
        let mut matcher = Self::assemble(&options, gazetteer, facts.letters, table)?;
        if let Some(counts) = facts.learned_words {
            matcher.set_learned_words(counts.into_iter().map(|(word, count)| (word.into(), count)).collect());
        }
        Ok((matcher, bytes[extra.clone()].to_vec()))
    }
}

fn broken(what: &str) -> Error {
    Error::saved(format!("not a usable saved matcher: {what}"))
}

/// Returns what is small, and where the sections are.
fn checked(bytes: &[u8]) -> Result<(Facts, [Range<usize>; SECTIONS]), Error> {
    let Some(mut header) = bytes.strip_prefix(MAGIC) else {
        return Err(broken("it does not begin as one"));
    };
    let truncated = || broken(&format!("it is cut off after {} bytes", bytes.len()));
    let version = u32::from_le_bytes(take(&mut header).ok_or_else(truncated)?);
    if version != VERSION {
        return Err(broken(&format!("it has format {version}, and this version of kayan reads {VERSION}")));
    }
    let unused: [u8; 4] = take(&mut header).ok_or_else(truncated)?;
    let len = u64::from_le_bytes(take(&mut header).ok_or_else(truncated)?);
    let sum = u64::from_le_bytes(take(&mut header).ok_or_else(truncated)?);
    let body = header;
    if (body.len() as u64) < len {
        return Err(truncated());
    }
    if body.len() as u64 > len {
        return Err(broken(&format!("{} bytes follow its end", body.len() as u64 - len)));
    }
    if unused != [0; 4] || sum != checksum(body) {
        return Err(broken("its bytes were altered"));
    }
    let nonsense = || broken("its content makes no sense");
    let mut lengths = body;
    let mut end = HEADER + SECTIONS * 8;
    let mut ranges = [const { 0..0 }; SECTIONS];
    for range in &mut ranges {
        let len = usize::try_from(u64::from_le_bytes(take(&mut lengths).ok_or_else(nonsense)?));
        let start = aligned(end);
        end = len.ok().and_then(|len| start.checked_add(len)).ok_or_else(nonsense)?;
        *range = start..end;
    }
    if end != bytes.len() {
        return Err(nonsense());
    }
    let facts =
        postcard::from_bytes(&bytes[ranges[0].clone()]).map_err(|error| nonsense().caused_by(error))?;
    Ok((facts, ranges))
}

fn aligned(at: usize) -> usize {
    at.next_multiple_of(ALIGNMENT)
}

fn named_values(options: &MatcherOptions) -> impl Iterator<Item = (&'static str, OptionValue)> + '_ {
    MatcherOptions::names().iter().filter_map(|name| Some((*name, options.get(name)?)))
}

fn digest(options: &MatcherOptions) -> u64 {
    checksum(format!("{:?}", named_values(options).collect::<Vec<_>>()).as_bytes())
}

/// Splits a number off the front.
fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

/// Against accidents, not against malice, which the checks of the content withstand. Four sums at a time, at
/// the speed of memory.
fn checksum(bytes: &[u8]) -> u64 {
    const FACTOR: u128 = 0x9E37_79B9_7F4A_7C15;
    let mixed = |sum: u64, word: [u8; 8]| {
        let product = u128::from(sum ^ u64::from_le_bytes(word)) * FACTOR;
        (product >> 64) as u64 ^ product as u64
    };
    let mut sums = [1_u64, 2, 3, 4];
    let (rows, rest) = bytes.as_chunks::<32>();
    for row in rows {
        for (sum, word) in sums.iter_mut().zip(row.as_chunks::<8>().0) {
            *sum = mixed(*sum, *word);
        }
    }
    let last = rest.chunks(8).map(|chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        word
    });
    let words = sums.map(u64::to_le_bytes).into_iter().chain(last);
    words.fold(bytes.len() as u64, mixed)
}

/// Changes bytes of a saved matcher as if its writer had written them: the checksum fits.
#[doc(hidden)]
pub fn repair(bytes: &mut [u8]) {
    if let Some((header, body)) = bytes.split_first_chunk_mut::<HEADER>() {
        header[16..24].copy_from_slice(&(body.len() as u64).to_le_bytes());
        header[24..].copy_from_slice(&checksum(body).to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::gazetteer::{Entry, Strict};

    const TEXT: &str = "قال السيد محمد بن سلمان في القاهرة وليبيا ولبنان ثم أبو ظبي، سلام فياض 🙂 龍門";

    fn saved(options: &[(&str, OptionValue)]) -> Vec<u8> {
        let mut gazetteer = Gazetteer::new();
        let entries = [
            Entry::new("القاهرة").label("CITY").id("c1").alias("قاهرة المعز"),
            Entry::new("ليبيا").label("COUNTRY").priority(3),
            Entry::new("لبنان").strict(Strict::HAMZA),
            Entry::new("لبنان").label("OTHER"),
            Entry::new("سلام").label("PER").alias("سلام فياض").ambiguous("سلام"),
            Entry::new("🙂"),
            Entry::new("(أبو ظبي"),
        ];
        entries.into_iter().for_each(|entry| gazetteer.add(entry).unwrap());
        gazetteer.add_triggers(&["السيد"], Some(&["PER"])).unwrap();
        gazetteer.add_word_list("given", &["محمد", "سلمان"]).unwrap();
        gazetteer.add_word_list("particle", &["بن"]).unwrap();
        gazetteer.add_rule("ibn", "given particle given", "NAME", 2).unwrap();
        let mut chosen = MatcherOptions::profile("match").unwrap();
        options.iter().for_each(|(name, value)| chosen.set(name, value).unwrap());
        Matcher::new(&gazetteer, &chosen).unwrap().to_bytes(b"note")
    }

    /// Uses a matcher of these bytes, if they make one, in every way; nothing may panic.
    fn opened_and_used(bytes: &[u8]) -> bool {
        let Ok((matcher, _)) = Matcher::from_bytes(bytes) else { return false };
        for found in matcher.find(TEXT) {
            let (name, label) = (matcher.name(found.origin), matcher.label(found.origin));
            assert!(!TEXT[found.range()].is_empty() && name != Some("") && label != Some(""));
        }
        assert!(matcher.explain(TEXT).len() < 1000);
        let count: usize = matcher.label_counts().iter().map(|(_, count)| count).sum();
        assert_eq!(count, matcher.len());
        true
    }

    #[test]
    fn altered_content_under_a_right_checksum_is_refused_or_harmless() {
        let variants = OptionValue::List(vec!["compound".into(), "kunya".into(), "ibn".into()]);
        for options in [vec![], vec![("name_variants", variants)], vec![("boundary", "none".into())]] {
            let whole = saved(&options);
            assert!(opened_and_used(&whole));
            let mut refused = 0;
            for at in (8..whole.len()).step_by(11) {
                for change in [0xFF, 1, 0x80] {
                    let mut bytes = whole.clone();
                    bytes[at] ^= change;
                    repair(&mut bytes);
                    refused += usize::from(!opened_and_used(&bytes));
                }
            }
            // Not of all: names are free, and the rest of a section is not used.
            assert!(refused > 100, "{refused}");
        }
    }

    #[test]
    fn numbers_that_lead_nowhere_are_refused() {
        let whole = saved(&[]);
        let (_, ranges) = checked(&whole).unwrap();
        // The columns of numbers of the gazetteer, the slots, the lists, and the targets outside.
        for section in [3, 4, 5, 7, 9, 12, 15, 16] {
            let range = ranges[section].clone();
            assert!(!range.is_empty(), "section {section} is empty");
            let mut bytes = whole.clone();
            bytes[range].fill(0xFF);
            repair(&mut bytes);
            assert!(Matcher::from_bytes(&bytes).is_err(), "section {section}");
        }
    }
}
