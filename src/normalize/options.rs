//! Which operations a normalizer runs, by name, and the named sets of them.

use super::parity::{Peer, PEERS};
use crate::error::{unknown, Error};
use crate::script::{self, UNICODE_VERSION};
use crate::value::{choice, name_of, refused, shown, switch, OptionValue};

/// What becomes of U+200C ZERO WIDTH NON-JOINER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zwnj {
    Remove,
    Keep,
    Space,
}

/// What becomes of a mark that a presentation form shows on a space or a tatweel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormMarks {
    /// It goes on the letter before it.
    Attach,
    /// It keeps its carrier, as in the compatibility decomposition.
    Nfkc,
}

/// Which tatweels go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tatweel {
    All,
    /// Those that carry no mark: Quranic spelling writes some marks on a tatweel, not on a letter.
    Bare,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emoji {
    Keep,
    Remove,
}

/// What becomes of a hashtag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hashtags {
    /// Its words stay.
    Words,
    /// A text stands for it.
    Mask(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dagger {
    Promote,
    Remove,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hamza {
    Carrier,
    Alone,
    Drop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digits {
    Ascii,
    Arabic,
    Persian,
}

impl Digits {
    pub(crate) fn zero(self) -> u32 {
        match self {
            Self::Ascii => '0' as u32,
            Self::Arabic => '٠' as u32,
            Self::Persian => '۰' as u32,
        }
    }
}

/// How long a run of one letter may be, and what a longer one is cut to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Runs {
    pub(crate) longest: u32,
    pub(crate) to: u32,
}

impl Runs {
    /// Three and more become one; two are a spelling.
    pub(crate) const SINGLE: Self = Self { longest: 2, to: 1 };

    pub(crate) fn up_to(longest: u32) -> Self {
        Self { longest, to: longest }
    }
}

/// Classes of marks, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MarkClasses(u16);

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
    const NONE: Self = Self(0);
    /// All classes but the signs, which are no marks of a letter.
    const DEFAULT: Self = Self((1 << SIGNS) - 1);

    pub(crate) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    fn from_names(names: &[String]) -> Result<Self, Error> {
        let known: Vec<&str> = MARK_CLASSES.iter().map(|(name, _)| *name).collect();
        names.iter().try_fold(Self::NONE, |classes, name| {
            let bit = known
                .iter()
                .position(|k| k == name)
                .ok_or_else(|| Error::option(unknown("class of diacritics", name, &known)))?;
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

/// A set of normalization operations: a profile, and what was changed in it.
///
/// # Examples
/// ```
/// use kayan::{Normalizer, NormalizerOptions};
/// let mut options = NormalizerOptions::profile("none")?;
/// options.set("alef", &true.into())?;
/// assert_eq!(Normalizer::new(&options)?.normalize("أحمد"), "احمد");
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormalizerOptions {
    profile: &'static str,
    pub(crate) html: bool,
    pub(crate) emoji: Emoji,
    /// The normalizer of another tool, instead of all operations.
    pub(super) peer: Option<&'static Peer>,
    pub(crate) nfc: bool,
    pub(crate) invisibles: bool,
    pub(crate) zwnj: Zwnj,
    pub(crate) presentation_forms: Option<FormMarks>,
    pub(crate) word_ligatures: bool,
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
    pub(crate) elongation: Option<Runs>,
    pub(crate) urls: Option<String>,
    pub(crate) emails: Option<String>,
    pub(crate) mentions: Option<String>,
    pub(crate) hashtags: Option<Hashtags>,
    pub(crate) whitespace: bool,
}

fn none() -> NormalizerOptions {
    NormalizerOptions {
        profile: "none",
        peer: None,
        html: false,
        emoji: Emoji::Keep,
        nfc: false,
        invisibles: false,
        zwnj: Zwnj::Remove,
        presentation_forms: None,
        word_ligatures: false,
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
        elongation: None,
        urls: None,
        emails: None,
        mentions: None,
        hashtags: None,
        whitespace: false,
    }
}

/// Repairs the encoding; keeps every letter and mark.
fn light() -> NormalizerOptions {
    NormalizerOptions {
        profile: "light",
        nfc: true,
        invisibles: true,
        zwnj: Zwnj::Keep,
        presentation_forms: Some(FormMarks::Attach),
        tatweel: Some(Tatweel::All),
        ..none()
    }
}

/// As `light`, for vowelled and Quranic text: a mark also keeps the tatweel that carries it.
fn classical() -> NormalizerOptions {
    NormalizerOptions { profile: "classical", tatweel: Some(Tatweel::Bare), ..light() }
}

/// Folds what names are spelled with in one way or another; keeps word edges, case and punctuation.
fn matching() -> NormalizerOptions {
    NormalizerOptions {
        profile: "match",
        zwnj: Zwnj::Remove,
        lookalikes: true,
        diacritics: MarkClasses::DEFAULT,
        alef: true,
        alef_maqsura: true,
        ta_marbuta: true,
        digits: Some(Digits::Ascii),
        ..light()
    }
}

/// Folds all that a search engine should not tell apart.
fn search() -> NormalizerOptions {
    NormalizerOptions {
        profile: "search",
        math_letters: true,
        hamza: Some(Hamza::Carrier),
        punctuation: true,
        whitespace: true,
        ..matching()
    }
}

/// Finds more than `search`, and more that was not meant.
fn loose() -> NormalizerOptions {
    NormalizerOptions {
        profile: "loose",
        tanween_alef: true,
        hamza: Some(Hamza::Drop),
        elongation: Some(Runs::SINGLE),
        ..search()
    }
}

/// Cleans posts for a classifier or a language model: the spelling of words stays.
fn social() -> NormalizerOptions {
    NormalizerOptions {
        profile: "social",
        diacritics: MarkClasses::DEFAULT,
        elongation: Some(Runs::up_to(2)),
        urls: Some(URL_MASK.into()),
        emails: Some(EMAIL_MASK.into()),
        mentions: Some(MENTION_MASK.into()),
        hashtags: Some(Hashtags::Words),
        ..light()
    }
}

type Profile = (&'static str, fn() -> NormalizerOptions);

const PROFILES: &[Profile] = &[
    ("none", none),
    ("light", light),
    ("search", search),
    ("match", matching),
    ("loose", loose),
    ("classical", classical),
    ("social", social),
];

/// "link", "mail", "user" and "tag", as Arabic language models were trained with.
const URL_MASK: &str = "[رابط]";
const EMAIL_MASK: &str = "[بريد]";
const MENTION_MASK: &str = "[مستخدم]";
const HASHTAG_MASK: &str = "[وسم]";

const NAMES: &[&str] = &[
    "html",
    "emoji",
    "nfc",
    "invisibles",
    "zwnj",
    "presentation_forms",
    "word_ligatures",
    "tatweel",
    "math_letters",
    "lookalikes",
    "tanween_alef",
    "dagger",
    "diacritics",
    "alef",
    "hamza",
    "alef_maqsura",
    "ta_marbuta",
    "digits",
    "separators",
    "punctuation",
    "elongation",
    "urls",
    "emails",
    "mentions",
    "hashtags",
    "whitespace",
];

/// Rises when a profile's output changes.
const PROFILES_VERSION: u32 = 1;

impl NormalizerOptions {
    /// The options of a named profile: `none`, `light`, `search`, `match`, `loose`, `classical` or `social`; or
    /// a profile that does exactly what another tool does, such as `lucene` or `pyarabic.searchtext`: those
    /// take no options.
    ///
    /// # Errors
    /// If there is no such profile.
    pub fn profile(name: &str) -> Result<Self, Error> {
        let own = PROFILES.iter().find(|(known, _)| *known == name).map(|(_, options)| options());
        let found = own.or_else(|| {
            let peer = PEERS.iter().find(|p| p.profile == name)?;
            Some(Self { profile: peer.profile, peer: Some(peer), ..none() })
        });
        found.ok_or_else(|| {
            let known: Vec<&str> = Self::profiles().collect();
            Error::option(unknown("profile", name, &known))
        })
    }

    /// The names of the profiles.
    pub fn profiles() -> impl Iterator<Item = &'static str> {
        PROFILES.iter().map(|(name, _)| *name).chain(PEERS.iter().map(|p| p.profile))
    }

    /// The names of the options, in the order in which the operations run.
    pub fn names() -> &'static [&'static str] {
        NAMES
    }

    /// The profile that these options started from.
    pub fn profile_name(&self) -> &'static str {
        self.profile
    }

    /// Sets one option by name. `true` means the operation's default parameter.
    ///
    /// # Errors
    /// If there is no such option, it does not take such a value, or the profile takes no options.
    pub fn set(&mut self, name: &str, value: &OptionValue) -> Result<(), Error> {
        if let Some(Peer { profile, function, .. }) = self.peer {
            return Err(Error::option(format!(
                "profile '{profile}' takes no options, got '{name}': it does exactly what {function} does"
            )));
        }
        match name {
            "html" => self.html = switch(name, value)?,
            "emoji" => self.emoji = choice(name, value, None, EMOJI)?.unwrap_or(Emoji::Keep),
            "nfc" => self.nfc = switch(name, value)?,
            "invisibles" => self.invisibles = switch(name, value)?,
            "zwnj" => self.zwnj = choice(name, value, None, ZWNJ)?.unwrap_or(Zwnj::Remove),
            "presentation_forms" => {
                self.presentation_forms = choice(name, value, Some(FormMarks::Attach), FORMS)?;
            }
            "word_ligatures" => self.word_ligatures = switch(name, value)?,
            "tatweel" => self.tatweel = choice(name, value, Some(Tatweel::All), TATWEELS)?,
            "math_letters" => self.math_letters = switch(name, value)?,
            "lookalikes" => self.lookalikes = switch(name, value)?,
            "tanween_alef" => self.tanween_alef = switch(name, value)?,
            "dagger" => self.dagger = choice(name, value, Some(Dagger::Promote), DAGGERS)?,
            "diacritics" => {
                self.diacritics = match value {
                    OptionValue::Bool(true) => MarkClasses::DEFAULT,
                    OptionValue::Bool(false) => MarkClasses::NONE,
                    OptionValue::Str(class) => MarkClasses::from_names(std::slice::from_ref(class))?,
                    OptionValue::List(classes) => MarkClasses::from_names(classes)?,
                    OptionValue::Int(_) => {
                        return Err(refused(name, value, "True, False or names of classes of marks"))
                    }
                };
            }
            "alef" => self.alef = switch(name, value)?,
            "hamza" => self.hamza = choice(name, value, Some(Hamza::Carrier), HAMZAS)?,
            "alef_maqsura" => self.alef_maqsura = switch(name, value)?,
            "ta_marbuta" => self.ta_marbuta = switch(name, value)?,
            "digits" => self.digits = choice(name, value, Some(Digits::Ascii), DIGITS)?,
            "separators" => self.separators = switch(name, value)?,
            "punctuation" => self.punctuation = switch(name, value)?,
            "elongation" => {
                self.elongation = match value {
                    OptionValue::Bool(on) => on.then_some(Runs::up_to(2)),
                    OptionValue::Int(max @ 1..) => Some(Runs::up_to(u32::try_from(*max).unwrap_or(u32::MAX))),
                    OptionValue::Str(word) if word == "single" => Some(Runs::SINGLE),
                    _ => {
                        let expected = "True, False, a count of at least 1 or 'single'";
                        return Err(refused(name, value, expected));
                    }
                };
            }
            "urls" => self.urls = mask(name, value, URL_MASK)?,
            "emails" => self.emails = mask(name, value, EMAIL_MASK)?,
            "mentions" => self.mentions = mask(name, value, MENTION_MASK)?,
            "hashtags" => {
                self.hashtags = match value {
                    OptionValue::Bool(true) => Some(Hashtags::Words),
                    OptionValue::Str(mask) if mask == HASHTAG_WORDS => Some(Hashtags::Words),
                    OptionValue::Str(mask) if mask == "mask" => Some(Hashtags::Mask(HASHTAG_MASK.into())),
                    _ => mask(name, value, HASHTAG_MASK)?.map(Hashtags::Mask),
                };
            }
            "whitespace" => self.whitespace = switch(name, value)?,
            _ => return Err(Error::option(unknown("option", name, NAMES))),
        }
        Ok(())
    }

    /// The value of an option, or `None` if there is no such option or the profile takes none.
    pub fn get(&self, name: &str) -> Option<OptionValue> {
        if self.peer.is_some() {
            return None;
        }
        Some(match name {
            "html" => self.html.into(),
            "emoji" => name_of(Some(self.emoji), EMOJI),
            "nfc" => self.nfc.into(),
            "invisibles" => self.invisibles.into(),
            "zwnj" => name_of(Some(self.zwnj), ZWNJ),
            "presentation_forms" => name_of(self.presentation_forms, FORMS),
            "word_ligatures" => self.word_ligatures.into(),
            "tatweel" => name_of(self.tatweel, TATWEELS),
            "math_letters" => self.math_letters.into(),
            "lookalikes" => self.lookalikes.into(),
            "tanween_alef" => self.tanween_alef.into(),
            "dagger" => name_of(self.dagger, DAGGERS),
            "diacritics" if self.diacritics.is_empty() => false.into(),
            "diacritics" => OptionValue::List(self.diacritics.names()),
            "alef" => self.alef.into(),
            "hamza" => name_of(self.hamza, HAMZAS),
            "alef_maqsura" => self.alef_maqsura.into(),
            "ta_marbuta" => self.ta_marbuta.into(),
            "digits" => name_of(self.digits, DIGITS),
            "separators" => self.separators.into(),
            "punctuation" => self.punctuation.into(),
            "elongation" => match self.elongation {
                None => false.into(),
                Some(Runs::SINGLE) => "single".into(),
                Some(runs) => OptionValue::Int(i64::from(runs.to)),
            },
            "urls" => mask_value(self.urls.as_deref()),
            "emails" => mask_value(self.emails.as_deref()),
            "mentions" => mask_value(self.mentions.as_deref()),
            "hashtags" => match &self.hashtags {
                Some(Hashtags::Words) => HASHTAG_WORDS.into(),
                Some(Hashtags::Mask(mask)) => mask.as_str().into(),
                None => false.into(),
            },
            "whitespace" => self.whitespace.into(),
            _ => return None,
        })
    }

    /// A name for exactly these operations and this version of Unicode: two normalizers with one id give
    /// one output. An index or a saved dictionary stores it, so that it and its queries can't drift apart.
    pub fn id(&self) -> String {
        let origin = Self::profile(self.profile).unwrap_or_else(|_| none());
        let changed = NAMES.iter().filter_map(|name| {
            let value = self.get(name)?;
            (origin.get(name)? != value).then(|| match &value {
                // The words of a user may hold whatever else an id is made of.
                OptionValue::Str(mask) if MASKS.contains(name) => format!("{name}={mask:?}"),
                _ => format!("{name}={}", shown(&value)),
            })
        });
        let changed: Vec<String> = changed.collect();
        let plus = if changed.is_empty() { String::new() } else { format!("[{}]", changed.join(",")) };
        let unicode = UNICODE_VERSION.split('.').next().unwrap_or_default();
        format!("kayan:{}@{PROFILES_VERSION}{plus}+unicode{unicode}", self.profile)
    }

    /// Whether canonical composition is part of what these operations mean.
    pub(crate) fn composes(&self) -> bool {
        self.peer.is_some_and(Peer::composes)
            || self.nfc
            || self.invisibles
            || self.presentation_forms.is_some()
            || self.tatweel.is_some()
            || self.lookalikes
            || self.tanween_alef
            || self.dagger.is_some()
            || !self.diacritics.is_empty()
            || self.alef
            || self.hamza.is_some()
            || self.alef_maqsura
            || self.ta_marbuta
    }
}

/// The options whose value may be any text.
const MASKS: &[&str] = &["urls", "emails", "mentions", "hashtags"];
const HASHTAG_WORDS: &str = "words";

fn mask(name: &str, value: &OptionValue, default: &str) -> Result<Option<String>, Error> {
    match value {
        OptionValue::Bool(on) => Ok(on.then(|| default.into())),
        OptionValue::Str(mask) => Ok(Some(mask.clone())),
        _ => Err(refused(name, value, "True, False or the text that stands for it")),
    }
}

fn mask_value(mask: Option<&str>) -> OptionValue {
    mask.map_or(OptionValue::Bool(false), Into::into)
}

const EMOJI: &[(&str, Emoji)] = &[("keep", Emoji::Keep), ("remove", Emoji::Remove)];
const TATWEELS: &[(&str, Tatweel)] = &[("all", Tatweel::All), ("bare", Tatweel::Bare)];
const ZWNJ: &[(&str, Zwnj)] = &[("remove", Zwnj::Remove), ("keep", Zwnj::Keep), ("space", Zwnj::Space)];
const FORMS: &[(&str, FormMarks)] = &[("attach", FormMarks::Attach), ("nfkc", FormMarks::Nfkc)];
const DAGGERS: &[(&str, Dagger)] = &[("promote", Dagger::Promote), ("remove", Dagger::Remove)];
const HAMZAS: &[(&str, Hamza)] =
    &[("carrier", Hamza::Carrier), ("hamza", Hamza::Alone), ("drop", Hamza::Drop)];
const DIGITS: &[(&str, Digits)] =
    &[("ascii", Digits::Ascii), ("arabic", Digits::Arabic), ("persian", Digits::Persian)];
