//! Laws that hold for every text, on random adversarial ones. That the results are the right ones is for the case
//! tables and, from Python, for the slow references.
//!
//! `KAYAN_EXAMPLES` is the number of examples for each law.

use kayan::{Entry, Gazetteer, Matcher, MatcherOptions, Normalizer, NormalizerOptions, OptionValue};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::UnicodeNormalization;

const PROFILES: &[&str] = &["light", "search", "match", "loose", "classical", "social", "uthmani"];
const SHORT: u32 = 300;

fn config() -> ProptestConfig {
    let examples = std::env::var("KAYAN_EXAMPLES");
    let cases = examples.map_or(SHORT, |examples| examples.parse().expect("KAYAN_EXAMPLES is a number"));
    ProptestConfig {
        cases,
        // The short run is the same run every time; the long one looks for something new.
        rng_seed: if cases <= SHORT { RngSeed::Fixed(0) } else { RngSeed::Random },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Characters that some operation changes, drops, moves or looks at.
const HOT: &str = concat!(
    "اأإآٱىيئؤوءةهكلبمدکیہھەۀۃۓپ",
    // The eight harakat; MADDAH ABOVE, HAMZA ABOVE, HAMZA BELOW; SUPERSCRIPT ALEF
    "\u{64B}\u{64C}\u{64D}\u{64E}\u{64F}\u{650}\u{651}\u{652}\u{653}\u{654}\u{655}\u{670}",
    // Marks of other positions; one of combining class 0; SMALL WAW; END OF AYAH; COMBINING ACUTE ACCENT
    "\u{6DC}\u{6E3}\u{8F0}\u{10EFC}\u{6E5}\u{6DD}\u{301}",
    // TATWEEL, ZWNJ, ZWJ, ZERO WIDTH SPACE, RIGHT-TO-LEFT MARK, RIGHT-TO-LEFT EMBEDDING
    "\u{640}\u{200C}\u{200D}\u{200B}\u{200F}\u{202B}",
    // Presentation forms: letters, ligatures, marks
    "\u{FE8D}\u{FEFB}\u{FEFC}\u{FDF2}\u{FDFA}\u{FDFD}\u{FE76}\u{FE7D}\u{FC5E}",
    // Spaces
    " \n\t\u{A0}\u{2003}\u{2028}",
    "aZé0٠۰3٣۳_-.،؟«😀👨❤\u{FE0F}\u{1EE00}한",
);
/// Pieces of links, addresses, mentions and hashtags, so that they meet each other.
const NET: &[&str] = &[
    "http://", "www.", "x.com", "t.co/", ".sa", "user", "@", "#", "_", ".", ":", "/", "(", ")", "a@b.org",
    "[",
];
const WORDS: &[&str] = &[
    "بغداد",
    "علي",
    "على",
    "القاهرة",
    "لبنان",
    "وليد",
    "الله",
    "الليطاني",
    "عبد الله",
    "أبو ظبي",
    "CIA",
    "و",
    "ب",
    "ل",
    "لل",
    "ال",
    " ",
    " ",
];
const LETTERS: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي";

fn letters_of(alphabet: &'static str) -> impl Strategy<Value = String> {
    select(alphabet.chars().collect::<Vec<_>>()).prop_map(String::from)
}

fn joined(piece: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(piece, 0..=most).prop_map(|pieces| pieces.concat())
}

/// Any text at all, mostly of the characters that matter.
fn anything() -> impl Strategy<Value = String> {
    let arabic = prop::char::range('\u{600}', '\u{8FF}').prop_map(String::from);
    let any = any::<char>().prop_map(String::from);
    let net = select(NET).prop_map(str::to_string);
    joined(prop_oneof![6 => letters_of(HOT), 2 => arabic, 1 => any, 2 => net], 14)
}

/// Text in which entries occur.
fn prose() -> impl Strategy<Value = String> {
    let word = select(WORDS).prop_map(str::to_string);
    joined(prop_oneof![3 => word, 1 => letters_of(HOT)], 10)
}

fn profile(name: &str) -> Normalizer {
    Normalizer::new(&NormalizerOptions::profile(name).unwrap()).unwrap()
}

fn matcher(names: &[String], options: &[(&str, &str)]) -> Matcher {
    let mut gazetteer = Gazetteer::new();
    for name in names {
        gazetteer.add(Entry::new(name)).unwrap();
    }
    let mut chosen = MatcherOptions::profile("match").unwrap();
    for (name, value) in options {
        chosen.set(name, &OptionValue::Str((*value).to_string())).unwrap();
    }
    Matcher::new(&gazetteer, &chosen).unwrap()
}

/// The matches as (start, end, entry, start of the prefix, end of the suffix), in bytes.
fn found(matcher: &Matcher, text: &str) -> Vec<(usize, usize, usize, usize, usize)> {
    let rows = matcher.find(text).into_iter();
    rows.map(|f| {
        (
            f.start as usize,
            f.end as usize,
            f.origin.entry().map_or(usize::MAX, |entry| entry.0 as usize),
            f.prefix_start as usize,
            f.suffix_end as usize,
        )
    })
    .collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_profile_is_idempotent(text in anything(), name in select(PROFILES)) {
        let normalizer = profile(name);
        let once = normalizer.normalize(&text).into_owned();
        prop_assert_eq!(normalizer.normalize(&once), once.as_str());
    }

    #[test]
    fn canonically_equivalent_texts_become_one(text in anything(), name in select(PROFILES)) {
        let normalizer = profile(name);
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(normalizer.normalize(&composed), normalizer.normalize(&decomposed));
        prop_assert_eq!(normalizer.normalize(&text), normalizer.normalize(&composed));
    }

    #[test]
    fn no_edit_means_no_change(text in anything(), name in select(PROFILES)) {
        let normalizer = profile(name);
        let units: Vec<u32> = text.chars().map(u32::from).collect();
        let edits = normalizer.explain_units(&units);
        prop_assert!(!edits.is_empty() || normalizer.normalize(&text) == text.as_str());
        for edit in edits {
            prop_assert!(edit.start < edit.end && edit.end <= units.len() && edit.count > 0);
            prop_assert_ne!(edit.before, edit.after);
        }
    }

    #[test]
    fn no_profile_is_no_change(text in anything()) {
        prop_assert_eq!(profile("none").normalize(&text), text.as_str());
    }

    #[test]
    fn an_aligned_span_lies_within_the_text(text in anything(), name in select(PROFILES)) {
        let normalizer = profile(name);
        let aligned = normalizer.align(&text);
        prop_assert_eq!(aligned.text(), normalizer.normalize(&text));
        let length = aligned.text().len();
        let places: Vec<usize> = aligned.text().char_indices().map(|(at, _)| at).chain([length]).collect();
        for (at, &start) in places.iter().enumerate() {
            for &end in &places[at + 1..] {
                let (from, to) = aligned.to_original(start, end);
                prop_assert!(from < to && text.get(from..to).is_some());
                // It ends where no mark or tatweel follows.
                if let Some(next) = text[to..].chars().next() {
                    prop_assert!(next != '\u{640}', "{from}..{to}");
                    prop_assert!(!is_arabic_mark(next), "{from}..{to}");
                }
                let (back_start, back_end) = aligned.to_normalized(from, to);
                prop_assert!(back_start <= start && end <= back_end && back_end <= length);
            }
        }
        prop_assert_eq!(aligned.to_original(length, length), (text.len(), text.len()));
    }

    #[test]
    fn spans_are_ordered_disjoint_and_on_characters(
        names in prop::collection::vec(select(&WORDS[..11]).prop_map(str::to_string), 1..6),
        text in prose(),
        overlap in select(&["longest", "priority"][..]),
        clitics in select(&["off", "safe", "all"][..]),
    ) {
        let mut last = (0, 0);
        for (start, end, entry, prefix_start, suffix_end) in
            found(&matcher(&names, &[("overlap", overlap), ("clitics", clitics)]), &text)
        {
            prop_assert!(prefix_start <= start && start < end && end <= suffix_end);
            prop_assert!(entry < names.len());
            for position in [prefix_start, start, end, suffix_end] {
                prop_assert!(text.is_char_boundary(position));
            }
            // Entries with one spelling share a span; any other two are apart.
            prop_assert!((start, end) == last || last.1 <= start);
            last = (start, end);
        }
    }

    #[test]
    fn the_chosen_matches_are_among_all(
        names in prop::collection::vec(select(&WORDS[..11]).prop_map(str::to_string), 1..6),
        text in prose(),
    ) {
        let all = found(&matcher(&names, &[("overlap", "all")]), &text);
        for chosen in found(&matcher(&names, &[("overlap", "longest")]), &text) {
            prop_assert!(all.contains(&chosen));
        }
    }

    #[test]
    fn an_entry_finds_itself(
        words in prop::collection::vec(prop::collection::vec(letters_of(LETTERS), 1..6), 1..4),
        others in prop::collection::vec(select(&WORDS[..11]).prop_map(str::to_string), 0..4),
    ) {
        let name = words.iter().map(|word| word.concat()).collect::<Vec<_>>().join(" ");
        let mut names = vec![name.clone()];
        names.extend(others);
        let matcher = matcher(&names, &[("overlap", "all")]);
        for (before, after) in [("", ""), ("(", ")"), ("قال ", "، ثم")] {
            let text = format!("{before}{name}{after}");
            let itself = (before.len(), before.len() + name.len(), 0);
            let found = found(&matcher, &text);
            prop_assert!(found.iter().any(|m| (m.0, m.1, m.2) == itself), "{found:?} in {text:?}");
        }
    }
}

/// Text that makes a careless scanner start over at every character.
#[test]
fn masking_takes_linear_time() {
    let mut options = NormalizerOptions::profile("social").unwrap();
    options.set("html", &true.into()).unwrap();
    options.set("emoji", &"remove".into()).unwrap();
    let normalizer = Normalizer::new(&options).unwrap();
    let pieces = [
        "@http://aaaa",
        "a",
        "a.",
        "a@",
        "@",
        "#",
        "#_",
        "www.",
        "://",
        ".",
        "<",
        "<a",
        "&",
        "&amp",
        "&amp;",
        "<<b>b>",
        "http://x",
        ")",
        "(",
        "a@a.aa@",
        "😀\u{200D}",
        "&#38;",
        "é",
        "_",
    ];
    for piece in pieces {
        let text = format!("@http://{}", piece.repeat(300_000 / piece.len()));
        let started = std::time::Instant::now();
        normalizer.normalize(&text);
        // A quadratic scan takes many minutes.
        assert!(started.elapsed().as_secs() < 20, "{piece}");
    }
}

/// A mark of the first Arabic blocks: there they are all nonspacing.
fn is_arabic_mark(c: char) -> bool {
    ('\u{600}'..='\u{8FF}').contains(&c) && is_combining_mark(c)
}
