//! The case tables of `tests/data` against the crate's public API; their format is described in `tests/data/README.md`.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use kayan::{
    Entry, Gazetteer, Matcher, MatcherOptions, Normalizer, NormalizerOptions, OptionValue, Scratch, Strict,
};
use serde_json::Value;

/// One line of a table.
struct Case {
    /// Names the case in a failure: table, id and reason.
    title: String,
    fields: Value,
}

impl Case {
    fn text(&self, field: &str) -> &str {
        self.fields[field].as_str().unwrap_or_else(|| panic!("{}: no text in `{field}`", self.title))
    }

    fn list(&self, field: &str) -> &[Value] {
        self.fields[field].as_array().unwrap_or_else(|| panic!("{}: no list in `{field}`", self.title))
    }

    fn options(&self, field: &str) -> Vec<(String, OptionValue)> {
        let fields = self.fields[field].as_object().unwrap_or_else(|| panic!("{}: no `{field}`", self.title));
        fields.iter().map(|(name, value)| (name.clone(), option_value(value))).collect()
    }
}

/// All cases of a table or a folder of tables. Ids are unique among them.
fn load(kind: &str) -> Vec<Case> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let folder = data.join(kind);
    let mut tables: Vec<PathBuf> = if folder.is_dir() {
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    } else {
        vec![data.join(format!("{kind}.jsonl"))]
    };
    tables.sort();

    let mut cases = Vec::new();
    let mut ids = HashSet::new();
    for table in tables {
        let behaviour = table.file_stem().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(&table).unwrap().lines() {
            let fields: Value =
                serde_json::from_str(line).unwrap_or_else(|e| panic!("{behaviour}: {e}: {line}"));
            let (id, why) = (fields["id"].as_str().unwrap(), fields["why"].as_str().unwrap());
            assert!(ids.insert(id.to_string()), "{kind}: the id {id} occurs twice");
            cases.push(Case { title: format!("{kind}/{behaviour} {id}: {why}"), fields });
        }
    }
    assert!(!cases.is_empty(), "{kind}: no cases");
    cases
}

fn option_value(value: &Value) -> OptionValue {
    match value {
        Value::Bool(value) => OptionValue::Bool(*value),
        Value::Number(value) => OptionValue::Int(value.as_i64().unwrap()),
        Value::String(value) => OptionValue::Str(value.clone()),
        Value::Array(values) => {
            OptionValue::List(values.iter().map(|v| v.as_str().unwrap().to_string()).collect())
        }
        Value::Null | Value::Object(_) => panic!("not the value of an option: {value}"),
    }
}

fn normalizer(profile: &str, options: &[(String, OptionValue)]) -> Normalizer {
    let mut chosen = NormalizerOptions::profile(profile).unwrap();
    for (name, value) in options {
        chosen.set(name, value).unwrap();
    }
    Normalizer::new(&chosen).unwrap()
}

/// The normalizer that a normalization case names: a profile, or one operation with its parameter.
fn normalizer_of(case: &Case) -> Normalizer {
    let op = case.text("op");
    if let Some(profile) = op.strip_prefix("preset:") {
        return normalizer(profile, &[]);
    }
    let on = (op.to_string(), OptionValue::Bool(true));
    let params = case.options("params");
    let options = match (op, params.is_empty()) {
        (_, true) => vec![on],
        // ZWNJ has an option of its own.
        ("invisibles", false) => [vec![on], params].concat(),
        // The only parameter of every other operation is the operation's value.
        (_, false) => params.into_iter().map(|(_, value)| (op.to_string(), value)).collect(),
    };
    normalizer("none", &options)
}

/// A span as the tables write it: start and end.
fn span(pair: &Value) -> (usize, usize) {
    let position = |at: usize| usize::try_from(pair[at].as_u64().unwrap()).unwrap();
    (position(0), position(1))
}

/// The byte at which a code point begins.
fn byte_of(text: &str, code_point: usize) -> usize {
    text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(code_point).unwrap()
}

/// What the cases of a table were found to do wrong: all of it, since one cause seldom shows in one case only.
#[derive(Default)]
struct Failures(Vec<String>);

impl Failures {
    fn compare<T: PartialEq + Debug>(&mut self, case: &Case, what: &str, found: &T, expected: &T) {
        if found != expected {
            self.0.push(format!("{}\n  {what}\n     found {found:?}\n  expected {expected:?}", case.title));
        }
    }

    fn finish(self) {
        assert!(self.0.is_empty(), "{} failures\n{}\n", self.0.len(), self.0.join("\n"));
    }
}

#[test]
fn normalization() {
    let mut failures = Failures::default();
    let mut made = HashMap::new();
    for case in load("normalization") {
        // Building one takes longer than running hundreds of cases.
        let key = (case.text("op").to_string(), case.fields["params"].to_string());
        let normalizer = made.entry(key).or_insert_with(|| normalizer_of(&case));
        let (input, expected) = (case.text("input"), escaped(case.text("expected")));
        failures.compare(&case, "normalize", &escaped(&normalizer.normalize(input)), &expected);
        failures.compare(&case, "align", &escaped(normalizer.align(input).text()), &expected);
    }
    failures.finish();
}

#[test]
fn alignment() {
    let mut failures = Failures::default();
    for case in load("alignment") {
        let aligned = normalizer(case.text("profile"), &case.options("options")).align(case.text("text"));
        failures.compare(&case, "text", &escaped(aligned.text()), &escaped(case.text("normalized")));
        let original = |pair: &serde_json::Value| in_bytes(case.text("text"), span(&pair["original"]));
        let normalized = |pair: &serde_json::Value| in_bytes(aligned.text(), span(&pair["normalized"]));
        for pair in case.list("to_original") {
            let (start, end) = normalized(pair);
            let what = format!("to_original({start}, {end})");
            failures.compare(&case, &what, &aligned.to_original(start, end), &original(pair));
        }
        for pair in case.list("to_normalized") {
            let (start, end) = original(pair);
            let what = format!("to_normalized({start}, {end})");
            failures.compare(&case, &what, &aligned.to_normalized(start, end), &normalized(pair));
        }
    }
    failures.finish();
}

/// A span of code points, as the tables have it, in bytes; what lies beyond the end stays there.
fn in_bytes(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let length = text.chars().count();
    let byte = |at: usize| {
        let found = text.char_indices().nth(at).map(|(byte, _)| byte);
        found.unwrap_or(text.len() + at - length)
    };
    (byte(start), byte(end))
}

/// One match: start and end in bytes, and what the table says about it.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    start: usize,
    end: usize,
    surface: String,
    label: Option<String>,
    prefix: String,
    suffix: String,
    rule: Option<String>,
    edits: u64,
}

#[test]
fn matching() {
    let mut failures = Failures::default();
    for case in load("matching") {
        let expected = expected_rows(&case);
        let matcher = matcher_of(&case);
        if let Some(reason) = case.fields.get("overruled") {
            let same = matcher.is_ok_and(|matcher| found_rows(&case, &matcher) == expected);
            failures.compare(&case, &format!("is overruled: {reason}"), &same, &false);
            continue;
        }
        failures.compare(&case, "is an error", &matcher.is_err(), &case.fields.get("expect_error").is_some());
        if let Ok(matcher) = matcher {
            failures.compare(&case, "find", &found_rows(&case, &matcher), &expected);
            let (again, _) = Matcher::from_bytes(&matcher.to_bytes(&[])).unwrap();
            failures.compare(&case, "find after saving", &found_rows(&case, &again), &expected);
        }
    }
    failures.finish();
}

fn matcher_of(case: &Case) -> Result<Matcher, kayan::Error> {
    let mut gazetteer = Gazetteer::new();
    for fields in case.list("entries") {
        let mut entry = Entry::new(fields["pattern"].as_str().unwrap());
        let mut strict = Strict::default();
        if let Some(label) = fields["label"].as_str() {
            entry = entry.label(label);
        }
        if let Some(priority) = fields.get("priority") {
            entry = entry.priority(priority.as_i64().unwrap().try_into().unwrap());
        }
        for alias in texts(&fields["aliases"]) {
            entry = entry.alias(alias);
        }
        for kind in texts(&fields["strict"]) {
            strict = strict
                | match kind {
                    "exact" => Strict::EXACT,
                    "hamza" => Strict::HAMZA,
                    "case" => Strict::CASE,
                    "no_clitics" => Strict::NO_CLITICS,
                    other => panic!("{}: unknown strictness {other}", case.title),
                };
        }
        entry = entry.strict(strict);
        for name in texts(&fields["ambiguous"]) {
            entry = entry.ambiguous(name);
        }
        gazetteer.add(entry)?;
    }
    for group in case.fields["triggers"].as_array().into_iter().flatten() {
        let labels = texts(&group["labels"]);
        let labels = group["labels"].is_array().then_some(&labels[..]);
        gazetteer.add_triggers(&texts(&group["words"]), labels)?;
    }
    for (kind, words) in case.fields["word_lists"].as_object().into_iter().flatten() {
        gazetteer.add_word_list(kind, &texts(words))?;
    }
    for rule in case.fields["rules"].as_array().into_iter().flatten() {
        let label = rule["label"].as_str().unwrap_or("PERSON");
        let priority = rule["priority"].as_i64().unwrap_or(-1).try_into().unwrap();
        gazetteer.add_rule(
            rule["id"].as_str().unwrap(),
            rule["pattern"].as_str().unwrap(),
            label,
            priority,
        )?;
    }
    for label in texts(&case.fields["coreferences"]) {
        gazetteer.add_coreference(label, "last")?;
    }
    let mut options = MatcherOptions::profile(case.fields["options"]["profile"].as_str().unwrap_or("match"))?;
    for (name, value) in case.options("options").into_iter().filter(|(name, _)| name != "profile") {
        options.set(&name, &value)?;
    }
    Matcher::new(&gazetteer, &options)
}

/// The expected spans, in bytes. The surface is stored beside the positions so that a miscounted span is seen here.
fn expected_rows(case: &Case) -> Vec<Row> {
    let text = case.text("text");
    let row = |fields: &Value| {
        let field = |name: &str| fields[name].as_str().unwrap().to_string();
        let position = |name: &str| {
            let code_point = usize::try_from(fields[name].as_u64().unwrap()).unwrap();
            byte_of(text, code_point)
        };
        let row = Row {
            start: position("start"),
            end: position("end"),
            surface: field("surface"),
            label: fields["label"].as_str().map(str::to_string),
            prefix: field("prefix"),
            suffix: fields["suffix"].as_str().unwrap_or_default().to_string(),
            rule: fields["rule"].as_str().map(str::to_string),
            edits: fields["edits"].as_u64().unwrap_or(0),
        };
        assert_eq!(&text[row.start..row.end], row.surface, "miscounted: {}", case.title);
        assert!(text[..row.start].ends_with(&row.prefix), "no such prefix: {}", case.title);
        assert!(text[row.end..].starts_with(&row.suffix), "no such suffix: {}", case.title);
        row
    };
    case.list("expected").iter().map(row).collect()
}

/// The texts of a list, if it is one.
fn texts(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap()).collect()
}

fn found_rows(case: &Case, matcher: &Matcher) -> Vec<Row> {
    let text = case.text("text");
    let mut found = matcher.find(text);
    if case.fields["labels"].is_array() {
        let labels = matcher.label_set(&texts(&case.fields["labels"])).unwrap();
        let units: Vec<u32> = text.chars().map(u32::from).collect();
        matcher.find_units(&units, Some(&labels), &mut Scratch::default(), &mut found);
        for f in &mut found {
            for at in [&mut f.start, &mut f.end, &mut f.prefix_start, &mut f.suffix_end] {
                *at = u32::try_from(byte_of(text, *at as usize)).unwrap();
            }
        }
    }
    found
        .into_iter()
        .map(|found| Row {
            start: found.start as usize,
            end: found.end as usize,
            surface: text[found.range()].to_string(),
            label: matcher.label(found.origin).map(str::to_string),
            prefix: text[found.prefix()].to_string(),
            rule: matcher.rule(found.origin, found.antecedent.is_some()).map(str::to_string),
            suffix: text[found.suffix()].to_string(),
            edits: found.edits.into(),
        })
        .collect()
}

/// Everything but ASCII as escapes: most characters of the tables can't be told apart when printed.
fn escaped(text: &str) -> String {
    text.escape_default().to_string()
}
