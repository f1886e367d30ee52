//! The normalizers of other tools, exactly: what each deletes and maps, also where we would not.
//!
//! One table, [`PEERS`]. Nothing of our own is mixed in: no composition, no repair of canonically
//! equivalent spellings. Versions: Lucene 8.7.0, `CAMeL` Tools 1.6.0, `PyArabic` 0.6.15.

use super::arclean::{self, Ranges, Row};
use super::nfc::{compatible, decomposes, nfc};
use super::piece::{expand, Piece};
use crate::script;

/// A normalizer of another tool: its steps, in order, each over the whole text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    pub(crate) profile: &'static str,
    /// What the profile is the equal of, for messages.
    pub(crate) function: &'static str,
    steps: &'static [Step],
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Each character by itself, in one pass: what a row gives is not looked up again.
    Map(&'static [Row]),
    /// As `Map`, and what is neither in a row nor in the ranges is deleted.
    MapOrDelete(&'static [Row], Ranges),
    /// Decimal digits of every script to ASCII.
    DecimalDigits,
    /// Compatibility decomposition, then canonical composition.
    Nfkc,
    /// Deletes a dagger alef beside an alef maqsura, one after and one before each.
    DaggerBesideMaqsura,
    /// A madda alef that begins the text: to hamza and alef, or to two hamzas.
    InitialMadda,
}

const HARAKAT: (u32, u32) = (0x64B, 0x652);
const TATWEEL: (u32, u32) = (script::TATWEEL, script::TATWEEL);
const DAGGER: (u32, u32) = (script::SUPERSCRIPT_ALEF, script::SUPERSCRIPT_ALEF);

/// Rows of visible letters, which read better as text than as ranges.
macro_rules! letters {
    ($($from:literal)+ => $to:literal) => {
        (&[$(($from as u32, $from as u32)),+], $to)
    };
}

const TEH_MARBUTA: Row = letters!('ة' => "ه");
const ALEF_MAQSURA: Row = letters!('ى' => "ي");
/// Isolated forms only; the hamza and the madda are lost.
const LAM_ALEF: Row = (&[(0xFEF5, 0xFEF5), (0xFEF7, 0xFEF7), (0xFEF9, 0xFEF9), (0xFEFB, 0xFEFB)], "لا");
/// With alef maqsura and dagger alef.
const PYARABIC_ALEF: Row = (&[(0x622, 0x623), (0x625, 0x625), (0x649, 0x649), (0x670, 0x671)], "ا");

/// All profiles of this kind.
pub(crate) const PEERS: &[Peer] = &[
    Peer {
        profile: "lucene",
        function: "Lucene's ArabicNormalizer",
        steps: &[Step::Map(&[
            letters!('آ' 'أ' 'إ' => "ا"),
            ALEF_MAQSURA,
            TEH_MARBUTA,
            (&[TATWEEL, HARAKAT], ""),
        ])],
    },
    Peer {
        profile: "lucene_fa",
        function: "Lucene's PersianNormalizer",
        steps: &[Step::Map(&[
            letters!('ی' 'ے' => "ي"),
            letters!('ک' => "ك"),
            letters!('ۀ' 'ہ' => "ه"),
            (&[(script::HAMZA_ABOVE, script::HAMZA_ABOVE)], ""),
        ])],
    },
    Peer { profile: "lucene_digits", function: "Lucene's DecimalDigitFilter", steps: &[Step::DecimalDigits] },
    Peer {
        profile: "camel.normalize_unicode",
        function: "CAMeL Tools' normalize_unicode",
        steps: &[
            Step::Map(&[letters!('﷼' => "ريال"), (&[(0xFDFD, 0xFDFD)], "بسم الله الرحمن الرحيم")]),
            Step::Nfkc,
        ],
    },
    Peer {
        profile: "camel.dediac",
        function: "CAMeL Tools' dediac_ar",
        steps: &[Step::Map(&[(&[HARAKAT, DAGGER], "")])],
    },
    Peer {
        profile: "camel.alef",
        function: "CAMeL Tools' normalize_alef_ar",
        steps: &[Step::Map(&[letters!('آ' 'أ' 'إ' 'ٱ' => "ا")])],
    },
    Peer {
        profile: "camel.alef_maqsura",
        function: "CAMeL Tools' normalize_alef_maksura_ar",
        steps: &[Step::Map(&[ALEF_MAQSURA])],
    },
    Peer {
        profile: "camel.teh_marbuta",
        function: "CAMeL Tools' normalize_teh_marbuta_ar",
        steps: &[Step::Map(&[TEH_MARBUTA])],
    },
    Peer {
        profile: "camel.arclean",
        function: "CAMeL Tools' character map arclean",
        steps: &[Step::MapOrDelete(arclean::ROWS, arclean::KEPT)],
    },
    Peer {
        profile: "pyarabic.strip_tashkeel",
        function: "PyArabic's araby.strip_tashkeel",
        steps: &[Step::Map(&[(&[HARAKAT], "")])],
    },
    Peer {
        profile: "pyarabic.strip_harakat",
        function: "PyArabic's araby.strip_harakat",
        // Shadda stays.
        steps: &[Step::Map(&[(&[(0x64B, 0x650), (0x652, 0x652)], "")])],
    },
    Peer {
        profile: "pyarabic.strip_shadda",
        function: "PyArabic's araby.strip_shadda",
        steps: &[Step::Map(&[(&[(0x651, 0x651)], "")])],
    },
    Peer {
        profile: "pyarabic.strip_small",
        function: "PyArabic's araby.strip_small",
        steps: &[Step::Map(&[(&[DAGGER, (0x6E5, 0x6E6)], "")])],
    },
    Peer {
        profile: "pyarabic.strip_diacritics",
        function: "PyArabic's araby.strip_diacritics",
        // The marks of U+0600-06FF; hamza and madda marks too, so decomposed letters lose them.
        steps: &[Step::Map(&[(
            &[
                (0x610, 0x61A),
                (0x64B, 0x65F),
                DAGGER,
                (0x6D6, 0x6DC),
                (0x6DF, 0x6E4),
                (0x6E7, 0x6E8),
                (0x6EA, 0x6ED),
            ],
            "",
        )])],
    },
    Peer {
        profile: "pyarabic.strip_tatweel",
        function: "PyArabic's araby.strip_tatweel",
        steps: &[Step::Map(&[(&[TATWEEL], "")])],
    },
    Peer {
        profile: "pyarabic.normalize_alef",
        function: "PyArabic's araby.normalize_alef",
        // Alef maqsura becomes alef: على comes out as علا.
        steps: &[Step::DaggerBesideMaqsura, Step::Map(&[PYARABIC_ALEF])],
    },
    Peer {
        profile: "pyarabic.normalize_hamza",
        function: "PyArabic's araby.normalize_hamza",
        steps: &[
            Step::InitialMadda,
            Step::Map(&[
                letters!('آ' => "ءء"),
                (&[(0x623, 0x626), (script::HAMZA_ABOVE, script::HAMZA_BELOW)], "ء"),
            ]),
        ],
    },
    Peer {
        profile: "pyarabic.normalize_hamza_tasheel",
        function: "PyArabic's araby.normalize_hamza(method=\"tasheel\")",
        steps: &[Step::Map(&[
            (&[(0x622, 0x623), (0x625, 0x625), (script::HAMZA_ABOVE, script::HAMZA_BELOW)], "ا"),
            letters!('ؤ' => "و"),
            letters!('ئ' => "ي"),
        ])],
    },
    Peer {
        profile: "pyarabic.normalize_ligature",
        function: "PyArabic's araby.normalize_ligature",
        steps: &[Step::Map(&[LAM_ALEF])],
    },
    Peer {
        profile: "pyarabic.normalize_teh",
        function: "PyArabic's araby.normalize_teh",
        steps: &[Step::Map(&[TEH_MARBUTA])],
    },
    Peer {
        profile: "pyarabic.spellerrors",
        function: "PyArabic's normalize.normalize_spellerrors",
        steps: &[Step::Map(&[TEH_MARBUTA, ALEF_MAQSURA])],
    },
    Peer {
        profile: "pyarabic.searchtext",
        function: "PyArabic's normalize.normalize_searchtext",
        steps: &[Step::Map(&[
            (&[TATWEEL, HARAKAT], ""),
            LAM_ALEF,
            PYARABIC_ALEF,
            (&[(0x624, 0x624), (0x626, 0x626), (script::HAMZA_ABOVE, script::HAMZA_BELOW)], "ء"),
            TEH_MARBUTA,
        ])],
    },
];

impl Peer {
    pub(crate) fn apply(&self, text: &mut Vec<Piece>) {
        for step in self.steps {
            match step {
                Step::Map(rows) => expand(text, |cp, emit| map(rows, cp, emit)),
                Step::MapOrDelete(rows, kept) => {
                    expand(text, |cp, emit| map(rows, cp, emit) || !within(kept, cp));
                }
                Step::DecimalDigits => {
                    let ascii = |cp| script::decimal_digit(cp).map_or(cp, |value| '0' as u32 + value);
                    text.iter_mut().for_each(|p| p.cp = ascii(p.cp));
                }
                Step::Nfkc => {
                    expand(text, |cp, emit| {
                        compatible(cp, emit);
                        true
                    });
                    nfc(text);
                }
                Step::DaggerBesideMaqsura => dagger_beside_maqsura(text),
                Step::InitialMadda => initial_madda(text),
            }
        }
    }

    /// Returns whether a character by itself comes to nothing.
    pub(crate) fn drops(&self, cp: u32) -> bool {
        let mut text = vec![Piece::at(cp, 0)];
        self.apply(&mut text);
        text.is_empty()
    }

    /// Returns whether canonical composition takes part.
    pub(crate) fn composes(&self) -> bool {
        self.steps.contains(&Step::Nfkc)
    }

    /// Returns whether some step does something with a character, composition aside.
    pub(crate) fn names(&self, cp: u32) -> bool {
        self.steps.iter().any(|step| match step {
            Step::Map(rows) => rows.iter().any(|(from, _)| within(from, cp)),
            Step::MapOrDelete(..) => true,
            Step::DecimalDigits => script::decimal_digit(cp).is_some(),
            Step::Nfkc => decomposes(cp),
            Step::DaggerBesideMaqsura => cp == script::SUPERSCRIPT_ALEF,
            Step::InitialMadda => cp == 'آ' as u32,
        })
    }

    /// Returns whether the result for a character depends on what stands around it, composition aside.
    pub(crate) fn needs_neighbours(&self, cp: u32) -> bool {
        self.steps.iter().any(|step| match step {
            Step::DaggerBesideMaqsura => cp == script::SUPERSCRIPT_ALEF,
            Step::InitialMadda => cp == 'آ' as u32,
            _ => false,
        })
    }
}

fn within(ranges: Ranges, cp: u32) -> bool {
    ranges.iter().any(|&(start, end)| (start..=end).contains(&cp))
}

fn map(rows: &[Row], cp: u32, emit: &mut dyn FnMut(u32)) -> bool {
    let row = rows.iter().find(|(from, _)| within(from, cp));
    row.into_iter().flat_map(|(_, to)| to.chars()).for_each(|c| emit(c as u32));
    row.is_some()
}

fn dagger_beside_maqsura(text: &mut Vec<Piece>) {
    let mut drop_second = |first: u32, second: u32, dropped: u32| {
        let mut out: Vec<Piece> = Vec::with_capacity(text.len());
        let mut at = 0;
        while at < text.len() {
            let pair = text[at].cp == first && text.get(at + 1).is_some_and(|next| next.cp == second);
            if pair {
                out.extend(text[at..at + 2].iter().filter(|p| p.cp != dropped));
            } else {
                out.push(text[at]);
            }
            at += if pair { 2 } else { 1 };
        }
        *text = out;
    };
    let (maqsura, dagger) = (script::ALEF_MAQSURA, script::SUPERSCRIPT_ALEF);
    drop_second(maqsura, dagger, dagger);
    drop_second(dagger, maqsura, dagger);
}

/// Hamza and alef if no short vowel follows and the text is three characters long or has a shadda third;
/// in every other place the next step makes two hamzas of the letter.
fn initial_madda(text: &mut Vec<Piece>) {
    let [first, second, third, rest @ ..] = text.as_slice() else { return };
    let vowel = matches!(second.cp, 0x64B..=0x650 | 0x652);
    if first.start == 0 && first.cp == 'آ' as u32 && !vowel && (third.cp == 0x651 || rest.is_empty()) {
        let first = *first;
        text.splice(..1, ['ء', 'ا'].map(|c| first.with(c as u32)));
    }
}
