//! The options of a matcher, by name: those of its fold, and those of the rules after it.

use crate::error::Error;
use crate::fold::options::{fold_setters, profile_constructors, MarkClasses, Tatweel, OPTIONS as FOLDS};
use crate::fold::FoldOptions;
use crate::index::variants::NameVariants;
use crate::options::{
    declared, get_in, refused, set_in, setters, shown, unknown_option, Declared, OptionValue,
};

/// Which candidates survive where several overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The leftmost, and of those the longest.
    Longest,
    /// Every one, nested ones too.
    All,
    /// The leftmost, and of those the one listed first.
    First,
    /// The one of the highest priority, then the longest, then the leftmost.
    Priority,
}

/// Where a name may start and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// Only where a word does.
    Word,
    /// Anywhere.
    None,
}

/// Which white space may stand between the words of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whitespace {
    /// Any, line breaks too.
    Any,
    /// None with a line break.
    Inline,
}

impl From<Whitespace> for bool {
    fn from(whitespace: Whitespace) -> Self {
        whitespace == Whitespace::Any
    }
}

/// What finds the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineChoice {
    /// What is fastest for the other options.
    Auto,
    /// An automaton of all names, in any case.
    AhoCorasick,
}

/// Which of several entries on one span are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// Those of the greatest priority.
    Priority,
    /// All of them.
    All,
    /// The first.
    First,
}

/// Which proclitics may stand before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clitics {
    /// None.
    Off,
    /// «و» and «ف», then «ب» and «ل».
    Safe,
    /// «ك» too.
    All,
}

/// A set of words: ours, the user's, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordSet {
    /// None.
    Off,
    /// Those that come with the crate.
    BuiltIn,
    /// These instead.
    Words(Vec<String>),
}

impl<S: Into<String>> FromIterator<S> for WordSet {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        Self::Words(words.into_iter().map(Into::into).collect())
    }
}

impl WordSet {
    fn value(&self) -> OptionValue {
        match self {
            Self::Off => false.into(),
            Self::BuiltIn => true.into(),
            Self::Words(words) => OptionValue::List(words.clone()),
        }
    }

    fn read(name: &str, value: &OptionValue) -> Result<Self, Error> {
        match value {
            OptionValue::Bool(true) => Ok(Self::BuiltIn),
            OptionValue::Bool(false) => Ok(Self::Off),
            OptionValue::List(words) => Ok(Self::Words(words.clone())),
            _ => Err(refused(name, value, "True, False or a list of words")),
        }
    }
}

/// How a [`Matcher`](crate::Matcher) reads text and which matches it gives.
///
/// Each option has a setter of its name. By name, from a configuration or another language:
/// [`profile`](Self::profile) and [`set`](Self::set).
///
/// # Examples
/// ```
/// use kayan::{Clitics, Entry, Gazetteer, Matcher, MatcherOptions, Overlap};
/// let options = MatcherOptions::match_profile().overlap(Overlap::All).clitics(Clitics::Off);
/// let mut gazetteer = Gazetteer::new();
/// gazetteer.add(Entry::new("أبو ظبي"))?;
/// gazetteer.add(Entry::new("ظبي"))?;
/// let matcher = Matcher::new(&gazetteer, &options)?;
/// assert_eq!(matcher.find("في أبو ظبي").len(), 2);
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatcherOptions {
    profile: &'static str,
    pub(crate) fold: FoldOptions,
    pub(crate) overlap: Overlap,
    pub(crate) boundary: Boundary,
    pub(crate) script_boundary: bool,
    pub(crate) any_whitespace: bool,
    pub(crate) clitics: Clitics,
    pub(crate) article: bool,
    pub(crate) enclitics: bool,
    pub(crate) min_stem: u32,
    pub(crate) stop_words: WordSet,
    pub(crate) never_split: Vec<String>,
    pub(crate) common_words: WordSet,
    pub(crate) name_variants: NameVariants,
    pub(crate) duplicates: Duplicates,
    pub(crate) engine: EngineChoice,
    pub(crate) require_context: bool,
    pub(crate) name_rules: bool,
    pub(crate) coreference: bool,
    pub(crate) fuzzy: u8,
    pub(crate) fuzzy_known: bool,
}

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
const DUPLICATES: &[(&str, Duplicates)] =
    &[("priority", Duplicates::Priority), ("all", Duplicates::All), ("first", Duplicates::First)];

/// Reads and sets one of the ways to write a name.
type Variant = (&'static str, fn(&mut NameVariants) -> &mut bool);
const NAME_VARIANTS: &[Variant] = &[
    ("compound", |v| &mut v.compound),
    ("kunya", |v| &mut v.kunya),
    ("ibn", |v| &mut v.ibn),
    ("joined", |v| &mut v.joined),
    ("patronymic", |v| &mut v.patronymic),
    ("numbers", |v| &mut v.numbers),
];

impl Default for MatcherOptions {
    /// Returns the profile `match`.
    fn default() -> Self {
        Self::match_profile()
    }
}

macro_rules! words {
    ($name:ident) => {
        Declared {
            name: stringify!($name),
            get: |o| o.$name.value(),
            set: |o, value| {
                o.$name = WordSet::read(stringify!($name), value)?;
                Ok(())
            },
        }
    };
}

/// The options of the rules; those of the fold follow.
const RULES: &[Declared<MatcherOptions>] = &[
    declared!(boundary, boundary: one of BOUNDARIES),
    declared!(overlap, overlap: one of OVERLAPS),
    declared!(clitics, clitics: one of CLITICS),
    declared!(article, article: switch),
    declared!(enclitics, enclitics: switch),
    Declared {
        name: "min_stem",
        get: |o| OptionValue::Int(i64::from(o.min_stem)),
        set: |o, value| {
            let count = match value {
                OptionValue::Int(n) => u32::try_from(*n).ok().filter(|n| *n <= 64),
                _ => None,
            };
            o.min_stem =
                count.ok_or_else(|| refused("min_stem", value, "a count of letters from 0 to 64"))?;
            Ok(())
        },
    },
    words!(stop_words),
    Declared {
        name: "never_split",
        get: |o| OptionValue::List(o.never_split.clone()),
        set: |o, value| match value {
            OptionValue::List(words) => {
                o.never_split.clone_from(words);
                Ok(())
            }
            _ => Err(refused("never_split", value, "a list of words")),
        },
    },
    words!(common_words),
    Declared {
        name: "name_variants",
        get: |o| {
            let mut variants = o.name_variants;
            let on = NAME_VARIANTS.iter().filter(|(_, field)| *field(&mut variants));
            OptionValue::List(on.map(|(name, _)| (*name).to_string()).collect())
        },
        set: |o, value| {
            let known: Vec<&str> = NAME_VARIANTS.iter().map(|(name, _)| *name).collect();
            let names = match value {
                OptionValue::List(names) => names.as_slice(),
                OptionValue::Str(name) if name == "all" => {
                    &known.iter().map(ToString::to_string).collect::<Vec<_>>()
                }
                _ => {
                    return Err(refused(
                        "name_variants",
                        value,
                        &format!("'all' or a list of '{}'", known.join("', '")),
                    ))
                }
            };
            let mut variants = NameVariants::default();
            for name in names {
                let found = NAME_VARIANTS.iter().find(|(known, _)| known == name);
                let (_, field) = found.ok_or_else(|| Error::unknown("name variant", name, &known))?;
                *field(&mut variants) = true;
            }
            o.name_variants = variants;
            Ok(())
        },
    },
    declared!(any_whitespace, whitespace: one of WHITESPACE),
    declared!(script_boundary, script_boundary: switch),
    declared!(duplicates, duplicates: one of DUPLICATES),
    declared!(engine, engine: one of ENGINES),
    declared!(require_context, require_context: switch),
    declared!(name_rules, name_rules: switch),
    declared!(coreference, coreference: switch),
    Declared {
        name: "fuzzy",
        get: |o| OptionValue::Int(i64::from(o.fuzzy)),
        set: |o, value| {
            let edits = match value {
                OptionValue::Int(edits) => u8::try_from(*edits).ok().filter(|edits| *edits <= 2),
                OptionValue::Bool(false) => Some(0),
                _ => None,
            };
            o.fuzzy = edits.ok_or_else(|| refused("fuzzy", value, "0, 1 or 2, a number of edits"))?;
            Ok(())
        },
    },
    declared!(fuzzy_known, fuzzy_known: switch),
];

const NAMES: [&str; RULES.len() + FOLDS.len()] = {
    let mut names = [""; RULES.len() + FOLDS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = if at < RULES.len() { RULES[at].name } else { FOLDS[at - RULES.len()].name };
        at += 1;
    }
    names
};

/// Names of options from before the first release, and what they are called.
const RENAMED: &[(&str, &str)] = &[
    ("guard", "stop_words"),
    ("protect", "never_split"),
    ("background", "common_words"),
    ("evidence", "require_context"),
    ("compose", "name_rules"),
];

impl MatcherOptions {
    /// Returns the default options with the fold of a named profile: any of
    /// [`NormalizerOptions::profile`](crate::NormalizerOptions::profile), `match` if in doubt.
    ///
    /// In every profile a matcher composes canonically, and in those of our own it also removes characters
    /// without width, reads an underscore as a space, and takes dashes for one sign and quotation marks for
    /// one. The case of letters is folded where the forms of alef are.
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
        Self {
            profile,
            fold: fold.for_matching(),
            overlap: Overlap::Longest,
            boundary: Boundary::Word,
            script_boundary: true,
            any_whitespace: true,
            clitics: Clitics::Safe,
            article: false,
            enclitics: false,
            min_stem: 3,
            stop_words: WordSet::BuiltIn,
            never_split: Vec::new(),
            common_words: WordSet::BuiltIn,
            name_variants: NameVariants::default(),
            duplicates: Duplicates::Priority,
            engine: EngineChoice::Auto,
            require_context: true,
            name_rules: true,
            coreference: true,
            fuzzy: 0,
            fuzzy_known: false,
        }
    }

    profile_constructors!();
    fold_setters!();
    setters! {
        /// Where a name may start and end.
        boundary: Boundary => boundary;
        /// Which matches survive where several overlap.
        overlap: Overlap => overlap;
        /// Which proclitics may stand before a name.
        clitics: Clitics => clitics;
        /// Finds a name with the article before it.
        article: bool => article;
        /// Finds a name with a pronoun attached to it.
        enclitics: bool => enclitics;
        /// How many letters a name has at least that is split from a clitic: at most 64.
        min_stem: u32 => min_stem;
        /// Function words that are no names where folding or clitics made them like one.
        stop_words: WordSet => stop_words;
        /// Words that are never split into clitics and a name.
        never_split: Vec<String> => never_split;
        /// Frequent words that are not read as a clitic and a name.
        common_words: WordSet => common_words;
        /// Which spellings of a name count as one.
        name_variants: NameVariants => name_variants;
        /// Which white space may stand between the words of a name.
        whitespace: Whitespace => any_whitespace;
        /// Ends a word where the script changes.
        script_boundary: bool => script_boundary;
        /// Which of several entries on one span are reported.
        duplicates: Duplicates => duplicates;
        /// What finds the names.
        engine: EngineChoice => engine;
        /// Gives an ambiguous name only where something in the text says that it is meant.
        require_context: bool => require_context;
        /// Composes names by the rules of the gazetteer.
        name_rules: bool => name_rules;
        /// Finds later mentions of a name by a part of it.
        coreference: bool => coreference;
        /// How many edits a misspelt name may be from a listed one: at most 2.
        fuzzy: u8 => fuzzy;
        /// Takes known words for misspelt names too.
        fuzzy_known: bool => fuzzy_known;
    }

    /// Refuses what means nothing: a typed setter takes it unseen.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.fold.check()?;
        for name in ["min_stem", "fuzzy"] {
            let declared = RULES.iter().find(|option| option.name == name);
            declared.map_or(Ok(()), |option| (option.set)(&mut self.clone(), &(option.get)(self)))?;
        }
        if self.fuzzy > 0 && self.boundary == Boundary::None {
            let message =
                "fuzzy finds whole words: it needs boundary='word', or fuzzy=0 with boundary='none'";
            return Err(Error::option("fuzzy", message.into()));
        }
        Ok(())
    }

    /// Returns the names of the profiles.
    pub fn profiles() -> impl Iterator<Item = &'static str> {
        FoldOptions::profiles()
    }

    /// Returns the names of the options.
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// Returns the profile that the fold started from.
    pub fn profile_name(&self) -> &'static str {
        self.profile
    }

    /// Sets one option by name.
    ///
    /// # Errors
    /// If there is no such option, or it does not take such a value.
    pub fn set(&mut self, name: &str, value: &OptionValue) -> Result<(), Error> {
        if let Some((old, new)) = RENAMED.iter().find(|(old, _)| *old == name) {
            return Err(Error::option(old, format!("option '{old}' is called '{new}'")));
        }
        if set_in(RULES, self, name, value)? {
            return Ok(());
        }
        if FOLDS.iter().any(|fold| fold.name == name) {
            self.fold.refuse_with_peer(name)?;
            return set_in(FOLDS, &mut self.fold, name, value).map(|_| ());
        }
        Err(unknown_option(name, &NAMES))
    }

    /// Returns the value of an option, or `None` if there is no such option or the profile does not take it.
    pub fn get(&self, name: &str) -> Option<OptionValue> {
        get_in(RULES, self, name)
            .or_else(|| self.fold.peer.is_none().then(|| get_in(FOLDS, &self.fold, name)).flatten())
    }

    /// Returns a name for exactly this fold and this version of Unicode. Not that of a normalizer: a matcher reads
    /// runs of white space as one, and composes in every profile.
    pub fn normalizer_id(&self) -> String {
        let origin = Self::profile(self.profile).ok();
        let own = ["whitespace", "name_variants"];
        let names = FOLDS.iter().map(|fold| fold.name).chain(own);
        let changed = names.filter_map(|name| {
            let value = self.get(name)?;
            (origin.as_ref()?.get(name)? != value).then(|| format!("{name}={}", shown(&value)))
        });
        self.fold.id("kayan-matcher", self.profile, changed)
    }

    /// Returns whether all spellings of a word with marks, tatweel and glyph forms fold to one.
    pub(crate) fn folds_written_forms(&self) -> bool {
        let fold = &self.fold;
        fold.diacritics == MarkClasses::DEFAULT
            && fold.tatweel == Some(Tatweel::All)
            && fold.presentation_forms.is_some()
            && fold.dagger.is_none()
            && !fold.tanween_alef
    }
}
