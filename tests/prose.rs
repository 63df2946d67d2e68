//! What a report says in sentences is held against its table: what is said of a row is compared with that row, what is in
//! doubt is not, and a number that was changed is reported alone, with both places.

mod support;

use proptest::prelude::*;
use support::sentences::{NATIONAL, NINE_CATEGORY, Prose, write};
use xxgk::national_2021::National2021;
use xxgk::nine_category::NineCategory;
use xxgk::prose::{Claims, Meaning, Said};
use xxgk::{Form, Options, Record, Report, Severity, Table, Value, forms, read, strategies};

const SAMPLE: &str = include_str!("data/jilin-2017/cells-piped.txt");

fn report(text: &str) -> Report {
    let options = Options::default();
    let mut readings = read(text, forms(), &options);
    let report = readings.next().unwrap().check();
    assert!(readings.next().is_none());
    report
}

/// What the claims of a text are about, each as its clause, what is said, and the keys.
fn said(text: &str, form: &std::sync::Arc<Form>, year: u16) -> Vec<(String, String, String)> {
    let keys = |cells: &[usize]| {
        let keys = cells
            .iter()
            .map(|cell| form.indicator(*cell).unwrap().key());
        keys.collect::<Vec<_>>().join("+")
    };
    let claims = Claims::of_text(text, form, Some(year));
    let bound = claims.bound().map(|claim| {
        let said = match claim.said {
            Said::Value(value) => value.to_string(),
            Said::Percentage(percentage) => percentage.to_string(),
            Said::All => "all".into(),
            _ => "about".into(),
        };
        let about = match claim.meaning.as_ref().unwrap() {
            Meaning::Sum(sums) => sums
                .iter()
                .map(|cells| keys(cells))
                .collect::<Vec<_>>()
                .join("|"),
            Meaning::Share { part, wholes } => {
                let wholes: Vec<_> = wholes.iter().map(|cells| keys(cells)).collect();
                format!("{}/{}", keys(part), wholes.join("|"))
            }
            Meaning::All { part, whole } => format!("{}={}", keys(part), keys(whole)),
            _ => unreachable!(),
        };
        (claim.place.text.clone(), said, about)
    });
    bound.collect()
}

#[track_caller]
fn bound(form: &std::sync::Arc<Form>, text: &str, expected: &[(&str, &str)]) {
    let found = said(text, form, 2023);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(_, said, about)| (&**said, &**about))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[track_caller]
fn nine(text: &str, expected: &[(&str, &str)]) {
    bound(
        NineCategory::form(),
        &format!("四、依申请公开情况\n{text}"),
        expected,
    );
}

#[track_caller]
fn national(text: &str, expected: &[(&str, &str)]) {
    bound(
        National2021::form(),
        &format!("(二)依申请公开情况。{text}"),
        expected,
    );
}

#[test]
fn the_sample_agrees_whole() {
    let report = report(SAMPLE);
    let claims = report.claims.unwrap();
    assert_eq!(
        (
            claims.bound,
            claims.agree,
            claims.contradict,
            claims.unbound
        ),
        (39, 39, 0, 3)
    );
    assert_eq!(report.findings.len(), 1);
    let said = said(SAMPLE, NineCategory::form(), 2017);
    let has = |value: &str, about: &str| {
        said.iter()
            .any(|(_, said, of)| said == value && of == about)
    };
    for (value, about) in [
        ("159", "disclosure.total"),
        ("2", "disclosure.normative_documents"),
        ("2", "disclosure.normative_documents_issued"),
        ("1.3%", "disclosure.normative_documents/disclosure.total"),
        ("159", "disclosure.channels.website"),
        ("100%", "disclosure.channels.website/disclosure.total"),
        ("2.5%", "disclosure.channels.microblog/disclosure.total"),
        ("18.9%", "disclosure.channels.wechat/disclosure.total"),
        ("14.5%", "disclosure.channels.other/disclosure.total"),
        ("23", "response.topics"),
        ("93", "response.channels.policy_interpretations"),
        ("15", "response.channels.microblog_and_wechat"),
        ("34", "response.channels.other"),
        ("27", "requests.received.total"),
        ("27", "requests.received.in_person"),
        (
            "100%",
            "requests.received.in_person/requests.received.total",
        ),
        ("0", "requests.received.fax"),
        ("0", "requests.received.online"),
        ("0", "requests.received.letter"),
        ("27", "requests.closed.total"),
        ("all", "requests.closed.on_time=requests.closed.total"),
        ("100%", "requests.closed.on_time/requests.closed.total"),
        ("27", "requests.answered.total"),
        ("all", "requests.answered.granted=requests.answered.total"),
        ("0", "fees"),
        ("0", "reconsideration.total"),
        ("0", "litigation.total"),
        ("0", "complaints"),
        ("0", "capacity.dedicated_offices"),
        ("1", "capacity.reading_points"),
        ("3", "capacity.staff.total"),
        ("all", "capacity.staff.part_time=capacity.staff.total"),
        ("1.5", "capacity.budget"),
        ("2", "meetings_and_training.meetings"),
        ("3", "meetings_and_training.trainees"),
    ] {
        assert!(has(value, about), "{value} {about}");
    }
}

/// Every number of the sample's sentences, changed alone: that claim and no other is reported, where it stands; or the number
/// is none that is compared.
#[test]
fn a_changed_number_is_reported_alone() {
    let end = SAMPLE.find("附件").unwrap();
    let base = report(SAMPLE);
    let (mut compared, mut at) = (0, 0);
    while let Some(found) = SAMPLE[at..end].find(|c: char| c.is_ascii_digit()) {
        let start = at + found;
        let rest = &SAMPLE[start..end];
        let length = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap();
        at = start + length;
        let number = &SAMPLE[start..at];
        let changed = match number.split_once('.') {
            Some((whole, fraction)) => {
                format!("{whole}.{}", (fraction.parse::<u32>().unwrap() + 3) % 10)
            }
            None => (number.parse::<u64>().unwrap() + 7).to_string(),
        };
        if SAMPLE[at..].starts_with('年') {
            continue;
        }
        let text = format!("{}{changed}{}", &SAMPLE[..start], &SAMPLE[at..]);
        let report = report(&text);
        let new: Vec<_> = report
            .findings
            .iter()
            .filter(|it| !base.findings.contains(it))
            .collect();
        match new[..] {
            [] => assert_eq!(report.claims, base.claims, "{changed} for {number}"),
            [finding] => {
                compared += 1;
                let claim = finding.claim.as_ref().unwrap();
                let line = text.lines().nth(claim.line - 1).unwrap();
                let there: String = line.chars().skip(claim.column - 1).collect();
                assert!(
                    there.starts_with(&claim.text) && claim.text.contains(&changed),
                    "{claim:?}"
                );
                assert!(
                    matches!(&*finding.rule, "N001" | "P001" | "P002"),
                    "{finding:?}"
                );
                for cell in &finding.cells {
                    let place = cell.place.as_ref().unwrap();
                    assert_eq!(place.text, cell.value.unwrap().to_string());
                }
                assert_eq!(report.claims.unwrap().contradict, 1);
            }
            _ => panic!("{changed} for {number}: {new:?}"),
        }
    }
    assert_eq!(compared, 28);
}

#[test]
fn what_none_is_said_of() {
    for (text, rows) in [
        ("未收到政府信息公开申请。", &["requests.received.total"][..]),
        ("全年没有收到公开申请。", &["requests.received.total"]),
        (
            "未收到任何形式的政府信息公开申请。",
            &["requests.received.total"],
        ),
        (
            "未收到传真、信函等形式的申请。",
            &["requests.received.fax", "requests.received.letter"],
        ),
        (
            "无因政府信息公开引发的行政复议、行政诉讼。",
            &["reconsideration.total", "litigation.total"],
        ),
        ("未向申请人收取费用。", &["fees"]),
        ("未收到群众来信。", &[]),
        ("未收到贷款申请。", &[]),
        ("无法提供申请。", &[]),
        ("上年未收到政府信息公开申请。", &[]),
        ("未发生重大安全事故和行政复议。", &[]),
    ] {
        let expected: Vec<_> = rows.iter().map(|row| ("0", *row)).collect();
        nine(text, &expected);
    }
}

#[test]
fn what_is_about_something_else_is_left_alone() {
    for text in [
        "12345热线受理群众申请500件。",
        "受理公积金贷款申请300件。",
        "通过网站公开规范性文件、管理信息等各类信息159篇。",
        "通过微信主动公开政府信息30条。",
        "重点领域主动公开政府信息50条。",
        "2022年收到政府信息公开申请20件。",
        "收到政府信息公开申请比上年增加5件。",
        "上半年收到申请7件。",
        "执法机关备案行政复议案件120件。",
        "网站在线答复网民留言30件。",
        "有27家单位提出申请。",
        "收到建议和申请共30件。",
        "专题介绍惠民政策解读稿件8篇。",
        "占用耕地的比例为3%。",
        "办理行政许可3件,占100%。",
        "在市政府网站公开政府信息300条。",
        "截至年底累计主动公开政府信息12000条。",
        "收到有效申请25件。",
        "上级机关转办申请5件。",
        "市教育局收到申请5件,市公安局收到申请7件。",
        "主动公开政府信息的上级机关占3%。",
        "网站、微信公开政府信息分别占80%、20%。",
    ] {
        nine(text, &[]);
    }
    // Behind 其中, what is said of the same row is of a part of it; so is a name with another's before it.
    nine(
        "收到申请27件,其中区财政局收到申请5件。",
        &[("27", "requests.received.total")],
    );
    nine(
        "主动公开政府信息900条,其中部门网站300条,政府网站159条。",
        &[
            ("900", "disclosure.total"),
            ("159", "disclosure.channels.website"),
        ],
    );
    // Three numbers for one row, wherever they stand, are of several reports.
    nine("甲局收到申请5件。乙局收到申请6件。丙局收到申请7件。", &[]);
    for text in [
        "主动公开政府信息1234条。",
        "公开行政许可信息300条。",
        "规章3件。",
        "备案行政复议案件120件。",
        "收取信息处理费380元。",
    ] {
        national(text, &[]);
    }
}

/// What the findings of a report of a whole city weigh, whose table has 28 requests received, 2 carried in and 25 closed.
#[track_caller]
fn weighs(text: &str, expected: &[(&str, Severity)]) {
    let mut record = Record::new(National2021::form().clone());
    for (key, count) in [
        ("requests.received.total", 28),
        ("requests.received.natural_person", 28),
        ("requests.carried_in.total", 2),
        ("requests.outcomes.total.total", 25),
        ("requests.outcomes.granted.total", 9),
        ("requests.outcomes.partly_granted.total", 4),
        ("requests.carried_out.total", 5),
        ("disclosure.normative_documents.issued", 77),
        ("disclosure.normative_documents.in_force", 470),
        ("disclosure.licences.decisions", 120),
        ("disclosure.penalties.decisions", 33),
        ("disputes.reconsideration.total", 9),
    ] {
        support::set(&mut record, &[(key, count)]);
    }
    let text = format!("某市2023年政府信息公开工作年度报告\n(二)依申请公开情况。\n{text}");
    let (_, findings) = Claims::of_text(&text, record.form(), Some(2023)).compare(&record);
    let found: Vec<_> = findings.iter().map(|it| (&*it.rule, it.severity)).collect();
    assert_eq!(found, expected, "{text}\n{findings:?}");
}

#[test]
fn a_part_of_the_body_is_not_the_whole() {
    for text in [
        "市公安局收到政府信息公开申请256件。",
        "县级部门共收到政府信息公开申请256件，办结240件。",
        "其中，市本级收到政府信息公开申请12件，办结11件。",
        "市直部门收到政府信息公开申请12件，各县区收到政府信息公开申请16件。",
        "市政府办公室牵头办理以市政府名义答复的政府信息公开申请18件，予以公开6件，部分公开1件。",
        "市政府及市政府办公室制发行政规范性文件12件。",
        "全市共收到政府信息公开申请28件。从受理机关看，市公安局收到政府信息公开申请25件，占89.3%。",
        "全市公安机关收到政府信息公开申请12件。",
        "宿城区收到政府信息公开申请3件；无锡市公安局收到政府信息公开申请7件。",
        "市公安局收到政府信息公开申请12件。其中予以公开7件。",
    ] {
        weighs(text, &[]);
    }
    let hard = ("N001", Severity::Hard);
    let soft = ("N001", Severity::Soft);
    weighs("全市共收到政府信息公开申请27件。", &[hard]);
    weighs("收到政府信息公开申请27件。", &[hard]);
    weighs(
        "市公安局收到政府信息公开申请12件。全市收到政府信息公开申请27件。",
        &[hard],
    );
    weighs(
        "市公安局收到政府信息公开申请12件。我市共收到政府信息公开申请27件，办结24件。",
        &[hard, hard],
    );
    // The sentence names nobody, and others are named: it may be about them.
    weighs("市公安局收到政府信息公开申请12件。予以公开7件。", &[soft]);
    weighs("市政府收到政府信息公开申请27件。", &[soft]);
}

#[test]
fn a_part_of_the_year_is_not_the_year() {
    for text in [
        "月均收到政府信息公开申请1件。单日最多收到政府信息公开申请4件。",
        "12月份收到政府信息公开申请3件。",
        "12月收到政府信息公开申请3件，办结2件。",
        "上半年收到政府信息公开申请13件，办结12件。",
        "一季度收到政府信息公开申请3件。",
        "截至2022年底收到政府信息公开申请300件。",
        "收到政府信息公开申请300件（含历年）。",
    ] {
        weighs(text, &[]);
    }
    let hard = ("N001", Severity::Hard);
    weighs("1至12月收到政府信息公开申请27件。", &[hard]);
    weighs(
        "上半年收到政府信息公开申请13件，全年收到政府信息公开申请27件。",
        &[hard],
    );
    weighs("截至2023年12月31日，共收到政府信息公开申请27件。", &[hard]);
}

#[test]
fn another_thing_is_not_the_row() {
    for text in [
        "通过政府网站公开行政处罚决定12000条、行政许可决定98000条。",
        "公开行政处罚决定500件、行政许可决定600件。",
        "制作、获取政府信息总数425条，其中主动公开政府信息148条，不予公开信息95条。",
        "制作政府信息425件，其中予以公开95件。",
        "因政府信息公开被申请行政复议9件（含上一年度结转1件）。",
        "集中发布现行有效行政规范性文件393件。",
        "如收到政府信息公开申请100件，则应当报告。",
        "“收到政府信息公开申请99件”的说法不实。",
        "有报道称收到政府信息公开申请99件，与事实不符。",
        "未收到因政府信息公开申请引起的行政诉讼。",
        "政府信息公开行政复议9件，其中结果维持5件、结果纠正2件。",
    ] {
        weighs(text, &[]);
    }
    nine("微博微信公开信息2148条。", &[]);
    nine("新闻发布会公开信息12条。", &[]);
    nine(
        "中心召开会议12次,其中政府信息公开工作会议2次。",
        &[("2", "meetings_and_training.meetings")],
    );
    nine(
        "未收到因政府信息公开申请引起的行政诉讼。",
        &[("0", "litigation.total")],
    );
}

/// A list and a share go with the claim that governs them, and not with what a bracket adds.
#[test]
fn what_a_bracket_adds_governs_nothing() {
    weighs(
        "办结25件（含上年结转2件），其中予以公开9件（36%），部分公开4件（16%）。",
        &[],
    );
    weighs(
        "办结25件（含上年结转2件），均按时答复。其中，予以公开9件（36%）。",
        &[],
    );
    weighs(
        "办结25件（含上年结转2件），其中予以公开9件（46%）。",
        &[("P001", Severity::Soft)],
    );
    weighs("上年结转2件，其中予以公开9件，占36%。", &[]);
}

#[test]
fn about_so_many_is_never_compared() {
    for text in [
        "收到申请近30件。",
        "收到申请30余件。",
        "收到申请30件左右。",
        "收到申请超过30件。",
    ] {
        nine(text, &[("about", "requests.received.total")]);
    }
}

#[test]
fn an_amount_may_be_said_with_fewer_decimals() {
    let mut record = Record::new(National2021::form().clone());
    let collected = Some(Value::Amount("59237.2449".parse().unwrap()));
    record.set("disclosure.fees.collected", collected).unwrap();
    for (text, agree, contradict) in [
        ("行政事业性收费59237.2449万元。", 1, 0),
        ("行政事业性收费59237.24万元。", 1, 0),
        ("行政事业性收费59237万元。", 1, 0),
        ("行政事业性收费5.9237亿元。", 1, 0),
        ("行政事业性收费592372449元。", 1, 0),
        ("行政事业性收费5.92亿元。", 1, 0),
        ("行政事业性收费592,372,449.00元。", 1, 0),
        ("行政事业性收费5.93亿元。", 0, 1),
        ("行政事业性收费59237.25万元。", 0, 1),
        ("行政事业性收费59237.2494万元。", 0, 1),
        ("行政事业性收费5.9238亿元。", 0, 1),
        ("行政事业性收费592372450元。", 0, 1),
        ("未收取行政事业性收费。", 0, 1),
    ] {
        let claims = Claims::of_text(text, record.form(), Some(2023));
        let (counts, findings) = claims.compare(&record);
        let found = (counts.agree, counts.contradict);
        assert_eq!(found, (agree, contradict), "{text} {findings:?}");
    }
    // What is all but nothing is not nothing.
    let little = Some(Value::Amount("0.3".parse().unwrap()));
    record.set("disclosure.fees.collected", little).unwrap();
    let claims = Claims::of_text("行政事业性收费0万元。", record.form(), Some(2023));
    assert_eq!(claims.compare(&record).0.contradict, 1);
}

#[test]
fn what_may_be_included_is_told_by_what_follows() {
    let both = "requests.received.total|requests.received.total+requests.carried_in.total";
    national("收到申请30件。", &[("30", both)]);
    let carried = ("2", "requests.carried_in.total");
    let with = "requests.received.total+requests.carried_in.total";
    national("收到申请30件(含上年结转2件)。", &[("30", with), carried]);
    national("收到申请30件,其中上年结转2件。", &[("30", with), carried]);
    national(
        "收到申请30件（不含上年结转2件）。",
        &[("30", "requests.received.total"), carried],
    );
    national(
        "收到申请805件(含上年结转18件,另有72件结转下年度办理)。",
        &[
            ("805", with),
            ("18", "requests.carried_in.total"),
            ("72", "requests.carried_out.total"),
        ],
    );
}

#[test]
fn columns_and_groups() {
    national(
        "收到申请30件,其中自然人20件,法人或其他组织10件。",
        &[
            (
                "30",
                "requests.received.total|requests.received.total+requests.carried_in.total",
            ),
            (
                "20",
                "requests.received.natural_person|requests.received.natural_person+requests.carried_in.natural_person",
            ),
            (
                "10",
                "requests.received.business+requests.received.research_institution+requests.received.public_welfare+requests.received.legal_services+requests.received.other|requests.received.business+requests.received.research_institution+requests.received.public_welfare+requests.received.legal_services+requests.received.other+requests.carried_in.business+requests.carried_in.research_institution+requests.carried_in.public_welfare+requests.carried_in.legal_services+requests.carried_in.other",
            ),
        ],
    );
    national(
        "因信息不掌握等原因无法提供4件;予以公开及部分公开共12件。",
        &[
            (
                "4",
                "requests.outcomes.unavailable.not_held.total+requests.outcomes.unavailable.to_be_created.total+requests.outcomes.unavailable.still_unclear.total",
            ),
            (
                "12",
                "requests.outcomes.partly_granted.total+requests.outcomes.granted.total",
            ),
        ],
    );
    national(
        "政府信息公开行政复议3件,其中结果维持2件。",
        &[
            ("3", "disputes.reconsideration.total"),
            ("2", "disputes.reconsideration.upheld"),
        ],
    );
}

/// A table of whose figures the sentences of a test are true.
fn table() -> NineCategory {
    let mut table = NineCategory::default();
    let received = &mut table.requests.received;
    received.total = Some(27);
    received.in_person = Some(20);
    received.fax = Some(0);
    received.online = Some(5);
    received.letter = Some(2);
    table.requests.answered.total = Some(27);
    table.requests.answered.granted = Some(20);
    table.requests.closed.total = Some(30);
    table.requests.closed.on_time = Some(27);
    table
}

#[track_caller]
fn found(text: &str, expected: &[&str]) {
    let text = format!("四、依申请公开情况\n{text}");
    let claims = Claims::of_text(&text, NineCategory::form(), Some(2017));
    let (_, findings) = claims.compare(&table().record(Default::default()));
    let rules: Vec<&str> = findings.iter().map(|it| &*it.rule).collect();
    assert_eq!(rules, expected, "{text}\n{findings:?}");
}

#[test]
fn a_list_behind_its_total_sums() {
    found(
        "收到申请27件,其中当面申请20件,网络申请5件,信函申请2件。",
        &[],
    );
    // A list that leaves parts out is none that must sum, unless it says that it names them all.
    found("收到申请27件,其中当面申请20件,网络申请5件。", &[]);
    found("收到申请27件,其中分为当面申请20件,网络申请5件。", &["N002"]);
    found("收到申请27件,其中:当面申请20件,占74.1%;网络申请5件。", &[]);
    found(
        "收到申请27件。其中,分为当面申请20件,网络申请5件。",
        &["N002"],
    );
    found("收到申请27件,其中主要有当面申请20件,网络申请5件。", &[]);
    found("收到申请27件,其中当面申请20件,网络申请5件等。", &[]);
    found("收到申请27件,其中当面申请20件。", &[]);
    found("收到申请27件,其中当面申请20件,网络申请7件。", &["N001"]);
    found(
        "收到申请28件,其中当面申请20件,网络申请5件,信函申请2件。",
        &["N001"],
    );
    found(
        "收到申请27件,其中当面申请21件,网络申请4件,信函申请2件。",
        &["N001", "N001"],
    );
}

/// A whole and its parts within one sentence, of which the table has no rows.
#[test]
fn parts_that_no_row_has_sum_too() {
    found("举办各类培训12期,其中线上5期,线下4期,其他2期。", &["N002"]);
    found("举办各类培训12期,其中线上5期,线下4期,其他3期。", &[]);
    found(
        "全市收到信访100件,其中市公安局60件、市教育局30件、其他部门20件。",
        &["N002"],
    );
    found(
        "全市收到信访100件（其中市公安局60件、市教育局30件、其他部门20件）,办结90件。",
        &["N002"],
    );
    found(
        "全市收到信访100件,其中分为市公安局60件、市教育局三十件。",
        &["N002"],
    );
    // It does not say that these are all; or one may be counted twice; or the numbers are of other things, or not exact.
    found("全市收到信访100件,其中市公安局60件、市教育局30件。", &[]);
    found(
        "全市收到信访100件,其中市公安局60件、市教育局30件、其他部门20件等。",
        &[],
    );
    found("发布信息100条,其中网站80条、微信60条、其他20条。", &[]);
    found(
        "全市收到信访100件,其中市公安局60余件、市教育局30件、其他部门20件。",
        &[],
    );
    found(
        "全市收到信访100件,其中市公安局60人次、其他部门20人次。",
        &[],
    );
    // One that contradicts the table is why, and said already.
    found(
        "收到申请27件,其中当面申请21件,网络申请5件,其他渠道2件。",
        &["N001"],
    );
}

#[test]
fn percentages_at_the_decimals_printed() {
    found("收到申请27件,其中网络申请5件,占18.5%。", &[]);
    found("收到申请27件,其中网络申请5件,占18.6%。", &["P002"]);
    found("收到申请27件,其中网络申请5件,占19%。", &[]);
    found("收到申请27件,其中网络申请5件,占28.5%。", &["P001"]);
    found("同意公开20件,占答复总数的74.1%。", &[]);
    found("同意公开20件,占答复总数的比例为70%。", &["P001"]);
    found("按时办结率为90%。", &[]);
    found("按时办结率达到100%。", &["P001"]);
    found("收到申请27件,同比增长28.5%。", &[]);
    // Of what was said before, where no whole is named.
    found("收到申请27件,其中同意公开20件(74.1%)。", &[]);
    found("收到申请27件,其中同意公开20件(84.1%)。", &["P001"]);
}

#[test]
fn all_of_them_are() {
    found("收到申请27件,全部为当面申请。", &["N001"]);
    found("27件申请全部按时办结。", &[]);
    found("20件申请全部按时办结。", &["N001"]);
    found("办结30件,均按时办结。", &["N001"]);
    found("答复27件,均同意公开。", &["N001"]);
}

/// What users read of each kind, in both languages, and why a claim is bound or not.
#[test]
fn the_messages() {
    let mut out = String::new();
    let mut show = |record: &Record, text: &str| {
        let claims = Claims::of_text(text, record.form(), Some(2023));
        out += &format!("{}\n", text.split('\n').next_back().unwrap());
        for claim in claims.all() {
            let why = claim.why.text();
            out += &format!("  {}: {} / {}\n", claim.place.text, why.zh, why.en);
        }
        for finding in claims.compare(record).1 {
            let (rule, sides) = (
                &finding.rule,
                finding.sides.map(|sides| sides.map(|it| it.to_string())),
            );
            let message = &finding.message;
            out += &format!(
                "  {rule} {sides:?}\n    {}\n    {}\n",
                message.zh, message.en
            );
        }
    };
    let record = table().record(Default::default());
    for text in [
        "收到申请28件,其中当面申请20件,占82.1%。",
        "收到申请27件,其中分为当面申请20件,网络申请5件。",
        "市政府收到申请28件。",
        "答复27件,均同意公开。",
        "按时办结率为90.1%。",
        "未收到当面申请。",
        "传真申请0件,占申请总数的0%。",
        "2022年收到申请20件,比上年增加5件。",
        "收到申请27家。",
        "12345热线受理申请3件。",
        "收到申请和建议共30件。",
    ] {
        show(&record, &format!("四、依申请公开情况\n{text}"));
    }
    let mut national = Record::new(National2021::form().clone());
    for (key, count) in [
        ("requests.received.total", 28),
        ("requests.carried_in.total", 2),
        ("requests.outcomes.total.total", 0),
        ("requests.outcomes.granted.total", 0),
    ] {
        support::set(&mut national, &[(key, count)]);
    }
    for text in [
        "收到政府信息公开申请29件。",
        "收到政府信息公开申请30件。",
        "予以公开0件,占办结总数的50%。",
        "规范性文件3件。",
    ] {
        show(&national, &format!("(二)依申请公开情况。\n{text}"));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_sentences_are_about_the_table_of_their_year() {
    let other = SAMPLE[SAMPLE.find("附件").unwrap()..]
        .replace("2017", "2016")
        .replace("27 |", "28 |");
    let options = Options::default();
    let text = format!("{SAMPLE}\n{other}");
    let readings: Vec<_> = read(&text, forms(), &options).collect();
    let years: Vec<_> = readings
        .iter()
        .map(|it| (it.year.unwrap(), it.claims.is_some()))
        .collect();
    assert_eq!(years, [(2017, true), (2016, false)]);
    // Two of one year: it is not certain which of them is meant.
    let twice = format!("{SAMPLE}\n{}", &SAMPLE[SAMPLE.find("附件").unwrap()..]);
    assert!(read(&twice, forms(), &options).all(|it| it.claims.is_none()));
    let without = Options {
        prose: false,
        ..Options::default()
    };
    assert!(read(SAMPLE, forms(), &without).all(|it| it.claims.is_none()));
}

/// One way to write each line.
fn prose(lines: &'static [&'static [&'static str]], record: &Record, choice: &[usize]) -> Prose {
    let chosen: Vec<&str> = lines
        .iter()
        .zip(choice)
        .map(|(ways, choice)| ways[choice % ways.len()])
        .collect();
    write(record, &chosen)
}

/// Sentences written from a record agree with it, nearly every number is compared, and one that is changed is reported alone.
fn written_and_changed(
    lines: &'static [&'static [&'static str]],
    record: &Record,
    choice: &[usize],
    change: usize,
    by: u64,
) -> Result<(), TestCaseError> {
    let prose = prose(lines, record, choice);
    let year = Some(*record.form().years().end()).map(|year| year.min(2023));
    let claims = Claims::of_text(&prose.text, record.form(), year);
    let (counts, findings) = claims.compare(record);
    prop_assert!(
        findings.iter().all(|it| &*it.rule == "N002"),
        "{}\n{findings:?}",
        prose.text
    );
    prop_assert!(
        counts.bound + 2 >= prose.numbers.len(),
        "{}\n{:?}",
        prose.text,
        claims.all()
    );

    let (range, keys) = &prose.numbers[change % prose.numbers.len()];
    let number = &prose.text[range.clone()];
    let changed = match number.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", whole.parse::<u64>().unwrap() + by),
        None => (number.parse::<u64>().unwrap() + by).to_string(),
    };
    let text = format!(
        "{}{changed}{}",
        &prose.text[..range.start],
        &prose.text[range.end..]
    );
    let (now, findings) = Claims::of_text(&text, record.form(), year).compare(record);
    let findings: Vec<_> = findings.iter().filter(|it| &*it.rule != "N002").collect();
    match findings[..] {
        // It is one of the few that are not compared; or one that may be either of two sums, and is now the other.
        [] => prop_assert!(
            now.bound < prose.numbers.len() || now.agree == now.bound,
            "{text}"
        ),
        [finding] => {
            prop_assert_eq!(
                (&*finding.rule, finding.severity),
                ("N001", Severity::Hard),
                "{}",
                text
            );
            let claim = finding.claim.as_ref().unwrap();
            prop_assert!(claim.text.contains(&changed), "{claim:?} {changed}");
            let named: Vec<&str> = finding
                .cells
                .iter()
                .filter_map(|cell| cell.key.as_deref())
                .collect();
            prop_assert!(
                keys.iter().all(|key| named.contains(key)),
                "{keys:?} {named:?}"
            );
        }
        _ => prop_assert!(false, "{text}\n{findings:?}"),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn sentences_about_random_tables(
        table in strategies::consistent(),
        choice in prop::collection::vec(0_usize..12, NINE_CATEGORY.len()),
        change in any::<usize>(),
        by in 1_u64..1000,
    ) {
        written_and_changed(NINE_CATEGORY, &Record::from(&table), &choice, change, by)?;
    }

    #[test]
    fn sentences_about_random_national_tables(
        record in strategies::national::consistent(National2021::form()),
        choice in prop::collection::vec(0_usize..12, NATIONAL.len()),
        change in any::<usize>(),
        by in 1_u64..1000,
    ) {
        written_and_changed(NATIONAL, &record, &choice, change, by)?;
    }

    /// Whatever stands in a text, its claims are read, and each stands where its place says.
    #[test]
    fn any_text_at_all(text in "[收到申请公开信息办结答复其中均全部未无占比例为的,;:。()0-9%件条次元万年 \n、及含]{0,200}") {
        for form in forms() {
            let claims = Claims::of_text(&text, form, Some(2017));
            for claim in claims.all() {
                let line = text.split('\n').nth(claim.place.line - 1).unwrap();
                let there: String = line.chars().skip(claim.place.column - 1).collect();
                prop_assert!(there.starts_with(claim.place.text.trim_end_matches('…')));
            }
        }
    }
}

/// Long and repeated, so that a reader that is not linear would be felt.
#[test]
fn megabytes_of_sentences() {
    for scrap in [
        "收到申请27件,",
        "收到申请27件。",
        "未",
        "未收到的",
        "其中",
        "(",
        ")",
        "27",
        "27 ",
        "1件",
        "占1%,",
        "其中当面申请1件,",
        "1件,均为",
        "未收到传真、网络、",
        "2017年",
        "的",
        "、",
        "一、",
        "无没有未",
    ] {
        let text = scrap.repeat((4 << 20) / scrap.len());
        for form in forms() {
            _ = Claims::of_text(&text, form, Some(2017));
        }
    }
}
