//! What finding names costs, on one thread.
//!
//! - `find/KIND/NAMES`: a column of texts searched for a dictionary of NAMES names with the default options
//!   (whole words, clitics, stop words, the longest of those that overlap), from the storage of a Python
//!   `str` to columns of matches.
//! - `build/NAMES`: compiling the dictionary.
//!
//! KIND is the text: `news`, `vowelled`, `tatweel`, or `ascii`, in which no Arabic name can begin. In the
//! others one word of thirty is a name, half of them with a clitic. Throughput counts bytes of the original
//! text in UTF-8, 2 for an Arabic letter; for `build`, names. Before anything is timed, the matches must be
//! as many as the names that the generator planted.

mod texts;

use std::time::Duration;

use criterion::{criterion_group, criterion_main, BenchmarkId, Criterion, Throughput};
use kayan::{Entry, Gazetteer, Matcher, MatcherOptions};
use texts::{samples, Language};

const NAMES: [usize; 3] = [100, 10_000, 100_000];

fn find(criterion: &mut Criterion) {
    let language = Language::new();
    let mut group = criterion.benchmark_group("find");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for count in NAMES {
        let names = language.names(count);
        let matcher = build(&gazetteer(&names));
        for sample in samples(&language, &names) {
            let texts = sample.texts();
            let run = || matcher.find_batch(&texts, 0, None, Some(1));
            assert_eq!(run().len(), sample.planted, "{} with {count} names", sample.kind);
            group.throughput(Throughput::Bytes(sample.bytes));
            group.bench_function(BenchmarkId::new(sample.kind, count), |bencher| bencher.iter(run));
        }
    }
    group.finish();
}

fn compile(criterion: &mut Criterion) {
    let language = Language::new();
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10);
    for count in NAMES {
        let gazetteer = gazetteer(&language.names(count));
        assert_eq!(build(&gazetteer).len(), count);
        group.throughput(Throughput::Elements(count as u64));
        group
            .bench_function(BenchmarkId::from_parameter(count), |bencher| bencher.iter(|| build(&gazetteer)));
    }
    group.finish();
}

fn gazetteer(names: &[String]) -> Gazetteer {
    let mut gazetteer = Gazetteer::new();
    names.iter().for_each(|name| gazetteer.add(Entry::new(name)).unwrap());
    gazetteer
}

fn build(gazetteer: &Gazetteer) -> Matcher {
    MatcherOptions::profile("match").and_then(|options| Matcher::new(gazetteer, &options)).unwrap()
}

criterion_group!(benches, find, compile);
criterion_main!(benches);
