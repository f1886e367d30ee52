//! What a character becomes: the operations on letters and marks, compiled to a table, and the loop that runs
//! them over a text. Normalizing and matching both follow from it.

mod arclean;
mod nfc;
pub(crate) mod ops;
pub(crate) mod options;
mod peers;
pub(crate) mod piece;
pub(crate) mod run;
mod table;
mod uthmani;

pub(crate) use nfc::nfc;
pub(crate) use options::FoldOptions;
pub(crate) use piece::Piece;
pub(crate) use run::Sink;
pub(crate) use table::{Fold, Rule, PLANE};
