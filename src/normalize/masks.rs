//! Links, e-mail addresses, mentions and hashtags: where they are and what stands for them.
//!
//! The text is read once from left to right, after letters and marks were normalized, so that a link is the
//! same link however it was encoded. What is a link stays one even if only hashtags are asked for: a `#` in
//! it begins no hashtag. Every stretch is looked at a bounded number of times, whatever the text holds.
//!
//! - **Link**: ASCII letters and `://`, or `www.`, and then a letter or digit; or names of Latin letters,
//!   ASCII digits and hyphens with points between them, of which the last is a [top level](is_top_level), or
//!   is ASCII letters before a `/` and a letter. It goes on over letters, digits, marks and ``-._~:/?#@!$&'()*+,;=%``, but ends before
//!   an Arabic letter that touches an ASCII letter or digit, and before final ``.,:;!?'*`` and a `)` that it
//!   did not open.
//! - **E-mail address**: ASCII letters, digits and `._%+-`, `@`, and names with points as above, the last of
//!   two or more letters.
//! - **Mention**: `@` that stands after no letter, digit, mark or `_`, and no link after it, but letters, digits,
//!   marks and `_`, either of the Arabic script or not, as the first of the letters is; digits are of both.
//! - **Hashtag**: `#`, one or more, at the start, after white space or after a sign that is not one of
//!   ``_-+%@/&=~$``, nor a point before a Latin letter or digit or a colon before a digit; and letters, digits, marks, ZWNJ and `_`, at least one of them a letter.

use super::options::{Hashtags, NormalizerOptions};
use super::top_level::{ends_files, is_top_level};
use crate::script;
use crate::text::CodeUnit;

/// What stands for each kind, if it is replaced at all.
#[derive(Debug)]
pub(super) struct Masks {
    urls: Option<Vec<u32>>,
    emails: Option<Vec<u32>>,
    mentions: Option<Vec<u32>>,
    hashtags: Option<Tags>,
}

#[derive(Debug)]
enum Tags {
    Words,
    Mask(Vec<u32>),
}

/// A stretch of a text and what comes in its place.
pub(super) struct Replacement<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: &'a [u32],
    /// The option that asked for it.
    pub(super) rule: &'static str,
}

const SPACE: &[u32] = &[' ' as u32];

impl Masks {
    /// Returns what the options ask for; `None` if nothing.
    pub(super) fn new(options: &NormalizerOptions) -> Option<Self> {
        let points = |mask: &String| mask.chars().map(u32::from).collect::<Vec<u32>>();
        let masks = Self {
            urls: options.urls.as_ref().map(points),
            emails: options.emails.as_ref().map(points),
            mentions: options.mentions.as_ref().map(points),
            hashtags: options.hashtags.as_ref().map(|tags| match tags {
                Hashtags::Words => Tags::Words,
                Hashtags::Mask(mask) => Tags::Mask(points(mask)),
            }),
        };
        let any = masks.urls.is_some()
            || masks.emails.is_some()
            || masks.mentions.is_some()
            || masks.hashtags.is_some();
        any.then_some(masks)
    }

    /// Returns whether a mask has characters beyond the Basic Multilingual Plane.
    pub(super) fn widens(&self) -> bool {
        let tags = match &self.hashtags {
            Some(Tags::Mask(mask)) => Some(mask),
            _ => None,
        };
        let all = [self.urls.as_ref(), self.emails.as_ref(), self.mentions.as_ref(), tags];
        all.into_iter().flatten().flatten().any(|&cp| cp > 0xFFFF)
    }

    /// Returns what is replaced, from left to right.
    pub(super) fn find<U: CodeUnit>(&self, text: &[U]) -> Vec<Replacement<'_>> {
        if !text.iter().any(|u| matches!(u.code_point(), 0x23 | 0x2E | 0x3A | 0x40)) {
            return Vec::new();
        }
        Scanner { text, masks: self, last: None, tag_end: 0, found: Vec::new() }.run()
    }
}

struct Scanner<'t, 'a, U> {
    text: &'t [U],
    masks: &'a Masks,
    /// The last character of the result so far: what stands before decides with the masks in place, so
    /// that a second run sees what the first one saw.
    last: Option<u32>,
    /// Where the hashtag ends whose words are kept.
    tag_end: usize,
    found: Vec<Replacement<'a>>,
}

/// A kind of thing and where it starts and ends.
enum Thing {
    Url(usize, usize),
    Email(usize, usize),
}

impl<'a, U: CodeUnit> Scanner<'_, 'a, U> {
    fn run(mut self) -> Vec<Replacement<'a>> {
        let masks = self.masks;
        let mut at = 0;
        while at < self.text.len() {
            let cp = self.cp(at);
            at = match cp {
                0x40 => self.mention(at),
                0x23 => self.hashtag(at),
                0x5F if at < self.tag_end => self.replace(at, at + 1, SPACE, "hashtags"),
                _ if !(is_in_label(cp) || cp == 0x5F) => self.keep(at + 1),
                _ => {
                    let end = self.name_end(at);
                    match self.thing(at, end, self.last) {
                        Some(Thing::Url(start, end)) => {
                            self.keep(start);
                            self.mask(start, end, masks.urls.as_deref(), "urls")
                        }
                        Some(Thing::Email(start, end)) => {
                            self.keep(start);
                            self.mask(start, end, masks.emails.as_deref(), "emails")
                        }
                        None => self.keep(end),
                    }
                }
            };
        }
        self.found
    }

    /// Returns the code point at a position; 0 after the end.
    fn cp(&self, at: usize) -> u32 {
        self.text.get(at).map_or(0, |u| u.code_point())
    }

    /// Returns where the characters of names from `at` on end.
    fn name_end(&self, at: usize) -> usize {
        let belongs = |cp: u32| is_in_label(cp) || is_name(cp);
        self.run_of(at, |i, cp| belongs(cp) && (cp != 0x5F || i >= self.tag_end))
    }

    fn run_of(&self, start: usize, belongs: impl Fn(usize, u32) -> bool) -> usize {
        let rest = &self.text[start..];
        rest.iter()
            .enumerate()
            .position(|(i, u)| !belongs(start + i, u.code_point()))
            .map_or(self.text.len(), |i| start + i)
    }

    /// Everything up to `end` stays.
    fn keep(&mut self, end: usize) -> usize {
        if let Some(before) = end.checked_sub(1) {
            if self.found.last().is_none_or(|found| found.end < end) {
                self.last = Some(self.cp(before));
            }
        }
        end
    }

    fn replace(&mut self, start: usize, end: usize, with: &'a [u32], rule: &'static str) -> usize {
        self.found.push(Replacement { start, end, with, rule });
        if let Some(&last) = with.last() {
            self.last = Some(last);
        }
        end
    }

    fn mask(&mut self, start: usize, end: usize, with: Option<&'a [u32]>, rule: &'static str) -> usize {
        match with {
            Some(with) => self.replace(start, end, with, rule),
            None => self.keep(end),
        }
    }

    fn mention(&mut self, at: usize) -> usize {
        let first = self.cp(at + 1);
        let joined = self.last.is_some_and(|cp| is_of_word(cp) || cp == 0x5F);
        if joined || !(first == 0x5F || script::is_word(first)) {
            return self.keep(at + 1);
        }
        if let Some(Thing::Url(start, end)) = self.thing(at + 1, self.name_end(at + 1), None) {
            if start == at + 1 {
                self.keep(start);
                return self.mask(start, end, self.masks.urls.as_deref(), "urls");
            }
        }
        let is_neutral = |cp: u32| cp == 0x5F || script::decimal_digit(cp).is_some();
        let letter = self.cp(self.run_of(at + 1, |_, cp| is_neutral(cp)));
        let arabic = script::is_arabic_script(letter);
        let end = self.run_of(at + 1, |_, cp| {
            is_neutral(cp)
                || ((script::is_word(cp) || script::is_mark(cp)) && script::is_arabic_script(cp) == arabic)
        });
        self.mask(at, end, self.masks.mentions.as_deref(), "mentions")
    }

    fn hashtag(&mut self, at: usize) -> usize {
        let start = self.run_of(at, |_, cp| cp == 0x23);
        let end = self.run_of(start, |_, cp| {
            cp == 0x5F || cp == script::ZERO_WIDTH_NON_JOINER || script::is_word(cp) || script::is_mark(cp)
        });
        let body = self.text[start..end].iter().map(|u| u.code_point());
        let letters = body.into_iter().any(|cp| script::is_word(cp) && script::decimal_digit(cp).is_none());
        let first = self.cp(start);
        let joined = self.last.is_some_and(|cp| match char::from_u32(cp) {
            // What is left of the hashtag must not make a link with what stands before it.
            Some('.') => is_in_label(first),
            Some(':') => script::decimal_digit(first).is_some(),
            Some(c) => is_of_word(cp) || "_-+%@/&=~$".contains(c),
            None => false,
        });
        // The keycap of a `#` is an emoji.
        if joined || !letters || ends_emoji(first) {
            return self.keep(start);
        }
        if let Some(Tags::Mask(_)) = self.masks.hashtags {
            if let Some(Thing::Url(url, end)) = self.thing(start, self.name_end(start), None) {
                if url == start {
                    self.keep(start);
                    return self.mask(start, end, self.masks.urls.as_deref(), "urls");
                }
            }
        }
        match &self.masks.hashtags {
            None => self.keep(start),
            Some(Tags::Mask(mask)) => self.replace(at, end, mask, "hashtags"),
            Some(Tags::Words) => {
                // The words are text like any other: they may begin a link.
                self.tag_end = end;
                self.replace(at, start, &[], "hashtags")
            }
        }
    }

    /// Returns what a run of letters, digits and `._%+-` after `last` is or begins.
    fn thing(&self, start: usize, end: usize, last_before: Option<u32>) -> Option<Thing> {
        let next = self.cp(end);
        if next == 0x3A && self.cp(end + 1) == 0x2F && self.cp(end + 2) == 0x2F {
            let letters =
                self.text[start..end].iter().rev().take_while(|u| is_letter(u.code_point())).count();
            if letters > 0 && script::is_word(self.cp(end + 3)) {
                return Some(Thing::Url(end - letters, self.url_end(end + 3, end + 3)));
            }
        }
        if next == 0x40 {
            // The `@` of no address, after a sign, may begin a mention: the name before the sign is one by itself.
            let joined = end > start && is_in_label(self.cp(end - 1));
            if let Some(email) = self.email(start, end) {
                return Some(email);
            } else if joined {
                return None;
            }
        }
        let first = self.run_of(start, |i, cp| i < end && !is_in_label(cp));
        let trimmed = self.trim(first, end);
        let is = |at: usize, letters: &str| {
            letters.bytes().zip(at..).all(|(l, i)| self.cp(i) | 0x20 == u32::from(l) | 0x20)
        };
        if is(first, "www.") && script::is_word(self.cp(first + 4)) {
            return Some(Thing::Url(first, self.url_end(first, end.max(first + 4))));
        }
        let last = self.last_label(first, trimmed)?;
        let letters = self.text[last..trimmed].iter().all(|u| is_letter(u.code_point()));
        if !letters || trimmed - last < 2 || last_before == Some(0x40) {
            return None;
        }
        if trimmed == end {
            let follows = |behind: u32| self.cp(end) == behind && script::is_word(self.cp(end + 1));
            let known = self.is_top_level(first, last, end);
            let port = known && self.cp(end) == 0x3A && script::decimal_digit(self.cp(end + 1)).is_some();
            if follows(0x2F) || port || (known && (self.cp(end) == 0x2F || follows(0x3F) || follows(0x23))) {
                return Some(Thing::Url(first, self.url_end(first, end)));
            }
            return (known && !self.goes_on(end)).then_some(Thing::Url(first, end));
        }
        self.is_top_level(first, last, trimmed).then_some(Thing::Url(first, trimmed))
    }

    /// Returns the address whose part before the `@` is at the end of `start` to `end`.
    fn email(&self, start: usize, end: usize) -> Option<Thing> {
        // Before the `@` are only ASCII characters.
        let other = self.text[start..end].iter().rposition(|u| !is_name(u.code_point()));
        let start = other.map_or(start, |at| start + at + 1);
        let first = self.text[start..end].first()?.code_point();
        if first != 0x5F && !is_alphanumeric(first) {
            return None;
        }
        let domain_end = self.run_of(end + 1, |_, cp| is_in_label(cp) || cp == 0x2E || cp == 0x2D);
        let trimmed = self.trim(end + 1, domain_end);
        let last = self.last_label(end + 1, trimmed)?;
        let whole = trimmed < domain_end || !self.goes_on(domain_end);
        let letters = self.text[last..trimmed].iter().all(|u| is_letter(u.code_point()));
        (trimmed - last >= 2 && letters && whole).then_some(Thing::Email(start, trimmed))
    }

    /// Returns whether the letters before a position are followed by more of the same name.
    fn goes_on(&self, end: usize) -> bool {
        let cp = self.cp(end);
        cp >= 0x80 && (script::is_mark(cp) || script::is_latin_letter(cp))
    }

    fn trim(&self, start: usize, end: usize) -> usize {
        let kept = self.text[start..end].iter().rposition(|u| is_in_label(u.code_point()));
        kept.map_or(start, |at| start + at + 1)
    }

    /// Returns where the last of several names with points between them begins.
    fn last_label(&self, start: usize, end: usize) -> Option<usize> {
        let mut label = start;
        for at in start..end {
            let cp = self.cp(at);
            if cp == 0x2E {
                if at == label {
                    return None;
                }
                label = at + 1;
            } else if !is_in_label(cp) && cp != 0x2D {
                return None;
            }
        }
        (label > start && label < end).then_some(label)
    }

    /// Returns whether a name from `first` on ends, from `start` on, in a top level.
    fn is_top_level(&self, first: usize, start: usize, end: usize) -> bool {
        let name = self.text[start..end].iter().take(8).filter_map(|u| char::from_u32(u.code_point()));
        let name: String = name.collect();
        let is_long = || self.text[first..start - 1].iter().any(|u| u.code_point() == 0x2E);
        end - start <= 8 && is_top_level(&name) && (!ends_files(&name) || is_long())
    }

    /// Returns where a link ends that goes at least from `start` to `sure`.
    fn url_end(&self, start: usize, sure: usize) -> usize {
        let mut end = sure;
        while end < self.text.len() {
            let cp = self.cp(end);
            let glued = end > start && script::is_arabic_script(cp) && is_alphanumeric(self.cp(end - 1));
            if glued || !is_in_url(cp) {
                break;
            }
            end += 1;
        }
        let mut unopened = 0_i64;
        for at in start..end {
            match self.cp(at) {
                0x28 => unopened -= 1,
                0x29 => unopened += 1,
                _ => {}
            }
        }
        while end > sure {
            match char::from_u32(self.cp(end - 1)) {
                Some('.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*') => {}
                Some(')') if unopened > 0 => unopened -= 1,
                _ => break,
            }
            end -= 1;
        }
        end
    }
}

fn is_letter(cp: u32) -> bool {
    matches!(cp, 0x41..=0x5A | 0x61..=0x7A)
}

fn is_alphanumeric(cp: u32) -> bool {
    is_letter(cp) || matches!(cp, 0x30..=0x39)
}

/// Returns whether this is a letter or digit of a part of a host: also of other Latin letters than ASCII.
fn is_in_label(cp: u32) -> bool {
    is_alphanumeric(cp) || (cp >= 0x80 && script::is_latin_letter(cp) && script::is_word(cp))
}

/// Returns whether this is a letter, digit or mark: not the end of an emoji, which is a mark too.
fn is_of_word(cp: u32) -> bool {
    script::is_word(cp) || (script::is_mark(cp) && !ends_emoji(cp))
}

/// Returns whether a mark may be the last character of an emoji.
fn ends_emoji(cp: u32) -> bool {
    matches!(
        cp,
        script::VARIATION_SELECTOR_15 | script::VARIATION_SELECTOR_16 | script::COMBINING_ENCLOSING_KEYCAP
    )
}

/// Returns whether this is a character of names on the net: ASCII letters, digits and `._%+-`.
fn is_name(cp: u32) -> bool {
    is_alphanumeric(cp) || matches!(char::from_u32(cp), Some('.' | '_' | '%' | '+' | '-'))
}

fn is_in_url(cp: u32) -> bool {
    match char::from_u32(cp) {
        Some(c) if c.is_ascii() => c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c),
        _ => script::is_word(cp) || script::is_mark(cp),
    }
}
