//! Facts about the Arabic script and the characters around it: data, no policy.

mod emoji;
mod tables;

pub(crate) use tables::UNICODE_VERSION;
use tables::{CASE_FOLDS, DIGIT_ZEROS};
pub(crate) use tables::{LATIN as LATIN_LETTERS, MARKS, WORD as WORDS};

pub(crate) const TATWEEL: u32 = 0x0640;
pub(crate) const ZERO_WIDTH_NON_JOINER: u32 = 0x200C;
pub(crate) const ZERO_WIDTH_JOINER: u32 = 0x200D;
pub(crate) const ALEF: u32 = 'ا' as u32;
pub(crate) const LAM: u32 = 'ل' as u32;
pub(crate) const YEH: u32 = 'ي' as u32;
pub(crate) const ALEF_MAQSURA: u32 = 'ى' as u32;
pub(crate) const YEH_WITH_HAMZA: u32 = 'ئ' as u32;
pub(crate) const FATHATAN: u32 = 0x064B;
pub(crate) const MADDAH_ABOVE: u32 = 0x0653;
pub(crate) const HAMZA_ABOVE: u32 = 0x0654;
pub(crate) const HAMZA_BELOW: u32 = 0x0655;
pub(crate) const SUPERSCRIPT_ALEF: u32 = 0x0670;

/// Returns whether this is one of the marks that compose with a letter (آ أ إ ؤ ئ ۀ ۂ ۓ): canonical equivalence turns on them.
pub(crate) fn is_composing_mark(cp: u32) -> bool {
    (MADDAH_ABOVE..=HAMZA_BELOW).contains(&cp)
}

fn within(ranges: &[(u32, u32)], cp: u32) -> bool {
    let after = ranges.partition_point(|&(start, _)| start <= cp);
    after > 0 && cp <= ranges[after - 1].1
}

/// General category Mn, Mc or Me.
pub(crate) fn is_mark(cp: u32) -> bool {
    // Nothing below the combining diacritical marks is one, and most Arabic letters lie in one gap.
    cp >= 0x300 && !(0x620..=0x64A).contains(&cp) && within(MARKS, cp)
}

/// Returns whether this is a mark or a tatweel: what belongs to the letter before it when a span ends there.
pub(crate) fn is_mark_or_tatweel(cp: u32) -> bool {
    cp == TATWEEL || is_mark(cp)
}

/// Returns whether this is a mark or a joiner: it belongs to the character before it and ends no word (Unicode Standard Annex 29, WB4).
pub(crate) fn extends_letter(cp: u32) -> bool {
    matches!(cp, ZERO_WIDTH_NON_JOINER | ZERO_WIDTH_JOINER) || is_mark(cp)
}

/// Returns whether this is a letter of any script, or a character with a numeric value. Marks are not: they are looked through.
pub(crate) fn is_word(cp: u32) -> bool {
    within(WORDS, cp)
}

pub(crate) fn is_latin_letter(cp: u32) -> bool {
    within(LATIN_LETTERS, cp)
}

/// Letters of the blocks Arabic, Syriac to Arabic Extended-A: with them begins no Latin word.
pub(crate) fn is_arabic_script(cp: u32) -> bool {
    (0x600..=0x8FF).contains(&cp)
}

/// Returns the value of a decimal digit of any script (general category Nd).
pub(crate) fn decimal_digit(cp: u32) -> Option<u32> {
    let after = DIGIT_ZEROS.partition_point(|&zero| zero <= cp);
    let zero = *DIGIT_ZEROS.get(after.checked_sub(1)?)?;
    (cp < zero + 10).then(|| cp - zero)
}

/// Returns the zeros of all runs of decimal digits.
pub(crate) fn digit_zeros() -> impl Iterator<Item = u32> {
    DIGIT_ZEROS.iter().copied()
}

pub(crate) const VARIATION_SELECTOR_15: u32 = 0xFE0E;
pub(crate) const VARIATION_SELECTOR_16: u32 = 0xFE0F;
pub(crate) const COMBINING_ENCLOSING_KEYCAP: u32 = 0x20E3;

/// Returns whether a character is an emoji by itself.
pub(crate) fn is_emoji(cp: u32) -> bool {
    cp >= 0x231A && within(emoji::PICTURES, cp)
}

/// Returns whether a sign is an emoji where VARIATION SELECTOR-16 or a joiner says so.
pub(crate) fn is_emoji_sign(cp: u32) -> bool {
    within(emoji::SIGNS, cp)
}

/// White space as Unicode and Python's `str.isspace` see it.
pub(crate) fn is_space(cp: u32) -> bool {
    matches!(cp, 0x1C..=0x1F) || char::from_u32(cp).is_some_and(char::is_whitespace)
}

/// White space that ends a line.
pub(crate) fn is_line_break(cp: u32) -> bool {
    matches!(cp, 0x0A..=0x0D | 0x85 | 0x2028 | 0x2029)
}

/// Bidirectional controls (Unicode Standard Annex 9).
pub(crate) fn is_bidi_control(cp: u32) -> bool {
    matches!(cp, 0x61C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
}

/// Characters without width that the matcher looks through; ZWNJ may be asked to be a space.
pub(crate) fn is_transparent(cp: u32) -> bool {
    is_bidi_control(cp) || matches!(cp, 0x200B..=0x200D | 0x2060 | 0xFEFF)
}

/// Simple case folding; a character that folds to several is put in lower case.
pub(crate) fn fold_case(cp: u32, mut emit: impl FnMut(u32)) {
    if let Ok(found) = CASE_FOLDS.binary_search_by_key(&cp, |&(from, _)| from) {
        return emit(CASE_FOLDS[found].1);
    }
    match char::from_u32(cp) {
        Some(c) => c.to_lowercase().for_each(|lower| emit(lower as u32)),
        None => emit(cp),
    }
}

/// Blocks of the Arabic script.
const ARABIC_BLOCKS: &[(u32, u32)] = &[
    (0x600, 0x6FF),
    (0x750, 0x77F),
    (0x870, 0x89F),
    (0x8A0, 0x8FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFF),
    (0x1_0E60, 0x1_0E7F),
    (0x1_0EC0, 0x1_0EFF),
    (0x1_EC70, 0x1_ECBF),
    (0x1_ED00, 0x1_ED4F),
    (0x1_EE00, 0x1_EEFF),
];

pub(crate) fn is_in_arabic_block(cp: u32) -> bool {
    within(ARABIC_BLOCKS, cp)
}

pub(crate) fn is_arabic_mark(cp: u32) -> bool {
    is_in_arabic_block(cp) && is_mark(cp)
}

/// Arabic presentation forms: glyphs as characters, found in text that comes from PDF files.
pub(crate) fn is_presentation_form(cp: u32) -> bool {
    matches!(cp, 0xFB50..=0xFDFF | 0xFE70..=0xFEFC)
}

/// Conjunctions that may stand before a word: «و» and «ف».
pub(crate) const CONJUNCTIONS: [u32; 2] = ['و' as u32, 'ف' as u32];
/// Prepositions that may stand before a name, after a conjunction: «ب», «ل» and, rarely, «ك».
pub(crate) const PREPOSITIONS: [u32; 3] = ['ب' as u32, 'ل' as u32, 'ك' as u32];

/// Attached pronouns.
pub(crate) const ENCLITICS: &[&str] =
    &["هما", "كما", "كم", "كن", "هم", "هن", "ها", "نا", "ني", "ه", "ك", "ي"];

/// Function words that letter folding or a clitic reading would turn into names (على is not علي).
pub(crate) const STOP_WORDS: &[&str] = &[
    "على", "إلى", "الى", "حتى", "أن", "إن", "بأن", "فإن", "لأن", "كأن", "وأن", "وإن", "أنا", "إنا", "إذا",
    "إلا", "ألا", "لا", "ما", "لم", "لن", "هل", "بل", "بلا", "ولا", "فلا", "كلا", "بين", "لدى", "كان", "كل", "ولي",
    "في", "من", "عن", "مع", "هو", "هي",
];

/// Frequent words, one a line, written down by hand from general knowledge of Arabic: function words, and
/// ordinary words whose first letter could be taken for a clitic.
pub(crate) const FREQUENT_WORDS: &str = include_str!("frequent_words.txt");

/// Words that are no misspelt names, one a line, without what may be attached to them: those frequent in news and in
/// tweets, names of people and places among them, but no name that has a like spelling of the same.
pub(crate) const KNOWN_WORDS: &str = include_str!("known_words.txt");

/// Words that belong to the family name after them, where a part of a full name stands alone: بن سلمان, فان دايك.
pub(crate) const FAMILY_PARTICLES: &[&str] = &[
    "بن", "ابن", "بنت", "آل", "أبو", "أبي", "أبا", "أم", "بو", "عبد", "ولد", "دي", "دا", "دو", "دوس", "ديل",
    "ديلا", "دير", "دين", "فان", "فون", "فن", "لا", "لو", "ماك", "مك", "سان", "سانت", "تن",
];
/// Words that belong to the word before them: صلاح الدين, نصر الله.
pub(crate) const COMPOUND_ENDS: &[&str] = &["الدين", "الله", "الإسلام", "الحق", "الرحمن"];

/// Words, one a line, that begin with the letters of the article and are no nouns with it.
pub(crate) const WITHOUT_ARTICLE: &str = include_str!("without_article.txt");

/// Words after which a compound name is written with or without a space: عبد الله, أبو ظبي.
pub(crate) const NAME_PARTICLES: &[&str] = &["عبد", "ابو", "ابي", "ابا", "ام"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_agree_with_unicode() {
        let cases = [
            ("fatha is a mark", is_mark(0x64E), true),
            ("beh is no mark", is_mark('ب' as u32), false),
            ("a mark of Unicode 18", is_mark(0x1_0ECB), true),
            ("tatweel is part of a word", is_word(TATWEEL), true),
            ("fatha is looked through", is_word(0x64E), false),
            ("an Arabic-Indic digit is part of a word", is_word('٢' as u32), true),
            ("underscore is not", is_word('_' as u32), false),
            ("one half has a value", is_word('½' as u32), true),
            ("no-break space", is_space(0xA0), true),
            ("file separator, as Python has it", is_space(0x1C), true),
            ("ZWNJ is no space", is_space(ZERO_WIDTH_NON_JOINER), false),
        ];
        for (why, got, expected) in cases {
            assert_eq!(got, expected, "{why}");
        }
        assert_eq!(decimal_digit('۷' as u32), Some(7));
        assert_eq!(decimal_digit('²' as u32), None);
    }
}
