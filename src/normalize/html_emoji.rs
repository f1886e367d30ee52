//! What is done before letters are looked at: HTML to the characters it means, and emoji removed.
//!
//! Both read the text once and take back what they wrote when the end of something is reached, so they are
//! linear in the text whatever it holds.

use super::options::{Emoji, NormalizerOptions};
use crate::fold::Piece;
use crate::script;
use crate::text::CodeUnit;

/// Returns whether a text holds anything that these operations look at.
pub(super) fn occurs<U: CodeUnit>(options: &NormalizerOptions, text: &[U]) -> bool {
    (options.html && text.iter().any(|u| matches!(u.code_point(), 0x26 | 0x3C)))
        || (options.emoji == Emoji::Remove && text.iter().any(|u| starts_emoji(u.code_point())))
}

/// One operation; it does nothing unless the options ask for it.
type Step = fn(&NormalizerOptions, &mut Vec<Piece>);

/// The operations by name, in their order.
pub(super) const STEPS: &[(&str, Step)] = &[
    ("html", |o, text| {
        if o.html {
            html(text);
        }
    }),
    ("emoji", |o, text| {
        if o.emoji == Emoji::Remove {
            emoji(text);
        }
    }),
];

fn pieces(units: &[u32]) -> Vec<Piece> {
    units.iter().zip(0..).map(|(&cp, start)| Piece { cp, start, end: start + 1 }).collect()
}

/// Returns whether a word has an emoji.
pub(super) fn has_emoji(word: &[u32]) -> bool {
    let starts = |cp: u32| starts_emoji(cp) || matches!(cp, 0x23 | 0x2A | 0x30..=0x39);
    word.iter().any(|&cp| starts_emoji(cp)) && {
        let pieces = pieces(word);
        (0..word.len()).any(|at| starts(word[at]) && emoji_end(&pieces, at) > at)
    }
}

/// Returns whether a word has an entity, a tag or the beginning of a closing tag or a comment.
pub(super) fn has_html(word: &[u32]) -> bool {
    if !word.iter().any(|&cp| matches!(cp, 0x26 | 0x3C)) {
        return false;
    }
    let mut text = pieces(word);
    html(&mut text);
    let begins = |pair: &[u32]| pair[0] == 0x3C && (pair[1] == 0x2F || pair[1] == 0x21);
    text.len() < word.len() || word.windows(2).any(begins)
}

// ---- HTML

/// Entities by name. HTML has two thousand; these are those that texts hold.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("cent", '¢'),
    ("copy", '©'),
    ("deg", '°'),
    ("divide", '÷'),
    ("emsp", '\u{2003}'), // EM SPACE
    ("ensp", '\u{2002}'), // EN SPACE
    ("euro", '€'),
    ("frac12", '½'),
    ("gt", '>'),
    ("hearts", '♥'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lrm", '\u{200E}'), // LEFT-TO-RIGHT MARK
    ("lsaquo", '‹'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{A0}'), // NO-BREAK SPACE
    ("ndash", '–'),
    ("para", '¶'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rlm", '\u{200F}'), // RIGHT-TO-LEFT MARK
    ("rsaquo", '›'),
    ("rsquo", '’'),
    ("sect", '§'),
    ("shy", '\u{AD}'),      // SOFT HYPHEN
    ("thinsp", '\u{2009}'), // THIN SPACE
    ("times", '×'),
    ("trade", '™'),
    ("zwj", '\u{200D}'),  // ZERO WIDTH JOINER
    ("zwnj", '\u{200C}'), // ZERO WIDTH NON-JOINER
];
/// `&#x0010FFFF`, without the semicolon.
const LONGEST_ENTITY: usize = 11;

/// What browsers show for the numbers 128 to 159, which old pages use for the signs of Windows-1252.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Elements that stand within a word or a line: «<b>ال</b>كتاب» is one word. All others part words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
];

/// Entities to their characters and tags to nothing or a space, until neither is left: text that was
/// escaped twice is common, and a second run must find nothing more.
fn html(text: &mut Vec<Piece>) {
    let mut out: Vec<Piece> = Vec::with_capacity(text.len());
    // Where a `<` stands in `out` that a tag may begin with.
    let mut open: Vec<usize> = Vec::new();
    for &piece in text.iter() {
        let mut next = Some(piece);
        while let Some(piece) = next.take() {
            match char::from_u32(piece.cp) {
                Some(';') => {
                    if let Some((start, cp)) = entity_before_end(&out) {
                        next = Some(Piece { cp, start: out[start].start, end: piece.end });
                        out.truncate(start);
                        continue;
                    }
                }
                Some('<') => open.push(out.len()),
                Some('>') => {
                    if let Some(start) = open.pop() {
                        if let Some(parts_words) = tag(&out[start + 1..]) {
                            let source = out[start].start;
                            out.truncate(start);
                            if parts_words {
                                out.push(Piece { cp: ' ' as u32, start: source, end: piece.end });
                            }
                            continue;
                        }
                        // No tag holds a `>`, so none begins before this one.
                        open.clear();
                    }
                }
                _ => {}
            }
            out.push(piece);
        }
    }
    *text = out;
}

fn ascii(piece: Piece) -> Option<char> {
    char::from_u32(piece.cp).filter(char::is_ascii)
}

/// Returns where the entity begins that the next semicolon ends, and what it stands for.
fn entity_before_end(out: &[Piece]) -> Option<(usize, u32)> {
    let near = out.len().saturating_sub(LONGEST_ENTITY);
    let start = near + out[near..].iter().rposition(|p| p.cp == '&' as u32)?;
    let name: String = out[start + 1..].iter().map(|&p| ascii(p)).collect::<Option<_>>()?;
    let decoded = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => {
            ENTITIES.binary_search_by_key(&name.as_str(), |(name, _)| name).ok().map(|at| ENTITIES[at].1)?
        }
    };
    Some((start, decoded as u32))
}

fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let number = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    Some(match number {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS_1252[number as usize - 0x80],
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    })
}

/// Returns whether what stands between `<` and `>` is a tag, a comment or a declaration; if so, whether words on
/// its two sides are two words.
fn tag(inside: &[Piece]) -> Option<bool> {
    const LONGEST_NAME: usize = 10;
    let closing = inside.first().is_some_and(|p| p.cp == '/' as u32);
    let inside = &inside[usize::from(closing)..];
    let first = ascii(*inside.first()?)?;
    if !closing && (first == '!' || first == '?') {
        return Some(false);
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let name =
        inside.iter().take(LONGEST_NAME).map_while(|&p| ascii(p)).take_while(char::is_ascii_alphanumeric);
    let name: String = name.map(|c| c.to_ascii_lowercase()).collect();
    Some(!INLINE.contains(&name.as_str()))
}

// ---- Emoji

fn starts_emoji(cp: u32) -> bool {
    // Most characters of a text are below all emoji.
    cp >= 0x203C
        && (cp == script::COMBINING_ENCLOSING_KEYCAP || script::is_emoji(cp) || script::is_emoji_sign(cp))
}

/// Removes emoji sequences whole. Where one stood between two words, a space is left, so that they stay two.
fn emoji(text: &mut Vec<Piece>) {
    let mut out: Vec<Piece> = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let end = emoji_end(text, at);
        if end == at {
            out.push(text[at]);
            at += 1;
            continue;
        }
        let words = |piece: Option<&Piece>| piece.is_some_and(|p| script::is_word(p.cp));
        if words(out.last()) && words(text.get(end)) {
            out.push(Piece { cp: ' ' as u32, start: text[at].start, end: text[end - 1].end });
        }
        at = end;
    }
    *text = out;
}

/// Returns where the emoji sequence that begins at `at` ends; `at` if none does.
fn emoji_end(text: &[Piece], at: usize) -> usize {
    let cp = |at: usize| text.get(at).map_or(0, |p| p.cp);
    if matches!(char::from_u32(cp(at)), Some('0'..='9' | '#' | '*')) {
        let cap = at + 1 + usize::from(cp(at + 1) == script::VARIATION_SELECTOR_16);
        return if cp(cap) == script::COMBINING_ENCLOSING_KEYCAP { cap + 1 } else { at };
    }
    let mut end = at;
    loop {
        let sign = script::is_emoji_sign(cp(end));
        let shown = cp(end + 1) == script::VARIATION_SELECTOR_16 || end > at;
        let picture = script::is_emoji(cp(end)) || (sign && shown);
        if !picture {
            // A joiner with nothing to join after it goes too: it was part of the picture.
            return end;
        }
        end += 1;
        if matches!(cp(end), script::VARIATION_SELECTOR_15 | script::VARIATION_SELECTOR_16) {
            end += 1;
        }
        // Skin tones; tags, of which the flags of regions are made.
        while matches!(cp(end), 0x1_F3FB..=0x1_F3FF | 0xE_0020..=0xE_007F) {
            end += 1;
        }
        if cp(end) != script::ZERO_WIDTH_JOINER {
            return end;
        }
        end += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_sorted_and_short() {
        assert!(ENTITIES.is_sorted());
        assert!(ENTITIES.iter().all(|(name, _)| name.len() < LONGEST_ENTITY));
    }
}
