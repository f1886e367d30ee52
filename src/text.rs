//! Text in its widths: what the core reads is a slice of code points in 1, 2 or 4 bytes each.
//!
//! These are the widths in which `CPython` stores a `str` (PEP 393), so a position in such a slice is a
//! code point of the Python string. UTF-8 is decoded once, at the edge. Lone surrogates, which a Python
//! string may hold, are ordinary values here.

use std::fmt::Debug;

use unicode_segmentation::GraphemeCursor;

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
    /// Returns the code point.
    fn code_point(self) -> u32;
    /// Returns the code point in this width; the caller knows that it fits.
    fn from_code_point(code_point: u32) -> Self;
    /// Returns the code point in this width, or U+FFFD where it has no room.
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

/// Works on code points whatever their width.
#[doc(hidden)]
#[macro_export]
macro_rules! with_units {
    ($units:expr, |$name:ident| $work:expr) => {
        match $units {
            $crate::Units::U8($name) => $work,
            $crate::Units::U16($name) => $work,
            $crate::Units::U32($name) => $work,
        }
    };
}
pub(crate) use with_units;

/// The code points of a text, in the width in which its owner stores them.
#[derive(Clone, Copy, Debug)]
pub enum Units<'a> {
    /// Code points below 256.
    U8(&'a [u8]),
    /// Code points of the Basic Multilingual Plane.
    U16(&'a [u16]),
    /// Any code points.
    U32(&'a [u32]),
}

/// One row of a column of texts, as its owner stores it.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// No text.
    Null,
    /// Code points.
    Units(Units<'a>),
    /// UTF-8.
    Utf8(&'a str),
}

impl Units<'_> {
    /// Returns how many code points there are.
    pub fn len(&self) -> usize {
        with_units!(*self, |units| units.len())
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Text<'_> {
    /// Returns the size of its storage, in bytes.
    pub fn size(&self) -> usize {
        match self {
            Text::Null => 0,
            Text::Units(units) => with_units!(*units, |units| size_of_val(units)),
            Text::Utf8(text) => text.len(),
        }
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

impl Decoder {
    /// Returns the code points of a text, decoded if need be; `None` for a null.
    pub(crate) fn units<'a>(&'a mut self, text: Text<'a>) -> Option<Units<'a>> {
        match text {
            Text::Null => None,
            Text::Units(units) => Some(units),
            Text::Utf8(text) if self.is_narrow(text) => Some(Units::U16(&self.narrow)),
            Text::Utf8(_) => Some(Units::U32(&self.wide)),
        }
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

/// Returns whether what a reader sees as one character, an extended grapheme cluster (Unicode Standard Annex
/// 29), begins or ends at a place of a text.
pub(crate) fn is_cluster_boundary<U: CodeUnit>(text: &[U], at: usize) -> bool {
    /// Clusters that are longer are no writing.
    const LONGEST: usize = 256;
    if at == 0 || at >= text.len() {
        return true;
    }
    let is_simple = |u: &U| is_simple(u.code_point());
    if is_simple(&text[at]) && is_simple(&text[at - 1]) {
        return true;
    }
    let earliest = at.saturating_sub(LONGEST);
    let start = text[earliest..at].iter().rposition(is_simple).map_or(earliest, |near| earliest + near);
    let decoded = |units: &[U]| {
        let chars =
            units.iter().map(|u| char::from_u32(u.code_point()).unwrap_or(char::REPLACEMENT_CHARACTER));
        chars.collect::<String>()
    };
    let before = decoded(&text[start..at]);
    let window = before.clone() + &decoded(&text[at..text.len().min(at + 2)]);
    GraphemeCursor::new(before.len(), window.len(), true).is_boundary(&window, 0).unwrap_or(true)
}

/// Returns whether a character is a cluster by itself beside any other like it: the letters, digits and signs
/// of which most text is made.
fn is_simple(cp: u32) -> bool {
    matches!(cp, 0x20..=0x7E | 0xA0..=0xA8 | 0xC0..=0x2FF | 0x60C..=0x60F | 0x61B | 0x61D..=0x64A | 0x660..=0x66F
        | 0x671..=0x6D5 | 0x2010..=0x2027 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF)
}
