//! Which operations a normalizer runs, by name: those of its fold, and those on other things than letters.

use crate::error::Error;
use crate::fold::options::{fold_setters, profile_constructors, FoldOptions};
use crate::options::{
    declared, get_in, refused, set_in, setters, shown, unknown_option, Declared, OptionValue,
};

/// What becomes of emoji.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emoji {
    /// They stay.
    Keep,
    /// They go.
    Remove,
}

/// What becomes of a hashtag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hashtags {
    /// Its words stay.
    Words,
    /// A text stands for it.
    Mask(String),
}

/// A set of normalization operations: a profile, and what was changed in it.
///
/// Each option has a setter of its name. By name, from a configuration or another language:
/// [`profile`](Self::profile) and [`set`](Self::set).
///
/// # Examples
/// ```
/// use kayan::{Hamza, Normalizer, NormalizerOptions};
/// let options = NormalizerOptions::none_profile().alef(true).hamza(Hamza::Carrier).urls("URL".to_string());
/// assert_eq!(Normalizer::new(&options)?.normalize("أحمد مؤمن https://example.org"), "احمد مومن URL");
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormalizerOptions {
    profile: &'static str,
    pub(crate) fold: FoldOptions,
    pub(crate) html: bool,
    pub(crate) emoji: Emoji,
    pub(crate) urls: Option<String>,
    pub(crate) emails: Option<String>,
    pub(crate) mentions: Option<String>,
    pub(crate) hashtags: Option<Hashtags>,
    pub(crate) whitespace: bool,
}

/// "link", "mail", "user" and "tag", as Arabic language models were trained with.
const URL_MASK: &str = "[رابط]";
const EMAIL_MASK: &str = "[بريد]";
const MENTION_MASK: &str = "[مستخدم]";
const HASHTAG_MASK: &str = "[وسم]";

/// The options whose value may be any text.
const MASKS: &[&str] = &["urls", "emails", "mentions", "hashtags"];
const HASHTAG_WORDS: &str = "words";

const EMOJI: &[(&str, Emoji)] = &[("keep", Emoji::Keep), ("remove", Emoji::Remove)];

/// Run before the fold, in this order.
const BEFORE: &[Declared<NormalizerOptions>] =
    &[declared!(html, html: switch), declared!(emoji, emoji: one of EMOJI)];

macro_rules! mask {
    ($name:ident, $default:expr) => {
        Declared {
            name: stringify!($name),
            get: |o| mask_value(o.$name.as_deref()),
            set: |o, value| {
                o.$name = mask(stringify!($name), value, $default)?;
                Ok(())
            },
        }
    };
}

/// Run after the fold, in this order.
const AFTER: &[Declared<NormalizerOptions>] = &[
    mask!(urls, URL_MASK),
    mask!(emails, EMAIL_MASK),
    mask!(mentions, MENTION_MASK),
    Declared {
        name: "hashtags",
        get: |o| match &o.hashtags {
            Some(Hashtags::Words) => HASHTAG_WORDS.into(),
            Some(Hashtags::Mask(mask)) => mask.as_str().into(),
            None => false.into(),
        },
        set: |o, value| {
            o.hashtags = match value {
                OptionValue::Bool(true) => Some(Hashtags::Words),
                OptionValue::Str(mask) if mask == HASHTAG_WORDS => Some(Hashtags::Words),
                OptionValue::Str(mask) if mask == "mask" => Some(Hashtags::Mask(HASHTAG_MASK.into())),
                _ => mask("hashtags", value, HASHTAG_MASK)?.map(Hashtags::Mask),
            };
            Ok(())
        },
    },
    declared!(whitespace, whitespace: switch),
];

/// The names of all options, in the order in which the operations run.
const NAMES: [&str; BEFORE.len() + crate::fold::options::OPTIONS.len() + AFTER.len()] = {
    let mut names = [""; BEFORE.len() + crate::fold::options::OPTIONS.len() + AFTER.len()];
    let folds = crate::fold::options::OPTIONS;
    let mut at = 0;
    while at < names.len() {
        names[at] = if at < BEFORE.len() {
            BEFORE[at].name
        } else if at < BEFORE.len() + folds.len() {
            folds[at - BEFORE.len()].name
        } else {
            AFTER[at - BEFORE.len() - folds.len()].name
        };
        at += 1;
    }
    names
};

impl NormalizerOptions {
    /// Returns the options of a named profile: `none`, `light`, `search`, `match`, `loose`, `classical`, `social` or `uthmani`; or
    /// a profile that does exactly what another tool does, such as `lucene` or `pyarabic.searchtext`: those
    /// take no options.
    ///
    /// # Errors
    /// If there is no such profile.
    pub fn profile(name: &str) -> Result<Self, Error> {
        let Some((profile, fold)) = FoldOptions::profile(name) else {
            let known: Vec<&str> = Self::profiles().collect();
            return Err(Error::unknown("profile", name, &known));
        };
        Ok(Self::of(profile, fold))
    }

    fn of(profile: &'static str, fold: FoldOptions) -> Self {
        let masked = |mask: &str| (profile == "social").then(|| mask.to_string());
        Self {
            profile,
            fold,
            html: false,
            emoji: Emoji::Keep,
            urls: masked(URL_MASK),
            emails: masked(EMAIL_MASK),
            mentions: masked(MENTION_MASK),
            hashtags: (profile == "social").then_some(Hashtags::Words),
            whitespace: ["search", "loose", "uthmani"].contains(&profile),
        }
    }

    profile_constructors!();
    fold_setters!();
    setters! {
        /// Resolves entities of HTML and removes its tags.
        html: bool => html;
        /// What becomes of emoji.
        emoji: Emoji => emoji;
        /// The text that stands for an address of the web; `None` keeps them.
        urls: Option<String> => urls;
        /// The text that stands for an address of e-mail; `None` keeps them.
        emails: Option<String> => emails;
        /// The text that stands for a mention of a user; `None` keeps them.
        mentions: Option<String> => mentions;
        /// What becomes of hashtags; `None` keeps them.
        hashtags: Option<Hashtags> => hashtags;
        /// Reads runs of white space as one space, and removes those at both ends.
        whitespace: bool => whitespace;
    }

    /// Refuses combinations that mean nothing.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.fold.check()?;
        if self.fold.peer.is_some() {
            let pristine = Self::of(self.profile, self.fold.clone());
            for table in [BEFORE, AFTER] {
                for option in table {
                    if (option.get)(self) != (option.get)(&pristine) {
                        return self.fold.refuse_with_peer(option.name);
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns the names of the profiles.
    pub fn profiles() -> impl Iterator<Item = &'static str> {
        FoldOptions::profiles()
    }

    /// Returns the names of the options, in the order in which the operations run.
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// Returns the profile that these options started from.
    pub fn profile_name(&self) -> &'static str {
        self.profile
    }

    /// Sets one option by name. `true` means the operation's default parameter.
    ///
    /// # Errors
    /// If there is no such option, it does not take such a value, or the profile takes no options.
    pub fn set(&mut self, name: &str, value: &OptionValue) -> Result<(), Error> {
        self.fold.refuse_with_peer(name)?;
        let known = set_in(BEFORE, self, name, value)?
            || set_in(crate::fold::options::OPTIONS, &mut self.fold, name, value)?
            || set_in(AFTER, self, name, value)?;
        if known {
            Ok(())
        } else {
            Err(unknown_option(name, &NAMES))
        }
    }

    /// Returns the value of an option, or `None` if there is no such option or the profile takes none.
    pub fn get(&self, name: &str) -> Option<OptionValue> {
        if self.fold.peer.is_some() {
            return None;
        }
        get_in(BEFORE, self, name)
            .or_else(|| get_in(crate::fold::options::OPTIONS, &self.fold, name))
            .or_else(|| get_in(AFTER, self, name))
    }

    /// Returns a name for exactly these operations and this version of Unicode: two normalizers with one id give
    /// one output. An index or a saved dictionary stores it, so that it and its queries can't drift apart.
    pub fn id(&self) -> String {
        let origin = Self::profile(self.profile).ok();
        let changed = NAMES.iter().filter_map(|name| {
            let value = self.get(name)?;
            (origin.as_ref()?.get(name)? != value).then(|| match &value {
                // The words of a user may hold whatever else an id is made of.
                OptionValue::Str(mask) if MASKS.contains(name) => format!("{name}={mask:?}"),
                _ => format!("{name}={}", shown(&value)),
            })
        });
        self.fold.id("kayan", self.profile, changed)
    }
}

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
