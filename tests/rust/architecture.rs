//! The order of the house: files import without cycles, folders only from those before them, and some words stay in
//! their places.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each folder or file of the root may import besides its own, in the order of the data. `python` uses the
/// crate as an outsider: only what `lib.rs` exports.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("text", &[]),
    ("array", &[]),
    ("script", &[]),
    ("options", &["error"]),
    ("fold", &["error", "options", "script", "text"]),
    ("normalize", &["error", "fold", "options", "script", "text"]),
    ("dictionary", &["array", "error"]),
    ("index", &["array", "dictionary", "error", "fold", "script", "text"]),
    ("search", &["array", "dictionary", "error", "fold", "index", "options", "script", "text"]),
    ("columns", &["normalize", "search", "text"]),
    ("saved", &["array", "dictionary", "error", "index", "options", "search"]),
    ("python", &[]),
];

/// Words that occur only in files whose path begins so.
const WORDS: &[(&str, &[&str])] = &[
    ("pyo3", &["python/"]),
    ("arrow_array", &["python/"]),
    ("arrow_schema", &["python/"]),
    ("arrow_buffer", &["python/"]),
    ("macro_rules_attribute", &["python/"]),
    // A lock of which a forked child may wait for ever.
    ("OnceLock", &[]),
    ("LazyLock", &[]),
    ("RwLock", &[]),
    ("memmap2", &["python/mapped.rs"]),
    ("rayon", &["columns/pool.rs"]),
    ("aho_corasick", &["index/automaton.rs"]),
    ("unicode_segmentation", &["text.rs"]),
    ("unsafe", &["python/strings.rs", "python/arrow.rs", "python/polars.rs", "python/mapped.rs"]),
];

#[test]
fn folders_import_only_what_comes_before_them() {
    let sources = sources();
    let mut wrong = Vec::new();
    for (file, code) in &sources {
        let room = room_of(file);
        if room == "lib" {
            continue;
        }
        if room == "python" {
            // Its name for the crate is `kayan`; what it says of itself is its own affair.
            if code.contains("crate::") {
                wrong.push(format!("{file}: names crate::, not kayan::"));
            }
            continue;
        }
        let Some((_, may)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{file}: give `{room}` a row in MAY_IMPORT"));
            continue;
        };
        for path in imports(file, code) {
            let other = path.first().map_or("", String::as_str);
            if other != room && !may.contains(&other) {
                wrong.push(format!("{file}: imports crate::{}", path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn files_import_without_cycles() {
    let sources = sources();
    let files: BTreeSet<&str> = sources.iter().map(|(file, _)| file.as_str()).collect();
    let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (file, code) in sources.iter().filter(|(file, _)| file != "lib.rs") {
        let found = imports(file, code).into_iter().filter_map(|path| file_of(&path, &files));
        graph.insert(file, found.filter(|other| other != file).collect());
    }
    if let Some(cycle) = cycle(&graph) {
        panic!("a cycle: {}", cycle.join(" -> "));
    }
}

#[test]
fn words_stay_in_their_places() {
    let misplaced = |file: &str, code: &str| {
        let words = WORDS.iter().filter(|(word, places)| {
            has_word(code, word) && !places.iter().any(|place| file.starts_with(place))
        });
        words.map(|(word, _)| format!("{file}: `{word}`")).collect::<Vec<_>>()
    };
    let wrong: Vec<String> = sources().iter().flat_map(|(file, code)| misplaced(file, code)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What Python calls stands behind the border, and no lock is waited for.
#[test]
fn every_call_from_python_is_guarded() {
    let mut wrong = Vec::new();
    for (file, code) in &sources() {
        let lines: Vec<&str> = code.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            let before = at.checked_sub(1).map_or("", |before| lines[before]);
            if matches!(*line, "#[pymethods]" | "#[pyfunction]") && !before.starts_with("#[apply(guarded") {
                wrong.push(format!("{file}: not behind the border: {}", lines[at + 1]));
            }
            if line.contains(".lock()") {
                wrong.push(format!(
                    "{file}: waits for a lock, which may be held in the process that forked: {line}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The paths that a file imports from the root of the crate, without its first step: `use crate::a::{b, c::d}` is
/// `a::b` and `a::c::d`; `super` is what it means.
fn imports(file: &str, code: &str) -> Vec<Vec<String>> {
    let module: Vec<String> =
        file.trim_end_matches(".rs").trim_end_matches("/mod").split('/').map(str::to_string).collect();
    let mut found = Vec::new();
    for root in ["crate::", "super::"] {
        for (at, _) in code.match_indices(root) {
            // `$crate::` in a macro is for its callers.
            if code[..at].ends_with(|c: char| c == ':' || c == '$' || c.is_alphanumeric() || c == '_') {
                continue;
            }
            let mut rest = &code[at + root.len()..];
            let mut base = if root == "crate::" { Vec::new() } else { module[..module.len() - 1].to_vec() };
            while let Some(further) = rest.strip_prefix("super::") {
                base.pop();
                rest = further;
            }
            expand(&base, rest, &mut found);
        }
    }
    found
}

/// Adds the paths that a path, perhaps with groups in braces, stands for.
fn expand(base: &[String], rest: &str, found: &mut Vec<Vec<String>>) {
    let mut path = base.to_vec();
    let mut rest = rest;
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut start = 0;
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    let item = group[start..at].trim();
                    if !item.is_empty() {
                        expand(&path, item, found);
                    }
                    start = at + 1;
                }
                if depth == 0 {
                    return;
                }
            }
            return;
        }
        let name: String = rest.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect();
        if name.is_empty() {
            return;
        }
        rest = &rest[name.len()..];
        if name != "self" {
            path.push(name);
        }
        if let Some(further) = rest.strip_prefix("::") {
            rest = further;
        } else {
            found.push(path);
            return;
        }
    }
}

/// The file that a path leads into: the longest part of it that is one.
fn file_of<'a>(path: &[String], files: &BTreeSet<&'a str>) -> Option<&'a str> {
    (1..=path.len()).rev().find_map(|len| {
        let part = path[..len].join("/");
        let found = [format!("{part}.rs"), format!("{part}/mod.rs")];
        found.iter().find_map(|name| files.get(name.as_str()).copied())
    })
}

/// A way from a file back to itself, if there is one.
fn cycle<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Option<Vec<&'a str>> {
    fn visit<'a>(
        file: &'a str,
        graph: &BTreeMap<&'a str, BTreeSet<&'a str>>,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> bool {
        if let Some(at) = way.iter().position(|other| *other == file) {
            way.drain(..at);
            way.push(file);
            return true;
        }
        if !done.insert(file) {
            return false;
        }
        way.push(file);
        if graph.get(file).into_iter().flatten().any(|next| visit(next, graph, way, done)) {
            return true;
        }
        way.pop();
        false
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|file| {
        let mut way = Vec::new();
        visit(file, graph, &mut way, &mut done).then_some(way)
    })
}

fn room_of(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn has_word(code: &str, word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(is_name) && !code[at + word.len()..].starts_with(is_name))
}

/// All Rust files of `src` without comments: the path from there, with slashes, and the code.
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
                let code = fs::read_to_string(&path).unwrap();
                let is_code = |line: &&str| !line.contains("feature = \"rayon\"");
                let code =
                    code.lines().filter(is_code).map(|line| line.split("//").next().unwrap_or_default());
                out.push((name.join("/"), code.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    assert!(out.iter().any(|(path, _)| path == "lib.rs"), "no sources in {}", src.display());
    out.sort();
    out
}

// The tests of the test.

#[test]
fn imports_are_read() {
    let code = "use crate::fold::{ops, run::{Move, Sink}};\nuse super::target::Word; fn f() { super::super::text::g() }";
    let mut found: Vec<String> =
        imports("index/folded.rs", code).iter().map(|path| path.join("::")).collect();
    found.sort();
    let expected = ["fold::ops", "fold::run::Move", "fold::run::Sink", "index::target::Word", "text::g"];
    assert_eq!(found, expected);
}

#[test]
fn a_cycle_is_seen() {
    let graph = BTreeMap::from([
        ("a", BTreeSet::from(["b"])),
        ("b", BTreeSet::from(["c"])),
        ("c", BTreeSet::from(["b"])),
    ]);
    assert_eq!(cycle(&graph), Some(vec!["b", "c", "b"]));
    let graph = BTreeMap::from([("a", BTreeSet::from(["b", "c"])), ("b", BTreeSet::from(["c"]))]);
    assert_eq!(cycle(&graph), None);
}
