//! A column of texts, normalized, and what it is made of.

use std::borrow::Cow;
use std::ops::Range;

use super::threads::{chunks, count, map};
use crate::normalize::{Normalizer, Outcome, TextReport};
use crate::text::{widened, with_units, CodeUnit, Decoder, Text, Units};

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
    /// Normalizes a column of texts, in parts. About threads, see [`Matcher::find_batch`](crate::Matcher::find_batch).
    pub fn normalize_batch(&self, texts: &[Text<'_>], threads: Option<usize>) -> Vec<NormalizedPart> {
        let normalize = |range: Range<usize>| {
            let mut part = NormalizedPart::with_room_for(&texts[range.clone()]);
            for text in &texts[range] {
                let row = match *text {
                    Text::Null => NormalizedRow::Null,
                    Text::Utf8(text) => self.utf8_row(text, &mut part.utf8),
                    Text::Units(Units::U32(units)) => {
                        row(self.add(units, &mut part.wide), NormalizedRow::Wide)
                    }
                    Text::Units(Units::U8(units)) if self.widens() => {
                        row(self.add(&widened(units), &mut part.wide), NormalizedRow::Wide)
                    }
                    Text::Units(Units::U16(units)) if self.widens() => {
                        row(self.add(&widened(units), &mut part.wide), NormalizedRow::Wide)
                    }
                    Text::Units(Units::U8(units)) => {
                        row(self.add(units, &mut part.narrow), NormalizedRow::Narrow)
                    }
                    Text::Units(Units::U16(units)) => {
                        row(self.add(units, &mut part.narrow), NormalizedRow::Narrow)
                    }
                };
                part.rows.push(row);
            }
            part
        };
        map(chunks(texts), count(threads), normalize)
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

impl NormalizedPart {
    /// With room for results as long as the texts.
    fn with_room_for(texts: &[Text<'_>]) -> Self {
        let mut part = Self::default();
        let (mut narrow, mut wide, mut utf8) = (0, 0, 0);
        for text in texts {
            match text {
                Text::Null => {}
                Text::Units(Units::U32(units)) => wide += units.len(),
                Text::Units(units) => narrow += units.len(),
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

impl TextReport {
    /// Counts a column of texts; nulls are no texts. About threads, see [`Matcher::find_batch`](crate::Matcher::find_batch).
    pub fn of_batch(texts: &[Text<'_>], threads: Option<usize>) -> Self {
        let work = |range: Range<usize>| {
            let (mut report, mut decoder) = (Self::default(), Decoder::default());
            for text in &texts[range] {
                if let Some(units) = decoder.units(*text) {
                    with_units!(units, |units| report.add(units));
                }
            }
            report
        };
        let mut report = Self::default();
        map(chunks(texts), count(threads), work).into_iter().for_each(|part| report.append(part));
        report
    }
}
