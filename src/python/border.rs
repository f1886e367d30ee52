//! Where Python calls in: a panic becomes an error like others.

use std::any::Any;
use std::panic::{catch_unwind, AssertUnwindSafe};

use pyo3::prelude::*;

use super::KayanError;

/// Runs what a call from Python asks for.
///
/// # Errors
/// Those of `work`; and if it panics, a `KayanError` that asks for a report. What `PyO3` makes of a panic is no
/// `Exception`, and would end programs that catch errors.
pub(super) fn at_border<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    // What a panic leaves half-built is dropped with the call: the classes are frozen.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(KayanError::new_err(message(&*panic))))
}

/// Returns what a panic says, with a request to report it.
pub(super) fn message(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
    format!(
        "internal error: {said}; this is a fault of kayan: please report it, with the text and the options"
    )
}

/// Puts every method of a class inside [`at_border`]: `#[apply(guarded)]` before `#[pymethods]`.
macro_rules! guarded {
    ($(#[$on:meta])* impl $class:ident {
        $($(#[$meta:meta])* fn $name:ident $(<$($lifetime:lifetime),+>)? ($($arguments:tt)*) -> PyResult<$value:ty> $body:block)*
    }) => {
        $(#[$on])*
        impl $class {
            $($(#[$meta])* fn $name $(<$($lifetime),+>)? ($($arguments)*) -> PyResult<$value> {
                super::border::at_border(move || $body)
            })*
        }
    };
}
pub(super) use guarded;

/// The same for a function.
macro_rules! guarded_function {
    ($(#[$meta:meta])* $access:vis fn $name:ident $(<$($lifetime:lifetime),+>)? ($($arguments:tt)*) -> PyResult<$value:ty> $body:block) => {
        $(#[$meta])*
        $access fn $name $(<$($lifetime),+>)? ($($arguments)*) -> PyResult<$value> {
            super::border::at_border(move || $body)
        }
    };
}
pub(super) use guarded_function;
