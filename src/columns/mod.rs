//! Many texts at once: rows in, columns out.

pub(crate) mod threads;

use std::borrow::Cow;
use std::ops::Range;

use crate::normalize::{Normalizer, Outcome, TextReport};
use crate::search::ordinary_words::Counts;
use crate::search::{LabelSet, Matcher, Scratch};

use crate::search::candidate::{Match, Origin};
use crate::text::{encode_into, widened, CodeUnit, Decoder};

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

/// Works on the code points of a text, whatever their width; UTF-8 is decoded first. A null is passed over.
macro_rules! with_units {
    ($text:expr, $decoder:expr, |$units:ident| $work:expr) => {
        match $text {
            Text::Null => {}
            Text::Latin1($units) => $work,
            Text::Ucs2($units) => $work,
            Text::Ucs4($units) => $work,
            Text::Utf8(text) => {
                if $decoder.is_narrow(text) {
                    let $units = $decoder.narrow.as_slice();
                    $work
                } else {
                    let $units = $decoder.wide.as_slice();
                    $work
                }
            }
        }
    };
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
    /// What it names.
    pub origins: Vec<Origin>,
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
        self.origins.extend_from_slice(&other.origins);
        self.texts.append(&other.texts);
        self.prefixes.append(&other.prefixes);
        self.suffixes.append(&other.suffixes);
    }

    fn push<U: CodeUnit>(&mut self, row: u64, text: &[U], found: &[Match]) {
        let part = |start: u32, end: u32| &text[start as usize..end as usize];
        for f in found {
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
            let (mut scratch, mut decoder, mut found) = (Scratch::default(), Decoder::default(), Vec::new());
            for (row, text) in (first_row + range.start as u64..).zip(&texts[range]) {
                with_units!(*text, decoder, |units| {
                    self.find_units(units, labels, &mut scratch, &mut found);
                    table.push(row, units, &found);
                });
            }
            table
        };
        let mut parts = threads::map(chunks(texts), threads::threads(threads), find).into_iter();
        let mut table = parts.next().unwrap_or_default();
        parts.for_each(|part| table.append(&part));
        table
    }

    /// How many matches each text of a column has. Nulls have none. About labels and threads, see
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
        let count = |range: Range<usize>| {
            let (mut scratch, mut decoder, mut found) = (Scratch::default(), Decoder::default(), Vec::new());
            let mut counts = Vec::with_capacity(range.len());
            for text in &texts[range] {
                found.clear();
                with_units!(*text, decoder, |units| self.find_units(units, labels, &mut scratch, &mut found));
                counts.push(found.len() as u32);
            }
            counts
        };
        threads::map(chunks(texts), threads::threads(threads), count).concat()
    }
}

impl Matcher {
    /// Learns from texts of the kind to be searched which words are ordinary: a word that is twice as frequent
    /// as the name that it would hold behind a clitic, and stands there five times or more, is no longer read
    /// as that clitic and that name. Adds to the built-in list of frequent words, if that is in use.
    pub fn fit_common_words(&mut self, texts: &[Text<'_>], threads: Option<usize>) {
        let count = |range: Range<usize>| {
            let mut counts = Counts::default();
            let (mut scratch, mut decoder) = (Scratch::default(), Decoder::default());
            for text in &texts[range] {
                with_units!(*text, decoder, |units| self.count_words(units, &mut scratch, &mut counts));
            }
            counts
        };
        let mut counts = Counts::default();
        for part in threads::map(chunks(texts), threads::threads(threads), count) {
            for (word, count) in part {
                let sum = counts.entry(word).or_default();
                *sum = sum.saturating_add(count);
            }
        }
        self.set_learned_words(counts);
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
    /// The text, in the part's `utf8`: that of a row which was UTF-8.
    Utf8(Range<usize>),
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
    /// Results of texts in UTF-8, end to end.
    pub utf8: Vec<u8>,
}

impl Normalizer {
    /// Normalizes a column of texts, in parts. About threads, see [`Matcher::find_batch`].
    pub fn normalize_batch(&self, texts: &[Text<'_>], threads: Option<usize>) -> Vec<NormalizedPart> {
        let normalize = |range: Range<usize>| {
            let mut part = NormalizedPart::with_room_for(&texts[range.clone()]);
            for text in &texts[range] {
                let row = match *text {
                    Text::Null => NormalizedRow::Null,
                    Text::Utf8(text) => self.utf8_row(text, &mut part.utf8),
                    Text::Ucs4(units) => row(self.add(units, &mut part.wide), NormalizedRow::Wide),
                    Text::Latin1(units) if self.widens() => {
                        row(self.add(&widened(units), &mut part.wide), NormalizedRow::Wide)
                    }
                    Text::Ucs2(units) if self.widens() => {
                        row(self.add(&widened(units), &mut part.wide), NormalizedRow::Wide)
                    }
                    Text::Latin1(units) => row(self.add(units, &mut part.narrow), NormalizedRow::Narrow),
                    Text::Ucs2(units) => row(self.add(units, &mut part.narrow), NormalizedRow::Narrow),
                };
                part.rows.push(row);
            }
            part
        };
        threads::map(chunks(texts), threads::threads(threads), normalize)
    }

    /// Adds the result for a text to `out` and gives its place, or nothing where nothing changes.
    fn add<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>) -> Option<Range<usize>> {
        let start = out.len();
        match self.plain_units(text, out) {
            Outcome::Unchanged => return None,
            Outcome::Changed => {}
            Outcome::NotPlain => {
                let mut result = Vec::new();
                if !self.normalize_with_neighbours(text, &mut result) {
                    return None;
                }
                out.extend_from_slice(&result);
            }
        }
        Some(start..out.len())
    }

    fn utf8_row(&self, text: &str, out: &mut Vec<u8>) -> NormalizedRow {
        let start = out.len();
        match self.plain_utf8(text, out) {
            Outcome::Unchanged => return NormalizedRow::Unchanged,
            Outcome::Changed => {}
            Outcome::NotPlain => match self.normalize(text) {
                Cow::Borrowed(_) => return NormalizedRow::Unchanged,
                Cow::Owned(result) => out.extend_from_slice(result.as_bytes()),
            },
        }
        NormalizedRow::Utf8(start..out.len())
    }
}

fn row(place: Option<Range<usize>>, kind: fn(Range<usize>) -> NormalizedRow) -> NormalizedRow {
    place.map_or(NormalizedRow::Unchanged, kind)
}

impl TextReport {
    /// Counts a column of texts; nulls are no texts. About threads, see [`Matcher::find_batch`].
    pub fn of_batch(texts: &[Text<'_>], threads: Option<usize>) -> Self {
        let count = |range: Range<usize>| {
            let (mut report, mut decoder) = (Self::default(), Decoder::default());
            for text in &texts[range] {
                with_units!(*text, decoder, |units| report.add(units));
            }
            report
        };
        let mut report = Self::default();
        threads::map(chunks(texts), threads::threads(threads), count)
            .into_iter()
            .for_each(|part| report.append(part));
        report
    }
}

impl NormalizedPart {
    /// With room for results as long as the texts.
    fn with_room_for(texts: &[Text<'_>]) -> Self {
        let mut part = Self::default();
        let (mut narrow, mut wide, mut utf8) = (0, 0, 0);
        for text in texts {
            match text {
                Text::Null => {}
                Text::Latin1(units) => narrow += units.len(),
                Text::Ucs2(units) => narrow += units.len(),
                Text::Ucs4(units) => wide += units.len(),
                Text::Utf8(text) => utf8 += text.len(),
            }
        }
        part.rows.reserve(texts.len());
        part.narrow.reserve(narrow);
        part.wide.reserve(wide);
        part.utf8.reserve(utf8);
        part
    }
}
