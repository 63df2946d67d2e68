//! Reports in which departments, districts, months, other years and other things are named with numbers of their own: none of
//! them is held against the table; and of the numbers of the whole, one that is changed is reported, and no other.
//!
//! The reports are written from a grammar of this file's own, which shares no word list with the reader.

use std::ops::Range;

use proptest::prelude::*;
use xxgk::national_2021::National2021;
use xxgk::prose::Claims;
use xxgk::{Record, Severity, Table, Value, strategies};

/// Parts of a city, with a name or without one.
const PARTS: &[&str] = &[
    "市公安局",
    "市教育局",
    "市自然资源和规划局",
    "市人力资源和社会保障局",
    "市卫生健康委员会",
    "市城市管理局",
    "市政府办公室",
    "市税务局",
    "市中级人民法院",
    "东山区",
    "西河县",
    "南桥镇",
    "北湖街道",
    "东山区政府办公室",
    "经济技术开发区管委会",
    "市本级",
    "市直部门",
    "市级机关",
    "县级部门",
    "各县区",
    "各乡镇",
    "各街道",
    "全市公安机关",
    "我市各县区",
    "无锡市公安局",
    "市公安局、市教育局",
    "市属学校",
    "下属单位",
];

/// What is said of a part: `@` is the part, `#` a number.
const OF_PARTS: &[&str] = &[
    "@收到政府信息公开申请#件。",
    "@共收到政府信息公开申请#件，办结#件。",
    "其中，@收到政府信息公开申请#件，予以公开#件，部分公开#件。",
    "从受理机关看，@收到政府信息公开申请#件，占7.3%。",
    "由@受理政府信息公开申请#件。",
    "2023年，@新收政府信息公开申请#件，结转下年度继续办理#件。",
    "@全年办结政府信息公开申请#件。",
    "@制发行政规范性文件#件，废止#件，现行有效#件。",
    "@作出行政许可决定#件。",
    "@收到政府信息公开申请#件；@收到政府信息公开申请#件。",
    "@收到政府信息公开申请#件，不予公开#件，无法提供#件。",
    "@未收到政府信息公开申请。",
];

/// What is said of another time.
const OF_TIMES: &[&str] = &[
    "12月份收到政府信息公开申请#件。",
    "3月收到政府信息公开申请#件，办结#件。",
    "上半年收到政府信息公开申请#件，办结#件。",
    "第三季度收到政府信息公开申请#件。",
    "月均收到政府信息公开申请#件。",
    "单日最多收到政府信息公开申请#件。",
    "2022年收到政府信息公开申请#件，办结#件。",
    "去年制发行政规范性文件#件。",
    "截至2022年底，收到政府信息公开申请#件。",
    "上年收到政府信息公开申请#件。",
    "收到政府信息公开申请#件（含历年）。",
    "日均办结政府信息公开申请#件。",
];

/// What is said of another thing, or not claimed at all.
const OF_THINGS: &[&str] = &[
    "受理信访事项#件，办结#件。",
    "12345热线受理诉求#件，办结#件。",
    "收到人大建议#件，答复#件。",
    "通过政府网站公开行政处罚决定#条、行政许可决定#条。",
    "公示行政许可决定#件、行政处罚决定#件。",
    "集中发布现行有效行政规范性文件#件。",
    "制作、获取政府信息#条，其中主动公开#条，不予公开#条。",
    "如收到政府信息公开申请#件，则应当报告。",
    "“收到政府信息公开申请#件”的说法不实。",
    "办理行政复议案件#件，其中结果维持#件、结果纠正#件。",
    "备案政府信息公开行政复议案件#件。",
    "受理行政许可申请#件，办结#件。",
    "召开会议#次，培训#人次。",
    "收到政府信息公开申请比上年增加#件。",
];

/// What is said of the whole: `{key}` is a figure of the table, `{key+key}` the sum of two. Of each line, one is chosen.
const OF_THE_WHOLE: &[&[&str]] = &[
    &[
        "全市共收到政府信息公开申请{requests.received.total+requests.carried_in.total}件（含上年结转{requests.carried_in.total}件）。",
        "2023年，我市新收政府信息公开申请{requests.received.total}件，上年结转{requests.carried_in.total}件。",
        "全市新收政府信息公开申请{requests.received.total}件，其中市公安局收到政府信息公开申请#件，市教育局收到#件。",
        "全市各级行政机关共新收政府信息公开申请{requests.received.total}件。",
    ],
    &[
        "全市共办结政府信息公开申请{requests.outcomes.total.total}件（含上年结转的申请），结转下年度继续办理{requests.carried_out.total}件。",
        "全市办结政府信息公开申请{requests.outcomes.total.total}件，其中予以公开{requests.outcomes.granted.total}件、部分公开{requests.outcomes.partly_granted.total}件。",
    ],
    &[
        "全市共制发行政规范性文件{disclosure.normative_documents.issued}件，废止{disclosure.normative_documents.repealed}件，现行有效{disclosure.normative_documents.in_force}件。",
        "2023年，全市制发行政规范性文件{disclosure.normative_documents.issued}件。",
    ],
    &[
        "全市因政府信息公开被申请行政复议{disputes.reconsideration.total}件（含上一年度结转#件）。",
        "全市政府信息公开行政复议{disputes.reconsideration.total}件，其中结果维持{disputes.reconsideration.upheld}件。",
    ],
    &["全市共作出行政许可决定{disclosure.licences.decisions}件。"],
];

/// A report, and where in it the numbers of the whole stand.
struct Written {
    text: String,
    whole: Vec<Range<usize>>,
}

/// One sentence: which template, which part, which numbers.
#[derive(Clone, Debug)]
struct Choice {
    kind: u8,
    template: usize,
    part: usize,
    number: u64,
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let choice = (0_u8..4, any::<usize>(), any::<usize>(), 1_u64..6000);
    let choice = choice.prop_map(|(kind, template, part, number)| Choice {
        kind,
        template,
        part,
        number,
    });
    prop::collection::vec(choice, 4..24)
}

/// Writes the sentences that are chosen, each about the whole at most once.
fn written(record: &Record, choices: &[Choice]) -> Written {
    let mut report = Written {
        text: "某市2023年政府信息公开工作年度报告\n一、总体情况\n（二）依申请公开情况\n".into(),
        whole: Vec::new(),
    };
    let mut whole = OF_THE_WHOLE.iter();
    for (at, choice) in choices.iter().enumerate() {
        let others = [OF_PARTS, OF_TIMES, OF_THINGS];
        let template = match others.get(usize::from(choice.kind)) {
            Some(templates) => templates[choice.template % templates.len()],
            None => match whole.next() {
                Some(ways) => ways[choice.template % ways.len()],
                None => continue,
            },
        };
        sentence(&mut report, record, choice, template);
        report.text += if at % 3 == 2 { "\n" } else { "" };
    }
    report
}

fn sentence(report: &mut Written, record: &Record, choice: &Choice, template: &str) {
    let mut number = choice.number;
    let mut part = choice.part;
    let mut rest = template;
    while let Some(at) = rest.find(['@', '#', '{']) {
        report.text += &rest[..at];
        let sign = &rest[at..=at];
        rest = &rest[at + 1..];
        match sign {
            "@" => {
                report.text += PARTS[part % PARTS.len()];
                part = part.wrapping_add(1);
            }
            "#" => {
                report.text += &number.to_string();
                number = number * 2 / 3 + 1;
            }
            _ => {
                let (keys, behind) = rest.split_once('}').unwrap();
                rest = behind;
                let start = report.text.len();
                let count = |key| match record.get(key).unwrap() {
                    Some(Value::Count(count)) => count,
                    _ => unreachable!(),
                };
                let sum: u64 = keys.split('+').map(count).sum();
                report.text += &sum.to_string();
                report.whole.push(start..report.text.len());
            }
        }
    }
    report.text += rest;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn only_the_numbers_of_the_whole_are_compared(
        record in strategies::national::consistent(National2021::form()),
        choices in choices(),
        change in any::<usize>(),
        by in 1_u64..1000,
    ) {
        let report = written(&record, &choices);
        let read = |text: &str| Claims::of_text(text, record.form(), Some(2023)).compare(&record);
        let (counts, findings) = read(&report.text);
        prop_assert!(findings.is_empty(), "{}\n{:?}", report.text, findings);
        // Nearly all that is said of the whole is compared.
        prop_assert!(counts.agree + 1 >= report.whole.len(), "{}\n{:?}", report.text, counts);

        let Some(range) = report.whole.get(change % report.whole.len().max(1)) else {
            return Ok(());
        };
        let number: u64 = report.text[range.clone()].parse().unwrap();
        let changed = number + by;
        let text = format!("{}{changed}{}", &report.text[..range.start], &report.text[range.end..]);
        let (_, findings) = read(&text);
        prop_assert_eq!(findings.len(), 1, "{} for {}\n{}\n{:?}", changed, number, text, findings);
        let finding = &findings[0];
        prop_assert_eq!((&*finding.rule, finding.severity), ("N001", Severity::Hard), "{}", text);
        let claim = finding.claim.as_ref().unwrap();
        prop_assert!(claim.text.contains(&changed.to_string()), "{:?} {}", claim, changed);
    }
}
