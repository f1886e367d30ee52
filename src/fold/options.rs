//! Which operations on letters and marks a fold runs, by name, and the named sets of them.

use super::peers::{Peer, PEERS};
use crate::error::Error;
use crate::options::{declared, get_in, refused, Declared, OptionValue};
use crate::script;

/// What becomes of U+200C ZERO WIDTH NON-JOINER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zwnj {
    /// It goes.
    Remove,
    /// It stays.
    Keep,
    /// It becomes a space.
    Space,
}

/// What becomes of a mark that a presentation form shows on a space or a tatweel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormMarks {
    /// It goes on the letter before it.
    Attach,
    /// It keeps its carrier, as in the compatibility decomposition.
    Nfkc,
}

/// Which tatweels go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tatweel {
    /// All of them.
    All,
    /// Those that carry no mark: Quranic spelling writes some marks on a tatweel, not on a letter.
    Bare,
}

/// What becomes of U+0670 ARABIC LETTER SUPERSCRIPT ALEF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dagger {
    /// An alef where today's spelling has one.
    Spelling,
    /// An alef everywhere.
    Promote,
    /// It goes.
    Remove,
}

/// What becomes of ؤ, ئ and ء.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hamza {
    /// ؤ and ئ become their carriers, و and ي.
    Carrier,
    /// ؤ and ئ become ء.
    Alone,
    /// ؤ and ئ become their carriers, and ء goes.
    Drop,
}

/// Which digits become which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// Arabic-Indic and extended Arabic-Indic digits to ASCII.
    Ascii,
    /// The decimal digits of every script to ASCII.
    All,
    /// To Arabic-Indic digits, ٠ to ٩.
    Arabic,
    /// To extended Arabic-Indic digits, ۰ to ۹.
    Persian,
}

impl Digits {
    /// Returns the digit zero of the digits that come out.
    pub(crate) fn zero(self) -> u32 {
        match self {
            Self::Ascii | Self::All => '0' as u32,
            Self::Arabic => '٠' as u32,
            Self::Persian => '۰' as u32,
        }
    }
}

/// How long a run of one letter may be, and what a longer one is cut to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runs {
    pub(crate) longest: u32,
    pub(crate) to: u32,
}

impl Runs {
    /// Three and more become one; two are a spelling.
    pub const SINGLE: Self = Self { longest: 2, to: 1 };

    /// More than so many become so many: at least one.
    pub const fn up_to(longest: u32) -> Self {
        let longest = if longest == 0 { 1 } else { longest };
        Self { longest, to: longest }
    }
}

/// Classes of marks: any of the constants, joined by `|`.
///
/// # Examples
/// ```
/// use kayan::{MarkClasses, Normalizer, NormalizerOptions};
/// let options = NormalizerOptions::none_profile().diacritics(MarkClasses::HARAKAT | MarkClasses::SUKUN);
/// // \u{64E}: FATHA, \u{651}: SHADDA
/// assert_eq!(Normalizer::new(&options)?.normalize("م\u{64E}د\u{651}"), "مد\u{651}");
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkClasses(u16);

impl std::ops::BitOr for MarkClasses {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Names of the mark classes with their members; `quranic_ext` is every other mark of the Arabic script,
/// the hamza marks excepted, which are part of their letter.
const MARK_CLASSES: &[(&str, &[u32])] = &[
    (
        "harakat",
        &[
            0x64E, 0x64F, 0x650, 0x618, 0x619, 0x61A, 0x657, 0x65D, 0x65E, 0x8E3, 0x8E4, 0x8E5, 0x8E6, 0x8F4,
            0x8F5, 0x8F6, 0x8FE,
        ],
    ),
    ("sukun", &[0x652, 0x8D0, 0x6E1]),
    ("tanween", &[0x64B, 0x64C, 0x64D, 0x8E7, 0x8E8, 0x8E9, 0x8F0, 0x8F1, 0x8F2]),
    ("shadda", &[0x651]),
    ("madda", &[script::MADDAH_ABOVE]),
    ("dagger", &[script::SUPERSCRIPT_ALEF, 0x656]),
    ("quranic_ext", &[]),
    ("small_letters", &[0x6E5, 0x6E6, 0x8C9, 0x1_0EC5]),
    ("signs", &[0x6DD, 0x8E2, 0x6DE, 0x6E9, 0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x890, 0x891]),
];
const QURANIC_EXT: usize = 6;
const SIGNS: usize = 8;

impl MarkClasses {
    /// No marks.
    pub const NONE: Self = Self(0);
    /// All classes but the signs, which are not marks of a letter.
    pub const DEFAULT: Self = Self((1 << SIGNS) - 1);
    /// Fatha, damma, kasra and their relatives.
    pub const HARAKAT: Self = Self(1);
    /// Sukun.
    pub const SUKUN: Self = Self(1 << 1);
    /// Fathatan, dammatan, kasratan.
    pub const TANWEEN: Self = Self(1 << 2);
    /// Shadda.
    pub const SHADDA: Self = Self(1 << 3);
    /// U+0653 ARABIC MADDAH ABOVE.
    pub const MADDA: Self = Self(1 << 4);
    /// U+0670 and U+0656, superscript and subscript alef.
    pub const DAGGER: Self = Self(1 << 5);
    /// Every other mark of the Arabic script; the hamza marks are part of their letter.
    pub const QURANIC_EXT: Self = Self(1 << QURANIC_EXT);
    /// Small letters of Quranic text, such as small waw.
    pub const SMALL_LETTERS: Self = Self(1 << 7);
    /// Signs that are not marks of a letter, such as the end of a verse.
    pub const SIGNS: Self = Self(1 << SIGNS);

    /// All classes.
    pub const ALL: Self = Self((1 << (SIGNS + 1)) - 1);

    /// Returns whether there are none.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    fn from_names(names: &[String]) -> Result<Self, Error> {
        let known: Vec<&str> = MARK_CLASSES.iter().map(|(name, _)| *name).collect();
        names.iter().try_fold(Self::NONE, |classes, name| {
            let bit = known
                .iter()
                .position(|k| k == name)
                .ok_or_else(|| Error::unknown("class of diacritics", name, &known))?;
            Ok(Self(classes.0 | 1 << bit))
        })
    }

    fn names(self) -> Vec<String> {
        let named = MARK_CLASSES.iter().enumerate().filter(|(bit, _)| self.0 & 1 << bit != 0);
        named.map(|(_, (name, _))| (*name).to_string()).collect()
    }

    pub(crate) fn contains(self, cp: u32) -> bool {
        let named = MARK_CLASSES.iter().position(|(_, members)| members.contains(&cp));
        let class = named.or_else(|| {
            let other = cp != script::HAMZA_ABOVE && cp != script::HAMZA_BELOW && script::is_arabic_mark(cp);
            other.then_some(QURANIC_EXT)
        });
        class.is_some_and(|bit| self.0 & 1 << bit != 0)
    }
}

/// The operations that concern letters and marks. A normalizer and a matcher with equal ones fold alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FoldOptions {
    /// The normalizer of another tool, in place of all operations but composition.
    pub(crate) peer: Option<&'static Peer>,
    pub(crate) nfc: bool,
    pub(crate) invisibles: bool,
    pub(crate) zwnj: Zwnj,
    /// U+200D ZERO WIDTH JOINER stays between emoji: so in text that comes out, but not in what is compared.
    pub(crate) joins_emoji: bool,
    pub(crate) presentation_forms: Option<FormMarks>,
    pub(crate) width: bool,
    pub(crate) word_ligatures: bool,
    /// Quranic spelling becomes that of today.
    pub(crate) quranic: bool,
    pub(crate) tatweel: Option<Tatweel>,
    pub(crate) math_letters: bool,
    pub(crate) lookalikes: bool,
    pub(crate) tanween_alef: bool,
    pub(crate) dagger: Option<Dagger>,
    pub(crate) diacritics: MarkClasses,
    pub(crate) alef: bool,
    pub(crate) hamza: Option<Hamza>,
    pub(crate) alef_maqsura: bool,
    pub(crate) ta_marbuta: bool,
    pub(crate) digits: Option<Digits>,
    pub(crate) separators: bool,
    pub(crate) punctuation: bool,
    pub(crate) signs: bool,
    pub(crate) underscore_is_space: bool,
    pub(crate) case: bool,
    pub(crate) elongation: Option<Runs>,
}

pub(crate) const NONE: FoldOptions = FoldOptions {
    peer: None,
    nfc: false,
    invisibles: false,
    zwnj: Zwnj::Remove,
    joins_emoji: true,
    presentation_forms: None,
    width: false,
    word_ligatures: false,
    quranic: false,
    tatweel: None,
    math_letters: false,
    lookalikes: false,
    tanween_alef: false,
    dagger: None,
    diacritics: MarkClasses::NONE,
    alef: false,
    hamza: None,
    alef_maqsura: false,
    ta_marbuta: false,
    digits: None,
    separators: false,
    punctuation: false,
    signs: false,
    underscore_is_space: false,
    case: false,
    elongation: None,
};
/// Repairs the encoding; keeps every letter and mark.
pub(crate) const LIGHT: FoldOptions = FoldOptions {
    nfc: true,
    invisibles: true,
    zwnj: Zwnj::Keep,
    presentation_forms: Some(FormMarks::Attach),
    tatweel: Some(Tatweel::All),
    ..NONE
};
/// As light, for vowelled and Quranic text: a mark also keeps the tatweel that carries it.
pub(crate) const CLASSICAL: FoldOptions = FoldOptions { tatweel: Some(Tatweel::Bare), ..LIGHT };
/// Folds what names are spelled with in one way or another; keeps word edges, case and punctuation.
pub(crate) const MATCH: FoldOptions = FoldOptions {
    zwnj: Zwnj::Remove,
    width: true,
    lookalikes: true,
    diacritics: MarkClasses::DEFAULT,
    alef: true,
    alef_maqsura: true,
    ta_marbuta: true,
    digits: Some(Digits::All),
    ..LIGHT
};
/// Folds all that a search engine should not tell apart.
pub(crate) const SEARCH: FoldOptions =
    FoldOptions { math_letters: true, hamza: Some(Hamza::Carrier), punctuation: true, ..MATCH };
/// Finds more than search, and more that was not meant.
pub(crate) const LOOSE: FoldOptions =
    FoldOptions { tanween_alef: true, hamza: Some(Hamza::Drop), elongation: Some(Runs::SINGLE), ..SEARCH };
/// For a classifier or a language model: the spelling of words stays.
pub(crate) const SOCIAL: FoldOptions =
    FoldOptions { diacritics: MarkClasses::DEFAULT, elongation: Some(Runs::up_to(2)), ..LIGHT };

/// Quranic spelling as that of today, without marks and signs; no letter is folded.
pub(crate) const UTHMANI: FoldOptions =
    FoldOptions { zwnj: Zwnj::Remove, quranic: true, diacritics: MarkClasses::ALL, ..LIGHT };

/// The named sets of our own.
pub(crate) const PROFILES: &[(&str, FoldOptions)] = &[
    ("none", NONE),
    ("light", LIGHT),
    ("search", SEARCH),
    ("match", MATCH),
    ("loose", LOOSE),
    ("classical", CLASSICAL),
    ("social", SOCIAL),
    ("uthmani", UTHMANI),
];

/// Rises when the output of a profile of our own changes.
const PROFILES_VERSION: u32 = 3;
/// The same for those of other tools.
const PEERS_VERSION: u32 = 1;

const TATWEELS: &[(&str, Tatweel)] = &[("all", Tatweel::All), ("bare", Tatweel::Bare)];
const ZWNJ: &[(&str, Zwnj)] = &[("remove", Zwnj::Remove), ("keep", Zwnj::Keep), ("space", Zwnj::Space)];
const FORMS: &[(&str, FormMarks)] = &[("attach", FormMarks::Attach), ("nfkc", FormMarks::Nfkc)];
const DAGGERS: &[(&str, Dagger)] =
    &[("spelling", Dagger::Spelling), ("promote", Dagger::Promote), ("remove", Dagger::Remove)];
const HAMZAS: &[(&str, Hamza)] =
    &[("carrier", Hamza::Carrier), ("hamza", Hamza::Alone), ("drop", Hamza::Drop)];
const DIGITS: &[(&str, Digits)] = &[
    ("ascii", Digits::Ascii),
    ("all", Digits::All),
    ("arabic", Digits::Arabic),
    ("persian", Digits::Persian),
];

/// The options by name, in the order in which the operations run.
pub(crate) const OPTIONS: &[Declared<FoldOptions>] = &[
    declared!(nfc, nfc: switch),
    declared!(invisibles, invisibles: switch),
    declared!(zwnj, zwnj: one of ZWNJ),
    declared!(presentation_forms, presentation_forms: none or one of FORMS, by default FormMarks::Attach),
    declared!(width, width: switch),
    declared!(word_ligatures, word_ligatures: switch),
    declared!(quranic, quranic: switch),
    declared!(tatweel, tatweel: none or one of TATWEELS, by default Tatweel::All),
    declared!(math_letters, math_letters: switch),
    declared!(lookalikes, lookalikes: switch),
    declared!(tanween_alef, tanween_alef: switch),
    declared!(dagger, dagger: none or one of DAGGERS, by default Dagger::Spelling),
    Declared {
        name: "diacritics",
        get: |o| match o.diacritics {
            MarkClasses::NONE => false.into(),
            classes => OptionValue::List(classes.names()),
        },
        set: |o, value| {
            o.diacritics = match value {
                OptionValue::Bool(true) => MarkClasses::DEFAULT,
                OptionValue::Bool(false) => MarkClasses::NONE,
                OptionValue::Str(class) => MarkClasses::from_names(std::slice::from_ref(class))?,
                OptionValue::List(classes) => MarkClasses::from_names(classes)?,
                OptionValue::Int(_) => {
                    return Err(refused("diacritics", value, "True, False or names of classes of marks"))
                }
            };
            Ok(())
        },
    },
    declared!(alef, alef: switch),
    declared!(hamza, hamza: none or one of HAMZAS, by default Hamza::Carrier),
    declared!(alef_maqsura, alef_maqsura: switch),
    declared!(ta_marbuta, ta_marbuta: switch),
    declared!(digits, digits: none or one of DIGITS, by default Digits::Ascii),
    declared!(separators, separators: switch),
    declared!(punctuation, punctuation: switch),
    declared!(signs, signs: switch),
    declared!(underscore_is_space, underscore_is_space: switch),
    declared!(case, case: switch),
    Declared {
        name: "elongation",
        get: |o| match o.elongation {
            None => false.into(),
            Some(Runs::SINGLE) => "single".into(),
            Some(runs) => OptionValue::Int(i64::from(runs.to)),
        },
        set: |o, value| {
            o.elongation = match value {
                OptionValue::Bool(on) => on.then_some(Runs::up_to(2)),
                OptionValue::Int(max @ 1..) => Some(Runs::up_to(u32::try_from(*max).unwrap_or(u32::MAX))),
                OptionValue::Str(word) if word == "single" => Some(Runs::SINGLE),
                _ => {
                    let expected = "True, False, a count of at least 1 or 'single'";
                    return Err(refused("elongation", value, expected));
                }
            };
            Ok(())
        },
    },
];

/// The typed setters of [`OPTIONS`], for both kinds of options that hold a fold.
macro_rules! fold_setters {
    () => {
        $crate::options::setters! {
            /// Composes canonically, as NFC.
            nfc: bool => fold.nfc;
            /// Removes characters without width.
            invisibles: bool => fold.invisibles;
            /// What becomes of U+200C ZERO WIDTH NON-JOINER; all but `Remove` needs `invisibles`.
            zwnj: $crate::fold::options::Zwnj => fold.zwnj;
            /// Letters for presentation forms, and where their marks go; `None` keeps the forms.
            presentation_forms: Option<$crate::fold::options::FormMarks> => fold.presentation_forms;
            /// Full-width and half-width forms to ordinary ones.
            width: bool => fold.width;
            /// Characters that stand for a phrase, such as ﷽, to its words.
            word_ligatures: bool => fold.word_ligatures;
            /// Removes tatweel.
            tatweel: Option<$crate::fold::options::Tatweel> => fold.tatweel;
            /// Arabic mathematical letters to letters.
            math_letters: bool => fold.math_letters;
            /// Letters of other languages that look like Arabic ones to those.
            lookalikes: bool => fold.lookalikes;
            /// Removes the alef that carries a fathatan.
            tanween_alef: bool => fold.tanween_alef;
            /// Spells Quranic text as it is spelled today.
            quranic: bool => fold.quranic;
            /// What becomes of the dagger alef.
            dagger: Option<$crate::fold::options::Dagger> => fold.dagger;
            /// Removes marks of these classes.
            diacritics: $crate::fold::options::MarkClasses => fold.diacritics;
            /// Forms of alef to ا.
            alef: bool => fold.alef;
            /// What becomes of the hamza.
            hamza: Option<$crate::fold::options::Hamza> => fold.hamza;
            /// ى to ي.
            alef_maqsura: bool => fold.alef_maqsura;
            /// ة to ه.
            ta_marbuta: bool => fold.ta_marbuta;
            /// Which digits become which.
            digits: Option<$crate::fold::options::Digits> => fold.digits;
            /// ٫ and ٬ between digits to those of ASCII.
            separators: bool => fold.separators;
            /// Arabic punctuation to that of ASCII.
            punctuation: bool => fold.punctuation;
            /// Takes dashes for one sign, and quotation marks for one.
            signs: bool => fold.signs;
            /// Reads an underscore as a space.
            underscore_is_space: bool => fold.underscore_is_space;
            /// Folds the case of letters.
            case: bool => fold.case;
            /// Shortens runs of one letter.
            elongation: Option<$crate::fold::options::Runs> => fold.elongation;
        }
    };
}
pub(crate) use fold_setters;

/// The typed constructors of the profiles of our own.
macro_rules! profile_constructors {
    () => {
        /// Returns the options of the profile `none`: no operation.
        pub fn none_profile() -> Self {
            Self::of("none", $crate::fold::options::NONE)
        }
        /// Returns the options of the profile `light`: repairs the encoding; keeps every letter and mark.
        pub fn light_profile() -> Self {
            Self::of("light", $crate::fold::options::LIGHT)
        }
        /// Returns the options of the profile `classical`: as light, for vowelled and Quranic text.
        pub fn classical_profile() -> Self {
            Self::of("classical", $crate::fold::options::CLASSICAL)
        }
        /// Returns the options of the profile `match`: folds what names are spelled with in one way or another.
        pub fn match_profile() -> Self {
            Self::of("match", $crate::fold::options::MATCH)
        }
        /// Returns the options of the profile `search`: folds all that a search engine should not tell apart.
        pub fn search_profile() -> Self {
            Self::of("search", $crate::fold::options::SEARCH)
        }
        /// Returns the options of the profile `loose`: finds more than search, and more that was not meant.
        pub fn loose_profile() -> Self {
            Self::of("loose", $crate::fold::options::LOOSE)
        }
        /// Returns the options of the profile `uthmani`: spells Quranic text as it is spelled today.
        pub fn uthmani_profile() -> Self {
            Self::of("uthmani", $crate::fold::options::UTHMANI)
        }
        /// Returns the options of the profile `social`: for a classifier or a language model.
        pub fn social_profile() -> Self {
            Self::of("social", $crate::fold::options::SOCIAL)
        }
    };
}
pub(crate) use profile_constructors;

impl FoldOptions {
    /// Returns the named set, of our own or of another tool, and the name as a constant.
    pub(crate) fn profile(name: &str) -> Option<(&'static str, Self)> {
        let own = PROFILES.iter().find(|(known, _)| *known == name);
        own.map(|(name, options)| (*name, options.clone())).or_else(|| {
            let peer = PEERS.iter().find(|peer| peer.profile == name)?;
            Some((peer.profile, Self { peer: Some(peer), ..NONE }))
        })
    }

    /// Returns these operations for text that is compared, not shown: whatever the profile, it is composed, and
    /// in those of our own, what makes no difference to a reader is none.
    pub(crate) fn for_matching(self) -> Self {
        let base = Self { nfc: true, joins_emoji: false, ..self };
        match base.peer {
            Some(_) => base,
            None => {
                Self { invisibles: true, underscore_is_space: true, signs: true, case: base.alef, ..base }
            }
        }
    }

    /// Returns the names of all sets.
    pub(crate) fn profiles() -> impl Iterator<Item = &'static str> {
        PROFILES.iter().map(|(name, _)| *name).chain(PEERS.iter().map(|peer| peer.profile))
    }

    /// Returns the version of these operations' profile.
    pub(crate) fn version(&self) -> u32 {
        match self.peer {
            Some(_) => PEERS_VERSION,
            None => PROFILES_VERSION,
        }
    }

    /// Returns a name for these operations and this version of Unicode: what it names, the profile, the options
    /// that differ from it, the versions.
    pub(crate) fn id(&self, what: &str, profile: &str, changed: impl Iterator<Item = String>) -> String {
        let changed: Vec<String> = changed.collect();
        let plus = if changed.is_empty() { String::new() } else { format!("[{}]", changed.join(",")) };
        let unicode = script::UNICODE_VERSION.split('.').next().unwrap_or_default();
        format!("{what}:{profile}@{}{plus}+unicode{unicode}", self.version())
    }

    /// Refuses combinations that mean nothing.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.check_peer()?;
        if self.zwnj != Zwnj::Remove && !self.invisibles {
            return Err(Error::option("zwnj", "option 'zwnj' needs invisibles=True".into()));
        }
        Ok(())
    }

    /// Refuses what a typed setter has changed in a profile that takes no options.
    fn check_peer(&self) -> Result<(), Error> {
        let Some(peer) = self.peer else { return Ok(()) };
        let pristine = Self { peer: Some(peer), ..NONE };
        if *self == pristine || *self == pristine.clone().for_matching() {
            return Ok(());
        }
        let changed = OPTIONS.iter().find(|option| {
            option.name != "nfc" && get_in(OPTIONS, self, option.name) != get_in(OPTIONS, &NONE, option.name)
        });
        self.refuse_with_peer(changed.map_or("nfc", |option| option.name))
    }

    /// Returns the error for an option of a profile that does exactly what another tool does.
    pub(crate) fn refuse_with_peer(&self, name: &str) -> Result<(), Error> {
        let Some(Peer { profile, function, .. }) = self.peer else { return Ok(()) };
        Err(Error::option(
            name,
            format!(
                "profile '{profile}' takes no options, got '{name}': it does exactly what {function} does"
            ),
        ))
    }

    /// Returns whether canonical composition is part of what these operations mean.
    pub(crate) fn composes(&self) -> bool {
        self.nfc
            || match self.peer {
                Some(peer) => peer.composes(),
                None => self.composes_for_letters(),
            }
    }

    fn composes_for_letters(&self) -> bool {
        self.invisibles
            || self.presentation_forms.is_some()
            || self.width
            || self.tatweel.is_some()
            || self.lookalikes
            || self.tanween_alef
            || self.dagger.is_some()
            || self.quranic
            || !self.diacritics.is_empty()
            || self.alef
            || self.hamza.is_some()
            || self.alef_maqsura
            || self.ta_marbuta
            || self.case
    }
}
