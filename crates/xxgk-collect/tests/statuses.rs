//! What becomes of each agency, and why.

mod support;

use support::{filed, list, report, report_before};
use xxgk_collect::{Collection, Entry, Filed, Status, Weight, collect};

#[track_caller]
fn entry<'c>(collection: &'c Collection, name: &str) -> &'c Entry {
    let found = collection.entries.iter().find(|it| it.name == name);
    found.unwrap_or_else(|| panic!("no {name}"))
}

fn remarks(entry: &Entry) -> Vec<&str> {
    entry.remarks.iter().map(|it| &*it.sentence).collect()
}

fn of(agencies: &[(&str, &str)], files: &[(&str, String)]) -> Collection {
    let all: Vec<Filed> = files
        .iter()
        .flat_map(|(file, text)| filed(file, text))
        .collect();
    collect(Some(&list(agencies)), None, all, Vec::new())
}

#[test]
fn every_status() {
    let names = [
        "通过局",
        "错误局",
        "空白局",
        "坏局",
        "未报局",
        "旧局",
        "双局",
        "同局",
    ];
    let agencies = names.map(|name| (name, ""));
    let right = |name: &str| report(name, 1);
    let collection = of(
        &agencies,
        &[
            ("1.txt", right("通过局")),
            ("2.txt", right("错误局").replacen("| 3440 |", "| 3402 |", 1)),
            ("3.txt", right("空白局").replacen("| 3440 |", "|  |", 1)),
            ("坏局.txt", "没有表".to_owned()),
            ("5.txt", report_before("旧局")),
            ("6.txt", right("双局")),
            ("7.txt", report("双局", 2)),
            ("8.txt", right("同局")),
            ("9.txt", right("同局")),
        ],
    );
    assert_eq!(collection.year, Some(2024));
    let statuses = names.map(|name| entry(&collection, name).status);
    assert_eq!(
        statuses,
        [
            Status::Passed,
            Status::Returned,
            Status::Query,
            Status::Unreadable,
            Status::NotReported,
            Status::Returned,
            Status::Query,
            Status::Passed,
        ]
    );
    assert_eq!(
        remarks(entry(&collection, "旧局")),
        ["报送的不是2024年的报告：5.txt（2023年），请报送2024年的报告。"]
    );
    assert_eq!(
        remarks(entry(&collection, "双局")),
        ["重复报送2份，数字不同：6.txt、7.txt，请确定以哪一份为准。"]
    );
    assert_eq!(
        remarks(entry(&collection, "同局")),
        ["重复报送2份，数字相同：8.txt、9.txt。"]
    );
    assert_eq!(
        remarks(entry(&collection, "坏局")),
        ["文件中没有写明填报单位，按文件名认定。"]
    );
    // A year that is asked for is the year, however many reports are of another.
    let asked = collect(
        Some(&list(&agencies)),
        Some(2023),
        collection.filed,
        Vec::new(),
    );
    assert_eq!(entry(&asked, "旧局").status, Status::Passed);
    assert_eq!(entry(&asked, "通过局").status, Status::Returned);
}

#[test]
fn the_wrong_cell_is_named_with_what_it_should_be() {
    let wrong = report("错误局", 1).replacen("| 3440 |", "| 3402 |", 1);
    let filed = &filed("2.txt", &wrong)[0];
    let [issue] = &filed.issues[..] else {
        panic!("{:?}", filed.issues);
    };
    assert_eq!(
        (issue.weight, issue.place.as_str()),
        (Weight::Hard, "第26行第20列")
    );
    assert!(
        issue.row.contains("新收") && issue.row.contains("自然人"),
        "{}",
        issue.row
    );
    assert_eq!(issue.should.unwrap().to_string(), "3440");
    // Where one of several cells may be wrong, only the records tell which.
    let either = report("错误局", 1).replacen("| 3525 |", "| 3529 |", 1);
    let filed = support::filed("3.txt", &either);
    for issue in filed.iter().flat_map(|it| &it.issues) {
        assert!(
            issue.should.is_some() || issue.sentence.contains("台账"),
            "{issue:?}"
        );
    }
    assert!(!filed[0].issues.is_empty());
}

#[test]
fn whose_a_report_is_is_never_guessed() {
    let agencies = [
        ("某区", ""),
        ("某区教育局", "某区"),
        ("某区民政局", "某区"),
        ("某县", ""),
    ];
    let right = |name: &str| report(name, 1);
    let collection = of(
        &agencies,
        &[
            // Full-width signs and spaces are no difference.
            ("1.txt", right("某 区教育局")),
            ("2.txt", right("民政局")),
            // Of 某区 or of 某区教育局: both would do.
            ("3.txt", right("某区教育局机关")),
            // The name of the file is on the list, that in the file is not.
            ("某县2024年年报.txt", right("本单位")),
            ("5.txt", right("外地局")),
        ],
    );
    let by = |name: &str| {
        (
            entry(&collection, name).status,
            remarks(entry(&collection, name)),
        )
    };
    assert_eq!(by("某区教育局"), (Status::Passed, vec![]));
    assert_eq!(
        by("某区民政局"),
        (
            Status::Passed,
            vec!["按名称“民政局”对应到“某区民政局”，请核对。"]
        )
    );
    assert_eq!(
        by("某区教育局机关"),
        (
            Status::Query,
            vec![
                "名称与名单中的“某区”“某区教育局”相近，不能确定是不是同一单位；是的，请在名单的别名中写明。"
            ]
        )
    );
    assert_eq!(
        by("某县"),
        (
            Status::Query,
            vec!["文件中的单位名称为“本单位”，按文件名对应到“某县”，请核实。"]
        )
    );
    assert!(!entry(&collection, "外地局").listed);
    assert_eq!(by("某区").0, Status::NotReported);
    // Two other names for one agency: none of them is it.
    let two = of(
        &[("某区民政局", "")],
        &[
            ("1.txt", right("民政局")),
            ("2.txt", right("某区民政局机关")),
        ],
    );
    assert_eq!(entry(&two, "某区民政局").status, Status::NotReported);
    // Where the agency itself has reported, another name is not a second report of it.
    let beside = of(
        &[("某区民政局", "")],
        &[("1.txt", right("某区民政局")), ("2.txt", right("民政局"))],
    );
    assert_eq!(entry(&beside, "某区民政局").filed.len(), 1);
    assert!(!entry(&beside, "民政局").listed);
}

#[test]
fn without_a_list_every_name_is_an_agency() {
    let texts = [report("甲局", 1), report("甲 局", 1), report("乙局", 1)];
    let all: Vec<Filed> = (1..)
        .zip(&texts)
        .flat_map(|(number, text)| filed(&format!("{number}.txt"), text))
        .collect();
    let collection = collect(None, None, all, Vec::new());
    let names: Vec<&str> = collection.entries.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["甲局", "乙局"]);
    assert!(collection.entries.iter().all(|it| it.listed) && collection.levels.is_empty());
}

/// Three levels; the figure of one of the lowest is wrong, and the level above it has added up the right ones.
#[test]
fn a_sum_names_the_part_that_is_wrong() {
    let agencies = [
        ("某市", ""),
        ("甲区", "某市"),
        ("甲区教育局", "甲区"),
        ("甲区民政局", "甲区"),
        ("乙区", "某市"),
    ];
    let files = |wrong: &str| {
        [
            ("1.txt", report("某市", 3)),
            ("2.txt", report("甲区", 2)),
            (
                "3.txt",
                report("甲区教育局", 1).replacen("| 3440 |", wrong, 1),
            ),
            ("4.txt", report("甲区民政局", 1)),
            ("5.txt", report("乙区", 1)),
        ]
    };
    let right = of(&agencies, &files("| 3440 |"));
    assert!(
        right.entries.iter().all(|it| it.status == Status::Passed),
        "{:?}",
        right.entries
    );
    assert!(
        right
            .levels
            .iter()
            .all(|it| it.differences.is_empty() && it.counts.rules > 100)
    );

    let wrong = of(&agencies, &files("| 3402 |"));
    let [lower, upper] = &wrong.levels[..] else {
        panic!("{:?}", wrong.levels);
    };
    // The lower level is looked at first, and the upper one is right.
    assert_eq!((lower.parent, upper.parent), (1, 0));
    assert!(upper.differences.is_empty());
    let [difference] = &lower.differences[..] else {
        panic!("{:?}", lower.differences);
    };
    let sides = [difference.parent, difference.sum, difference.difference];
    assert_eq!(sides.map(|it| it.to_string()), ["6880", "6842", "38"]);
    let suspects: Vec<_> = difference
        .suspects
        .iter()
        .map(|it| (&*it.name, &*it.why))
        .collect();
    assert_eq!(suspects, [("甲区教育局", "该数应为3440，改正后合计相符")]);
    assert_eq!(difference.weight, Weight::Hard);
    // What the lower level has is right as soon as its part is.
    assert_eq!(entry(&wrong, "甲区").status, Status::Query);
    assert_eq!(
        remarks(entry(&wrong, "甲区")),
        ["与下级之和不符1项，见“汇总核对”；请先改正下级，再核对。"]
    );

    // No part explains it: the sum itself is wrong.
    let mut files = files("| 3440 |");
    files[0].1 = report("某市", 4);
    let sum = of(&agencies, &files);
    assert_eq!(entry(&sum, "某市").status, Status::Returned);
    let above = sum.levels.iter().find(|it| it.parent == 0).unwrap();
    assert!(
        above.differences.len() > 50 && above.differences.iter().all(|it| it.suspects.is_empty())
    );
}

#[test]
fn a_sum_with_a_part_missing_is_only_a_bound() {
    let agencies = [
        ("某市", ""),
        ("甲区", "某市"),
        ("乙区", "某市"),
        ("丙区", "某市"),
    ];
    let collection = of(
        &agencies,
        &[
            ("1.txt", report("某市", 3)),
            ("2.txt", report("甲区", 2)),
            ("3.txt", report("乙区", 2)),
        ],
    );
    let [levels] = &collection.levels[..] else {
        panic!("{:?}", collection.levels);
    };
    assert_eq!(levels.missing, ["丙区（未报）"]);
    assert!(!levels.differences.is_empty());
    assert!(
        levels
            .differences
            .iter()
            .all(|it| it.weight == Weight::Soft)
    );
    assert_eq!(entry(&collection, "某市").status, Status::Query);
    // Of two reports with other figures, it is not known which is meant.
    let twice = of(
        &[("某市", ""), ("甲区", "某市")],
        &[
            ("1.txt", report("某市", 2)),
            ("2.txt", report("甲区", 2)),
            ("3.txt", report("甲区", 3)),
        ],
    );
    assert_eq!(twice.levels[0].missing, ["甲区（几份报告数字不同）"]);
    assert!(twice.levels[0].differences.is_empty());
}
