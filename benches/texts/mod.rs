//! Texts and names for the benchmarks, made by a seeded generator: the same on every machine.
//!
//! The words are invented. Their letters have about the frequencies of Arabic news, and the sentences its
//! punctuation, numbers and line lengths. What is in them is known by construction: where names were planted,
//! and what each row is when it is folded.

use std::collections::HashSet;

use kayan::{Text, Units};

/// A column of texts of one kind.
#[allow(dead_code, reason = "each benchmark reads a part of it")]
pub(crate) struct Sample {
    pub(crate) kind: &'static str,
    /// The size of the rows in UTF-8.
    pub(crate) bytes: u64,
    /// How often a name was planted.
    pub(crate) planted: usize,
    /// What the profile `search` makes of each row.
    pub(crate) folded: Vec<String>,
    rows: Vec<Row>,
}

/// A row as `CPython` stores it, so that a number says what a Python list of it costs the core.
enum Row {
    Latin1(Vec<u8>),
    Ucs2(Vec<u16>),
}

impl Row {
    fn text(&self) -> Text<'_> {
        match self {
            Row::Latin1(units) => Text::Units(Units::U8(units)),
            Row::Ucs2(units) => Text::Units(Units::U16(units)),
        }
    }
}

impl Sample {
    pub(crate) fn texts(&self) -> Vec<Text<'_>> {
        self.rows.iter().map(Row::text).collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Hamza on its alef, no vowels: as newspapers print.
    News,
    /// Four letters of five carry a mark.
    Vowelled,
    /// One letter of three is stretched.
    Tatweel,
    /// No Arabic at all.
    Ascii,
}

const KINDS: [(&str, Kind); 4] =
    [("news", Kind::News), ("vowelled", Kind::Vowelled), ("tatweel", Kind::Tatweel), ("ascii", Kind::Ascii)];

/// Rows of about 60 words, a megabyte of each kind.
const SIZE: usize = 1 << 20;
const WORDS_OF_A_ROW: usize = 60;
/// A name stands after this many other words.
const WORDS_BETWEEN_NAMES: usize = 30;
/// Different words that are not names.
const WORDS: usize = 5_000;

/// One sample of each kind, in which these names are planted.
pub(crate) fn samples(language: &Language, names: &[String]) -> Vec<Sample> {
    KINDS.into_iter().map(|(label, kind)| sample(language, names, label, kind)).collect()
}

fn sample(language: &Language, names: &[String], label: &'static str, kind: Kind) -> Sample {
    let mut random = Random(7);
    let mut sample = Sample { kind: label, bytes: 0, planted: 0, folded: Vec::new(), rows: Vec::new() };
    while sample.bytes < SIZE as u64 {
        let mut row = String::new();
        for at in 1..=WORDS_OF_A_ROW {
            if at > 1 {
                row.push(' ');
            }
            if kind == Kind::Ascii {
                (0..=random.below(8)).for_each(|_| row.push(random.one_of("eeettaaooiinnsshrrdlucmfwypvbg")));
            } else if at % WORDS_BETWEEN_NAMES == 0 {
                row.push_str(&with_clitic(&names[random.below(names.len())], &mut random));
                sample.planted += 1;
            } else if random.below(40) == 0 {
                (0..4).for_each(|_| row.push(random.one_of("٠١٢٣٤٥٦٧٨٩")));
            } else {
                row.push_str(&language.words[random.below(language.words.len())]);
            }
            if random.below(12) == 0 {
                row.push(if kind == Kind::Ascii { ',' } else { '،' });
            }
        }
        row.push('.');
        sample.folded.push(fold(&row));
        let row = written(&row, kind, &mut random);
        sample.bytes += row.len() as u64;
        sample.rows.push(match kind {
            Kind::Ascii => Row::Latin1(row.into_bytes()),
            _ => Row::Ucs2(row.encode_utf16().collect()),
        });
    }
    sample
}

/// A name as it stands in a sentence: half of the time alone.
fn with_clitic(name: &str, random: &mut Random) -> String {
    match (random.below(6), name.strip_prefix("ال")) {
        (0, _) => format!("و{name}"),
        (1, _) => format!("ب{name}"),
        // ل takes the alef of the article: لل.
        (2, Some(stem)) => format!("لل{stem}"),
        (2, None) => format!("ل{name}"),
        _ => name.into(),
    }
}

/// The row with the marks or the tatweel of its kind.
fn written(row: &str, kind: Kind, random: &mut Random) -> String {
    let mut out = String::new();
    for c in row.chars() {
        out.push(c);
        let letter = ('ء'..='ي').contains(&c);
        match kind {
            Kind::Vowelled if letter && random.below(5) > 0 => {
                if random.below(8) == 0 {
                    out.push('\u{651}'); // ARABIC SHADDA
                }
                // ARABIC FATHA, DAMMA, KASRA, SUKUN
                out.push(random.one_of("\u{64E}\u{64E}\u{64F}\u{650}\u{652}"));
            }
            Kind::Tatweel if letter && !"اأإآدذرزوؤىةء".contains(c) && random.below(3) == 0 => {
                (0..=random.below(4)).for_each(|_| out.push('\u{640}')); // ARABIC TATWEEL
            }
            _ => {}
        }
    }
    out
}

/// What the profile `search` folds, letter by letter; rows hold nothing that needs more.
fn fold(text: &str) -> String {
    let folded = |c| match c {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        '،' => ',',
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        c => c,
    };
    text.chars().map(folded).collect()
}

/// Invented words and names that can't be taken for one another.
pub(crate) struct Language {
    words: Vec<String>,
    /// What may be left of a word when clitics are taken off, folded.
    stems: HashSet<String>,
}

impl Language {
    pub(crate) fn new() -> Self {
        let mut random = Random(1);
        let words: Vec<String> = (0..WORDS).map(|_| word(2, &mut random)).collect();
        let mut stems = HashSet::new();
        for word in &words {
            let word = fold(word);
            for clitics in ["", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"] {
                let Some(stem) = word.strip_prefix(clitics) else { continue };
                stems.insert(stem.to_string());
                if stem.starts_with('ل') {
                    // It may have lost the alef of its article, or the alef and a ل of its own.
                    stems.extend([format!("ا{stem}"), format!("ال{stem}")]);
                }
            }
        }
        Self { words, stems }
    }

    /// Different names, one of three with two words. No word of the language reads as one or as its part.
    pub(crate) fn names(&self, count: usize) -> Vec<String> {
        let mut random = Random(3);
        let mut names = Vec::with_capacity(count);
        let mut known = HashSet::new();
        while names.len() < count {
            let mut name = self.part_of_name(&mut random);
            if random.below(3) == 0 {
                name = format!("{name} {}", self.part_of_name(&mut random));
            }
            if known.insert(fold(&name)) {
                names.push(name);
            }
        }
        names
    }

    fn part_of_name(&self, random: &mut Random) -> String {
        loop {
            let part = word(4, random);
            // ل and a name with ل in front could be read in two ways.
            let ambiguous = part.strip_prefix("ال").unwrap_or(&part).starts_with('ل');
            if !ambiguous && !self.stems.contains(&fold(&part)) {
                return part;
            }
        }
    }
}

/// An invented word of at least so many letters, its article not counted.
fn word(shortest: usize, random: &mut Random) -> String {
    let mut out = String::from(if random.below(4) == 0 { "ال" } else { "" });
    out.push(random.one_of("اامممتتنبسعحقجشكرطأأإخصدفويلغضذهزث"));
    let letters = shortest + random.below(4);
    (1..letters - 1).for_each(|_| out.push(random.one_of("ااااليييررنمتوعدبسحقفكجشصطخضهئزغؤثذظ")));
    out.push(random.one_of("ةةةننرريايتملدبسىعقفحكهء"));
    out
}

/// A generator of pseudo-random numbers: xorshift, 64 bits. The seed is not 0.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // The high bits are the better ones.
        (self.0 >> 33) as usize % end
    }

    fn one_of(&mut self, letters: &str) -> char {
        let at = self.below(letters.chars().count());
        letters.chars().nth(at).unwrap_or_default()
    }
}
