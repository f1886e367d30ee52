//! The dictionary: entities with the names under which they are looked for.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::array::{Array, Shared, Sparse};
use crate::dictionary::lexicon::{Ambiguity, LaterMentions, NamePart, NameRule, NameRules};
use crate::error::Error;

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
    strict: Strict,
    aliases: Vec<&'a str>,
    ambiguous: Vec<&'a str>,
}

impl<'a> Entry<'a> {
    /// Returns an entry with this canonical name.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            label: None,
            id: None,
            priority: 0,
            strict: Strict::default(),
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

    /// Its rank among the entries on one span, and where matches overlap under `overlap="priority"`; higher
    /// wins, 0 if not set.
    #[must_use]
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }

    /// Returns how strictly it and its aliases are matched.
    #[must_use]
    pub fn strict(mut self, strict: Strict) -> Self {
        self.strict = strict;
        self
    }

    /// Another name for it.
    #[must_use]
    pub fn alias(mut self, alias: &'a str) -> Self {
        self.aliases.push(alias);
        self
    }

    /// One of its names, as they were given, that is an ordinary word too: it counts only after a trigger, or
    /// where a name that is not ambiguous stands in the same text and no other entry has this name for sure.
    #[must_use]
    pub fn ambiguous(mut self, name: &'a str) -> Self {
        self.ambiguous.push(name);
        self
    }
}

/// Entries in the order in which they were added, in columns.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// How many entries there are.
    entries: u32,
    /// The name of each entry, then its aliases.
    surfaces: Strings,
    /// The entry of each surface and the surface that is the name of each entry; empty while no entry has an
    /// alias, since the numbers are the same then.
    surface_entries: Array<u32>,
    names: Array<u32>,
    /// Empty while no entry has one.
    ids: Strings,
    has_id: Sparse<u8>,
    /// The number of the label, and one; 0 without a label.
    labels: Sparse<u32>,
    known_labels: Vec<String>,
    label_numbers: HashMap<String, u32>,
    priorities: Sparse<i32>,
    strictness: Sparse<u8>,
    pub(crate) ambiguity: Ambiguity,
    pub(crate) name_rules: NameRules,
    pub(crate) coreferences: Vec<LaterMentions>,
}

/// The number of an entry without a label.
pub(crate) const NO_LABEL: u32 = u32::MAX;

impl Gazetteer {
    /// Returns a gazetteer without entries.
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
        let ambiguous: HashSet<&str> = entry.ambiguous.iter().copied().collect();
        let own: HashSet<&str> = if ambiguous.is_empty() { HashSet::new() } else { surfaces().collect() };
        if let Some(other) = entry.ambiguous.iter().find(|&other| !own.contains(other)) {
            return Err(Error::entry(index, format!("has no name '{other}' to be ambiguous")));
        }
        let added: usize = surfaces().map(str::len).sum::<usize>() + entry.id.map_or(0, str::len);
        if u32::try_from(self.surfaces.text.len() + self.ids.text.len() + added).is_err() {
            return Err(Error::entry(index, "does not fit: a gazetteer holds at most 4 GiB of names".into()));
        }
        if let Some(label) = entry.label {
            let number = self.intern(label);
            self.labels.set(index, number + 1);
        }
        if let Some(id) = entry.id {
            self.ids.fill_to(index);
            self.ids.push(id);
            self.has_id.set(index, 1);
        }
        self.priorities.set(index, entry.priority);
        self.strictness.set(index, entry.strict.bits());
        if !entry.aliases.is_empty() && self.names.is_empty() {
            self.surface_entries = (0..index as u32).collect::<Vec<_>>().into();
            self.names = self.surface_entries.clone();
        }
        if !entry.aliases.is_empty() || !self.names.is_empty() {
            self.names.push(self.surfaces.len() as u32);
            surfaces().for_each(|_| self.surface_entries.push(index as u32));
        }
        for surface in surfaces() {
            if ambiguous.contains(surface) {
                self.ambiguity.ambiguous.push(self.surfaces.len() as u32);
            }
            self.surfaces.push(surface);
        }
        self.entries += 1;
        Ok(())
    }

    /// Adds words that announce names with some labels, or any name: مدينة before a city. «ال*» stands for
    /// any word with the article, function words apart.
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
        self.ambiguity.add(owned(words), labels.map(owned))
    }

    /// Lets a part of a name with this label, after the full name of two or more words in the same text, be found as
    /// a later mention of it. The part is `last`: the last word, with the particles before it (بن, أبو, آل, فان).
    ///
    /// # Errors
    /// If there is no such part.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Entry, Gazetteer, Matcher, MatcherOptions};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add(Entry::new("هيلاري كلينتون").label("PERSON"))?;
    /// gazetteer.add_coreference("PERSON", "last")?;
    /// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
    /// let text = "وصلت هيلاري كلينتون، وقالت كلينتون";
    /// let found = matcher.find(text);
    /// assert_eq!(&text[found[1].range()], "كلينتون");
    /// assert_eq!(found[1].origin, found[0].origin);
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn add_coreference(&mut self, label: &str, part: &str) -> Result<(), Error> {
        if part != "last" {
            return Err(Error::unknown("part of a name", part, &["last"]));
        }
        let rule = LaterMentions { label: label.into(), part: NamePart::Last };
        if !self.coreferences.contains(&rule) {
            self.coreferences.push(rule);
        }
        Ok(())
    }

    /// Adds words of which rules compose names, of one kind: given names, titles. A kind is a word of letters,
    /// digits and `_`; there may be 56.
    ///
    /// # Errors
    /// If a word is blank, the kind is no such word, or is one too many.
    pub fn add_word_list<S: AsRef<str>>(&mut self, kind: &str, words: &[S]) -> Result<(), Error> {
        self.name_rules.add_word_list(kind, owned(words))
    }

    /// Adds a rule that composes names: items with blanks between them, each a kind of tokens (`given`),
    /// several (`given|family`), one without another (`given!weak`) or `any` for a word of three or more
    /// Arabic letters that is in no list; with `?`, `*` or `+` after it for none or one, none or more, one or
    /// more. Brackets mark the items that make the span. Its matches are named as the text names them, and have the
    /// id `name:` and the folded name. Where the label is empty, the words are no name. The kind `loan` is a word
    /// of no list that looks like a name from another language.
    ///
    /// # Errors
    /// If the pattern can't be read, or there is another rule of this id. [`Matcher::new`](crate::Matcher::new)
    /// refuses kinds without tokens.
    ///
    /// # Examples
    /// ```
    /// use kayan::{Gazetteer, Matcher, MatcherOptions};
    /// let mut gazetteer = Gazetteer::new();
    /// gazetteer.add_word_list("title", &["السيد"])?;
    /// gazetteer.add_word_list("given", &["محمد", "سالم"])?;
    /// gazetteer.add_rule("title", "title [given+]", "PERSON", -1)?;
    /// let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match")?)?;
    /// let text = "قال السيد محمد سالم";
    /// let found = matcher.find(text)[0];
    /// assert_eq!(&text[found.range()], "محمد سالم");
    /// assert_eq!(matcher.rule(found.origin, false), Some("title"));
    /// # Ok::<(), kayan::Error>(())
    /// ```
    pub fn add_rule(&mut self, id: &str, pattern: &str, label: &str, priority: i32) -> Result<(), Error> {
        let rule = NameRule { id: id.into(), pattern: pattern.into(), label: label.into(), priority };
        self.name_rules.add_rule(rule)
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

    /// Returns how many entries there are.
    pub fn len(&self) -> usize {
        self.entries as usize
    }

    /// Returns whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Returns the names and aliases of all entries, with the number of their entry.
    pub(crate) fn surfaces(&self) -> impl Iterator<Item = (&str, u32)> {
        (0..self.surfaces.len() as u32).map(|surface| (self.surface(surface), self.entry_of(surface)))
    }
    pub(crate) fn surface_count(&self) -> usize {
        self.surfaces.len()
    }
    pub(crate) fn surface(&self, surface: u32) -> &str {
        self.surfaces.get(surface as usize)
    }
    /// Returns the UTF-8 of a surface, as it lies there.
    pub(crate) fn surface_bytes(&self, surface: u32) -> &[u8] {
        self.surfaces.bytes(surface as usize)
    }
    /// Returns the entry that a surface belongs to.
    pub(crate) fn entry_of(&self, surface: u32) -> u32 {
        self.surface_entries.get(surface as usize).copied().unwrap_or(surface)
    }
    /// Returns the surface that is the name of an entry.
    fn name_surface(&self, entry: u32) -> u32 {
        self.names.get(entry as usize).copied().unwrap_or(entry)
    }
    pub(crate) fn name(&self, entry: u32) -> &str {
        self.surface(self.name_surface(entry))
    }
    pub(crate) fn id(&self, entry: u32) -> Option<&str> {
        (self.has_id.get(entry as usize) != 0).then(|| self.ids.get(entry as usize))
    }
    pub(crate) fn label_number(&self, entry: u32) -> u32 {
        self.labels.get(entry as usize).wrapping_sub(1)
    }
    pub(crate) fn number_of_label(&self, label: &str) -> Option<u32> {
        self.label_numbers.get(label).copied()
    }
    pub(crate) fn priority(&self, entry: u32) -> i32 {
        self.priorities.get(entry as usize)
    }
    /// Returns whether an entry has a priority of its own.
    pub(crate) fn has_priorities(&self) -> bool {
        !self.priorities.0.is_empty()
    }
    pub(crate) fn strict(&self, entry: u32) -> Strict {
        Strict::from_bits(self.strictness.get(entry as usize)).unwrap_or_default()
    }
    /// Returns the labels in the order of their first entry.
    pub(crate) fn known_labels(&self) -> &[String] {
        &self.known_labels
    }
    /// Returns all names, triggers and words of lists.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let surfaces = self.surfaces().map(|(surface, _)| surface);
        surfaces.chain(self.ambiguity.words()).chain(self.name_rules.words())
    }
    pub(crate) fn memory_usage(&self) -> usize {
        self.columns().iter().map(|column| column.len()).sum()
    }

    /// Everything but the labels' names, as bytes; [`from_columns`](Self::from_columns) takes them in this
    /// order.
    pub(crate) fn columns(&self) -> [&[u8]; COLUMNS] {
        [
            self.surfaces.text.as_bytes(),
            self.surfaces.ends.as_bytes(),
            self.surface_entries.as_bytes(),
            self.names.as_bytes(),
            self.ids.text.as_bytes(),
            self.ids.ends.as_bytes(),
            self.has_id.0.as_bytes(),
            self.labels.0.as_bytes(),
            self.priorities.0.as_bytes(),
            self.strictness.0.as_bytes(),
        ]
    }

    /// Returns a gazetteer of columns somewhere in these bytes; `None` if they can't be those of one.
    pub(crate) fn from_columns(
        entries: u32,
        known_labels: Vec<String>,
        bytes: &Shared,
        columns: &[Range<usize>; COLUMNS],
    ) -> Option<Self> {
        let [text, ends, surface_entries, names, ids, id_ends, has_id, labels, priorities, strictness] =
            columns;
        let label_numbers: HashMap<String, u32> = known_labels.iter().cloned().zip(0..).collect();
        let gazetteer = Self {
            entries,
            surfaces: Strings { text: part(bytes, text)?, ends: part(bytes, ends)? },
            surface_entries: part(bytes, surface_entries)?,
            names: part(bytes, names)?,
            ids: Strings { text: part(bytes, ids)?, ends: part(bytes, id_ends)? },
            has_id: Sparse(part(bytes, has_id)?),
            labels: Sparse(part(bytes, labels)?),
            known_labels,
            label_numbers,
            priorities: Sparse(part(bytes, priorities)?),
            strictness: Sparse(part(bytes, strictness)?),
            ambiguity: Ambiguity::default(),
            name_rules: NameRules::default(),
            coreferences: Vec::new(),
        };
        gazetteer.is_sound().then_some(gazetteer)
    }

    /// Returns whether every number leads to something that is there, and every name is one of a text.
    fn is_sound(&self) -> bool {
        let (entries, surfaces) = (self.len(), self.surfaces.len());
        let owners = &*self.surface_entries;
        // Each entry has its name first, and the surfaces of an entry stand together.
        let follow = owners.windows(2).all(|pair| pair[1].checked_sub(pair[0]).is_some_and(|by| by <= 1));
        let numbered = if self.names.is_empty() {
            owners.is_empty() && surfaces == entries
        } else {
            let first = |(entry, &surface): (u32, &u32)| {
                owners.get(surface as usize) == Some(&entry)
                    && surface.checked_sub(1).is_none_or(|before| owners[before as usize] != entry)
            };
            self.names.len() == entries
                && owners.len() == surfaces
                && owners.first() == Some(&0)
                && owners.last().is_some_and(|&last| last as usize == entries - 1)
                && follow
                && (0..).zip(&*self.names).all(first)
        };
        let labels = self.known_labels.len();
        numbered
            && self.surfaces.is_sound()
            && self.ids.is_sound()
            && self.ids.len() <= entries
            && self.has_id.0.len() <= self.ids.len()
            && self.labels.0.len() <= entries
            && self.priorities.0.len() <= entries
            && self.strictness.0.len() <= entries
            && self.label_numbers.len() == labels
            && self.labels.0.iter().all(|&number| number as usize <= labels)
            && self.strictness.0.iter().all(|&bits| Strict::from_bits(bits).is_some())
    }
}

/// How many columns a gazetteer has.
pub(crate) const COLUMNS: usize = 10;

fn part<T: bytemuck::Pod>(bytes: &Shared, range: &Range<usize>) -> Option<Array<T>> {
    Array::part(bytes, range.clone())
}

fn owned<S: AsRef<str>>(words: &[S]) -> Vec<String> {
    words.iter().map(|word| word.as_ref().to_string()).collect()
}

/// Strings end to end.
#[derive(Clone, Debug, Default)]
struct Strings {
    /// UTF-8.
    text: Array<u8>,
    ends: Array<u32>,
}

impl Strings {
    fn push(&mut self, string: &str) {
        self.text.as_vec().extend_from_slice(string.as_bytes());
        self.ends.push(self.text.len() as u32);
    }
    /// Adds empty strings until there are so many.
    fn fill_to(&mut self, len: usize) {
        let end = self.text.len() as u32;
        self.ends.as_vec().resize(len, end);
    }
    fn len(&self) -> usize {
        self.ends.len()
    }
    /// Returns whether the ends rise to that of the text, and each string is UTF-8.
    fn is_sound(&self) -> bool {
        let Ok(text) = std::str::from_utf8(&self.text) else { return false };
        self.ends.last().map_or(0, |&end| end as usize) == text.len()
            && self.ends.is_sorted()
            && self.ends.iter().all(|&end| text.is_char_boundary(end as usize))
    }
    fn get(&self, at: usize) -> &str {
        // Checked, since the bytes may be those of a file.
        std::str::from_utf8(self.bytes(at)).unwrap_or_default()
    }
    fn bytes(&self, at: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).map_or(0, |&end| end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.text.get(start..end(at)).unwrap_or_default()
    }
}

/// How an entry wants to be matched more strictly than the matcher's options say: any of the constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strict(u8);

impl Strict {
    /// Only as it is written: nothing is folded but canonically equivalent spellings.
    pub const EXACT: Self = Self(1);
    /// With the hamzas of its letters: أمل is not امل.
    pub const HAMZA: Self = Self(2);
    /// With the case of its letters.
    pub const CASE: Self = Self(4);
    /// Without clitics before it.
    pub const NO_CLITICS: Self = Self(8);

    /// From the sum of the constants; `None` if there are others in it.
    pub fn from_bits(bits: u8) -> Option<Self> {
        (bits < 16).then_some(Self(bits))
    }

    /// Returns the sum of the constants.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Returns whether all of `other` is asked for.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Strict {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
