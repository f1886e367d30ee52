//! All integration tests, in one binary. The case tables are in `tests/data`; they also run from Python.

mod architecture;
mod cases;
mod fuzz;
mod laws;
mod saving;
