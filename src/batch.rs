//! Many texts at once: rows in, columns out.

use std::ops::Range;

use crate::accept::Counts;
use crate::matcher::{LabelSet, Matcher, Scratch};
use crate::normalize::{Normalizer, TextReport};
use crate::parallel;
use crate::text::{decode, encode_into, widened, CodeUnit, Decoded};
use crate::types::Found;

/// One row of a column of texts, in the width in which its owner stores it.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// No text.
    Null,
    /// Code points below 256.
    Latin1(&'a [u8]),
    /// Code points of the Basic Multilingual Plane.
    Ucs2(&'a [u16]),
    /// Any code points.
    Ucs4(&'a [u32]),
    /// UTF-8.
    Utf8(&'a str),
}

impl Text<'_> {
    /// The size of its storage, in bytes.
    pub fn size(&self) -> usize {
        match self {
            Text::Null => 0,
            Text::Latin1(units) => units.len(),
            Text::Ucs2(units) => units.len() * 2,
            Text::Ucs4(units) => units.len() * 4,
            Text::Utf8(text) => text.len(),
        }
    }
}

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
    /// The number of the entry.
    pub entries: Vec<u32>,
    /// What stands there in the text.
    pub texts: StringColumn,
    /// The clitics in front of it.
    pub prefixes: StringColumn,
    /// The clitics behind it.
    pub suffixes: StringColumn,
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
    /// The string at a place.
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
    /// How many matches there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the matches of rows that follow.
    pub fn append(&mut self, other: &Self) {
        self.rows.extend_from_slice(&other.rows);
        self.starts.extend_from_slice(&other.starts);
        self.ends.extend_from_slice(&other.ends);
        self.entries.extend_from_slice(&other.entries);
        self.texts.append(&other.texts);
        self.prefixes.append(&other.prefixes);
        self.suffixes.append(&other.suffixes);
    }

    fn push<U: CodeUnit>(&mut self, row: u64, text: &[U], found: &[Found]) {
        let part = |start: u32, end: u32| &text[start as usize..end as usize];
        for f in found {
            self.rows.push(row);
            self.starts.push(f.start);
            self.ends.push(f.end);
            self.entries.push(f.entry);
            self.texts.push(part(f.start, f.end));
            self.prefixes.push(part(f.prefix_start, f.start));
            self.suffixes.push(part(f.end, f.suffix_end));
        }
    }
}

/// Rows of about this size, in bytes, make a unit of work: enough to outweigh the hand-over.
const CHUNK_SIZE: usize = 256 * 1024;

/// Cuts rows into ranges by their size, so that a huge text does not hold up the others.
fn chunks(rows: &[Text<'_>]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        size += row.size();
        if size >= CHUNK_SIZE {
            ranges.push(start..at + 1);
            (start, size) = (at + 1, 0);
        }
    }
    if start < rows.len() {
        ranges.push(start..rows.len());
    }
    ranges
}

impl Matcher {
    /// All matches in a column of texts whose first row has the number `first_row`. Nulls have none.
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
            let mut scratch = Scratch::default();
            for (row, text) in (first_row + range.start as u64..).zip(&texts[range]) {
                let mut find =
                    Search { matcher: self, labels, row, scratch: &mut scratch, table: &mut table };
                match *text {
                    Text::Null => {}
                    Text::Latin1(units) => find.run(units),
                    Text::Ucs2(units) => find.run(units),
                    Text::Ucs4(units) => find.run(units),
                    Text::Utf8(text) => match decode(text) {
                        Decoded::Narrow(units) => find.run(&units),
                        Decoded::Wide(units) => find.run(&units),
                    },
                }
            }
            table
        };
        let mut parts = parallel::map(chunks(texts), parallel::threads(threads), find).into_iter();
        let mut table = parts.next().unwrap_or_default();
        parts.for_each(|part| table.append(&part));
        table
    }
}

impl Matcher {
    /// Learns from texts of the kind to be searched which words are ordinary: a word that is twice as frequent
    /// as the name that it would hold behind a clitic, and stands there five times or more, is no longer read
    /// as that clitic and that name. Adds to the built-in list of frequent words, if that is in use.
    pub fn fit_background(&mut self, texts: &[Text<'_>], threads: Option<usize>) {
        let count = |range: Range<usize>| {
            let mut counts = Counts::default();
            let mut scratch = Scratch::default();
            for text in &texts[range] {
                match *text {
                    Text::Null => {}
                    Text::Latin1(units) => self.count_words(units, &mut scratch, &mut counts),
                    Text::Ucs2(units) => self.count_words(units, &mut scratch, &mut counts),
                    Text::Ucs4(units) => self.count_words(units, &mut scratch, &mut counts),
                    Text::Utf8(text) => match decode(text) {
                        Decoded::Narrow(units) => self.count_words(&units, &mut scratch, &mut counts),
                        Decoded::Wide(units) => self.count_words(&units, &mut scratch, &mut counts),
                    },
                }
            }
            counts
        };
        let mut counts = Counts::default();
        for part in parallel::map(chunks(texts), parallel::threads(threads), count) {
            for (word, count) in part {
                let sum = counts.entry(word).or_default();
                *sum = sum.saturating_add(count);
            }
        }
        self.set_background(counts);
    }
}

/// The search in one row.
struct Search<'a> {
    matcher: &'a Matcher,
    labels: Option<&'a LabelSet>,
    row: u64,
    scratch: &'a mut Scratch,
    table: &'a mut MatchTable,
}

impl Search<'_> {
    fn run<U: CodeUnit>(&mut self, text: &[U]) {
        let mut found = Vec::new();
        self.matcher.find_units(text, self.labels, self.scratch, &mut found);
        self.table.push(self.row, text, &found);
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NormalizedRow {
    /// There was no text.
    Null,
    /// The text is unchanged.
    Unchanged,
    /// The text, in the part's `narrow` code points.
    Narrow(Range<usize>),
    /// The text, in the part's `wide` code points.
    Wide(Range<usize>),
}

/// Normalized rows.
#[derive(Clone, Debug, Default)]
pub struct NormalizedPart {
    /// One for each text.
    pub rows: Vec<NormalizedRow>,
    /// Results of texts of the Basic Multilingual Plane, end to end.
    pub narrow: Vec<u16>,
    /// Results of other texts, end to end.
    pub wide: Vec<u32>,
}

impl Normalizer {
    /// Normalizes a column of texts, in parts. About threads, see [`Matcher::find_batch`].
    pub fn normalize_batch(&self, texts: &[Text<'_>], threads: Option<usize>) -> Vec<NormalizedPart> {
        let normalize = |range: Range<usize>| {
            let mut part = NormalizedPart::default();
            let (mut narrow, mut wide) = (Vec::new(), Vec::new());
            for text in &texts[range] {
                let wider: Vec<u32>;
                let text = match (*text, self.widens()) {
                    (Text::Latin1(units), true) => {
                        wider = widened(units);
                        Text::Ucs4(&wider)
                    }
                    (Text::Ucs2(units), true) => {
                        wider = widened(units);
                        Text::Ucs4(&wider)
                    }
                    (text, _) => text,
                };
                let row = match text {
                    Text::Null => NormalizedRow::Null,
                    Text::Latin1(units) => part.narrow_row(self.normalize_units(units, &mut narrow), &narrow),
                    Text::Ucs2(units) => part.narrow_row(self.normalize_units(units, &mut narrow), &narrow),
                    Text::Ucs4(units) => part.wide_row(self.normalize_units(units, &mut wide), &wide),
                    Text::Utf8(text) => match decode(text) {
                        Decoded::Narrow(u) if self.widens() => {
                            part.wide_row(self.normalize_units(&widened(&u), &mut wide), &wide)
                        }
                        Decoded::Narrow(u) => part.narrow_row(self.normalize_units(&u, &mut narrow), &narrow),
                        Decoded::Wide(u) => part.wide_row(self.normalize_units(&u, &mut wide), &wide),
                    },
                };
                part.rows.push(row);
            }
            part
        };
        parallel::map(chunks(texts), parallel::threads(threads), normalize)
    }
}

impl TextReport {
    /// Counts a column of texts; nulls are no texts. About threads, see [`Matcher::find_batch`].
    pub fn of_batch(texts: &[Text<'_>], threads: Option<usize>) -> Self {
        let count = |range: Range<usize>| {
            let mut report = Self::default();
            for text in &texts[range] {
                match *text {
                    Text::Null => {}
                    Text::Latin1(units) => report.add(units),
                    Text::Ucs2(units) => report.add(units),
                    Text::Ucs4(units) => report.add(units),
                    Text::Utf8(text) => match decode(text) {
                        Decoded::Narrow(units) => report.add(&units),
                        Decoded::Wide(units) => report.add(&units),
                    },
                }
            }
            report
        };
        let mut report = Self::default();
        parallel::map(chunks(texts), parallel::threads(threads), count)
            .into_iter()
            .for_each(|part| report.append(part));
        report
    }
}

impl NormalizedPart {
    fn narrow_row(&mut self, changed: bool, units: &[u16]) -> NormalizedRow {
        if !changed {
            return NormalizedRow::Unchanged;
        }
        let start = self.narrow.len();
        self.narrow.extend_from_slice(units);
        NormalizedRow::Narrow(start..self.narrow.len())
    }

    fn wide_row(&mut self, changed: bool, units: &[u32]) -> NormalizedRow {
        if !changed {
            return NormalizedRow::Unchanged;
        }
        let start = self.wide.len();
        self.wide.extend_from_slice(units);
        NormalizedRow::Wide(start..self.wide.len())
    }
}
