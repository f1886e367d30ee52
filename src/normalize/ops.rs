//! Each operation by itself, exactly: a rewriting of a sequence of characters that remember where they
//! came from.
//!
//! This is the meaning of the operations. It is run on single characters to compile the fold table and on
//! the few stretches of a text where neighbours matter; it is never run on a whole text.

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, decompose_compatible,
};

use super::options::{Dagger, FormMarks, Hamza, NormalizerOptions, Tatweel, Zwnj};
use crate::script;

/// A character and the stretch of the original text, in code points, that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) cp: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// One operation: does nothing unless the options ask for it.
type Step = fn(&NormalizerOptions, &mut Vec<Piece>);

/// The operations that concern letters and marks, by name, in their order.
pub(super) const STEPS: &[(&str, Step)] = &[
    ("parity", |o, text| {
        if let Some(peer) = o.peer {
            peer.apply(text);
        }
    }),
    ("nfc", |o, text| {
        if o.composes() {
            nfc(text);
        }
    }),
    ("invisibles", |o, text| {
        if o.invisibles {
            invisibles(text, o.zwnj);
            nfc(text);
        }
    }),
    ("presentation_forms", |o, text| {
        if let Some(marks) = o.presentation_forms {
            expand(text, |cp, emit| presentation_form(cp, marks, emit));
            nfc(text);
        }
    }),
    ("word_ligatures", |o, text| {
        if o.word_ligatures {
            expand(text, word_ligature);
        }
    }),
    ("tatweel", |o, text| {
        if let Some(which) = o.tatweel {
            tatweel(text, which);
            nfc(text);
        }
    }),
    ("math_letters", |o, text| {
        if o.math_letters {
            expand(text, math_letter);
        }
    }),
    ("lookalikes", |o, text| {
        if o.lookalikes {
            nfc(text);
            map(text, lookalike);
            nfc(text);
        }
    }),
    ("tanween_alef", |o, text| {
        if o.tanween_alef {
            nfc(text);
            tanween_alef(text);
        }
    }),
    ("dagger", |o, text| {
        let Some(mode) = o.dagger else { return };
        nfc(text);
        match mode {
            Dagger::Promote => map(text, |cp| if cp == script::SUPERSCRIPT_ALEF { script::ALEF } else { cp }),
            Dagger::Remove => text.retain(|p| p.cp != script::SUPERSCRIPT_ALEF),
        }
        nfc(text);
    }),
    ("diacritics", |o, text| {
        if o.diacritics.is_empty() {
            return;
        }
        nfc(text);
        // Removing a mark that separates two runs of marks lets them meet, and a letter composed with one
        // of them may give up another: so until nothing is left to remove.
        while text.iter().any(|p| o.diacritics.contains(p.cp)) {
            text.retain(|p| !o.diacritics.contains(p.cp));
            nfc(text);
        }
    }),
    ("alef", |o, text| {
        if o.alef {
            nfc(text);
            alef(text);
            nfc(text);
        }
    }),
    ("hamza", |o, text| {
        let Some(mode) = o.hamza else { return };
        nfc(text);
        if mode != Hamza::Alone {
            text.retain(|p| p.cp != script::HAMZA_ABOVE && p.cp != script::HAMZA_BELOW);
        }
        if mode == Hamza::Drop {
            text.retain(|p| p.cp != 'ء' as u32 && p.cp != 'ٴ' as u32);
        }
        map(text, |cp| hamza_carrier(cp, mode));
        nfc(text);
    }),
    ("alef_maqsura", |o, text| {
        if o.alef_maqsura {
            nfc(text);
            map(text, |cp| if cp == script::ALEF_MAQSURA { script::YEH } else { cp });
            nfc(text);
        }
    }),
    ("ta_marbuta", |o, text| {
        if o.ta_marbuta {
            nfc(text);
            map(text, |cp| if cp == 'ة' as u32 || cp == 'ۃ' as u32 { 'ه' as u32 } else { cp });
            nfc(text);
        }
    }),
    ("digits", |o, text| {
        let Some(to) = o.digits else { return };
        map(text, |cp| match cp {
            0x30..=0x39 | 0x660..=0x669 | 0x6F0..=0x6F9 => to.zero() + script::decimal_digit(cp).unwrap_or(0),
            _ => cp,
        });
    }),
    ("separators", |o, text| {
        if o.separators {
            separators(text);
        }
    }),
    ("punctuation", |o, text| {
        if o.punctuation {
            map(text, punctuation);
        }
    }),
];

/// Runs all operations that concern letters and marks, in their order.
pub(super) fn apply(options: &NormalizerOptions, text: &mut Vec<Piece>) {
    STEPS.iter().for_each(|(_, step)| step(options, text));
}

fn map(text: &mut [Piece], f: impl Fn(u32) -> u32) {
    text.iter_mut().for_each(|p| p.cp = f(p.cp));
}

/// Replaces each character for which `f` emits something by what it emits.
pub(super) fn expand(text: &mut Vec<Piece>, f: impl Fn(u32, &mut dyn FnMut(u32)) -> bool) {
    let mut out = Vec::with_capacity(text.len());
    for piece in text.iter() {
        let replaced = f(piece.cp, &mut |cp| out.push(Piece { cp, ..*piece }));
        if !replaced {
            out.push(*piece);
        }
    }
    *text = out;
}

/// Whether a character is untouched by canonical composition wherever it stands, and leaves what is
/// before it untouched.
pub(super) fn is_inert(cp: u32) -> bool {
    use unicode_normalization::{is_nfc_quick, IsNormalized};
    char::from_u32(cp).is_none_or(|c| {
        canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
    })
}

/// Whether canonical composition may only move a character among the marks around it.
pub(super) fn only_sorts(cp: u32) -> bool {
    use unicode_normalization::{is_nfc_quick, IsNormalized};
    char::from_u32(cp).is_some_and(|c| {
        canonical_combining_class(c) != 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
    })
}

/// Whether a character has a compatibility decomposition.
pub(super) fn decomposes(cp: u32) -> bool {
    let mut other = false;
    compatible(cp, &mut |d| other |= d != cp);
    other
}

/// Seven compatibility ideographs decompose to one beyond the Basic Multilingual Plane. They stay, so that a
/// text of 2-byte units always gives one.
fn decomposes_beyond_its_width(cp: u32) -> bool {
    matches!(cp, 0xFA6C | 0xFACF | 0xFAD0 | 0xFAD1 | 0xFAD5 | 0xFAD6 | 0xFAD7)
}

pub(super) fn combining_class(cp: u32) -> u8 {
    char::from_u32(cp).map_or(0, canonical_combining_class)
}

/// Canonical composition (Unicode Standard Annex 15). A composed character stands for the stretch from
/// the first to the last character that went into it.
pub(super) fn nfc(text: &mut Vec<Piece>) {
    if text.iter().all(|p| is_inert(p.cp)) {
        return;
    }
    let mut buffer = Vec::with_capacity(text.len() + 4);
    for piece in text.iter() {
        match char::from_u32(piece.cp) {
            Some(c) if !decomposes_beyond_its_width(piece.cp) => {
                decompose_canonical(c, |d| buffer.push(Piece { cp: d as u32, ..*piece }));
            }
            _ => buffer.push(*piece),
        }
    }
    for marks in buffer.chunk_by_mut(|_, next| combining_class(next.cp) != 0) {
        // The first of each chunk may be the letter, whose class is 0: a stable sort leaves it in front.
        marks.sort_by_key(|p| combining_class(p.cp));
    }
    text.clear();
    let mut starter: Option<usize> = None;
    let mut last_class: Option<u8> = None;
    for piece in buffer {
        let class = combining_class(piece.cp);
        if let Some(base) = starter.filter(|_| last_class.is_none_or(|last| last < class)) {
            let pair = (char::from_u32(text[base].cp), char::from_u32(piece.cp));
            if let (Some(composed), base) =
                (pair.0.zip(pair.1).and_then(|(a, b)| compose(a, b)), &mut text[base])
            {
                base.cp = composed as u32;
                base.start = base.start.min(piece.start);
                base.end = base.end.max(piece.end);
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

fn is_emoji_part(cp: u32) -> bool {
    matches!(cp, 0x1_F000..=0x1_FAFF | 0x2600..=0x27BF | 0xFE0F)
}

/// Format characters; a ZERO WIDTH JOINER between two emoji makes them one, so it stays.
fn invisibles(text: &mut Vec<Piece>, zwnj: Zwnj) {
    let joins = |at: usize| {
        let before = at.checked_sub(1).and_then(|b| text.get(b));
        before.is_some_and(|p| is_emoji_part(p.cp)) && text.get(at + 1).is_some_and(|p| is_emoji_part(p.cp))
    };
    let kept = |at: usize, p: &Piece| match p.cp {
        script::ZERO_WIDTH_NON_JOINER => match zwnj {
            Zwnj::Remove => None,
            Zwnj::Keep => Some(*p),
            Zwnj::Space => Some(Piece { cp: ' ' as u32, ..*p }),
        },
        script::ZERO_WIDTH_JOINER => joins(at).then_some(*p),
        0x200B | 0x2060 | 0xFEFF | 0xAD => None,
        cp => (!script::is_bidi_control(cp)).then_some(*p),
    };
    *text = text.iter().enumerate().filter_map(|(at, p)| kept(at, p)).collect();
}

fn tatweel(text: &mut Vec<Piece>, which: Tatweel) {
    let carries = |at: usize| text.get(at + 1).is_some_and(|next| script::is_mark(next.cp));
    let kept = |at: usize, p: &Piece| p.cp != script::TATWEEL || (which == Tatweel::Bare && carries(at));
    *text = text.iter().enumerate().filter(|&(at, p)| kept(at, p)).map(|(_, p)| *p).collect();
}

/// The compatibility decomposition; a lone surrogate is its own.
pub(super) fn compatible(cp: u32, emit: &mut dyn FnMut(u32)) {
    match char::from_u32(cp) {
        Some(c) if !decomposes_beyond_its_width(cp) => decompose_compatible(c, |d| emit(d as u32)),
        _ => emit(cp),
    }
}

/// The letters that a presentation form shows. Only the two blocks of Arabic forms: ² and ½ stay.
pub(crate) fn presentation_form(cp: u32, marks: FormMarks, emit: &mut dyn FnMut(u32)) -> bool {
    if !script::is_presentation_form(cp) {
        return false;
    }
    if cp == '﷼' as u32 && marks == FormMarks::Attach {
        // Unicode decomposes the rial sign with a Farsi yeh; Arabic spells ريال.
        "ريال".chars().for_each(|c| emit(c as u32));
        return true;
    }
    let mut letters = Vec::new();
    compatible(cp, &mut |d| letters.push(d));
    if letters == [cp] {
        return false;
    }
    let carrier = letters[0] == ' ' as u32 || letters[0] == script::TATWEEL;
    let skip =
        marks == FormMarks::Attach && carrier && letters[1..].iter().all(|&d| script::is_arabic_mark(d));
    letters[usize::from(skip)..].iter().for_each(|&d| emit(d));
    true
}

fn math_letter(cp: u32, emit: &mut dyn FnMut(u32)) -> bool {
    let mut letters = Vec::new();
    if (0x1_EE00..=0x1_EEEF).contains(&cp) {
        compatible(cp, &mut |d| letters.push(d));
    }
    letters.iter().for_each(|&d| emit(d));
    !letters.is_empty()
}

/// Ligatures of whole formulas, which Unicode does not decompose; the wording is in their names.
const WORD_LIGATURES: &[(u32, &str)] = &[
    (0xFD40, "رحمه الله"),
    (0xFD41, "رضي الله عنه"),
    (0xFD42, "رضي الله عنها"),
    (0xFD43, "رضي الله عنهم"),
    (0xFD44, "رضي الله عنهما"),
    (0xFD45, "رضي الله عنهن"),
    (0xFD46, "صلى الله عليه وآله"),
    (0xFD47, "عليه السلام"),
    (0xFD48, "عليهم السلام"),
    (0xFD49, "عليهما السلام"),
    (0xFD4A, "عليه الصلاة والسلام"),
    (0xFD4B, "قدس سره"),
    (0xFD4C, "صلى الله عليه وآله وسلم"),
    (0xFD4D, "عليها السلام"),
    (0xFD4E, "تبارك وتعالى"),
    (0xFD4F, "رحمهم الله"),
    (0xFDCF, "سلامه علينا"),
    (0xFDFD, "بسم الله الرحمن الرحيم"),
    (0xFDFE, "سبحانه وتعالى"),
    (0xFDFF, "عز وجل"),
];

fn word_ligature(cp: u32, emit: &mut dyn FnMut(u32)) -> bool {
    match WORD_LIGATURES.binary_search_by_key(&cp, |(ligature, _)| *ligature) {
        Ok(at) => {
            WORD_LIGATURES[at].1.chars().for_each(|c| emit(c as u32));
            true
        }
        Err(_) => false,
    }
}

/// Persian and Urdu letters that look like an Arabic one. Letters of their own (پ چ گ ڤ) stay.
fn lookalike(cp: u32) -> u32 {
    let letter = match char::from_u32(cp) {
        Some('ک' | 'ڪ') => 'ك',
        Some('ی' | 'ے') => 'ي',
        Some('ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ') => 'ه',
        Some('ۃ') => 'ة',
        Some('ۓ') => 'ئ',
        _ => return cp,
    };
    letter as u32
}

/// Removes the accusative ending «ًا» or «اً» of a word.
fn tanween_alef(text: &mut Vec<Piece>) {
    let in_word = |cp: u32| matches!(cp, 0x621..=0x671);
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let ending = match text.get(at..at + 2) {
            Some([a, b]) => {
                (a.cp == script::ALEF && b.cp == script::FATHATAN)
                    || (a.cp == script::FATHATAN && b.cp == script::ALEF)
            }
            _ => false,
        };
        if ending && !text.get(at + 2).is_some_and(|next| in_word(next.cp)) {
            at += 2;
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
    *text = out;
}

/// Bare alef for every written form of it. Composing marks left on it would compose again, so they go too.
fn alef(text: &mut Vec<Piece>) {
    let mut on_alef = false;
    text.retain_mut(|p| {
        match char::from_u32(p.cp) {
            Some('آ' | 'أ' | 'إ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ا') => {
                p.cp = script::ALEF;
                on_alef = true;
            }
            _ if combining_class(p.cp) == 0 => on_alef = false,
            _ if on_alef && script::is_composing_mark(p.cp) => return false,
            _ => {}
        }
        true
    });
}

fn hamza_carrier(cp: u32, mode: Hamza) -> u32 {
    let letter = match (char::from_u32(cp), mode) {
        (Some('ؤ' | 'ئ'), Hamza::Alone) => 'ء',
        (Some('ؤ'), _) => 'و',
        (Some('ئ'), _) => 'ي',
        _ => return cp,
    };
    letter as u32
}

/// Arabic decimal and thousands separators, between digits only.
fn separators(text: &mut [Piece]) {
    let digit = |text: &[Piece], at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|p| script::decimal_digit(p.cp).is_some())
    };
    for at in 0..text.len() {
        let to = match char::from_u32(text[at].cp) {
            Some('٫') => '.',
            Some('٬') => ',',
            _ => continue,
        };
        if digit(text, at.checked_sub(1)) && digit(text, Some(at + 1)) {
            text[at].cp = to as u32;
        }
    }
}

fn punctuation(cp: u32) -> u32 {
    let sign = match char::from_u32(cp) {
        Some('،') => ',',
        Some('؛') => ';',
        Some('؟') => '?',
        Some('٪') => '%',
        Some('٭') => '*',
        Some('۔') => '.',
        Some('«' | '»' | '“' | '”') => '"',
        Some('‘' | '’') => '\'',
        // The names of the ornate parentheses are those of their shapes; U+FD3F opens.
        Some('\u{FD3F}') => '(',
        Some('\u{FD3E}') => ')',
        _ => return cp,
    };
    sign as u32
}
