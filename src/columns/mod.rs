//! Many texts at once: rows in, columns out.

mod matches;
mod normalized;
#[cfg(feature = "rayon")]
mod pool;
mod threads;

pub use matches::{MatchTable, StringColumn};
pub use normalized::{NormalizedPart, NormalizedRow};
