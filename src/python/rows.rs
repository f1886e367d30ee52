//! A Python list as rows of text, worked through in blocks so that Ctrl-C and a progress bar get their turn.

use std::ops::Range;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyString};

use super::strings;
use kayan::Text;

/// Rows of about this size, in bytes, are worked on before Python is heard again: some milliseconds.
const BLOCK_SIZE: usize = 4 << 20;
/// With one thread, few enough that results are still near when they become Python's.
const BLOCK_SIZE_OF_ONE: usize = 128 << 10;

/// The items of a list: the strings, and nothing for a null.
pub(super) struct Rows<'py>(Vec<Option<Bound<'py, PyString>>>);

impl<'py> Rows<'py> {
    /// # Errors
    /// At an item that is neither a `str` nor a null, with its row.
    pub(super) fn new(list: &Bound<'py, PyList>) -> PyResult<Self> {
        let mut rows = Vec::with_capacity(list.len());
        for (row, item) in list.iter().enumerate() {
            rows.push(match item.cast_into::<PyString>() {
                Ok(string) => Some(string),
                Err(other) => {
                    let item = other.into_inner();
                    if !is_null(&item)? {
                        let kind = item.get_type().name()?;
                        return Err(PyTypeError::new_err(format!(
                            "row {row}: expected str or a null, got {kind}"
                        )));
                    }
                    None
                }
            });
        }
        Ok(Self(rows))
    }

    pub(super) fn string(&self, row: usize) -> Option<&Bound<'py, PyString>> {
        self.0[row].as_ref()
    }

    pub(super) fn texts(&self) -> PyResult<Vec<Text<'_>>> {
        self.0
            .iter()
            .map(|row| row.as_ref().map_or(Ok(Text::Null), |row| Ok(Text::Units(strings::units(row)?))))
            .collect()
    }
}

/// None, a float NaN, `pandas.NA` or `pandas.NaT`.
fn is_null(item: &Bound<'_, PyAny>) -> PyResult<bool> {
    if item.is_none() {
        return Ok(true);
    }
    if let Ok(number) = item.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let kind = item.get_type().name()?;
    Ok(kind == "NAType" || kind == "NaTType")
}

/// Calls `work` for one block of rows after the other. After each, a pending signal is raised and
/// `progress` is called with the number of rows done.
pub(super) fn in_blocks(
    py: Python<'_>,
    texts: &[Text<'_>],
    threads: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
    mut work: impl FnMut(Range<usize>) -> PyResult<()>,
) -> PyResult<()> {
    let block_size = if threads == Some(1) { BLOCK_SIZE_OF_ONE } else { BLOCK_SIZE };
    let mut start = 0;
    while start < texts.len() {
        let mut size = 0;
        let full = texts[start..].iter().position(|text| {
            size += text.size() + 16;
            size >= block_size
        });
        let end = full.map_or(texts.len(), |at| start + at + 1);
        work(start..end)?;
        py.check_signals()?;
        if let Some(progress) = progress {
            progress.call1((end,))?;
        }
        start = end;
    }
    Ok(())
}
