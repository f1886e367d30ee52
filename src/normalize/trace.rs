//! Where the characters of a result come from.

use super::masks::Replacement;
use crate::fold::run::Move;

/// Records where the characters of a result come from; `()` records nothing.
pub(super) trait Trace {
    /// Whether it records anything.
    const RECORDS: bool;
    fn push(&mut self, start: u32, end: u32);
    fn truncate(&mut self, len: usize);
    /// Moves the source of a character to an earlier place, or into that of an earlier one.
    fn moved(&mut self, change: Move);
    /// Each character of a replacement stands for all that was replaced.
    fn replace(&mut self, replacements: &[Replacement<'_>]);
}

impl Trace for () {
    const RECORDS: bool = false;
    fn push(&mut self, _: u32, _: u32) {}
    fn truncate(&mut self, _: usize) {}
    fn moved(&mut self, _: Move) {}
    fn replace(&mut self, _: &[Replacement<'_>]) {}
}

impl Trace for Vec<(u32, u32)> {
    const RECORDS: bool = true;
    fn push(&mut self, start: u32, end: u32) {
        self.push((start, end));
    }
    fn truncate(&mut self, len: usize) {
        self.truncate(len);
    }
    fn moved(&mut self, change: Move) {
        match change {
            Move::To { from, to } => self[to] = self[from],
            Move::Into { from, to } => self[to].1 = self[from].1,
        }
    }
    fn replace(&mut self, replacements: &[Replacement<'_>]) {
        let old = std::mem::take(self);
        let mut kept = 0;
        for r in replacements {
            self.extend_from_slice(&old[kept..r.start]);
            let source = covered(&old[r.start..r.end]);
            self.extend(std::iter::repeat_n(source, r.with.len()));
            kept = r.end;
        }
        self.extend_from_slice(&old[kept..]);
    }
}

/// Returns the smallest stretch that holds all of these.
pub(super) fn covered(sources: &[(u32, u32)]) -> (u32, u32) {
    let start = sources.iter().map(|source| source.0).min().unwrap_or(0);
    let end = sources.iter().map(|source| source.1).max().unwrap_or(0);
    (start, end)
}
