//! What every input must satisfy, whatever its bytes: fuzzers look for an input that panics here, and
//! `tests/rust/fuzz.rs` replays the seeds and what was found.
//!
//! Building a matcher takes some milliseconds, so each is built once and used again for later inputs.

use std::cell::RefCell;
use std::collections::HashMap;

use kayan::{
    Entry, Gazetteer, Match, Matcher, MatcherOptions, Normalizer, NormalizerOptions, OptionValue, Scratch,
    Strict, Verdict,
};

/// What texts are made of: letters that fold or are clitics, marks, what has no width, and what ends words.
const PIECES: &[&str] = &[
    "ا",
    "أ",
    "إ",
    "آ",
    "ل",
    "و",
    "ف",
    "ب",
    "ك",
    "ي",
    "ى",
    "ئ",
    "ه",
    "ة",
    "ؤ",
    "ء",
    "م",
    "د",
    "ر",
    "ع",
    "ح",
    "ن",
    " ",
    " ",
    " ",
    "\n",
    "  ",
    "\t",
    "-",
    ".",
    "،",
    "_",
    "#",
    "@",
    "a",
    "B",
    "1",
    "٣",
    "😀",
    "👨\u{200D}👩",
    "龍",
    "門",
    // FATHA, SHADDA, TATWEEL, HAMZA ABOVE, SUPERSCRIPT ALEF, COMBINING ACUTE ACCENT
    "\u{64E}",
    "\u{651}",
    "\u{640}",
    "\u{654}",
    "\u{670}",
    "\u{301}",
    // ZERO WIDTH NON-JOINER, ZERO WIDTH JOINER, RIGHT-TO-LEFT MARK, ligatures
    "\u{200C}",
    "\u{200D}",
    "\u{200F}",
    "\u{FDF2}",
    "\u{FEFB}",
    "\u{FDFA}",
    "http://x.com",
    "a@b.org",
    "محمد",
    "علي",
    "على",
    "القاهرة",
    "للقاهرة",
    "دبي",
    "عبد الله",
    "أبو ظبي",
    "وليد",
    "ليد",
    "بن",
    "السيد",
    "الله",
];

/// Returns the text that bytes stand for: a piece for each, or what they are in UTF-8 after a zero byte.
fn text_of(data: &[u8]) -> String {
    match data.split_first() {
        Some((0, rest)) => String::from_utf8_lossy(rest).into_owned(),
        _ => data.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]).collect(),
    }
}

/// Names among which a byte chooses: each bit takes two or three of them.
const NAMES: [&[&str]; 8] = [
    &["محمد", "علي", "ال"],
    &["القاهرة", "قاهرة", "الل"],
    &["دبي", "دبي دبي", "بن دبي"],
    &["عبد الله", "أبو ظبي"],
    &["وليد", "ليد", "رؤى"],
    &["-a", "a1", "😀", "#د"],
    &["龍門", "門龍", "اa"],
    &["م د", "مد", "م\u{64E}"],
];

fn options_of(byte: u8) -> Vec<(&'static str, OptionValue)> {
    let text = |value: &str| OptionValue::Str(value.into());
    let overlap = ["longest", "all", "first", "priority"][usize::from(byte & 3)];
    let mut options = vec![("overlap", text(overlap))];
    if byte & 4 != 0 {
        options.push(("clitics", text("all")));
        options.push(("article", OptionValue::Bool(true)));
    }
    if byte & 8 != 0 {
        options.push(("diacritics", OptionValue::Bool(false)));
        options.push(("whitespace", text("inline")));
    }
    match byte >> 4 & 3 {
        1 => options.push(("boundary", text("none"))),
        2 => options.push(("enclitics", OptionValue::Bool(true))),
        3 => options.push(("name_variants", text("all"))),
        _ => {}
    }
    options
}

fn gazetteer_of(byte: u8) -> Gazetteer {
    let mut gazetteer = Gazetteer::new();
    for (bit, names) in NAMES.iter().enumerate().filter(|(bit, _)| byte >> bit & 1 != 0) {
        for (at, name) in names.iter().enumerate() {
            let mut entry = Entry::new(name).label(["A", "B"][at % 2]).priority(at as i32 - 1);
            if bit == 4 {
                entry = entry.strict(Strict::HAMZA);
            }
            if bit == 2 && at == 0 {
                entry = entry.alias("الدانة").ambiguous("دبي");
            }
            gazetteer.add(entry).unwrap();
        }
    }
    gazetteer.add_triggers(&["السيد"], None).unwrap();
    gazetteer.add_word_list("given", &["محمد", "علي", "عبد الله"]).unwrap();
    gazetteer.add_rule("two", "given [given+ any?]", "NAME", -1).unwrap();
    gazetteer
}

type Pair = (Matcher, Matcher);

/// Returns the matcher for these choices with each engine.
fn matchers_of(names: u8, options: u8) -> Pair {
    let gazetteer = gazetteer_of(names);
    let mut chosen = MatcherOptions::profile("match").unwrap();
    options_of(options).iter().for_each(|(name, value)| chosen.set(name, value).unwrap());
    let auto = Matcher::new(&gazetteer, &chosen).unwrap();
    chosen.set("engine", &OptionValue::Str("aho-corasick".into())).unwrap();
    (auto, Matcher::new(&gazetteer, &chosen).unwrap())
}

/// The cache of matchers or normalizers is emptied when it holds so many.
const KEPT: usize = 400;

fn with<K: std::hash::Hash + Eq, V, R>(
    kept: &RefCell<HashMap<K, V>>,
    key: K,
    make: impl FnOnce() -> V,
    work: impl FnOnce(&V) -> R,
) -> R {
    let mut kept = kept.borrow_mut();
    if kept.len() >= KEPT && !kept.contains_key(&key) {
        kept.clear();
    }
    work(kept.entry(key).or_insert_with(make))
}

fn found<U: kayan::CodeUnit>(matcher: &Matcher, units: &[U]) -> Vec<Match> {
    let mut found = Vec::new();
    matcher.find_units(units, None, &mut Scratch::default(), &mut found);
    found
}

/// Both engines, all widths and the explanation agree; spans are in order and on characters.
pub fn matcher(data: &[u8]) {
    thread_local!(static MATCHERS: RefCell<HashMap<(u8, u8), Pair>> = RefCell::default());
    let &[names, options, ref rest @ ..] = data else { return };
    let text = text_of(rest);
    let units: Vec<u32> = text.chars().map(u32::from).collect();
    // Few enough that each is used often: building one takes as long as a hundred texts.
    let key = ([0xFF, 0x1D, 0x2B, 0xE1][usize::from(names & 3)], options & 0x3F);
    MATCHERS.with(|kept| {
        with(
            kept,
            key,
            || matchers_of(key.0, key.1),
            |(auto, automaton)| {
                let wide = found(auto, &units);
                assert_eq!(wide, found(automaton, &units), "the engines differ: {text:?}");
                if let Ok(narrow) =
                    units.iter().map(|&unit| u16::try_from(unit)).collect::<Result<Vec<_>, _>>()
                {
                    assert_eq!(wide, found(auto, &narrow), "two bytes differ from four: {text:?}");
                }
                if let Ok(narrow) =
                    units.iter().map(|&unit| u8::try_from(unit)).collect::<Result<Vec<_>, _>>()
                {
                    assert_eq!(wide, found(auto, &narrow), "one byte differs from four: {text:?}");
                }
                let explained = auto.explain_units(&units, None).into_iter();
                let accepted: Vec<Match> =
                    explained.filter(|d| d.verdict == Verdict::Accepted).map(|d| d.found).collect();
                let (mut sorted, mut wanted) = (wide.clone(), accepted);
                sorted.sort_unstable();
                wanted.sort_unstable();
                assert_eq!(sorted, wanted, "the explanation differs: {text:?}");
                for pair in wide.windows(2) {
                    assert!(pair[0].start <= pair[1].start, "out of order: {text:?}");
                }
                for m in &wide {
                    assert!(m.prefix_start <= m.start && m.start < m.end && m.end <= m.suffix_end);
                    assert!(m.suffix_end as usize <= units.len());
                }
                let bytes = auto.find(&text);
                assert_eq!(bytes.len(), wide.len());
                bytes.iter().for_each(|m| assert!(!text[m.range()].is_empty()));
            },
        );
    });
}

/// The plain path, the alignment and all widths agree; spans lead back into the text.
pub fn normalizer(data: &[u8]) {
    thread_local!(static NORMALIZERS: RefCell<HashMap<(u8, u8), Normalizer>> = RefCell::default());
    let &[profile, options, ref rest @ ..] = data else { return };
    let profiles: Vec<&str> = NormalizerOptions::profiles().collect();
    let key = (profile % profiles.len() as u8, options & 7);
    let make = || {
        let mut chosen = NormalizerOptions::profile(profiles[usize::from(key.0)]).unwrap();
        let values = [("elongation", OptionValue::Int(2)), ("whitespace", OptionValue::Bool(true))];
        for (bit, (name, value)) in values.iter().enumerate() {
            if key.1 >> bit & 1 != 0 {
                // Profiles that are other tools take no options.
                let _ = chosen.set(name, value);
            }
        }
        Normalizer::new(&chosen)
            .unwrap_or_else(|_| Normalizer::new(&NormalizerOptions::profile("search").unwrap()).unwrap())
    };
    let text = text_of(rest);
    let units: Vec<u32> = text.chars().map(u32::from).collect();
    NORMALIZERS.with(|kept| {
        with(kept, key, make, |normalizer| {
            let plain = normalizer.normalize(&text).into_owned();
            let aligned = normalizer.align(&text);
            assert_eq!(plain, aligned.text(), "the alignment differs: {text:?}");
            let mut wide = Vec::new();
            normalizer.normalize_units(&units, &mut wide);
            assert!(wide.iter().copied().eq(plain.chars().map(u32::from)), "UTF-8 differs: {text:?}");
            let narrow: Result<Vec<u16>, _> = units.iter().map(|&unit| u16::try_from(unit)).collect();
            if let Some(narrow) = narrow.ok().filter(|_| !normalizer.widens()) {
                let mut out = Vec::new();
                normalizer.normalize_units(&narrow, &mut out);
                assert!(
                    out.into_iter().map(u32::from).eq(wide.iter().copied()),
                    "two bytes differ: {text:?}"
                );
            }
            // Positions are bytes, between characters.
            for (at, character) in plain.char_indices() {
                let (start, end) = aligned.to_original(at, at + character.len_utf8());
                assert!(text.get(start..end).is_some(), "{at} comes from {start}..{end} of {text:?}");
                let (start, end) = aligned.to_normalized(start, end);
                assert!(plain.get(start..end).is_some(), "{at} leads to {start}..{end}: {text:?}");
            }
        });
    });
}

/// Bytes that are opened as a saved matcher are refused or usable.
pub fn saved(data: &[u8]) {
    thread_local!(static SAVED: RefCell<HashMap<(u8, u8), Vec<u8>>> = RefCell::default());
    let opened = |bytes: &[u8]| {
        let Ok((matcher, _)) = Matcher::from_bytes(bytes) else { return };
        for text in ["قال السيد محمد علي في القاهرة ودبي ثم عبد الله", "龍門 #د م د ولالدانة 😀"]
        {
            for m in matcher.find(text) {
                let _ = (matcher.name(m.origin), matcher.label(m.origin), matcher.id(m.origin));
            }
            let _ = matcher.explain(text);
        }
        let _ = (matcher.label_counts(), matcher.memory_usage(), matcher.to_bytes(&[]));
    };
    let &[names, options, ref rest @ ..] = data else { return };
    if names == 0 {
        let mut bytes = rest.to_vec();
        opened(&bytes);
        kayan::repair(&mut bytes);
        return opened(&bytes);
    }
    let key = (names & 7 | 1, options & 0x30);
    SAVED.with(|kept| {
        with(
            kept,
            key,
            || matchers_of(key.0, key.1).0.to_bytes(b"x"),
            |whole| {
                let mut bytes = whole.clone();
                // Each three bytes change one: where, and into what.
                for change in rest.chunks_exact(4) {
                    let at =
                        usize::from(change[0]) << 16 | usize::from(change[1]) << 8 | usize::from(change[2]);
                    let len = bytes.len();
                    bytes[8 + at % (len - 8)] = change[3];
                }
                if rest.len() % 4 == 1 {
                    let len = bytes.len() * usize::from(rest[rest.len() - 1]) / 255;
                    bytes.truncate(len);
                }
                kayan::repair(&mut bytes);
                opened(&bytes);
            },
        );
    });
}
