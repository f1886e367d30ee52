//! Options between Python and Rust.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyString, PyTuple};
use pyo3::IntoPyObjectExt;

use kayan::{MatcherOptions, NormalizerOptions, OptionValue};

/// Returns a Python value as the value of the option `name`.
pub(super) fn option_value(name: &str, value: &Bound<'_, PyAny>) -> PyResult<OptionValue> {
    if let Ok(on) = value.cast::<PyBool>() {
        return Ok(OptionValue::Bool(on.is_true()));
    }
    if let Ok(count) = value.cast::<PyInt>() {
        // A count beyond 64 bits is refused like any other that is too large.
        return Ok(OptionValue::Int(count.extract().unwrap_or(i64::MAX)));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(OptionValue::Str(text.to_cow()?.into_owned()));
    }
    let wrong = || {
        let kind = value.get_type();
        PyTypeError::new_err(format!("option '{name}' does not take a value of type {kind}"))
    };
    let items = value.try_iter().map_err(|_| wrong())?;
    let names = items.map(|item| item?.extract::<String>().map_err(|_| wrong()));
    Ok(OptionValue::List(names.collect::<PyResult<_>>()?))
}

fn python_value(py: Python<'_>, value: OptionValue) -> PyResult<Bound<'_, PyAny>> {
    match value {
        OptionValue::Bool(on) => on.into_bound_py_any(py),
        OptionValue::Int(count) => count.into_bound_py_any(py),
        OptionValue::Str(text) => text.into_bound_py_any(py),
        OptionValue::List(names) => PyTuple::new(py, names)?.into_bound_py_any(py),
    }
}

fn dict<'py>(
    py: Python<'py>,
    names: &[&str],
    get: impl Fn(&str) -> Option<OptionValue>,
) -> PyResult<Bound<'py, PyDict>> {
    let options = PyDict::new(py);
    for name in names {
        if let Some(value) = get(name) {
            options.set_item(name, python_value(py, value)?)?;
        }
    }
    Ok(options)
}

pub(super) fn normalizer_options<'py>(
    py: Python<'py>,
    options: &NormalizerOptions,
) -> PyResult<Bound<'py, PyDict>> {
    dict(py, NormalizerOptions::names(), |name| options.get(name))
}

pub(super) fn matcher_options<'py>(
    py: Python<'py>,
    options: &MatcherOptions,
) -> PyResult<Bound<'py, PyDict>> {
    dict(py, MatcherOptions::names(), |name| options.get(name))
}
