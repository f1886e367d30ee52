//! What was changed, operation by operation: slow on purpose, linear in the text.

use std::collections::HashMap;

use super::align::{first_bytes, in_bytes};
use super::html_emoji;
use super::normalizer::{pieces_of, Normalizer};
use super::trace::{covered, Trace};
use super::whitespace::collapse_whitespace;
use crate::fold::run::{is_elongated, shorten_runs};
use crate::fold::{ops, Piece};
use crate::text::{encode, CodeUnit};

/// One change that an operation made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where the changed characters stand in the original text: bytes of a `&str`, code points of units; end
    /// exclusive.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// What the operation found: the original, or what the operations before made of it.
    pub before: Vec<u32>,
    /// What it put in its place.
    pub after: Vec<u32>,
    /// The name of the operation, which is that of its option.
    pub rule: &'static str,
    /// How many edits of the text change the same characters in the same way.
    pub count: usize,
}

impl Edit {
    /// Returns what the operation found, as text.
    pub fn before_text(&self) -> String {
        encode(&self.before)
    }

    /// Returns what it put in its place, as text.
    pub fn after_text(&self) -> String {
        encode(&self.after)
    }
}

impl Normalizer {
    /// Returns what [`normalize`](Self::normalize) changes, as [`explain_units`](Self::explain_units);
    /// positions are bytes.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Normalizer, NormalizerOptions};
    /// let search = Normalizer::new(&NormalizerOptions::search_profile())?;
    /// let text = "مدرسة";
    /// let edit = &search.explain(text)[0];
    /// assert_eq!(&text[edit.start..edit.end], "ة");
    /// assert_eq!((edit.rule, edit.after_text().as_str()), ("ta_marbuta", "ه"));
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn explain(&self, text: &str) -> Vec<Edit> {
        let units: Vec<u32> = text.chars().map(u32::from).collect();
        let mut edits = self.explain_units(&units);
        let bytes = first_bytes(text);
        for edit in &mut edits {
            (edit.start, edit.end) = in_bytes(&bytes, (edit.start, edit.end));
        }
        edits
    }

    /// Returns what [`normalize_units`](Self::normalize_units) changes, from left to right; where several operations
    /// change one place, in the order in which they do. No edit means an unchanged text.
    ///
    /// Takes time and memory linear in the text, but many times those of normalizing it.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Normalizer, NormalizerOptions};
    /// let n = Normalizer::new(&NormalizerOptions::profile("search")?)?;
    /// let text: Vec<u16> = "مدرسة".encode_utf16().collect();
    /// let edits = n.explain_units(&text);
    /// assert_eq!((edits[0].start, edits[0].end, edits[0].rule), (4, 5, "ta_marbuta"));
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn explain_units<U: CodeUnit>(&self, text: &[U]) -> Vec<Edit> {
        let options = self.options();
        let mut edits = Vec::new();
        let mut pieces: Vec<Piece> = pieces_of(text);
        for &(rule, step) in html_emoji::STEPS {
            let before = pieces.clone();
            step(options, &mut pieces);
            compare(&before, &pieces, rule, &mut edits);
        }
        ops::in_rounds(&options.fold, &mut pieces, |pieces| {
            for &(rule, step) in ops::STEPS {
                let before = pieces.clone();
                step(&options.fold, pieces);
                compare(&before, pieces, rule, &mut edits);
            }
        });
        if let Some(runs) = options.fold.elongation {
            in_units(&mut pieces, "elongation", &mut edits, |out, trace| {
                shorten_runs(out, runs, is_elongated, |change| trace.moved(change));
            });
        }
        if let Some(masks) = &self.masks {
            let units: Vec<u32> = pieces.iter().map(|p| p.cp).collect();
            let mut masked = Vec::with_capacity(pieces.len());
            let mut kept = 0;
            for r in masks.find(&units) {
                masked.extend_from_slice(&pieces[kept..r.start]);
                let sources: Vec<(u32, u32)> =
                    pieces[r.start..r.end].iter().map(|p| (p.start, p.end)).collect();
                let (start, end) = covered(&sources);
                masked.extend(r.with.iter().map(|&cp| Piece { cp, start, end }));
                edits.push(Edit {
                    start: start as usize,
                    end: end as usize,
                    before: units[r.start..r.end].to_vec(),
                    after: r.with.to_vec(),
                    rule: r.rule,
                    count: 1,
                });
                kept = r.end;
            }
            masked.extend_from_slice(&pieces[kept..]);
            pieces = masked;
        }
        if options.whitespace {
            in_units(&mut pieces, "whitespace", &mut edits, |out, trace| collapse_whitespace(out, 0, trace));
        }
        edits.sort_by_key(|edit| edit.start);
        count(&mut edits);
        edits
    }
}

/// Runs an operation that works on units and their sources.
fn in_units(
    pieces: &mut Vec<Piece>,
    rule: &'static str,
    edits: &mut Vec<Edit>,
    work: impl Fn(&mut Vec<u32>, &mut Vec<(u32, u32)>),
) {
    let mut units: Vec<u32> = pieces.iter().map(|p| p.cp).collect();
    let mut sources: Vec<(u32, u32)> = pieces.iter().map(|p| (p.start, p.end)).collect();
    work(&mut units, &mut sources);
    let after: Vec<Piece> =
        units.iter().zip(&sources).map(|(&cp, &(start, end))| Piece { cp, start, end }).collect();
    compare(pieces, &after, rule, edits);
    *pieces = after;
}

/// For each character, the first start of a source from it on: marks may have changed places.
fn first_starts(pieces: &[Piece]) -> Vec<u32> {
    let mut first = u32::MAX;
    let mut starts: Vec<u32> = pieces
        .iter()
        .rev()
        .map(|p| {
            first = first.min(p.start);
            first
        })
        .collect();
    starts.reverse();
    starts
}

/// Cuts both texts where the same place of the original is a border in both, and reports the parts that
/// differ.
fn compare(before: &[Piece], after: &[Piece], rule: &'static str, edits: &mut Vec<Edit>) {
    if before == after {
        return;
    }
    let (starts_before, starts_after) = (first_starts(before), first_starts(after));
    let (mut i, mut j) = (0, 0);
    while i < before.len() || j < after.len() {
        let (from_i, from_j) = (i, j);
        let next = |starts: &[u32], at: usize| starts.get(at).copied().unwrap_or(u32::MAX);
        let start = next(&starts_before, i).min(next(&starts_after, j));
        let mut end = start + 1;
        loop {
            let reached = (i, j);
            while next(&starts_before, i) < end {
                end = end.max(before[i].end);
                i += 1;
            }
            while next(&starts_after, j) < end {
                end = end.max(after[j].end);
                j += 1;
            }
            if (i, j) == reached {
                break;
            }
        }
        let points = |pieces: &[Piece]| pieces.iter().map(|p| p.cp).collect::<Vec<u32>>();
        let (was, is) = (points(&before[from_i..i]), points(&after[from_j..j]));
        if was != is {
            edits.push(Edit {
                start: start as usize,
                end: end as usize,
                before: was,
                after: is,
                rule,
                count: 1,
            });
        }
    }
}

fn count(edits: &mut [Edit]) {
    let mut counts: HashMap<(&[u32], &[u32], &str), usize> = HashMap::new();
    for edit in edits.iter() {
        *counts.entry((&edit.before, &edit.after, edit.rule)).or_default() += 1;
    }
    let of_each: Vec<usize> =
        edits.iter().map(|edit| counts[&(&edit.before[..], &edit.after[..], edit.rule)]).collect();
    for (edit, count) in edits.iter_mut().zip(of_each) {
        edit.count = count;
    }
}
