//! What went wrong, as data: the kind of each error that a user can cause.

use std::error::Error as _;

use kayan::{Entry, Error, ErrorKind, Gazetteer, Matcher, MatcherOptions, NormalizerOptions};

fn gazetteer(names: &[&str]) -> Result<Gazetteer, Error> {
    let mut gazetteer = Gazetteer::new();
    names.iter().try_for_each(|name| gazetteer.add(Entry::new(name)))?;
    Ok(gazetteer)
}

#[test]
fn errors_carry_their_data() {
    let set = |name: &str, value: &str| MatcherOptions::default().set(name, &value.into()).unwrap_err();
    let matcher = |names: &[&str]| Matcher::new(&gazetteer(names).unwrap(), &MatcherOptions::default());
    let option = |option: &str| ErrorKind::Option { option: option.into() };
    let unknown = |what, name: &str| ErrorKind::Unknown { what, name: name.into() };
    let cases = [
        (NormalizerOptions::profile("serch").unwrap_err(), unknown("profile", "serch")),
        (set("overlaps", "all"), unknown("option", "overlaps")),
        (set("diacritics", "dots"), unknown("class of diacritics", "dots")),
        (matcher(&["دبي"]).unwrap().label_set(&["CITY"]).unwrap_err(), unknown("label", "CITY")),
        (set("overlap", "every"), ErrorKind::OptionValue { option: "overlap".into(), value: "every".into() }),
        (set("guard", "all"), option("guard")),
        (
            NormalizerOptions::profile("lucene").unwrap().set("alef", &true.into()).unwrap_err(),
            option("alef"),
        ),
        (gazetteer(&["دبي", " "]).unwrap_err(), ErrorKind::Entry { index: 1 }),
        // A tatweel, which folds to nothing.
        (matcher(&["دبي", "بغداد", "ـ"]).unwrap_err(), ErrorKind::Entry { index: 2 }),
        (Gazetteer::new().add_word_list("any thing", &["دبي"]).unwrap_err(), ErrorKind::WordList),
        (Gazetteer::new().add_rule("r", "[", "CITY", 0).unwrap_err(), ErrorKind::WordList),
    ];
    for (error, kind) in cases {
        assert_eq!(*error.kind(), kind, "{error}");
        assert!(error.source().is_none(), "{error}");
    }
}

#[cfg(feature = "saving")]
#[test]
fn bytes_that_are_not_a_matcher_are_refused_as_such() {
    assert_eq!(*Matcher::from_bytes(b"kayan").unwrap_err().kind(), ErrorKind::Saved);
}
