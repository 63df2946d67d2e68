//! A report as text, read and checked: the prose, the table in it, and every rule. And the prose alone, beside a regular
//! expression that only finds its numbers.
#![forbid(unsafe_code)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use regex::Regex;
use xxgk::prose::Claims;
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

/// An invented sentence, with the words of a report but no row of a table, and with about as many numbers to the kilobyte as the
/// published report has: one in 158 bytes.
fn sentence(number: usize) -> String {
    let (items, share) = (number * 7 % 90 + 3, number * 13 % 100);
    match number % 4 {
        0 => format!(
            "修订信息公开指南、目录和保密审查制度,健全发布、解读和回应的工作机制,明确各处室的职责,全年审查拟公开信息{items}条。"
        ),
        1 => format!(
            "通过政府网站、政务微博和政务微信发布“权责清单”等信息,在办事大厅设置电子屏和宣传栏,方便群众查询,阅读量达{share}.2万人次。"
        ),
        2 => format!(
            "受理申请{items}件并在法定期限内全部答复,按照规定的程序登记、审查、办理和送达,对疑难问题会同法律顾问研究,做到件件有回音。"
        ),
        _ => format!(
            "组织各单位学习条例和有关文件,把信息公开列入年度考核,逐一检查网站栏目,召开政府信息公开工作会议{items}次,并通报结果。"
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

    let prose = text
        .split("附件")
        .next()
        .expect("what stands before the table");
    let numbers =
        Regex::new("[0-9][0-9,.]*(人次|万元|条|件|次|篇|个|人|份|宗|起|元|%)").expect("a pattern");
    let mut group = criterion.benchmark_group("prose");
    group.throughput(Throughput::Bytes(prose.len() as u64));
    group.bench_function("xxgk", |bencher| {
        bencher.iter(|| Claims::of_text(black_box(prose), &xxgk::forms()[0], Some(2017)));
    });
    group.bench_function("regex", |bencher| {
        bencher.iter(|| numbers.find_iter(black_box(prose)).count());
    });
    group.finish();

    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("read and check", |bencher| {
        bencher.iter(|| read_and_check(black_box(&text)));
    });
    group.finish();
}

criterion_group!(benches, text);
criterion_main!(benches);
