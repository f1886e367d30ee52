//! The dictionary: entities with the names under which they are looked for.

use std::collections::HashMap;

use crate::error::Error;
use crate::lexicon::{Composition, Evidence, Rule};
use crate::types::Care;

/// One entity: its name, and what is known of it.
///
/// # Examples
/// ```
/// use kayan::{Entry, Gazetteer};
/// let mut gazetteer = Gazetteer::new();
/// gazetteer.add(Entry::new("أبو ظبي").label("CITY").id("AE-AZ").alias("أبوظبي"))?;
/// assert_eq!(gazetteer.len(), 1);
/// # Ok::<(), kayan::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    name: &'a str,
    label: Option<&'a str>,
    id: Option<&'a str>,
    priority: i32,
    care: Care,
    aliases: Vec<&'a str>,
    ambiguous: Vec<&'a str>,
}

impl<'a> Entry<'a> {
    /// An entry with this canonical name.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            label: None,
            id: None,
            priority: 0,
            care: Care::default(),
            aliases: Vec::new(),
            ambiguous: Vec::new(),
        }
    }

    /// Its kind, such as `CITY`.
    #[must_use]
    pub fn label(mut self, label: &'a str) -> Self {
        self.label = Some(label);
        self
    }

    /// Its identifier.
    #[must_use]
    pub fn id(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self
    }

    /// Its rank where matches overlap under `overlap="priority"`; higher wins, 0 if not set.
    #[must_use]
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }

    /// How strictly it and its aliases are matched.
    #[must_use]
    pub fn care(mut self, care: Care) -> Self {
        self.care = care;
        self
    }

    /// Another name for it.
    #[must_use]
    pub fn alias(mut self, alias: &'a str) -> Self {
        self.aliases.push(alias);
        self
    }

    /// One of its names, as they were given, that is an ordinary word too: it counts only behind a trigger,
    /// or where a name that is not ambiguous stands in the same text, or where its label is asked for.
    #[must_use]
    pub fn ambiguous(mut self, name: &'a str) -> Self {
        self.ambiguous.push(name);
        self
    }
}

/// Entries in the order in which they were added, in columns.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// The name of each entry, then its aliases.
    surfaces: Strings,
    surface_entries: Vec<u32>,
    /// The surface of each entry that is its name.
    names: Vec<u32>,
    ids: Strings,
    has_id: Vec<bool>,
    labels: Vec<u32>,
    known_labels: Vec<String>,
    label_numbers: HashMap<String, u32>,
    priorities: Vec<i32>,
    cares: Vec<Care>,
    pub(crate) evidence: Evidence,
    pub(crate) composition: Composition,
}

/// The number of an entry without a label.
pub(crate) const NO_LABEL: u32 = u32::MAX;

impl Gazetteer {
    /// A gazetteer without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry; nothing is added if it is refused.
    ///
    /// # Errors
    /// If a name is blank, a name that is said to be ambiguous is not among its names, or the gazetteer holds
    /// more than 4 GiB of names.
    pub fn add(&mut self, entry: Entry<'_>) -> Result<(), Error> {
        let index = self.len();
        let surfaces = || std::iter::once(entry.name).chain(entry.aliases.iter().copied());
        if let Some(blank) = surfaces().find(|s| s.trim().is_empty()) {
            let blank = crate::error::with_code_points(blank);
            return Err(Error::entry(index, format!("has a blank name: {blank}")));
        }
        if let Some(other) = entry.ambiguous.iter().find(|other| !surfaces().any(|s| s == **other)) {
            return Err(Error::entry(index, format!("has no name '{other}' to be ambiguous")));
        }
        let added: usize = surfaces().map(str::len).sum::<usize>() + entry.id.map_or(0, str::len);
        if u32::try_from(self.surfaces.text.len() + self.ids.text.len() + added).is_err() {
            return Err(Error::entry(index, "does not fit: a gazetteer holds at most 4 GiB of names".into()));
        }
        let label = entry.label.map_or(NO_LABEL, |label| self.intern(label));
        self.labels.push(label);
        self.ids.push(entry.id.unwrap_or_default());
        self.has_id.push(entry.id.is_some());
        self.priorities.push(entry.priority);
        self.cares.push(entry.care);
        self.names.push(self.surface_entries.len() as u32);
        for surface in surfaces() {
            if entry.ambiguous.contains(&surface) {
                self.evidence.ambiguous.push(self.surface_entries.len() as u32);
            }
            self.surfaces.push(surface);
            self.surface_entries.push(index as u32);
        }
        Ok(())
    }

    /// Adds words that announce names with some labels, or any name: مدينة before a city.
    ///
    /// # Errors
    /// If a word is blank.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add(Entry::new("فاس").label("CITY").ambiguous("فاس"))?;
    /// gazetteer.add_triggers(&["مدينة"], Some(&["CITY"]))?;
    /// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
    /// assert_eq!(matcher.find("ضرب الشجرة بفاس").len(), 0);
    /// assert_eq!(matcher.find("عاش بمدينة فاس").len(), 1);
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn add_triggers<S: AsRef<str>>(&mut self, words: &[S], labels: Option<&[S]>) -> Result<(), Error> {
        self.evidence.add(owned(words), labels.map(owned))
    }

    /// Adds words of which rules compose names, of one kind: given names, titles. A kind is a word of letters,
    /// digits and `_`; there may be 32.
    ///
    /// # Errors
    /// If a word is blank, the kind is no such word, or is one too many.
    pub fn add_tokens<S: AsRef<str>>(&mut self, kind: &str, words: &[S]) -> Result<(), Error> {
        self.composition.add_tokens(kind, owned(words))
    }

    /// Adds a rule that composes names: items with blanks between them, each a kind of tokens (`given`),
    /// several (`given|family`), one without another (`given!weak`) or `any` for a word of three or more
    /// Arabic letters that is in no list; with `?`, `*` or `+` behind it for none or one, none or more, one or
    /// more. Brackets mark the items that make the span. Its matches have the id `rule:` and that of the
    /// rule, and are named as the text names them.
    ///
    /// # Errors
    /// If the pattern can't be read, or there is another rule of this id. [`Matcher::new`](crate::Matcher::new)
    /// refuses kinds without tokens.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Gazetteer, Matcher, MatcherOptions};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add_tokens("title", &["السيد"])?;
    /// gazetteer.add_tokens("given", &["محمد", "سالم"])?;
    /// gazetteer.add_rule("title", "title [given+]", "NAME", -1)?;
    /// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
    /// let text = "قال السيد محمد سالم";
    /// let found = matcher.find(text)[0];
    /// assert_eq!(&text[found.start as usize..found.end as usize], "محمد سالم");
    /// assert_eq!(matcher.id(found.entry), Some("rule:title"));
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn add_rule(&mut self, id: &str, pattern: &str, label: &str, priority: i32) -> Result<(), Error> {
        let rule = Rule { id: id.into(), pattern: pattern.into(), label: label.into(), priority };
        self.composition.add_rule(rule)
    }

    fn intern(&mut self, label: &str) -> u32 {
        if let Some(&number) = self.label_numbers.get(label) {
            return number;
        }
        let number = self.known_labels.len() as u32;
        self.known_labels.push(label.into());
        self.label_numbers.insert(label.into(), number);
        number
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The names and aliases of all entries, with the number of their entry.
    pub(crate) fn surfaces(&self) -> impl Iterator<Item = (&str, u32)> {
        self.surfaces.iter().zip(self.surface_entries.iter().copied())
    }
    pub(crate) fn surface(&self, surface: u32) -> &str {
        self.surfaces.get(surface as usize)
    }
    pub(crate) fn name(&self, entry: u32) -> &str {
        self.surface(self.names[entry as usize])
    }
    pub(crate) fn aliases(&self, entry: u32) -> impl Iterator<Item = &str> {
        let first = self.names[entry as usize] as usize + 1;
        let next =
            self.names.get(entry as usize + 1).map_or(self.surface_entries.len(), |&next| next as usize);
        (first..next).map(|surface| self.surfaces.get(surface))
    }
    pub(crate) fn id(&self, entry: u32) -> Option<&str> {
        self.has_id[entry as usize].then(|| self.ids.get(entry as usize))
    }
    pub(crate) fn label(&self, entry: u32) -> Option<&str> {
        self.known_labels.get(self.labels[entry as usize] as usize).map(String::as_str)
    }
    pub(crate) fn label_number(&self, entry: u32) -> u32 {
        self.labels[entry as usize]
    }
    pub(crate) fn number_of_label(&self, label: &str) -> Option<u32> {
        self.label_numbers.get(label).copied()
    }
    pub(crate) fn priority(&self, entry: u32) -> i32 {
        self.priorities[entry as usize]
    }
    pub(crate) fn care(&self, entry: u32) -> Care {
        self.cares[entry as usize]
    }
    /// The labels in the order of their first entry.
    pub(crate) fn known_labels(&self) -> &[String] {
        &self.known_labels
    }
    pub(crate) fn memory_usage(&self) -> usize {
        self.surfaces.memory_usage()
            + self.ids.memory_usage()
            + self.surface_entries.capacity() * 4
            + self.len() * (4 + 1 + 4 + 4 + 1)
    }
}

fn owned<S: AsRef<str>>(words: &[S]) -> Vec<String> {
    words.iter().map(|word| word.as_ref().to_string()).collect()
}

/// Strings end to end.
#[derive(Clone, Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn push(&mut self, string: &str) {
        self.text.push_str(string);
        self.ends.push(self.text.len() as u32);
    }
    fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[at] as usize]
    }
    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.get(at))
    }
    fn memory_usage(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 4
    }
}
