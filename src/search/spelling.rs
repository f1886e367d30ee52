//! How a name is written in a text, for rules that do not follow the fold.

use unicode_normalization::UnicodeNormalization;

use crate::dictionary::gazetteer::Strict;
use crate::script;

/// Returns a text as it is written, but for marks, tatweel, glyph forms and characters without width.
pub(crate) fn written_form(text: impl Iterator<Item = char>) -> String {
    let keeps = |c: &char| !script::is_mark_or_tatweel(*c as u32) && !script::is_transparent(*c as u32);
    text.nfkc().filter(keeps).collect()
}

/// Returns whether a spelling is close enough to the listed one for an entry that is matched strictly.
pub(crate) fn is_spelled(here: &str, listed: &str, strict: Strict) -> bool {
    if strict.has(Strict::EXACT) {
        return here.nfc().eq(listed.trim().nfc());
    }
    let (here, listed) = (written_form(here.chars()), written_form(listed.trim().chars()));
    let agree = |pair: (char, char)| {
        let hamza = |c: char| matches!(c, 'أ' | 'إ' | 'آ' | 'ؤ' | 'ئ').then_some(c);
        (!strict.has(Strict::HAMZA) || hamza(pair.0) == hamza(pair.1))
            && (!strict.has(Strict::CASE) || pair.0.is_uppercase() == pair.1.is_uppercase())
    };
    here.chars().filter(|c| !c.is_whitespace()).zip(listed.chars().filter(|c| !c.is_whitespace())).all(agree)
}
