//! The rules of each built-in form, held against each other.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use xxgk::analyse::{RemarkKind, analyse};

fn built_in(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("analyse");
    for form in xxgk::forms() {
        let untold = |kind| kind == RemarkKind::Untold;
        assert!(!analyse(form).remarks.iter().any(|it| untold(it.kind)));
        group.bench_function(form.id(), |bencher| {
            bencher.iter(|| analyse(black_box(form)))
        });
    }
    group.finish();
}

criterion_group!(benches, built_in);
criterion_main!(benches);
