//! What a text is made of, counted: to choose the operations by.

use once_cell::race::OnceBox;

use super::options::NormalizerOptions;
use super::{html_emoji, masks::Masks};
use crate::fold::{nfc, Piece};
use crate::script;
use crate::text::CodeUnit;

/// The properties that a [`TextReport`] counts, in its order.
pub(crate) const PROPERTIES: &[&str] = &[
    "vowelled",
    "presentation_forms",
    "decomposed",
    "farsi_yeh",
    "keheh",
    "final_yeh",
    "tatweel",
    "elongation",
    "zwnj",
    "bidi_controls",
    "zero_width",
    "digits_ascii",
    "digits_arabic",
    "digits_persian",
    "mixed_scripts",
    "urls",
    "emails",
    "mentions",
    "hashtags",
    "html",
    "emoji",
    "replacement_characters",
    "lone_surrogates",
];

/// How often each property occurs in a number of texts.
#[derive(Clone, Debug, Default)]
pub struct TextReport {
    /// Texts that were counted.
    pub texts: u64,
    /// Words of them: stretches without white space that hold a letter or digit.
    pub words: u64,
    /// One for each of [`names`](Self::names).
    pub counts: Vec<PropertyCount>,
}

/// How often a property occurs.
#[derive(Clone, Debug, Default)]
pub struct PropertyCount {
    /// Texts that have it.
    pub texts: u64,
    /// Words that have it; for links, addresses, mentions and hashtags, how many there are.
    pub words: u64,
    /// The first word, link, address, mention or hashtag that has it.
    pub example: Option<Vec<u32>>,
}

/// Frequent words that some keyboards and habits end in ى where the spelling is ي.
const ENDING_IN_YEH: &[&str] = &[
    "فى",
    "التى",
    "الذى",
    "هى",
    "وهى",
    "والتى",
    "والذى",
    "وفى",
    "لى",
    "بى",
    "أى",
    "اى",
    "ذى",
    "اللى",
    "حوالى",
    "التالى",
];

impl TextReport {
    /// Returns the properties in their order.
    pub fn names() -> &'static [&'static str] {
        PROPERTIES
    }

    /// Counts one text.
    pub fn add<U: CodeUnit>(&mut self, text: &[U]) {
        self.counts.resize_with(PROPERTIES.len(), PropertyCount::default);
        self.texts += 1;
        let mut seen = vec![false; PROPERTIES.len()];
        for chunk in text.split(|u| script::is_space(u.code_point())).filter(|chunk| !chunk.is_empty()) {
            let word: Vec<u32> = chunk.iter().map(|u| u.code_point()).collect();
            let has = properties(&word);
            self.words += u64::from(has.is_word);
            for name in has.names {
                self.found(name, &word, &mut seen);
            }
        }
        for r in masks().into_iter().flat_map(|masks| masks.find(text)) {
            let thing: Vec<u32> = text[r.start..r.end].iter().map(|u| u.code_point()).collect();
            self.found(r.rule, &thing, &mut seen);
        }
        for (count, seen) in self.counts.iter_mut().zip(seen) {
            count.texts += u64::from(seen);
        }
    }

    fn found(&mut self, name: &str, word: &[u32], seen: &mut [bool]) {
        if let Some(at) = PROPERTIES.iter().position(|property| *property == name) {
            self.counts[at].words += 1;
            self.counts[at].example.get_or_insert_with(|| word.to_vec());
            seen[at] = true;
        }
    }

    /// Adds what was counted in texts that follow.
    pub fn append(&mut self, other: Self) {
        self.texts += other.texts;
        self.words += other.words;
        self.counts.resize_with(PROPERTIES.len(), PropertyCount::default);
        for (count, other) in self.counts.iter_mut().zip(other.counts) {
            count.texts += other.texts;
            count.words += other.words;
            count.example = count.example.take().or(other.example);
        }
    }
}

/// Finds everything that may be masked, each as one.
fn masks() -> Option<&'static Masks> {
    static MASKS: OnceBox<Option<Masks>> = OnceBox::new();
    let all = || {
        let mut options = NormalizerOptions::profile("social").ok()?;
        options.set("hashtags", &"mask".into()).ok()?;
        Masks::new(&options)
    };
    MASKS.get_or_init(|| Box::new(all())).as_ref()
}

struct Has {
    is_word: bool,
    names: Vec<&'static str>,
}

/// Returns what a stretch without white space has.
fn properties(word: &[u32]) -> Has {
    let any = |is: &dyn Fn(u32) -> bool| word.iter().any(|&cp| is(cp));
    // The harakat, tanween and sukun: what vowelled text has on nearly every letter.
    let haraka = |cp: u32| matches!(cp, 0x64B..=0x650 | 0x652);
    let tests: [(&'static str, bool); 17] = [
        ("vowelled", any(&haraka)),
        ("presentation_forms", any(&script::is_presentation_form)),
        ("decomposed", decomposed(word)),
        ("farsi_yeh", any(&|cp| cp == 'ی' as u32)),
        ("keheh", any(&|cp| cp == 'ک' as u32)),
        ("final_yeh", final_yeh(word)),
        ("tatweel", any(&|cp| cp == script::TATWEEL)),
        (
            "elongation",
            word.windows(3)
                .any(|w| w[0] == w[1] && w[1] == w[2] && matches!(w[0], 0x621..=0x63A | 0x641..=0x64A)),
        ),
        ("zwnj", any(&|cp| cp == script::ZERO_WIDTH_NON_JOINER)),
        ("bidi_controls", any(&script::is_bidi_control)),
        ("zero_width", any(&|cp| matches!(cp, 0x200B | 0x2060 | 0xFEFF | 0xAD))),
        ("digits_ascii", any(&|cp| (0x30..=0x39).contains(&cp))),
        ("digits_arabic", any(&|cp| (0x660..=0x669).contains(&cp))),
        ("digits_persian", any(&|cp| (0x6F0..=0x6F9).contains(&cp))),
        ("mixed_scripts", mixed_scripts(word)),
        ("replacement_characters", any(&|cp| cp == 0xFFFD)),
        ("lone_surrogates", any(&|cp| (0xD800..=0xDFFF).contains(&cp))),
    ];
    let mut names: Vec<_> = tests.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect();
    if html_emoji::has_emoji(word) {
        names.push("emoji");
    }
    if html_emoji::has_html(word) {
        names.push("html");
    }
    Has { is_word: any(&script::is_word), names }
}

/// Returns whether there is a letter and, after it and its other marks, a hamza or madda that composes with it.
fn decomposed(word: &[u32]) -> bool {
    let mut base = 0;
    word.iter().any(|&cp| {
        if script::is_composing_mark(cp) {
            let mut pair = vec![piece(base), piece(cp)];
            nfc(&mut pair);
            return pair.len() == 1;
        }
        if !script::is_mark(cp) {
            base = cp;
        }
        false
    })
}

fn piece(cp: u32) -> Piece {
    Piece { cp, start: 0, end: 1 }
}

/// Returns whether there are an Arabic and a Latin letter with nothing but letters, digits and marks between them.
fn mixed_scripts(word: &[u32]) -> bool {
    let parts = word.split(|&cp| !script::is_word(cp) && !script::is_mark(cp));
    let arabic = |cp: u32| cp != script::TATWEEL && script::is_arabic_script(cp) && script::is_word(cp);
    parts.into_iter().any(|part| {
        part.iter().any(|&cp| script::is_latin_letter(cp))
            && part.iter().any(|&cp| arabic(cp) && script::decimal_digit(cp).is_none())
    })
}

fn final_yeh(word: &[u32]) -> bool {
    let letters = || word.iter().copied().filter(|&cp| script::is_word(cp) && cp != script::TATWEEL);
    ENDING_IN_YEH.iter().any(|known| letters().eq(known.chars().map(u32::from)))
}
