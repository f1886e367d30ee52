//! Ends of names on the net that make a link without anything else.

/// Those of countries: all of two letters in the Public Suffix List (publicsuffix.org, 2025-04-07), whose first
/// part follows the root zone of IANA.
const COUNTRIES: &str = "\
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv \
    bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es \
    et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu \
    id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt \
    lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no \
    np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si \
    sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk \
    us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// Countries whose end is a word of English or French: only in small letters, as the next word after a point
/// without a space begins with a capital one.
const WORDS: &str = "am as at be by do id in is it la me my no so to us";

/// Countries whose end is that of names of files: only after two names, as in `site.com.py`.
const FILES: &str = "cc md ml py rs sh";

/// The most common others, and few that are words.
const OTHERS: &str = "app biz com dev edu gov info int mil net news online org site";

/// The longest of them.
const LONGEST: usize = 6;

/// Returns whether these ASCII letters are such an end.
pub(super) fn is_top_level(name: &str) -> bool {
    let among = |names: &str, name: &str| names.split(' ').any(|known| known == name);
    let small = name.to_ascii_lowercase();
    if name.len() > LONGEST || (name != small && among(WORDS, &small)) {
        return false;
    }
    among(if name.len() == 2 { COUNTRIES } else { OTHERS }, &small)
}

/// Returns whether names of files end so.
pub(super) fn ends_files(name: &str) -> bool {
    FILES.split(' ').any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_names_are_sorted_and_short() {
        for names in [COUNTRIES, WORDS, FILES, OTHERS] {
            assert!(names.split(' ').is_sorted());
            assert!(names.split(' ').all(|name| (2..=LONGEST).contains(&name.len())));
        }
        assert!(COUNTRIES.split(' ').all(|name| name.len() == 2));
        assert!([WORDS, FILES].iter().flat_map(|names| names.split(' ')).all(is_top_level));
    }

    #[test]
    fn an_end_that_is_a_word_counts_in_small_letters() {
        assert!(is_top_level("it") && is_top_level("FR") && is_top_level("Com"));
        assert!(!is_top_level("It") && !is_top_level("zz") && !is_top_level("comm"));
    }
}
