//! From positions in a normalized text to positions in the original, and back.

use crate::script;
use crate::text::CodeUnit;

/// Where each character of a normalized text came from. All positions are code points, ends exclusive.
///
/// Takes 8 bytes for each character of the normalized text, and 8 for each run of marks.
#[derive(Clone, Debug)]
pub struct Alignment {
    /// For each character of the normalized text, what it stands for.
    sources: Vec<(u32, u32)>,
    /// Runs of marks and tatweel in the original: what a span that ends in front of them takes in.
    clinging: Vec<(u32, u32)>,
    original_len: u32,
}

impl Alignment {
    pub(super) fn new<U: CodeUnit>(original: &[U], sources: Vec<(u32, u32)>) -> Self {
        let mut clinging: Vec<(u32, u32)> = Vec::new();
        for (at, unit) in original.iter().enumerate() {
            if script::clings(unit.code_point()) {
                let at = at as u32;
                match clinging.last_mut() {
                    Some(run) if run.1 == at => run.1 += 1,
                    _ => clinging.push((at, at + 1)),
                }
            }
        }
        Self { sources, clinging, original_len: original.len() as u32 }
    }

    /// The span of the original that a span of the normalized text stands for: the smallest that covers
    /// all its characters, and the marks and tatweel on its last letter.
    ///
    /// An empty span maps to an empty one. A span beyond the end is cut to the text. Takes time linear in
    /// the length of the span.
    pub fn to_original(&self, start: usize, end: usize) -> (usize, usize) {
        let end = end.min(self.sources.len());
        let Some(covered) = self.sources.get(start..end).filter(|covered| !covered.is_empty()) else {
            let at = self.sources.get(start).map_or(self.original_len, |source| source.0) as usize;
            return (at, at);
        };
        let from = covered.iter().map(|source| source.0).min().unwrap_or(0);
        let to = covered.iter().map(|source| source.1).max().unwrap_or(0);
        let run = self.clinging.partition_point(|run| run.1 <= to);
        let to = self.clinging.get(run).filter(|run| run.0 <= to).map_or(to, |run| run.1);
        (from as usize, to as usize)
    }

    /// The span of the normalized text that came from a span of the original: the smallest that holds
    /// every character which stands for a part of it.
    ///
    /// Where nothing of it is left, the span is empty and lies where it would be. Takes time
    /// logarithmic in the text and linear in the length of the span.
    pub fn to_normalized(&self, start: usize, end: usize) -> (usize, usize) {
        let (start, end) = (start as u32, end.min(self.original_len as usize) as u32);
        // Marks that change places with each other are the only exception to the order of the sources,
        // and they stay within one letter's run.
        let mut first = self.sources.partition_point(|source| source.1 <= start);
        while first > 0 && self.out_of_order(first) {
            first -= 1;
        }
        let touches = |source: &(u32, u32)| source.0 < end && source.1 > start;
        let mut found = None;
        for (at, source) in self.sources.iter().enumerate().skip(first) {
            if touches(source) {
                let from = found.map_or(at, |(from, _)| from);
                found = Some((from, at + 1));
            } else if source.0 >= end && !self.out_of_order(at) {
                break;
            }
        }
        found.unwrap_or_else(|| {
            let at = self.sources.partition_point(|source| source.0 < start);
            (at, at)
        })
    }

    /// Whether a character stands for something in front of what its neighbour stands for.
    fn out_of_order(&self, at: usize) -> bool {
        let source = |at: usize| self.sources.get(at).copied();
        let before = at.checked_sub(1).and_then(source);
        match (before, source(at), source(at + 1)) {
            (Some(before), Some(here), _) if here.0 < before.1 && here != before => true,
            (_, Some(here), Some(after)) => after.0 < here.1 && after != here,
            _ => false,
        }
    }
}

/// A normalized text with its [`Alignment`].
#[derive(Clone, Debug)]
pub struct Aligned {
    text: String,
    alignment: Alignment,
}

impl Aligned {
    pub(super) fn new(text: String, alignment: Alignment) -> Self {
        Self { text, alignment }
    }

    /// The normalized text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// See [`Alignment::to_original`].
    pub fn to_original(&self, start: usize, end: usize) -> (usize, usize) {
        self.alignment.to_original(start, end)
    }

    /// See [`Alignment::to_normalized`].
    pub fn to_normalized(&self, start: usize, end: usize) -> (usize, usize) {
        self.alignment.to_normalized(start, end)
    }
}
