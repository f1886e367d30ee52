//! What normalizing costs, on one thread.
//!
//! - `normalize/KIND`: a column of texts through the profile `search`, from the storage of a Python `str` to
//!   code points, without the making of new `str` objects.
//! - `align/KIND`: the same, one text after the other, with the position that each character came from.
//!
//! KIND is the text: `news`, `vowelled`, `tatweel`, or `ascii`, which has nothing to fold. Throughput counts
//! bytes of the original text in UTF-8, 2 for an Arabic letter, whatever is left of it. Before anything is
//! timed, every row is compared with what the generator knows it to be.

mod texts;

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use kayan::{Alignment, NormalizedPart, NormalizedRow, Normalizer, NormalizerOptions, Text, Units};
use texts::{samples, Language, Sample};

fn normalize(criterion: &mut Criterion) {
    let normalizer = normalizer();
    let mut group = criterion.benchmark_group("normalize");
    for sample in own_samples() {
        let texts = sample.texts();
        let run = || normalizer.normalize_batch(&texts, Some(1));
        assert_eq!(rows(&run(), &texts), sample.folded);
        group.throughput(Throughput::Bytes(sample.bytes));
        group.bench_function(sample.kind, |bencher| bencher.iter(run));
    }
    group.finish();
}

fn align(criterion: &mut Criterion) {
    let normalizer = normalizer();
    let mut group = criterion.benchmark_group("align");
    for sample in own_samples() {
        let texts = sample.texts();
        let run = || -> Vec<_> { texts.iter().map(|text| aligned(&normalizer, text)).collect() };
        let found: Vec<String> = run().iter().map(|(units, _)| String::from_utf16_lossy(units)).collect();
        assert_eq!(found, sample.folded);
        group.throughput(Throughput::Bytes(sample.bytes));
        group.bench_function(sample.kind, |bencher| bencher.iter(run));
    }
    group.finish();
}

fn normalizer() -> Normalizer {
    NormalizerOptions::profile("search").and_then(|options| Normalizer::new(&options)).unwrap()
}

/// The texts of the benchmark `find` with 100 names.
fn own_samples() -> Vec<Sample> {
    let language = Language::new();
    samples(&language, &language.names(100))
}

fn aligned(normalizer: &Normalizer, text: &Text<'_>) -> (Vec<u16>, Alignment) {
    match text {
        Text::Units(Units::U8(units)) => normalizer.align_units(units),
        Text::Units(Units::U16(units)) => normalizer.align_units(units),
        other => unreachable!("the generator makes no {other:?}"),
    }
}

fn rows(parts: &[NormalizedPart], texts: &[Text<'_>]) -> Vec<String> {
    let rows = parts.iter().flat_map(|part| part.rows.iter().map(move |row| (part, row)));
    let texts = rows.zip(texts).map(|((part, row), text)| match (row, text) {
        (NormalizedRow::Narrow(range), _) => String::from_utf16_lossy(&part.narrow[range.clone()]),
        (NormalizedRow::Unchanged, Text::Units(Units::U8(units))) => {
            String::from_utf8_lossy(units).into_owned()
        }
        (NormalizedRow::Unchanged, Text::Units(Units::U16(units))) => String::from_utf16_lossy(units),
        (row, text) => unreachable!("the generator makes no {text:?}, which became {row:?}"),
    });
    texts.collect()
}

criterion_group!(benches, normalize, align);
criterion_main!(benches);
