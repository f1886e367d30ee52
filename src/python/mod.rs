//! The native module `kayan._core`: thin shells over the crate's public API. The only folder that names `pyo3`.

mod arrow;
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
    use super::values;
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

    /// The profiles of a normalizer with their options.
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
    #[pyfunction]
    fn stop_words() -> Vec<&'static str> {
        kayan::stop_words().collect()
    }

    /// Frequent words that are not read as a clitic and a name.
    #[pyfunction]
    fn common_words() -> Vec<&'static str> {
        kayan::common_words().collect()
    }

    /// Refuses the pattern of a rule that can't be read.
    #[pyfunction]
    fn check_rule(id: &str, pattern: &str) -> PyResult<()> {
        kayan::Gazetteer::new().add_rule(id, pattern, "", 0).map_err(super::refused)
    }

    /// Refuses a kind that a word list can't have.
    #[pyfunction]
    fn check_kind(kind: &str) -> PyResult<()> {
        kayan::Gazetteer::new().add_word_list::<&str>(kind, &[]).map_err(super::refused)
    }

    /// The profiles of a matcher with their options.
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
