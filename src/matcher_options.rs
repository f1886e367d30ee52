//! The options of a matcher, by name, and the named sets of its letter folds.

use crate::error::{unknown, Error};
use crate::value::{choice, name_of, refused, shown, switch, OptionValue};

/// Which candidates survive where several overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// The leftmost, and of those the longest.
    Longest,
    /// Every one, nested ones too.
    All,
    /// The leftmost, and of those the one listed first.
    First,
    /// The one of the highest priority, then the longest, then the leftmost.
    Priority,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boundary {
    Word,
    None,
}

/// What finds the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EngineChoice {
    /// What is fastest for the other options.
    Auto,
    AhoCorasick,
}

/// Which proclitics may stand before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clitics {
    Off,
    /// «و» and «ف», then «ب» and «ل».
    Safe,
    /// «ك» too.
    All,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    Off,
    BuiltIn,
    Words(Vec<String>),
}

/// Letter folds of a matcher: what counts as the same letter in the dictionary and in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LetterFolds {
    pub(crate) diacritics: bool,
    pub(crate) tatweel: bool,
    pub(crate) alef: bool,
    pub(crate) alef_maqsura: bool,
    pub(crate) ta_marbuta: bool,
    pub(crate) hamza: bool,
    pub(crate) presentation_forms: bool,
    pub(crate) digits: bool,
    pub(crate) case: bool,
    pub(crate) lookalikes: bool,
    pub(crate) zwnj_is_space: bool,
    pub(crate) any_whitespace: bool,
    pub(crate) underscore_is_space: bool,
    pub(crate) compound: bool,
    pub(crate) kunya: bool,
    pub(crate) ibn: bool,
}

/// How a [`Matcher`](crate::Matcher) reads text and which matches it gives.
///
/// # Examples
/// ```
/// use kayan::MatcherOptions;
/// let mut options = MatcherOptions::profile("match")?;
/// options.set("clitics", &"all".into())?;
/// let error = options.set("clitics", &"some".into()).unwrap_err();
/// assert_eq!(error.to_string(), "option 'clitics' takes 'off', 'safe', 'all'; got 'some'");
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatcherOptions {
    profile: &'static str,
    pub(crate) overlap: Overlap,
    pub(crate) boundary: Boundary,
    pub(crate) letters: LetterFolds,
    pub(crate) script_boundary: bool,
    pub(crate) clitics: Clitics,
    pub(crate) article: bool,
    pub(crate) enclitics: bool,
    pub(crate) min_stem: u32,
    pub(crate) guard: Guard,
    pub(crate) protect: Vec<String>,
    pub(crate) first_of_duplicates: bool,
    pub(crate) background: bool,
    pub(crate) engine: EngineChoice,
    pub(crate) evidence: bool,
    pub(crate) compose: bool,
}

const NO_FOLDS: LetterFolds = LetterFolds {
    diacritics: false,
    tatweel: false,
    alef: false,
    alef_maqsura: false,
    ta_marbuta: false,
    hamza: false,
    presentation_forms: false,
    digits: false,
    case: false,
    lookalikes: false,
    zwnj_is_space: false,
    any_whitespace: true,
    underscore_is_space: true,
    compound: false,
    kunya: false,
    ibn: false,
};
const LIGHT_FOLDS: LetterFolds = LetterFolds { tatweel: true, presentation_forms: true, ..NO_FOLDS };
const MATCH_FOLDS: LetterFolds = LetterFolds {
    diacritics: true,
    alef: true,
    alef_maqsura: true,
    ta_marbuta: true,
    digits: true,
    case: true,
    lookalikes: true,
    ..LIGHT_FOLDS
};
const SEARCH_FOLDS: LetterFolds = LetterFolds { hamza: true, ..MATCH_FOLDS };

/// Named as the profiles of the normalizer that fold such letters.
const PROFILES: &[(&str, LetterFolds)] =
    &[("none", NO_FOLDS), ("light", LIGHT_FOLDS), ("search", SEARCH_FOLDS), ("match", MATCH_FOLDS)];

const NAMES: &[&str] = &[
    "boundary",
    "overlap",
    "clitics",
    "article",
    "enclitics",
    "min_stem",
    "guard",
    "protect",
    "name_variants",
    "whitespace",
    "zwnj",
    "underscore_is_space",
    "script_boundary",
    "duplicates",
    "background",
    "engine",
    "evidence",
    "compose",
    "diacritics",
    "tatweel",
    "alef",
    "alef_maqsura",
    "ta_marbuta",
    "hamza",
    "presentation_forms",
    "digits",
    "case",
    "lookalikes",
];

const OVERLAPS: &[(&str, Overlap)] = &[
    ("longest", Overlap::Longest),
    ("all", Overlap::All),
    ("first", Overlap::First),
    ("priority", Overlap::Priority),
];
const BOUNDARIES: &[(&str, Boundary)] = &[("word", Boundary::Word), ("none", Boundary::None)];
const CLITICS: &[(&str, Clitics)] = &[("off", Clitics::Off), ("safe", Clitics::Safe), ("all", Clitics::All)];
const ENGINES: &[(&str, EngineChoice)] =
    &[("auto", EngineChoice::Auto), ("aho-corasick", EngineChoice::AhoCorasick)];
const WHITESPACE: &[(&str, bool)] = &[("any", true), ("inline", false)];
const ZWNJ: &[(&str, bool)] = &[("remove", false), ("space", true)];
const DUPLICATES: &[(&str, bool)] = &[("all", false), ("first", true)];
const NAME_VARIANTS: &[&str] = &["compound", "kunya", "ibn"];

impl MatcherOptions {
    /// The default options with the letter folds of a named profile: `none`, `light`, `match` or `search`.
    ///
    /// # Errors
    /// If there is no such profile.
    pub fn profile(name: &str) -> Result<Self, Error> {
        let Some((profile, letters)) = PROFILES.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = Self::profiles().collect();
            return Err(Error::option(unknown("profile of a matcher", name, &known)));
        };
        Ok(Self {
            profile,
            overlap: Overlap::Longest,
            boundary: Boundary::Word,
            letters: *letters,
            script_boundary: true,
            clitics: Clitics::Safe,
            article: false,
            enclitics: false,
            min_stem: 3,
            guard: Guard::BuiltIn,
            protect: Vec::new(),
            first_of_duplicates: false,
            background: true,
            engine: EngineChoice::Auto,
            evidence: true,
            compose: true,
        })
    }

    /// The names of the profiles.
    pub fn profiles() -> impl Iterator<Item = &'static str> {
        PROFILES.iter().map(|(name, _)| *name)
    }

    /// The names of the options.
    pub fn names() -> &'static [&'static str] {
        NAMES
    }

    /// The profile that the letter folds started from.
    pub fn profile_name(&self) -> &'static str {
        self.profile
    }

    /// Sets one option by name.
    ///
    /// # Errors
    /// If there is no such option, or it does not take such a value.
    pub fn set(&mut self, name: &str, value: &OptionValue) -> Result<(), Error> {
        if let Some(fold) = self.letters.switch_mut(name) {
            *fold = switch(name, value)?;
            return Ok(());
        }
        match name {
            "overlap" => set_choice(&mut self.overlap, name, value, OVERLAPS)?,
            "boundary" => set_choice(&mut self.boundary, name, value, BOUNDARIES)?,
            "clitics" => set_choice(&mut self.clitics, name, value, CLITICS)?,
            "engine" => set_choice(&mut self.engine, name, value, ENGINES)?,
            "whitespace" => set_choice(&mut self.letters.any_whitespace, name, value, WHITESPACE)?,
            "zwnj" => set_choice(&mut self.letters.zwnj_is_space, name, value, ZWNJ)?,
            "duplicates" => set_choice(&mut self.first_of_duplicates, name, value, DUPLICATES)?,
            "article" => self.article = switch(name, value)?,
            "enclitics" => self.enclitics = switch(name, value)?,
            "script_boundary" => self.script_boundary = switch(name, value)?,
            "background" => self.background = switch(name, value)?,
            "evidence" => self.evidence = switch(name, value)?,
            "compose" => self.compose = switch(name, value)?,
            "min_stem" => {
                let count = match value {
                    OptionValue::Int(n) => u32::try_from(*n).ok().filter(|n| *n <= 64),
                    _ => None,
                };
                let wrong = || refused(name, value, "a count of letters from 0 to 64");
                self.min_stem = count.ok_or_else(wrong)?;
            }
            "guard" => {
                self.guard = match value {
                    OptionValue::Bool(true) => Guard::BuiltIn,
                    OptionValue::Bool(false) => Guard::Off,
                    OptionValue::List(words) => Guard::Words(words.clone()),
                    _ => return Err(refused(name, value, "True, False or a list of words")),
                };
            }
            "protect" => match value {
                OptionValue::List(words) => self.protect.clone_from(words),
                _ => return Err(refused(name, value, "a list of words")),
            },
            "name_variants" => {
                let OptionValue::List(variants) = value else {
                    return Err(refused(name, value, "a list of 'compound', 'kunya', 'ibn'"));
                };
                if let Some(other) = variants.iter().find(|v| !NAME_VARIANTS.contains(&v.as_str())) {
                    return Err(Error::option(unknown("name variant", other, NAME_VARIANTS)));
                }
                let has = |variant: &str| variants.iter().any(|v| v == variant);
                self.letters.compound = has("compound");
                self.letters.kunya = has("kunya");
                self.letters.ibn = has("ibn");
            }
            _ => return Err(Error::option(unknown("option", name, NAMES))),
        }
        Ok(())
    }

    /// The value of an option, or `None` if there is no such option.
    pub fn get(&self, name: &str) -> Option<OptionValue> {
        if let Some(fold) = { self.letters }.switch_mut(name) {
            return Some((*fold).into());
        }
        Some(match name {
            "overlap" => name_of(Some(self.overlap), OVERLAPS),
            "boundary" => name_of(Some(self.boundary), BOUNDARIES),
            "clitics" => name_of(Some(self.clitics), CLITICS),
            "engine" => name_of(Some(self.engine), ENGINES),
            "whitespace" => name_of(Some(self.letters.any_whitespace), WHITESPACE),
            "zwnj" => name_of(Some(self.letters.zwnj_is_space), ZWNJ),
            "duplicates" => name_of(Some(self.first_of_duplicates), DUPLICATES),
            "article" => self.article.into(),
            "enclitics" => self.enclitics.into(),
            "script_boundary" => self.script_boundary.into(),
            "background" => self.background.into(),
            "evidence" => self.evidence.into(),
            "compose" => self.compose.into(),
            "min_stem" => OptionValue::Int(i64::from(self.min_stem)),
            "guard" => match &self.guard {
                Guard::Off => false.into(),
                Guard::BuiltIn => true.into(),
                Guard::Words(words) => OptionValue::List(words.clone()),
            },
            "protect" => OptionValue::List(self.protect.clone()),
            "name_variants" => {
                let l = &self.letters;
                let on = [l.compound, l.kunya, l.ibn];
                let names = NAME_VARIANTS.iter().zip(on).filter(|(_, on)| *on);
                OptionValue::List(names.map(|(name, _)| (*name).to_string()).collect())
            }
            _ => return None,
        })
    }

    /// A name for exactly these letter folds and this version of Unicode. Not that of a normalizer: a matcher
    /// folds letters of its own alphabet.
    pub fn normalizer_id(&self) -> String {
        let origin = PROFILES.iter().find(|(name, _)| *name == self.profile).map_or(NO_FOLDS, |(_, f)| *f);
        let (mut here, mut there) = (self.letters, origin);
        let mut changed: Vec<String> = NAMES
            .iter()
            .filter_map(|name| {
                let (a, b) = (*here.switch_mut(name)?, *there.switch_mut(name)?);
                (a != b).then(|| format!("{name}={}", shown(&a.into())))
            })
            .collect();
        for name in ["whitespace", "zwnj", "name_variants"] {
            let here = self.get(name);
            let default = Self::profile(self.profile).ok().and_then(|d| d.get(name));
            if let Some(value) = here.filter(|h| Some(h) != default.as_ref()) {
                changed.push(format!("{name}={}", shown(&value)));
            }
        }
        let plus = if changed.is_empty() { String::new() } else { format!("[{}]", changed.join(",")) };
        let unicode = crate::script::UNICODE_VERSION.split('.').next().unwrap_or_default();
        format!("kayan-matcher:{}@1{plus}+unicode{unicode}", self.profile)
    }
}

impl LetterFolds {
    fn switch_mut(&mut self, name: &str) -> Option<&mut bool> {
        Some(match name {
            "diacritics" => &mut self.diacritics,
            "tatweel" => &mut self.tatweel,
            "alef" => &mut self.alef,
            "alef_maqsura" => &mut self.alef_maqsura,
            "ta_marbuta" => &mut self.ta_marbuta,
            "hamza" => &mut self.hamza,
            "presentation_forms" => &mut self.presentation_forms,
            "digits" => &mut self.digits,
            "case" => &mut self.case,
            "lookalikes" => &mut self.lookalikes,
            "underscore_is_space" => &mut self.underscore_is_space,
            _ => return None,
        })
    }
}

fn set_choice<T: Copy>(
    target: &mut T,
    name: &str,
    value: &OptionValue,
    choices: &[(&str, T)],
) -> Result<(), Error> {
    if let Some(chosen) = choice(name, value, None, choices)? {
        *target = chosen;
    }
    Ok(())
}
