//! Normalizing: text in, text out, and where each character came from.

use std::borrow::Cow;
use std::sync::Arc;

use super::align::{Aligned, Alignment};
use super::html_emoji;
use super::masks::{Masks, Replacement};
use super::options::{Emoji, NormalizerOptions};
use super::trace::Trace;
use super::utf8::{self, Outcome, Utf8Table};
use super::whitespace::{collapse_whitespace, has_loose_whitespace};
use crate::error::Error;
use crate::fold::run::{is_elongated, shorten_runs};
use crate::fold::{Fold, Piece, Sink, PLANE};
use crate::text::{decode, encode, widened, CodeUnit, Decoded};

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
    options: NormalizerOptions,
    fold: Arc<Fold>,
    utf8: Utf8Table,
    pub(super) masks: Option<Masks>,
}

/// Takes results as text, with their sources if those are recorded.
struct TextSink<'a, N, T> {
    out: &'a mut Vec<N>,
    trace: &'a mut T,
}

impl<U: CodeUnit, T: Trace> Sink<U> for TextSink<'_, U::Normalized, T> {
    fn take_plain(&mut self, fold: &Fold, text: &[U], at: usize) -> usize {
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
                let rule = fold.plain(cp);
                if cp >= PLANE as u32 || !rule.is_plain() {
                    break;
                }
                results[kept % STEP] = U::Normalized::from_code_point(u32::from(rule.result()));
                if T::RECORDS {
                    sources[kept % STEP] = (at + read) as u32;
                }
                kept += usize::from(rule.keeps());
                read += 1;
            }
            self.out.extend_from_slice(&results[..kept]);
            if T::RECORDS {
                sources[..kept].iter().for_each(|&source| self.trace.push(source, source + 1));
            }
            at += read;
            if read < step.len() {
                break;
            }
        }
        at
    }

    fn push(&mut self, piece: Piece) {
        self.out.push(U::Normalized::from_code_point(piece.cp));
        self.trace.push(piece.start, piece.end);
    }

    fn take_back(&mut self, _: usize, count: usize) {
        let kept = self.out.len() - count;
        self.out.truncate(kept);
        self.trace.truncate(kept);
    }
}

impl Normalizer {
    /// Compiles a set of operations. Takes about a millisecond and 256 KB.
    ///
    /// # Errors
    /// If `zwnj` was set without `invisibles`, which it belongs to, or an option in a profile that takes none.
    pub fn new(options: &NormalizerOptions) -> Result<Self, Error> {
        options.check()?;
        Ok(Self {
            options: options.clone(),
            fold: Fold::shared(&options.fold),
            utf8: Utf8Table::default(),
            masks: Masks::new(options),
        })
    }

    /// Returns the operations.
    pub fn options(&self) -> &NormalizerOptions {
        &self.options
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

    /// Returns whether a text may come out with characters that need more room than any in it: an entity of HTML
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
            utf8::plain_units(&self.fold, self.options.whitespace, text, out)
        } else {
            Outcome::NotPlain
        }
    }

    /// Returns the same in UTF-8.
    pub(crate) fn plain_utf8(&self, text: &str, out: &mut Vec<u8>) -> Outcome {
        if self.is_table() {
            self.utf8.plain_utf8(&self.fold, self.options.whitespace, text, out)
        } else {
            Outcome::NotPlain
        }
    }

    /// Returns whether there are only operations on characters.
    fn is_table(&self) -> bool {
        let options = self.options();
        options.fold.elongation.is_none()
            && !options.html
            && options.emoji != Emoji::Remove
            && self.masks.is_none()
    }

    /// Normalizes a text and keeps, for each character of the result, where it came from; positions are bytes.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Normalizer, NormalizerOptions};
    /// let n = Normalizer::new(&NormalizerOptions::profile("search")?)?;
    /// let text = "في الحشـد";
    /// let aligned = n.align(text);
    /// assert_eq!(aligned.text(), "في الحشد");
    /// let at = aligned.text().find("الحشد").unwrap();
    /// let (start, end) = aligned.to_original(at, aligned.text().len());
    /// assert_eq!(&text[start..end], "الحشـد");
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn align(&self, text: &str) -> Aligned {
        match decode(text) {
            Decoded::Narrow(units) if self.widens() => {
                let (out, alignment) = self.align_units(&widened(&units));
                Aligned::new(text, encode(&out), alignment)
            }
            Decoded::Narrow(units) => {
                let (out, alignment) = self.align_units(&units);
                Aligned::new(text, encode(&out), alignment)
            }
            Decoded::Wide(units) => {
                let (out, alignment) = self.align_units(&units);
                Aligned::new(text, encode(&out), alignment)
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
        if !too_wide && !html_emoji::occurs(self.options(), text) {
            return self.run(text, out, trace);
        }
        let mut pieces: Vec<Piece> = pieces_of(text);
        for (_, step) in html_emoji::STEPS {
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

    fn run<U: CodeUnit, T: Trace>(&self, text: &[U], out: &mut Vec<U::Normalized>, trace: &mut T) {
        out.clear();
        out.reserve(text.len());
        self.fold.run(text, &mut TextSink { out: &mut *out, trace: &mut *trace });
        if let Some(runs) = self.options.fold.elongation {
            shorten_runs(out, runs, |unit| is_elongated(unit.code_point()), |change| trace.moved(change));
            trace.truncate(out.len());
        }
        if let Some(masks) = &self.masks {
            let replacements = masks.find(out);
            if !replacements.is_empty() {
                replace(out, &replacements);
                trace.replace(&replacements);
            }
        }
        if self.options.whitespace && has_loose_whitespace(out) {
            collapse_whitespace(out, 0, trace);
        }
    }
}

pub(super) fn pieces_of<U: CodeUnit>(text: &[U]) -> Vec<Piece> {
    text.iter().enumerate().map(|(place, u)| Piece::at(u.code_point(), place)).collect()
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
