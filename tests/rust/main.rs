//! All integration tests, in one binary. The case tables are in `tests/data`; they also run from Python.

mod architecture;
mod cases;
mod errors;
mod laws;
mod options;
