//! Watching a search, to explain it.

use super::candidate::{Candidate, Hit};
use super::judge::{NameFacts, Refusal};

/// Is told what becomes of each hit. `()` is told nothing and costs nothing.
pub(super) trait Observer {
    /// Whether it listens.
    const WATCHES: bool;
    fn refused(&mut self, _: Hit, _: NameFacts, _: Refusal) {}
    /// A candidate of an ambiguous name, with what speaks for it or what would have.
    fn weighed(&mut self, _: &Candidate, _: Result<Option<String>, String>) {}
    /// A candidate, and another on its span that is meant: a listed one, or one of greater priority.
    fn known(&mut self, _: &Candidate, _: &Candidate) {}
    /// A later mention, and the chosen candidate whose place it takes, if there is one.
    fn later(&mut self, _: &Candidate, _: Option<&Candidate>) {}
    /// A misspelt name that is chosen, and the chosen candidates whose places such names take.
    fn misspelt(&mut self, _: &Candidate, _: &[Candidate]) {}
    /// All candidates, those of them with the shortest clitics, and the chosen ones.
    fn resolved(&mut self, _: &[Candidate], _: &[Candidate], _: &[Candidate]) {}
}

impl Observer for () {
    const WATCHES: bool = false;
}
