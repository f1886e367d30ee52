//! From positions in a normalized text to positions in the original, and back.

use crate::script;
use crate::text::CodeUnit;

/// Where each character of a normalized text came from. All positions are code points, ends exclusive.
///
/// Takes 8 bytes for each character of the normalized text, as many again where marks changed places, and 8
/// for each run of marks.
#[derive(Clone, Debug)]
pub struct Alignment {
    /// For each character of the normalized text, what it stands for.
    sources: Vec<(u32, u32)>,
    /// Where marks changed places, the order of the sources is broken. Then, for each character: the
    /// furthest end of a source up to it, and the first start from it on. Empty where nothing changed places.
    reach: Vec<(u32, u32)>,
    /// Runs of marks and tatweel in the original: what a span that ends before them takes in.
    clinging: Vec<(u32, u32)>,
    original_len: u32,
}

impl Alignment {
    pub(super) fn new<U: CodeUnit>(original: &[U], sources: Vec<(u32, u32)>) -> Self {
        let mut clinging: Vec<(u32, u32)> = Vec::new();
        for (at, unit) in original.iter().enumerate() {
            if script::is_mark_or_tatweel(unit.code_point()) {
                let at = at as u32;
                match clinging.last_mut() {
                    Some(run) if run.1 == at => run.1 += 1,
                    _ => clinging.push((at, at + 1)),
                }
            }
        }
        let in_order = sources.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1);
        let mut reach = Vec::new();
        if !in_order {
            let mut furthest = 0;
            reach.extend(sources.iter().map(|source| {
                furthest = source.1.max(furthest);
                (furthest, source.0)
            }));
            let mut first = u32::MAX;
            for (_, start) in reach.iter_mut().rev() {
                first = first.min(*start);
                *start = first;
            }
        }
        Self { sources, reach, clinging, original_len: original.len() as u32 }
    }

    /// Returns the span of the original that a span of the normalized text stands for: the smallest that covers
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

    /// Returns the span of the normalized text that came from a span of the original: the smallest that holds
    /// every character which stands for a part of it.
    ///
    /// Where nothing of it is left, the span is empty and lies where it would be. Takes time
    /// logarithmic in the text and linear in the length of the span.
    pub fn to_normalized(&self, start: usize, end: usize) -> (usize, usize) {
        let (start, end) = (start as u32, end.min(self.original_len as usize) as u32);
        let (mut from, mut to) = if self.reach.is_empty() {
            (
                self.sources.partition_point(|source| source.1 <= start),
                self.sources.partition_point(|source| source.0 < end),
            )
        } else {
            (
                self.reach.partition_point(|reach| reach.0 <= start),
                self.reach.partition_point(|reach| reach.1 < end),
            )
        };
        let touches = |at: usize| self.sources[at].0 < end && self.sources[at].1 > start;
        while from < to && !touches(from) {
            from += 1;
        }
        while from < to && !touches(to - 1) {
            to -= 1;
        }
        (from, to.max(from))
    }
}

/// A normalized text with its [`Alignment`]. All positions are bytes, ends exclusive.
///
/// Takes 4 bytes for each character of both texts beside what the alignment takes.
#[derive(Clone, Debug)]
pub struct Aligned {
    text: String,
    alignment: Alignment,
    /// For each character of the original and of the normalized text, and for their ends: its first byte.
    original_bytes: Vec<u32>,
    normalized_bytes: Vec<u32>,
}

impl Aligned {
    pub(super) fn new(original: &str, text: String, alignment: Alignment) -> Self {
        let (original_bytes, normalized_bytes) = (first_bytes(original), first_bytes(&text));
        Self { text, alignment, original_bytes, normalized_bytes }
    }

    /// Returns the normalized text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// See [`Alignment::to_original`]. A span that begins or ends inside a character takes it in.
    pub fn to_original(&self, start: usize, end: usize) -> (usize, usize) {
        let (start, end) = in_characters(&self.normalized_bytes, start, end);
        in_bytes(&self.original_bytes, self.alignment.to_original(start, end))
    }

    /// See [`Alignment::to_normalized`]. A span that begins or ends inside a character takes it in.
    pub fn to_normalized(&self, start: usize, end: usize) -> (usize, usize) {
        let (start, end) = in_characters(&self.original_bytes, start, end);
        in_bytes(&self.normalized_bytes, self.alignment.to_normalized(start, end))
    }
}

/// Returns the first byte of each character, then the length of the text.
pub(super) fn first_bytes(text: &str) -> Vec<u32> {
    text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect()
}

/// Returns the smallest span of characters that covers a span of bytes.
fn in_characters(bytes: &[u32], start: usize, end: usize) -> (usize, usize) {
    let from = bytes.partition_point(|&at| at as usize <= start).saturating_sub(1);
    let to = bytes.partition_point(|&at| (at as usize) < end).min(bytes.len() - 1);
    (from, if end <= start { from } else { to })
}

/// Returns a span of characters in bytes.
pub(super) fn in_bytes(bytes: &[u32], (start, end): (usize, usize)) -> (usize, usize) {
    (bytes[start] as usize, bytes[end] as usize)
}
