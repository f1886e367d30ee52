//! Normalizing: text in, text out, and where each character came from.

mod align;
mod arclean;
mod explain;
mod fold;
mod masks;
mod noise;
pub(crate) mod ops;
pub(crate) mod options;
mod parity;
mod plain;
mod report;

use std::borrow::Cow;

use crate::error::Error;
use crate::script;
use crate::text::{decode, encode, widened, CodeUnit, Decoded};
pub use align::{Aligned, Alignment};
pub use explain::Edit;
use fold::{Fold, Rule};
use masks::{Masks, Replacement};
use ops::Piece;
pub use options::NormalizerOptions;
use options::{Runs, Zwnj};
pub(crate) use plain::Outcome;
pub use report::{PropertyCount, TextReport};

/// Rewrites text by a fixed set of operations.
///
/// The same text always gives the same result: canonically equivalent inputs give equal outputs wherever
/// an operation concerns letters or marks, and normalizing twice changes nothing more. Only the profiles that
/// do what another tool does promise neither.
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
    masks: Option<Masks>,
}

/// Where the characters of a result came from, if anybody asks.
trait Trace {
    /// Whether anybody asks.
    const ASKED: bool;
    fn push(&mut self, start: u32, end: u32);
    fn truncate(&mut self, len: usize);
    /// Moves the source of character `from` to character `to`, which is not after it.
    fn shift(&mut self, from: usize, to: usize);
    /// Makes character `at` stand also for what character `other` stands for.
    fn merge(&mut self, at: usize, other: usize);
    /// Each character of a replacement stands for all that was replaced.
    fn replace(&mut self, replacements: &[Replacement<'_>]);
}

impl Trace for () {
    const ASKED: bool = false;
    fn push(&mut self, _: u32, _: u32) {}
    fn truncate(&mut self, _: usize) {}
    fn shift(&mut self, _: usize, _: usize) {}
    fn merge(&mut self, _: usize, _: usize) {}
    fn replace(&mut self, _: &[Replacement<'_>]) {}
}

impl Trace for Vec<(u32, u32)> {
    const ASKED: bool = true;
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

/// The smallest stretch that holds all of these.
fn covered(sources: &[(u32, u32)]) -> (u32, u32) {
    let start = sources.iter().map(|source| source.0).min().unwrap_or(0);
    let end = sources.iter().map(|source| source.1).max().unwrap_or(0);
    (start, end)
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
        Ok(Self { fold: Fold::new(options), masks: Masks::new(options) })
    }

    /// The operations.
    pub fn options(&self) -> &NormalizerOptions {
        self.fold.options()
    }

    /// Normalizes a text; an unchanged one is borrowed.
    pub fn normalize<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let normalized = match decode(text) {
            Decoded::Narrow(units) if self.widens() => self.changed(&widened(&units)),
            Decoded::Narrow(units) => self.changed(&units),
            Decoded::Wide(units) => self.changed(&units),
        };
        normalized.map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn changed<U: CodeUnit>(&self, text: &[U]) -> Option<String> {
        let mut out = Vec::new();
        self.normalize_units(text, &mut out).then(|| encode(&out))
    }

    /// Whether a text may come out with characters that need more room than any in it: an entity of HTML
    /// or a mask may be an emoji. Such a normalizer takes `u32`.
    pub fn widens(&self) -> bool {
        self.options().html || self.masks.as_ref().is_some_and(Masks::widens)
    }

    /// Normalizes a text given as code points into `out`, whose content is replaced. Says whether the
    /// result differs from the text.
    ///
    /// If the normalizer [`widens`](Self::widens) and the text is narrower than `u32`, a character of the
    /// result that has no room is U+FFFD.
    pub fn normalize_units<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>) -> bool {
        out.clear();
        match self.plain_units(text, out) {
            Outcome::Changed => true,
            Outcome::Unchanged => {
                out.extend(text.iter().map(|unit| U::Normalized::from_code_point(unit.code_point())));
                false
            }
            Outcome::NotPlain => self.normalize_with_neighbours(text, out),
        }
    }

    /// As [`normalize_units`](Self::normalize_units), for a text that takes more than the table.
    pub(crate) fn normalize_with_neighbours<U: CodeUnit>(
        &self,
        text: &[U],
        out: &mut Vec<U::Normalized>,
    ) -> bool {
        self.run_all(text, out, &mut ());
        out.len() != text.len() || out.iter().zip(text).any(|(o, t)| o.code_point() != t.code_point())
    }

    /// Adds the result for a text to `out`, if that takes no more than a look at each character.
    pub(crate) fn plain_units<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>) -> Outcome {
        if self.is_table() {
            self.fold.plain_units(text, out)
        } else {
            Outcome::NotPlain
        }
    }

    /// The same in UTF-8.
    pub(crate) fn plain_utf8(&self, text: &str, out: &mut Vec<u8>) -> Outcome {
        if self.is_table() {
            self.fold.plain_utf8(text, out)
        } else {
            Outcome::NotPlain
        }
    }

    /// Whether there are only operations on characters.
    fn is_table(&self) -> bool {
        let options = self.options();
        options.elongation.is_none()
            && !options.html
            && options.emoji != options::Emoji::Remove
            && self.masks.is_none()
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
            Decoded::Narrow(units) if self.widens() => {
                let (out, alignment) = self.align_units(&widened(&units));
                Aligned::new(encode(&out), alignment)
            }
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

    /// As [`align`](Self::align), for a text given as code points. About the width of the result, see
    /// [`normalize_units`](Self::normalize_units).
    pub fn align_units<U: CodeUnit>(&self, text: &[U]) -> (Vec<U::Normalized>, Alignment) {
        let mut out = Vec::new();
        let mut sources: Vec<(u32, u32)> = Vec::with_capacity(text.len());
        self.run_all(text, &mut out, &mut sources);
        let alignment = Alignment::new(text, sources);
        (out, alignment)
    }

    /// Runs all operations: those that come before letters first, where their characters occur.
    fn run_all<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>, trace: &mut impl Trace) {
        let too_wide = size_of::<U>() < size_of::<u32>() && self.masks.as_ref().is_some_and(Masks::widens);
        if !too_wide && !noise::occurs(self.options(), text) {
            return self.run(text, out, trace);
        }
        let mut pieces: Vec<Piece> = (0..text.len()).map(|i| piece_at(text, i)).collect();
        for (_, step) in noise::STEPS {
            step(self.options(), &mut pieces);
        }
        let units: Vec<u32> = pieces.iter().map(|p| p.cp).collect();
        let mut result: Vec<u32> = Vec::new();
        let mut sources: Vec<(u32, u32)> = Vec::new();
        self.run(&units, &mut result, &mut sources);
        out.clear();
        out.extend(result.iter().map(|&cp| U::Normalized::from_code_point_lossy(cp)));
        for (start, end) in sources {
            let made_of = &pieces[start as usize..end as usize];
            trace.push(made_of.first().map_or(0, |p| p.start), made_of.last().map_or(0, |p| p.end));
        }
    }

    fn run<U: CodeUnit>(&self, text: &[U], out: &mut Vec<U::Normalized>, trace: &mut impl Trace) {
        out.clear();
        out.reserve(text.len());
        let mut pieces = Vec::new();
        let mut at = 0;
        // Characters before this one are settled: no stretch with neighbours may reach back over it.
        let mut settled = 0;
        while at < text.len() {
            at = self.run_plain(text, at, out, trace);
            let Some(cp) = text.get(at).map(|u| u.code_point()) else { break };
            if cp > 0xFFFF {
                if self.fold.astral_is_plain(cp) {
                    out.push(U::Normalized::from_code_point(cp));
                    trace.push(at as u32, at as u32 + 1);
                    at += 1;
                    continue;
                }
            } else {
                let rule = self.fold.plain(cp);
                if rule.is_only_sorted() && at > settled && self.starts(text[at - 1].code_point()) {
                    let end = self.run_marks(text, at, out, trace);
                    if end > at {
                        at = end;
                        continue;
                    }
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
            pieces.extend((start..end).map(|i| piece_at(text, i)));
            self.fold.apply(&mut pieces);
            for piece in &pieces {
                out.push(U::Normalized::from_code_point(piece.cp));
                trace.push(piece.start, piece.end);
            }
            at = end;
            settled = end;
        }
        if let Some(runs) = self.options().elongation {
            shorten_runs(out, runs, trace);
        }
        if let Some(masks) = &self.masks {
            let replacements = masks.find(out);
            if !replacements.is_empty() {
                replace(out, &replacements);
                trace.replace(&replacements);
            }
        }
        if self.options().whitespace && has_loose_whitespace(out) {
            collapse_whitespace(out, 0, trace);
        }
    }

    /// Normalizes from `at` on while each character gives one or none whatever stands around it; gives the
    /// place of the first that does not.
    fn run_plain<U: CodeUnit, T: Trace>(
        &self,
        text: &[U],
        at: usize,
        out: &mut Vec<U::Normalized>,
        trace: &mut T,
    ) -> usize {
        /// As many characters go at a time, in arrays whose size the compiler knows.
        const STEP: usize = 256;
        let mut results = [U::Normalized::default(); STEP];
        let mut sources = [0; STEP];
        let mut at = at;
        while at < text.len() {
            let step = &text[at..text.len().min(at + STEP)];
            let (mut kept, mut read) = (0, 0);
            for unit in step {
                let cp = unit.code_point();
                let rule = self.fold.plain(cp);
                if cp > 0xFFFF || !rule.is_plain() {
                    break;
                }
                results[kept % STEP] = U::Normalized::from_code_point(u32::from(rule.result()));
                if T::ASKED {
                    sources[kept % STEP] = (at + read) as u32;
                }
                kept += usize::from(rule.keeps());
                read += 1;
            }
            out.extend_from_slice(&results[..kept]);
            if T::ASKED {
                sources[..kept].iter().for_each(|&source| trace.push(source, source + 1));
            }
            at += read;
            if read < step.len() {
                break;
            }
        }
        at
    }

    /// Puts the marks from `at` on, which follow a letter and compose with nothing, in canonical order; gives
    /// the end of their run, or `at` where something stands among them that is not so simple.
    fn run_marks<U: CodeUnit>(
        &self,
        text: &[U],
        at: usize,
        out: &mut Vec<U::Normalized>,
        trace: &mut impl Trace,
    ) -> usize {
        /// Longer runs are no spelling.
        const LONGEST: usize = 8;
        let rule = |u: &U| {
            let cp = u.code_point();
            (cp <= 0xFFFF).then(|| self.fold.plain(cp))
        };
        let rest = &text[at..text.len().min(at + LONGEST)];
        let len = rest.iter().take_while(|u| rule(u).is_some_and(Rule::is_only_sorted)).count();
        match rest.get(len) {
            None if at + len < text.len() => return at,
            Some(next) if !self.starts(next.code_point()) => return at,
            _ => {}
        }
        let mut marks = [(0, 0, 0); LONGEST];
        for (offset, (slot, unit)) in marks.iter_mut().zip(&rest[..len]).enumerate() {
            let cp = unit.code_point();
            *slot = (ops::combining_class(cp), (at + offset) as u32, cp);
        }
        marks[..len].sort_unstable();
        for &(_, source, cp) in &marks[..len] {
            out.push(U::Normalized::from_code_point(cp));
            trace.push(source, source + 1);
        }
        at + len
    }

    fn starts(&self, cp: u32) -> bool {
        if cp > 0xFFFF {
            self.fold.astral_is_plain(cp)
        } else {
            self.fold.plain(cp).starts()
        }
    }

    /// The stretch around a character that needs its neighbours: from the letter before it to a letter
    /// behind which nothing looks back.
    fn stretch<U: CodeUnit>(&self, text: &[U], at: usize, settled: usize) -> (usize, usize) {
        // How far the influence of a character reaches; none if it needs no neighbours.
        let reach = |i: usize| {
            let cp = text[i].code_point();
            if cp > 0xFFFF {
                usize::from(!self.fold.astral_is_plain(cp))
            } else {
                let rule = self.fold.plain(cp);
                if rule.needs_neighbours() {
                    rule.reach()
                } else {
                    0
                }
            }
        };
        let starts = |i: usize| self.starts(text[i].code_point());
        let start = (settled..at).rev().find(|&i| starts(i)).unwrap_or(settled);
        let mut reached = at + reach(at);
        let mut end = at + 1;
        while end < text.len() && !(end >= reached && starts(end)) {
            reached = reached.max(end + reach(end));
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

fn piece_at<U: CodeUnit>(text: &[U], at: usize) -> Piece {
    Piece { cp: text[at].code_point(), start: at as u32, end: at as u32 + 1 }
}

fn replace<U: CodeUnit>(out: &mut Vec<U>, replacements: &[Replacement<'_>]) {
    let old = std::mem::take(out);
    let mut kept = 0;
    for r in replacements {
        out.extend_from_slice(&old[kept..r.start]);
        out.extend(r.with.iter().map(|&cp| U::from_code_point_lossy(cp)));
        kept = r.end;
    }
    out.extend_from_slice(&old[kept..]);
}

/// Cuts runs of one letter. Digits, Latin letters and punctuation keep theirs.
fn shorten_runs<U: CodeUnit>(out: &mut Vec<U>, runs: Runs, trace: &mut impl Trace) {
    let mut kept = 0;
    let mut run = 0;
    for at in 0..out.len() {
        let same = kept > 0 && out[kept - 1] == out[at];
        run = if same { run + 1 } else { 1 };
        let letter = matches!(out[at].code_point(), 0x621..=0x63A | 0x641..=0x64A);
        if letter && run > runs.longest {
            if run == runs.longest + 1 {
                kept -= (runs.longest - runs.to) as usize;
            }
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

#[expect(clippy::needless_bitwise_bool, reason = "without branches, many are compared at once")]
/// Whether there is white space that is not one space between two characters; now and then said wrongly.
fn has_loose_whitespace<U: CodeUnit>(out: &[U]) -> bool {
    let space = Some(' ' as u32);
    let at_ends = |end: Option<&U>| end.map(|u| u.code_point()) == space;
    let loose = |(unit, next): (&U, &U)| {
        let cp = unit.code_point();
        (cp == 0x20 && next.code_point() == 0x20)
            | (cp < 0x20)
            | (cp.wrapping_sub(0x80) <= 0x20)
            | (cp.wrapping_sub(0x2000) <= 0x0A)
            | (cp.wrapping_sub(0x2028) <= 0x07)
            | matches!(cp, 0x1680 | 0x205F | 0x3000)
    };
    // Without an early exit, so that many are compared at once.
    let pairs = out.iter().zip(out.iter().skip(1)).fold(false, |any, pair| any | loose(pair));
    let last = out.last().is_some_and(|last| script::is_space(last.code_point()));
    pairs || last || at_ends(out.first())
}

/// From `base` on, turns each run of white space into one space and removes it at both ends.
fn collapse_whitespace<U: CodeUnit>(out: &mut Vec<U>, base: usize, trace: &mut impl Trace) {
    let space = U::from_code_point(' ' as u32);
    let mut kept = base;
    for at in base..out.len() {
        let unit = out[at];
        let cp = unit.code_point();
        // Most characters are letters: one comparison tells that they are no white space.
        let is_space = !(0x600..0x1680).contains(&cp) && script::is_space(cp);
        if is_space {
            if kept == base {
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
    if kept > base && out[kept - 1] == space {
        kept -= 1;
    }
    out.truncate(kept);
    trace.truncate(kept);
}
