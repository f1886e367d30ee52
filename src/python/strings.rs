//! `CPython`'s string storage: reading a `str` in place, and making one.
#![expect(unsafe_code, reason = "CPython shows the storage of a str only through raw pointers")]

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::string::PyStringData;
use pyo3::types::PyString;

use super::KayanError;
use kayan::{with_units, Units};

/// More code points than a position in a result column can count.
const LONGEST: usize = i32::MAX as usize;

/// Returns the code points of a `str`, where `CPython` stores them. Nothing is copied or cached, so the string does
/// not grow.
pub(super) fn units<'a>(string: &'a Bound<'_, PyString>) -> PyResult<Units<'a>> {
    // SAFETY: the storage of a str never changes after it was made, and lives as long as the str, which
    // `string` keeps alive for 'a. `data` reads the width from a C bit field, whose layout PyO3 tests on
    // little-endian targets; the tests of this package check all three widths on every target it ships for.
    let units = match unsafe { string.data() }? {
        PyStringData::Ucs1(units) => Units::U8(units),
        PyStringData::Ucs2(units) => Units::U16(units),
        PyStringData::Ucs4(units) => Units::U32(units),
    };
    let len = units.len();
    if len > LONGEST {
        return Err(KayanError::new_err(format!("a text of {len} code points is longer than {LONGEST}")));
    }
    Ok(units)
}

/// A width of code points that `CPython` knows by its size in bytes.
pub(super) trait Width: Copy {
    const KIND: std::ffi::c_int;
}
impl Width for u8 {
    const KIND: std::ffi::c_int = 1;
}
impl Width for u16 {
    const KIND: std::ffi::c_int = 2;
}
impl Width for u32 {
    const KIND: std::ffi::c_int = 4;
}

/// Returns a new `str` of these code points, in the narrowest width that holds them.
pub(super) fn string<'py, W: Width>(py: Python<'py>, units: &[W]) -> PyResult<Bound<'py, PyString>> {
    // SAFETY: the pointer and the length are those of a slice, KIND is the size of its items, and the call
    // copies them. All items are code points: they come from a str or from a table of characters. The call
    // gives a new reference to a str, or null with an exception set.
    unsafe {
        let made =
            ffi::PyUnicode_FromKindAndData(W::KIND, units.as_ptr().cast(), units.len() as ffi::Py_ssize_t);
        Ok(Bound::from_owned_ptr_or_err(py, made)?.cast_into_unchecked())
    }
}

/// Returns a new `str` of a part of a text.
pub(super) fn part<'py>(
    py: Python<'py>,
    units: &Units<'_>,
    start: u32,
    end: u32,
) -> PyResult<Bound<'py, PyString>> {
    let range = start as usize..end as usize;
    with_units!(*units, |units| string(py, &units[range]))
}
