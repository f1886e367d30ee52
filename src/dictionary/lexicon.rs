//! What a dictionary knows beside its entries, as it was given: which names need evidence, words that announce
//! names, and the words and patterns that compose names. Plain values, saved as they are.

use std::collections::HashMap;

use crate::error::{with_code_points, Error};

/// Names that are ordinary words too, and words that announce names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "saving", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Ambiguity {
    /// The numbers of the surfaces that need evidence, ascending.
    pub(crate) ambiguous: Vec<u32>,
    pub(crate) triggers: Vec<Triggers>,
}

/// Words that announce names with some labels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "saving", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Triggers {
    pub(crate) words: Vec<String>,
    /// `None` for any label, and for none.
    pub(crate) labels: Option<Vec<String>>,
}

/// The words of composed names, by kind, and the patterns in which they follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "saving", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct NameRules {
    pub(crate) lists: Vec<WordList>,
    pub(crate) rules: Vec<NameRule>,
    /// The numbers of the rules, by their ids.
    #[cfg_attr(feature = "saving", serde(skip))]
    by_id: HashMap<String, usize>,
}

/// Words of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "saving", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct WordList {
    pub(crate) kind: String,
    pub(crate) words: Vec<String>,
}

/// A pattern of kinds, and what a match of it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "saving", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct NameRule {
    pub(crate) id: String,
    pub(crate) pattern: String,
    /// Empty for words that are no name.
    pub(crate) label: String,
    pub(crate) priority: i32,
}

/// Full names with this label have later mentions, in which a part of them stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "saving", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct LaterMentions {
    pub(crate) label: String,
    pub(crate) part: NamePart,
}

/// A part of a full name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "saving", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum NamePart {
    /// The last word, with the particles before it.
    Last,
}

/// One item of a pattern: `given|family!weak+`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item<'a> {
    /// A kind, and the kinds that the word must not have besides.
    pub(crate) alternatives: Vec<(&'a str, Vec<&'a str>)>,
    pub(crate) optional: bool,
    pub(crate) repeats: bool,
    /// Its words belong to the span.
    pub(crate) in_span: bool,
}

/// The kind of the words that are in no list, and of those among them with the article and the ending of a nisba.
pub(crate) const ANY: &str = "any";
pub(crate) const NISBA: &str = "nisba";
/// The kind of those among them that look like a name from another language.
pub(crate) const LOAN: &str = "loan";
/// The trigger that stands for any word with the article.
pub(crate) const WITH_ARTICLE: &str = "ال*";
const UNLISTED: [&str; 3] = [ANY, NISBA, LOAN];
/// Kinds are bits of a word of this many.
const KINDS: usize = 56;
/// More items make no pattern that can be read.
const ITEMS: usize = 16;

impl Ambiguity {
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.triggers.iter().flat_map(|triggers| &triggers.words).map(String::as_str)
    }

    /// Adds words that announce names.
    pub(crate) fn add(&mut self, words: Vec<String>, labels: Option<Vec<String>>) -> Result<(), Error> {
        check_words("trigger", &words)?;
        self.triggers.push(Triggers { words, labels });
        Ok(())
    }
}

impl NameRules {
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().flat_map(|lists| &lists.words).map(String::as_str)
    }

    /// Returns the bit of a kind.
    pub(crate) fn bit(&self, kind: &str) -> Option<u64> {
        self.lists.iter().position(|lists| lists.kind == kind).map(|at| 1 << at)
    }

    /// Adds words of a kind.
    pub(crate) fn add_word_list(&mut self, kind: &str, words: Vec<String>) -> Result<(), Error> {
        if !is_kind(kind) || UNLISTED.contains(&kind) {
            let wanted = format!("letters, digits and _, and not '{ANY}', '{NISBA}' or '{LOAN}'");
            return Err(Error::word_list(format!(
                "the kind of a word list is made of {wanted}; got '{kind}'"
            )));
        }
        check_words("word of a list", &words)?;
        if let Some(lists) = self.lists.iter_mut().find(|lists| lists.kind == kind) {
            lists.words.extend(words);
        } else if self.lists.len() == KINDS {
            return Err(Error::word_list(format!(
                "word lists have at most {KINDS} kinds; '{kind}' is one more"
            )));
        } else {
            self.lists.push(WordList { kind: kind.into(), words });
        }
        Ok(())
    }

    /// Adds a pattern. Its kinds may be given later.
    pub(crate) fn add_rule(&mut self, rule: NameRule) -> Result<(), Error> {
        rule.items()?;
        match self.by_id.get(&rule.id) {
            Some(&other) if self.rules[other] == rule => {}
            Some(_) => return Err(Error::word_list(format!("there is another rule '{}'", rule.id))),
            None => {
                self.by_id.insert(rule.id.clone(), self.rules.len());
                self.rules.push(rule);
            }
        }
        Ok(())
    }
}

impl NameRule {
    /// Returns the items of the pattern.
    pub(crate) fn items(&self) -> Result<Vec<Item<'_>>, Error> {
        let wrong = |what: String| Error::word_list(format!("rule '{}': {what}", self.id));
        let mut items = Vec::new();
        let (mut opened, mut closed) = (None, None);
        let mut rest = self.pattern.as_str();
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else { break };
            let end = match first {
                '[' | ']' => 1,
                _ => rest.find(|c: char| c.is_whitespace() || c == '[' || c == ']').unwrap_or(rest.len()),
            };
            let (word, after) = rest.split_at(end);
            rest = after;
            match first {
                '[' if opened.is_none() => opened = Some(items.len()),
                ']' if opened.is_some() && closed.is_none() => closed = Some(items.len()),
                '[' | ']' => return Err(wrong("expected one pair of brackets".into())),
                _ => items.push(item(word).ok_or_else(|| {
                    wrong(format!(
                        "expected items such as given, given|family, given!weak or {ANY}, \
                         each with ?, * or + behind it or nothing; got '{word}'"
                    ))
                })?),
            }
        }
        if opened.is_some() != closed.is_some() {
            return Err(wrong("a bracket is not closed".into()));
        }
        if items.len() > ITEMS {
            return Err(wrong(format!("a pattern has at most {ITEMS} items; got {}", items.len())));
        }
        let (from, to) = (opened.unwrap_or(0), closed.unwrap_or(items.len()));
        items.iter_mut().take(to).skip(from).for_each(|item| item.in_span = true);
        if items.iter().all(|item| item.optional || !item.in_span) {
            return Err(wrong("a span needs an item that is not optional".into()));
        }
        Ok(items)
    }
}

fn item(word: &str) -> Option<Item<'_>> {
    let (kinds, optional, repeats) = match word.char_indices().next_back()? {
        (end, '?') => (&word[..end], true, false),
        (end, '*') => (&word[..end], true, true),
        (end, '+') => (&word[..end], false, true),
        _ => (word, false, false),
    };
    let mut alternatives = Vec::new();
    for alternative in kinds.split('|') {
        let mut kinds = alternative.split('!');
        let kind = kinds.next()?;
        let not: Vec<&str> = kinds.collect();
        // A word in no list has no kinds.
        if !is_kind(kind)
            || !not.iter().all(|kind| is_kind(kind))
            || (UNLISTED.contains(&kind) && !not.is_empty())
        {
            return None;
        }
        alternatives.push((kind, not));
    }
    Some(Item { alternatives, optional, repeats, in_span: false })
}

fn is_kind(kind: &str) -> bool {
    !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '_')
}

fn check_words(what: &str, words: &[String]) -> Result<(), Error> {
    match words.iter().find(|word| word.trim().is_empty()) {
        Some(blank) => Err(Error::word_list(format!("a {what} is blank: {}", with_code_points(blank)))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(pattern: &str) -> Option<String> {
        let rule = NameRule { id: "x".into(), pattern: pattern.into(), label: "PERSON".into(), priority: -1 };
        rule.items().err().map(|error| error.to_string())
    }

    #[test]
    fn patterns_are_read_or_refused() {
        for (pattern, said) in [
            ("", "needs an item"),
            ("given?", "needs an item"),
            ("title [given* family?]", "needs an item"),
            ("[given", "not closed"),
            ("given]", "one pair"),
            ("[given] [family]", "one pair"),
            ("given++", "got 'given++'"),
            ("given|", "got 'given|'"),
            ("!weak", "got '!weak'"),
            ("any!weak", "got 'any!weak'"),
            ("nisba!weak", "got 'nisba!weak'"),
            ("given, family", "got 'given,'"),
        ] {
            let error = refused(pattern).unwrap_or_default();
            assert!(error.contains(said), "{pattern}: {error}");
        }
        assert_eq!(refused("title [given|foreign!weak+ particle? family*]"), None);
    }
}
