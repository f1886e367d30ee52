//! The one loop over a text: whoever takes the results, as text, as positions or as codes, is a [`Sink`].

use super::nfc::combining_class;
use super::ops;
use super::options::Runs;
use super::piece::Piece;
use super::table::{Fold, Rule};
use crate::text::CodeUnit;

/// Takes the results of a fold.
pub(crate) trait Sink<U: CodeUnit> {
    /// Takes the characters from `at` on while each gives one result or none whatever stands around it.
    /// Returns the place of the first that does not, or the end of the text.
    fn take_plain(&mut self, fold: &Fold, text: &[U], at: usize) -> usize;
    /// Takes a result.
    fn push(&mut self, piece: Piece);
    /// Drops the last results: those of the characters from `place` on, which gave `count` of them.
    fn take_back(&mut self, place: usize, count: usize);
}

impl Fold {
    /// Folds a text into a sink. Linear in the text.
    pub(crate) fn run<U: CodeUnit>(&self, text: &[U], sink: &mut impl Sink<U>) {
        let mut pieces = Vec::new();
        let mut at = 0;
        // Characters before this one are settled: no stretch with neighbours may reach back over it.
        let mut settled = 0;
        loop {
            at = sink.take_plain(self, text, at);
            let Some(cp) = text.get(at).map(|u| u.code_point()) else { return };
            if cp > 0xFFFF && self.astral_is_plain(cp) {
                sink.push(Piece::at(cp, at));
                at += 1;
                continue;
            }
            let rule = if cp > 0xFFFF { Rule(Rule::NEIGHBOURS) } else { self.plain(cp) };
            if !rule.needs_neighbours() {
                self.alone(cp, |cp| sink.push(Piece::at(cp, at)));
                at += 1;
                continue;
            }
            let follows_starter = at > settled && self.rule_of(text[at - 1].code_point()).is_starter();
            if rule.reorders_only() && follows_starter {
                let end = self.reorder_marks(text, at, sink);
                if end > at {
                    at = end;
                    continue;
                }
            }
            let (start, end) = self.stretch(text, at, settled);
            // All that may have come out of the stretch so far is what its first character gave, and the letters
            // of a word that is looked at as a whole.
            let mut given = 0;
            text[start..at].iter().for_each(|unit| self.alone(unit.code_point(), |_| given += 1));
            sink.take_back(start, given);
            pieces.clear();
            pieces.extend((start..end).map(|place| Piece::at(text[place].code_point(), place)));
            ops::apply(self.options(), &mut pieces);
            pieces.iter().for_each(|&piece| sink.push(piece));
            at = end;
            settled = end;
        }
    }

    /// Puts the marks from `at` on, which follow a letter and compose with nothing, in canonical order. Returns
    /// the end of their run, or `at` where something among them is not so simple.
    fn reorder_marks<U: CodeUnit>(&self, text: &[U], at: usize, sink: &mut impl Sink<U>) -> usize {
        /// Longer runs are no spelling.
        const LONGEST: usize = 8;
        let rest = &text[at..text.len().min(at + LONGEST)];
        let rules = rest.iter().map(|u| self.rule_of(u.code_point()));
        let len = rules.take_while(|rule| rule.reorders_only()).count();
        let follows = rest.get(len).map(|u| self.rule_of(u.code_point()));
        if !follows.map_or(at + len == text.len(), Rule::is_starter) {
            return at;
        }
        if let [mark] = &rest[..len] {
            sink.push(Piece::at(mark.code_point(), at));
            return at + 1;
        }
        let mut marks = [(0, Piece::at(0, 0)); LONGEST];
        for (offset, (slot, unit)) in marks.iter_mut().zip(&rest[..len]).enumerate() {
            let cp = unit.code_point();
            *slot = (combining_class(cp), Piece::at(cp, at + offset));
        }
        marks[..len].sort_by_key(|(class, _)| *class);
        marks[..len].iter().for_each(|&(_, mark)| sink.push(mark));
        at + len
    }

    /// Returns the stretch around a character that needs its neighbours: from the starter before it to one
    /// that nothing in the stretch has an influence on.
    fn stretch<U: CodeUnit>(&self, text: &[U], at: usize, settled: usize) -> (usize, usize) {
        let rule = |place: usize| self.rule_of(text[place].code_point());
        let start = (settled..at).rev().find(|&place| rule(place).is_starter()).unwrap_or(settled);
        let mut starters = rule(at).reach();
        let mut end = at + 1;
        while end < text.len() {
            let rule = rule(end);
            if rule.is_starter() {
                if starters == 0 {
                    break;
                }
                starters -= 1;
            }
            if rule.needs_neighbours() {
                starters = starters.max(rule.reach());
            }
            end += 1;
        }
        (start, end)
    }
}

impl<U: CodeUnit> Sink<U> for Vec<Piece> {
    fn take_plain(&mut self, fold: &Fold, text: &[U], at: usize) -> usize {
        let mut at = at;
        while let Some(cp) = text.get(at).map(|u| u.code_point()).filter(|&cp| cp <= 0xFFFF) {
            let rule = fold.plain(cp);
            if !rule.is_plain() {
                break;
            }
            self.extend(rule.keeps().then(|| Piece::at(u32::from(rule.result()), at)));
            at += 1;
        }
        at
    }
    fn push(&mut self, piece: Piece) {
        self.push(piece);
    }
    fn take_back(&mut self, _: usize, count: usize) {
        self.truncate(self.len() - count);
    }
}

/// Cuts runs of one letter, and calls `moved` for each result in their order. Digits, Latin letters and
/// punctuation keep their runs.
pub(crate) fn shorten_runs<T: Copy + Eq>(
    results: &mut Vec<T>,
    runs: Runs,
    is_letter: impl Fn(T) -> bool,
    mut moved: impl FnMut(Move),
) {
    let mut kept = 0;
    let mut run = 0;
    for at in 0..results.len() {
        let same = kept > 0 && results[kept - 1] == results[at];
        run = if same { run + 1 } else { 1 };
        if run > runs.longest && is_letter(results[at]) {
            if run == runs.longest + 1 {
                kept -= (runs.longest - runs.to) as usize;
            }
            moved(Move::Into { from: at, to: kept - 1 });
            continue;
        }
        results[kept] = results[at];
        moved(Move::To { from: at, to: kept });
        kept += 1;
    }
    results.truncate(kept);
}

/// What became of a result.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Move {
    /// It moved to an earlier place, or stayed.
    To { from: usize, to: usize },
    /// It became part of an earlier one.
    Into { from: usize, to: usize },
}

/// Returns whether runs of a letter may be cut: a letter of Arabic.
pub(crate) fn is_elongated(cp: u32) -> bool {
    matches!(cp, 0x621..=0x63A | 0x641..=0x64A)
}
