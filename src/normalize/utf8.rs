//! Texts of which each character gives one character or none, whatever stands around it: most texts, by one
//! look at a table for each character, from code points to code points or from UTF-8 to UTF-8.

use once_cell::race::OnceBox;

use super::whitespace::{collapse_whitespace, squeeze};
use crate::fold::{Fold, Rule, PLANE};
use crate::text::CodeUnit;

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing changes; nothing was added to the output.
    Unchanged,
    /// The result was added to the output.
    Changed,
    /// It takes more than the table; nothing was added to the output.
    NotPlain,
}

/// What comes out of the next character of UTF-8, by its first two bytes, the first lowest.
#[derive(Default)]
pub(super) struct Utf8Table(OnceBox<[Utf8; PLANE]>);

/// Up to three bytes, the first lowest; how many; and what the loop over a text needs to know.
#[derive(Clone, Copy)]
struct Utf8(u32);

impl Utf8 {
    const LEN_BIT: u32 = 24;
    const CHANGED: u32 = 1 << 28;
    const STOP: u32 = 1 << 29;
    /// Two bytes do not tell: the character has three or four.
    const LONG: u32 = 1 << 30;

    fn of(rule: Rule, whitespace: bool) -> Self {
        if !rule.is_plain() || (whitespace && rule.is_loose_space()) {
            return Self(Self::STOP);
        }
        let changed = if rule.changes() { Self::CHANGED } else { 0 };
        if !rule.keeps() {
            return Self(changed);
        }
        // A surrogate is in no UTF-8, so that nothing becomes one.
        let Some(c) = char::from_u32(u32::from(rule.result())) else { return Self(Self::STOP) };
        let mut bytes = [0; 4];
        let len = c.encode_utf8(&mut bytes).len() as u32;
        Self(u32::from_le_bytes(bytes) | len << Self::LEN_BIT | changed)
    }

    /// Returns how many bytes come out.
    fn len(self) -> usize {
        (self.0 >> Self::LEN_BIT & 3) as usize
    }
}

impl Utf8Table {
    fn of<'a>(&'a self, fold: &Fold, whitespace: bool) -> &'a [Utf8; PLANE] {
        self.0.get_or_init(|| {
            let by_pair = |pair: u16| match pair.to_le_bytes().map(u32::from) {
                [a, _] if a < 0x80 => Utf8::of(fold.plain(a), whitespace),
                [a, b] if a < 0xE0 => Utf8::of(fold.plain((a & 0x1F) << 6 | b & 0x3F), whitespace),
                _ => Utf8(Utf8::LONG),
            };
            let table: Box<[Utf8]> = (0..=u16::MAX).map(by_pair).collect();
            table.try_into().unwrap_or_else(|_| unreachable!("there are as many as that"))
        })
    }

    /// Adds the result for a text in UTF-8 to `out`, if the table alone gives it.
    pub(super) fn plain_utf8(&self, fold: &Fold, whitespace: bool, text: &str, out: &mut Vec<u8>) -> Outcome {
        let table = self.of(fold, whitespace);
        let bytes = text.as_bytes();
        let base = out.len();
        let mut results = [0; ROOM];
        let (mut changes, mut at) = (false, 0);
        while at < bytes.len() {
            let run = run_pairs(table, bytes, at, &mut results);
            out.extend_from_slice(&results[..run.kept]);
            changes |= run.changes;
            at = run.end;
            // What two bytes do not tell, and the last byte of all.
            let Some(c) = text[at..].chars().next().filter(|_| run.kept + 4 <= ROOM) else { continue };
            let cp = c as u32;
            if cp > 0xFFFF && fold.astral_is_plain(cp) {
                out.extend_from_slice(&bytes[at..at + 4]);
            } else {
                let rule = if cp > 0xFFFF { Utf8(Utf8::STOP) } else { Utf8::of(fold.plain(cp), whitespace) };
                if rule.0 & Utf8::STOP != 0 {
                    out.truncate(base);
                    return Outcome::NotPlain;
                }
                out.extend_from_slice(&rule.0.to_le_bytes()[..rule.len()]);
                changes |= rule.0 & Utf8::CHANGED != 0;
            }
            at += c.len_utf8();
        }
        let squeezed = whitespace && squeeze(out, base, b' ');
        outcome(squeezed || changes, base, out)
    }
}

/// Adds the result for a text to `out`, if the table alone gives it.
pub(super) fn plain_units<U: CodeUnit>(
    fold: &Fold,
    whitespace: bool,
    text: &[U],
    out: &mut Vec<U::Normalized>,
) -> Outcome {
    /// As many characters go at a time, in an array whose size the compiler knows.
    const STEP: usize = 256;
    let mut results = [U::Normalized::default(); STEP];
    let base = out.len();
    let mut seen = 0;
    for step in text.chunks(STEP) {
        let mut kept = 0;
        for unit in step {
            let cp = unit.code_point();
            let (rule, result) = if cp <= 0xFFFF {
                let rule = fold.plain(cp).0;
                (rule, rule & 0xFFFF)
            } else {
                (if fold.astral_is_plain(cp) { Rule::KEEP } else { Rule::NEIGHBOURS }, cp)
            };
            results[kept % STEP] = U::Normalized::from_code_point(result);
            kept += (rule >> Rule::KEEP_BIT & 1) as usize;
            seen |= rule;
        }
        if seen & Rule::NOT_PLAIN != 0 {
            out.truncate(base);
            return Outcome::NotPlain;
        }
        out.extend_from_slice(&results[..kept]);
    }
    let space = U::Normalized::from_code_point(' ' as u32);
    if whitespace && seen & Rule::LOOSE_SPACE != 0 {
        collapse_whitespace(out, base, &mut ());
        return Outcome::Changed;
    }
    let squeezed = whitespace && squeeze(out, base, space);
    outcome(squeezed || seen & Rule::CHANGED != 0, base, out)
}

/// Nothing is kept of a text that did not change.
fn outcome<T>(changed: bool, base: usize, out: &mut Vec<T>) -> Outcome {
    if changed {
        return Outcome::Changed;
    }
    out.truncate(base);
    Outcome::Unchanged
}

/// So many bytes of results are written at a time.
const ROOM: usize = 1024;

/// A run of characters of which two bytes tell all.
struct Run {
    /// Where it ends in the text.
    end: usize,
    /// How many bytes come out.
    kept: usize,
    changes: bool,
}

/// Runs by itself, so that all the loop works with stays in registers.
#[inline(never)]
fn run_pairs(table: &[Utf8; PLANE], bytes: &[u8], start: usize, results: &mut [u8; ROOM]) -> Run {
    let (mut at, mut kept, mut seen) = (start, 0, 0);
    while kept + 4 <= ROOM {
        let Some(pair) = bytes.get(at..).and_then(<[u8]>::first_chunk) else { break };
        let entry = table[usize::from(u16::from_le_bytes(*pair))];
        if entry.0 & (Utf8::LONG | Utf8::STOP) != 0 {
            break;
        }
        results[kept..kept + 4].copy_from_slice(&entry.0.to_le_bytes());
        kept += entry.len();
        // Not from the table: the next character must not wait for it.
        at += 1 + usize::from(pair[0] >= 0x80);
        seen |= entry.0;
    }
    Run { end: at, kept, changes: seen & Utf8::CHANGED != 0 }
}

impl std::fmt::Debug for Utf8Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Utf8Table").finish_non_exhaustive()
    }
}
