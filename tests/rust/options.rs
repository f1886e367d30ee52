//! Typed setters and options by name are the same: one row for every option, which every table of options must have.

use kayan::{
    Boundary, Clitics, Dagger, Digits, Duplicates, Emoji, EngineChoice, FormMarks, Gazetteer, Hamza,
    Hashtags, MarkClasses, Matcher, MatcherOptions, NameVariants, Normalizer, NormalizerOptions, OptionValue,
    Overlap, Runs, Tatweel, Whitespace, WordSet, Zwnj,
};

fn list(words: &[&str]) -> OptionValue {
    OptionValue::List(words.iter().map(ToString::to_string).collect())
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// Rows of the options that both kinds have.
macro_rules! fold_rows {
    ($o:expr) => {
        [
            ("nfc", true.into(), $o.nfc(true)),
            ("invisibles", true.into(), $o.invisibles(true)),
            ("zwnj", "space".into(), $o.zwnj(Zwnj::Space)),
            ("zwnj", "keep".into(), $o.zwnj(Zwnj::Keep)),
            ("presentation_forms", "nfkc".into(), $o.presentation_forms(FormMarks::Nfkc)),
            ("width", true.into(), $o.width(true)),
            ("word_ligatures", true.into(), $o.word_ligatures(true)),
            ("tatweel", "bare".into(), $o.tatweel(Tatweel::Bare)),
            ("math_letters", true.into(), $o.math_letters(true)),
            ("lookalikes", true.into(), $o.lookalikes(true)),
            ("tanween_alef", true.into(), $o.tanween_alef(true)),
            ("dagger", "remove".into(), $o.dagger(Dagger::Remove)),
            ("dagger", "promote".into(), $o.dagger(Dagger::Promote)),
            ("dagger", true.into(), $o.dagger(Dagger::Spelling)),
            ("quranic", true.into(), $o.quranic(true)),
            ("diacritics", true.into(), $o.diacritics(MarkClasses::DEFAULT)),
            ("diacritics", false.into(), $o.diacritics(MarkClasses::NONE)),
            (
                "diacritics",
                list(&["harakat", "sukun"]),
                $o.diacritics(MarkClasses::HARAKAT | MarkClasses::SUKUN),
            ),
            (
                "diacritics",
                list(&["tanween", "shadda"]),
                $o.diacritics(MarkClasses::TANWEEN | MarkClasses::SHADDA),
            ),
            (
                "diacritics",
                list(&["madda", "dagger"]),
                $o.diacritics(MarkClasses::MADDA | MarkClasses::DAGGER),
            ),
            ("diacritics", "quranic_ext".into(), $o.diacritics(MarkClasses::QURANIC_EXT)),
            ("diacritics", "small_letters".into(), $o.diacritics(MarkClasses::SMALL_LETTERS)),
            ("diacritics", "signs".into(), $o.diacritics(MarkClasses::SIGNS)),
            ("alef", true.into(), $o.alef(true)),
            ("hamza", "hamza".into(), $o.hamza(Hamza::Alone)),
            ("hamza", "drop".into(), $o.hamza(Hamza::Drop)),
            ("hamza", false.into(), $o.hamza(None)),
            ("alef_maqsura", true.into(), $o.alef_maqsura(true)),
            ("ta_marbuta", true.into(), $o.ta_marbuta(true)),
            ("digits", "all".into(), $o.digits(Digits::All)),
            ("digits", "persian".into(), $o.digits(Digits::Persian)),
            ("separators", true.into(), $o.separators(true)),
            ("punctuation", true.into(), $o.punctuation(true)),
            ("signs", true.into(), $o.signs(true)),
            ("underscore_is_space", true.into(), $o.underscore_is_space(true)),
            ("case", true.into(), $o.case(true)),
            ("elongation", OptionValue::Int(3), $o.elongation(Runs::up_to(3))),
            ("elongation", "single".into(), $o.elongation(Runs::SINGLE)),
        ]
    };
}

#[test]
fn typed_setters_of_a_normalizer_do_what_names_do() {
    let o = NormalizerOptions::none_profile;
    let own = [
        ("html", true.into(), o().html(true)),
        ("emoji", "remove".into(), o().emoji(Emoji::Remove)),
        ("urls", "URL".into(), o().urls("URL".to_string())),
        ("emails", "MAIL".into(), o().emails("MAIL".to_string())),
        ("mentions", "USER".into(), o().mentions("USER".to_string())),
        ("hashtags", "words".into(), o().hashtags(Hashtags::Words)),
        ("hashtags", "TAG".into(), o().hashtags(Hashtags::Mask("TAG".into()))),
        ("whitespace", true.into(), o().whitespace(true)),
    ];
    let rows: Vec<(&str, OptionValue, NormalizerOptions)> = own.into_iter().chain(fold_rows!(o())).collect();
    for (name, value, typed) in &rows {
        let mut named = o();
        named.set(name, value).unwrap();
        assert_eq!(named, *typed, "{name}={value:?}");
    }
    for name in NormalizerOptions::names() {
        assert!(rows.iter().any(|row| row.0 == *name), "{name} has no row");
    }
}

#[test]
fn typed_setters_of_a_matcher_do_what_names_do() {
    let o = MatcherOptions::none_profile;
    let own = [
        ("boundary", "none".into(), o().boundary(Boundary::None)),
        ("overlap", "all".into(), o().overlap(Overlap::All)),
        ("overlap", "priority".into(), o().overlap(Overlap::Priority)),
        ("clitics", "off".into(), o().clitics(Clitics::Off)),
        ("article", true.into(), o().article(true)),
        ("enclitics", true.into(), o().enclitics(true)),
        ("min_stem", OptionValue::Int(4), o().min_stem(4_u32)),
        ("stop_words", list(&["من"]), o().stop_words(WordSet::from_iter(["من"]))),
        ("stop_words", false.into(), o().stop_words(WordSet::Off)),
        ("never_split", list(&["والد"]), o().never_split(strings(&["والد"]))),
        ("common_words", false.into(), o().common_words(WordSet::Off)),
        ("name_variants", "all".into(), o().name_variants(NameVariants::ALL)),
        (
            "name_variants",
            list(&["kunya", "ibn"]),
            o().name_variants(NameVariants::KUNYA | NameVariants::IBN),
        ),
        ("name_variants", list(&["compound"]), o().name_variants(NameVariants::COMPOUND)),
        ("name_variants", list(&["joined"]), o().name_variants(NameVariants::JOINED)),
        ("name_variants", list(&["patronymic"]), o().name_variants(NameVariants::PATRONYMIC)),
        ("name_variants", list(&["numbers"]), o().name_variants(NameVariants::NUMBERS)),
        ("whitespace", "inline".into(), o().whitespace(Whitespace::Inline)),
        ("script_boundary", false.into(), o().script_boundary(false)),
        ("duplicates", "first".into(), o().duplicates(Duplicates::First)),
        ("engine", "aho-corasick".into(), o().engine(EngineChoice::AhoCorasick)),
        ("require_context", false.into(), o().require_context(false)),
        ("name_rules", false.into(), o().name_rules(false)),
        ("coreference", false.into(), o().coreference(false)),
        ("fuzzy", OptionValue::Int(2), o().fuzzy(2)),
        ("fuzzy_known", true.into(), o().fuzzy_known(true)),
    ];
    let rows: Vec<(&str, OptionValue, MatcherOptions)> = own.into_iter().chain(fold_rows!(o())).collect();
    for (name, value, typed) in &rows {
        let mut named = o();
        named.set(name, value).unwrap();
        assert_eq!(named, *typed, "{name}={value:?}");
    }
    for name in MatcherOptions::names() {
        assert!(rows.iter().any(|row| row.0 == *name), "{name} has no row");
    }
}

#[test]
fn typed_profiles_are_the_named_ones() {
    let normalizers = [
        ("none", NormalizerOptions::none_profile()),
        ("light", NormalizerOptions::light_profile()),
        ("classical", NormalizerOptions::classical_profile()),
        ("match", NormalizerOptions::match_profile()),
        ("search", NormalizerOptions::search_profile()),
        ("loose", NormalizerOptions::loose_profile()),
        ("social", NormalizerOptions::social_profile()),
    ];
    for (name, typed) in normalizers {
        assert_eq!(NormalizerOptions::profile(name).unwrap(), typed);
    }
    assert_eq!(MatcherOptions::profile("match").unwrap(), MatcherOptions::default());
    assert_eq!(MatcherOptions::profile("loose").unwrap(), MatcherOptions::loose_profile());
}

#[test]
fn what_a_typed_setter_takes_unseen_is_refused_when_it_is_used() {
    let peer = || NormalizerOptions::profile("lucene").unwrap();
    let refused = |options: NormalizerOptions| Normalizer::new(&options).unwrap_err().to_string();
    let same = "profile 'lucene' takes no options, got";
    assert!(Normalizer::new(&peer()).is_ok());
    assert!(refused(peer().alef(true)).starts_with(&format!("{same} 'alef'")));
    assert!(refused(peer().nfc(true)).starts_with(&format!("{same} 'nfc'")));
    assert!(refused(peer().whitespace(true)).starts_with(&format!("{same} 'whitespace'")));
    assert!(refused(NormalizerOptions::none_profile().zwnj(Zwnj::Space)).contains("invisibles"));

    let build = |options: MatcherOptions| Matcher::new(&Gazetteer::new(), &options);
    let peer = || MatcherOptions::profile("lucene").unwrap();
    assert!(build(peer()).is_ok());
    assert!(build(peer().clitics(Clitics::Off)).is_ok(), "an option of the rules, which every profile takes");
    assert!(build(peer().hamza(Hamza::Drop))
        .unwrap_err()
        .to_string()
        .starts_with(&format!("{same} 'hamza'")));
    assert!(build(MatcherOptions::default().min_stem(65_u32))
        .unwrap_err()
        .to_string()
        .contains("from 0 to 64"));
}
