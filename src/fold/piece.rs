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
    let Some(first) = text.iter().position(|p| f(p.cp, &mut |_| {})) else { return };
    let mut out = Vec::with_capacity(text.len() + 4);
    out.extend_from_slice(&text[..first]);
    for piece in &text[first..] {
        let replaced = f(piece.cp, &mut |cp| out.push(piece.with(cp)));
        if !replaced {
            out.push(*piece);
        }
    }
    *text = out;
}
