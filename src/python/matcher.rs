//! `Matcher` and `Columns`.

use std::collections::HashSet;
use std::sync::Arc;

use macro_rules_attribute::apply;
use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList, PyString, PyTuple};

use super::arrow::{self, ArrowColumn};
use super::border::guarded;
use super::rows::{in_blocks, Rows};
use super::{mapped, refused, strings, values, KayanError};
use kayan::{with_units, CodeUnit, LabelSet, Match, MatchTable, Origin, Text, Units};

/// What a gazetteer knows beside its entries: the numbers of the ambiguous surfaces, ascending; triggers with
/// their labels; word lists by kind; rules as (id, pattern, label, priority);
/// labels with the part of their names that later mentions have.
type Lexicon = (
    Vec<usize>,
    Vec<(Vec<String>, Option<Vec<String>>)>,
    Vec<(String, Vec<String>)>,
    Vec<(String, String, String, i32)>,
    Vec<(String, String)>,
);

#[pyclass(frozen, module = "kayan._core")]
pub(super) struct Matcher(Arc<kayan::Matcher>);

#[apply(guarded)]
#[pymethods]
impl Matcher {
    #[new]
    #[expect(clippy::too_many_arguments, reason = "the columns of a gazetteer")]
    fn new(
        py: Python<'_>,
        surfaces: &Bound<'_, PyList>,
        entry_of: &Bound<'_, PyList>,
        names: &Bound<'_, PyList>,
        labels: &Bound<'_, PyList>,
        ids: &Bound<'_, PyList>,
        priorities: &Bound<'_, PyList>,
        strictness: &Bound<'_, PyList>,
        lexicon: Lexicon,
        profile: &str,
        options: &Bound<'_, PyDict>,
        origin: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let chosen = chosen(profile, options)?;
        let with_origin = |error: &kayan::Error| -> PyErr {
            let Some(index) = error.entry_index() else { return KayanError::new_err(error.to_string()) };
            match origin.call1((index,)).and_then(|origin| Ok(origin.str()?.to_string())) {
                Ok(origin) => KayanError::new_err(format!("{origin} {}", error.message())),
                Err(error) => error,
            }
        };
        let mut gazetteer = kayan::Gazetteer::new();
        let (ambiguous, triggers, lists, rules, coreferences) = lexicon;
        let mut ambiguous = ambiguous.into_iter().peekable();
        let mut surface = 0;
        for index in 0..names.len() {
            let name: Bound<'_, PyString> = names.get_item(index)?.cast_into()?;
            let label: Option<Bound<'_, PyString>> = labels.get_item(index)?.extract()?;
            let id: Option<Bound<'_, PyString>> = ids.get_item(index)?.extract()?;
            let (name, label, id) = (
                name.to_cow()?,
                label.as_ref().map(PyStringMethods::to_cow).transpose()?,
                id.as_ref().map(PyStringMethods::to_cow).transpose()?,
            );
            let mut aliases = Vec::new();
            let first = surface;
            while surface < entry_of.len() && entry_of.get_item(surface)?.extract::<usize>()? == index {
                aliases.push(surfaces.get_item(surface)?.cast_into::<PyString>()?);
                surface += 1;
            }
            let aliases: Vec<_> = aliases.iter().map(PyStringMethods::to_cow).collect::<PyResult<_>>()?;
            let mut entry = kayan::Entry::new(&name).priority(priorities.get_item(index)?.extract()?);
            let strict = kayan::Strict::from_bits(strictness.get_item(index)?.extract()?);
            entry = entry.strict(strict.ok_or_else(|| KayanError::new_err("an unknown kind of strictness"))?);
            if let Some(label) = &label {
                entry = entry.label(label);
            }
            if let Some(id) = &id {
                entry = entry.id(id);
            }
            // The name is the first of the surfaces.
            for alias in aliases.iter().skip(1) {
                entry = entry.alias(alias);
            }
            while let Some(at) = ambiguous.next_if(|&at| at < surface) {
                entry = entry.ambiguous(&aliases[at - first]);
            }
            gazetteer.add(entry).map_err(|error| with_origin(&error))?;
        }
        for (words, labels) in triggers {
            gazetteer.add_triggers(&words, labels.as_deref()).map_err(refused)?;
        }
        for (kind, words) in lists {
            gazetteer.add_word_list(&kind, &words).map_err(refused)?;
        }
        for (id, pattern, label, priority) in rules {
            gazetteer.add_rule(&id, &pattern, &label, priority).map_err(refused)?;
        }
        for (label, part) in coreferences {
            gazetteer.add_coreference(&label, &part).map_err(refused)?;
        }
        if surface != entry_of.len() {
            return Err(KayanError::new_err("the surfaces are not in the order of their entries"));
        }
        let built = py.detach(|| kayan::Matcher::new(&gazetteer, &chosen));
        let matcher = built.map_err(|error| with_origin(&error))?;
        Ok(Self(Arc::new(matcher)))
    }

    #[staticmethod]
    #[pyo3(signature = (names, labels, ids, profile, options, /))]
    fn from_columns(
        py: Python<'_>,
        names: arrow::Column,
        labels: Option<arrow::Column>,
        ids: Option<arrow::Column>,
        profile: &str,
        options: &Bound<'_, PyDict>,
    ) -> PyResult<Self> {
        let chosen = chosen(profile, options)?;
        let labels = labels.as_ref().map(arrow::Column::texts).transpose()?;
        let ids = ids.as_ref().map(arrow::Column::texts).transpose()?;
        let names = names.texts()?;
        let built = py.detach(|| {
            let mut gazetteer = kayan::Gazetteer::new();
            for (row, name) in names.iter().enumerate() {
                let mut entry = kayan::Entry::new(if let Text::Utf8(name) = name { name } else { "" });
                if let Some(label) = cell(labels.as_deref(), row) {
                    entry = entry.label(label);
                }
                if let Some(id) = cell(ids.as_deref(), row) {
                    entry = entry.id(id);
                }
                gazetteer.add(entry)?;
            }
            kayan::Matcher::new(&gazetteer, &chosen)
        });
        Ok(Self(Arc::new(built.map_err(refused)?)))
    }

    #[staticmethod]
    #[pyo3(signature = (data, /))]
    fn from_bytes<'py>(py: Python<'py>, data: &[u8]) -> PyResult<(Self, Bound<'py, PyBytes>)> {
        let (matcher, extra) = py.detach(|| kayan::Matcher::from_bytes(data)).map_err(refused)?;
        Ok((Self(Arc::new(matcher)), PyBytes::new(py, &extra)))
    }

    #[staticmethod]
    #[pyo3(signature = (path, mmap, /))]
    fn open(py: Python<'_>, path: std::path::PathBuf, mmap: bool) -> PyResult<(Self, Bound<'_, PyBytes>)> {
        let opened = py.detach(|| {
            Ok::<_, std::io::Error>(if mmap {
                kayan::Matcher::from_shared(mapped::map(&path)?)
            } else {
                kayan::Matcher::from_shared(std::fs::read(&path)?)
            })
        })?;
        let (matcher, extra) = opened.map_err(refused)?;
        Ok((Self(Arc::new(matcher)), PyBytes::new(py, &extra)))
    }

    #[pyo3(signature = (extra, /))]
    fn to_bytes<'py>(&self, py: Python<'py>, extra: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.0.to_bytes(extra));
        Ok(PyBytes::new(py, &bytes))
    }

    #[pyo3(signature = (text, labels, /))]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyString>,
        labels: Option<Vec<String>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let labels = self.label_set(labels)?;
        let text = strings::units(text)?;
        let considered =
            py.detach(|| with_units!(text, |units| self.0.explain_units(units, labels.as_ref())));
        let rows = PyList::empty(py);
        for (at, c) in considered.into_iter().enumerate() {
            check_signals(py, at)?;
            let found = self.tuple(py, &text, c.found)?;
            let winner = c.winner.map(|winner| self.tuple(py, &text, winner)).transpose()?;
            rows.append((found, &c.surface, c.verdict.rule(), c.reason(), winner))?;
        }
        Ok(rows)
    }

    /// Returns a matcher that has also learned common words from texts.
    #[pyo3(signature = (texts, /))]
    fn fit_common_words(&self, py: Python<'_>, texts: &Bound<'_, PyList>) -> PyResult<Self> {
        let rows = Rows::new(texts)?;
        let texts = rows.texts()?;
        let learned = py.detach(|| {
            let (mut matcher, _) = kayan::Matcher::from_bytes(&self.0.to_bytes(&[]))?;
            matcher.fit_common_words(&texts, None);
            Ok(matcher)
        });
        Ok(Self(Arc::new(learned.map_err(refused)?)))
    }

    #[pyo3(signature = (text, /))]
    fn fold<'py>(&self, py: Python<'py>, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        let folded = with_units!(strings::units(text)?, |units| self.0.fold_units(units));
        strings::string(py, &folded)
    }

    #[getter]
    fn normalizer_id(&self) -> PyResult<String> {
        Ok(self.0.options().normalizer_id())
    }

    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        values::matcher_options(py, self.0.options())
    }

    #[getter]
    fn labels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.0.known_labels())
    }

    /// Returns how many entries each label has, None among them.
    #[getter]
    fn label_counts(&self) -> PyResult<Vec<(Option<String>, usize)>> {
        let counts = self.0.label_counts().into_iter();
        Ok(counts.map(|(label, count)| (label.map(Into::into), count)).collect())
    }

    /// Those of the names, or of the ids, that no entry has.
    #[pyo3(signature = (keys, ids, /))]
    fn unknown(&self, keys: Vec<String>, ids: bool) -> PyResult<Vec<String>> {
        let mut missing: HashSet<&str> = keys.iter().map(String::as_str).collect();
        let forget = |key: &str| {
            missing.remove(key);
        };
        if ids {
            self.0.ids().for_each(forget);
        } else {
            self.0.names().for_each(forget);
        }
        let missing: HashSet<String> = missing.into_iter().map(Into::into).collect();
        Ok(keys.into_iter().filter(|key| missing.contains(key)).collect())
    }

    #[getter]
    fn memory_usage(&self) -> PyResult<usize> {
        Ok(self.0.memory_usage())
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(self.0.len())
    }

    #[pyo3(signature = (text, labels, /))]
    fn find<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyString>,
        labels: Option<Vec<String>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let labels = self.label_set(labels)?;
        let text = strings::units(text)?;
        let found = with_units!(text, |units| self.find_units(py, units, labels.as_ref()));
        let matches = PyList::empty(py);
        for (at, f) in found.into_iter().enumerate() {
            check_signals(py, at)?;
            matches.append(self.tuple(py, &text, f)?)?;
        }
        Ok(matches)
    }

    #[pyo3(signature = (texts, labels, threads, progress, /))]
    fn find_list<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyList>,
        labels: Option<Vec<String>>,
        threads: Option<usize>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Columns> {
        let rows = Rows::new(texts)?;
        self.find_texts(py, &rows.texts()?, labels, threads, progress)
    }

    #[pyo3(signature = (column, labels, threads, progress, /))]
    fn find_arrow<'py>(
        &self,
        py: Python<'py>,
        column: arrow::Column,
        labels: Option<Vec<String>>,
        threads: Option<usize>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Columns> {
        self.find_texts(py, &column.texts()?, labels, threads, progress)
    }

    #[pyo3(signature = (column, labels, /))]
    fn find_nested(
        &self,
        py: Python<'_>,
        column: arrow::Column,
        labels: Option<Vec<String>>,
    ) -> PyResult<ArrowColumn> {
        let texts = column.texts()?;
        let found = self.find_texts(py, &texts, labels, None, None)?;
        Ok(column.nested(&texts, &self.0, &found.table))
    }

    #[pyo3(signature = (texts, labels, /))]
    fn count_list(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyList>,
        labels: Option<Vec<String>>,
    ) -> PyResult<Vec<u32>> {
        self.count_texts(py, &Rows::new(texts)?.texts()?, labels)
    }

    #[pyo3(signature = (column, labels, /))]
    fn count_arrow(
        &self,
        py: Python<'_>,
        column: arrow::Column,
        labels: Option<Vec<String>>,
    ) -> PyResult<Vec<u32>> {
        self.count_texts(py, &column.texts()?, labels)
    }

    /// Returns the counts as an Arrow column, or whether they are above 0.
    #[pyo3(signature = (column, labels, whether, /))]
    fn tally_arrow(
        &self,
        py: Python<'_>,
        column: arrow::Column,
        labels: Option<Vec<String>>,
        whether: bool,
    ) -> PyResult<ArrowColumn> {
        let texts = column.texts()?;
        Ok(column.tallies(&texts, &self.count_texts(py, &texts, labels)?, whether))
    }
}

impl Matcher {
    fn tuple<'py>(&self, py: Python<'py>, text: &Units<'_>, f: Match) -> PyResult<Bound<'py, PyTuple>> {
        let composed = with_units!(text, |units| self.0.composed_name(units, &f));
        found_tuple(
            py,
            &self.0,
            (f.start, f.end, f.origin),
            strings::part(py, text, f.start, f.end)?,
            strings::part(py, text, f.prefix_start, f.start)?,
            strings::part(py, text, f.end, f.suffix_end)?,
            composed.as_ref().map(|(name, id)| (name.as_str(), Some(id.as_str()))),
            self.0.rule(f.origin, f.antecedent.is_some()),
            (f.edits, f.similarity()),
        )
    }

    pub(super) fn shared(&self) -> Arc<kayan::Matcher> {
        Arc::clone(&self.0)
    }

    pub(super) fn label_set(&self, labels: Option<Vec<String>>) -> PyResult<Option<LabelSet>> {
        labels.map(|labels| self.0.label_set(&labels)).transpose().map_err(refused)
    }

    fn find_units<U: CodeUnit>(&self, py: Python<'_>, units: &[U], labels: Option<&LabelSet>) -> Vec<Match> {
        /// Below this many code points the search is over before the lock could be handed on.
        const WORTH_DETACHING: usize = 4096;
        let mut found = Vec::new();
        let mut search = || self.0.find_units(units, labels, &mut kayan::Scratch::default(), &mut found);
        if units.len() < WORTH_DETACHING {
            search();
        } else {
            py.detach(search);
        }
        found
    }

    fn find_texts(
        &self,
        py: Python<'_>,
        texts: &[Text<'_>],
        labels: Option<Vec<String>>,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Columns> {
        let labels = self.label_set(labels)?;
        let mut table = MatchTable::default();
        in_blocks(py, texts, threads, progress, |range| {
            let first = range.start as u64;
            py.detach(|| {
                table.append(&self.0.find_batch(&texts[range], first, labels.as_ref(), threads));
            });
            Ok(())
        })?;
        Ok(Columns { matcher: Arc::clone(&self.0), table, rows: texts.len() })
    }

    fn count_texts(
        &self,
        py: Python<'_>,
        texts: &[Text<'_>],
        labels: Option<Vec<String>>,
    ) -> PyResult<Vec<u32>> {
        let labels = self.label_set(labels)?;
        let mut counts = Vec::with_capacity(texts.len());
        in_blocks(py, texts, None, None, |range| {
            counts.extend(py.detach(|| self.0.count_batch(&texts[range], labels.as_ref(), None)));
            Ok(())
        })?;
        Ok(counts)
    }
}

/// Raises a pending signal, once in a while.
fn check_signals(py: Python<'_>, at: usize) -> PyResult<()> {
    const EVERY: usize = 4096;
    if at % EVERY == EVERY - 1 {
        py.check_signals()?;
    }
    Ok(())
}

/// Returns a cell of a column that may be missing; an empty one holds nothing.
fn cell<'a>(column: Option<&[Text<'a>]>, row: usize) -> Option<&'a str> {
    match column?.get(row) {
        Some(Text::Utf8(text)) if !text.is_empty() => Some(*text),
        _ => None,
    }
}

/// Returns the options of a profile, with those that were given.
fn chosen(profile: &str, options: &Bound<'_, PyDict>) -> PyResult<kayan::MatcherOptions> {
    let mut chosen = kayan::MatcherOptions::profile(profile).map_err(refused)?;
    for (name, value) in options {
        let name: String = name.extract()?;
        chosen.set(&name, &values::option_value(&name, &value)?).map_err(refused)?;
    }
    Ok(chosen)
}

/// Returns the number of the entry; None for what a rule composed.
fn entry_number(origin: Origin) -> Option<u32> {
    origin.entry().map(|entry| entry.0)
}

/// (start, end, text, label, id, name, prefix, suffix, entry, rule, edits, similarity); `composed` are the name and the id of what a
/// rule composed.
#[expect(clippy::too_many_arguments, reason = "the fields of a match")]
fn found_tuple<'py>(
    py: Python<'py>,
    matcher: &kayan::Matcher,
    (start, end, origin): (u32, u32, Origin),
    text: Bound<'py, PyString>,
    prefix: Bound<'py, PyString>,
    suffix: Bound<'py, PyString>,
    composed: Option<(&str, Option<&str>)>,
    rule: Option<&str>,
    (edits, similarity): (u8, f64),
) -> PyResult<Bound<'py, PyTuple>> {
    let label = matcher.label(origin);
    let listed = matcher.name(origin).map(|name| (name, matcher.id(origin)));
    let (name, id) = listed.or(composed).unwrap_or_default();
    let entry = entry_number(origin);
    (start, end, text, label, id, name, prefix, suffix, entry, rule, edits, similarity).into_pyobject(py)
}

#[pyclass(frozen, module = "kayan._core")]
pub(super) struct Columns {
    matcher: Arc<kayan::Matcher>,
    table: MatchTable,
    rows: usize,
}

#[apply(guarded)]
#[pymethods]
impl Columns {
    #[getter]
    fn rows(&self) -> PyResult<usize> {
        Ok(self.rows)
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(self.table.len())
    }

    #[pyo3(signature = (index, /))]
    fn get<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyTuple>> {
        let t = &self.table;
        if index >= t.len() {
            return Err(PyIndexError::new_err("match index out of range"));
        }
        let found = found_tuple(
            py,
            &self.matcher,
            (t.starts[index], t.ends[index], t.origins[index]),
            PyString::new(py, t.texts.get(index)),
            PyString::new(py, t.prefixes.get(index)),
            PyString::new(py, t.suffixes.get(index)),
            Some((t.name(&self.matcher, index), t.id(&self.matcher, index))),
            t.rule(&self.matcher, index),
            (t.edits(index), t.similarity(index)),
        )?;
        (t.rows[index], found).into_pyobject(py)
    }

    #[pyo3(signature = (name, /))]
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let (t, m) = (&self.table, &self.matcher);
        let strings = |column: &kayan::StringColumn| PyList::new(py, (0..t.len()).map(|at| column.get(at)));
        match name {
            "row" => PyList::new(py, &t.rows),
            "start" => PyList::new(py, &t.starts),
            "end" => PyList::new(py, &t.ends),
            "text" => strings(&t.texts),
            "label" => PyList::new(py, t.origins.iter().map(|&o| m.label(o))),
            "id" => PyList::new(py, (0..t.len()).map(|at| t.id(m, at))),
            "name" => PyList::new(py, (0..t.len()).map(|at| t.name(m, at))),
            "rule" => PyList::new(py, (0..t.len()).map(|at| t.rule(m, at))),
            "edits" => PyList::new(py, (0..t.len()).map(|at| t.edits(at))),
            "similarity" => PyList::new(py, (0..t.len()).map(|at| t.similarity(at))),
            "prefix" => strings(&t.prefixes),
            "suffix" => strings(&t.suffixes),
            "entry" => PyList::new(py, t.origins.iter().map(|&o| entry_number(o))),
            _ => Err(PyKeyError::new_err(name.to_string())),
        }
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the wish for another schema.
        drop(requested_schema);
        arrow::match_stream(py, &self.matcher, &self.table)
    }
}
