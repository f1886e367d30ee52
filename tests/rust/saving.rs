//! A saved matcher finds what it found before. The case tables are run on saved matchers, too (`cases.rs`).

use kayan::{Entry, Gazetteer, Matcher, MatcherOptions, Text};

#[test]
fn learned_words_come_back() {
    let mut gazetteer = Gazetteer::new();
    gazetteer.add(Entry::new("سامر")).unwrap();
    let mut matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match").unwrap()).unwrap();
    let text = "قال وسامر";
    assert_eq!(matcher.find(text).len(), 1);
    matcher.fit_common_words(&[Text::Utf8("وسامر وسامر وسامر وسامر وسامر")], None);
    assert_eq!(matcher.find(text).len(), 0);
    let (again, _) = Matcher::from_bytes(&matcher.to_bytes(&[])).unwrap();
    assert_eq!(again.find(text).len(), 0, "the words that were learned are lost");
    assert_eq!(again.to_bytes(&[]), matcher.to_bytes(&[]));
}

/// A word is ordinary if it stands there five times or more, and more than twice as often as the name.
#[test]
fn ordinary_words_are_counted() {
    let cases = [
        (4, 0, 1, "four times are too few"),
        (5, 0, 0, "five are enough"),
        (5, 2, 0, "more than twice as often as the name"),
        (6, 3, 1, "twice as often is not more"),
        (7, 3, 0, "once more is"),
    ];
    for (words, names, found, why) in cases {
        let mut gazetteer = Gazetteer::new();
        gazetteer.add(Entry::new("سامر")).unwrap();
        let mut matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match").unwrap()).unwrap();
        let texts = "وسامر ".repeat(words) + &"سامر ".repeat(names);
        matcher.fit_common_words(&[Text::Utf8(&texts)], None);
        assert_eq!(matcher.find("قال وسامر").len(), found, "{words} and {names}: {why}");
    }
}

#[test]
fn four_thousand_letters_have_different_codes() {
    let letters: Vec<char> = ('\u{4E00}'..'\u{6200}').collect();
    let mut gazetteer = Gazetteer::new();
    let all: String = letters.iter().collect();
    gazetteer.add(Entry::new(&all)).unwrap();
    let name = letters[300];
    // No more frequent than the others, so that it has no code of one byte.
    gazetteer.add(Entry::new(&all.replace(name, ""))).unwrap();
    gazetteer.add(Entry::new(&name.to_string())).unwrap();
    let matcher = Matcher::new(&gazetteer, &MatcherOptions::profile("match").unwrap()).unwrap();
    let text: String = letters.iter().skip(1).flat_map(|&letter| [letter, ' ']).collect();
    let found = matcher.find(&text);
    assert_eq!(found.iter().map(|m| &text[m.range()]).collect::<Vec<_>>(), [name.to_string()]);
}
