//! A character and the stretch of the original that it stands for: what operations rewrite.

/// A character and the stretch of the original text, in code points, that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) cp: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Piece {
    /// Returns the character that stands at a place of the original.
    pub(crate) fn at(cp: u32, place: usize) -> Self {
        Self { cp, start: place as u32, end: place as u32 + 1 }
    }

    /// Returns this piece as another character.
    pub(crate) fn with(self, cp: u32) -> Self {
        Self { cp, ..self }
    }

    /// Widens the stretch so that it holds that of another piece.
    pub(crate) fn cover(&mut self, other: Self) {
        self.start = self.start.min(other.start);
        self.end = self.end.max(other.end);
    }
}

/// Replaces each character by what `f` makes of it.
pub(crate) fn map(text: &mut [Piece], f: impl Fn(u32) -> u32) {
    text.iter_mut().for_each(|p| p.cp = f(p.cp));
}

/// Replaces each character for which `f` emits something, or says that it did, by what it emits.
pub(crate) fn expand(text: &mut Vec<Piece>, f: impl Fn(u32, &mut dyn FnMut(u32)) -> bool) {
    // Most texts have none: nothing is copied before the first.
    let mut out: Option<Vec<Piece>> = None;
    for (at, piece) in text.iter().enumerate() {
        let start = || {
            let mut out = Vec::with_capacity(text.len() + 4);
            out.extend_from_slice(&text[..at]);
            out
        };
        let replaced = f(piece.cp, &mut |cp| out.get_or_insert_with(start).push(piece.with(cp)));
        match &mut out {
            Some(out) if !replaced => out.push(*piece),
            None if replaced => out = Some(start()),
            _ => {}
        }
    }
    if let Some(out) = out {
        *text = out;
    }
}
