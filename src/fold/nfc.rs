//! Canonical composition (Unicode Standard Annex 15) of characters that remember where they come from.

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, decompose_compatible,
};
use unicode_normalization::{is_nfc_quick, IsNormalized};

use once_cell::race::OnceBox;

use super::piece::Piece;

/// Returns whether a character is untouched by composition wherever it stands, and leaves what is before it
/// untouched.
pub(crate) fn is_inert(cp: u32) -> bool {
    /// A bit for each character of the Basic Multilingual Plane. Whichever thread is first makes them, without
    /// a lock that a forked process could inherit.
    static INERT: OnceBox<[u64; 0x1_0000 / 64]> = OnceBox::new();
    if cp > 0xFFFF {
        return has_no_part(cp);
    }
    let bits = INERT.get_or_init(|| {
        let word =
            |first: u32| (0..64).fold(0, |bits, bit| bits | u64::from(has_no_part(first + bit)) << bit);
        Box::new(std::array::from_fn(|at| word(at as u32 * 64)))
    });
    bits[cp as usize / 64] >> (cp % 64) & 1 != 0
}

fn has_no_part(cp: u32) -> bool {
    char::from_u32(cp).is_none_or(|c| {
        canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
    })
}

/// Returns whether composition may only move a character among the marks around it.
pub(crate) fn reorders_only(cp: u32) -> bool {
    char::from_u32(cp).is_some_and(|c| {
        canonical_combining_class(c) != 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
    })
}

/// Returns whether a character has a singleton or excluded decomposition: it never composes itself.
pub(crate) fn is_excluded(cp: u32) -> bool {
    char::from_u32(cp).is_some_and(|c| {
        canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::No
    })
}

/// Returns the canonical combining class; 0 for a lone surrogate.
pub(crate) fn combining_class(cp: u32) -> u8 {
    char::from_u32(cp).map_or(0, canonical_combining_class)
}

/// Returns whether a character has a compatibility decomposition.
pub(crate) fn decomposes(cp: u32) -> bool {
    let mut other = false;
    compatible(cp, &mut |d| other |= d != cp);
    other
}

/// Emits the compatibility decomposition; a lone surrogate is its own.
pub(crate) fn compatible(cp: u32, emit: &mut dyn FnMut(u32)) {
    match char::from_u32(cp) {
        Some(c) if !decomposes_beyond_its_width(cp) => decompose_compatible(c, |d| emit(d as u32)),
        _ => emit(cp),
    }
}

/// Seven compatibility ideographs decompose to one beyond the Basic Multilingual Plane. They stay, so that a
/// text of 2-byte units always gives one.
fn decomposes_beyond_its_width(cp: u32) -> bool {
    matches!(cp, 0xFA6C | 0xFACF | 0xFAD0 | 0xFAD1 | 0xFAD5 | 0xFAD6 | 0xFAD7)
}

/// Composes a text. A composed character stands for the stretch from the first to the last character that
/// went into it.
pub(crate) fn nfc(text: &mut Vec<Piece>) {
    let is_itself =
        |p: &Piece| char::from_u32(p.cp).is_none_or(|c| is_nfc_quick(std::iter::once(c)) != IsNormalized::No);
    if text.iter().all(|p| is_inert(p.cp)) || (text.len() == 1 && is_itself(&text[0])) {
        return;
    }
    let mut buffer = Vec::with_capacity(text.len() + 4);
    for piece in text.iter() {
        match char::from_u32(piece.cp) {
            Some(c) if !decomposes_beyond_its_width(piece.cp) => {
                decompose_canonical(c, |d| buffer.push(piece.with(d as u32)));
            }
            _ => buffer.push(*piece),
        }
    }
    for marks in buffer.chunk_by_mut(|_, next| combining_class(next.cp) != 0) {
        // The first of each chunk may be the letter, whose class is 0: a stable sort leaves it first.
        marks.sort_by_key(|p| combining_class(p.cp));
    }
    text.clear();
    let mut starter: Option<usize> = None;
    let mut last_class: Option<u8> = None;
    for piece in buffer {
        let class = combining_class(piece.cp);
        if let Some(base) = starter.filter(|_| last_class.is_none_or(|last| last < class)) {
            let pair = char::from_u32(text[base].cp).zip(char::from_u32(piece.cp));
            if let Some(composed) = pair.and_then(|(a, b)| compose(a, b)) {
                text[base].cp = composed as u32;
                text[base].cover(piece);
                continue;
            }
        }
        if class == 0 {
            starter = Some(text.len());
            last_class = None;
        } else {
            last_class = Some(class);
        }
        text.push(piece);
    }
}
