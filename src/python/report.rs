//! Counts of what texts are made of.

use macro_rules_attribute::apply;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::border::guarded_function;
use super::rows::{in_blocks, Rows};
use super::{arrow, strings};
use kayan::{Text, TextReport};

/// Name, texts, words and an example of each property.
type Row<'py> = (&'static str, u64, u64, Option<Bound<'py, PyString>>);

fn counted<'py>(py: Python<'py>, texts: &[Text<'_>]) -> PyResult<(u64, u64, Vec<Row<'py>>)> {
    let mut report = TextReport::default();
    in_blocks(py, texts, None, None, |range| {
        report.append(py.detach(|| TextReport::of_batch(&texts[range], None)));
        Ok(())
    })?;
    report.append(TextReport::default());
    let rows = TextReport::names().iter().zip(&report.counts).map(|(name, count)| {
        let example = count.example.as_ref().map(|word| strings::string(py, word)).transpose()?;
        Ok((*name, count.texts, count.words, example))
    });
    Ok((report.texts, report.words, rows.collect::<PyResult<_>>()?))
}

#[apply(guarded_function)]
#[pyfunction]
#[pyo3(signature = (texts, /))]
pub(super) fn profile_list<'py>(
    py: Python<'py>,
    texts: &Bound<'py, PyList>,
) -> PyResult<(u64, u64, Vec<Row<'py>>)> {
    counted(py, &Rows::new(texts)?.texts()?)
}

#[apply(guarded_function)]
#[pyfunction]
#[pyo3(signature = (column, /))]
pub(super) fn profile_arrow(py: Python<'_>, column: arrow::Column) -> PyResult<(u64, u64, Vec<Row<'_>>)> {
    counted(py, &column.texts()?)
}
