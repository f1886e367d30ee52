//! The matches in a column of texts.

use std::ops::Range;

use super::threads::{chunks, count, map};
use crate::search::candidate::{Match, Origin};
use crate::search::ordinary_words::Counts;
use crate::search::{LabelSet, Matcher, Scratch};
use crate::text::{encode_into, with_units, CodeUnit, Decoder, Text};

/// The matches in a column of texts, in columns of their own, in the order of the texts.
///
/// Positions are code points of the text, ends exclusive.
#[derive(Clone, Debug, Default)]
pub struct MatchTable {
    /// The row of the text, counted from 0.
    pub rows: Vec<u64>,
    /// Where the match starts in it.
    pub starts: Vec<u32>,
    /// Where it ends.
    pub ends: Vec<u32>,
    /// What it names.
    pub origins: Vec<Origin>,
    /// What stands there in the text.
    pub texts: StringColumn,
    /// The clitics before it.
    pub prefixes: StringColumn,
    /// The clitics after it.
    pub suffixes: StringColumn,
    /// Which matches are later mentions of a full name, by number, ascending.
    later: Vec<usize>,
    /// Edits and similarity of the misspelt names, by the number of the match, ascending.
    near: Vec<(usize, (u8, f64))>,
    /// Names and identifiers of what rules composed, by the number of the match, ascending.
    composed: Vec<(usize, (String, String))>,
}

/// A column of strings, end to end.
#[derive(Clone, Debug, Default)]
pub struct StringColumn {
    /// All strings.
    pub text: String,
    /// Where each ends, in bytes.
    pub ends: Vec<usize>,
}

impl StringColumn {
    /// Returns the string at a place.
    pub fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    fn push<U: CodeUnit>(&mut self, units: &[U]) {
        encode_into(units, &mut self.text);
        self.ends.push(self.text.len());
    }

    fn append(&mut self, other: &Self) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| end + shift));
    }
}

impl MatchTable {
    /// Returns how many matches there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the matches of rows that follow.
    pub fn append(&mut self, other: &Self) {
        let shift = self.len();
        self.later.extend(other.later.iter().map(|at| at + shift));
        self.near.extend(other.near.iter().map(|(at, near)| (at + shift, *near)));
        self.composed.extend(other.composed.iter().map(|(at, name)| (at + shift, name.clone())));
        self.rows.extend_from_slice(&other.rows);
        self.starts.extend_from_slice(&other.starts);
        self.ends.extend_from_slice(&other.ends);
        self.origins.extend_from_slice(&other.origins);
        self.texts.append(&other.texts);
        self.prefixes.append(&other.prefixes);
        self.suffixes.append(&other.suffixes);
    }

    /// Returns the name of a match: that of its entry, or what a rule composed.
    pub fn name<'a>(&'a self, matcher: &'a Matcher, at: usize) -> &'a str {
        let composed = || self.composed(at).map(|(name, _)| name.as_str());
        matcher.name(self.origins[at]).or_else(composed).unwrap_or_default()
    }

    /// Returns the identifier of a match.
    pub fn id<'a>(&'a self, matcher: &'a Matcher, at: usize) -> Option<&'a str> {
        matcher.id(self.origins[at]).or_else(|| self.composed(at).map(|(_, id)| id.as_str()))
    }

    /// Returns the rule that found a match; see [`Matcher::rule`].
    pub fn rule<'a>(&self, matcher: &'a Matcher, at: usize) -> Option<&'a str> {
        matcher.rule(self.origins[at], self.later.binary_search(&at).is_ok())
    }

    /// Returns how many edits a match is from its name: 0 for a name as it is listed.
    pub fn edits(&self, at: usize) -> u8 {
        self.near(at).map_or(0, |(edits, _)| edits)
    }

    /// Returns how near a match is to its name; see [`Match::similarity`].
    pub fn similarity(&self, at: usize) -> f64 {
        self.near(at).map_or(1.0, |(_, similarity)| similarity)
    }

    fn near(&self, at: usize) -> Option<(u8, f64)> {
        let found = self.near.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        Some(self.near[found].1)
    }

    fn composed(&self, at: usize) -> Option<&(String, String)> {
        let found = self.composed.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        Some(&self.composed[found].1)
    }

    fn push<U: CodeUnit>(&mut self, matcher: &Matcher, row: u64, text: &[U], found: &[Match]) {
        let part = |start: u32, end: u32| &text[start as usize..end as usize];
        for f in found {
            if f.antecedent.is_some() {
                self.later.push(self.len());
            }
            if f.edits > 0 {
                self.near.push((self.len(), (f.edits, f.similarity())));
            }
            if let Some(composed) = matcher.composed_name(text, f) {
                self.composed.push((self.len(), composed));
            }
            self.rows.push(row);
            self.starts.push(f.start);
            self.ends.push(f.end);
            self.origins.push(f.origin);
            self.texts.push(part(f.start, f.end));
            self.prefixes.push(part(f.prefix_start, f.start));
            self.suffixes.push(part(f.end, f.suffix_end));
        }
    }
}

impl Matcher {
    /// Returns all matches in a column of texts whose first row has the number `first_row`. Nulls have none.
    ///
    /// Runs in `threads` threads; if not given, in as many as the environment variable
    /// `KAYAN_NUM_THREADS` says or the machine has cores.
    pub fn find_batch(
        &self,
        texts: &[Text<'_>],
        first_row: u64,
        labels: Option<&LabelSet>,
        threads: Option<usize>,
    ) -> MatchTable {
        let find = |range: Range<usize>| {
            let mut table = MatchTable::default();
            let (mut scratch, mut decoder, mut found) = (Scratch::default(), Decoder::default(), Vec::new());
            for (row, text) in (first_row + range.start as u64..).zip(&texts[range]) {
                let Some(units) = decoder.units(*text) else { continue };
                with_units!(units, |units| {
                    self.find_units(units, labels, &mut scratch, &mut found);
                    table.push(self, row, units, &found);
                });
            }
            table
        };
        let mut parts = map(chunks(texts), count(threads), find).into_iter();
        let mut table = parts.next().unwrap_or_default();
        parts.for_each(|part| table.append(&part));
        table
    }

    /// Returns how many matches each text of a column has. Nulls have none. About labels and threads, see
    /// [`find_batch`](Self::find_batch).
    ///
    /// # Examples
    /// ```
    /// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions, Text};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add(Entry::new("دبي"))?;
    /// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
    /// let texts = [Text::Utf8("من دبي إلى دبي"), Text::Null];
    /// assert_eq!(matcher.count_batch(&texts, None, None), [2, 0]);
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn count_batch(
        &self,
        texts: &[Text<'_>],
        labels: Option<&LabelSet>,
        threads: Option<usize>,
    ) -> Vec<u32> {
        let work = |range: Range<usize>| {
            let (mut scratch, mut decoder, mut found) = (Scratch::default(), Decoder::default(), Vec::new());
            let mut counts = Vec::with_capacity(range.len());
            for text in &texts[range] {
                found.clear();
                if let Some(units) = decoder.units(*text) {
                    with_units!(units, |units| self.find_units(units, labels, &mut scratch, &mut found));
                }
                counts.push(found.len() as u32);
            }
            counts
        };
        map(chunks(texts), count(threads), work).concat()
    }
}

impl Matcher {
    /// Learns from texts of the kind to be searched which words are ordinary: a word more than twice as frequent
    /// as the name that it would hold after a clitic, and stands there five times or more, is no longer read
    /// as that clitic and that name. Adds to the built-in list of frequent words, if that is in use.
    pub fn fit_common_words(&mut self, texts: &[Text<'_>], threads: Option<usize>) {
        let work = |range: Range<usize>| {
            let mut counts = Counts::default();
            let (mut scratch, mut decoder) = (Scratch::default(), Decoder::default());
            for text in &texts[range] {
                if let Some(units) = decoder.units(*text) {
                    with_units!(units, |units| self.count_words(units, &mut scratch, &mut counts));
                }
            }
            counts
        };
        let mut counts = Counts::default();
        for part in map(chunks(texts), count(threads), work) {
            for (word, count) in part {
                let sum = counts.entry(word).or_default();
                *sum = sum.saturating_add(count);
            }
        }
        self.set_learned_words(counts);
    }
}
