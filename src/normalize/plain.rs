//! Texts of which each character gives one character or none, whatever stands around it: most texts, by one
//! look at a table for each character, from code points to code points or from UTF-8 to UTF-8.

use std::sync::OnceLock;

use super::fold::{Fold, Rule, PLANE};
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

/// The results of the characters of the Basic Multilingual Plane in UTF-8.
#[derive(Default)]
pub(super) struct Utf8Table(OnceLock<Box<[Utf8; PLANE]>>);

/// Up to three bytes, the first lowest; how many; and what the loop over a text needs to know.
#[derive(Clone, Copy)]
struct Utf8(u32);

impl Utf8 {
    const LEN_BIT: u32 = 24;
    const SPACE: u32 = 1 << 28;
    const CHANGED: u32 = 1 << 29;
    const STOP: u32 = 1 << 30;

    fn of(rule: Rule) -> Self {
        if !rule.is_plain() || rule.is_loose_space() {
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
        let space = if c == ' ' { Self::SPACE } else { 0 };
        Self(u32::from_le_bytes(bytes) | len << Self::LEN_BIT | space | changed)
    }
}

impl Fold {
    /// Adds the result for a text to `out`, if the table alone gives it.
    pub(super) fn plain_units<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>) -> Outcome {
        /// As many characters go at a time, in an array whose size the compiler knows.
        const STEP: usize = 256;
        let mut results = [U::Normalized::default(); STEP];
        let base = out.len();
        let (mut seen, mut doubled) = (0, 0);
        // A space at the start is one too many.
        let mut space = Rule::SPACE;
        for step in text.chunks(STEP) {
            let mut kept = 0;
            for unit in step {
                let cp = unit.code_point();
                let rule = if cp <= 0xFFFF {
                    self.plain(cp).0
                } else if self.astral_is_plain(cp) {
                    Rule::KEEP
                } else {
                    Rule::NEIGHBOURS
                };
                let result = if cp <= 0xFFFF { rule & 0xFFFF } else { cp };
                results[kept % STEP] = U::Normalized::from_code_point(result);
                let keeps = rule >> Rule::KEEP_BIT & 1;
                doubled |= space & rule;
                space = if keeps == 1 { rule & Rule::SPACE } else { space };
                kept += keeps as usize;
                seen |= rule;
            }
            if seen & Rule::NOT_PLAIN != 0 {
                out.truncate(base);
                return Outcome::NotPlain;
            }
            out.extend_from_slice(&results[..kept]);
        }
        self.outcome(seen & Rule::CHANGED != 0, doubled | space != 0, base, out)
    }

    /// The same in UTF-8.
    pub(super) fn plain_utf8(&self, text: &str, out: &mut Vec<u8>) -> Outcome {
        const ROOM: usize = 1024;
        let table = self.utf8.0.get_or_init(|| {
            let table: Box<[Utf8]> = (0..PLANE as u32).map(|cp| Utf8::of(self.plain(cp))).collect();
            table.try_into().unwrap_or_else(|_| unreachable!("there are as many as that"))
        });
        let base = out.len();
        let mut results = [0; ROOM];
        let (mut seen, mut doubled) = (0, 0);
        let mut space = Utf8::SPACE;
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let mut kept = 0;
            while kept + 4 <= ROOM {
                let trail = |byte: u8| u32::from(byte & 0x3F);
                let (cp, behind) = match *rest {
                    [a, ref behind @ ..] if a < 0x80 => (u32::from(a), behind),
                    [a, b, ref behind @ ..] if a < 0xE0 => (u32::from(a & 0x1F) << 6 | trail(b), behind),
                    [a, b, c, ref behind @ ..] if a < 0xF0 => {
                        (u32::from(a & 0xF) << 12 | trail(b) << 6 | trail(c), behind)
                    }
                    [a, b, c, d, ref behind @ ..] => {
                        let cp = u32::from(a & 7) << 18 | trail(b) << 12 | trail(c) << 6 | trail(d);
                        if !self.astral_is_plain(cp) {
                            out.truncate(base);
                            return Outcome::NotPlain;
                        }
                        results[kept..kept + 4].copy_from_slice(&[a, b, c, d]);
                        (kept, rest, space) = (kept + 4, behind, 0);
                        continue;
                    }
                    _ => break,
                };
                rest = behind;
                let entry = table[cp as usize & (PLANE - 1)].0;
                results[kept..kept + 4].copy_from_slice(&entry.to_le_bytes());
                let len = entry >> Utf8::LEN_BIT & 3;
                doubled |= space & entry;
                space = if len > 0 { entry & Utf8::SPACE } else { space };
                kept += len as usize;
                seen |= entry;
            }
            if seen & Utf8::STOP != 0 {
                out.truncate(base);
                return Outcome::NotPlain;
            }
            out.extend_from_slice(&results[..kept]);
        }
        self.outcome(seen & Utf8::CHANGED != 0, doubled | space != 0, base, out)
    }

    fn outcome<T>(&self, changed: bool, loose_space: bool, base: usize, out: &mut Vec<T>) -> Outcome {
        let outcome = match (loose_space && self.options().whitespace, changed) {
            (true, _) => Outcome::NotPlain,
            (false, true) => return Outcome::Changed,
            (false, false) => Outcome::Unchanged,
        };
        out.truncate(base);
        outcome
    }
}
