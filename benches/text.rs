//! A report as text, read and checked: the prose, the table in it, and every rule.
#![forbid(unsafe_code)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use xxgk::{Options, Report, read};

/// A report whose table has one cell a line.
const SAMPLE: &str = include_str!("../tests/data/jilin-2017/cells-piped.txt");

/// How long the published report was, in bytes. Its table is about a sixth of it.
const REPORT_BYTES: usize = 20_997;

/// How many sentences the lines of prose have, over and over: headings and short lines, a few long paragraphs, with
/// about as many lines and commas to the kilobyte as the published report.
const SENTENCES: [usize; 8] = [1, 1, 1, 2, 1, 4, 7, 14];

/// The sample behind as much prose as the published report has: prose is read too, and has to be told from a table.
fn report() -> String {
    let mut prose = String::new();
    let mut sentences = (1..).map(sentence);
    for length in SENTENCES.into_iter().cycle() {
        if prose.len() + SAMPLE.len() >= REPORT_BYTES {
            break;
        }
        prose.extend(sentences.by_ref().take(length));
        prose.push('\n');
    }
    prose + SAMPLE
}

/// An invented sentence, with the words and figures of a report but no row of a table.
fn sentence(number: usize) -> String {
    let (items, share) = (number * 7 % 90 + 3, number * 13 % 100);
    match number % 4 {
        0 => {
            format!("({number})修订信息公开指南、目录和保密审查制度,全年审查拟公开信息{items}条。")
        }
        1 => format!(
            "通过政府网站、政务微博和政务微信发布“权责清单”等信息{items}篇,阅读量达{share}.{items}万人次。"
        ),
        2 => {
            format!("受理申请{items}件并在法定期限内全部答复;未发生行政复议、行政诉讼和举报投诉。")
        }
        _ => format!(
            "2017年召开政府信息公开工作会议{items}次,设立查阅点和咨询台并解读政策{share}次。"
        ),
    }
}

fn read_and_check(text: &str) -> Report {
    let options = Options::default();
    let mut readings = read(text, xxgk::forms(), &options);
    readings.next().expect("a reading").check()
}

fn text(criterion: &mut Criterion) {
    let text = report();
    let counts = read_and_check(&text).counts;
    assert_eq!((counts.rules, counts.undetermined), (28, 0));

    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("read and check", |bencher| {
        bencher.iter(|| read_and_check(black_box(&text)));
    });
    group.finish();
}

criterion_group!(benches, text);
criterion_main!(benches);
