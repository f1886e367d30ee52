//! Text in its widths: what the core reads is a slice of code points in 1, 2 or 4 bytes each.
//!
//! These are the widths in which `CPython` stores a `str` (PEP 393), so a position in such a slice is a
//! code point of the Python string. UTF-8 is decoded once, at the edge. Lone surrogates, which a Python
//! string may hold, are ordinary values here.

use std::fmt::Debug;

mod sealed {
    pub trait Sealed {}
    impl Sealed for u8 {}
    impl Sealed for u16 {}
    impl Sealed for u32 {}
}

/// One code point in a fixed width: `u8` (Latin-1), `u16` (the Basic Multilingual Plane) or `u32`.
pub trait CodeUnit: sealed::Sealed + Copy + Debug + Eq + Default + Send + Sync + 'static {
    /// The width that holds whatever normalizing text of this width gives.
    type Normalized: CodeUnit;
    /// The code point.
    fn code_point(self) -> u32;
    /// The code point in this width; the caller knows that it fits.
    fn from_code_point(code_point: u32) -> Self;
    /// The code point in this width, or U+FFFD where it has no room.
    fn from_code_point_lossy(code_point: u32) -> Self {
        let unit = Self::from_code_point(code_point);
        if unit.code_point() == code_point {
            unit
        } else {
            Self::from_code_point(char::REPLACEMENT_CHARACTER as u32)
        }
    }
}

impl CodeUnit for u8 {
    // ASCII digits may become Arabic ones.
    type Normalized = u16;
    fn code_point(self) -> u32 {
        u32::from(self)
    }
    fn from_code_point(code_point: u32) -> Self {
        code_point as u8
    }
}

impl CodeUnit for u16 {
    type Normalized = u16;
    fn code_point(self) -> u32 {
        u32::from(self)
    }
    fn from_code_point(code_point: u32) -> Self {
        code_point as u16
    }
}

impl CodeUnit for u32 {
    type Normalized = u32;
    fn code_point(self) -> u32 {
        self
    }
    fn from_code_point(code_point: u32) -> Self {
        code_point
    }
}

/// The code points of a UTF-8 text, in the narrowest width that is not Latin-1.
#[derive(Debug)]
pub(crate) enum Decoded {
    Narrow(Vec<u16>),
    Wide(Vec<u32>),
}

pub(crate) fn widened<U: CodeUnit>(units: &[U]) -> Vec<u32> {
    units.iter().map(|u| u.code_point()).collect()
}

/// Room for the code points of one text in UTF-8 after the other.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    pub(crate) narrow: Vec<u16>,
    pub(crate) wide: Vec<u32>,
}

impl Decoder {
    /// Decodes a text into `narrow`, or into `wide` where that has no room for it. Tells whether it had.
    pub(crate) fn is_narrow(&mut self, text: &str) -> bool {
        // Written by place: pushing would look at the capacity for each character.
        self.narrow.resize(text.len(), 0);
        let mut len = 0;
        for (slot, c) in self.narrow.iter_mut().zip(text.chars()) {
            let Ok(unit) = u16::try_from(c as u32) else {
                self.wide.clear();
                self.wide.extend(text.chars().map(u32::from));
                return false;
            };
            *slot = unit;
            len += 1;
        }
        self.narrow.truncate(len);
        true
    }
}

pub(crate) fn decode(text: &str) -> Decoded {
    let mut decoder = Decoder::default();
    if decoder.is_narrow(text) {
        Decoded::Narrow(decoder.narrow)
    } else {
        Decoded::Wide(decoder.wide)
    }
}

/// Back to UTF-8; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
pub(crate) fn encode_into<U: CodeUnit>(units: &[U], out: &mut String) {
    out.extend(units.iter().map(|u| char::from_u32(u.code_point()).unwrap_or(char::REPLACEMENT_CHARACTER)));
}

pub(crate) fn encode<U: CodeUnit>(units: &[U]) -> String {
    let mut out = String::with_capacity(units.len() * 2);
    encode_into(units, &mut out);
    out
}
