//! Finding the dictionary's strings of letters in a folded text. The only file that names `aho_corasick`.

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, Input, MatchKind};

use crate::error::Error;

/// An automaton over strings of letters.
#[derive(Debug)]
pub(crate) struct Engine {
    automaton: NFA,
    /// Whether some string begins with this code.
    begins: Box<[bool; 256]>,
}

impl Engine {
    /// Takes different strings; a hit gives the number of the string in this order.
    pub(crate) fn new(strings: &[&[u8]]) -> Result<Self, Error> {
        let automaton =
            NFA::builder().match_kind(MatchKind::Standard).prefilter(false).build(strings).map_err(
                |error| Error::too_large(format!("the dictionary is too large: {error}")).caused_by(error),
            )?;
        let mut begins = Box::new([false; 256]);
        strings.iter().for_each(|s| begins[s[0] as usize] = true);
        Ok(Self { automaton, begins })
    }

    /// Calls `hit` with the end and the number of every string that begins at `start`.
    #[inline]
    pub(crate) fn starting_at(&self, codes: &[u8], start: usize, mut hit: impl FnMut(usize, u32)) {
        if !self.begins[codes[start] as usize] {
            return;
        }
        let Ok(mut state) = self.automaton.start_state(Anchored::Yes) else { return };
        for (read, &code) in codes[start..].iter().enumerate() {
            state = self.automaton.next_state(Anchored::Yes, state, code);
            if self.automaton.is_special(state) {
                if self.automaton.is_dead(state) {
                    return;
                }
                if self.automaton.is_match(state) {
                    // A state also lists the strings that are mere endings of its own: those began later.
                    let string = self.automaton.match_pattern(state, 0);
                    if self.automaton.pattern_len(string) == read + 1 {
                        hit(start + read + 1, string.as_u32());
                    }
                }
            }
        }
    }

    /// Calls `hit` with the start, the end and the number of every string, wherever it stands.
    pub(crate) fn anywhere(&self, codes: &[u8], mut hit: impl FnMut(usize, usize, u32)) {
        let mut state = aho_corasick::automaton::OverlappingState::start();
        let input = Input::new(codes);
        while self.automaton.try_find_overlapping(&input, &mut state).is_ok() {
            match state.get_match() {
                Some(found) => hit(found.start(), found.end(), found.pattern().as_u32()),
                None => return,
            }
        }
    }

    pub(crate) fn memory_usage(&self) -> usize {
        self.automaton.memory_usage()
    }
}
