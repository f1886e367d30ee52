//! White space in a normalized text: one space between words, none at the ends.

use super::trace::Trace;
use crate::fold::run::Move;
use crate::script;
use crate::text::CodeUnit;

/// Returns whether there is white space that is not one space between two characters. False positives are
/// possible, false negatives are not.
#[expect(clippy::needless_bitwise_bool, reason = "without branches, many are compared at once")]
pub(super) fn has_loose_whitespace<U: CodeUnit>(out: &[U]) -> bool {
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
pub(super) fn collapse_whitespace<U: CodeUnit>(out: &mut Vec<U>, base: usize, trace: &mut impl Trace) {
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
                trace.moved(Move::Into { from: at, to: kept - 1 });
                continue;
            }
        }
        out[kept] = if is_space { space } else { unit };
        trace.moved(Move::To { from: at, to: kept });
        kept += 1;
    }
    if kept > base && out[kept - 1] == space {
        kept -= 1;
    }
    out.truncate(kept);
    trace.truncate(kept);
}

/// From `base` on, makes each run of spaces one and removes them at both ends. Tells whether there were such.
pub(super) fn squeeze<T: Copy + Eq>(out: &mut Vec<T>, base: usize, space: T) -> bool {
    let result = &mut out[base..];
    let pairs = result.iter().zip(result.iter().skip(1)).map(|(&a, &b)| a == space && b == space);
    // Without an early exit, so that many pairs are compared at once.
    let doubled = pairs.fold(false, |any, pair| any | pair);
    if !doubled && result.first() != Some(&space) && result.last() != Some(&space) {
        return false;
    }
    let (mut kept, mut behind_space) = (0, true);
    for at in 0..result.len() {
        let is_space = result[at] == space;
        result[kept] = result[at];
        kept += usize::from(!(is_space && behind_space));
        behind_space = is_space;
    }
    kept -= usize::from(kept > 0 && behind_space);
    out.truncate(base + kept);
    true
}
