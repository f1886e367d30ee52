//! `Normalizer` and `Alignment`.

use std::sync::Arc;

use macro_rules_attribute::apply;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

use super::arrow::{self, ArrowColumn};
use super::border::guarded;
use super::rows::{in_blocks, Rows};
use super::{refused, strings, values};
use kayan::{with_units, CodeUnit, NormalizedPart, NormalizedRow};

#[pyclass(frozen, module = "kayan._core")]
pub(super) struct Normalizer(Arc<kayan::Normalizer>);

#[apply(guarded)]
#[pymethods]
impl Normalizer {
    #[new]
    fn new(profile: &str, overrides: &Bound<'_, PyDict>) -> PyResult<Self> {
        let mut options = kayan::NormalizerOptions::profile(profile).map_err(refused)?;
        for (name, value) in overrides {
            let name: String = name.extract()?;
            options.set(&name, &values::option_value(&name, &value)?).map_err(refused)?;
        }
        kayan::Normalizer::new(&options).map(|normalizer| Self(Arc::new(normalizer))).map_err(refused)
    }

    #[getter]
    fn id(&self) -> PyResult<String> {
        Ok(self.0.options().id())
    }

    #[getter]
    fn profile(&self) -> PyResult<&'static str> {
        Ok(self.0.options().profile_name())
    }

    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        values::normalizer_options(py, self.0.options())
    }

    #[pyo3(signature = (text, /))]
    fn normalize<'py>(&self, py: Python<'py>, text: Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        let made = with_units!(strings::units(&text)?, |units| self.changed(py, units))?;
        Ok(made.unwrap_or(text))
    }

    #[pyo3(signature = (texts, threads, progress, /))]
    fn normalize_list<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyList>,
        threads: Option<usize>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let rows = Rows::new(texts)?;
        let texts = rows.texts()?;
        let out = PyList::empty(py);
        in_blocks(py, &texts, threads, progress, |range| {
            let mut row = range.start;
            let parts = py.detach(|| self.0.normalize_batch(&texts[range], threads));
            for NormalizedPart { rows: normalized, narrow, wide, .. } in parts {
                for result in normalized {
                    match result {
                        NormalizedRow::Null => out.append(py.None())?,
                        NormalizedRow::Unchanged | NormalizedRow::Utf8(_) => out.append(rows.string(row))?,
                        NormalizedRow::Narrow(range) => out.append(strings::string(py, &narrow[range])?)?,
                        NormalizedRow::Wide(range) => out.append(strings::string(py, &wide[range])?)?,
                    }
                    row += 1;
                }
            }
            Ok(())
        })?;
        Ok(out)
    }

    #[pyo3(signature = (column, threads, progress, /))]
    fn normalize_arrow(
        &self,
        py: Python<'_>,
        column: arrow::Column,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<ArrowColumn> {
        column.map_texts(|texts| {
            let mut parts = Vec::new();
            in_blocks(py, texts, threads, progress, |range| {
                parts.extend(py.detach(|| self.0.normalize_batch(&texts[range], threads)));
                Ok(())
            })?;
            Ok(parts)
        })
    }

    #[pyo3(signature = (text, /))]
    fn align(&self, py: Python<'_>, text: Bound<'_, PyString>) -> PyResult<Alignment> {
        let (normalized, spans) = with_units!(strings::units(&text)?, |units| self.aligned(py, units))?;
        Ok(Alignment { original: text.unbind(), normalized, spans })
    }

    #[pyo3(signature = (text, /))]
    fn explain<'py>(&self, py: Python<'py>, text: Bound<'py, PyString>) -> PyResult<Bound<'py, PyList>> {
        let edits = with_units!(strings::units(&text)?, |units| py.detach(|| self.0.explain_units(units)));
        let rows = edits.iter().map(|edit| {
            let (before, after) = (strings::string(py, &edit.before)?, strings::string(py, &edit.after)?);
            Ok((edit.start, edit.end, before, after, edit.rule, edit.count))
        });
        PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
    }
}

impl Normalizer {
    pub(super) fn shared(&self) -> Arc<kayan::Normalizer> {
        Arc::clone(&self.0)
    }

    fn changed<'py, U: CodeUnit>(&self, py: Python<'py>, text: &[U]) -> PyResult<Option<Bound<'py, PyString>>>
    where
        U::Normalized: strings::Width,
    {
        if self.0.widens() {
            let mut out = Vec::new();
            let changed = self.0.normalize_units(&widened(text), &mut out);
            return changed.then(|| strings::string(py, &out)).transpose();
        }
        let mut out = Vec::new();
        let changed = self.0.normalize_units(text, &mut out);
        changed.then(|| strings::string(py, &out)).transpose()
    }

    fn aligned<U: CodeUnit>(&self, py: Python<'_>, text: &[U]) -> PyResult<(Py<PyString>, kayan::Alignment)>
    where
        U::Normalized: strings::Width,
    {
        if self.0.widens() {
            let (out, alignment) = py.detach(|| self.0.align_units(&widened(text)));
            return Ok((strings::string(py, &out)?.unbind(), alignment));
        }
        let (out, alignment) = py.detach(|| self.0.align_units(text));
        Ok((strings::string(py, &out)?.unbind(), alignment))
    }
}

fn widened<U: CodeUnit>(units: &[U]) -> Vec<u32> {
    units.iter().map(|unit| unit.code_point()).collect()
}

#[pyclass(frozen, module = "kayan._core")]
pub(super) struct Alignment {
    original: Py<PyString>,
    normalized: Py<PyString>,
    spans: kayan::Alignment,
}

#[apply(guarded)]
#[pymethods]
impl Alignment {
    #[getter]
    fn original(&self, py: Python<'_>) -> PyResult<Py<PyString>> {
        Ok(self.original.clone_ref(py))
    }

    #[getter]
    fn text(&self, py: Python<'_>) -> PyResult<Py<PyString>> {
        Ok(self.normalized.clone_ref(py))
    }

    #[pyo3(signature = (start, end, /))]
    fn to_original(&self, start: isize, end: isize) -> PyResult<(usize, usize)> {
        let (start, end) = span(start, end)?;
        Ok(self.spans.to_original(start, end))
    }

    #[pyo3(signature = (start, end, /))]
    fn to_normalized(&self, start: isize, end: isize) -> PyResult<(usize, usize)> {
        let (start, end) = span(start, end)?;
        Ok(self.spans.to_normalized(start, end))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (original, text) = (self.original.bind(py).repr()?, self.normalized.bind(py).repr()?);
        Ok(format!("Alignment(original={original}, text={text})"))
    }
}

fn span(start: isize, end: isize) -> PyResult<(usize, usize)> {
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(start), Ok(end)) if start <= end => Ok((start, end)),
        _ => Err(super::KayanError::new_err(format!(
            "[{start}, {end}) is no span: 0 <= start <= end must hold"
        ))),
    }
}
