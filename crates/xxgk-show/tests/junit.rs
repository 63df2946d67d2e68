//! JUnit is read by another crate: each rule is a test, and no text is anything but text.

mod support;

use quick_junit::{NonSuccessKind, Report as Tests, TestCase, TestCaseStatus, TestSuite};
use support::formats::{asked, report, table, written};
use xxgk::{Lang, Report};
use xxgk_show::junit::Junit;

#[track_caller]
fn suites(reports: &[Report], strict: bool) -> Vec<TestSuite> {
    let text = written(Junit::new(asked(Lang::Zh, false), strict), reports);
    let suites = Tests::deserialize_from_str(&text).unwrap().test_suites;
    for suite in &suites {
        let of = |is: &dyn Fn(&TestCaseStatus) -> bool| {
            suite.test_cases.iter().filter(|it| is(&it.status)).count()
        };
        let kind = |of: NonSuccessKind| move |it: &TestCaseStatus| matches!(it, TestCaseStatus::NonSuccess { kind, .. } if *kind == of);
        assert_eq!(suite.tests, suite.test_cases.len());
        assert_eq!(suite.failures, of(&kind(NonSuccessKind::Failure)));
        assert_eq!(suite.errors, of(&kind(NonSuccessKind::Error)));
        assert_eq!(
            suite.skipped,
            of(&|it| matches!(it, TestCaseStatus::Skipped { .. }))
        );
    }
    suites
}

#[track_caller]
fn case<'s>(suite: &'s TestSuite, name: &str) -> &'s TestCase {
    let mut cases = suite.test_cases.iter();
    cases.find(|it| it.name.as_str().starts_with(name)).unwrap()
}

/// The status in a word, with the type of what is wrong.
fn status(case: &TestCase) -> String {
    match &case.status {
        TestCaseStatus::Success { .. } => "passed".to_owned(),
        TestCaseStatus::Skipped { ty, .. } => {
            format!("skipped {}", ty.as_deref().unwrap_or_default())
        }
        TestCaseStatus::NonSuccess { kind, ty, .. } => {
            let kind = if *kind == NonSuccessKind::Error {
                "error"
            } else {
                "failure"
            };
            format!("{kind} {}", ty.as_deref().unwrap_or_default())
        }
    }
}

#[test]
fn every_rule_that_was_checked_is_a_test() {
    let suite = &suites(&[report("a.txt", &table())], false)[0];
    assert_eq!(suite.name.as_str(), "a.txt");
    let rules = suite
        .test_cases
        .iter()
        .filter(|it| it.name.as_str().starts_with('R'));
    assert_eq!(rules.count(), 28);
    assert_eq!(status(case(suite, "R101 ")), "passed");
    assert_eq!(status(case(suite, "R301 ")), "failure hard");
    assert_eq!(status(case(suite, "R801 ")), "skipped undetermined");
    assert_eq!(
        case(suite, "R301 ").classname.as_ref().unwrap().as_str(),
        "nine-category"
    );
    let text = written(
        Junit::new(asked(Lang::Zh, false), false),
        &[report("a.txt", &table())],
    );
    let (from, _) = text.split_once("    <testcase name=\"R301").unwrap();
    let (wrong, _) = text[from.len()..]
        .split_once("    <testcase name=\"R302")
        .unwrap();
    insta::assert_snapshot!("junit_failure", wrong);
}

#[test]
fn soft_findings_fail_only_where_all_findings_count() {
    let report = report("a.txt", &table());
    let suite = &suites(std::slice::from_ref(&report), false)[0];
    let soft = case(suite, "R204 ");
    assert_eq!(status(soft), "passed");
    assert!(
        soft.system_out
            .as_ref()
            .unwrap()
            .as_str()
            .contains("第80行第1列")
    );
    let suite = &suites(&[report], true)[0];
    assert_eq!(status(case(suite, "R204 ")), "failure soft");
    assert_eq!(status(case(suite, "S008 ")), "failure soft");
}

/// The rules between years are tests where they were checked, and else nothing that passed.
#[test]
fn rules_between_years_are_tests_where_there_are_two() {
    let form = xxgk::forms()
        .iter()
        .find(|it| it.id() == "national-2021")
        .unwrap();
    let record = xxgk::Record::new(form.clone());
    let mut report = xxgk::check(&record);
    let series = |report: &Report| {
        let suite = &suites(std::slice::from_ref(report), false)[0];
        let cases = suite.test_cases.iter();
        cases.filter(|it| it.name.as_str().starts_with('Y')).count()
    };
    assert_eq!(series(&report), 0);
    let found = xxgk::series::compare(&record, &record, "2022");
    let rules = found.counts.rules;
    report.merge(found);
    assert_eq!(series(&report), rules);
}

#[test]
fn an_input_that_cannot_be_read_is_an_error_of_its_suite() {
    let suites = suites(&[report("a.txt", "没有表"), report("-", &table())], false);
    assert_eq!(status(case(&suites[0], "S020 ")), "error hard");
    assert_eq!(suites[1].name.as_str(), "标准输入");
}

#[test]
fn no_text_is_anything_but_text() {
    let hostile = "\"/><testcase name=\"x\"/>&amp;]]>\n\u{1b}[31m\u{0}\u{ffff}";
    let mut wrong = report(hostile, &table());
    for finding in &mut wrong.findings {
        finding.message.zh = hostile.to_owned();
        for cell in &mut finding.cells {
            cell.label = hostile.into();
        }
    }
    let text = written(
        Junit::new(asked(Lang::Zh, false), false),
        std::slice::from_ref(&wrong),
    );
    assert!(text.lines().all(|line| !line.starts_with("\u{fffd}")));
    let plain = suites(&[report("a.txt", &table())], false);
    let suites = suites(&[wrong], false);
    // What XML cannot have is a sign that says so; a new line in a name stays one.
    let shown = "\"/><testcase name=\"x\"/>&amp;]]>\n\u{fffd}[31m\u{fffd}\u{fffd}";
    assert_eq!(
        suites[0].name.as_str().replace("[31m", ""),
        shown.replace("[31m", "")
    );
    assert_eq!(suites[0].tests, plain[0].tests);
    let TestCaseStatus::NonSuccess { message, .. } = &case(&suites[0], "R301 ").status else {
        panic!("it fails");
    };
    assert!(
        message
            .as_ref()
            .unwrap()
            .as_str()
            .starts_with("\"/><testcase")
    );
}
