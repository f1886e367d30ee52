//! The one error type of the crate.

use std::fmt;
use std::sync::Arc;

/// Why an option, an entry or a dictionary was refused.
///
/// Searching and normalizing never fail: everything that can be wrong is found while a
/// [`Normalizer`](crate::Normalizer) or a [`Matcher`](crate::Matcher) is being built. Two errors are equal if
/// their kinds and messages are.
///
/// # Examples
/// ```
/// use kayan::{Entry, ErrorKind, Gazetteer, Matcher, MatcherOptions};
/// let mut gazetteer = Gazetteer::new();
/// gazetteer.add(Entry::new("دبي"))?;
/// gazetteer.add(Entry::new("ـ"))?; // a tatweel, which folds to nothing
/// let error = Matcher::new(&gazetteer, &MatcherOptions::match_profile()).unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::Entry { index: 1 }));
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// What was refused, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is nothing of this name.
    Unknown {
        /// What was looked for: `option`, `profile`, `label`, `name variant`, `class of diacritics`.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// An option doesn't take this value.
    OptionValue {
        /// The name of the option.
        option: String,
        /// The value, as messages show it.
        value: String,
    },
    /// An option doesn't go with the profile or with another option, or is called otherwise.
    Option {
        /// The name of the option.
        option: String,
    },
    /// An entry can't be looked for.
    Entry {
        /// Its number, counted from 0.
        index: usize,
    },
    /// A trigger, a word list or a rule for composed names is not one.
    WordList,
    /// The dictionary has more than fits.
    TooLarge,
    /// The bytes are not a saved matcher that this version reads.
    Saved,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: String) -> Self {
        Self { kind, message, source: None }
    }

    pub(crate) fn option(option: &str, message: String) -> Self {
        Self::new(ErrorKind::Option { option: option.into() }, message)
    }

    pub(crate) fn entry(index: usize, message: String) -> Self {
        Self::new(ErrorKind::Entry { index }, message)
    }

    pub(crate) fn word_list(message: String) -> Self {
        Self::new(ErrorKind::WordList, message)
    }

    pub(crate) fn too_large(message: String) -> Self {
        Self::new(ErrorKind::TooLarge, message)
    }

    pub(crate) fn saved(message: String) -> Self {
        Self::new(ErrorKind::Saved, message)
    }

    /// Returns the error for a name that is not among the known ones.
    pub(crate) fn unknown(what: &'static str, name: &str, known: &[&str]) -> Self {
        Self::new(ErrorKind::Unknown { what, name: name.into() }, unknown(what, name, known))
    }

    /// Returns this error with the one that caused it.
    pub(crate) fn caused_by(self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { source: Some(Arc::new(source)), ..self }
    }

    /// Returns what was refused.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Returns the number of the entry that was refused, counted from 0, where an entry is at fault.
    pub fn entry_index(&self) -> Option<usize> {
        match self.kind {
            ErrorKind::Entry { index } => Some(index),
            _ => None,
        }
    }

    /// Returns what is wrong, without the number of the entry.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.message == other.message
    }
}

impl Eq for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ErrorKind::Entry { index } => write!(f, "entry {index} {}", self.message),
            _ => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Returns a text with its code points, for messages about text that may be invisible.
pub(crate) fn with_code_points(text: &str) -> String {
    const SHOWN: usize = 12;
    let mut points: Vec<String> = text.chars().take(SHOWN).map(|c| format!("U+{:04X}", c as u32)).collect();
    if text.chars().nth(SHOWN).is_some() {
        points.push("…".into());
    }
    format!("\"{text}\" ({})", points.join(" "))
}

/// Returns the message for a name that is not among the known ones.
fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    if let Some(right) = trade_name(what, name, known) {
        return format!("unknown {what} '{name}': did you mean {right}? known: {}", known.join(", "));
    }
    let near = known.iter().map(|k| (distance(name, k), *k)).min().filter(|(d, _)| *d <= 3);
    match near {
        Some((_, near)) => {
            format!("unknown {what} '{name}': did you mean '{near}'? known: {}", known.join(", "))
        }
        None => format!("unknown {what} '{name}'; known: {}", known.join(", ")),
    }
}

/// What a name of the trade is called here: by what it is a name of, spellings and the right one.
const TRADE_NAMES: &[(&str, &[&str], &str)] = &[
    ("option", &["tashkeel", "tashkil", "dediac", "diacritic", "marks"], "'diacritics'"),
    ("option", &["strip_tashkeel", "strip_diacritics", "remove_diacritics"], "'diacritics'"),
    ("option", &["taschkil", "vocalization"], "'diacritics'"),
    ("option", &["harakat", "haraka", "harakah", "vowels", "short_vowels"], "diacritics=\"harakat\""),
    ("option", &["fatha", "fathah", "damma", "dammah", "kasra", "kasrah"], "diacritics=\"harakat\""),
    ("option", &["tanween", "tanwin", "nunation", "fathatan"], "diacritics=\"tanween\""),
    ("option", &["dammatan", "kasratan"], "diacritics=\"tanween\""),
    ("option", &["shadda", "shaddah", "tashdid", "tashdeed"], "diacritics=\"shadda\""),
    ("option", &["sukun", "sukoon", "sokoun"], "diacritics=\"sukun\""),
    ("option", &["madda", "maddah"], "diacritics=\"madda\""),
    ("option", &["kashida", "kasheeda", "tatwil", "tatweela", "strip_tatweel"], "'tatweel'"),
    ("option", &["tatweal"], "'tatweel'"),
    ("option", &["superscript_alef", "dagger_alef", "small_alef", "alef_khanjariya"], "'dagger'"),
    ("option", &["alif", "normalize_alef", "hamzat_alef"], "'alef'"),
    ("option", &["alifs", "alefs"], "'alef'"),
    ("option", &["alef_maksura", "alif_maqsura", "alif_maksura", "maqsura", "yeh", "yaa"], "'alef_maqsura'"),
    ("option", &["ya", "yaa_maqsura"], "'alef_maqsura'"),
    ("option", &["teh", "teh_marbuta", "taa_marbuta", "tah_marbuta", "teh_marbouta"], "'ta_marbuta'"),
    ("option", &["ta_marbouta", "marbuta", "heh"], "'ta_marbuta'"),
    ("option", &["hamzah", "normalize_hamza"], "'hamza'"),
    ("option", &["hamzas", "hamza_seats", "seats"], "'hamza'"),
    ("option", &["ligatures", "lam_alef", "lamalef", "glyphs", "nfkc"], "'presentation_forms'"),
    ("option", &["numbers", "numerals", "hindi_digits", "digit"], "'digits'"),
    ("option", &["number"], "'digits'"),
    ("option", &["lower", "lowercase", "casefold"], "'case'"),
    ("option", &["ignore_case", "case_sensitive"], "'case'"),
    ("option", &["repeats", "repetition", "repeated_letters", "stretching"], "'elongation'"),
    ("option", &["repeated", "repetitions"], "'elongation'"),
    ("option", &["uthmani", "quran"], "'quranic'"),
    ("option", &["farsi", "persian", "urdu"], "'lookalikes'"),
    ("option", &["zero_width", "zwj", "bidi"], "'invisibles'"),
    ("option", &["punct"], "'punctuation'"),
    ("option", &["links", "url"], "'urls'"),
    ("option", &["users", "usernames"], "'mentions'"),
    ("option", &["emojis", "emoticons"], "'emoji'"),
    ("option", &["tags"], "'html'"),
    ("option", &["space", "spaces", "strip", "blanks"], "'whitespace'"),
    ("option", &["stopwords", "stoplist"], "'stop_words'"),
    ("option", &["prefix", "prefixes", "proclitics", "particles"], "'clitics'"),
    ("option", &["suffix", "suffixes", "pronouns"], "'enclitics'"),
    ("option", &["definite", "definite_article", "al"], "'article'"),
    ("option", &["word_boundary", "word_boundaries", "whole_words"], "'boundary'"),
    ("option", &["overlaps", "overlapping", "greedy"], "'overlap'"),
    ("option", &["context"], "'require_context'"),
    ("option", &["variants"], "'name_variants'"),
    ("class of diacritics", &["tashkeel", "tashkil", "all", "diacritics", "marks"], "diacritics=True"),
    ("class of diacritics", &["haraka", "harakah", "vowels", "short_vowels"], "'harakat'"),
    ("class of diacritics", &["fatha", "fathah", "damma", "dammah", "kasra", "kasrah"], "'harakat'"),
    ("class of diacritics", &["tanwin", "nunation", "fathatan", "dammatan", "kasratan"], "'tanween'"),
    ("class of diacritics", &["shaddah", "tashdid", "tashdeed"], "'shadda'"),
    ("class of diacritics", &["sukoon", "sokoun"], "'sukun'"),
    ("class of diacritics", &["maddah"], "'madda'"),
    ("class of diacritics", &["superscript_alef", "dagger_alef", "small_alef"], "'dagger'"),
    ("class of diacritics", &["alef_khanjariya"], "'dagger'"),
    ("class of diacritics", &["tatweel", "kashida"], "the option tatweel"),
    ("class of diacritics", &["hamza"], "the option hamza"),
    ("class of diacritics", &["quran", "quranic"], "'quranic_ext'"),
    ("class of diacritics", &["koranic"], "'quranic_ext'"),
    ("profile", &["quran", "quranic", "quranic_text"], "'uthmani'"),
    ("profile", &["tashkeel", "dediac", "diacritics"], "'light' with diacritics=True"),
];

/// Returns the right one for a name of the trade; of options, one that is known here.
fn trade_name(what: &str, name: &str, known: &[&str]) -> Option<&'static str> {
    let name = name.to_ascii_lowercase().replace('-', "_");
    let row = TRADE_NAMES.iter().find(|(of, names, _)| *of == what && names.contains(&name.as_str()));
    let is_known = |right: &&str| {
        let option = right.split('=').next().unwrap_or_default().trim_matches('\'');
        what != "option" || known.contains(&option)
    };
    row.map(|(_, _, right)| *right).filter(is_known)
}

/// Returns the Levenshtein distance, for suggestions.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = substituted.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
