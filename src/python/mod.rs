//! The native module `kayan._core`: thin shells over the crate's public API. The only folder that names `pyo3`.

mod arrow;
mod border;
mod mapped;
mod matcher;
mod normalizer;
mod polars;
mod report;
mod rows;
mod strings;
mod values;

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

create_exception!(
    kayan,
    KayanError,
    PyValueError,
    "What kayan refuses: an unknown option, a name that is empty, a file that can't be read as a gazetteer.\n\n\
     A ``ValueError``. Its message has what was called or read, what is wrong, and what to do.\n\n\
     Examples\n--------\n\
     >>> import kayan\n\
     >>> try:\n\
     ...     kayan.Matcher([\"دبي\"], overlap=\"long\")\n\
     ... except kayan.KayanError as error:\n\
     ...     print(error)\n\
     option 'overlap' takes 'longest', 'all', 'first', 'priority'; got 'long': did you mean 'longest'?\n"
);

fn refused(error: kayan::Error) -> PyErr {
    KayanError::new_err(error.to_string())
}

// On a free-threaded interpreter the lock stays on: nothing there was tested without it.
#[pymodule(gil_used = true)]
mod _core {
    use super::border::guarded_function;
    use super::values;
    use macro_rules_attribute::apply;
    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    #[pymodule_export]
    use super::{
        arrow::ArrowColumn,
        matcher::{Columns, Matcher},
        normalizer::{Alignment, Normalizer},
        polars::polars_keep,
        report::{profile_arrow, profile_list},
        KayanError,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("unicode_version", kayan::UNICODE_VERSION)
    }

    /// Returns the profiles of a normalizer with their options.
    #[apply(guarded_function)]
    #[pyfunction]
    fn profiles(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let profiles = PyDict::new(py);
        for name in kayan::NormalizerOptions::profiles() {
            let options = kayan::NormalizerOptions::profile(name).map_err(super::refused)?;
            profiles.set_item(name, values::normalizer_options(py, &options)?)?;
        }
        Ok(profiles)
    }

    /// Function words that are never taken for a name.
    #[apply(guarded_function)]
    #[pyfunction]
    fn stop_words() -> PyResult<Vec<&'static str>> {
        Ok(kayan::stop_words().collect())
    }

    /// Frequent words that are not read as a clitic and a name.
    #[apply(guarded_function)]
    #[pyfunction]
    fn common_words() -> PyResult<Vec<&'static str>> {
        Ok(kayan::common_words().collect())
    }

    /// Panics, so that tests see what becomes of it.
    #[apply(guarded_function)]
    #[pyfunction]
    fn panic() -> PyResult<()> {
        panic!("asked for")
    }

    /// Refuses the pattern of a rule that can't be read.
    #[apply(guarded_function)]
    #[pyfunction]
    fn check_rule(id: &str, pattern: &str) -> PyResult<()> {
        kayan::Gazetteer::new().add_rule(id, pattern, "", 0).map_err(super::refused)
    }

    /// Refuses a kind that a word list can't have.
    #[apply(guarded_function)]
    #[pyfunction]
    fn check_kind(kind: &str) -> PyResult<()> {
        kayan::Gazetteer::new().add_word_list::<&str>(kind, &[]).map_err(super::refused)
    }

    /// Returns the profiles of a matcher with their options.
    #[apply(guarded_function)]
    #[pyfunction]
    fn matcher_profiles(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
        let profiles = PyDict::new(py);
        for name in kayan::MatcherOptions::profiles() {
            let options = kayan::MatcherOptions::profile(name).map_err(super::refused)?;
            profiles.set_item(name, values::matcher_options(py, &options)?)?;
        }
        Ok(profiles)
    }
}
