//! All integration tests, in one binary. The case tables are in `tests/data`; they also run from Python.

mod architecture;
mod cases;
mod errors;
#[allow(unreachable_pub)]
mod fuzz;
mod laws;
mod options;
mod saving;
