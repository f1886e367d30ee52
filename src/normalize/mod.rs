//! Normalizing: text in, text out, and where each character came from.

mod align;
mod arclean;
mod fold;
pub(crate) mod ops;
pub(crate) mod options;
mod parity;

use std::borrow::Cow;

use crate::error::Error;
use crate::script;
use crate::text::{decode, encode, CodeUnit, Decoded};
pub use align::{Aligned, Alignment};
use fold::Fold;
use ops::Piece;
pub use options::NormalizerOptions;
use options::Zwnj;

/// Rewrites text by a fixed set of operations.
///
/// The same text always gives the same result: canonically equivalent inputs give equal outputs wherever
/// an operation concerns letters or marks, and normalizing twice changes nothing more.
///
/// # Examples
/// ```
/// use kayan::{Normalizer, NormalizerOptions};
/// let search = Normalizer::new(&NormalizerOptions::profile("search")?)?;
/// assert_eq!(search.normalize("إِسْتَنْبُولُ ١٤٥٣"), "استنبول 1453");
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Debug)]
pub struct Normalizer {
    fold: Fold,
}

/// Where the characters of a result came from, if anybody asks.
trait Trace {
    fn push(&mut self, start: u32, end: u32);
    fn truncate(&mut self, len: usize);
    /// Moves the source of character `from` to character `to`, which is not after it.
    fn shift(&mut self, from: usize, to: usize);
    /// Makes character `at` stand also for what character `other` stands for.
    fn merge(&mut self, at: usize, other: usize);
}

impl Trace for () {
    fn push(&mut self, _: u32, _: u32) {}
    fn truncate(&mut self, _: usize) {}
    fn shift(&mut self, _: usize, _: usize) {}
    fn merge(&mut self, _: usize, _: usize) {}
}

impl Trace for Vec<(u32, u32)> {
    fn push(&mut self, start: u32, end: u32) {
        self.push((start, end));
    }
    fn truncate(&mut self, len: usize) {
        self.truncate(len);
    }
    fn shift(&mut self, from: usize, to: usize) {
        self[to] = self[from];
    }
    fn merge(&mut self, at: usize, other: usize) {
        self[at].1 = self[other].1;
    }
}

impl Normalizer {
    /// Compiles a set of operations. Takes about a millisecond and 256 KB.
    ///
    /// # Errors
    /// If `zwnj` was set without `invisibles`, which it belongs to.
    pub fn new(options: &NormalizerOptions) -> Result<Self, Error> {
        if options.zwnj != Zwnj::Remove && !options.invisibles {
            return Err(Error::option("option 'zwnj' needs invisibles=True".into()));
        }
        Ok(Self { fold: Fold::new(options) })
    }

    /// The operations.
    pub fn options(&self) -> &NormalizerOptions {
        self.fold.options()
    }

    /// Normalizes a text; an unchanged one is borrowed.
    pub fn normalize<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let normalized = match decode(text) {
            Decoded::Narrow(units) => self.changed(&units),
            Decoded::Wide(units) => self.changed(&units),
        };
        normalized.map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn changed<U: CodeUnit>(&self, text: &[U]) -> Option<String> {
        let mut out = Vec::new();
        self.normalize_units(text, &mut out).then(|| encode(&out))
    }

    /// Normalizes a text given as code points into `out`, whose content is replaced. Says whether the
    /// result differs from the text.
    pub fn normalize_units<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>) -> bool {
        self.run(text, out, &mut ());
        out.len() != text.len() || out.iter().zip(text).any(|(o, t)| o.code_point() != t.code_point())
    }

    /// Normalizes a text and keeps, for each character of the result, where it came from.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Normalizer, NormalizerOptions};
    /// let n = Normalizer::new(&NormalizerOptions::profile("search")?)?;
    /// let aligned = n.align("في الحشـد");
    /// assert_eq!(aligned.text(), "في الحشد");
    /// assert_eq!(aligned.to_original(3, 8), (3, 9)); // code points: the tatweel is inside
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn align(&self, text: &str) -> Aligned {
        match decode(text) {
            Decoded::Narrow(units) => {
                let (out, alignment) = self.align_units(&units);
                Aligned::new(encode(&out), alignment)
            }
            Decoded::Wide(units) => {
                let (out, alignment) = self.align_units(&units);
                Aligned::new(encode(&out), alignment)
            }
        }
    }

    /// As [`align`](Self::align), for a text given as code points.
    pub fn align_units<U: CodeUnit>(&self, text: &[U]) -> (Vec<U::Normalized>, Alignment) {
        let mut out = Vec::new();
        let mut sources: Vec<(u32, u32)> = Vec::with_capacity(text.len());
        self.run(text, &mut out, &mut sources);
        let alignment = Alignment::new(text, sources);
        (out, alignment)
    }

    fn run<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>, trace: &mut impl Trace) {
        out.clear();
        out.reserve(text.len());
        let mut pieces = Vec::new();
        let mut at = 0;
        // Characters before this one are settled: no stretch with neighbours may reach back over it.
        let mut settled = 0;
        while at < text.len() {
            let cp = text[at].code_point();
            if cp > 0xFFFF {
                if self.fold.astral_is_plain(cp) {
                    out.push(U::Normalized::from_code_point(cp));
                    trace.push(at as u32, at as u32 + 1);
                    at += 1;
                    continue;
                }
            } else {
                let rule = self.fold.plain(cp);
                if rule.is_plain() {
                    if rule.keeps() {
                        out.push(U::Normalized::from_code_point(u32::from(rule.result())));
                        trace.push(at as u32, at as u32 + 1);
                    }
                    at += 1;
                    continue;
                }
                if !rule.needs_neighbours() {
                    for cp in self.fold.alone(cp) {
                        out.push(U::Normalized::from_code_point(cp));
                        trace.push(at as u32, at as u32 + 1);
                    }
                    at += 1;
                    continue;
                }
            }
            let (start, end) = self.stretch(text, at, settled);
            let undone =
                out.len() - text[start..at].iter().map(|u| self.width(u.code_point())).sum::<usize>();
            out.truncate(undone);
            trace.truncate(undone);
            pieces.clear();
            pieces.extend((start..end).map(|i| Piece {
                cp: text[i].code_point(),
                start: i as u32,
                end: i as u32 + 1,
            }));
            self.fold.apply(&mut pieces);
            for piece in &pieces {
                out.push(U::Normalized::from_code_point(piece.cp));
                trace.push(piece.start, piece.end);
            }
            at = end;
            settled = end;
        }
        if let Some(max) = self.options().elongation {
            shorten_runs(out, max, trace);
        }
        if self.options().whitespace {
            collapse_whitespace(out, trace);
        }
    }

    /// The stretch around a character that needs its neighbours: from the letter before it to a letter
    /// behind which nothing looks back.
    fn stretch<U: CodeUnit>(&self, text: &[U], at: usize, settled: usize) -> (usize, usize) {
        /// No operation looks further ahead than this.
        const LOOK_AHEAD: usize = 4;
        let starts = |i: usize| {
            let cp = text[i].code_point();
            if cp > 0xFFFF {
                self.fold.astral_is_plain(cp)
            } else {
                self.fold.plain(cp).starts()
            }
        };
        let needs = |i: usize| {
            let cp = text[i].code_point();
            if cp > 0xFFFF {
                !self.fold.astral_is_plain(cp)
            } else {
                self.fold.plain(cp).needs_neighbours()
            }
        };
        let start = (settled..at).rev().find(|&i| starts(i)).unwrap_or(settled);
        let mut last = at;
        let mut end = at + 1;
        while end < text.len() && !(end >= last + LOOK_AHEAD && starts(end)) {
            if needs(end) {
                last = end;
            }
            end += 1;
        }
        (start, end)
    }

    /// How many characters a character that needs no neighbours gives.
    fn width(&self, cp: u32) -> usize {
        if cp > 0xFFFF {
            return 1;
        }
        let rule = self.fold.plain(cp);
        if rule.is_plain() {
            usize::from(rule.keeps())
        } else {
            self.fold.alone(cp).len()
        }
    }
}

/// Cuts runs of one letter to `max`. Digits, Latin letters and punctuation keep theirs.
fn shorten_runs<U: CodeUnit>(out: &mut Vec<U>, max: u32, trace: &mut impl Trace) {
    let mut kept = 0;
    let mut run = 0;
    for at in 0..out.len() {
        let same = kept > 0 && out[kept - 1] == out[at];
        run = if same { run + 1 } else { 1 };
        let letter = matches!(out[at].code_point(), 0x621..=0x63A | 0x641..=0x64A);
        if letter && run > max {
            trace.merge(kept - 1, at);
            continue;
        }
        out[kept] = out[at];
        trace.shift(at, kept);
        kept += 1;
    }
    out.truncate(kept);
    trace.truncate(kept);
}

/// Turns each run of white space into one space and removes it at both ends.
fn collapse_whitespace<U: CodeUnit>(out: &mut Vec<U>, trace: &mut impl Trace) {
    let space = U::from_code_point(' ' as u32);
    let mut kept = 0;
    for at in 0..out.len() {
        let unit = out[at];
        let cp = unit.code_point();
        // Most characters are letters: one comparison tells that they are no white space.
        let is_space = !(0x600..0x1680).contains(&cp) && script::is_space(cp);
        if is_space {
            if kept == 0 {
                continue;
            }
            if out[kept - 1] == space {
                trace.merge(kept - 1, at);
                continue;
            }
        }
        out[kept] = if is_space { space } else { unit };
        trace.shift(at, kept);
        kept += 1;
    }
    if kept > 0 && out[kept - 1] == space {
        kept -= 1;
    }
    out.truncate(kept);
    trace.truncate(kept);
}
