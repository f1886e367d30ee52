//! What each operation means: a function on characters that remember where they come from.
//!
//! This is slow and exact. A fold runs it on each character by itself, to compile a table, and on the few
//! stretches of a text where neighbours matter; it is never run on a whole text.

use super::nfc::{combining_class, compatible, nfc, reorders_only};
use super::options::{Dagger, Digits, FoldOptions, FormMarks, Hamza, MarkClasses, Tatweel, Zwnj};
use super::piece::{expand, map, Piece};
use super::uthmani;
use crate::script;

/// One operation; it does nothing unless the options ask for it.
pub(crate) type Step = fn(&FoldOptions, &mut Vec<Piece>);

/// The operations that concern letters and marks, by name, in their order.
pub(crate) const STEPS: &[(&str, Step)] = &[
    ("nfc", |o, text| {
        if o.nfc || (o.peer.is_none() && o.composes()) {
            nfc(text);
        }
    }),
    ("parity", |o, text| {
        if let Some(peer) = o.peer {
            peer.apply(text);
        }
    }),
    ("invisibles", |o, text| {
        if o.invisibles {
            invisibles(text, o.zwnj, o.joins_emoji);
            nfc(text);
        }
    }),
    ("presentation_forms", |o, text| {
        if let Some(marks) = o.presentation_forms {
            expand(text, |cp, emit| presentation_form(cp, marks, emit));
            nfc(text);
        }
    }),
    ("width", |o, text| {
        if o.width {
            expand(text, width);
            nfc(text);
        }
    }),
    ("word_ligatures", |o, text| {
        if o.word_ligatures {
            expand(text, word_ligature);
        }
    }),
    ("quranic", |o, text| {
        if o.quranic {
            nfc(text);
            uthmani::respell(text);
            nfc(text);
        }
    }),
    ("tatweel", |o, text| {
        if let Some(which) = o.tatweel {
            // Composition takes part where it is asked for by name.
            if o.nfc {
                seat_hamzas(text);
            }
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
            nfc(text);
        }
    }),
    ("dagger", |o, text| {
        let Some(mode) = o.dagger else { return };
        nfc(text);
        match mode {
            Dagger::Spelling => uthmani::spell_daggers(text),
            Dagger::Promote => map(text, |cp| if cp == script::SUPERSCRIPT_ALEF { script::ALEF } else { cp }),
            Dagger::Remove => text.retain(|p| p.cp != script::SUPERSCRIPT_ALEF),
        }
        settle(o, text);
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
        settle(o, text);
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
        settle(o, text);
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
        map(text, |cp| match script::decimal_digit(cp) {
            Some(value) if to == Digits::All || is_own_digit(cp) => to.zero() + value,
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
    ("signs", |o, text| {
        if o.signs {
            map(text, sign);
        }
    }),
    ("underscore_is_space", |o, text| {
        if o.underscore_is_space {
            map(text, |cp| if cp == '_' as u32 { ' ' as u32 } else { cp });
        }
    }),
    ("case", |o, text| {
        if o.case {
            nfc(text);
            expand(text, case);
            nfc(text);
        }
    }),
];

/// Runs all operations, in their order, and where they may make work for each other, again.
pub(crate) fn apply(options: &FoldOptions, text: &mut Vec<Piece>) {
    in_rounds(options, text, |text| STEPS.iter().for_each(|(_, step)| step(options, text)));
}

/// Runs `round` until it changes nothing, if a later operation may leave something for an earlier one: an alef
/// that was folded before tanween, a hamza that has found a yeh, a tatweel that has lost its mark.
pub(crate) fn in_rounds(o: &FoldOptions, text: &mut Vec<Piece>, mut round: impl FnMut(&mut Vec<Piece>)) {
    /// Each round leaves fewer such places; so many rounds are never needed.
    const MOST: usize = 16;
    let repeats = o.peer.is_none()
        && (o.tanween_alef
            || o.dagger.is_some()
            || o.quranic
            || o.hamza == Some(Hamza::Alone)
            || o.tatweel == Some(Tatweel::Bare)
            || !(o.diacritics.is_empty() || o.diacritics == MarkClasses::DEFAULT));
    for _ in 0..MOST {
        let before = if repeats { text.clone() } else { Vec::new() };
        round(text);
        let same = before.len() == text.len() && before.iter().zip(&*text).all(|(a, b)| a.cp == b.cp);
        if !repeats || same {
            return;
        }
    }
}

/// Returns whether what becomes of a character depends on what stands around it, composition aside.
pub(crate) fn looks_around(o: &FoldOptions, cp: u32) -> bool {
    let mut shows_tanween = false;
    if o.tanween_alef {
        compatible(cp, &mut |letter| shows_tanween |= letter == script::FATHATAN);
    }
    shows_tanween
        || (o.invisibles && o.joins_emoji && cp == script::ZERO_WIDTH_JOINER)
        || (o.tatweel == Some(Tatweel::Bare) && cp == script::TATWEEL)
        || (o.separators && (cp == '٫' as u32 || cp == '٬' as u32))
        || o.peer.is_some_and(|peer| peer.needs_neighbours(cp))
}

/// Returns whether what becomes of a character may depend on its whole word.
pub(crate) fn looks_at_word(o: &FoldOptions, cp: u32) -> bool {
    if !(o.quranic || o.dagger == Some(Dagger::Spelling)) {
        return false;
    }
    let mut decides = uthmani::respells(cp, !o.quranic);
    compatible(cp, &mut |d| decides |= uthmani::respells(d, !o.quranic));
    decides
}

/// Returns whether a character may be part of a word that is looked at as a whole.
pub(crate) fn is_in_word(o: &FoldOptions, cp: u32) -> bool {
    (o.quranic || o.dagger == Some(Dagger::Spelling)) && script::is_in_arabic_block(cp)
}

/// Returns whether a mark goes whatever stands around it. The hamza and madda marks may first become part of
/// a letter, and a dagger alef may become one.
pub(crate) fn always_goes(o: &FoldOptions, cp: u32) -> bool {
    if let Some(peer) = o.peer {
        return reorders_only(cp) && peer.drops(cp);
    }
    o.diacritics.contains(cp)
        && script::is_arabic_mark(cp)
        && !script::is_composing_mark(cp)
        && !(o.dagger.is_some() && cp == script::SUPERSCRIPT_ALEF)
        && !o.quranic
}

/// Composes what the removal of marks has left, and removes the tatweels that carry none any more.
fn settle(o: &FoldOptions, text: &mut Vec<Piece>) {
    nfc(text);
    if o.tatweel == Some(Tatweel::Bare) {
        tatweel(text, Tatweel::Bare);
        nfc(text);
    }
}

/// Returns whether a digit is one of the three systems of Arabic text.
fn is_own_digit(cp: u32) -> bool {
    matches!(cp, 0x30..=0x39 | 0x660..=0x669 | 0x6F0..=0x6F9)
}

fn is_emoji_part(cp: u32) -> bool {
    matches!(cp, 0x1_F000..=0x1_FAFF | 0x2600..=0x27BF | 0xFE0F)
}

/// Removes format characters. A ZERO WIDTH JOINER between two emoji makes them one: it stays where that is
/// asked for.
fn invisibles(text: &mut Vec<Piece>, zwnj: Zwnj, joins_emoji: bool) {
    let joins = |at: usize| {
        let before = at.checked_sub(1).and_then(|b| text.get(b));
        before.is_some_and(|p| is_emoji_part(p.cp)) && text.get(at + 1).is_some_and(|p| is_emoji_part(p.cp))
    };
    let kept = |at: usize, p: &Piece| match p.cp {
        script::ZERO_WIDTH_NON_JOINER => match zwnj {
            Zwnj::Remove => None,
            Zwnj::Keep => Some(*p),
            Zwnj::Space => Some(p.with(' ' as u32)),
        },
        script::ZERO_WIDTH_JOINER => (joins_emoji && joins(at)).then_some(*p),
        0x200B | 0x2060 | 0xFEFF | 0xAD => None,
        cp => (!script::is_bidi_control(cp)).then_some(*p),
    };
    *text = text.iter().enumerate().filter_map(|(at, p)| kept(at, p)).collect();
}

/// Makes each tatweel that carries a hamza «ئ»: it is the seat of the hamza, which never belongs to the letter
/// before it.
fn seat_hamzas(text: &mut Vec<Piece>) {
    let is_hamza = |p: &Piece| p.cp == script::HAMZA_ABOVE || p.cp == script::HAMZA_BELOW;
    let mut at = 0;
    while at < text.len() {
        if text[at].cp == script::TATWEEL {
            let mut marks = text[at + 1..].iter().take_while(|p| combining_class(p.cp) != 0);
            if let Some(hamza) = marks.position(is_hamza).map(|mark| at + 1 + mark) {
                let hamza = text.remove(hamza);
                text[at].cp = script::YEH_WITH_HAMZA;
                text[at].cover(hamza);
            }
        }
        at += 1;
    }
}

fn tatweel(text: &mut Vec<Piece>, which: Tatweel) {
    let carries = |at: usize| text.get(at + 1).is_some_and(|next| script::is_mark(next.cp));
    let kept = |at: usize, p: &Piece| p.cp != script::TATWEEL || (which == Tatweel::Bare && carries(at));
    *text = text.iter().enumerate().filter(|&(at, p)| kept(at, p)).map(|(_, p)| *p).collect();
}

/// Returns the letters that a presentation form shows. Only the two blocks of Arabic forms: ² and ½ stay.
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

/// Emits the usual form of a full-width or half-width one; the overline with a space of its own stays.
fn width(cp: u32, emit: &mut dyn FnMut(u32)) -> bool {
    let has_other_width = matches!(cp, 0xFF01..=0xFFEE if cp != 0xFFE3);
    if has_other_width {
        compatible(cp, emit);
    }
    has_other_width
}

/// Emits the folded case of a letter that has another one.
fn case(cp: u32, emit: &mut dyn FnMut(u32)) -> bool {
    let (mut count, mut last) = (0, cp);
    script::fold_case(cp, |folded| {
        count += 1;
        last = folded;
    });
    let changes = count != 1 || last != cp;
    if changes {
        script::fold_case(cp, emit);
    }
    changes
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

/// Returns one dash for all dashes (general category Pd, and the minus sign), and one quotation mark for all
/// quotation marks (the property `Quotation_Mark`).
pub(crate) fn sign(cp: u32) -> u32 {
    match cp {
        0x58A
        | 0x5BE
        | 0x1400
        | 0x1806
        | 0x2010..=0x2015
        | 0x2212
        | 0x2E17
        | 0x2E1A
        | 0x2E3A
        | 0x2E3B
        | 0x2E40
        | 0x2E5D
        | 0x301C
        | 0x3030
        | 0x30A0
        | 0xFE31
        | 0xFE32
        | 0xFE58
        | 0xFE63
        | 0xFF0D
        | 0x1_0D6E
        | 0x1_0EAD => '-' as u32,
        0x27
        | 0xAB
        | 0xBB
        | 0x2018..=0x201F
        | 0x2039
        | 0x203A
        | 0x2E42
        | 0x300C..=0x300F
        | 0x301D..=0x301F
        | 0xFE41..=0xFE44
        | 0xFF02
        | 0xFF07
        | 0xFF62
        | 0xFF63 => '"' as u32,
        _ => cp,
    }
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
