//! Each kind of oddity that real documents have, in texts and grids of our own: read as a person reads it, or refused where a
//! person could not tell.

mod support;

use std::sync::Arc;

use support::expect::{Wrong, form, judge, sample, shows, with};
use support::grids::{self, Printed, Shape};
use support::layout::{self, Layout};
use support::matrix::{self, Line};
use support::printed::put;
use support::random::Random;
use support::tables;
use support::written::{Plain, Style, Written, report};
use xxgk::{
    Document, Form, Options, Outcome, Reading, Record, Severity, Verdict, forms, read,
    read_document,
};

const PIPED: Plain = Plain::Rows(Layout::RowsPiped);

fn readings(text: &str) -> Vec<Reading> {
    let options = Options::default();
    read(text, forms(), &options).collect()
}

fn of_document(document: &Document) -> Vec<Reading> {
    let options = Options::default();
    read_document(document, forms(), &options).collect()
}

fn one(mut found: Vec<Reading>) -> Result<Reading, String> {
    match found.len() {
        1 => Ok(found.remove(0)),
        several => Err(format!("{several} tables are read")),
    }
}

fn suqian() -> Record {
    sample("suqian-2023")
}

fn jilin() -> Record {
    sample("jilin-2017")
}

/// A record of the form of 2019 on which the hard rules hold.
fn of_2019() -> Record {
    let form: Arc<Form> = form("national-2019");
    with(
        tables::consistent(&form, &mut Random(19)),
        &[
            ("disclosure.rules.newly_made", "3"),
            ("disclosure.rules.newly_published", "2"),
            ("disclosure.rules.published", "31"),
            ("disclosure.procurement.projects", "12"),
            ("disclosure.procurement.amount", "345.67"),
        ],
    )
}

/// How the form of a record is printed.
fn printed_style(record: &Record) -> Style {
    match record.form().id() {
        "nine-category" => Style::List(layout::Style::FORM),
        _ => Style::Matrix(matrix::Style::default()),
    }
}

fn styled(record: &Record, plain: Plain, style: Style) -> String {
    let lines = report(record.form(), style, &style.names(record.form()));
    Written::new(&lines, plain, &style.values(record)).text
}

fn text(record: &Record, plain: Plain) -> String {
    styled(record, plain, printed_style(record))
}

/// A text with each first old replaced by its new.
#[track_caller]
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "no {old:?} in\n{text}");
        text.replacen(old, new, 1)
    })
}

/// A text, what it says, and what may be found.
type Case = (String, String, Record, &'static str);

#[track_caller]
fn all(cases: Vec<Case>) {
    let of = cases.len();
    let mut wrong = Wrong::default();
    for (name, text, record, found) in cases {
        wrong.see(
            &name,
            one(readings(&text)).and_then(|it| judge(&it, &record, found)),
        );
    }
    wrong.none(of);
}

fn case(name: &str, text: String, record: Record, found: &'static str) -> Case {
    (name.to_owned(), text, record, found)
}

#[test]
fn blanks_first_middle_and_last() {
    let mut cases = Vec::new();
    for plain in Plain::ALL.into_iter().filter(|it| it.keeps_blanks()) {
        for key in [
            "requests.carried_out.natural_person",
            "requests.carried_out.public_welfare",
            "requests.carried_out.total",
            "requests.outcomes.refused.state_secret.natural_person",
            "disclosure.rules.issued",
            "disclosure.rules.in_force",
            "disclosure.licences.decisions",
            "disputes.reconsideration.upheld",
            "disputes.litigation.after_reconsideration.total",
        ] {
            let record = with(suqian(), &[(key, "-")]);
            cases.push(case(
                &format!("{key} {plain:?}"),
                text(&record, plain),
                record,
                "S008",
            ));
        }
        for key in [
            "disclosure.total",
            "complaints",
            "meetings_and_training.trainees",
        ] {
            let record = with(jilin(), &[(key, "-")]);
            cases.push(case(
                &format!("{key} {plain:?}"),
                text(&record, plain),
                record,
                "S008",
            ));
        }
    }
    all(cases);
}

#[test]
fn separators_behind_the_last_cell() {
    let (suqian, jilin) = (suqian(), jilin());
    let rows = text(&suqian, PIPED);
    let cells = text(&jilin, Plain::Rows(Layout::CellsPiped));
    let tabs = text(&jilin, Plain::Rows(Layout::Tabs));
    all(vec![
        case(
            "one row",
            changed(&rows, &[("| 3511 |", "| 3511 | ||")]),
            suqian.clone(),
            "",
        ),
        case(
            "every row",
            rows.replace("|\n", "| ||\n"),
            suqian.clone(),
            "",
        ),
        case(
            "two rows",
            changed(&rows, &[("| 96 |", "| 96 ||"), ("| 3486 |", "| 3486 | |")]),
            suqian,
            "",
        ),
        case(
            "cells",
            changed(&cells, &[("\n159 |", "\n159 | ||")]),
            jilin.clone(),
            "",
        ),
        case(
            "tabs",
            changed(&tabs, &[("\t159\n", "\t159\t\t\n")]),
            jilin.clone(),
            "",
        ),
        case("all tabs", tabs.replace('\n', "\t\n"), jilin, ""),
    ]);
}

#[test]
fn headings_that_are_misspelt_shortened_or_have_a_note() {
    let mut cases = Vec::new();
    for plain in [
        PIPED,
        Plain::Rows(Layout::CellsPiped),
        Plain::Rows(Layout::CellsPlain),
        Plain::Rows(Layout::Tabs),
    ] {
        for (old, new, found) in [
            ("现行有效件数", "现行有效件", "S012+"),
            ("本年废止件数", "本年废纸件数", "S012+"),
            ("本年制发件数", "本年(2022)制发件数", "S012+"),
            ("本年制发件数", "本年度制发件数", "S012+"),
            ("本年处理决定数量", "本年处理决定数", "S012+"),
            ("社会公益组织", "社会公益组织(含基金会)", "S012+"),
        ] {
            let text = changed(&text(&suqian(), plain), &[(old, new)]);
            cases.push(case(&format!("{new} {plain:?}"), text, suqian(), found));
        }
        let record = of_2019();
        for (changes, found) in [
            (
                &[("本年新制作数量", "本年新"), ("本年新公开数量", "本年新")][..],
                "S012+",
            ),
            (&[("本年增/减", "本年增/")], "S012+"),
            (&[("上一年项目数量", "上年项目数量")], "S012+"),
            (&[("采购总金额", "采购总金额（万元）")], "S012?"),
        ] {
            let text = changed(&text(&record, plain), changes);
            cases.push(case(
                &format!("{changes:?} {plain:?}"),
                text,
                record.clone(),
                found,
            ));
        }
        // The total of the applicants stands in a row of its own headings.
        let before = text(&suqian(), plain);
        let (head, table) = before.split_at(before.find("自然人").unwrap());
        let text = format!("{head}{}", changed(table, &[("总计", "合计")]));
        cases.push(case(&format!("合计 {plain:?}"), text, suqian(), "S012+"));
    }
    all(cases);
}

/// The others are checked, and the finding names the heading.
#[test]
fn a_section_that_cannot_be_told_is_refused_alone() {
    let wrong_total = with(suqian(), &[("requests.received.total", "3512")]);
    let rows = text(&wrong_total, PIPED);
    let cases = [
        (
            "disclosure.rules.",
            "disclosure.normative_documents.",
            (
                "本年制发件数 | 本年废止件数 | 现行有效件数",
                "甲数 | 乙数 | 丙数",
            ),
            "甲数",
        ),
        (
            "disputes.",
            "disputes.",
            (
                "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计",
                "甲项 | 乙项 | 丙项 | 丁项 | 戊项",
            ),
            "甲项",
        ),
    ];
    for (one_key, other_key, change, named) in cases {
        let reading = one(readings(&changed(&rows, &[change]))).unwrap();
        let record = reading.record.clone().expect(named);
        for (cell, indicator) in record.form().indicators().iter().enumerate() {
            let refused =
                indicator.key().starts_with(one_key) || indicator.key().starts_with(other_key);
            let expected = wrong_total.value(cell).filter(|_| !refused);
            assert_eq!(record.value(cell), expected, "{named}: {}", indicator.key());
        }
        let report = reading.check();
        let hard = report
            .findings
            .iter()
            .filter(|it| it.severity == Severity::Hard);
        let said = |text: &str| {
            hard.clone()
                .any(|it| it.instance.is_none() && shows(it, text))
        };
        assert!(
            said(named),
            "{named}: {:?}",
            hard.clone().map(|it| &it.message.zh).collect::<Vec<_>>()
        );
        assert_eq!(report.verdict(), Verdict::Inconsistent);
        assert!(
            hard.clone()
                .any(|it| it.instance.is_some() && it.outcome == Outcome::Fail)
        );
    }
}

/// As in the form of 2019: the sum of the three rows, and the rules over it are decided.
#[test]
fn other_outcomes_as_one_row() {
    let rows = text(&suqian(), PIPED);
    let from = rows.find("(六)其他处理").unwrap();
    let to = rows.find("(七)总计").unwrap();
    let mut record = suqian();
    for row in ["not_amended", "not_paid", "other"] {
        for column in form("national-2021").section("requests").unwrap().columns() {
            let key = format!("requests.outcomes.other.{row}.{}", column.key());
            record.set(&key, None).unwrap();
        }
    }
    for (sums, verdict) in [
        ("337 | 3 | 0 | 0 | 1 | 0 | 341", None),
        ("336 | 3 | 0 | 0 | 1 | 0 | 340", Some(Verdict::Inconsistent)),
    ] {
        let text = format!("{}(六)其他处理 | {sums} |\n{}", &rows[..from], &rows[to..]);
        let reading = one(readings(&text)).unwrap();
        assert_eq!(
            reading.record.as_ref(),
            Some(&record),
            "{:?}",
            reading.findings.first()
        );
        let report = reading.check();
        match verdict {
            Some(verdict) => assert_eq!(report.verdict(), verdict),
            None => {
                assert_eq!(report.counts.undetermined, 0);
                assert_eq!(report.counts.failed, 0);
            }
        }
    }
}

#[test]
fn labels_with_a_note_and_values_with_a_measure_word() {
    let rows = text(&suqian(), PIPED);
    let of_2019_rows = text(&of_2019(), PIPED);
    let cells = text(&suqian(), Plain::Rows(Layout::CellsPiped));
    let note = ("规章 |", "规章（设区的市、自治州人民政府应提供相关数据） |");
    all(vec![
        case("note", changed(&rows, &[note]), suqian(), "S012?"),
        case(
            "note, 2019",
            changed(&of_2019_rows, &[note]),
            of_2019(),
            "S012?",
        ),
        case("note, cells", changed(&cells, &[note]), suqian(), "S012?"),
        case(
            "licences",
            changed(&rows, &[("行政许可 |", "行政许可（含备案事项） |")]),
            suqian(),
            "S012?",
        ),
        case(
            "heading",
            changed(
                &rows,
                &[("(三)不予公开 |", "(三)不予公开（含部分不予公开） |")],
            ),
            suqian(),
            "S012?",
        ),
        case(
            "笔",
            changed(&of_2019_rows, &[("| 12 | 345.67 |", "| 12笔 | 345.67 |")]),
            of_2019(),
            "S005?",
        ),
        case(
            "宗",
            changed(&rows, &[("| 1808595 |", "| 1808595宗 |")]),
            suqian(),
            "S005?",
        ),
        case(
            "起, 件次",
            changed(
                &rows,
                &[
                    ("| 2822652 |", "| 2822652起 |"),
                    ("| 20163 |", "| 20163件次 |"),
                ],
            ),
            suqian(),
            "S005?",
        ),
    ]);
}

#[test]
fn headings_on_two_rows_and_rows_that_begin_with_a_blank() {
    let rows = text(&suqian(), PIPED);
    let two = (
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |",
        "商业 | 科研 | 社会公益组织 | 法律服务机构 | 其他 |\n企业 | 机构 |",
    );
    let below = (
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |",
        "商业 | 科研 | 社会公益 | 法律服务 | 其他 |\n企业 | 机构 | 组织 | 机构 | |",
    );
    let mut began = String::new();
    for line in rows.lines() {
        let deeper = line.starts_with("(二)")
            || line.starts_with("(三)")
            || line.starts_with("(四)")
            || line.starts_with("(五)")
            || line.starts_with("(六)")
            || line.starts_with("(七)");
        let item = line.starts_with(|c: char| c.is_ascii_digit())
            && line.contains('.')
            && !line.contains("年");
        let blanks = if deeper {
            "| "
        } else if item && line.ends_with('|') && line.contains(|c: char| c > 'z') {
            "| | "
        } else {
            ""
        };
        began += &format!("{blanks}{line}\n");
    }
    all(vec![
        case("two rows", changed(&rows, &[two]), suqian(), "S012?"),
        case("two rows, all", changed(&rows, &[below]), suqian(), "S012?"),
        case("began", began, suqian(), ""),
        case(
            "other words",
            changed(
                &rows,
                &[
                    ("商业企业", "企业"),
                    ("科研机构", "科研单位"),
                    ("尚未审结", "尚未办结"),
                    ("未经复议直接起诉", "直接起诉"),
                ],
            ),
            suqian(),
            "S012?",
        ),
    ]);
}

#[test]
fn csv_as_programs_leave_it() {
    let csv = text(&jilin(), Plain::Rows(Layout::Csv));
    all(vec![
        case("tab behind", csv.replace('\n', "\t\n"), jilin(), ""),
        case("tab before", csv.replace(",159", ",\t159"), jilin(), ""),
        case(
            "tab within a label",
            changed(&csv, &[("1.当面申请数", "1.当面\t申请数")]),
            jilin(),
            "",
        ),
        case("CR", csv.replace('\n', "\r"), jilin(), ""),
        case(
            "CR, tabs",
            text(&suqian(), Plain::Rows(Layout::Tabs)).replace('\n', "\r"),
            suqian(),
            "",
        ),
        case("CR LF", csv.replace('\n', "\r\n"), jilin(), ""),
        case(
            "formulas",
            csv.replace(",159\n", ",=\"159\"\n")
                .replace(",27\n", ",=\"27\"\n"),
            jilin(),
            "",
        ),
        case(
            "quoted formulas",
            csv.replace(",159\n", ",\"=\"\"159\"\"\"\n"),
            jilin(),
            "",
        ),
    ]);
}

#[test]
fn spaces_between_cells() {
    let spaced = Style::List(layout::Style {
        spaced: true,
        ..layout::Style::FORM
    });
    let mut cases = Vec::new();
    for record in [jilin(), suqian()] {
        for plain in [Plain::TwoSpaces, Plain::OneSpace] {
            let name = record.form().id();
            cases.push(case(
                &format!("{plain:?} {name}"),
                text(&record, plain),
                record.clone(),
                "",
            ));
        }
        let three = text(&record, Plain::TwoSpaces).replace("  ", "     ");
        cases.push(case(
            &format!("five {}", record.form().id()),
            three,
            record,
            "",
        ));
    }
    // 统 计 指 标 in the letters of which blanks stand too.
    cases.push(case(
        "spaced labels",
        styled(&jilin(), Plain::TwoSpaces, spaced),
        jilin(),
        "",
    ));
    let label = text(&jilin(), Plain::OneSpace);
    let label = changed(
        &label,
        &[
            ("1.当面申请数", "1. 当面申请数"),
            ("(一)收到申请数", "(一) 收到申请数"),
        ],
    );
    cases.push(case("a label with a space", label, jilin(), ""));
    let aligned = Style::Matrix(matrix::Style {
        padded: true,
        ..matrix::Style::default()
    });
    cases.push(case("aligned", text(&jilin(), Plain::Aligned), jilin(), ""));
    cases.push(case(
        "aligned, columns",
        styled(&suqian(), Plain::Aligned, aligned),
        suqian(),
        "",
    ));
    all(cases);
}

#[test]
fn a_unit_to_the_right_of_the_value() {
    let mut cases = Vec::new();
    let style = printed_style(&jilin());
    let mut lines = report(jilin().form(), style, &style.names(jilin().form()));
    for line in &mut lines {
        if let Line::Row(row) = line {
            row.swap(1, 2);
        }
    }
    for plain in [
        PIPED,
        Plain::Rows(Layout::Tabs),
        Plain::Rows(Layout::Csv),
        Plain::Rows(Layout::CellsPiped),
    ] {
        let text = Written::new(&lines, plain, &style.values(&jilin())).text;
        cases.push(case(&format!("{plain:?}"), text, jilin(), ""));
    }
    all(cases);
}

#[test]
fn one_cell_a_line() {
    let plain = Plain::Rows(Layout::CellsPlain);
    let broken = [
        ("商业企业", "商业\n企业"),
        ("科研机构", "科研\n机构"),
        ("社会公益组织", "社会公益\n组织"),
        ("法律服务机构", "法律服务\n机构"),
        ("三、本年度办理结果", "三、本年度\n办理结果"),
    ];
    let cells = text(&suqian(), plain);
    let repeated = Style::Matrix(matrix::Style {
        repeated: true,
        ..matrix::Style::default()
    });
    let repeated = styled(&suqian(), plain, repeated);
    let spaced = text(&suqian(), Plain::Rows(Layout::CellsSpaced));
    all(vec![
        case("broken headings", changed(&cells, &broken), suqian(), ""),
        case("repeated headings", repeated, suqian(), ""),
        case("blank lines", cells.replace('\n', "\n\n\n"), suqian(), ""),
        case(
            "blank lines, broken",
            changed(&spaced, &broken),
            suqian(),
            "",
        ),
        case(
            "page numbers",
            changed(
                &cells,
                &[
                    ("(四)无法提供", "- 3 -\n(四)无法提供"),
                    ("(七)总计", "第4页\n(七)总计"),
                ],
            ),
            suqian(),
            "",
        ),
        case(
            "a bare page number",
            changed(
                &text(&suqian(), PIPED),
                &[("(四)无法提供", "3\n(四)无法提供")],
            ),
            suqian(),
            "",
        ),
    ]);
}

#[test]
fn what_a_page_break_cuts() {
    let rows = text(&suqian(), PIPED);
    let head = "申请人情况 | 自然人 | 法人或其他组织 | 总计 |\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n";
    assert!(rows.contains(head), "{rows}");
    let list = text(&jilin(), PIPED);
    let again = "统 计 指 标 | 单位 | 统计数 |\n";
    let label = "5.要求行政机关确认或重新出具已获取信息 | 4 | 0 | 0 | 0 | 0 | 0 | 4 |";
    let cut =
        "5.要求行政机关确认或重新出具 | 4 | 0 | 0 | 0 | 0 | 0 | 4 |\n已获取信息 | | | | | | | |";
    all(vec![
        case(
            "续表",
            changed(&rows, &[("(四)无法提供", "续表\n(四)无法提供")]),
            suqian(),
            "",
        ),
        case(
            "heading again",
            changed(&rows, &[("(四)无法提供", &format!("{head}(四)无法提供"))]),
            suqian(),
            "",
        ),
        case(
            "续表, heading",
            changed(
                &rows,
                &[("2.重复申请", &format!("\n续表\n{head}2.重复申请"))],
            ),
            suqian(),
            "",
        ),
        case(
            "list",
            changed(
                &list,
                &[(
                    "三、依申请公开情况",
                    &format!("续表\n{again}三、依申请公开情况"),
                )],
            ),
            jilin(),
            "",
        ),
        case(
            "a label cut",
            changed(&rows, &[(label, cut)]),
            suqian(),
            "S012?",
        ),
    ]);
}

#[test]
fn a_table_cut_into_several_grids() {
    let mut wrong = Wrong::default();
    for (record, shape) in [
        (suqian(), Shape::Unmerged),
        (suqian(), Shape::Repeated),
        (jilin(), Shape::Merged),
    ] {
        let printed = Printed::new(&record, shape);
        for cut in [12, 20, 25] {
            let mut document = Document::new();
            document.paragraph(&printed.report.title);
            for (title, table) in &printed.report.tables {
                document.paragraph(title);
                let (upper, lower): (Vec<_>, Vec<_>) =
                    table.iter().cloned().partition(|it| it.row < cut);
                for part in [upper, lower].iter().filter(|it| !it.is_empty()) {
                    let top = part[0].row;
                    let moved = part.iter().map(|it| support::printed::Put {
                        row: it.row - top,
                        ..it.clone()
                    });
                    document.table(&support::printed::grid(&moved.collect::<Vec<_>>(), None));
                }
            }
            let judged = one(of_document(&document)).and_then(|it| judge(&it, &record, ""));
            wrong.see(&format!("{} {shape:?} {cut}", record.form().id()), judged);
        }
    }
    wrong.none(9);
}

#[test]
fn transposed() {
    let rows = text(&suqian(), PIPED);
    let documents = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 2 | 0 | 11 |\n行政规范性文件 | 109 | 489 | 597 |\n";
    let turned = "信息内容 | 规章 | 行政规范性文件 |\n本年制发件数 | 2 | 109 |\n本年废止件数 | 0 | 489 |\n现行有效件数 | 11 | 597 |\n";
    // Table 4 as three columns.
    let (from, to) = (
        rows.find("行政复议 |").unwrap(),
        rows.find("\n五、存在").unwrap(),
    );
    let disputes = "| 行政复议 | 行政诉讼 | |\n| | 未经复议直接起诉 | 复议后起诉 |\n结果维持 | 309 | 1 | 13 |\n结果纠正 | 17 | 1 | 0 |\n其他结果 | 88 | 16 | 67 |\n尚未审结 | 26 | 6 | 9 |\n总计 | 440 | 24 | 89 |\n";
    // The table of one value a row, as two long rows.
    let style = printed_style(&jilin());
    let lines = report(jilin().form(), style, &style.names(jilin().form()));
    let values = style.values(&jilin());
    let mut columns = vec![Vec::new(); 3];
    for line in &lines {
        let Line::Row(row) = line else { continue };
        for (column, cell) in columns.iter_mut().zip(row) {
            let cell = cell.chars().map(|c| {
                support::written::marked(c).map_or(c.to_string(), |it| values[it].clone())
            });
            column.push(cell.collect::<String>());
        }
    }
    let mut document = Document::new();
    document.paragraph("政府信息公开情况统计表(2017年度)");
    document.table(&grids::plain(&columns));
    let mut wrong = Wrong::default();
    wrong.see(
        "list",
        one(of_document(&document)).and_then(|it| judge(&it, &jilin(), "")),
    );
    for (name, text) in [
        ("documents", changed(&rows, &[(documents, turned)])),
        (
            "disputes",
            format!("{}{disputes}{}", &rows[..from], &rows[to..]),
        ),
    ] {
        wrong.see(
            name,
            one(readings(&text)).and_then(|it| judge(&it, &suqian(), "")),
        );
    }
    wrong.none(3);
}

/// The table of two records of one form, with a column for each.
fn side_by_side(records: [&Record; 2], heads: [&str; 2]) -> Document {
    let mut table = support::printed::nine(records[0], false).tables.remove(0).1;
    let other = support::printed::nine(records[1], false).tables.remove(0).1;
    table.extend(
        other
            .into_iter()
            .filter(|it| it.column == 2)
            .map(|it| put(it.row, 3, 1, 1, it.text)),
    );
    for (column, head) in heads.into_iter().enumerate() {
        let cell = table
            .iter_mut()
            .find(|it| (it.row, it.column) == (0, 2 + column));
        cell.unwrap().text = head.to_owned();
    }
    table.sort_by_key(|it| (it.row, it.column));
    let mut document = Document::new();
    document.paragraph("政府信息公开情况统计表");
    document.table(&support::printed::grid(&table, None));
    document
}

#[test]
fn several_years_and_several_offices_side_by_side() {
    let other = with(support::consistent(), &[("complaints", "4")]);
    let records = [&jilin(), &other];
    let found = of_document(&side_by_side(records, ["2016年", "2017年"]));
    let read: Vec<_> = found
        .iter()
        .map(|it| (it.year, it.record.as_ref()))
        .collect();
    assert_eq!(
        read,
        [
            (Some(2016), Some(records[0])),
            (Some(2017), Some(records[1]))
        ]
    );
    let found = of_document(&side_by_side(records, ["城关镇", "河东镇"]));
    let read: Vec<_> = found.iter().map(|it| it.record.as_ref()).collect();
    assert_eq!(read, [Some(records[0]), Some(records[1])]);
    for (reading, office) in found.iter().zip(["城关镇", "河东镇"]) {
        assert!(format!("{reading:?}").contains(&format!("column: Some(\"{office}\")")));
    }
}

#[test]
fn a_column_of_numbers_before_the_labels() {
    let style = Style::List(layout::Style {
        serial: true,
        ..layout::Style::FORM
    });
    let mut cases = Vec::new();
    for plain in [
        PIPED,
        Plain::Rows(Layout::Tabs),
        Plain::Rows(Layout::Csv),
        Plain::Rows(Layout::CellsPiped),
        Plain::Rows(Layout::Markdown),
        Plain::TwoSpaces,
    ] {
        cases.push(case(
            &format!("{plain:?}"),
            styled(&jilin(), plain, style),
            jilin(),
            "",
        ));
    }
    all(cases);
}

/// Each table goes with its own title and its own sentences.
#[test]
fn two_reports_in_one_text() {
    let said = |year: u16, received: u32| {
        let record = sample(&format!("suqian-{year}"));
        let style = printed_style(&record);
        let lines = report(record.form(), style, &style.names(record.form()));
        let text = Written::new(&lines, PIPED, &style.values(&record)).text;
        let text = text.replace("2022年", &format!("{year}年"));
        changed(
            &text,
            &[(
                "本年度工作平稳,数字见下。",
                &format!("{year}年,本机关共收到政府信息公开申请{received}件。"),
            )],
        )
    };
    for (second, wrong) in [(3525, false), (3511, true)] {
        let found = readings(&format!("{}\n{}", said(2023, 3511), said(2024, second)));
        assert_eq!(found.len(), 2);
        for (reading, year) in found.iter().zip([2023, 2024]) {
            assert_eq!(reading.year, Some(year));
            let found = if wrong && year == 2024 { "N001" } else { "" };
            judge(reading, &sample(&format!("suqian-{year}")), found).unwrap();
            assert_eq!(reading.check().claims.unwrap().bound, 1);
        }
    }
}

#[test]
fn an_empty_template_is_one_finding() {
    let mut wrong = Wrong::default();
    for (name, plain) in [
        ("national-2021", PIPED),
        ("national-2019", Plain::Rows(Layout::Tabs)),
        ("nine-category", PIPED),
        ("nine-category", Plain::Rows(Layout::Csv)),
    ] {
        let text = text(&Record::new(form(name)), plain);
        let judged = one(readings(&text)).and_then(|reading| {
            let findings = reading.check().findings;
            let fails: Vec<_> = findings
                .iter()
                .filter(|it| it.outcome == Outcome::Fail)
                .collect();
            match &fails[..] {
                [only] if only.message.zh.contains('填') => Ok(()),
                _ => Err(format!(
                    "{} findings, such as {}",
                    fails.len(),
                    fails[0].message.zh
                )),
            }
        });
        wrong.see(name, judged);
    }
    wrong.none(4);
}

#[test]
fn a_table_of_another_form_than_is_asked_for() {
    let options = Options::default();
    let asked = [form("nine-category")];
    let text = text(&suqian(), PIPED);
    let found: Vec<Reading> = read(&text, &asked, &options).collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].record.is_none());
    let said = &found[0].findings[0].message.zh;
    let named = ["政府信息公开工作年度报告统计表", "国办公开办函〔2021〕30号"];
    assert!(named.iter().any(|it| said.contains(it)), "{said}");
}

/// Which form a table is of does not hang on their order.
#[test]
fn the_order_of_the_forms_does_not_matter() {
    let mut turned = forms().to_vec();
    turned.reverse();
    let options = Options::default();
    for record in [jilin(), suqian(), of_2019()] {
        let text = text(&record, PIPED);
        let shown = |forms: &[Arc<Form>]| {
            let found: Vec<Reading> = read(&text, forms, &options).collect();
            let shown = found
                .iter()
                .map(|it| format!("{:?} {:?}", it.record, it.check().findings));
            shown.collect::<Vec<_>>()
        };
        assert_eq!(shown(forms()), shown(&turned));
        judge(&one(readings(&text)).unwrap(), &record, "").unwrap();
    }
}
