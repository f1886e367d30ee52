//! The seeds of the fuzz targets and what fuzzers found, and a short run of random inputs.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/checks.rs"]
#[allow(unreachable_pub, reason = "the targets are crates of their own")]
mod checks;

type Check = fn(&[u8]);

const TARGETS: [(&str, Check); 3] =
    [("matcher", checks::matcher), ("normalizer", checks::normalizer), ("saved", checks::saved)];

#[test]
fn seeds_and_regressions_pass() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (target, check) in TARGETS {
        let mut inputs = 0;
        for folder in ["seeds", "regressions"] {
            for entry in fs::read_dir(fuzz.join(folder).join(target)).into_iter().flatten() {
                check(&fs::read(entry.unwrap().path()).unwrap());
                inputs += 1;
            }
        }
        assert!(inputs > 0, "no seeds of {target}");
    }
}

#[test]
fn random_inputs_pass() {
    // A linear congruential generator: the same run every time.
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    };
    for round in 0..600 {
        let len = next() as usize % 24;
        // Few dictionaries, since each is built.
        let mut data = vec![(next() % 5) as u8 * 51, (next() % 5) as u8 * 17];
        data.extend((0..len).map(|_| next() as u8));
        let (_, check) = TARGETS[round % TARGETS.len()];
        check(&data);
    }
}
