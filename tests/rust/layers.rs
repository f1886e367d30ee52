//! Imports go downward only: the rooms of `src`, who may use whom, and which words stay in which files.
//!
//! A new file in `src` needs a row in `ROOMS`; a new library that belongs to one place needs one in `WORDS`.

use std::fs;
use std::path::{Path, PathBuf};

/// A layer may use those below it. `inside`: whether its rooms may also use each other.
struct Layer {
    number: usize,
    rooms: &'static [&'static str],
    inside: bool,
}

/// A room is a file or folder of `src` without its ending.
const LAYERS: &[Layer] = &[
    // Facts: errors, text in its widths, the script, the nouns that travel, the values of options.
    Layer {
        number: 0,
        rooms: &[
            "error",
            "text",
            "script",
            "types",
            "value",
            "matcher_options",
            "array",
            "mapped",
            "lexicon",
        ],
        inside: true,
    },
    Layer { number: 1, rooms: &["normalize", "letters"], inside: false },
    // The parts of a search: they don't know each other, they meet in `types`.
    Layer {
        number: 2,
        rooms: &["gazetteer", "engine", "words", "accept", "evidence", "compose", "overlap"],
        inside: false,
    },
    Layer { number: 3, rooms: &["matcher", "parallel"], inside: false },
    Layer { number: 4, rooms: &["batch", "saved"], inside: false },
];

/// Uses the crate as an outsider would: only what lib.rs exports, and its own files.
const OUTSIDER: &str = "python";

/// Words that occur only in the files that begin so.
const WORDS: &[(&str, &[&str])] = &[
    ("pyo3", &["python/"]),
    ("arrow_array", &["python/"]),
    ("arrow_schema", &["python/"]),
    ("arrow_buffer", &["python/"]),
    ("rayon", &["parallel.rs"]),
    ("aho_corasick", &["engine.rs"]),
    ("memmap2", &["mapped.rs"]),
    ("unsafe", &["python/strings.rs", "python/arrow.rs", "python/polars.rs", "mapped.rs"]),
];

#[test]
fn imports_go_downward() {
    let sources = sources();
    let (_, lib) = sources.iter().find(|(path, _)| path == "lib.rs").unwrap();
    let exports = exports_of(lib);
    let found: Vec<String> =
        sources.iter().flat_map(|(path, code)| wrong_imports(path, code, &exports)).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn words_stay_in_their_files() {
    let found: Vec<String> = sources().iter().flat_map(|(path, code)| misplaced_words(path, code)).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// What the file at `path`, which is relative to `src`, imports although it may not.
fn wrong_imports(path: &str, code: &str, exports: &[String]) -> Vec<String> {
    let room = room_of(path);
    // lib.rs only declares the rooms and exports from them.
    if room == "lib" {
        return Vec::new();
    }
    let code = code_only(code);
    let mut used = used_behind("crate::", &code);
    used.extend(used_from_above(&code, path));
    if room == OUTSIDER {
        // Its name for the crate may be another name for `crate`, which shows everything.
        used.extend(used_behind("kayan::", &code));
    }
    used.retain(|name| *name != room && name != "self");
    used.sort_unstable();
    used.dedup();
    if room == OUTSIDER {
        used.retain(|name| !exports.contains(name));
        return used
            .iter()
            .map(|name| format!("{path}: uses `{name}`, which lib.rs doesn't export"))
            .collect();
    }
    let Some(own) = layer_of(&room) else {
        return vec![format!("{path}: `{room}` is in no layer: give it a row in LAYERS")];
    };
    let mut wrong = Vec::new();
    for name in used {
        match layer_of(&name) {
            None => {
                wrong.push(format!("{path}: uses crate::{name}, which is no room in LAYERS: name the room"));
            }
            Some(other) if other.number > own.number => {
                wrong.push(format!("{path}: layer {} uses `{name}` of layer {}", own.number, other.number));
            }
            Some(other) if other.number == own.number && !own.inside => {
                wrong.push(format!("{path}: uses `{name}`, a room of its own layer {}", own.number));
            }
            Some(_) => {}
        }
    }
    wrong
}

fn misplaced_words(path: &str, code: &str) -> Vec<String> {
    let code = code_only(code);
    let misplaced = WORDS.iter().filter(|(word, places)| {
        has_word(&code, word) && !places.iter().any(|place| path.starts_with(place))
    });
    misplaced.map(|(word, places)| format!("{path}: the word `{word}` belongs to {places:?}")).collect()
}

fn room_of(path: &str) -> String {
    path.split('/').next().unwrap().trim_end_matches(".rs").to_string()
}

fn layer_of(room: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| layer.rooms.contains(&room))
}

/// The names that lib.rs exports: those of `pub use`, and those of its own public items.
fn exports_of(lib: &str) -> Vec<String> {
    let code = code_only(lib);
    let mut out = Vec::new();
    for (at, _) in code.match_indices("pub ") {
        let item = &code[at + "pub ".len()..];
        let (kind, rest) = item.split_once(' ').unwrap_or((item, ""));
        if kind == "use" {
            let (paths, _) = rest.split_once(';').unwrap_or((rest, ""));
            let names = paths.split([',', '{', '}']).map(str::trim);
            let last = |path: &str| path.rsplit([':', ' ']).next().unwrap_or_default().to_string();
            out.extend(names.map(last).filter(|name| !name.is_empty()));
        } else {
            out.extend(first_names(rest));
        }
    }
    out
}

/// The first names behind each `crate::`, those of a group `crate::{a::b, c}` one by one.
fn used_behind(root: &str, code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices(root) {
        if !code[..at].ends_with(is_name_char) {
            out.extend(first_names(&code[at + root.len()..]));
        }
    }
    out
}

/// What a file reaches in the root of the crate by `super::super::…`.
fn used_from_above(code: &str, path: &str) -> Vec<String> {
    let file = path.trim_end_matches(".rs").trim_end_matches("/mod");
    let depth = file.split('/').count();
    let step = "super::";
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = code[from..].find(step).map(|at| from + at) {
        from = at;
        let mut steps = 0;
        while code[from..].starts_with(step) {
            steps += 1;
            from += step.len();
        }
        if steps == depth + modules_around(code, at) && !code[..at].ends_with(is_name_char) {
            out.extend(first_names(&code[from..]).into_iter().filter(|name| !name.is_empty()));
        }
    }
    out
}

/// How many modules within the file, `mod name { … }`, stand around a position.
fn modules_around(code: &str, position: usize) -> usize {
    let mut open = Vec::new();
    for (at, c) in code[..position].char_indices() {
        if c == '{' {
            let before = code[..at].trim_end().trim_end_matches(is_name_char);
            let word = before.trim_end().rsplit(|c| !is_name_char(c)).next();
            open.push(word == Some("mod") && before.ends_with(char::is_whitespace));
        } else if c == '}' {
            open.pop();
        }
    }
    open.into_iter().filter(|&is_module| is_module).count()
}

/// The name with which a path begins, or with which each path of a group in braces does.
fn first_names(code: &str) -> Vec<String> {
    let name =
        |path: &str| -> String { path.trim_start().chars().take_while(|&c| is_name_char(c)).collect() };
    let Some(group) = code.strip_prefix('{') else { return vec![name(code)] };
    let mut out = Vec::new();
    let mut depth = 1;
    let mut begin = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            out.push(name(&group[begin..at]));
            begin = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    out.retain(|name| !name.is_empty());
    out
}

fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        !code[..at].ends_with(is_name_char) && !code[at + word.len()..].starts_with(is_name_char)
    })
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Rust code without its comments and without what stands between quotes.
fn code_only(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut out = String::new();
    let mut i = 0;
    while i < chars.len() {
        let after_name = i > 0 && is_name_char(at(i - 1));
        match (at(i), at(i + 1)) {
            ('/', '/') => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            ('/', '*') => {
                i = after_block_comment(&chars, i);
                out.push(' ');
            }
            ('r', '"' | '#') if !after_name || (at(i - 1) == 'b' && (i < 2 || !is_name_char(at(i - 2)))) => {
                let hashes = chars[i + 1..].iter().take_while(|&&c| c == '#').count();
                if at(i + 1 + hashes) == '"' {
                    let end: Vec<char> =
                        std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                    i += 2 + hashes;
                    while i < chars.len() && !chars[i..].starts_with(&end) {
                        i += 1;
                    }
                    i += end.len();
                    out.push_str("\"\"");
                } else {
                    // A raw name such as r#type.
                    out.push('r');
                    i += 1;
                }
            }
            ('"', _) => {
                i = after_quote(&chars, i, '"');
                out.push_str("\"\"");
            }
            // A character, not a lifetime.
            ('\'', next) if next == '\\' || at(i + 2) == '\'' => {
                i = after_quote(&chars, i, '\'');
                out.push_str("' '");
            }
            (c, _) => {
                out.push(c);
                i += 1;
            }
        }
    }
    out
}

/// The position behind the quoted text that begins at `i`.
fn after_quote(chars: &[char], mut i: usize, quote: char) -> usize {
    i += 1;
    while i < chars.len() && chars[i] != quote {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// The position behind the block comment that begins at `i`; they nest.
fn after_block_comment(chars: &[char], mut i: usize) -> usize {
    let mut depth = 0;
    while i < chars.len() {
        if chars[i..].starts_with(&['/', '*']) {
            depth += 1;
            i += 2;
        } else if chars[i..].starts_with(&['*', '/']) {
            depth -= 1;
            i += 2;
        } else {
            i += 1;
        }
        if depth == 0 {
            break;
        }
    }
    i
}

/// All Rust files of `src`: the path from there, with slashes, and the content.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    let mut out = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let parts = path.strip_prefix(&src).unwrap().components();
                let name: Vec<_> =
                    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                out.push((name.join("/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(out.iter().any(|(path, _)| path == "lib.rs"), "no sources in {}", src.display());
    out.sort();
    out
}

// The tests of the test.

fn wrong(path: &str, code: &str) -> Vec<String> {
    wrong_imports(
        path,
        code,
        &exports_of("mod matcher;\npub use matcher::{Matcher, Inner as Outer};\npub use a::B;"),
    )
}

#[test]
fn an_import_upward_or_sideways_is_seen() {
    let count = |path: &str, code: &str| wrong(path, code).len();
    assert_eq!(count("script/mod.rs", "use crate::normalize::Normalizer;"), 1);
    assert_eq!(
        count("normalize/fold.rs", "use crate::{error::Error, matcher::{Matcher, batch}, script};"),
        1
    );
    assert_eq!(count("engine.rs", "use crate::overlap::resolve;"), 1);
    assert_eq!(count("engine.rs", "fn f() -> crate::batch::Matches { super::overlap::resolve() }"), 2);
    assert_eq!(count("engine.rs", "mod tests { use super::super::batch; }"), 1);
    assert_eq!(count("normalize/fold.rs", "use super::super::matcher::Matcher;"), 1);
    assert_eq!(count("engine.rs", "use crate::Matcher;"), 1);
    assert_eq!(count("python/classes.rs", "use crate::matcher::Matcher;"), 1);
    assert_eq!(
        count("python/classes.rs", "use crate::{self as kayan}; fn f() { kayan::matcher::f(kayan::Inner) }"),
        2
    );
    assert_eq!(count("novelty.rs", ""), 1);
}

#[test]
fn an_import_downward_is_fine() {
    let none: [&str; 0] = [];
    assert_eq!(wrong("engine.rs", "use crate::{normalize::Normalizer, types::{Hit, Span}, error};"), none);
    assert_eq!(wrong("script/mod.rs", "use crate::text::CodeUnit; use self::tables::X;"), none);
    assert_eq!(wrong("normalize/fold.rs", "use super::options::X; use crate::normalize::ops;"), none);
    assert_eq!(wrong("engine.rs", "mod tests { use super::*; fn f() { super::overlap() } }"), none);
    assert_eq!(wrong("python/mod.rs", "mod core { use super::matcher::Matcher; }"), none);
    assert_eq!(wrong("python/classes.rs", "use kayan::{Matcher, Outer}; use crate::python::strings;"), none);
    assert_eq!(wrong("python/classes.rs", "use crate::{self as kayan, B}; fn f(m: kayan::Matcher) {}"), none);
    assert_eq!(wrong("engine.rs", "// use crate::batch;\n/* crate::batch::X /* */ crate::batch */"), none);
    assert_eq!(
        wrong("engine.rs", "const A: &str = \"crate::batch\"; const B: &str = r#\"a\"crate::batch\"#;"),
        none
    );
    assert_eq!(
        wrong("engine.rs", "const QUOTE: char = '\"'; use crate::text::X; const Q: char = '\"';"),
        none
    );
}

#[test]
fn a_misplaced_word_is_seen() {
    let count = |path: &str, code: &str| misplaced_words(path, code).len();
    assert_eq!(count("matcher.rs", "use rayon::prelude::*;"), 1);
    assert_eq!(count("parallel.rs", "use rayon::prelude::*;"), 0);
    assert_eq!(count("batch.rs", "fn f() { unsafe { g() } }"), 1);
    assert_eq!(count("batch.rs", "#![deny(unsafe_code)] // nothing unsafe\nconst S: &str = \"unsafe\";"), 0);
    assert_eq!(count("lib.rs", "#[pyo3::pymodule]\nmod m { use arrow_array::Array; }"), 2);
    assert_eq!(count("python/mod.rs", "use pyo3::prelude::*; fn f<'a>(x: &'a str) -> char { 'u' }"), 0);
    assert_eq!(count("python/mod.rs", "fn f<'a>(x: &'a str) { unsafe {} }"), 1);
}
